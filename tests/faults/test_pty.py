"""On a real terminal foreign text commands nothing and is to be read, in screens and shell."""

from __future__ import annotations

import base64
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.faults import hostile
from tests.faults.stream import SCREENS_SEND, SHELL_SENDS, foreign, is_left, shown
from tests.faults.terminal import ESCAPE, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.faults.hostile import Hostile

pytestmark = pytest.mark.faults

SIZES: Final = ((80, 24), (160, 45))
_DOWN, _HALF, _RIGHT, _ESC, _TAB, _OUT = "j", "\x04", "\x1b[C", "\x1b", "\t", "\x11"
_PAUSE: Final = ("",)
_OUT_OF_IT: Final = (_ESC, _ESC)
_RIGHT_ON_THE_CURVE: Final = (_TAB, *[_RIGHT] * 8, _TAB)
_PASTED: Final = "\x1b[200~\x9b6n\x9d0;PWNED\u202e\u2066[/][@click=app.quit]x\x1b[201~"
_COPIED: Final = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
_BAD: Final = "\x1b]0;PWNED\x07\x9b6n\u202e\udcff[/]"
"""A word of a command line; the lone surrogate is what Python makes of a byte that is no UTF-8."""
_BAD_SHOWN: Final = "␛]0;PWNED␇⟨009B⟩6n⟨202E⟩⟨DCFF⟩[/]"
_LINES: Final = """
import json, sys
from tui.cli.start import start
for line in json.loads(sys.argv[1]):
    code = start(line)
    print(f"(code {code})", flush=True)
"""
"""Runs command lines one after the other, as one program each would."""
_CODE: Final = re.compile(r"\(code (\d+)\)")
_TOLD: Final = {"focus": 30, "triage": 30, "columns": 30, "people": 31, "find": 30, "person": 27}
"""Screens with how many of the payloads they show."""
_BOXES: Final = ("find", "palette", "ask")
_PASTE_SHOWN: Final = "⟨009D⟩0;PWNED⟨202E⟩"
_PATIENT: Final = 0.25
_LISTS: Final = {  # with how many of the payloads it has words for
    "people": 31,
    "people --plain": 31,
    "find fresh --limit 99": 28,
    "find filed --plain": 27,
    "show everything": 27,
    "show everything --plain": 27,
    "focus": 30,
    "focus --plain": 30,
    "triage --plain --limit 99": 31,
    "history --limit 99": 30,
    "history --limit 99 --plain": 30,
}


class Tour(NamedTuple):
    """What a walk through all screens sent, screen by screen, and how it ended."""

    sent: dict[str, str]
    code: int
    restored: bool


def _is_told(screen: str, text: str) -> bool:
    if screen == "person" and not _COPIED.search(text):
        return False
    if screen in _BOXES and _PASTE_SHOWN not in ESCAPE.sub("", text):
        return False
    return len(shown(text)) >= _TOLD.get(screen, 0)


def _tour(lists: Hostile, folder: Path, size: tuple[int, int]) -> Tour:
    book = shutil.copy(lists.book, folder / f"{size[0]}.db")
    at_home = hostile.in_home(folder / f"home{size[0]}", "budget = 40")
    sent: dict[str, str] = {}
    with Terminal("--db", str(book), size=size, variables=at_home) as terminal:

        def look(screen: str, *keys: str, quiet: float = 0.03) -> None:
            before = len(terminal.sent)
            terminal.press(*keys, quiet=quiet)
            sent[screen] = sent.get(screen, "") + terminal.sent[before:].decode()

        def walk(screen: str, home: str, *keys: str) -> None:
            """Look, and again with more patience if a busy machine left a row unpainted."""
            look(screen, *keys)
            for _again in range(2):
                if not _is_told(screen, sent[screen]):
                    look(screen, home)
                    look(screen, *keys, quiet=_PATIENT)

        terminal.until("1 Focus")
        sent["focus"] = terminal.text
        walk("focus", "g", *_DOWN * 5, *_HALF * 6)
        look("triage", "2", _ESC)
        walk("triage", _ESC, *[_RIGHT] * 32)  # skipped people come round again
        look("columns", _TAB)
        walk("columns", "g", *_HALF * 4, "G")
        look("people", "4")
        walk("people", "g", *_HALF * 8, "G")
        walk("find", _ESC, "/", "filed", "\r", "n", _ESC, "/", _PASTED, _ESC)
        page = (*_HALF * 8, "o", _ESC, "g", _DOWN, "y", _ESC)
        walk("person", "4", "/", hostile.EVERYTHING, *_PAUSE * 3, "\r", "\r", *_PAUSE, *page)
        look("log", _TAB, _DOWN, "q", _ESC, "G", "\r", *_HALF * 4, _TAB, "q")
        look("contact", "1", "g", "c", _DOWN, _ESC, _DOWN, "c", _ESC)
        look("balance", "6", *_RIGHT_ON_THE_CURVE, *_DOWN * 5, "m", "M")
        look("settings", ",", *_DOWN * 9, "\r", _PASTED, _ESC, "q")
        look("undo", "8", *_HALF * 8)
        look("help", "?", _ESC)
        walk("palette", _ESC, ":", "undo", *_OUT_OF_IT, ":", _PASTED, *_OUT_OF_IT)
        asked = ("t", _ESC, "z", "3m ", _PASTED, "\r", "l", "yesterday ", _PASTED, "\r")
        walk("ask", _ESC, "1", *asked)
        look("confirm", "u", "2", "F", _ESC, "8", "G", "\r", _ESC)
        assert terminal.process.poll() is None, terminal.words[-2000:]
        before = len(terminal.sent)
        terminal.press(_OUT)
        code = terminal.ends()
        sent["end"] = terminal.sent[before:].decode()
        return Tour(sent, code, is_left(terminal))


@pytest.fixture(scope="module")
def tours(lists: Hostile, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], Tour]:
    folder = tmp_path_factory.mktemp("tours")
    with ThreadPoolExecutor() as both:
        walked = both.map(partial(_tour, lists, folder), SIZES)
    return dict(zip(SIZES, walked, strict=True))


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def tour(request: pytest.FixtureRequest, tours: dict[tuple[int, int], Tour]) -> Tour:
    return tours[request.param]


def test_no_screen_sends_what_foreign_text_commands(tour: Tour) -> None:
    leaks = {
        screen: found
        for screen, text in tour.sent.items()
        if (found := foreign(_COPIED.sub("", text), SCREENS_SEND)[:3])
    }
    assert leaks == {}


def test_what_foreign_text_would_command_is_to_be_read_on_every_screen(tour: Tour) -> None:
    hidden = {
        screen: set(hostile.PAYLOADS) - seen
        for screen, least in {**_TOLD, "undo": 30}.items()
        if len(seen := shown(tour.sent[screen])) < least
    }
    assert hidden == {}


def test_what_is_pasted_into_a_box_is_shown_in_it(tour: Tour) -> None:
    for screen in _BOXES:
        assert _PASTE_SHOWN in ESCAPE.sub("", tour.sent[screen]), screen


def test_what_is_copied_holds_nothing_that_a_shell_would_act_on(tour: Tour) -> None:
    copied = [
        base64.b64decode(found).decode()
        for text in tour.sent.values()
        for found in _COPIED.findall(text)
    ]
    assert copied
    assert not any(foreign(text, SCREENS_SEND) for text in copied)


def test_the_program_lives_through_it_and_leaves_the_terminal_as_it_was(tour: Tour) -> None:
    assert tour.code == 0
    assert tour.restored
    assert not ESCAPE.sub("", tour.sent["end"].rpartition("\x1b[?1049l")[2])


def _shell(
    book: Path, lines: Sequence[Sequence[str]], variables: dict[str, str | None]
) -> Terminal:
    """A terminal in which command lines are carried out one after the other."""
    given = json.dumps([["--db", str(book), *line] for line in lines])
    return Terminal(given, size=(160, 45), code=_LINES, variables=variables)


def _sent(terminal: Terminal, lines: Sequence[Sequence[str]]) -> tuple[list[str], list[int]]:
    """What each of the command lines sent, and the code it ended with."""
    assert terminal.ends(60) == 0, terminal.words[-2000:]
    *sent, rest = _CODE.split(terminal.text)
    assert len(sent) == 2 * len(lines)
    assert not rest.strip()
    return sent[::2], [int(code) for code in sent[1::2]]


@pytest.fixture(scope="module")
def listed(lists: Hostile, at_home: dict[str, str | None]) -> dict[str, str]:
    lines = [line.split() for line in _LISTS]
    with _shell(lists.book, lines, variables=at_home) as terminal:
        sent, codes = _sent(terminal, lines)
    assert set(codes) == {0}
    return dict(zip(_LISTS, sent, strict=True))


@pytest.mark.parametrize("line", _LISTS)
def test_no_list_of_the_shell_sends_what_foreign_text_commands(
    listed: dict[str, str], line: str
) -> None:
    assert foreign(listed[line].replace("\t", " "), SHELL_SENDS) == []
    seen = shown(listed[line])
    assert len(seen) >= _LISTS[line], set(hostile.PAYLOADS) - seen


def test_json_is_ascii_without_controls(book: Path, at_home: dict[str, str | None]) -> None:
    lines = [[*line.split(), "--json"] for line in _LISTS if "--plain" not in line]
    with _shell(book, lines, variables=at_home) as terminal:
        sent, codes = _sent(terminal, lines)
    assert set(codes) == {0}
    for text in sent:
        assert text.strip().isascii()
        assert text.strip().isprintable()
        assert json.loads(text)["schema"] == 1


def test_a_terminal_of_ascii_gets_ascii(book: Path, at_home: dict[str, str | None]) -> None:
    lines = [line.split() for line in _LISTS]
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with _shell(book, lines, variables={**at_home, **plain}) as terminal:
        sent, codes = _sent(terminal, lines)
    assert set(codes) == {0}
    for text in sent:
        assert text.isascii()
        assert foreign(text.replace("\t", " "), SHELL_SENDS) == []


def test_complaints_about_a_command_line_show_its_words(
    book: Path, at_home: dict[str, str | None], lists: Hostile
) -> None:
    lines = [
        ["find", _BAD],
        ["find", "--plain", _BAD],
        ["show", _BAD],
        ["tier", _BAD, "A"],
        ["tier", "1", _BAD],
        ["wait", "1", _BAD],
        ["wait", "1", "3m", _BAD],
        ["log", "1", _BAD],
        ["log", "1", "x", "--kind", _BAD],
        ["log", "1", "x", "--day", _BAD],
        ["log", "1", "x", "--direction", _BAD],
        ["undo", _BAD],
        ["people", "--limit", _BAD],
        ["people", f"tier:{_BAD}"],
        ["people", f"--{_BAD}"],
        [_BAD],
        [f"--{_BAD}"],
        ["import", f"/no/{_BAD}"],
        ["import", str(lists.google), "--as", _BAD],
        ["import", str(lists.google), "--region", _BAD],
        ["--db", f"/no/{_BAD}", "people"],
        ["--db", f"/no/{_BAD}", "path"],
        ["--db", str(lists.unknown), "people"],
    ]
    with _shell(book, lines, variables=at_home) as terminal:
        sent, codes = _sent(terminal, lines)
    for line, text in zip(lines, sent, strict=True):
        assert foreign(text.replace("\t", " "), SHELL_SENDS) == [], line
        assert "vitalfew failed" not in text, line
    assert sum(_BAD_SHOWN in text for text in sent) > 12
    assert sum(code > 0 for code in codes) > 15


def test_an_import_of_hostile_files_shows_their_names_and_words(
    book: Path, at_home: dict[str, str | None], lists: Hostile
) -> None:
    four = [str(lists.google), str(lists.vcards), str(lists.broken), str(lists.unknown)]
    lines = [
        ["import", *four, "--region", "CH"],
        ["import", *four, "--source", _BAD, "--dry-run"],
        ["undo"],
    ]
    with _shell(book, lines, variables=at_home) as terminal:
        terminal.until("was an import. Take it back? [y/N]")
        terminal.press("y\r")
        terminal.until("people. Take it back? [y/N]")
        terminal.press("y\r")
        sent, codes = _sent(terminal, lines)
    assert codes == [1, 1, 0]  # one of the files is no list
    for text in sent:
        assert foreign(text, SHELL_SENDS) == []
    assert "l␛]0;PWNED␇⟨009B⟩6n⟨202E⟩[@click=app.quit]x⏎z" in sent[0]
    assert "\x1b[2K" in sent[0]  # the bar was there
