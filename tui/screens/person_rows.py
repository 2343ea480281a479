"""Everything known of one person as rows: facts with their sources, entries, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import handles, kinds
from core.text import visible
from tui import safe, words
from tui.wrap import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from core.queries.person import FactLine, PersonView

_WORK: Final = frozenset({kinds.ORG, kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE})
_WORK_ORDER: Final = (kinds.TITLE, kinds.ROLE, kinds.DEPARTMENT, kinds.ORG)
_MANY_LINES: Final = frozenset({kinds.NOTE, kinds.ADDRESS, kinds.CUSTOM})
_TOGETHER: Final = frozenset({kinds.LABEL, kinds.LANGUAGE})


class Row(NamedTuple):
    """One line of the page.

    Attributes:
        key: its place.
        head: the word of its section, on the first row of it.
        words: what is known.
        about: label and source, on the right.
        value, url: what `y` copies and what `o` opens; "" for nothing.
        old: whether it shows no longer.
        talk: whether it belongs to the log.
        day, arrow, way: of a talk, on the first row of it.
        promise: the id of one, or 0.
    """

    key: int
    head: str = ""
    words: str = ""
    about: str = ""
    value: str = ""
    url: str = ""
    old: bool = False
    talk: bool = False
    day: str = ""
    arrow: str = ""
    way: str = ""
    promise: int = 0


class Told(NamedTuple):
    """One value, told once, with all who say it."""

    section: str
    words: str
    label: str
    facts: tuple[FactLine, ...]
    value: str
    url: str = ""


def fact_rows(view: PersonView, today: date, room: int) -> list[Row]:
    """The facts by kind, then the entries they are from.

    Args:
        view: the person.
        today: what days are told from.
        room: cells for a value with what stands on its right; longer ones go on below.
    """
    made = {entry.id: entry.made for entry in view.entries}
    rows: list[Row] = []
    section = ""
    for told in _told(view, today):
        about = _about(told, made, today)
        old = not any(fact.shown for fact in told.facts)
        head = told.section if told.section != section else ""
        section = told.section
        for line in wrapped(told.words, room - min(safe.cells(about), room // 2) - 1):
            rows.append(Row(len(rows), head, line, about, told.value, told.url, old))
            head = about = ""
    for entry in view.entries:
        kind, _, account = entry.source.partition(" ")
        line = " ".join(filter(None, (words.sources(kind), account)))
        since = f"since {words.day(entry.made, today)}" if entry.made else ""
        about = words.dotted(since, "gone there" if entry.gone else "")
        head = "entries" if entry is view.entries[0] else ""
        rows.append(Row(len(rows), head, line, about, old=entry.gone))
    if hidden := sum(fact.kind not in words.KINDS for fact in view.facts):
        many = f"{words.many(hidden, 'more value')} of the sources (kept)"
        rows.append(Row(len(rows), words=many, old=True))
    return rows


def _told(view: PersonView, today: date) -> Iterator[Told]:
    """Each value once, section by section; what shows before what does not."""
    by_kind: dict[str, list[FactLine]] = {}
    for fact in view.facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    if len({fact.norm for fact in by_kind.get(kinds.NAME, ())}) < 2:  # noqa: PLR2004 - it is above
        by_kind.pop(kinds.NAME, None)
    for kind in words.KINDS:
        facts = by_kind.get(kind, [])
        if kind == kinds.ORG or (kind == kinds.TITLE and kinds.ORG not in by_kind):
            yield from _work(view)
        elif kind in _TOGETHER and facts:
            live = tuple(fact for fact in facts if fact.shown)
            if live:
                shown = ", ".join(dict.fromkeys(fact.value for fact in live))
                yield Told(words.KINDS[kind], shown, "", live, shown)
            facts = [fact for fact in facts if fact.until]
        if kind not in _WORK:
            yield from _values(facts, today)


def _values(facts: Sequence[FactLine], today: date) -> Iterator[Told]:
    same: dict[str, list[FactLine]] = {}
    for fact in facts:
        same.setdefault(fact.norm or fact.value, []).append(fact)
    for saying in same.values():
        live = tuple(one for one in saying if not one.until) or tuple(saying)
        shown, label, url = _worded(fact := live[0], today)
        value = url if fact.kind == kinds.HANDLE and url else fact.value
        if fact.kind not in _MANY_LINES:
            value = visible(value)  # a line break in an address would run in the shell it lands in
        yield Told(words.KINDS.get(fact.kind, fact.kind), shown, label, live, value, url)


def _worded(fact: FactLine, today: date) -> tuple[str, str, str]:
    """A fact in words, its label, and the page it leads to."""
    if fact.kind == kinds.HANDLE:
        told = " ".join(words.handle(fact.norm, fact.value)).strip()
        return told, "", handles.profile_url(fact.norm)
    if fact.kind == kinds.URL:
        web = fact.value.startswith(("https://", "http://"))
        return fact.value, fact.label, fact.value if web else ""
    if fact.kind == kinds.BIRTHDAY:
        return words.birthday(fact.norm, today), "", ""
    if fact.kind in {kinds.DATE, kinds.CONNECTED}:
        return words.partial(fact.norm or fact.value), fact.label, ""
    if fact.kind == kinds.ADDRESS:
        lines = (line.strip() for line in fact.value.splitlines())
        return ", ".join(filter(None, lines)), fact.label, ""
    return fact.value, fact.label, ""


def _work(view: PersonView) -> Iterator[Told]:
    """Employments: title, department and firm that one entry says together."""
    jobs: dict[tuple[int, int, str], dict[str, FactLine]] = {}
    for fact in view.facts:
        if fact.kind in _WORK:
            jobs.setdefault((fact.card_id, fact.part, fact.until), {}).setdefault(fact.kind, fact)
    same: dict[str, list[FactLine]] = {}
    ordered = sorted(jobs.values(), key=lambda job: not any(fact.shown for fact in job.values()))
    for job in ordered:
        shown = ", ".join(job[kind].value for kind in _WORK_ORDER if kind in job)
        same.setdefault(shown, []).append(job.get(kinds.ORG) or next(iter(job.values())))
    for shown, facts in same.items():
        yield Told(words.KINDS[kinds.ORG], shown, "", tuple(facts), shown)


def _about(told: Told, made: dict[int, str], today: date) -> str:
    """``work · LinkedIn, Mar 2024``; of what shows no longer also why."""
    first = told.facts[0]
    said = dict.fromkeys(_source(fact) for fact in told.facts)
    day = words.day(first.since or made.get(first.card_id, ""), today)
    gone = ""
    if first.until:
        gone, day = f"until {words.day(first.until, today)}", ""
    elif not any(fact.shown for fact in told.facts):
        other = "also" if first.kind in kinds.ONE else "you changed it"
        gone = "formerly" if first.kind in _WORK else other
    source = ", ".join((*said, day) if day and len(said) == 1 else said)
    return words.dotted(gone, told.label, source)


def _source(fact: FactLine) -> str:
    return "you" if fact.origin == "user" else words.sources(fact.source)
