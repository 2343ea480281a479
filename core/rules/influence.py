"""How many follow somebody, where a list tells it in a field of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.rules import kinds, money
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.rules.projection import Fact

_OWN: Final = frozenset({kinds.CUSTOM, kinds.EXTRA})
_LABEL: Final = re.compile(
    r"\b(?:followers?|subscribers|abonnenten|abonnes|seguidores|seguaci|volgers)\b"
)
_NUMBER: Final = re.compile(r"\s*([0-9][0-9.,' \u00a0\u202f]*\s*(?:[kKmM](?![^\W\d_])|Mio\b)?)")


def followers(facts: Iterable[Fact]) -> int:
    """The largest number of followers that the facts of a person tell; 0 if none does.

    Args:
        facts: those that hold.
    """
    return max((count(fact.value) for fact in facts if _tells(fact)), default=0)


def _tells(fact: Fact) -> bool:
    return fact.kind in _OWN and _LABEL.search(fold(fact.label).replace("_", " ")) is not None


def count(text: str) -> int:
    """The number that a text begins with: 12400 of ``12.4k followers``; 0 of none."""
    found = _NUMBER.match(text)
    return max(money.whole(money.normal(found[1])), 0) if found else 0
