"""``python -m kosmodrom`` is the same as ``kosmodrom``."""

import sys

from kosmodrom.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
