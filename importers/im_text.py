"""What logs of old messengers share: networks, who is meant, text out of markup, days of times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from core.errors import VitalfewError
from core.rules import kinds
from core.rules.normalise import norm_of
from importers.charset import charset, text_of
from importers.decode import clean, entities
from importers.record import Problem
from importers.talk import Party

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from importers.container import Member

LONGEST: Final = 65_536
"""Characters of one message that are kept."""
PICTURE: Final = "[picture]"
CLOCK: Final = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
"""A time of day, as a pattern."""

_LINE_LIMIT: Final = 1_000_000
_SERVICES: Final = {
    **dict.fromkeys(("oscar", "mac", "mobileme", "dotmac"), "aim"),
    **dict.fromkeys(("googletalk", "livejournal"), "jabber"),
    "gtalk": "jabber",
    "yahoojapan": "yahoo",
    "windowslivemessenger": "msn",
}
_SIGNS: Final = re.compile(r"[\W_]+")
_GOOGLE: Final = ("@gmail.com", "@googlemail.com")
_FACEBOOK: Final = re.compile(r"-?(\d+)@chat\.facebook\.com", re.IGNORECASE)
_BREAKS: Final = frozenset({"br", "p", "div"})
_TAG: Final = re.compile(r"""<[/!]?([a-z][\w:-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""", re.IGNORECASE)
_ALT: Final = re.compile(r"""\salt=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?:(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4}),?\s+)?"
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([ap])\.?m\.?)?",
    re.IGNORECASE,
)
# How MSN Messenger's add-ons write bold, colours and the like into a name.
_COLOUR: Final = r"(?:#[0-9a-f]{6}|\d{1,2})"
_CODE: Final = re.compile(
    rf"\[/?[biusac](?:=[^\[\]\s]{{1,24}})?\]|\u00b7(?:\${_COLOUR}(?:,{_COLOUR})?|[#&'@0])",
    re.IGNORECASE,
)
_NOON: Final = 12
_YEAR: Final = 4
_DAY: Final = timedelta(days=1)
_LONG: Final = timedelta(days=366)  # no conversation is open for so long
_BACK: Final = timedelta(hours=23)  # a step this far ahead is a small one back


def service(name: str) -> str:
    """The network as handles call it: ``prpl-oscar``, ``Yahoo!``, ``GTalk``."""
    plain = _SIGNS.sub("", name.lower()).removeprefix("prpl")
    return _SERVICES.get(plain, plain)


def person(network: str, who: str, name: str = "") -> Party:
    """Whom an account of a network belongs to.

    Args:
        network: as `service` gives it.
        who: the account; not "".
        name: shown beside it.
    """
    who = clean(who).strip() or who
    name = "" if name == who else clean(name).strip()
    if found := _FACEBOOK.fullmatch(who):
        return Party(kinds.HANDLE, f"facebook:{found[1]}", name)
    if network == "jabber":
        who = who.partition("/")[0] or who
    # Accounts of MSN and of Google are addresses of mail.
    if "@" in who and (network == "msn" or (network == "jabber" and who.endswith(_GOOGLE))):
        return Party(kinds.EMAIL, who, name)
    if network == "aim" and who.isdecimal():
        network = "icq"
    return Party(kinds.HANDLE, f"{network or 'other'}:{who}", name)


def mark(party: Party) -> str:
    """What an account is known by."""
    network, _, handle = party.value.partition(":")
    if party.kind == kinds.HANDLE:
        return norm_of(kinds.HANDLE, handle, network)[1]
    return norm_of(party.kind, party.value)[1]


def channel(party: Party, network: str) -> str:
    """The network that a talk with somebody went over."""
    found, colon, _ = party.value.partition(":")
    return found if colon and party.kind == kinds.HANDLE else network or "other"


def unescaped(name: str) -> str:
    """The part of a path as it was before ``%2f`` and its like."""
    return clean(unquote(name, errors="replace"))


def uncoded(name: str) -> str:
    """A name without the codes for its looks; whole if it is nothing else."""
    return " ".join(_CODE.sub("", name).split()) or name.strip()


def words(markup: str) -> str:
    """The text of a piece of HTML, however broken.

    `html.parser` is not used: of 60,000 characters of tags that never end it makes 45 seconds.
    """
    markup = clean(markup[:LONGEST])
    if "<" in markup:
        markup = _TAG.sub(_shown, markup)
    return clean(entities(markup)).strip() if "&" in markup else markup.strip()


def _shown(tag: re.Match[str]) -> str:
    """What stands for a tag: breaks and pictures show."""
    name = (tag[1] or "").lower()
    if name == "img":
        said = _ALT.search(tag[0])
        return (said and (said[1] or said[2])) or PICTURE
    return "\n" if name in _BREAKS and (name == "br" or tag.start()) else ""


def said(entry: Element) -> str:
    """The text of an element of XHTML."""
    for one in entry.iter():
        if one.tag == "br" or (one.tag in _BREAKS and one is not entry and one.tail):
            one.tail = "\n" + (one.tail or "")
        elif one.tag == "img":
            one.text = one.get("alt") or PICTURE
    return clean("".join(entry.itertext())[:LONGEST]).strip()


@dataclass(slots=True)
class Told:
    """What is not a message, counted."""

    system: int = 0
    unknown: int = 0
    cut: int = 0

    def notes(self, name: str) -> Iterator[Problem]:
        """One sentence for each count that is not zero."""
        if self.system:
            what = "line" if self.system == 1 else "lines"
            yield Problem(name, f"{self.system:,} {what} of the system left out", fatal=False)
        if self.unknown:
            what = "line was" if self.unknown == 1 else "lines were"
            yield Problem(name, f"{self.unknown:,} {what} not understood", fatal=False)
        if self.cut:
            yield Problem(name, f"{self.cut:,} lines of overlong messages left out", fatal=False)


def entries(
    member: Member, begins: re.Pattern[str], told: Told
) -> Iterator[tuple[int, re.Match[str], str] | Problem]:
    """Every entry of a log: number of its line, what `begins` found, all text after that.

    Args:
        member: streamed, in any encoding.
        begins: fits the beginning of a line where an entry begins; others go on with the last.
        told: gets the count of lines before the first entry, and of those that were too many.
    """
    begun: tuple[int, re.Match[str]] | None = None
    body: list[str] = []
    size = number = 0
    try:
        with text_of(member.stream(), charset(member.stream)) as text:
            while raw := text.readline(_LINE_LIMIT):
                number += 1
                line = raw.rstrip("\r\n")
                if found := begins.match(line):
                    if begun:
                        yield *begun, "\n".join(body)
                    begun = number, found
                    body = [line[found.end() :][:LONGEST]]
                    size = len(line)
                elif begun is None:
                    told.unknown += bool(line.strip())
                elif size > LONGEST:
                    told.cut += 1
                else:
                    body.append(line)
                    size += len(line) + 1
    except VitalfewError as error:
        if begun:
            yield *begun, "\n".join(body)
        yield Problem(member.name, error.sentence)
        return
    if begun:
        yield *begun, "\n".join(body)


@dataclass(slots=True)
class Days:
    """Tells the day of times that are written without one.

    Attributes:
        day: of the first entry.
        last: when the last entry was, or when the log was begun.
    """

    day: date
    last: datetime | None = field(default=None)

    def moment(self, written: str) -> datetime:
        """When an entry was; a date that may be read two ways is the one nearest to the last.

        Raises:
            ValueError: no time of the calendar.
        """
        found = _TIME.match(written.strip())
        if found is None:
            raise ValueError(written[:20])
        hour, minute, second = int(found[4]), int(found[5]), int(found[6] or 0)
        if found[7]:
            hour = hour % _NOON + (_NOON if found[7].lower() == "p" else 0)
        clock = time(hour, minute, second)
        if found[1]:
            moment = datetime.combine(self._nearest(found[1], found[2], found[3]), clock)
            # What was sent while one was away comes later, with its own day.
            if self.last is None or self.last < moment < self.last + _LONG:
                self.last = moment
            return moment
        if self.last is None:
            self.last = datetime.combine(self.day, clock)
            return self.last
        ahead = (datetime.combine(self.last.date(), clock) - self.last) % _DAY
        self.last += ahead - _DAY if ahead > _BACK else ahead
        return self.last

    def _nearest(self, first: str, middle: str, last: str) -> date:
        if len(first) == _YEAR:
            return date(int(first), int(middle), int(last))
        if len(last) not in {2, _YEAR}:
            raise ValueError(last)
        year = int(last) + (2000 if len(last) == 2 else 0)  # noqa: PLR2004 — digits of a year
        found = []
        for day, month in ((first, middle), (middle, first)):
            try:
                found.append(date(year, int(month), int(day)))
            except ValueError:
                continue
        if not found:
            raise ValueError(first)
        return min(found, key=lambda one: abs(one - self.day))
