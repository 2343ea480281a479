"""Instagram's own JSON of downloads until 2020: people are handles, and strings are sound."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from core.rules import kinds
from importers import meta_text
from importers.meta_messages import NO_SENDER, NO_TIME
from importers.record import Problem
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.talk import Moment, Reading

_MEDIA: Final = (
    *(("voice_media", "[voice message]"), ("animated_media_images", "[gif]")),
    *(("story_share", "[story]"), ("media_share_url", "[post]"), ("media_url", "[photo]")),
    ("media", "[photo]"),
)


def party(handle: str, role: str = "with") -> Party:
    """The party behind a handle."""
    return Party(kinds.HANDLE, f"instagram:{handle.lstrip('@')}", "", role)


def talks(document: object, where: str, reading: Reading) -> Iterator[Talk | Problem]:
    """The talks of a ``messages.json``, a list of conversations."""
    for number, chat in enumerate(meta_text.objects(document), 1):
        people = chat.get("participants")
        names = [name for one in _items(people) if (name := meta_text.words(one, broken=False))]
        others = tuple(map(party, names))
        thread = "\x1e".join(sorted(names))
        for place, message in enumerate(_items(chat.get("conversation")), 1):
            at = f"{where} conversation {number:,} message {place:,}"
            yield from _message(message, at, thread, others, reading)


def _message(
    message: object, where: str, thread: str, others: tuple[Party, ...], reading: Reading
) -> Iterator[Talk | Problem]:
    sender = meta_text.words(meta_text.named(message, "sender"), broken=False).lstrip("@")
    moment = _moment(meta_text.named(message, "created_at"), reading)
    if not isinstance(message, dict) or not sender or moment is None:
        yield Problem(where, NO_TIME if sender else NO_SENDER)
        return
    text = meta_text.lines(message.get("text"), broken=False)
    text = text or meta_text.words(message.get("link"), broken=False)
    talk = Talk(
        where=where,
        key="",
        kind="message",
        moment=moment,
        sender=party(sender, "from"),
        others=others,
        channel="instagram",
        thread=thread,
        text=text or _shown(message),
    )
    yield talk
    for like in meta_text.objects(message.get("likes")):
        by = meta_text.words(like.get("username"), broken=False).lstrip("@")
        if by and by != sender and reading.is_me(party(by)):
            yield talk._replace(
                sender=None, others=(party(sender, "to"),), text="reacted ❤", direction="out"
            )


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _shown(message: dict[str, Any]) -> str:
    return next((shown for name, shown in _MEDIA if message.get(name)), "[attachment]")


def _moment(value: object, reading: Reading) -> Moment | None:
    try:
        return reading.aware(datetime.fromisoformat(meta_text.words(value)))
    except ValueError:
        return None
