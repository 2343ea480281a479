"""Direct messages in X's archive, between two and in groups."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from importers.decode import clean, entities
from importers.left_out import counted
from importers.meta_text import lines, named, objects, words
from importers.record import Problem
from importers.talk import Talk
from importers.x_files import entries, of_kind
from importers.x_names import People, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.left_out import Words
    from importers.talk import Moment, Party, Reading
    from importers.x_files import File

KINDS: Final = ("direct_messages", "direct_messages_group", "direct_message_group")

_GROUP: Final = "group"
_PAIR: Final = 2
_MILLI: Final = re.compile(r"\d{12,14}")
_MEDIA: Final = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/messages/media/\S*")
_PHOTO: Final = re.compile(r"\.(?:jpe?g|png|webp)(?:\W|\Z)", re.IGNORECASE)
_REACTIONS: Final = {
    "like": "❤",
    "love": "❤",
    "funny": "😂",
    "surprised": "😲",
    "sad": "😢",
    "excited": "🔥",
    "agree": "👍",
    "disagree": "👎",
}
_NO_TIME: Final = "no time that can be read"


class _Thread(NamedTuple):
    id: str
    title: str
    members: tuple[str, ...]


def talks(files: Sequence[File], reading: Reading) -> Iterator[Talk | Problem]:
    """Every message, and what the owner answered with a sign."""
    people: People | None = None
    left: Counter[Words] = Counter()
    where = ""
    for file in files:
        if file.kind not in KINDS:
            continue
        people = people or People(files)
        where = where or file.member.name
        for found in entries(file.member):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _conversation(*found, _GROUP in file.kind, people, reading, left)
    if left:
        yield Problem(where, counted(left), fatal=False)


def everywhere(files: Sequence[File]) -> str:
    """The number that takes part in each of several conversations of two; "" if there is none."""
    pairs: set[frozenset[str]] = set()
    for member in of_kind(files, KINDS[0]):
        for found in entries(member):
            if not isinstance(found, Problem):
                pairs.add(_pair(words(found[1].get("conversationId"), broken=False)))
    pairs = {pair for pair in pairs if len(pair) == _PAIR}
    shared = frozenset[str].intersection(*pairs) if len(pairs) >= _PAIR else frozenset[str]()
    return next(iter(shared), "")


def _pair(conversation: str) -> frozenset[str]:
    return frozenset(filter(None, map(identity, conversation.split("-"))))


def _conversation(  # noqa: PLR0913, PLR0917 — what an entry stands in
    where: str,
    entry: dict[str, Any],
    group: bool,
    people: People,
    reading: Reading,
    left: Counter[Words],
) -> Iterator[Talk | Problem]:
    events = list(objects(entry.get("messages")))
    thread = _thread(entry, events, group=group)
    parties = tuple(people.party(one) for one in thread.members if one != people.own.id)
    for number, event in enumerate(events, 1):
        kind = next(iter(event), "")
        inner = event.get(kind)
        place = f"{where} message {number:,}"
        if kind == "messageCreate" and isinstance(inner, dict):
            yield _message(place, inner, thread, parties, people, reading)
            for sign in objects(inner.get("reactions")):
                yield from _reaction(place, sign, inner, thread, parties, people, reading)
        elif kind == "reactionCreate" and isinstance(inner, dict):
            yield from _reaction(place, inner, inner, thread, parties, people, reading)
        else:
            left["line of the system", "lines of the system"] += 1


def _thread(entry: dict[str, Any], events: Sequence[dict[str, Any]], *, group: bool) -> _Thread:
    own = words(entry.get("conversationId"), broken=False)
    members = dict.fromkeys(() if group else sorted(_pair(own), key=int))
    title = words(entry.get("name"), broken=False) if group else ""
    for event in events:
        inner = next(iter(event.values()), None)
        for key in ("senderId", "recipientId", "initiatingUserId"):
            members[identity(named(inner, key))] = None
        for key in ("participantsSnapshot", "userIds"):
            some = named(inner, key)
            members.update(dict.fromkeys(map(identity, some if isinstance(some, list) else ())))
        title = title or words(named(event.get("conversationNameUpdate"), "name"), broken=False)
    members.pop("", None)
    return _Thread(own, entities(title), tuple(members))


def _moment(value: object, reading: Reading) -> Moment | None:
    text = str(value).strip()
    try:
        if _MILLI.fullmatch(text):
            return reading.utc(int(text) / 1000)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return reading.aware(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        return None


def _message(  # noqa: PLR0913, PLR0917 — what a message stands in
    where: str,
    message: dict[str, Any],
    thread: _Thread,
    parties: tuple[Party, ...],
    people: People,
    reading: Reading,
) -> Talk | Problem:
    moment = _moment(message.get("createdAt"), reading)
    if moment is None:
        return Problem(where, _NO_TIME)
    by = identity(message.get("senderId"))
    if not by:
        return Problem(where, "nobody is named as its sender")
    mine = by == people.own.id
    return Talk(
        where=where,
        key=clean(str(message.get("id") or "")),
        kind="message",
        moment=moment,
        sender=None if mine else people.party(by, "from"),
        others=parties,
        channel="x",
        thread=thread.id,
        subject=thread.title,
        text=_text(message),
        direction=("out" if mine else "in") if people.own.id else "",
    )


def _reaction(  # noqa: PLR0913, PLR0917 — what a sign stands in
    where: str,
    sign: dict[str, Any],
    message: dict[str, Any],
    thread: _Thread,
    parties: tuple[Party, ...],
    people: People,
    reading: Reading,
) -> Iterator[Talk]:
    """A sign of the owner's; those of others are no talk."""
    moment = _moment(sign.get("createdAt") or message.get("createdAt"), reading)
    if not people.own.id or identity(sign.get("senderId")) != people.own.id or moment is None:
        return
    written = words(sign.get("reactionKey"), broken=False)
    number = clean(str(sign.get("eventId") or message.get("id") or ""))
    yield Talk(
        where=where,
        key=f"reaction {number} {moment.at}",
        kind="message",
        moment=moment,
        sender=None,
        others=parties,
        channel="x",
        thread=thread.id,
        subject=thread.title,
        text=f"reacted {_REACTIONS.get(written, written)}".strip(),
        direction="out",
    )


def _text(message: dict[str, Any]) -> str:
    """The text with the addresses behind its short links, or what it shows."""
    text = entities(lines(message.get("text"), broken=False))
    for link in objects(message.get("urls")):
        short, long = (words(link.get(key), broken=False) for key in ("url", "expanded"))
        if short and long:
            text = text.replace(short, long)
    text = _MEDIA.sub("", clean(text)).strip()
    media = message.get("mediaUrls")
    if text or not isinstance(media, list) or not media:
        return text
    return "[photo]" if _PHOTO.search(str(media[0])) else "[media]"
