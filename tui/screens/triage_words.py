"""What the triage screen says of a person: the card, the talks beside it, a column's row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.queries import person as person_query
from core.queries import triage
from core.rules import opt_outs
from core.rules.evidence import Evidence
from tui import safe, words
from tui.screens import alike
from tui.screens.triage_sitting import IN_A_ROW
from tui.theme import LOUD, QUIET, TIER
from tui.widgets.split_lines import Split, Words

if TYPE_CHECKING:
    from datetime import date

    from textual.content import Content

    from core.queries.duplicates import PairLine
    from core.queries.people import PersonLine
    from core.queries.person import TalkLine
    from core.queries.triage import Member, TriageCard
    from core.settings import Settings
    from core.storage.driver import Connection
    from tui.screens.triage_sitting import Sitting

_TALKS = 7
KEY = "bold $primary"
_ROOM_FOR_AUTO = 26


class Known(NamedTuple):
    """What is read of a person for the card."""

    card: TriageCard
    talks: tuple[TalkLine, ...]
    same: PairLine | None = None


def known(connection: Connection, person: int, settings: Settings, today: date) -> Known | None:
    """Read what the card shows; None if there is no such person any more."""
    card = triage.card(connection, person, settings, today)
    if card is None:
        return None
    talks = person_query.talks(connection, person, _TALKS)
    return Known(card, talks, alike.best(connection, person))


def member(row: Member, width: int) -> Content:
    """A row of a column; with room, it says who was filed as suggested."""
    if width < _ROOM_FOR_AUTO or row.origin != "auto":
        return safe.text(safe.cut(row.name, width))
    return safe.columns(width, safe.Column(row.name), safe.Column("auto", 4, QUIET))


def card(
    sitting: Sitting, line: PersonLine, known: Known | None, today: date, hint: str
) -> list[Split]:
    """The lines of the card; without what is still being read, what the queue knows is shown.

    Args:
        sitting: who is left.
        line: the person as the queue knows them.
        known: the person in full, once read.
        today: what days are told from.
        hint: what the keys do elsewhere, instead of the suggestion; "" for the suggestion.
    """
    card = known and known.card
    work = words.dotted(words.work(line.title, line.org), line.city)
    about = _about(sitting, line, card, today)
    facts = [
        Split(((work, ""),)),
        Split(((words.dotted(_lists(line, card), line.email, line.phone), ""),)),
        Split(_talks(card, today)),
        Split(((about, QUIET),)),
    ]
    given = [split for split in facts if split.left[0][0]]
    return [
        Split(((line.name or "(no name)", "bold"),), _progress(sitting)),
        *given,
        *[Split()] * (len(facts) - len(given)),  # the verdict stands where it stood before
        _offer(sitting) or _twice(sitting, line.id, known),
        Split(((hint, LOUD),)) if hint else _verdict(sitting, line, card),
    ]


def beside(sitting: Sitting, card: Known | None, today: date) -> list[Split]:
    """The second pane: the newest talks, or who comes next where none are known."""
    if card is None:
        return []
    if not card.talks:
        after = [person for person in sitting.ahead(_TALKS) if person != card.card.id]
        names = [Split(((sitting.lines[person].name, QUIET),)) for person in after]
        return [Split((("next in line", QUIET),)), *names] if names else []
    return [Split((("the last talks", QUIET),)), *(_talk(talk, today) for talk in card.talks)]


def _progress(sitting: Sitting) -> tuple[Words, ...]:
    left, so_far = len(sitting.left), done(sitting)
    found = f"{sitting.found:,} found of {left:,} left" if sitting.words else ""
    words_ = found or f"{left:,} left of {sitting.people:,}"
    return ((words_ + (f" · {so_far}" if so_far else ""), QUIET),)


def done(sitting: Sitting) -> str:
    """How much this sitting filed, and in how long: ``47 in 2 min``; or ""."""
    minutes = max(1, round(sitting.spent.total_seconds() / 60))
    return f"{len(sitting.filed):,} in {minutes:,} min" if sitting.filed else ""


def _lists(line: PersonLine, card: TriageCard | None) -> str:
    shown = words.sources(line.sources)
    if card and card.connected:
        since = f"since {card.connected[:4]}"
        return shown.replace("LinkedIn", f"LinkedIn {since}", 1) if "LinkedIn" in shown else since
    return shown


def _talks(card: TriageCard | None, today: date) -> tuple[Words, ...]:
    if card is None:
        return (("…", QUIET),)
    known_ = card.evidence
    if not known_.talks or card.last is None:
        return (("no talks are known", QUIET),)
    way = " both ways"
    if not (known_.talks_in and known_.talks_out):
        way = ", all from you" if known_.talks_out else ", all from them"
    last = f"{words.many(known_.talks, 'talk')}{way}, last {words.day(known_.talked, today)} "
    return (last, "bold"), (words.arrow(card.last.direction), KEY), (_said(card.last.text), "")


def _talk(talk: TalkLine, today: date) -> Split:
    day = safe.pad(words.day(talk.day, today), 9, right=True)
    arrow = words.arrow(talk.direction)
    return Split(
        (
            (f"{day} ", QUIET),
            (arrow, KEY),
            (f" {safe.pad(words.way(talk.kind, talk.channel), words.WAY)}", ""),
            (_said(talk.text), ""),
        )
    )


def _about(sitting: Sitting, line: PersonLine, card: TriageCard | None, today: date) -> str:
    known_ = card.evidence if card else Evidence()
    return words.dotted(
        opt_outs.words(card.never, card.prefers) if card else "",
        "worth reading" if known_.reading else "",
        "you skipped this one before" if sitting.skipped(line.id) else "",
        f"birthday {words.birthday(known_.birthday, today)}" if known_.birthday else "",
        "in " + ", ".join(line.labels.split("\n")) if line.labels else "",
        f"{line.cards} entries" if line.cards > 1 else "",
    )


def _twice(sitting: Sitting, person: int, known: Known | None) -> Split:
    """What can be merged before anybody is filed, then whom this person may be."""
    if sitting.certain and not sitting.filed:
        entries = f"{sitting.certain:,} entries are certainly somebody you have: "
        return Split(((entries, LOUD), ("3", KEY), (" first saves as many decisions", LOUD)))
    said = alike.told(known and known.same, person)
    return Split(((f"{said}: ", LOUD), ("M", KEY), (" compares", LOUD))) if said else Split()


def _offer(sitting: Sitting) -> Split | None:
    if sitting.in_a_row < IN_A_ROW or not sitting.left:
        return None
    said = f"{sitting.in_a_row} in a row in C or D."
    return Split(
        (
            (f"{said} ", LOUD),
            ("F", KEY),
            (f" files the other {sitting.found:,} as suggested, after asking", LOUD),
        )
    )


def _verdict(sitting: Sitting, line: PersonLine, card: TriageCard | None) -> Split:
    tier = sitting.filed.get(line.id, "")
    if sitting.is_back and tier:
        filed = (("filed in ", ""), (tier, TIER[tier]), (": a b c d file otherwise", QUIET))
        return Split(filed, (("enter: leave it", KEY),))
    if card is None:
        return Split((("…", QUIET),))
    tier, reasons = card.suggestion
    if not tier:
        return Split((("too little is known: a b c d file, → skips", QUIET),))
    why = f": {' · '.join(reasons)}" if reasons else ""
    return Split(
        (("suggests ", ""), (tier, TIER[tier]), (why, "")), ((f"enter: yes, {tier}", KEY),)
    )


def _said(text: str) -> str:
    first = " ".join(text[:400].split())
    return f' "{first}"' if first else ""
