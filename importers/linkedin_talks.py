"""LinkedIn's ``messages.csv`` and ``Invitations.csv``, of every generation."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from core.rules.handles import from_url
from core.text import fold
from importers.decode import clean
from importers.left_out import counted
from importers.mail_text import unmarked
from importers.record import Problem
from importers.table import Row, open_table, peek
from importers.talk import Party, Talk
from importers.talk_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from importers.container import Member
    from importers.left_out import Words
    from importers.talk import Moment, Reading

MESSAGES: Final = "messages"
INVITATIONS: Final = "invitations"

_HEAD: Final = 1 << 14
_NAMED: Final = re.compile(rf"({MESSAGES}|{INVITATIONS})(?:_\d+| \(\d+\))?\.csv", re.IGNORECASE)
_COACH: Final = re.compile(r"guide_messages|role_play|coach_?messages", re.IGNORECASE)
_KNOWN: Final = frozenset(
    {
        *("conversation id", "conversation title", "from", "sender profile url", "to"),
        *("recipient profile urls", "date", "subject", "content", "folder", "attachments"),
        *("direction", "sent at", "message", "inviterprofileurl", "inviteeprofileurl"),
    }
)
_SHAPES: Final = (
    (MESSAGES, frozenset({"conversation id", "from", "to", "date", "content"})),
    (MESSAGES, frozenset({"from", "to", "date", "content", "folder"})),
    (INVITATIONS, frozenset({"from", "to", "sent at", "direction"})),
)
_DIRECTIONS: Final = {"incoming": "in", "outgoing": "out"}
_DRAFTS: Final = ("is message draft", "is conversation draft")
_NO: Final = frozenset({"", "no", "false", "0"})

_URL_BREAK: Final = re.compile(r"[,;\s]+(?=https?://|www\.|\Z)", re.IGNORECASE)
_TITLE_BEHIND: Final = re.compile(r"[A-Z][\w.]{0,3}(?:\.|[A-Z])[\w.]{0,4}\Z")  # Ph.D., MBA, PMP
_MARKED: Final = re.compile(r"</?(?:p|br|div|span|a|ul|ol|li|b|strong|em)\b[^<>]*>", re.IGNORECASE)
_UNFILLED: Final = re.compile(r"%(?:FIRST|LAST|COMPANY)NAME%")
_EDITOR: Final = "spinmail-quill-editor"  # what campaigns are written with
_LINE_END: Final = re.compile(r"[ \t]*\n[ \t]*")
_BLANKS: Final = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(?:UTC|Z)?"
)
_SLASHED: Final = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}),?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AP]M)?", re.IGNORECASE
)
_YEAR: Final = 12  # months
_CENTURY: Final = 100
_EVERYWHERE: Final = 0.95
_FEWEST: Final = 2
_INVITED: Final = "invitation"


class File(NamedTuple):
    """One table of talks, and which of the two it is."""

    member: Member
    shape: str


def by_name(members: Iterable[Member]) -> tuple[File, ...]:
    """The tables of talks in LinkedIn's archive."""
    found = ((member, _NAMED.fullmatch(member.name.rpartition("/")[2])) for member in members)
    return tuple(File(member, match[1].lower()) for member, match in found if match)


def by_headings(members: Iterable[Member]) -> tuple[File, ...]:
    """The tables of talks among members of any name."""
    return tuple(File(member, shape) for member in members if (shape := _shape(member)))


def _shape(member: Member) -> str:
    if _COACH.search(member.name):
        return ""
    layout = peek(member.head(_HEAD), _KNOWN)
    headings = {heading.lower() for heading in layout.headings} if layout else set()
    return next((shape for shape, needed in _SHAPES if needed <= headings), "")


def talks(files: Sequence[File], reading: Reading) -> Iterator[Talk | Problem]:
    """Every message, and the invitations that say something."""
    cast = Cast(files)
    left: Counter[Words] = Counter()
    for member, shape in files:
        one = _message if shape == MESSAGES else _invitation
        keys = Keys()
        for row in _rows(member):
            found = row if isinstance(row, Problem) else one(*row, cast, reading, left)
            if isinstance(found, Talk):
                own = keys.made(found.thread, found.moment.written, found.text)
                yield found._replace(key=own)
            elif found:
                yield found
    if files and left:
        yield Problem(files[0].member.name, counted(left), fatal=False)


def owner(files: Sequence[File], name: str) -> tuple[Party, ...]:
    """Whose archive it is, as the tables of talks know them; () if they do not tell.

    Args:
        files: the tables of talks.
        name: the name in the profile, or "".
    """
    cast = Cast(files)
    slugs = cast.own or cast.by_name.get(fold(name), set())
    if not cast.own and len(slugs) != 1:  # nobody of that name, or a namesake too
        slugs = cast.everywhere()
    found = [Party(kinds.HANDLE, f"linkedin:{slug}", name) for slug in sorted(slugs)]
    if name and (found or fold(name) in cast.names):
        found.append(Party(kinds.NAME, name))
    return tuple(found)


class Cast:
    """Who is who in the tables: names to profiles and back.

    Attributes:
        by_name: folded name to the profiles that bear it.
        names: every folded name of a sender or sole recipient.
        own: profiles that an invitation says are the owner's.
    """

    def __init__(self, files: Sequence[File]) -> None:
        self.by_name: dict[str, set[str]] = {}
        self.names: set[str] = set()
        self.own: set[str] = set()
        self._name_of: dict[str, str] = {}
        self._parties: dict[tuple[str, str, str, str], tuple[Party, ...]] = {}
        self._with: dict[str, set[str]] = {}  # conversations that a profile takes part in
        self._all: set[str] = set()
        self._said: set[int] = set()
        for member, shape in files:
            for row in _rows(member):
                if not isinstance(row, Problem):
                    (self._message if shape == MESSAGES else self._invitation)(row[1])

    def _message(self, cells: Mapping[str, str]) -> None:
        if _bulk(cells):
            return
        talk = cells.get("conversation id", "")
        by = slug_of(cells.get("sender profile url", ""))
        to = _slugs(cells.get("recipient profile urls", ""))
        self._learn(cells.get("from", ""), by)
        if len(to) == 1 or "," not in cells.get("to", ""):
            self._learn(cells.get("to", ""), to[0] if to else "")
        self._all.add(talk)
        ends = (by or cells.get("from", ""), to[0] if len(to) == 1 else cells.get("to", ""))
        self._said.add(_digest(*ends, cells.get("content", "")))
        for slug in {by, *to} - {""}:
            self._with.setdefault(slug, set()).add(talk)

    def _invitation(self, cells: Mapping[str, str]) -> None:
        by, to = (slug_of(cells.get(f"invite{end}profileurl", "")) for end in ("r", "e"))
        self._learn(cells.get("from", ""), by)
        self._learn(cells.get("to", ""), to)
        mine = {"in": to, "out": by}.get(_direction(cells), "")
        self.own.update(filter(None, (mine,)))

    def _learn(self, name: str, slug: str) -> None:
        if folded := fold(name.strip()):
            self.names.add(folded)
            if slug:
                self.by_name.setdefault(folded, set()).add(slug)
                self._name_of[slug] = clean(name.strip())

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Whether the note of an invitation, once accepted, is a message too."""
        by, to = (slug_of(cells.get(f"invite{end}profileurl", "")) for end in ("r", "e"))
        ends = (by or cells.get("from", ""), to or cells.get("to", ""))
        return _digest(*ends, cells.get("message", "")) in self._said

    def everywhere(self) -> set[str]:
        """The one profile that takes part in nearly every conversation of several."""
        most = _EVERYWHERE * len(self._all)
        found = [slug for slug, talks in self._with.items() if len(talks) >= most]
        return set(found if len(found) == 1 and len(self._all) >= _FEWEST else ())

    def parties(self, names: str, urls: str, role: str, scope: str = "") -> tuple[Party, ...]:
        """Those whom two cells name, each once."""
        at = (names, urls, role, scope)
        if (found := self._parties.get(at)) is None:
            found = self._parties[at] = tuple(dict.fromkeys(self._made(*at)))
        return found

    def _made(self, names: str, urls: str, role: str, scope: str) -> Iterator[Party]:
        slugs = _slugs(urls)
        if len(slugs) == 1:
            yield Party(kinds.HANDLE, f"linkedin:{slugs[0]}", clean(names.strip()), role)
            return
        for slug in slugs:
            yield Party(kinds.HANDLE, f"linkedin:{slug}", self._name_of.get(slug, ""), role)
        for name in () if slugs else self._split(names):
            profiles = self.by_name.get(fold(name), ())
            if len(profiles) == 1:
                yield Party(kinds.HANDLE, f"linkedin:{next(iter(profiles))}", name, role)
            else:
                yield Party(kinds.NAME, name, "", role, scope)

    def _split(self, names: str) -> Iterator[str]:
        """The names of a list, though names hold commas too: ``Ada Wong, Ph.D., Ben Ortiz``."""
        parts = list(filter(None, map(str.strip, clean(names).split(","))))
        while parts:
            ends = range(len(parts), 1, -1)
            end = next((n for n in ends if fold(", ".join(parts[:n])) in self.names), 1)
            while end < len(parts) and _TITLE_BEHIND.match(parts[end]):
                end += 1
            yield ", ".join(parts[:end])
            del parts[:end]


def _digest(by: str, to: str, text: str) -> int:
    return hash((fold(by), fold(to), " ".join(text.split())))


def slug_of(url: str) -> str:
    """The part of a profile's address that stays; "" if it is no profile's."""
    service, handle = from_url(url.strip()) or ("", "")
    return handle if service == "linkedin" else ""


def _slugs(urls: str) -> list[str]:
    return list(dict.fromkeys(filter(None, map(slug_of, _URL_BREAK.split(urls)))))


def _rows(member: Member) -> Iterator[tuple[str, dict[str, str]] | Problem]:
    """The place and the cells of each row, headings in lower case."""
    table = open_table(member, _KNOWN)
    if isinstance(table, Problem):
        yield table
        return
    for row in table:
        if isinstance(row, Row):
            cells = {heading.lower(): cell for heading, cell in row.cells.items()}
            yield table.where(row.number), cells
        else:
            yield row


def _direction(cells: Mapping[str, str]) -> str:
    if cells.get("folder", "").strip().lower() == "sent":
        return "out"
    return _DIRECTIONS.get(cells.get("direction", "").strip().lower(), "")


def _bulk(cells: Mapping[str, str]) -> str:
    if cells.get("folder", "").strip().lower() == "spam":
        return "spam"
    content = cells.get("content", "")
    if "sponsored" in cells.get("conversation title", "").lower() or _UNFILLED.search(content):
        return "advertisement"
    campaign = _EDITOR in content and not cells.get("sender profile url", "").strip()
    return "advertisement" if campaign else ""


def _message(
    where: str, cells: Mapping[str, str], cast: Cast, reading: Reading, left: Counter[Words]
) -> Talk | Problem | None:
    if any(cells.get(draft, "").strip().lower() not in _NO for draft in _DRAFTS):
        left["draft", "drafts"] += 1
        return None
    moment = moment_of(cells.get("date", ""), reading)
    if moment is None:
        return Problem(where, "no time that can be read")
    to, urls = cells.get("to", ""), cells.get("recipient profile urls", "")
    thread = clean(cells.get("conversation id", ""))
    others = cast.parties(to, urls, "with")
    by = cast.parties(cells.get("from", ""), cells.get("sender profile url", ""), "from")
    title = clean(cells.get("conversation title", "").strip())
    content = _words(cells.get("content", "")) or "[attachment]"
    about = _words(cells.get("subject", ""))
    return Talk(
        where=where,
        key="",
        kind="message",
        moment=moment,
        sender=by[0] if by else None,
        others=others,
        channel="linkedin",
        thread=thread or "\x1e".join(sorted(fold(cells.get(end, "")) for end in ("from", "to"))),
        subject=title if len(others) > 1 else "",
        text=f"{about}\n{content}" if about and not content.startswith(about) else content,
        direction=_direction(cells),
        bulk=_bulk(cells),
    )


def _invitation(
    where: str, cells: Mapping[str, str], cast: Cast, reading: Reading, left: Counter[Words]
) -> Talk | Problem | None:
    note = _words(cells.get("message", ""))
    if not note:
        left["invitation without a word", "invitations without a word"] += 1
        return None
    if cast.holds(cells):
        left["invitation that is a message too", "invitations that are messages too"] += 1
        return None
    moment = moment_of(cells.get("sent at", ""), reading)
    if moment is None:
        return Problem(where, "no time that can be read")
    by = cast.parties(cells.get("from", ""), cells.get("inviterprofileurl", ""), "from", _INVITED)
    return Talk(
        where=where,
        key="",
        kind="message",
        moment=moment,
        sender=by[0] if by else None,
        others=cast.parties(
            cells.get("to", ""), cells.get("inviteeprofileurl", ""), "with", _INVITED
        ),
        channel="linkedin",
        text=note,
        direction=_direction(cells),
    )


def _words(text: str) -> str:
    """A text as people read it: the site's editor leaves HTML behind."""
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    if _MARKED.search(text):
        text = _LINE_END.sub("\n", unmarked(text))
    return _BLANKS.sub("\n\n", text).strip()


def moment_of(text: str, reading: Reading) -> Moment | None:
    """``2024-03-14 09:41:53 UTC``, or ``1/29/26, 2:37 PM`` by the clock of the user."""
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text):
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            return reading.aware(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
        if found := _SLASHED.fullmatch(text):
            month, day, year, hour, minute, second = (int(n or 0) for n in found.groups()[:6])
            if month > _YEAR:
                month, day = day, month
            if half := (found[7] or "").upper():
                hour = hour % 12 + (12 if half == "PM" else 0)
            year += 2000 if year < _CENTURY else 0
            return reading.local(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001 — no zone is stated
    except ValueError:
        return None
    return None
