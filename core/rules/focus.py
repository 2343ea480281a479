"""Whom to contact today: pure, so the same book and day give the same list.

A list is planned once a day, and what was planned is kept (`core.commands.plan_day`). Until then
the state of this morning decides: a talk of today ticks its row off and changes nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import cadence, focus_guards, opt_outs, reasons
from core.rules.reasons import NOT_TODAY, Candidate, birthday_marks, no_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.rules.reasons import Reason
    from core.settings import Settings

__all__ = ("NOT_TODAY", "Candidate", "birthday_marks")

SORTED: Final = ("A", "B", "C")
NETWORKS: Final = ("linkedin", "x", "facebook", "instagram", "xing", "mastodon")
"""Sources through which somebody can be written to."""
OTHER_WAY_FROM: Final = 2
"""Days of writing without an answer from which on another way is tried."""
_BY_NUMBER: Final = frozenset({"whatsapp", "sms", "signal", "telegram"})
_KINDS: Final = frozenset({"mail", "call", "visit"})
_WITHOUT_ADDRESS: Final = frozenset({"post", "visit"})
_FIFTH: Final = 5
_MORE_FOR_A: Final = 10
_NO_FURTHER: Final = frozenset({"late", "quiet"})


class FocusRow(NamedTuple):
    """One row of the list: who, why in at most eight words, by which channel.

    `put_off` is the why of a wait that takes the row off until tomorrow: what it waited for, or
    `NOT_TODAY`. `kind` is the reason's, as in `core.rules.reasons`, "" once it is only known in
    words. `since` is the first day of this suggestion, and `planned` whether it is kept already.
    `zone` is where they are and `hours` when they usually write, as on a person's row.
    """

    id: int
    name: str
    tier: str
    why: str
    channel: str
    due: str
    org: str
    title: str
    weight: int
    done: bool
    put_off: str = NOT_TODAY
    kind: str = ""
    since: str = ""
    family: int = 0
    unanswered: int = 0
    planned: bool = False
    zone: str = ""
    hours: str = ""


class Planned(NamedTuple):
    """A row as it was kept."""

    id: int
    since: str
    why: str
    channel: str
    weight: int


class Ways(NamedTuple):
    """How somebody was written to without an answer, and by what they do answer, most first."""

    tried: str = ""
    answered: tuple[str, ...] = ()


class Plan(NamedTuple):
    """The day's list and what is kept back, by tier."""

    rows: tuple[FocusRow, ...]
    kept_back: dict[str, int]


def plan(
    people: Iterable[Candidate],
    today: date,
    settings: Settings,
    budget: int,
    planned: Sequence[FocusRow] = (),
) -> Plan:
    """The `budget` people who matter most today, four fifths of them A and B while any are due.

    What cannot wait (promises, birthdays) comes first, then what was on the list and was not
    done, then what weighs most. Those who are of one family take turns.

    Args:
        people: everybody for whom there might be a reason.
        today: the local day.
        settings: the user's choices.
        budget: how many rows there may be.
        planned: rows that the day has already; they stay, and count.
    """
    there = {row.id for row in planned}
    found = [one for person in people if (one := _found(person, today, settings))]
    found = sorted((one for one in found if one.row.id not in there), key=_turn)
    rows = [one.row for one in found]
    weights = {one.row.id: one.weight for one in found}
    known = {one.row.id: one.person for one in found}
    taken = {row.family for row in planned}
    few = _in_turns((row for row in rows if row.tier in focus_guards.KEPT_ON), taken)
    others = [row for row in rows if row.tier not in focus_guards.KEPT_ON]
    room = max(budget - len(planned), 0)
    others_planned = sum(row.tier not in focus_guards.KEPT_ON for row in planned)
    for_others = max(budget // _FIFTH - others_planned, room - len(few), 0)
    chosen = few[: max(room - min(for_others, len(others)), 0)]
    chosen += _in_turns(others, taken | _families(chosen))[: room - len(chosen)]
    chosen += [row for row in few if row not in chosen][: room - len(chosen)]
    chosen.sort(key=lambda row: weights[row.id])
    # Only of those who are listed: most of a large book is not.
    chosen = [row._replace(channel=_channel(known[row.id])) for row in chosen]
    there |= {row.id for row in chosen}
    left = [row for row in rows if row.id not in there and not row.done]
    kept = {tier: sum(row.tier == tier for row in left) for tier in SORTED}
    listed = sorted((*planned, *chosen), key=lambda row: row.done)
    return Plan(tuple(listed), kept)


def kept_row(kept: Planned, person: Candidate, today: date, settings: Settings) -> FocusRow | None:
    """A row as it was planned, with what came of it since; None if it must not be shown any more.

    It is done once there was a talk today, but for a letter of theirs that waits for an answer; a
    promise is done too once it is kept.
    """
    done = _is_done(person, today)
    here = person.tier in SORTED
    if person.tier == "D" and _weighs(kept, reasons.BACK):
        here = done or reasons.back(person._replace(since=kept.since), today, settings) is not None
    elif not person.tier:
        here = _weighs(kept, reasons.PROMISED) or _weighs(kept, reasons.OWED)
    done = done or (_weighs(kept, reasons.PROMISED) and not person.owe)
    done = done or (_weighs(kept, reasons.OWED) and not person.owed)
    off = person.wait > today.isoformat() and not done  # what was done today stays in its count
    if not here or off or person.never == opt_outs.EVERY:
        return None
    return FocusRow(
        person.id,
        person.name,
        person.tier,
        kept.why,
        kept.channel if _may(person, kept.channel) else _channel(person),
        person.due,
        person.org,
        person.title,
        kept.weight,
        done,
        kept.why if _weighs(kept, reasons.WAITED) else NOT_TODAY,
        since=kept.since,
        family=person.family,
        planned=True,
        zone=person.zone,
        hours=person.hours,
    )


def another_way(row: FocusRow, person: Candidate, ways: Ways) -> FocusRow:
    """A row that no longer asks for what brought no answer twice, if there is something else.

    That is the way by which they answer most; of those who answered by none other, a way that was
    not tried. Only cadence and silence give way to these words; another reason keeps its own.
    """
    tried = ways.tried or row.channel
    untried = _free_ways(person).values()
    others = [way for way in (*ways.answered, *untried) if way != tried and _may(person, way)]
    if row.unanswered < OTHER_WAY_FROM or not others:
        return row
    words = no_answer(row.unanswered, tried, others[0])
    why = words if row.kind in _NO_FURTHER else row.why
    return row._replace(channel=others[0], why=why)


def channel(  # noqa: PLR0913, PLR0917 — each is one fact of the rule
    email: str, phone: str, sources: str, never: str = "", prefers: str = "", usual: str = ""
) -> str:
    """The way to reach somebody: what they prefer, what is usual, else mail, call or a network.

    Never one they do not want (`never` as on a person's row); "" if none is left. `usual` is a
    channel as talks have it, and counts where there is an address for it.
    """
    free = _free(email, phone, sources, never)
    if prefers in _WITHOUT_ADDRESS and opt_outs.allows(never, prefers):
        return prefers
    if prefers in free:
        return free[prefers]
    if usual in _BY_NUMBER and phone and opt_outs.allows(never, "message"):
        return usual
    way = {"phone": "call"}.get(usual, usual)
    ways = list(free.values())
    return way if way in ways else next(iter(ways), "")


def talk_by(channel: str) -> tuple[str, str]:
    """Kind and network of a talk by a row's channel: ``call``, ""; ``message``, ``linkedin``."""
    return (channel, "") if channel in _KINDS else ("message", channel)


def way_of(kind: str, channel: str) -> str:
    """The channel of a row that a talk went by: the reverse of `talk_by`; "" for meetings."""
    if kind == "message":
        return "" if channel in {"", "message"} else channel
    return kind if kind in {"mail", "call"} else ""


def share(part: int, whole: int) -> int:
    """A share in whole percent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def families(pairs: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """One number for all who were answered as family, from the pairs: the lowest id of theirs."""
    head: dict[int, int] = {}

    def top(one: int) -> int:
        while (above := head.setdefault(one, one)) != one:
            one = above
        return one

    for left, right in pairs:
        low, high = sorted((top(left), top(right)))
        head[high] = low
    return {one: top(one) for one in head}


class _Found(NamedTuple):
    """A row that might be listed, and what orders it: it stays so when it is done."""

    row: FocusRow
    person: Candidate
    turn: int
    weight: tuple[object, ...]


def _found(person: Candidate, today: date, settings: Settings) -> _Found | None:
    done = _is_done(person, today)
    this_morning = _before_today(person, settings) if done else person
    reason = _reason(this_morning, today, settings)
    if reason is None:
        return None
    weight = reason.weight + _MORE_FOR_A * (person.tier == "A")
    row = FocusRow(
        person.id,
        person.name,
        person.tier,
        reason.words,
        "",
        person.due,
        person.org,
        person.title,
        weight,
        done,
        reason.words if reason.kind == "waited" else NOT_TODAY,
        reason.kind,
        person.since or today.isoformat(),
        person.family,
        person.unanswered,
        zone=person.zone,
        hours=person.hours,
    )
    turn = 0 if reason.kind in reasons.OF_THE_DAY else 1 if person.since else 2
    few = person.tier in focus_guards.KEPT_ON
    longest = this_morning.due if reason.kind == "late" else ""
    order = (not few, -weight, person.tier, longest, person.name, person.id)
    return _Found(row, person, turn, order)


def _reason(person: Candidate, today: date, settings: Settings) -> Reason | None:
    """The strongest reason against which nothing speaks."""
    found = reasons.strongest(person, today, settings)
    return next(
        (one for one in found if not focus_guards.barred(person, one, today, settings)), None
    )


def _weighs(kept: Planned, reason: int) -> bool:
    return kept.weight - reason in {0, _MORE_FOR_A}


def _is_done(person: Candidate, today: date) -> bool:
    now = today.isoformat()
    return person.talked == now != person.wrote_on


def _before_today(person: Candidate, settings: Settings) -> Candidate:
    """Somebody as they were before the talk of today: what was due this morning?"""
    last = date.fromisoformat(person.talked_before) if person.talked_before else None
    tiered = date.fromisoformat(person.tiered) if person.tiered else None
    own = person.cadence
    due = cadence.due_on(
        person.tier, own, last, tiered, person.id, settings.cadence, person.unanswered
    )
    return person._replace(talked=person.talked_before, due=due.isoformat() if due else "")


def _turn(found: _Found) -> tuple[object, ...]:
    """In which order rows come onto the list: what cannot wait, what was left, what is new."""
    return (found.turn, *found.weight)


def _in_turns(rows: Iterable[FocusRow], taken: set[int]) -> list[FocusRow]:
    """Those of whose family nobody else is on the list; the first of each family stays."""
    found: list[FocusRow] = []
    seen = set(taken)
    for row in rows:
        if not row.family or row.family not in seen or row.kind in focus_guards.TOGETHER:
            found.append(row)
            seen.add(row.family)
    return found


def _families(rows: Iterable[FocusRow]) -> set[int]:
    return {row.family for row in rows}


def _free(email: str, phone: str, sources: str, never: str) -> dict[str, str]:
    """The ways that are open, by the name of their channel, the plainest first."""
    network = next((name for name in NETWORKS if name in sources.split(",")), "")
    ways = {
        "mail": "mail" if email else "",
        "phone": "call" if phone else "",
        "message": network,
    }
    return {name: way for name, way in ways.items() if way and opt_outs.allows(never, name)}


def _channel(person: Candidate) -> str:
    return channel(
        *(person.email, person.phone, person.sources, person.never),
        *(person.prefers, person.usual),
    )


def _free_ways(person: Candidate) -> dict[str, str]:
    return _free(person.email, person.phone, person.sources, person.never)


def _may(person: Candidate, way: str) -> bool:
    named = {"call": "phone"}.get(way, way if way in opt_outs.CHANNELS else "message")
    return opt_outs.allows(person.never, named)
