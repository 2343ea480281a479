"""Calendars (iCalendar files): meetings that took place, and who was there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from core.rules import bulk_senders, emails, kinds
from importers import calendar_times
from importers.calendar_blocks import CALENDAR, EVENT, METHOD, blocks
from importers.calendar_blocks import NAME as NAME_OF_IT
from importers.calendar_event import Event
from importers.decode import decode
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from importers.calendar_event import Parsed
    from importers.calendar_times import When
    from importers.container import Container, Member
    from importers.talk import Reading

    _Id = tuple[str, str]
    _Version = tuple[tuple[int, str], str]

NAME: Final = "calendar"
TITLE: Final = "Calendar"
VERSION: Final = 1
TALKS: Final = True
MARK: Final = b"BEGIN:VEVENT"
NO_TIME: Final = "no time that can be read"

_ENDINGS: Final = (".ics", ".ical", ".icalendar", ".ifb")
_LOOKED_AT: Final = 40
_START: Final = re.compile(r"\s*BEGIN\s*:\s*(?:VCALENDAR|VEVENT)\b", re.IGNORECASE)
_TITLED: Final = re.compile(r"^X-WR-CALNAME(?:;[^:\n]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_NOWHERE: Final = "nowhere"
_SAMPLE: Final = 2_000
_MOSTLY: Final = 0.8
_FEW: Final = 5


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows calendars by their first line."""
    found: list[str] = []
    accounts: dict[str, None] = {}
    for member in container.members:
        if member.name.lower().endswith(_ENDINGS) and len(found) > _LOOKED_AT:
            found.append(member.name)
            continue
        text = decode(member.head()).text
        if _START.match(text):
            found.append(member.name)
            titled = _TITLED.search(text)
            accounts |= dict.fromkeys(_whose(titled[1] if titled else "", member))
    if not found:
        return None
    what = "a calendar" if len(found) == 1 else f"{len(found):,} calendars"
    account = next(iter(accounts)) if len(accounts) == 1 else ""
    return Sniffed(90, what, account, tuple(found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every meeting that has taken place; what is left out is counted in one note."""
    best, moved = _overview(container)
    left: Counter[str] = Counter()
    for found in _events(container):
        if isinstance(found, Problem):
            yield found
        elif not found.uid or best[found.uid, found.moved] == (found.rank, found.where):
            yield from _talks(found, moved.get(found.uid, ()), reading, left)
        else:
            left["earlier versions"] += 1
    if unknown := left.pop(_NOWHERE, 0):
        why = f"{unknown:,} in a time zone that nobody knows, read as yours"
        yield Problem(container.name, why, fatal=False)
    if left := +left:
        counts = ", ".join(f"{count:,} {what}" for what, count in left.most_common())
        yield Problem(container.name, f"not taken as meetings: {counts}", fatal=False)


def owner(container: Container) -> tuple[Party, ...]:
    """Whose address the calendar bears, or who is in nearly all meetings and called some."""
    bearing = {address for member in _mine(container) for address in _whose("", member)}
    part: Counter[str] = Counter()
    called: set[str] = set()
    meetings = 0
    for found in _events(container):
        if isinstance(found, Problem) or not found.has_people:
            continue
        bearing.update(_whose(found.calendar))
        by, those = _addresses(found)
        called.add(by)
        part.update(those)
        meetings += len(those) > 1
        if meetings >= _SAMPLE:
            break
    if bearing:
        return (Party(kinds.EMAIL, max(sorted(bearing), key=lambda address: part[address])),)
    always = [address for address, times in part.items() if times >= _MOSTLY * meetings]
    # Somebody else may be in all of them, but will not have called any in the owner's calendar.
    if meetings >= _FEW and len(always) == 1 and always[0] in called:
        return (Party(kinds.EMAIL, always[0]),)
    return ()


def _addresses(found: Event) -> tuple[str, set[str]]:
    """Who called a meeting, and all who are in it."""
    parsed = found.parsed()
    by, others = parsed.people() if parsed else (None, ())
    those = {one.value for one in (by, *others) if one and one.kind == kinds.EMAIL}
    return by.value if by else "", those


def _whose(title: str, member: Member | None = None) -> list[str]:
    """The address that a calendar is named after, if it is one."""
    stem = member.name.rpartition("/")[2].rpartition(".")[0] if member else ""
    for name in (title, stem, stem.rpartition("_")[2]):
        address = emails.normal(name)
        if address and " " not in name.strip():
            return [] if bulk_senders.by_address(address) else [address]
    return []


def _mine(container: Container) -> Iterator[Member]:
    sniffed = sniff_talks(container)
    wanted = frozenset(sniffed.members) if sniffed else frozenset()
    return (member for member in container.members if member.name in wanted)


def _events(container: Container) -> Iterator[Event | Problem]:
    for member in _mine(container):
        own: dict[str, tzinfo] = {}
        calendar = method = ""
        for found in blocks(member):
            if isinstance(found, Problem):
                yield found
            elif found.what == CALENDAR:
                calendar, method, own = "", "", {}
            elif found.what == EVENT:
                where = f"{member.name} line {found.line:,}"
                yield Event(where, found.text, own, calendar, method)
            elif found.what == METHOD:
                method = found.text.upper()
            elif found.what == NAME_OF_IT:
                calendar = found.text
            elif zone := calendar_times.described(found.text):
                own[zone[0]] = zone[1]


def _overview(container: Container) -> tuple[dict[_Id, _Version], dict[str, list[Event]]]:
    """The newest of each event that stands there several times, and what was moved of series."""
    best: dict[_Id, _Version] = {}
    moved: dict[str, list[Event]] = {}
    for found in _events(container):
        if isinstance(found, Problem) or not (uid := found.uid):
            continue
        at = (uid, found.moved)
        if at not in best or best[at][0] < found.rank:
            best[at] = (found.rank, found.where)
        if found.moved:
            brief = f"BEGIN:VEVENT\r\n{found.moved}\r\nEND:VEVENT\r\n"
            moved.setdefault(uid, []).append(found._replace(text=brief))
    return best, moved


def _talks(
    found: Event, moved: Sequence[Event], reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    event = found.parsed()
    starts = event.times("DTSTART") if event else []
    if event is None or not starts:
        yield Problem(found.where, NO_TIME, found.text.encode())
        return
    first, known = starts[0]
    if why := _left_out(event, reading):
        left[why] += 1
        return
    left[_NOWHERE] += not known
    try:
        walls = _walls(event, first, moved, reading, left)
        seconds = event.seconds(first)
    except (ValueError, OverflowError):
        yield Problem(found.where, NO_TIME, found.text.encode())
        return
    by, others = event.people()
    subject, text = event.words("SUMMARY"), event.text
    for wall in walls:
        start = first.at(wall)
        try:
            moment = reading.aware(start.moment()) if start.zone else reading.local(wall)
        except ValueError:
            yield Problem(found.where, NO_TIME, found.text.encode())
            continue
        yield Talk(
            where=found.where,
            key=_key(event, start, subject),
            kind="meeting",
            moment=moment,
            sender=by,
            others=others,
            channel="meeting",
            thread=found.uid,
            subject=subject,
            text=text,
            seconds=seconds,
            direction="both",
        )


def _left_out(event: Parsed, reading: Reading) -> str:
    if event.is_off:
        return "cancelled"
    if any(map(reading.is_me, event.absent())):
        return "declined"
    return "birthdays" if event.is_birthday else ""


def _walls(
    event: Parsed, first: When, moved: Sequence[Event], reading: Reading, left: Counter[str]
) -> list[datetime]:
    """When it took place, on the wall of its first time."""
    now = reading.now.astimezone(first.zone or reading.zone).replace(tzinfo=None)
    # What nobody else is in is counted once, however often it was.
    repeats = event.event.has_people and not event.event.moved
    rules = [rule for rule in event.values("RRULE") if isinstance(rule, dict)] if repeats else []
    more = [one for one, _ in event.times("RDATE")] if repeats else []
    if not rules and not more:
        left["to come"] += first.wall > now
        return [first.wall] * (first.wall <= now)
    elsewhere = [one for one, _ in event.times("EXDATE")]
    for other in moved:
        parsed = other.parsed()
        elsewhere += [one for one, _ in parsed.times("RECURRENCE-ID")] if parsed else []
    walls, cut = calendar_times.series(first, rules, more, now)
    left[f"series but for their newest {calendar_times.MOST} days"] += cut
    return list(calendar_times.without(walls, first, elsewhere))


def _key(event: Parsed, start: When, subject: str) -> str:
    uid = event.event.uid
    if not uid:
        return f"{start.mark}\n{subject}"
    if placed := event.times("RECURRENCE-ID"):
        return f"{uid}\n{placed[0][0].mark}"
    repeats = event.values("RRULE") or event.values("RDATE")
    return f"{uid}\n{start.mark}" if repeats else uid
