"""However they end, screens and imports leave the book sound and the terminal as it was."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

import pytest

from tests.book import digest, rows
from tests.faults.hostile import in_home
from tests.faults.stream import SCREENS_SEND, foreign, is_left
from tests.faults.terminal import ESCAPE, SCREENS, Terminal
from tests.importers.lists import Someone, google

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.faults

_ESC, _OUT = "\x1b", "\x11"
_SETTINGS: Final = r"""
[keys]
"\u001B]0;PWNED\u0007\u009B6n\u202E[/]" = "x"
"focus.done" = "[@click=app.quit]\u009D0;PWNED"
"""
_DEFECT: Final = """
def bad(*given, **named):
    secret = "MARKED-" + "SECRET"
    raise ValueError(secret)
"""


def _is_sound(book: Path) -> bool:
    return rows(book, "PRAGMA quick_check") == [("ok",)] and rows(
        book, "SELECT mode FROM gate"
    ) == [("closed",)]


def test_screens_that_are_told_to_end_write_what_was_begun_and_leave_the_terminal(
    book: Path, at_home: dict[str, str | None]
) -> None:
    with Terminal("--db", str(book), variables=at_home) as terminal:
        terminal.until("1 Focus")
        terminal.press("t")
        terminal.until("tier of")
        terminal.press("c", quiet=0.01)
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        assert is_left(terminal)
        assert "Traceback" not in terminal.words
    assert _is_sound(book)
    assert rows(book, "SELECT count(*) FROM person_row WHERE tier = 'C'") == [(1,)]


def test_screens_whose_terminal_is_closed_write_what_was_begun_and_end(
    book: Path, at_home: dict[str, str | None]
) -> None:
    with Terminal("--db", str(book), variables=at_home) as terminal:
        terminal.until("1 Focus")
        terminal.press("t")
        terminal.until("tier of")
        terminal.press("c", quiet=0.01)
        terminal.hang_up()
        assert terminal.ends() != 0
    assert _is_sound(book)
    assert rows(book, "SELECT count(*) FROM person_row WHERE tier = 'C'") == [(1,)]


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    many = (Someone(f"G{n}", f"F{n}", f"p{n}@example.com", org="Globex") for n in range(4_000))
    return google(tmp_path_factory.mktemp("long"), many)


@pytest.mark.parametrize("how", ["interrupted", "told to end", "closed"])
def test_an_import_that_is_stopped_leaves_the_book_as_it_was_and_the_terminal_too(
    book: Path, at_home: dict[str, str | None], long_list: Path, how: str
) -> None:
    before = digest(book)
    with Terminal("--db", str(book), "import", str(long_list), variables=at_home) as terminal:
        terminal.until("Google Contacts", at_once=True)
        if how == "interrupted":
            terminal.press("\x03")
        elif how == "closed":
            terminal.hang_up()
        else:
            terminal.signal(signal.SIGTERM)
        code = terminal.ends()
        assert code != 0
        if how != "closed":
            assert terminal.text.rfind("\x1b[?25h") > terminal.text.rfind("\x1b[?25l")
            assert terminal.modes_now() == terminal.modes
            assert code == 130
            assert "stopped: the book is as it was before" in terminal.words
    assert _is_sound(book)
    assert digest(book) == before


@pytest.mark.parametrize(
    ("size", "variables"),
    [
        ((20, 5), {"NO_COLOR": "1", "LANG": "C", "LC_ALL": "C"}),
        ((80, 24), {"TERM": "dumb", "LC_ALL": None, "LANG": "C"}),
    ],
    ids=["tiny", "dumb"],
)
def test_on_a_poor_terminal_the_screens_open_and_close(
    book: Path,
    at_home: dict[str, str | None],
    size: tuple[int, int],
    variables: dict[str, str | None],
) -> None:
    with Terminal("--db", str(book), size=size, variables={**at_home, **variables}) as terminal:
        terminal.until("Focus")
        terminal.press("2", _ESC, "4", "\r", "8", "?", _ESC, _OUT)
        assert terminal.ends() == 0
        assert is_left(terminal)
        assert "Traceback" not in terminal.words
        assert foreign(terminal.text, SCREENS_SEND) == []


def test_complaints_about_settings_show_their_words(book: Path, tmp_path: Path) -> None:
    with Terminal("--db", str(book), variables=in_home(tmp_path / "home", _SETTINGS)) as terminal:
        terminal.until("[@click=app.quit]⟨009D⟩0;PWNED")
        assert "␛]0;PWNED␇⟨009B⟩6n⟨202E⟩[/]" in terminal.words
        assert foreign(terminal.text, SCREENS_SEND) == []
        assert terminal.process.poll() is None


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("4", "import core.queries.people as m; m.everybody = bad"),  # in a worker
        ("8", "import tui.screens.undo_words as m; m.row = bad"),  # while a line is painted
        ("t", "import core.commands.set_tier as m; m.SetTier.handle = bad"),  # in the writer
    ],
)
def test_a_defect_ends_the_screens_without_a_word_of_what_was_at_hand(
    book: Path, at_home: dict[str, str | None], key: str, place: str
) -> None:
    with Terminal(
        "--db", str(book), code=f"{_DEFECT}\n{place}\n{SCREENS}", variables=at_home
    ) as terminal:
        terminal.until("1 Focus")
        terminal.press(key, "c")
        assert terminal.ends() == 1
        after = terminal.text.rpartition("\x1b[?1049l")[2]
        assert "vitalfew stopped on a defect (ValueError at" in ESCAPE.sub("", after)
        assert "MARKED" not in terminal.words
        assert "PWNED" not in after
        assert "Traceback" not in after
        assert is_left(terminal)
    assert _is_sound(book)
