"""The words of the 80/20 screen: the curve in numbers, tiers against talks by month, and advice."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Final

from core.rules.pareto import AIM, MOST_A, crowded, percent
from tui import safe, words
from tui.theme import LOUD, QUIET, TIER
from tui.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from core.queries.balance import Balance, Month, Point, Span
    from core.rules.pareto import Curve, TierShare

COUNTING: Final = "counting…"
NO_TALK: Final = dedent("""\
    No talk is known yet, so nobody can say where your effort goes.

    7   brings them in: a mailbox, WhatsApp, LinkedIn messages, a calendar …
    l   on a person writes one by hand, in one line""")
NO_TALK_THEN: Final = "No talk is known of that month.\n\nm goes to the month before, M back."
NONE_SORTED: Final = (
    "Nobody is sorted yet, so there is nothing to weigh talks against.",
    "2 sorts; ten minutes give a first list.",
)
_HEAD: Final = 23
_MONTH: Final = 4
_BAR: Final = 8
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_NAMES: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 — reads best

Words = tuple[str, str]


def people(count: int) -> str:
    """``1 person``, ``1,204 people``."""
    return "1 person" if count == 1 else f"{count:,} people"


def named(first: date) -> str:
    """A month: ``Nov 2026``."""
    return f"{_NAMES[first.month - 1]} {first.year}"


def summary(weighed: Balance, span: Span | None, month: date | None, width: int) -> Content:
    """What the curve says, in a sentence; and of how many people anything is known."""
    if span is None:
        return safe.line((f" {named(month) if month else ''} · {COUNTING}", QUIET))
    curve = span.curve
    known, few = len(curve.people), curve.few()
    of = people(weighed.people - weighed.put_away)
    begun = f" talks with {known:,} of {of} are known"
    short, more = f" {known:,} of {of} are known", " · all time"
    if month is not None:
        begun = short = f" {named(month)}: talks with {people(known)}"
        more = ""
    told = f" · {few:,} of them ({percent(few, known)}) have {AIM} %" if known else ""
    for first, last in ((begun, more), (begun, ""), (short, "")):
        if safe.cells(first + told + last) <= width:
            return safe.line(first, (told, LOUD), (last, QUIET))
    return safe.line(short, (told, LOUD))


def point(curve: Curve, place: int, who: Point | None, *, keyed: bool) -> Content:
    """Who stands at the cursor, and what they and all before them have."""
    if not curve.people:
        return safe.text("")
    talks, upto = curve.talks(place), curve.sums[place]
    name = safe.cut(who.name, 26) if who else "…"
    tier = (f" {who.tier}", TIER[who.tier]) if who and who.tier else ("", "")
    before = f" · the first {place + 1:,}: {percent(upto, curve.total)}" if place else ""
    return safe.line(
        (" ▲ ", LOUD if keyed else "bold"),
        (f"{place + 1:,}. ", QUIET),
        (name, "bold"),
        tier,
        (f" · {many(talks, 'talk')}, {percent(talks, curve.total)}{before}", ""),
    )


def table(
    weighed: Balance,
    span: Span | None,
    months: Sequence[Month] | None,
    month: date | None,
    width: int,
) -> Content:
    """A, B and C: their share of the people, of the talks, and of each month's talks."""
    if not weighed.kept:
        return safe.join(safe.text(f" {line}", QUIET) for line in NONE_SORTED)
    bars = width >= _HEAD + 2 * (_BAR + 1) + 12 * _MONTH + 1
    room = (width - 1 - _HEAD - bars * 2 * (_BAR + 1)) // _MONTH
    shown = tuple(months or ())[-room:] if room > 0 else ()
    lines = [_heading(shown, month, bars=bars)]
    tiers = span.tiers if span else weighed.span.tiers
    lines += [
        _tier(one, at, shown, month, bars=bars, counted=span is not None)
        for at, one in enumerate(tiers)
    ]
    if months is None:
        lines[0] = safe.line(lines[0], (f"  by month: {COUNTING}", QUIET))
    return safe.join([*lines, _left_out(weighed, span, width)])


def _heading(shown: Sequence[Month], month: date | None, *, bars: bool) -> Content:
    wide = " " * (_BAR + 1) if bars else ""
    parts: list[Words] = [(f"    people {wide}     talks {wide}", QUIET)]
    for one in shown:
        here = one.first == month
        parts += [(" ", ""), (_NAMES[one.first.month - 1], f"{LOUD} underline" if here else QUIET)]
    return safe.line(*parts)


def _tier(  # noqa: PLR0913 — one thing each
    one: TierShare,
    at: int,
    shown: Sequence[Month],
    month: date | None,
    *,
    bars: bool,
    counted: bool,
) -> Content:
    talks = f"{one.share_interactions:>3} %" if counted else "  …  "
    parts: list[Words] = [
        (f" {one.tier} ", TIER[one.tier]),
        (f"{safe.pad(f'{one.people:,}', 6, right=True)} ", ""),
        (f"{one.share_people:>3} %", ""),
        (f" {_bar(one.share_people)}" if bars else "", QUIET),
        (f"  {talks}", "bold"),
        (f" {_bar(one.share_interactions if counted else 0)}" if bars else "", TIER[one.tier]),
        (" ", ""),
    ]
    for each in shown:
        part = f"{each.shares[at]:>{_MONTH}}" if any(each.talks) else f"{'·':>{_MONTH}}"
        parts.append((part, "bold" if each.first == month else QUIET))
    return safe.line(*parts)


def _bar(share: int) -> str:
    """A bar of so many cells for all, in eighths of a cell."""
    eighths = round(share * _BAR * 8 / 100) or (share > 0)
    whole, rest = divmod(eighths, 8)
    return safe.pad("█" * whole + (_EIGHTHS[rest] if rest else ""), _BAR)


def _left_out(weighed: Balance, span: Span | None, width: int) -> Content:
    """Whom the shares leave out: nothing is hidden."""
    out = [f"{weighed.put_away:,} put away" * bool(weighed.put_away)]
    out += [f"{weighed.unsorted:,} unsorted" * bool(weighed.unsorted)]
    told = ", ".join(filter(None, out))
    if not told:
        return safe.text("")
    talks = f", {many(span.others, 'talk')}" if span else ""
    return safe.text(safe.cut(f" left out: {told}{talks}", width), QUIET)


def advice(weighed: Balance, width: int) -> Content:
    """Whether the tiers ask for more than the list holds, and whether A is still few."""
    if not weighed.kept:
        return safe.text("")
    asked, holds = weighed.asked, weighed.holds
    style = LOUD if asked > holds else QUIET
    full = words.asked_and_held(asked, holds)
    short = f"{asked:,} talks a week asked, list holds {holds:,}"
    if not crowded(weighed.span.tiers):
        return safe.text(f" {full if safe.cells(full) < width else short}", style)
    few = weighed.span.tiers[0].share_people
    warning = (f" A is {few} % of those you keep, over {MOST_A} %", LOUD)
    for told in (full, short):
        if safe.cells(warning[0]) + safe.cells(told) + 3 <= width:
            return safe.line(warning, (f" · {told}", style))
    return safe.lines(warning, (f"\n {short}", style))


def nobody(weighed: Balance) -> str:
    """What stands where the curve would be."""
    return NO_TALK if weighed.people else words.EMPTY_BOOK
