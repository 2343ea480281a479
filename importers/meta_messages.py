"""Conversations in the JSON of Facebook and Instagram, one file of a thread at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from importers import meta_text
from importers.record import Problem
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from importers.talk import Moment, Reading

NOTICES: Final = "written by the app"
TAKEN_BACK: Final = "taken back by who wrote them"
NO_TIME: Final = "no time that can be read"
NO_SENDER: Final = "nobody is named as its sender"

_MEDIA: Final = (
    *(("photos", "photo"), ("videos", "video"), ("audio_files", "voice message"), ("gifs", "gif")),
    *(("files", "file"), ("sticker", "sticker")),
)
_ENDINGS: Final = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "heic"), "photo"),
    **dict.fromkeys(("mp4", "mov", "webm", "mkv"), "video"),
    **dict.fromkeys(("aac", "m4a", "ogg", "opus", "wav", "mp3"), "voice message"),
    "gif": "gif",
}
_LONGEST_NOTICE: Final = 300
_NOTICE: Final = re.compile(
    r"(?:.{1,100} )?liked a message|(?:.{1,100} )?reacted .{1,40} to your message"
    r"|you are now connected on messenger|say hi to your new facebook friend, .{1,100}"
    r"|.{1,100} are now connected on messenger|(?:.{1,100} )?started an? (?:\w+ )?(?:chat|call)",
    re.IGNORECASE,
)
_SENT: Final = re.compile(
    r".{1,100} sent (?:an attachment|a (?:photo|video|voice message|gif|sticker|file|link|post))",
    re.IGNORECASE,
)
_LEFT_TYPES: Final = frozenset({"Subscribe", "Unsubscribe"})
_BY_NUMBER: Final = re.compile(r"(\d{5,})@facebook\.com\Z", re.IGNORECASE)
_THREAD_NUMBER: Final = re.compile(r"_([0-9A-Za-z-]{8,})\Z")
_PAIR: Final = 2
_MILLI: Final = 1000


class Thread(NamedTuple):
    """One conversation.

    Attributes:
        where: name of the file, for people.
        service: facebook or instagram.
        id: what tells it from others, the same in the next export.
        subject: title of a group, else "".
        others: all who take part.
    """

    where: str
    service: str
    id: str
    subject: str
    others: tuple[Party, ...]


def by_name(name: str, role: str = "with") -> Party:
    """The party behind a shown name; old pages show the number of accounts that are gone."""
    if found := _BY_NUMBER.match(name):
        return Party(kinds.HANDLE, f"facebook:{found[1]}", "", role)
    return Party(kinds.NAME, name, "", role)


def thread_id(path: str) -> str:
    """The part of a thread's folder that stays when people rename themselves.

    Args:
        path: such as ``inbox/adawong_123456789``.
    """
    folder = path.rstrip("/").rpartition("/")[2]
    found = _THREAD_NUMBER.search(folder)
    return found[1] if found and any(map(str.isdecimal, found[1])) else folder


def talks(  # noqa: PLR0913, PLR0917 — what a file stands in
    document: object, where: str, service: str, folder: str, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    """The talks of one file of a download.

    Args:
        document: the JSON, its strings as they stand.
        where: the file's name.
        service: facebook or instagram.
        folder: of the thread, where the file does not name its path.
        reading: tells who the owner is.
        left: counts what is no talk, by reason.
    """
    messages = meta_text.named(document, "messages")
    if not isinstance(messages, list):
        yield Problem(where, "no list of messages")
        return
    found = (
        meta_text.words(one.get("name"))
        for one in meta_text.objects(meta_text.named(document, "participants"))
    )
    names = list(filter(None, found)) or _senders(messages)
    path = meta_text.words(meta_text.named(document, "thread_path")) or folder
    title = meta_text.words(meta_text.named(document, "title"))
    parties = tuple(map(by_name, names))
    group = len(names) > _PAIR or (bool(title) and title not in names)
    own = thread_id(path) if path else "\x1e".join(sorted(names))
    thread = Thread(where, service, own, title if group else "", parties)
    marks: dict[str, bool] = {}
    for number, message in enumerate(messages, 1):
        yield from _message(message, f"{where} message {number:,}", thread, reading, left, marks)


def _senders(messages: list[Any]) -> list[str]:
    """All who wrote, for files that do not name who takes part."""
    found = (meta_text.words(one.get("sender_name")) for one in meta_text.objects(messages))
    return list(dict.fromkeys(filter(None, found)))


def _message(  # noqa: PLR0913, PLR0917 — what a message stands in
    message: Any,  # noqa: ANN401 — any value of a document
    where: str,
    thread: Thread,
    reading: Reading,
    left: Counter[str],
    marks: dict[str, bool],
) -> Iterator[Talk | Problem]:
    if not isinstance(message, dict):
        yield Problem(where, "not a message")
        return
    if message.get("is_unsent") is True:
        left[TAKEN_BACK] += 1
        return
    text = meta_text.lines(message.get("content"))
    shown = _shown(message)
    called = "call_duration" in message or message.get("type") == "Call"
    if message.get("type") in _LEFT_TYPES or (not shown and not called and is_notice(text)):
        left[NOTICES] += 1
        return
    name = meta_text.words(message.get("sender_name"))
    moment = _moment(message.get("timestamp_ms"), reading)
    if not name or moment is None:
        yield Problem(where, NO_TIME if name else NO_SENDER)
        return
    if called:
        seconds = max(0, meta_text.number(message.get("call_duration")))
        missed = not seconds or message.get("missed") is True
        text = "missed call" if missed else ""
        yield _talk(where, thread, moment, by_name(name, "from"), text, 0 if missed else seconds)
        return
    if not text or _is_only_sent(text):
        text = shown or "[attachment]"
    yield _talk(where, thread, moment, by_name(name, "from"), text)
    yield from _reactions(message, where, thread, moment, reading, marks)


def _reactions(  # noqa: PLR0913, PLR0917 — what a message stands in
    message: dict[str, Any],
    where: str,
    thread: Thread,
    moment: Moment,
    reading: Reading,
    marks: dict[str, bool],
) -> Iterator[Talk]:
    """The owner's answers by a sign; those of others answer nothing."""
    for reaction in meta_text.objects(message.get("reactions")):
        actor = meta_text.words(reaction.get("actor"))
        if actor and actor not in marks:
            marks[actor] = reading.is_me(by_name(actor))
        if not marks.get(actor):
            continue
        sender = by_name(meta_text.words(message.get("sender_name")))
        if reading.is_me(sender):
            continue
        sign = meta_text.words(reaction.get("reaction"))
        own = thread._replace(others=(sender._replace(role="to"),))
        text = f"reacted {sign}".strip()
        # Not the reaction's own time: exports state it only now and then.
        yield _talk(where, own, moment, None, text)._replace(direction="out")


def _talk(  # noqa: PLR0913, PLR0917 — a talk has that many sides
    where: str,
    thread: Thread,
    moment: Moment,
    sender: Party | None,
    text: str,
    seconds: int | None = None,
) -> Talk:
    return Talk(
        where=where,
        key="",
        kind="message" if seconds is None else "call",
        moment=moment,
        sender=sender,
        others=thread.others,
        channel=thread.service,
        thread=thread.id,
        subject=thread.subject,
        text=text,
        seconds=seconds or 0,
        file=thread.where,
    )


def is_notice(text: str) -> bool:
    """Whether the app wrote this, not the sender."""
    return len(text) <= _LONGEST_NOTICE and bool(_NOTICE.fullmatch(text.rstrip(" .!")))


def _is_only_sent(text: str) -> bool:
    return len(text) <= _LONGEST_NOTICE and bool(_SENT.fullmatch(text.rstrip(" .")))


def _shown(message: dict[str, Any]) -> str:
    """What a message holds beside words, in brackets, or the address that it shares."""
    found = []
    for name, what in _MEDIA:
        held = message.get(name)
        count = len(held) if isinstance(held, list) else int(isinstance(held, dict))
        if count:
            found.append(f"[{what}]" if count == 1 else f"[{count} {what}s]")
    for share in meta_text.objects(message.get("share")):
        found += filter(None, (meta_text.words(share.get(key)) for key in ("share_text", "link")))
    return "\n".join(found)


def _moment(milliseconds: object, reading: Reading) -> Moment | None:
    value = meta_text.number(milliseconds)
    try:
        # Two messages of one second are told apart by what stands there.
        return reading.utc(value / _MILLI)._replace(written=str(value)) if value else None
    except (ValueError, OverflowError):
        return None


# ---- end-to-end encrypted chats of Messenger, a download of their own -----------------------


def sealed_talks(
    document: object, where: str, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    """The talks of one encrypted chat; its strings are sound."""
    messages = meta_text.named(document, "messages")
    if not isinstance(messages, list):
        yield Problem(where, "no list of messages")
        return
    people = meta_text.named(document, "participants")
    people = people if isinstance(people, list) else []
    names = list(filter(None, (meta_text.words(one, broken=False) for one in people)))
    title = meta_text.words(meta_text.named(document, "threadName"), broken=False)
    title = re.sub(r"_\d+\Z", "", title)
    # The number behind the name is another one in the next export.
    own = "\x1e".join(sorted(names)) or title
    subject = title if len(names) > _PAIR else ""
    thread = Thread(where, "facebook", own, subject, tuple(map(by_name, names)))
    for number, message in enumerate(messages, 1):
        yield from _sealed(message, f"{where} message {number:,}", thread, reading, left)


def _sealed(
    message: object, where: str, thread: Thread, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    if not isinstance(message, dict):
        yield Problem(where, "not a message")
        return
    kind = message.get("type")
    if kind == "placeholder" or message.get("isUnsent") is True:
        left[TAKEN_BACK] += 1
        return
    text = meta_text.lines(message.get("text"), broken=False)
    if is_notice(text):
        left[NOTICES] += 1
        return
    name = meta_text.words(message.get("senderName"), broken=False)
    moment = _moment(message.get("timestamp"), reading)
    if not name or moment is None:
        yield Problem(where, NO_TIME if name else NO_SENDER)
        return
    if not text:
        uris = [one.get("uri") for one in meta_text.objects(message.get("media"))]
        text = "\n".join(_by_ending(uri) for uri in uris) or "[attachment]"
    yield _talk(where, thread, moment, by_name(name, "from"), text)
    for reaction in meta_text.objects(message.get("reactions")):
        actor = meta_text.words(reaction.get("actor"), broken=False)
        if actor and reading.is_me(by_name(actor)) and not reading.is_me(by_name(name)):
            sign = meta_text.words(reaction.get("reaction"), broken=False)
            own = thread._replace(others=(by_name(name, "to"),))
            answer = _talk(where, own, moment, None, f"reacted {sign}".strip())
            yield answer._replace(direction="out")


def _by_ending(uri: object) -> str:
    ending = uri.rpartition(".")[2].lower() if isinstance(uri, str) else ""
    return f"[{_ENDINGS.get(ending, 'attachment')}]"
