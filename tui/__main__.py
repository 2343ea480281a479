"""``vitalfew`` and ``python -m vitalfew`` (in a checkout ``python -m tui``)."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the program with the arguments of this process, and leave with its exit code."""
    # In a wheel this file is vitalfew/__main__.py, and the three rooms lie in vitalfew/_app.
    rooms = Path(__file__).resolve().parent / "_app"
    if rooms.is_dir() and str(rooms) not in sys.path:
        sys.path.insert(0, str(rooms))
    from tui.cli.start import start

    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()
