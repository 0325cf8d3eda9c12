"""One file a command that is no analysis; each has a `command`."""
