from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App

from core.queries.person import EntryLine, FactLine, PersonView
from core.rules import kinds
from tests.support import HOSTILE, frame, is_calm
from tui import theme
from tui.widgets.choose_entries import ChooseEntries
from tui.widgets.entry_rows import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 21)
NOTHING = object()


class Tiny(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        theme.install(self)
        self.answer: Any = NOTHING

    def ask(self, view: PersonView) -> None:
        self.push_screen(ChooseEntries(view, TODAY), self.answered)

    def answered(self, answer: object) -> None:
        self.answer = answer


def fact(place: int, card: int, kind: str, value: str) -> FactLine:
    words = (kind, value, value.casefold(), "", 0, "", "linkedin", "source", "", "")
    return FactLine(place, card, *words, shown=True)


def person(said: Sequence[tuple[int, str, str]], name: str = "Robert Smith") -> PersonView:
    """Somebody of as many entries as say anything, from LinkedIn, Google, by hand and so on."""
    sources = ("linkedin nora@feldmann.example", "google", "", *[f"vcard {n}" for n in range(40)])
    cards = sorted({card for card, _, _ in said})
    own = [
        EntryLine(card, source, "2024-03-02", gone=False)
        for card, source in zip(cards, sources, strict=False)
    ]
    told: dict[str, Any] = dict.fromkeys(PersonView._fields, "")
    told |= dict.fromkeys(("talks", "talks_in", "talks_out", "cadence"), 0)
    facts = tuple(fact(place, *one) for place, one in enumerate(said, 1))
    more = {"facts": facts, "entries": tuple(own), "standings": (), "talked_about": ()}
    return PersonView(**(told | {"id": cards[0], "name": name} | more))


ROB = person(
    [
        (3, kinds.NAME, "Robert Smith"),
        (3, kinds.EMAIL, "rob@acme.example"),
        (3, kinds.ORG, "Acme"),
        (5, kinds.NAME, "Bob Smith"),
        (5, kinds.EMAIL, "rob@acme.example"),
        (5, kinds.PHONE, "+44 7700 900901"),
        (9, kinds.NAME, "R. Smith"),
        (9, kinds.BIRTHDAY, "1985-05-03"),
        (9, kinds.UID, "4711"),
    ]
)


def test_an_entry_is_told_by_what_no_other_says() -> None:
    assert [entry.alone for entry in entries(ROB, TODAY)] == [
        "name Robert Smith; work Acme",
        "name Bob Smith; phone +44 7700 900901",
        "name R. Smith; birthday 3 May 1985",
    ]


def test_an_entry_is_told_by_its_list_the_account_and_the_day() -> None:
    assert [(entry.name, entry.source) for entry in entries(ROB, TODAY)] == [
        ("Robert Smith", "LinkedIn nora@feldmann.example, Mar 2024"),
        ("Bob Smith", "Google, Mar 2024"),
        ("R. Smith", "by hand, Mar 2024"),
    ]


@pytest.mark.parametrize(
    ("keys", "cards"),
    [
        ("enter", (3,)),
        ("j enter", (5,)),
        ("j space enter", (5,)),
        ("space j space enter", (3, 9)),
        ("space k space j enter", (9,)),
        ("escape", ()),
    ],
)
async def test_space_marks_and_enter_takes_out(keys: str, cards: tuple[int, ...]) -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(ROB)
        await pilot.pause()
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.answer == cards


async def test_one_entry_always_stays() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(ROB)
        await pilot.pause()
        await pilot.press("space", "space", "space", "enter")
        assert app.answer is NOTHING
        assert "One entry must stay: unmark one." in frame(app)
        await pilot.press("space", "enter")
        await pilot.pause()
        assert app.answer == (3, 5)


async def test_what_only_the_entry_at_the_cursor_says_is_shown_below() -> None:
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(ROB)
        await pilot.pause()
        assert "only this entry says:" in frame(app)
        assert "work Acme" in frame(app)
        await pilot.press("j")
        await pilot.pause()
        assert "work Acme" not in frame(app)
        assert "phone +44 7700 900901" in frame(app)
        assert "space marks · enter takes out · esc closes" in frame(app)


async def test_entries_of_any_number_and_any_words_are_shown_calmly() -> None:
    said = [
        (place, kind, text)
        for place, text in enumerate(HOSTILE, 1)
        for kind in (kinds.NAME, kinds.NOTE)
    ]
    view = person([*said, (99, kinds.HANDLE, "x")], HOSTILE[0])
    app = Tiny()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask(view)
        for _ in HOSTILE:
            await pilot.pause()
            assert is_calm(frame(app))
            await pilot.press("j")
