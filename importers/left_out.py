"""What a reader left out, counted or named, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMED: Final = 4

Words = tuple[str, str]
"""What one of them is called, and several: ``("draft", "drafts")``."""


def counted(left: Mapping[Words, int]) -> str:
    """How many of each: ``2 deleted messages, 1 line of the system left out``."""
    told = (f"{count:,} {words[count != 1]}" for words, count in left.items() if count)
    return f"{', '.join(told)} left out"


def files(names: Sequence[str]) -> str:
    """The first files by their names, the others counted: ``a, b, c, d and 1 more file``."""
    told, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return f"{told} and {more:,} more file{'s' * (more > 1)}" if more > 0 else told
