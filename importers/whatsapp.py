"""WhatsApp: a chat exported as text, alone or in a zip with its media, from any phone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from core.rules import kinds
from importers.decode import clean, decode
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk
from importers.talk_days import local_day
from importers.whatsapp_dates import DateOrder, written, written_day
from importers.whatsapp_lines import Told, entries, parted, plain, stamped
from importers.whatsapp_words import LRM, OWNER, call, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member
    from importers.talk import Moment, Reading
    from importers.talk_days import LocalDay
    from importers.whatsapp_lines import Entry, Stamp

NAME: Final = "whatsapp"
TITLE: Final = "WhatsApp"
VERSION: Final = 1
TALKS: Final = True

_HEAD: Final = 1 << 13
_SAMPLE: Final = 20_000
_LOOKED_AT: Final = 40
_FEWEST: Final = 3
_PAIR: Final = 2
_SCOPE: Final = "contacts"
"""Names are those of the phone's own address book, the same in every chat."""
_NAMED: Final = re.compile(
    r"whats\s?app[\s-]*(?:chat|conversation|unterhaltung)?[\s-]*(?:with|mit|con|avec|com|met|med|z|с|-)"  # noqa: RUF001 — Russian
    r"\s+(.+)|(.+) ile whatsapp sohbeti",
    re.IGNORECASE,
)
_COPY: Final = re.compile(r"\s*\(\d{1,3}\)\Z")
_END: Final = re.compile(r"\.(?:txt|zip)\Z", re.IGNORECASE)
_IS_SIGNAL: Final = re.compile(r"\[\d{4}-\d\d-\d\d(?:, \d\d:\d\d| \d\d:\d\d:\d\d)\] ")
_NUMBER: Final = re.compile(r"\+[\d\s().\u2010-\u2015-]{6,}\Z")
_GROUP: Final = re.compile(
    r"gro?up|grupo|groupe|gruppo|groep|gruppe|групп|grup|グループ|그룹|群|مجموعة", re.IGNORECASE
)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows chats by their name and by lines that begin with a time."""
    found: list[str] = []
    named = False
    for member in container.members:
        if len(container.members) > 1 and not member.name.lower().endswith(".txt"):
            continue
        telling = _is_named(member) or (_is_chat(member) and _is_named_text(container.name))
        if _is_text_of_chat(member, named=telling):
            named |= telling
            found.append(member.name)
    if not found:
        return None
    what = "a chat" if len(found) == 1 else f"{len(found):,} chats"
    return Sniffed(96 if named else 86, f"{what}, line by line with its time", "", tuple(found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call; what the system wrote and deleted messages are counted."""
    for member in _mine(container):
        yield from _Chat(container, member, reading).talks()


def owner(container: Container) -> tuple[Party, ...]:
    """Of a chat of two, named after one, the other is the owner."""
    found: dict[str, None] = {}
    for member in _mine(container):
        chat = _Chat(container, member, None)
        chat.survey()
        senders = list(chat.senders)
        if len(senders) == _PAIR and not chat.is_group and chat.title in senders:
            senders.remove(chat.title)
            found[senders[0]] = None
    return tuple(map(_party, found)) if len(found) == 1 else ()


def _mine(container: Container) -> Iterator[Member]:
    sniffed = sniff_talks(container)
    wanted = frozenset(sniffed.members) if sniffed else frozenset()
    return (member for member in container.members if member.name in wanted)


def _base(name: str) -> str:
    return _END.sub("", name.rpartition("/")[2])


def _is_chat(member: Member) -> bool:
    return _base(member.name).lower() == "_chat"


def _is_named(member: Member) -> bool:
    return _is_chat(member) or _is_named_text(member.name)


def _is_named_text(name: str) -> bool:
    return "whatsapp" in name.lower().replace(" ", "")


def _is_text_of_chat(member: Member, *, named: bool) -> bool:
    lines = decode(member.head(_HEAD)).text.splitlines()
    lines = [line for line in lines if line.strip()][:_LOOKED_AT]
    fit = [line for line in lines if stamped(line)]
    if not named and fit and all(map(_IS_SIGNAL.match, fit)):
        return False
    few = 1 if named else min(_FEWEST, max(1, len(lines) // 3))
    spoken = sum(bool(parted(found[1], frozenset())[0]) for line in fit if (found := stamped(line)))
    return len(fit) >= few and spoken > 0


def _title(container: Container, member: Member) -> str:
    """What the chat is called: the name of its file, or of what it lies in; or ""."""
    folder = member.name.rpartition("/")[0].rpartition("/")[2]
    names = [folder, container.name] if _is_chat(member) else [member.name]
    for name in names:
        base = _COPY.sub("", _base(name).replace("_", " ").strip())
        if found := _NAMED.search(base):
            return plain(found[1] or found[2])
    return "" if _is_chat(member) else plain(_COPY.sub("", _base(member.name)))


def _party(name: str) -> Party:
    if _NUMBER.match(name):
        return Party(kinds.PHONE, name)
    if name.startswith("~"):  # a name somebody gave themselves: it counts in its thread alone
        return Party(kinds.NAME, name.lstrip("~ ") or name)
    return Party(kinds.NAME, name, scope=_SCOPE)


@dataclass(slots=True)
class _Chat:
    """One file."""

    container: Container
    member: Member
    reading: Reading | None
    title: str = ""
    senders: dict[str, None] = field(default_factory=dict)
    is_group: bool = False
    dates: DateOrder = field(default_factory=DateOrder)
    _parties: dict[str, Party] = field(default_factory=dict)
    _days: dict[tuple[str, ...], LocalDay | None] = field(default_factory=dict)
    _others: tuple[Party, ...] = ()
    _subject: str = ""
    _where: str = ""
    _system: int = 0
    _deleted: int = 0

    def survey(self) -> None:
        """Look through the beginning, and further until the order of dates is sure."""
        self.title = _title(self.container, self.member)
        self.dates.region = self.reading.region if self.reading else None
        first = ""
        own = entries(self.member, Told())
        for entry in islice(own, _SAMPLE):
            if isinstance(entry, Problem):
                break
            self.dates.look(entry.stamp)
            sender, text = parted(entry.body, self.senders.keys())  # type: ignore[arg-type]
            if sender in self.senders and LRM not in text[:3]:
                continue
            words = text[:200]
            if sender and said(text).kind not in {"system", "deleted"}:
                if sender not in OWNER:
                    self.senders[sender] = None
            elif not sender or LRM in text[:3]:
                first = first or sender
                self.is_group |= bool(_GROUP.search(words)) and "://" not in words
        if not self.dates.is_sure:
            for entry in own:
                if isinstance(entry, Problem) or self.dates.is_sure:
                    break
                self.dates.look(entry.stamp)
        self.title = self.title or first
        self.is_group |= len(self.senders) > _PAIR

    def talks(self) -> Iterator[Talk | Problem]:
        """All of it, in the order of the file."""
        self.survey()
        names = list(self.senders)
        if self.title and len(names) < _PAIR and not self.is_group and self.title not in names:
            names.append(self.title)
        self._others = tuple(map(_party, names))
        self._subject = self.title if self.is_group else ""
        self._where = f"{self.member.name} line "
        told = Told()
        for entry in entries(self.member, told):
            if isinstance(entry, Problem):
                yield entry
            elif talk := self._talk(entry):
                yield talk
        yield from self._notes(told)

    def _talk(self, entry: Entry) -> Talk | Problem | None:
        sender, text = parted(entry.body, self.senders.keys())  # type: ignore[arg-type]
        found = said(text) if sender else call(text.strip(), marked=False)
        if found is None or found.kind == "system":
            self._system += 1
            return None
        if found.kind == "deleted":
            self._deleted += 1
            return None
        where = f"{self._where}{entry.line:,}"
        moment = self._moment(entry.stamp)
        if moment is None:
            return Problem(where, "no time that can be read")
        party = None
        direction = ""
        if sender in OWNER:
            direction = "out"
        elif sender:
            party = self._parties.get(sender)
            if party is None:
                party = self._parties[sender] = _party(clean(sender))
        else:
            direction = "in" if found.text else "both"
        return Talk(
            *(where, "", found.kind, moment, party, self._others, NAME, self.title, self._subject),
            *(clean(found.text), found.seconds, direction, "", self.member.name),
        )

    def _moment(self, stamp: Stamp) -> Moment | None:
        date = stamp[:3]
        if date not in self._days:
            self._learn(stamp)
        day = self._days[date]
        return (day and day.moment(*stamp[3:])) or self._lone(stamp)

    def _learn(self, stamp: Stamp) -> None:
        """Find out which day a date means, for all its times."""
        assert self.reading is not None  # noqa: S101 — only `owner` has none, and asks for no talks
        turned = self.dates.turned
        date = self.dates.day(stamp)
        if self.dates.turned != turned or len(self._days) > _SAMPLE:
            self._days.clear()
        try:
            day = local_day(self.reading, *date, written_day(*stamp[:3]))
        except ValueError:
            day = None
        self._days[stamp[:3]] = day

    def _lone(self, stamp: Stamp) -> Moment | None:
        """A time of a day on which the clock was turned, or of today; None if unreadable."""
        assert self.reading is not None  # noqa: S101 — as above
        try:
            moment = self.reading.local(self.dates.moment(stamp))
        except ValueError:
            return None
        return moment._replace(written=written(stamp))

    def _notes(self, told: Told) -> Iterator[Problem]:
        name = self.member.name
        parts = [
            f"{count:,} {one if count == 1 else many}"
            for count, one, many in (
                (self._system, "line of the system", "lines of the system"),
                (self._deleted, "deleted message", "deleted messages"),
            )
            if count
        ]
        if parts:
            yield Problem(name, f"left out: {' and '.join(parts)}", fatal=False)
        if told.unknown:
            why = f"{told.unknown:,} lines before the first message were not understood"
            yield Problem(name, why, fatal=False)
        if told.cut:
            yield Problem(name, f"{told.cut:,} lines of overlong messages left out", fatal=False)
        if self.dates.turned:
            yield Problem(name, "dates of two orders; each was read as it can be", fatal=False)
        elif self.dates.is_guess:
            why = "day and month could not be told apart; the day was taken for the "
            order = "second" if self.dates.region == "US" else "first"
            yield Problem(name, why + order, fatal=False)
