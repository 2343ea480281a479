"""What a reader of talks left out, counted, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = tuple[str, str]
"""What one of them is called, and several: ``("draft", "drafts")``."""


def counted(left: Mapping[Words, int]) -> str:
    """How many of each: ``2 deleted messages, 1 line of the system left out``."""
    told = (f"{count:,} {words[count != 1]}" for words, count in left.items() if count)
    return f"{', '.join(told)} left out"
