"""``people``, ``find`` and ``show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.queries import details, opt_outs, people, person, promises
from tui.cli import output, who
from tui.cli.promise import names as promised
from tui.words import many, owed_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.details import Contact
    from core.queries.people import PersonLine
    from core.queries.person import PersonView
    from core.queries.promises import PromiseLine
    from core.storage.driver import Connection
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_FOUND: Final = 50


def everybody(shell: Shell, filters: Sequence[str], form: Form, limit: int | None) -> int:
    """Print everybody, or those whom words and filters keep."""
    from core.rules import finding

    with shell.reading() as view:
        lines = people.everybody(view)
        if not lines:
            output.say("nobody is in the book yet: vitalfew import PATH brings people in")
        wanted = " ".join(filters)
        found = finding.narrow(lines, finding.parse(wanted))
        if lines and not found:
            output.say(f"nobody answers to “{wanted[:60]}”")
        lines = found[:limit]
        ways = _ways(view, lines, form)
    return _print(lines, ways, form)


def find(shell: Shell, words: Sequence[str], form: Form, limit: int | None) -> int:
    """Print who is found by these words; if nobody is, who is near to them."""
    wanted = " ".join(words)
    limit = limit or _FOUND
    with shell.reading() as view:
        lines = people.containing(view, wanted, limit)
        if not lines:
            lines = people.resembling(view, wanted, limit)
            told = "these are near" if lines else "nor anything near"
            output.say(f"nobody answers to “{wanted[:60]}”, {told}")
        elif len(lines) == limit:
            output.say(f"the first {limit:,}; --limit shows more")
        ways = _ways(view, lines, form)
    return _print(lines, ways, form)


def show(shell: Shell, words: Sequence[str], form: Form) -> int:
    """Print all that is known of one person."""
    with shell.reading() as view:
        line = who.one(view, " ".join(words))
        known = person.view(view, line.id)
        assert known is not None  # noqa: S101 — the line was read from the same row
        contact = details.contacts(view, [line.id])[line.id]
        owed = promises.of_person(view, line.id, settled=True)
        said = opt_outs.of_person(view, line.id)
    if form == "json":
        asked = [{**one._asdict(), "day": one.day or None} for one in said]
        output.document(person={**_whole(line, contact, known, owed), "opt_outs": asked})
    elif form == "plain":
        output.fields(
            (
                f.kind,
                f.value,
                f.label,
                _origin(f.source, f.origin),
                f.since,
                f.until,
                _held(f.shown),
            )
            for f in known.facts
        )
    else:
        _tell(known, owed)
    return 0


def _ways(view: Connection, lines: Sequence[PersonLine], form: Form) -> dict[int, Contact]:
    return details.contacts(view, [line.id for line in lines]) if form == "json" else {}


def _print(lines: Sequence[PersonLine], ways: dict[int, Contact], form: Form) -> int:
    if form == "json":
        output.document(people=[_names(line, ways[line.id]) for line in lines])
    elif form == "plain":
        output.fields(
            (x.id, x.tier, x.name, x.org, x.title, x.city, x.email, x.phone, x.talked, x.due)
            for x in lines
        )
    else:
        output.table(
            (
                line.id,
                line.tier or "-",
                line.name,
                _work(line.title, line.org),
                line.email,
                line.phone,
            )
            for line in lines
        )
    return 0 if lines else 1


def _names(line: PersonLine, contact: Contact) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "tier": line.tier,
        "emails": contact.emails,
        "phones": contact.phones,
        "handles": contact.handles,
        "org": line.org,
        "title": line.title,
        "city": line.city,
        "sources": [source for source in line.sources.split(",") if source],
        "cards": line.cards,
        "last": line.talked or None,
        "due": line.due or None,
    }


def _whole(
    line: PersonLine, contact: Contact, known: PersonView, owed: Sequence[PromiseLine]
) -> dict[str, object]:
    return {
        **_names(line, contact),
        "facts": [
            {
                "kind": fact.kind,
                "value": fact.value,
                "label": fact.label,
                "source": _origin(fact.source, fact.origin),
                "since": fact.since or None,
                "until": fact.until or None,
                "shown": bool(fact.shown),
            }
            for fact in known.facts
        ],
        "entries": [
            {"id": entry.id, "source": entry.source, "made": entry.made, "gone": bool(entry.gone)}
            for entry in known.entries
        ],
        "log": [
            {
                "day": talk.day,
                "kind": talk.kind,
                "direction": talk.direction,
                "channel": talk.channel,
                "text": talk.text,
            }
            for talk in known.talked_about
        ],
        "promises": [promised(promise) for promise in owed],
    }


def _tell(known: PersonView, owed: Sequence[PromiseLine]) -> None:
    from core.rules.opt_outs import words as ways
    from core.rules.tiers import meaning
    from tui.words import ARROWS, way

    output.line(
        " · ".join(part for part in (known.name, known.title, known.org, known.city) if part)
    )
    every = f", every {known.cadence} days" if known.cadence else ""
    output.line(f"{known.tier or '-'} ({meaning(known.tier)}{every}) · id {known.id}")
    if known.talked:
        output.line(f"{many(known.talks, 'talk')}, last {known.talked}")
    if known.due:
        output.line(f"due {known.due}")
    if known.wait:
        output.line(f"waits until {known.wait} {known.wait_why}".rstrip())
    if told := ways(known.never, known.prefers):
        output.line(told)
    if known.news:
        output.line(f"new job: {known.news} ({known.news_day})")
    output.line()
    output.table(
        (f.kind, f.value, f.label, _origin(f.source, f.origin), _state(f.shown, f.until))
        for f in known.facts
    )
    if owed:
        output.line()
        output.table((owed_by(p.owed_by), p.what, p.due, _settled(p.kept)) for p in owed)
    if known.talked_about:
        output.line()
        output.table(
            (talk.day, ARROWS.get(talk.direction, ""), way(talk.kind, talk.channel), talk.text)
            for talk in known.talked_about
        )
    output.line()
    entries = ", ".join(f"{entry.source or 'by hand'} (#{entry.id})" for entry in known.entries)
    output.line(f"entries: {entries}")


def _work(title: str, org: str) -> str:
    return ", ".join(part for part in (title, org) if part)


def _settled(kept: str) -> str:
    return f"kept {kept}" if kept[:1].isdigit() else kept


def _origin(source: str, origin: str) -> str:
    return "you" if origin == "user" else source


def _held(shown: bool) -> str:
    return "shown" if shown else "kept"


def _state(shown: bool, until: str) -> str:
    if until:
        return f"formerly, until {until}"
    return "" if shown else "also"
