"""The tables of the README that the program knows best; ``make readme`` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tui.key_guide import key_table

README: Final = Path(__file__).resolve().parent.parent / "README.md"
_KEYS: Final = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.DOTALL)


def shown_keys(readme: str) -> str:
    """The key table as the README has it; "" without its two marks."""
    found = _KEYS.search(readme)
    return found.group() if found else ""


def with_keys(readme: str) -> str:
    """The README with the key table that the registry makes now."""
    return _KEYS.sub(lambda _: key_table(), readme)


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
