from __future__ import annotations

import json
import shlex
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.opt_out import SetOptOut
from core.commands.promise import AddPromise
from core.queries import person
from core.settings import Settings
from core.storage.driver import dbapi
from core.text import clean
from tests.book import entry
from tests.support import HOSTILE, LARGE, SIZES, SMALL, frame, is_calm, read
from tests.tui.conftest import MORNING
from tests.tui.screens.contact_desk import a_book, press, show
from tui.app import VitalfewApp
from tui.screens.contact_stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[..., VitalfewApp]


@pytest.fixture
def suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the program be suspended though it has no terminal."""

    @contextmanager
    def suspend(_app: VitalfewApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(VitalfewApp, "suspend", suspend)


async def test_what_is_opened_is_shown_in_full_before(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    ways = (("email", "ada@x.example"), ("phone", "+44 20 7946 0958"))
    app = vitalfew(a_book(tmp_path, entry("Ada", *ways, ("url", "https://ada.example/me"))))
    async with app.run_test(size=SMALL) as pilot:
        await show(pilot, 1)
        for url in ("mailto:ada@x.example", "tel:+442079460958", "https://ada.example/me"):
            assert url in frame(app)
            await press(pilot, "enter")
            assert opened[-1] == url
            await press(pilot, "escape", "right")
        await press(pilot, "left", "enter")
    assert opened[-1] == "https://ada.example/me"
    assert len(opened) == 4


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "ssh://x.example", "no page at all"]
)
async def test_anything_else_is_refused_with_a_sentence(
    vitalfew: Make, tmp_path: Path, opened: list[str], url: str
) -> None:
    book = a_book(tmp_path, entry("Ada", ("url", "https://ada.example")))
    connection = dbapi.connect(book)
    for name in ("fact",):
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (name,)
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.execute("UPDATE fact SET value = ? WHERE kind = 'url'", (url,))
    connection.commit()
    connection.close()
    app = vitalfew(book)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter")
        assert "not opened: only http, https, mailto and tel are" in " ".join(frame(app).split())
        assert card.stage is Stage.BEFORE
    assert opened == []


_TELLER = "import sys, json; json.dump(sys.argv[2:], open(sys.argv[1], 'w'))"


def heard(told: Path) -> list[str]:
    """What a mailer was called with."""
    words: list[str] = json.loads(told.read_text())
    return words


NASTY = "o'b;$(touch${IFS}owned)`id`|&#@x.example"


@pytest.mark.usefixtures("suspended")
async def test_the_mailer_gets_the_address_as_one_argument(
    vitalfew: Make, tmp_path: Path, opened: list[str]
) -> None:
    told = tmp_path / "told.json"
    program = [sys.executable, "-c", _TELLER, str(told)]
    mailer = f"{shlex.join(program)} --to {{address}}"
    book = a_book(tmp_path, entry("Ada", ("email", NASTY)))
    app = vitalfew(book, settings=Settings(mailer=mailer))
    async with app.run_test(size=SMALL) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter")
        assert heard(told) == ["--to", NASTY.lower()]
        assert card.stage is Stage.BEGUN
    assert opened == []


@pytest.mark.usefixtures("suspended")
@pytest.mark.parametrize(
    ("mailer", "address", "sentence"),
    [
        ("no-such-mailer-at-all {address}", "a@x.example", "cannot be started"),
        (f"{sys.executable} -c 'raise SystemExit(4)' {{address}}", "a@x.example", "ended with 4"),
        ("mutt 'x {address}", "a@x.example", "cannot be understood"),
        (f"{sys.executable} {{address}}", "-oproxy@x.example", "not handed to a program"),
    ],
)
async def test_a_mailer_that_fails_says_so_and_nothing_is_logged(
    vitalfew: Make, tmp_path: Path, mailer: str, address: str, sentence: str
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", address)))
    app = vitalfew(book, settings=Settings(mailer=mailer))
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        card = await show(pilot, 1)
        await press(pilot, "enter")
        assert sentence in " ".join(frame(app).replace("▌", "").split())
        assert card.stage is Stage.BEFORE
    assert read(book, partial(person.talks, person=1, limit=9)) == ()


async def test_without_a_terminal_of_its_own_a_mailer_cannot_be_opened(
    vitalfew: Make, tmp_path: Path
) -> None:
    book = a_book(tmp_path, entry("Ada", ("email", "a@x.example")))
    app = vitalfew(book, settings=Settings(mailer="mutt {address}"))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await show(pilot, 1)
        await press(pilot, "enter")
        assert "a mailer cannot be opened from here" in frame(app)


@SIZES
async def test_hostile_words_are_shown_as_text_and_carry_nothing_along(
    vitalfew: Make, tmp_path: Path, opened: list[str], size: tuple[int, int]
) -> None:
    words = [clean(text) for text in HOSTILE if text]
    urls = [("url", text) for text in words]
    names = (words[1], words[5], words[13], words[14])
    book = a_book(tmp_path, *(entry(name, ("org", name), *urls) for name in names))
    bus = Bus(book, clock=MORNING)
    for number, text in enumerate(names, 1):
        bus.run(AddPromise((number,), "me", text, ""))
        bus.run(SetOptOut((number,), "visit", "prefer", text[:60], "2026-11-03"))
    bus.close()
    app = vitalfew(book)
    async with app.run_test(size=size) as pilot:
        for number in range(1, len(names) + 1):
            await show(pilot, number)
            assert is_calm(frame(app))
            for key in ("right", "enter", "q"):
                await press(pilot, key)
            assert is_calm(frame(app))
        await show(pilot, 1)
        for _ in range(len(words) // 4):
            await pilot.press(*["right"] * 4)
            await press(pilot, "enter", "escape")
            assert is_calm(frame(app))
    for url in opened:
        assert url.startswith(("http://", "https://"))
        assert is_calm(url)
