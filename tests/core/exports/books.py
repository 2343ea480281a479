"""Books with everything a book can hold, grown by random steps; and the way out of them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from core.commands.answer import AnswerPeople
from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Chosen, Merge
from core.commands.opt_out import SetOptOut
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.commands.unmerge import Unmerge
from core.errors import VitalfewError
from core.exports import book_file
from core.queries import whole_book
from core.storage import connect
from core.text import clean
from tests.book import Sql, entry, row, rows, sql, store, user_fact
from tests.core.exports.people import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

KINDS = ("email", "phone", "org", "label", "note", "url", "birthday", "handle")


def written(path: Path, made: str = "2026-11-21T09:30:00Z") -> list[bytes]:
    """A book as its lines."""
    with closing(connect.view(path)) as view, whole_book.snapshot(view):
        return list(book_file.lines(view, made))


def grow(bus: Bus, data: st.DataObject, steps: int) -> None:
    """Do so many random things to a book; what it refuses is left undone."""
    for _ in range(steps):
        step = data.draw(st.sampled_from(_STEPS))
        try:
            step(bus, data)
        except VitalfewError:
            continue


def _anybody(bus: Bus, data: st.DataObject) -> int:
    ids = [found[0] for found in rows(bus.path, "SELECT id FROM card")] or [0]
    return int(data.draw(st.sampled_from(ids)))


def _import(bus: Bus, data: st.DataObject) -> None:
    told = st.lists(st.tuples(st.sampled_from(KINDS), TEXTS.map(clean)), max_size=4)
    names = data.draw(st.lists(TEXTS.map(clean), min_size=1, max_size=3))
    account = data.draw(st.sampled_from(["", "work"]))
    entries = [entry(name, *data.draw(told), key=f"k{place}") for place, name in enumerate(names)]
    store(bus, *entries, account=account)


def _refresh(bus: Bus, data: st.DataObject) -> None:
    if card := _anybody(bus, data):
        store(bus, entry(data.draw(TEXTS.map(clean)), card=card))


def _tier(bus: Bus, data: st.DataObject) -> None:
    bus.run(SetTier((_anybody(bus, data),), data.draw(st.sampled_from("ABCD"))))


def _wait(bus: Bus, data: st.DataObject) -> None:
    bus.run(SetWait((_anybody(bus, data),), date(2027, 1, 2), data.draw(TEXTS)))


def _talk(bus: Bus, data: st.DataObject) -> None:
    people = tuple({_anybody(bus, data), _anybody(bus, data)})
    bus.run(LogTalks((Talk(people, date(2026, 11, 1), text=data.draw(TEXTS)),)))


def _merge(bus: Bus, data: st.DataObject) -> None:
    one, other = _anybody(bus, data), _anybody(bus, data)
    chosen = [
        Chosen(field, (data.draw(st.sampled_from([one, other])),)) for field in ("name", "work")
    ]
    bus.run(Merge((one, other), tuple(chosen)))


def _unmerge(bus: Bus, data: st.DataObject) -> None:
    card = _anybody(bus, data)
    bus.run(Unmerge(card, (card,)))


def _edit(bus: Bus, data: st.DataObject) -> None:
    facts = rows(bus.path, "SELECT id, card_id FROM fact WHERE origin = 'source'")
    if facts:
        fact, card = data.draw(st.sampled_from(facts))
        bus.run(user_fact(card, "note", data.draw(TEXTS.map(clean)), replaces=fact))


def _opt_out(bus: Bus, data: st.DataObject) -> None:
    bus.run(SetOptOut((_anybody(bus, data),), "phone", "never", data.draw(TEXTS), "2026-11-01"))


def _promise(bus: Bus, data: st.DataObject) -> None:
    card = _anybody(bus, data)
    what = data.draw(st.sampled_from(["the deck", "nul \0 inside", "\U0001f600", ""]))
    talks = [found[0] for found in rows(bus.path, "SELECT id FROM interaction")]
    about = data.draw(st.sampled_from([None, *talks]))
    fields = {
        "card_id": card,
        "owed_by": data.draw(st.sampled_from(["me", "them"])),
        "what": what,
        "due": data.draw(st.sampled_from(["", "2026-11-27"])),
        "kept": data.draw(st.sampled_from(["", "2026-11-02", "dropped"])),
        "interaction_id": about,
    }
    bus.run(Sql((row("promise", **fields),)))


def _mail(bus: Bus, data: st.DataObject) -> None:
    """A mail of an address, with somebody of the book in copy."""
    norm, card = data.draw(st.sampled_from(["a@b.c", "d@e.f"])), _anybody(bus, data)
    known = "INSERT INTO identity(kind, norm, scope, shown) VALUES ('email', ?, '', '')"
    talk = row("interaction", kind="mail", at="x", day="2026-10-01", direction="in", text="hi")
    part = "INSERT INTO participant(interaction_id, identity_id, card_id, role)"
    last = "(SELECT max(id) FROM interaction)"
    sender = f"{part} VALUES ({last}, (SELECT max(id) FROM identity), NULL, 'from')"
    copied = f"{part} VALUES ({last}, NULL, ?, 'cc')"
    steps = ((f"{known} ON CONFLICT DO NOTHING", (norm,)), talk, (sender, ()), (copied, (card,)))
    bus.run(Sql(steps))


def _suggest(bus: Bus, data: st.DataObject) -> None:
    card, day = _anybody(bus, data), data.draw(st.sampled_from(["2026-11-02", "2026-11-03"]))
    known = "DELETE FROM suggestion WHERE card_id = ? AND day = ?"
    planned = row("suggestion", card_id=card, day=day, since="2026-11-02", why="\u2192 [/]")
    bus.run(Sql(((known, (card, day)), planned)))


def _answer(bus: Bus, data: st.DataObject) -> None:
    bus.run(AnswerPeople((_anybody(bus, data), _anybody(bus, data)), "family"))


def _set(bus: Bus, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(["CH", "GB", "\0"]))
    bus.run(sql("INSERT OR IGNORE INTO setting(key, value) VALUES ('region', ?)", value))


def _undo(bus: Bus, _data: st.DataObject) -> None:
    bus.undo(sure=True)


_STEPS = (
    *(
        _import,
        _import,
        _refresh,
        _tier,
        _tier,
        _wait,
        _talk,
        _talk,
        _merge,
        _merge,
        _unmerge,
        _edit,
        _opt_out,
    ),
    *(_promise, _suggest, _mail, _mail, _answer, _set, _undo),
)
