"""From the pad to orbit, as pure functions: directions, planes, windows, the best way up."""
