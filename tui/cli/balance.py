"""``balance``: whether the talks go to the right few, as a table, for programs, or to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.queries import balance as query
from core.rules.pareto import AIM, MOST_A, crowded, percent
from tui import words
from tui.cli import output
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from core.queries.balance import Balance, Month
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LISTED = 10


def balance(shell: Shell, form: Form, *, share: bool) -> int:
    """Print the tiers' share of people and talks, and what follows; 1 without any talk.

    Args:
        shell: the book and the day.
        form: words, plain or JSON.
        share: only numbers, no name: a text to show to others.
    """
    settings = shell.settings()
    with shell.reading() as view:
        found = query.balance(view, shell.today, settings)
        months = query.months(view, shell.today)
    if form == "json":
        output.document(**(_names(found, months) if not share else _numbers(found, months)))
    elif form == "plain":
        output.fields(_plain(found, months))
    else:
        for line in _told(found, months, shell.today, names=not share):
            output.line(line)
    if not found.people:
        output.say("nobody is in the book yet: vitalfew import PATH brings people in")
    elif not found.kept:
        output.say(f"{_people(found.people)}, none sorted: vitalfew triage sorts them")
    elif not found.span.curve.total:
        output.say("no talk is known yet: vitalfew import and vitalfew log bring them in")
    return 0 if found.span.curve.total else 1


def _told(found: Balance, months: Sequence[Month], today: date, *, names: bool) -> Iterator[str]:
    """The same as on the screen, line by line."""
    if not found.people:
        return
    curve = found.span.curve
    known, few = len(curve.people), curve.few()
    yield f"Talks with {known:,} of {_people(found.people - found.put_away)} are known."
    if known:
        yield f"{few:,} of them ({percent(few, known)}) have {AIM} % of the talks."
    if found.kept:
        yield ""
        yield "       people          talks  by month from " + _from(months)
        for at, one in enumerate(found.span.tiers):
            by = "".join(f"{each.shares[at]:4}" if any(each.talks) else "   ·" for each in months)
            yield (
                f"{one.tier}  {one.people:>6,}  {one.share_people:>3} %"
                f"  {one.interactions:>8,}  {one.share_interactions:>3} % {by}"
            )
        yield _left_out(found)
        yield ""
        yield from _advice(found)
    for thin in found.thin:
        few_of = f", {thin.few:,} of them in A or B" if thin.few else ""
        who = _people(thin.people)
        goes = "goes" if thin.people == 1 else "go"
        if thin.source:
            yield f"If {words.network(thin.source)} goes, {who} {goes}{few_of}."
        else:
            yield f"{who} cannot be reached at all{few_of}."
    yield from _lists(found, today) if names else _counts(found)


def _lists(found: Balance, today: date) -> Iterator[str]:
    if found.span.quiet:
        yield ""
        yield f"No talk this month with {len(found.span.quiet):,} in A:"
        for one in found.span.quiet[:_LISTED]:
            last = f"last {words.day(one.talked, today)}" if one.talked else "never"
            yield f"  {one.id:>6}  {output.short(one.name, 30)}  {last}"
        yield from _more(len(found.span.quiet))
    if found.moves:
        yield ""
        yield "Proposed moves:"
        for move in found.moves[:_LISTED]:
            name = output.short(move.name, 30)
            yield f"  {move.id:>6}  {move.tier} → {move.to}?  {name}: {move.why}"
        yield from _more(len(found.moves))


def _more(count: int) -> Iterator[str]:
    if count > _LISTED:
        yield f"  and {count - _LISTED:,} more; --json lists all"


def _counts(found: Balance) -> Iterator[str]:
    if found.kept:
        a = found.span.tiers[0].people
        yield f"{len(found.span.quiet):,} of {a:,} in A had no talk this month."


def _advice(found: Balance) -> Iterator[str]:
    if crowded(found.span.tiers):
        share = found.span.tiers[0].share_people
        yield f"A is {share} % of the people kept: more than {MOST_A} %."
    yield words.asked_and_held(found.asked, found.holds)


def _left_out(found: Balance) -> str:
    return (
        f"left out: {found.put_away:,} put away, {found.unsorted:,} unsorted,"
        f" {many(found.span.others, 'talk')}"
    )


def _from(months: Sequence[Month]) -> str:
    first = months[0].first
    return f"{first:%b} {first.year}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _plain(found: Balance, months: Sequence[Month]) -> Iterator[tuple[object, ...]]:
    """Tier, people, percent, talks, percent, and the percent of each month's talks."""
    for at, one in enumerate(found.span.tiers):
        yield (*one, *(each.shares[at] for each in months))


def _numbers(found: Balance, months: Sequence[Month]) -> dict[str, Any]:
    """What names nobody."""
    curve = found.span.curve
    return {
        "tiers": [one._asdict() for one in found.span.tiers],
        "months": [
            {
                "month": f"{one.first:%Y-%m}",
                **dict(zip("ABC", one.talks, strict=True)),
                "left_out": one.others,
            }
            for one in months
        ],
        "people": found.people,
        "put_away": found.put_away,
        "unsorted": found.unsorted,
        "known": len(curve.people),
        "interactions": curve.total,
        "few": {"percent": AIM, "people": curve.few()},
        "asked_a_week": found.asked,
        "list_holds": found.holds,
        "single_network": [
            {"network": one.source, "people": one.people, "a_or_b": one.few}
            for one in found.thin
            if one.source
        ],
        "unreachable": sum(one.people for one in found.thin if not one.source),
    }


def _names(found: Balance, months: Sequence[Month]) -> dict[str, Any]:
    return {
        **_numbers(found, months),
        "quiet_a": [
            {"id": one.id, "name": one.name, "last": one.talked or None} for one in found.span.quiet
        ],
        "moves": [
            {"id": one.id, "name": one.name, "tier": one.tier, "to": one.to, "why": one.why}
            for one in found.moves
        ],
    }
