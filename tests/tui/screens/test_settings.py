"""The settings screen: every choice with what it does, changed in a line, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tomlkit

from core.commands.set_tier import SetTier
from core.queries import people
from core.queries.followed import is_followed
from core.queries.home import Home, home
from core.settings import CADENCE, Settings, load, settings_path
from core.settings_list import ITEMS
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read, same_frame, settle
from tui.backend import IMPORTING
from tui.screens import settings_words
from tui.screens.settings import SettingsScreen
from tui.widgets.ask import AskLine
from tui.widgets.choose import Choose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]


def written() -> str:
    return settings_path().read_text("utf-8")


def typed(text: str) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(text, "utf-8")


async def go(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def choose(pilot: Pilot[None], title: str, line: str | None = None) -> None:
    """Put the cursor on a row; with a line, type that for it and enter."""
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    item = next(one for one in ITEMS if one.title == title)
    assert screen._list.go_to(f"{item.table}.{item.key}")
    await settle(pilot)
    if line is not None:
        await go(pilot, "enter")
        box = pilot.app.screen.query_one("LineBox")
        box.value = line  # type: ignore[attr-defined]
        await settle(pilot)
        await go(pilot, "enter")


def row(app: VitalfewApp, title: str) -> str:
    lines = (line[3:] for line in frame(app).splitlines())
    return next(line for line in lines if line.startswith(title))


def due(book: Path) -> dict[int, str]:
    query = "SELECT id, due FROM person_row WHERE tier = 'A'"
    return dict(read(book, lambda view: view.execute(query).fetchall()))


@SIZES
async def test_every_choice_stands_there_with_what_it_does(
    vitalfew: Make, size: tuple[int, int]
) -> None:
    typed("budget = 3\n[cadence]\nA = 7\n[weights]\nphone = 12\n")
    app = vitalfew(start="focus", sample=True, settings=load())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await go(pilot, "comma", "j", "j", "j", "j")
        same_frame(app, "settings")
        await go(pilot, "enter")
        app.screen.query_one("LineBox").value = "4"  # type: ignore[attr-defined]
        await settle(pilot)
        same_frame(app, "settings-asks")
        await go(pilot, "escape", "G")
        same_frame(app, "settings-weights")


async def test_the_palette_opens_it_and_q_goes_back(vitalfew: Make) -> None:
    app = vitalfew()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go(pilot, "colon", *"settings", "enter")
        assert isinstance(app.screen, SettingsScreen)
        await go(pilot, "question_mark")
        assert "Has the row at the cursor be as usual again" in frame(app)
        await go(pilot, "escape", "q")
        assert app.current_mode == "focus"


async def test_a_cadence_holds_at_once_and_its_file_keeps_what_was_typed(
    vitalfew: Make, book: Path
) -> None:
    typed("# mine\nbudget = 3  # few\n")
    app = vitalfew(start="settings", settings=load())
    before = due(book)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await choose(pilot, "cadence of A", "3w")  # as it is
        assert written() == "# mine\nbudget = 3  # few\n"
        await choose(pilot, "cadence of A", "2")
        assert "cadence of A: 2 days — u takes it back" in frame(app)
        assert written() == "# mine\nbudget = 3  # few\n\n[cadence]\nA = 2\n"
        assert app.backend.settings == Settings(budget=3, cadence={**CADENCE, "A": 2})
        assert before != due(book)
        assert read(book, lambda view: is_followed(view, app.backend.settings))
        assert row(app, "cadence of A").split()[3:8] == ["2", "days", "21", "days", "days"]
        await go(pilot, "u")
        assert "took back: cadence of A: 21 days" in frame(app)
    assert due(book) == before
    assert load() == Settings(budget=3)


async def test_x_has_a_row_as_usual_and_u_takes_that_back(vitalfew: Make) -> None:
    typed("[weights]\nphone = 12\n")
    app = vitalfew(start="settings", settings=load())
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await choose(pilot, "phone")
        assert row(app, "phone").split()[1] == "12"
        await go(pilot, "x")
        assert load() == Settings()
        assert row(app, "phone").split()[1] == "6"
        await go(pilot, "x")
        assert "phone is as usual already" in frame(app)
        await go(pilot, "u")
        assert load() == Settings(weights={"phone": 12})
        assert app.backend.settings.weights == {"phone": 12}


async def test_what_the_tiers_ask_for_is_told_while_it_is_typed(vitalfew: Make, book: Path) -> None:
    some = sorted(line.id for line in read(book, people.everybody))
    app = vitalfew(start="settings")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await app.backend.run(SetTier(tuple(some[:100]), "A"))
        await go(pilot, "1", "comma")
        top = frame(app).splitlines()[1]
        assert "your list holds 25.  Fewer in A and B" in top
        await choose(pilot, "people a day")
        await go(pilot, "enter", "backspace", "9")
        assert "9 people" in frame(app)
        assert "your list holds 45." in frame(app)
        await go(pilot, "backspace", "k")
        assert "a number of people from 1 to 100" in frame(app)
        await go(pilot, "enter")
        assert isinstance(app.screen, AskLine)
        await go(pilot, "backspace", "4", "0", "enter")
        assert "your list holds 200." in frame(app).splitlines()[1]
        assert "Fewer" not in frame(app).splitlines()[1]


async def test_home_is_kept_in_the_book_and_taken_back_as_a_step(
    vitalfew: Make, book: Path
) -> None:
    app = vitalfew(start="settings")
    was = read(book, home)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await choose(pilot, "city", "Berlin")
        await choose(pilot, "country", "Atlantis")
        assert "is no country" in frame(app)
        await go(pilot, "escape")
        await choose(pilot, "country", "ch")
        assert read(book, home) == Home("Berlin", "CH")
        assert "kept in the book" in frame(app).replace("Kept", "kept")
        await go(pilot, "u", "u")
        assert read(book, home) == was
        assert not settings_path().exists()


async def test_a_theme_is_put_on_at_once(vitalfew: Make) -> None:
    app = vitalfew(start="settings")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await choose(pilot, "theme")
        await go(pilot, "enter")
        assert isinstance(app.screen, Choose)
        await go(pilot, "2")
        assert app.theme == "vitalfew-light"
        assert written() == 'theme = "vitalfew-light"\n'
        await go(pilot, "u")
        assert app.theme == "vitalfew-dark"


async def test_a_file_that_may_only_be_read_changes_nothing(vitalfew: Make) -> None:
    typed("budget = 3\n")
    settings_path().chmod(0o444)
    app = vitalfew(start="settings", settings=load())
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await choose(pilot, "people a day", "9")
        assert "may only be read" in frame(app)
        assert app.backend.settings.budget == 3
        assert row(app, "people a day").split()[3] == "3"
    assert written() == "budget = 3\n"


async def test_what_nobody_set_is_told_once(vitalfew: Make) -> None:
    app = vitalfew(start="settings")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert row(app, "mailer").split()[1:5] == ["not", "set", "not", "set"]
        await choose(pilot, "keys")
        assert "keys: as usual" in frame(app)
        assert "as usual, as usual" not in frame(app)


async def test_a_file_that_was_broken_meanwhile_is_told_and_left(vitalfew: Make) -> None:
    app = vitalfew(start="settings")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        typed("budget = = 3\n")
        await choose(pilot, "people a day", "9")
        assert "settings.toml cannot be read" in frame(app)
        assert app.backend.settings.budget == 5
    assert written() == "budget = = 3\n"


async def test_hostile_words_in_the_file_are_painted_as_words(vitalfew: Make) -> None:
    for hostile in ("".join(HOSTILE[:13]), "\n".join(HOSTILE[13:])):
        words = hostile.encode("utf-8", "replace").decode()  # a file cannot hold half a character
        typed(tomlkit.dumps({"mailer": words, "theme": words}))
        app = vitalfew(start="settings", settings=load())
        async with app.run_test(size=LARGE, notifications=True) as pilot:
            await settle(pilot)
            await choose(pilot, "mailer")
            assert is_calm(frame(app))
            await go(pilot, "enter")
            assert is_calm(frame(app))
            await go(pilot, "escape")
            await choose(pilot, "theme")
            assert is_calm(frame(app))
            await go(pilot, "x")
            assert load() == Settings(mailer=words)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_word_of_a_file_reaches_the_screen_as_a_command(hostile: str) -> None:
    settings = Settings(mailer=hostile, theme=hostile)
    for row in settings_words.rows(settings, Home(hostile, hostile), veiled=False):
        for told in (settings_words.line(row, 77), settings_words.beside(row, hostile)):
            assert is_calm(told.plain)


async def test_under_the_veil_nothing_of_ones_own_is_shown_or_asked(vitalfew: Make) -> None:
    typed('mailer = "mutt -F /secret/place {address}"\n')
    app = vitalfew(start="settings", settings=load())
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        await choose(pilot, "city", "Zanzibar")
        await go(pilot, "V")
        await choose(pilot, "mailer")
        assert "secret" not in frame(app)
        for title in ("mailer", "city", "country"):
            await choose(pilot, title)
            await go(pilot, "enter")
            assert isinstance(app.screen, SettingsScreen)
            assert "Zanzibar" not in row(app, "city")
        assert "lift the veil first: V" in frame(app)
        await go(pilot, "V")
        assert "Zanzibar" in row(app, "city")


async def test_of_the_sample_book_nothing_is_kept(vitalfew: Make) -> None:
    app = vitalfew(start="settings", sample=True)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await choose(pilot, "people a day", "9")
        assert row(app, "people a day").split()[3] == "9"
        await go(pilot, "u")
        assert row(app, "people a day").split()[3] == "5"
    assert not settings_path().exists()


async def test_while_an_import_runs_nothing_is_changed(
    vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew(start="settings")
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot)
        monkeypatch.setattr(app.backend, "_importing", True)
        await choose(pilot, "cadence of A", "9")
        assert IMPORTING[:30] in frame(app)
        assert not settings_path().exists()
        monkeypatch.setattr(app.backend, "_importing", False)


async def test_a_file_that_was_changed_in_an_editor_is_followed_at_the_start(
    vitalfew: Make, book: Path
) -> None:
    typed("[cadence]\nA = 2\n")
    app = vitalfew(settings=load())
    before = due(book)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await app.follow_settings().wait()
        await settle(pilot)
    assert read(book, lambda view: is_followed(view, load()))
    assert due(book) != before


async def test_the_tier_chooser_says_what_the_tiers_ask_for(vitalfew: Make) -> None:
    app = vitalfew(start="people")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go(pilot, "t")
        assert "These tiers ask for" in frame(app)
        assert "your list holds 25." in frame(app)
