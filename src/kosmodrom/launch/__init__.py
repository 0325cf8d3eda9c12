"""From the pad to orbit: directions, planes and speeds, as pure functions of arrays."""
