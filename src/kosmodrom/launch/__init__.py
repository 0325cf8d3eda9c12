"""From the pad to orbit: optimal control of ascents."""
