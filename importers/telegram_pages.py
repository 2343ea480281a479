"""Telegram: the pages of an export, which its desktop program writes unless it is told otherwise.

They name nobody's account, so names count in their chat alone, and no message of theirs can be
told to be one that JSON brought.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from importers.meta_html import Page, blocks
from importers.record import Problem
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member
    from importers.talk import Moment, Reading

_CHANNEL: Final = "telegram"
_NAMED: Final = re.compile(r"messages(\d*)\.html", re.IGNORECASE)
_TELLING: Final = (b"chat_page", b'class="history"')
_TIME: Final = re.compile(
    r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC(?:([+-]\d\d):?(\d\d))?)?"
)
_ID: Final = re.compile(r"message(-?\d{1,18})")
_SECONDS: Final = re.compile(r"\((\d{1,8}) seconds?\)")
_MEDIA: Final = {
    **dict.fromkeys(("photo", "photo_wrap"), "[photo]"),
    **dict.fromkeys(("video", "video_file_wrap"), "[video]"),
    **dict.fromkeys(("animated", "animated_wrap"), "[GIF]"),
    **dict.fromkeys(("sticker", "sticker_wrap"), "[sticker]"),
    **dict.fromkeys(("location", "live_location", "venue"), "[location]"),
    **{one: f"[{one}]" for one in ("contact", "poll", "game", "invoice", "file")},
    "voice_message": "[voice message]",
    "audio_file": "[audio]",
}
_STICKER: Final = "sticker"
_CALL: Final = "call"
_WAYS: Final = {"outgoing": "out", "cancelled": "out", "incoming": "in", "missed": "in"}
_PAIR: Final = 2
_HEAD: Final = 1 << 16
_LONGEST: Final = 1 << 17
_DEEPEST: Final = 60


class _Said(NamedTuple):
    """One message as its page shows it.

    Attributes:
        name: of the sender; "" where it is the one above.
        time: as it stands.
        call: what is said of a call, else "".
    """

    number: str
    name: str
    time: str
    text: str
    call: str


def is_page(member: Member) -> bool:
    """Whether a file is named as a page of messages."""
    return _NAMED.fullmatch(member.name.rpartition("/")[2]) is not None


def names(container: Container, documents: Sequence[str]) -> list[str]:
    """The pages of a container that no document of JSON stands above or beside."""
    above = [name.rpartition("/")[0] for name in documents]
    found = [
        member
        for member in container.members
        if is_page(member) and not any(_is_in(member.name, folder) for folder in above)
    ]
    return [one.name for one in found if all(word in one.head(_HEAD) for word in _TELLING)]


def _is_in(name: str, folder: str) -> bool:
    return not folder or name.startswith(f"{folder}/")


def talks(pages: Sequence[Member], reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call, chat by chat; a chat goes on from page to page."""
    for _, members in groupby(sorted(pages, key=_place), key=_folder):
        yield from _Chat(list(members), reading).talks()


def owner(pages: Sequence[Member]) -> tuple[Party, ...]:
    """Of a chat of two, which bears the name of one, the other is the owner."""
    found: set[str] = set()
    for _, members in groupby(sorted(pages, key=_place), key=_folder):
        chat = _Chat(list(members), None)
        if len(chat.senders) == _PAIR and chat.title in chat.senders:
            found.update(name for name in chat.senders if name != chat.title)
    return tuple(Party(kinds.NAME, name) for name in found) if len(found) == 1 else ()


def _folder(member: Member) -> str:
    return member.name.rpartition("/")[0]


def _place(member: Member) -> tuple[str, int]:
    named = _NAMED.fullmatch(member.name.rpartition("/")[2])
    return _folder(member), int(named[1][:9] or 1) if named else 0


class _Chat:
    """The pages of one chat."""

    def __init__(self, members: Sequence[Member], reading: Reading | None) -> None:
        self._members, self._reading = members, reading
        self.title = ""
        self.senders: dict[str, None] = {}
        for found in self._said():
            if not isinstance(found[1], Problem) and found[1].name:
                self.senders[found[1].name] = None

    def _said(self) -> Iterator[tuple[str, _Said | Problem, _History]]:
        for member in self._members:
            page = _History()
            for found in blocks(member, page):
                yield member.name, found, page
                self.title = self.title or page.chat
            self.title = self.title or page.chat

    def talks(self) -> Iterator[Talk | Problem]:
        """All of it, in the order of the pages."""
        names = dict(self.senders)
        if self.title and len(names) < _PAIR:
            names[self.title] = None
        group = len(names) > _PAIR or (len(names) == _PAIR and self.title not in names)
        others = tuple(Party(kinds.NAME, name) for name in names)
        left: Counter[str] = Counter()
        last = ""
        for file, found, page in self._said():
            if isinstance(found, Problem):
                yield found
                continue
            left[file] = page.system
            last = found.name or last
            yield self._talk(f"{file} message {found.number}", found, last, others, group=group)
        count = left.total()
        if count:
            what = "line" if count == 1 else "lines"
            why = f"left out: {count:,} {what} of the system"
            yield Problem(self._members[0].name, why, fatal=False)

    def _talk(
        self, where: str, said: _Said, by: str, others: tuple[Party, ...], *, group: bool
    ) -> Talk | Problem:
        moment = self._moment(said.time)
        if not by or moment is None:
            return Problem(where, "no time that can be read" if by else "no sender")
        way = said.call.partition(" ")[0].lower()
        length = _SECONDS.search(said.call)
        text = said.text
        if said.call:
            text = "" if length else "missed call"
        return Talk(
            where=where,
            # Two chats of one name: the same number and second would be needed in both.
            key=f"page {self.title}/{said.number} {moment.written}" if said.number else "",
            kind="call" if said.call else "message",
            moment=moment,
            sender=Party(kinds.NAME, by),
            others=others,
            channel=_CHANNEL,
            thread=f"page {self.title}",
            subject=self.title if group else "",
            text=text or "[message]" * (not said.call),
            seconds=int(length[1]) if length else 0,
            direction=_WAYS.get(way, "") if said.call else "",
        )

    def _moment(self, time: str) -> Moment | None:
        assert self._reading is not None  # noqa: S101 — only `owner` has none, and asks for no talks
        found = _TIME.match(time)
        if not found:
            return None
        day, month, year, hour, minute, second, hours, minutes = found.groups()
        zone = f"{hours or '+00'}:{minutes or '00'}" if "UTC" in time else ""
        try:
            written = f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
            return self._reading.aware(datetime.fromisoformat(written))
        except ValueError:
            return None


class _History(Page[_Said]):
    """Messages by their classes, which have been the same from the first version on.

    Attributes:
        chat: what the chat is called.
        system: how many lines are the system's own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.chat = ""
        self.system = 0
        self._open: list[list[str] | None] = []  # into what the text of each open element goes
        self._deep = 0
        self._clear()
        self._is_message = False

    def _clear(self) -> None:
        self._number = self._time = self._media = ""
        self._name, self._text, self._status = list[str](), list[str](), list[str]()
        self._title, self._size, self._forwarded = list[str](), 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Know a part by its class."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag == "br":
            self.handle_data("\n")
        elif tag == "a" and self._is_message:
            self._media = next((one for one in classes if one in _MEDIA), self._media)
        elif tag == "div" and len(self._open) >= _DEEPEST:
            self._deep += 1
        elif tag == "div":
            self._open.append(self._into(classes, given))

    def _into(self, classes: list[str], given: dict[str, str | None]) -> list[str] | None:
        if "message" in classes and ("default" in classes or "service" in classes):
            self._end()
            self._is_message = "default" in classes
            self.system += not self._is_message
            number = _ID.fullmatch(given.get("id") or "")
            self._number = number[1] if number else ""
            self._open.clear()  # what was left open before it holds no message
        elif not self._is_message:
            return self._title if "text" in classes and "bold" in classes else None
        elif "forwarded" in classes:
            self._forwarded = len(self._open) + 1
        elif "date" in classes and not self._forwarded:
            self._time = self._time or given.get("title") or ""
        elif "from_name" in classes and not self._forwarded:
            return self._name
        elif "text" in classes:
            return self._text
        elif "status" in classes and self._media == _CALL:
            return self._status
        else:
            media = [one.removeprefix("media_") for one in classes if one.startswith("media_")]
            self._media = next((one for one in media if one in _MEDIA or one == _CALL), self._media)
        return None

    def handle_endtag(self, tag: str) -> None:
        """A part ends with its element."""
        if tag != "div":
            return
        if self._deep:
            self._deep -= 1
        elif self._open:
            self._forwarded *= len(self._open) != self._forwarded
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text of the part that is open."""
        into = self._open[-1] if self._open and not self._deep else None
        if into is not None and self._size < _LONGEST:
            into.append(data if data == "\n" else data.replace("\n", " "))
            self._size += len(data)

    def close(self) -> None:
        """The end of the page."""
        super().close()
        self._end()

    def _end(self) -> None:
        self.chat = self.chat or _tidy(self._title)
        if self._is_message:
            shown = _MEDIA.get(self._media, "")
            text = _tidy(self._text)
            call = _tidy(self._status) or "?" if self._media == _CALL else ""
            name = " ".join(_tidy(self._name).split())
            said = "\n".join(filter(None, (shown, text)))
            self.found.append(_Said(self._number, name, self._time, said, call))
        self._is_message = False
        self._clear()


def _tidy(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(lines).strip()
