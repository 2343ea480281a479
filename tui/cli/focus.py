"""``focus`` and ``triage`` without screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.queries import counts
from core.queries import focus as query
from tui.cli import output
from tui.words import named

if TYPE_CHECKING:
    from core.queries.focus import FocusDay
    from core.queries.triage import Batch, TriageCard
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LISTED: Final = 10


def focus(shell: Shell, form: Form) -> int:
    """Print today's few; 1 if nobody is due."""
    settings = shell.settings()
    with shell.reading() as view:
        day = query.day(view, shell.today, settings, shares=False)
    if form == "json":
        output.document(**_names(day))
    elif form == "plain":
        output.fields((r.id, r.tier, r.name, r.why, r.channel, r.due) for r in day.rows)
    else:
        output.say(_summary(day))
        output.table(
            ("✓" if r.done else " ", r.id, r.tier, r.name, r.why, r.channel) for r in day.rows
        )
        for source in day.stale:
            output.say(f"{named(source.kind)} is {source.days} days old: vitalfew import renews it")
    if day.people and day.unsorted == day.people:
        output.say(f"{day.people:,} people, none sorted: vitalfew triage sorts them")
    elif not day.people:
        output.say("nobody is in the book yet: vitalfew import PATH brings people in")
    return 0 if day.rows else 1


def _names(day: FocusDay) -> dict[str, object]:
    return {
        "day": day.day.isoformat(),
        "budget": day.budget,
        "done": day.done,
        "kept_back": day.kept_back,
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "tier": row.tier,
                "why": row.why,
                "channel": row.channel,
                "due": row.due or None,
            }
            for row in day.rows
        ],
    }


def _summary(day: FocusDay) -> str:
    told = f"{day.day:%a} {day.day.day} {day.day:%b}"
    if not day.rows:
        return f"{told} · nobody is due"
    more = sum(day.kept_back.values())
    tiers = ", ".join(f"{count:,} {tier}" for tier, count in day.kept_back.items() if count)
    waiting = f" · {more:,} more are due: {tiers}" if more else ""
    return f"{told} · {day.done} of {len(day.rows)} done{waiting}"


def triage(shell: Shell, form: Form, limit: int | None) -> int:
    """Print who is unsorted: how many, in which batches, and the first with a suggestion."""
    from core.queries import triage as board

    settings = shell.settings()
    with shell.reading() as view:
        total = counts.counts(view)
        batches = board.batches(view)
        first = [line.id for line in board.queue(view)[: limit or _LISTED]]
        found = (board.card(view, person, settings, shell.today) for person in first)
        cards = [card for card in found if card is not None]
    if form == "json":
        output.document(
            counts={
                "people": total.people,
                "unsorted": total.unsorted,
                **dict(zip("ABCD", total[2:], strict=True)),
            },
            batches=[_batch_names(batch) for batch in batches],
            queue=[_card_names(card) for card in cards],
        )
    elif form == "plain":
        output.fields(
            (c.id, c.suggestion.tier, c.name, c.evidence.org, ", ".join(c.suggestion.reasons))
            for c in cards
        )
    else:
        output.say(f"{total.unsorted:,} of {total.people:,} people are unsorted")
        if batches:
            output.table((f"{b.count:,}", f"{b.title} → {b.tier}?") for b in batches)
            output.line()
        output.table(
            (c.id, f"{c.suggestion.tier or '-'}?", c.name, c.evidence.org, _reasons(c))
            for c in cards
        )
    return 0 if total.unsorted else 1


def _reasons(card: TriageCard) -> str:
    return " · ".join(card.suggestion.reasons)


def _batch_names(batch: Batch) -> dict[str, object]:
    return {"key": batch.key, "title": batch.title, "tier": batch.tier, "count": batch.count}


def _card_names(card: TriageCard) -> dict[str, object]:
    return {
        "id": card.id,
        "name": card.name,
        "tier": card.suggestion.tier,
        "why": card.suggestion.reasons,
    }
