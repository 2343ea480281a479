"""What a message of Telegram says: its text, what is attached, who is meant by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from importers.decode import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

DELETED: Final = "Deleted account"
"""Who is gone has no name any more."""

_MEDIA: Final = {
    "voice_message": "[voice message]",
    "video_message": "[video message]",
    "video_file": "[video]",
    "audio_file": "[audio]",
    "sticker": "[sticker]",
    "animation": "[GIF]",
}
_ELSE: Final = {
    "photo": "[photo]",
    "game_title": "[game]",
    "invoice_information": "[invoice]",
    "giveaway_information": "[giveaway]",
    "story_expiration_seconds": "[story]",
    "file": "[file]",
}
_CHATS_FROM: Final = 1 << 32
_CHANNELS_FROM: Final = 1 << 33
_CHANNELS_TO: Final = _CHATS_FROM + _CHANNELS_FROM


def line(value: object) -> str:
    """A name or word on one line; "" for what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(clean(str(value)).split())


def number(value: object) -> int | None:
    """A whole number, also if it is written as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and len(value) <= 19:  # noqa: PLR2004 — digits of 64 bits
        try:
            return int(value)
        except ValueError:
            return None
    return None


def account(value: object) -> str:
    """Who is meant by an id, as ``user123``: until 2021 it was a bare number."""
    if isinstance(value, str) and value and not value.lstrip("-").isdecimal():
        return clean(value)
    bare = number(value)
    if bare is None:
        return ""
    if _CHATS_FROM <= bare < _CHANNELS_FROM:
        return f"chat{bare - _CHATS_FROM}"
    if _CHANNELS_FROM <= bare < _CHANNELS_TO:
        return f"channel{bare - _CHANNELS_FROM}"
    return f"user{bare}"


def chat_id(value: object, kind: str) -> str:
    """The number of a chat, the same in old and new exports; "" if there is none."""
    bare = number(value)
    if bare is None:
        return ""
    if kind == "private_group" and _CHATS_FROM <= bare < _CHANNELS_FROM:
        bare -= _CHATS_FROM
    elif kind.endswith(("supergroup", "channel")) and _CHANNELS_FROM <= bare < _CHANNELS_TO:
        bare -= _CHANNELS_FROM
    return str(bare)


def plain(value: object) -> str:
    """The text of a message: a string, or pieces that are strings or objects with one."""
    if isinstance(value, str):
        return clean(value)
    pieces = value if isinstance(value, list) else []
    texts = [piece.get("text") if isinstance(piece, dict) else piece for piece in pieces]
    return clean("".join(text for text in texts if isinstance(text, str)))


def whole(message: Mapping[str, Any]) -> str:
    """All that a message says: from whom it is forwarded, what is attached, its text."""
    text = plain(message.get("text")) or plain(message.get("text_entities"))
    parts = []
    if "forwarded_from" in message:
        parts.append(f"[forwarded from {line(message['forwarded_from']) or DELETED}]")
    if media := _media(message):
        parts.append(media)
    if message.get("type") == "unsupported":
        parts.append("[unsupported message]")
    return "\n".join((*parts, text)).rstrip("\n") if parts else text


def _media(message: Mapping[str, Any]) -> str:
    kind = message.get("media_type")
    if isinstance(kind, str) and kind in _MEDIA:
        emoji = line(message.get("sticker_emoji"))
        return f"{_MEDIA[kind]} {emoji}" if kind == "sticker" and emoji else _MEDIA[kind]
    if isinstance(contact := message.get("contact_information"), dict):
        keys = ("first_name", "last_name", "phone_number")
        return " ".join(filter(None, ("[contact]", *(line(contact.get(key)) for key in keys))))
    if isinstance(place := message.get("location_information"), dict):
        where = (message.get("place_name"), place.get("latitude"), place.get("longitude"))
        words = (str(one) if isinstance(one, float) else line(one) for one in where)
        return " ".join(filter(None, ("[location]", *words)))
    if isinstance(poll := message.get("poll"), dict):
        answers = poll.get("answers")
        lines = [line(one.get("text")) for one in _dicts(answers)]
        return "\n- ".join((f"[poll] {line(poll.get('question'))}".rstrip(), *lines))
    return next((words for key, words in _ELSE.items() if message.get(key)), "")


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def reactions_of(message: Mapping[str, Any], who: str) -> list[tuple[str, str]]:
    """The reactions of one account: sign and time as written."""
    return [
        (line(reaction.get("emoji")) or "[sticker]", line(one.get("date")))
        for reaction in _dicts(message.get("reactions"))
        for one in _dicts(reaction.get("recent"))
        if account(one.get("from_id")) == who
    ]
