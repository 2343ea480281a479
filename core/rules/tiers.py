"""The four tiers: their letters, what they mean in words, and which labels name one."""

from __future__ import annotations

import re
from typing import Final

TIERS: Final = ("A", "B", "C", "D")
VITAL: Final = frozenset({"A", "B"})
UNSORTED: Final = ""

MEANING: Final = {"A": "vital few", "B": "vital few", "C": "kept", "D": "put away"}
"""What a letter means, in the words of the screens."""

CADENCE_DAYS: Final[dict[str, int]] = {"A": 21, "B": 60, "C": 0, "D": 0}
"""Days between talks if nobody chose others; 0: the tier has no cadence."""

_LABEL: Final = re.compile(r"\s*(?:[Tt][Ii][Ee][Rr]\s*[:=_-]?\s*([A-Da-d])|([A-D]))\s*\Z")


def meaning(tier: str) -> str:
    """The words for a letter; ``unsorted`` for no tier yet."""
    return MEANING.get(tier, "unsorted")


def from_label(label: str) -> str | None:
    """The tier that a source's label names: ``A``, ``Tier A``, ``tier: b``; else None.

    A lone small letter is a label like any other.
    """
    found = _LABEL.match(label)
    return (found[1] or found[2]).upper() if found else None


def from_field(cell: str) -> str | None:
    """The tier that a field states which the user named for it; a small letter will do."""
    return from_label(cell.strip().upper())
