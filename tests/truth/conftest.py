"""The generators are run by hand: they want packages that the tests do not."""

collect_ignore_glob = ["make_*.py"]
