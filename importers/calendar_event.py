"""One event of a calendar: who is in it, when it took place, and what is written of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import bulk_senders, emails, kinds
from importers import calendar_times
from importers.decode import clean
from importers.mail_text import own_words, unmarked
from importers.talk import Party

if TYPE_CHECKING:
    from datetime import tzinfo

    from importers.calendar_times import When

_ZONED: Final = re.compile(
    r"^((?:DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)(?:;[^:\n]*?)?;)TZID=",
    re.IGNORECASE | re.MULTILINE,
)
_ID: Final = re.compile(r"^UID(?:;[^:\n]*)?:(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_MOVED: Final = re.compile(r"^RECURRENCE-ID[;:].*?$", re.IGNORECASE | re.MULTILINE)
_RANK: Final = re.compile(
    r"^(SEQUENCE|LAST-MODIFIED)(?:;[^:\n]*)?:\s*(\w+)", re.IGNORECASE | re.MULTILINE
)
_PEOPLE: Final = re.compile(r"^(?:ATTENDEE|ORGANIZER)[;:]", re.IGNORECASE | re.MULTILINE)
_BIRTHDAYS: Final = re.compile(
    r"birthday|geburtstag|anniversa|cumplea|compleann|verjaardag|anivers|fødsels|födelse|urodzin",
    re.IGNORECASE,
)
_OF_A_CONTACT: Final = "X-GOOGLE-CALENDAR-CONTENT-"
_NO_MEETINGS: Final = frozenset({"CANCEL", "REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_THINGS: Final = frozenset({"ROOM", "RESOURCE", "GROUP"})
_ABSENT: Final = frozenset({"DECLINED", "DELEGATED"})
_UNPLANNED: Final = "unknownorganizer@calendar.google.com"
_HOW_TO_JOIN: Final = re.compile(r"^-::~:~.*", re.MULTILINE | re.DOTALL)
_MARKED: Final = re.compile(r"</\w+>|<br\b", re.IGNORECASE)
_LONGEST: Final = 7 * 86_400
_RANKED: Final = 9  # digits


class Event(NamedTuple):
    """One event as it stands in a file, with what of its calendar matters.

    Attributes:
        where: file and line.
        text: its lines, unfolded.
        own: time zones that its calendar describes.
        calendar: the calendar's name.
        method: why it was sent: PUBLISH, REQUEST, CANCEL …; "" in an export.
    """

    where: str
    text: str
    own: dict[str, tzinfo]
    calendar: str = ""
    method: str = ""

    @property
    def uid(self) -> str:
        """Its id, which all events of a series share, or ""."""
        found = _ID.search(self.text)
        return found[1] if found else ""

    @property
    def moved(self) -> str:
        """The line that says which one of its series it stands for, or ""."""
        found = _MOVED.search(self.text)
        return found[0].rstrip() if found else ""

    @property
    def rank(self) -> tuple[int, str]:
        """The newest of several with one id has the highest."""
        found = {name.upper(): value for name, value in _RANK.findall(self.text)}
        number = found.get("SEQUENCE", "")[:_RANKED]
        return int(number) if number.isdecimal() else 0, found.get("LAST-MODIFIED", "")

    @property
    def has_people(self) -> bool:
        """Whether it names anybody."""
        return bool(_PEOPLE.search(self.text))

    def parsed(self) -> Parsed | None:
        """What `icalendar` makes of it; None if nothing."""
        from icalendar import Event as Component

        # Zones are looked up here: the library takes any file whose path is a zone's name.
        text = _ZONED.sub(r"\1X-TZID=", self.text)
        try:
            return Parsed(Component.from_ical(text), self)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
            return None


class Parsed(NamedTuple):
    """The same with its values taken apart."""

    component: Any
    event: Event

    def values(self, name: str) -> list[Any]:
        """The values of a property that can be read, as `icalendar` has them."""
        from icalendar.prop.broken import vBroken

        found = self.component.get(name) or []
        those = found if isinstance(found, list) else [found]
        return [value for value in those if not isinstance(value, vBroken)]

    def words(self, name: str) -> str:
        """The first value of a property as text."""
        found = self.values(name)
        return clean(str(found[0]).replace("\r\n", "\n")).strip() if found else ""

    def times(self, name: str) -> list[tuple[When, bool]]:
        """The times in a property that can be read, and whether the zone of each is known."""
        own = self.event.own
        return [
            calendar_times.when(one.dt, _said(value, "X-TZID"), own)
            for value in self.values(name)
            for one in getattr(value, "dts", (value,))
            if isinstance(getattr(one, "dt", None), (date, tuple))
        ]

    def people(self) -> tuple[Party | None, tuple[Party, ...]]:
        """Who called the meeting, and who else was to be there and did not decline."""
        absent = {str(value).lower() for value in self._absent()}
        called = [value for value in self.values("ORGANIZER") if str(value).lower() not in absent]
        came = (value for value in self.values("ATTENDEE") if str(value).lower() not in absent)
        those = tuple(filter(None, (_party(value, "attendee") for value in came)))
        return _party(called[0], "organizer") if called else None, those

    def absent(self) -> tuple[Party, ...]:
        """Who declined."""
        return tuple(filter(None, (_party(value, "attendee") for value in self._absent())))

    def _absent(self) -> list[Any]:
        those = self.values("ATTENDEE")
        return [value for value in those if _said(value, "PARTSTAT").upper() in _ABSENT]

    @property
    def is_off(self) -> bool:
        """Whether it was cancelled, or only answers an invitation."""
        return self.event.method in _NO_MEETINGS or self.words("STATUS").upper() == "CANCELLED"

    @property
    def is_birthday(self) -> bool:
        """Whether it is a day of somebody's in the year, and no meeting."""
        if self.event.has_people:
            return False
        kinds_of_it = " ".join(str(value.to_ical()) for value in self.values("CATEGORIES"))
        told = f"{self.event.calendar} {kinds_of_it}"
        return bool(_BIRTHDAYS.search(told)) or _OF_A_CONTACT in self.event.text.upper()

    @property
    def text(self) -> str:
        """Place and description, without how to join a call."""
        text = _HOW_TO_JOIN.sub("", self.words("DESCRIPTION"))
        text = unmarked(text) if _MARKED.search(text) else text
        return "\n".join(filter(None, (self.words("LOCATION"), own_words(text))))

    def seconds(self, first: When) -> int:
        """How long it took; 0 if nobody knows, or whole days."""
        took = timedelta()
        ends = [end for end, _ in self.times("DTEND") if (end.zone is None) == (first.zone is None)]
        if ends:
            took = ends[0].moment() - first.moment()
        elif lasting := self.values("DURATION"):
            lasted: object = getattr(lasting[0], "dt", None)
            took = lasted if isinstance(lasted, timedelta) else took
        seconds = int(took.total_seconds())
        return seconds if 0 < seconds <= _LONGEST and not first.whole else 0


def _said(value: Any, name: str) -> str:  # noqa: ANN401 — of the library
    """A parameter of a property; one with a comma in it comes in pieces."""
    found = value.params.get(name, "") if getattr(value, "params", None) else ""
    return clean(",".join(map(str, found)) if isinstance(found, list) else str(found)).strip()


def _party(value: Any, role: str) -> Party | None:  # noqa: ANN401 — of the library
    """Who somebody in an event is; None for rooms, lists and machines."""
    if _said(value, "CUTYPE").upper() in _THINGS:
        return None
    name = " ".join(_said(value, "CN").strip("\"'").split())
    written = clean(str(value)).strip()
    address = emails.normal(_said(value, "EMAIL")) or emails.normal(written)
    if address:
        if address == _UNPLANNED or bulk_senders.by_address(address):
            return None
        return Party(kinds.EMAIL, address, "" if emails.normal(name) else name, role)
    if written.lower().startswith("tel:") and len(written) > len("tel:"):
        return Party(kinds.PHONE, written[len("tel:") :], name, role)
    return Party(kinds.NAME, name, "", role) if name else None
