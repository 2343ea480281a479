from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from core.bus import Bus
from core.commands.add_person import AddPerson
from core.commands.merge import Merge
from core.queries import duplicates, history, people, person
from core.rules import typed
from tests.support import LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tests.tui.conftest import MORNING
from tests.tui.screens.triage_desk import at_the_cards, press
from tui.screens import alike
from tui.screens.merge import MergeScreen
from tui.screens.person import PersonScreen
from tui.screens.triage import TriageScreen
from tui.widgets.choose_entries import ChooseEntries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.queries.duplicates import PairLine
    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def named(book: Path, name: str) -> list[int]:
    return [line.id for line in read(book, people.everybody) if line.name == name]


def entries(book: Path, who: int) -> list[int]:
    return read(book, lambda view: [entry.id for entry in person.entries(view, who)])


def offered(app: VitalfewApp) -> tuple[int, ...]:
    """Who stands side by side on the Merge screen."""
    assert isinstance(app.screen, MergeScreen)
    item = app.screen.sitting.current
    assert item is not None
    return item.people


def merge(book: Path, *names: str) -> int:
    """Make one of those who have these names; who it is then."""
    who = tuple(sorted({one for name in names for one in named(book, name)}))
    with closing(Bus(book, clock=MORNING)) as bus:
        bus.run(Merge(who))
    return who[0]


async def test_a_card_says_who_the_same_person_may_be_and_m_compares_them(
    book: Path, vitalfew: Make
) -> None:
    app = vitalfew(book, start="triage")
    async with at_the_cards(app) as pilot:
        lines = frame(app).splitlines()
        assert lines[1].startswith(" Katja Wöhler ")
        assert lines[6] == " perhaps the same as Katja Reimers in LinkedIn: M compares"
        await press(pilot, "M")
        assert set(offered(app)) == {*named(book, "Katja Wöhler"), *named(book, "Katja Reimers")}
        await press(pilot, "enter", "2")
        assert isinstance(app.screen, TriageScreen)
        card = frame(app).split("╭")[0]
        assert " Katja Wöhler " in card
        assert "LinkedIn since" in card
        assert "2 entries" in card
        assert "perhaps the same" not in card


async def test_the_number_beside_merge_falls_with_each_that_is_merged(
    book: Path, vitalfew: Make
) -> None:
    app = vitalfew(book)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        count = app.counted["merge"]
        assert f"3 Merge {count} " in frame(app).splitlines()[0]
        await press(pilot, "3", "n")
        await press(pilot, "enter")
        assert app.counted["merge"] < count
        assert f"3 Merge {app.counted['merge']} " in frame(app).splitlines()[0]
        await press(pilot, "u")
        assert app.counted["merge"] == count


@SIZES
async def test_a_person_says_who_the_same_person_may_be(
    book: Path, vitalfew: Make, size: tuple[int, int]
) -> None:
    bob, rob = named(book, "Bob Smith"), named(book, "Robert Smith")
    app = vitalfew(book)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(bob[0]))
        await settle(pilot)
        told = "same?      certainly the same as Robert Smith in LinkedIn"
        assert told in frame(app)
        same_frame(app, "person-same")
        await press(pilot, "M")
        assert set(offered(app)) == {*bob, *rob}


async def test_of_somebody_who_looks_like_nobody_the_way_by_hand_is_told(
    book: Path, vitalfew: Make
) -> None:
    app = vitalfew(book)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(named(book, "Dieter Vogt")[0]))
        await settle(pilot)
        await press(pilot, "M")
        assert isinstance(app.screen, PersonScreen)
        assert "nobody looks like Dieter Vogt; to merge by hand, mark both in 4" in frame(app)


async def test_those_who_are_marked_are_compared_whoever_they_are(
    book: Path, vitalfew: Make
) -> None:
    app = vitalfew(book, start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "space", "j", "space", "j", "j", "space", "M")
        ids = [line.id for line in read(book, people.everybody)]
        assert offered(app) == tuple(sorted((ids[0], ids[2], ids[5])))


async def test_too_many_marks_are_no_one_person(book: Path, vitalfew: Make) -> None:
    app = vitalfew(book, start="people")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *["space"] * 41, "M")
        assert not isinstance(app.screen, MergeScreen)
        assert "41 are marked: 40 can be compared at once" in frame(app)


@SIZES
async def test_entries_are_taken_out_in_one_step_that_u_takes_back(
    book: Path, vitalfew: Make, size: tuple[int, int]
) -> None:
    who = merge(book, "Hanna Okafor", "Hanna O.", "Hanna Okafor, MBA")
    cards = entries(book, who)
    assert len(cards) == 3
    app = vitalfew(book)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(who))
        await settle(pilot)
        await press(pilot, "U")
        assert isinstance(app.screen, ChooseEntries)
        same_frame(app, "unmerge")
        await press(pilot, "j", "space", "space", "enter")
        assert sorted(entries(book, who)) == cards[:1]
        told = " ".join(frame(app).replace("▌", " ").split())
        assert "took out Hanna O. (Google, vCard); Hanna Okafor, MBA (LinkedIn) stays" in told
        await press(pilot, "u")
        assert entries(book, who) == cards


async def test_who_keeps_the_rest_stays_on_the_screen(book: Path, vitalfew: Make) -> None:
    who = merge(book, "Bob Smith", "Robert Smith")
    oldest, other = entries(book, who)
    app = vitalfew(book)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(who))
        await settle(pilot)
        await press(pilot, "U", "enter")
        assert entries(book, other) == [other]
        assert entries(book, oldest) == [oldest]
        assert isinstance(app.screen, PersonScreen)
        assert app.screen.meant()[0].id == other


async def test_nobody_is_taken_out_of_one_entry_nor_by_esc(book: Path, vitalfew: Make) -> None:
    who = merge(book, "Bob Smith", "Robert Smith")
    steps = len(read(book, history.steps))
    app = vitalfew(book)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        app.push_screen(PersonScreen(who))
        await settle(pilot)
        assert "U take out" in frame(app).splitlines()[-1]
        await press(pilot, "U", "escape")
        app.push_screen(PersonScreen(named(book, "Dieter Vogt")[0]))
        await settle(pilot)
        assert "U take out" not in frame(app).splitlines()[-1]
        await press(pilot, "U")
        assert "there is one entry only" in frame(app)
    assert len(read(book, history.steps)) == steps


def twice(folder: Path, count: int) -> Path:
    """A book in which so many people stand twice, with one address each; compared."""
    from core.duplicates import bring_up

    book = folder / "twice.db"
    bus = Bus(book, clock=MORNING)
    given, family = "Ada Ben Dana Eva Rachel".split(), "Wong Ortiz Reyes Keller Green".split()
    for place in range(count):
        name = f"{given[place % 5]} {family[place // 5]}"
        line = f"{name}, {name.replace(' ', '.').casefold()}@globex.example"
        for _ in range(2):
            bus.run(AddPerson(typed.person(line)))
    bus.close()
    bring_up(book)
    return book


async def test_many_certain_ones_are_told_before_anybody_is_filed(
    tmp_path: Path, vitalfew: Make
) -> None:
    book = twice(tmp_path, alike.MANY_CERTAIN)
    assert read(book, duplicates.lanes).certain == alike.MANY_CERTAIN
    told = "20 entries are certainly somebody you have: 3 first saves as many decisions"
    async with at_the_cards(vitalfew(book, start="triage")) as pilot:
        assert told in frame(pilot.app)
        await press(pilot, "b")
        assert told not in frame(pilot.app)
        assert "certainly the same as " in frame(pilot.app)
        assert is_calm(frame(pilot.app))


def test_a_few_certain_ones_are_not_worth_a_word(book: Path) -> None:
    assert 0 < read(book, duplicates.lanes).certain < alike.MANY_CERTAIN
    assert read(book, alike.certain) == 0


def pair(**given: Any) -> PairLine:  # noqa: ANN401 — its own fields
    line = duplicates.PairLine(3, 5, "Ada Wong", "A. Wong", "A", "", "linkedin", "google", *PAIR)
    return line._replace(**given)


PAIR = ("likely", 93, (), ())


@pytest.mark.parametrize(
    ("line", "who", "told"),
    [
        (pair(), 3, "perhaps the same as A. Wong in Google"),
        (pair(), 5, "perhaps the same as Ada Wong in LinkedIn"),
        (pair(lane="certain"), 5, "certainly the same as Ada Wong in LinkedIn"),
        (pair(b_sources=""), 3, "perhaps the same as A. Wong, added by hand"),
        (pair(b_name=""), 3, "perhaps the same as somebody without a name in Google"),
        (pair(b_name="x" * 99), 3, f"perhaps the same as {'x' * 31}… in Google"),
        (None, 3, ""),
    ],
)  # fmt: skip
def test_the_words_name_the_other_one_and_the_list(
    line: PairLine | None, who: int, told: str
) -> None:
    assert alike.told(line, who) == told
