"""What a hand writes: values made into facts of the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import sources
from core.rules import addresses, kinds
from core.rules.normalise import norm_of
from core.text import clean

if TYPE_CHECKING:
    from core.rules.typed import Typed
    from core.storage.tables import Fact
    from core.work import Work


def region(work: Work) -> str | None:
    """The home country of numbers that name none, or None."""
    return sources.setting(work.raw, "region") or None


def clean_of(value: Typed) -> Typed | None:
    """A value as it may be stored; None if it says nothing."""
    text = clean(value.value).strip()
    return value._replace(value=text, label=clean(value.label).strip()) if text else None


def stored(value: Typed, card_id: int, home: str | None) -> Fact:
    """A value as a fact of the user's on a card, not yet written."""
    from core.storage.tables import Fact

    kind, norm = norm_of(value.kind, value.value, value.label, home)
    detail = addresses.detail(value.value) if kind == kinds.ADDRESS else ""
    return Fact(
        card_id=card_id,
        kind=kind,
        value=value.value,
        norm=norm,
        label=value.label,
        detail=detail,
        origin="user",
    )
