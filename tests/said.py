"""Talks to find: conversations as an import stores them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.bus import Bus

BEGUN = datetime(2019, 3, 5, 10)  # noqa: DTZ001 — a local day and time, told as UTC below


def message(
    number: int,
    text: str,
    *others: str,
    thread: str = "chat",
    out: bool = False,
    **fields: str,
) -> NewTalk:
    """A message, an hour after the one before; from or to those whose mail addresses are given."""
    moment = BEGUN + timedelta(hours=number)
    role = "to" if out else "from"
    talk = NewTalk(
        key=f"{thread} {number}",
        kind="message",
        at=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        day=moment.date().isoformat(),
        zone="",
        direction="out" if out else "in",
        channel="whatsapp",
        thread=thread,
        subject="",
        text=text,
        seconds=0,
        parts=tuple(Part("email", one, "", one.partition("@")[0].title(), role) for one in others),
    )
    return talk._replace(**fields)  # type: ignore[arg-type]


def store(bus: Bus, talks: Iterable[NewTalk], account: str = "me") -> None:
    """Bring talks in, as one export."""
    bus.run(StoreTalks("whatsapp", account, "WhatsApp", (), "", talks, TalkTally()))
