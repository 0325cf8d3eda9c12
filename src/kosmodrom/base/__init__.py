"""Instants, days, the Earth's shape and rotation, constants, and the named number."""
