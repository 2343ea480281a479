"""On a real terminal: foreign text commands nothing, and leaving leaves it as it was."""

from __future__ import annotations

import base64
import re
import shutil
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.faults import hostile
from tests.faults.terminal import ESCAPE, Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.hostile import Hostile

pytestmark = pytest.mark.faults

SIZES: Final = ((80, 24), (160, 45))
_DOWN, _HALF, _RIGHT, _ESC, _TAB, _OUT = "j", "\x04", "\x1b[C", "\x1b", "\t", "\x11"
_OUT_OF_IT: Final = (_ESC, _ESC)
_PASTED: Final = "\x1b[200~\x9b6n\x9d0;PWNED\u202e\u2066[/][@click=app.quit]x\x1b[201~"
_COPIED: Final = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
_MODES: Final = "1000|1003|1004|1006|1015|1049|2004|2026|25|7"
_SCREENS_SEND: Final = re.compile(
    rf"\x1b\[(?!5;8m)(?:\d+;\d+H|[\d;]*m|\?(?:{_MODES})[hl]|\?2026\$p|\?2048\$p|>\d+u|<u)"
    r"|\x1b\]22;[a-z-]+\x07"
)
"""What Textual sends; a key to copy adds to it what `_COPIED` finds."""
_SHELL_SENDS: Final = re.compile(r"\x1b\[(?!5;8m)(?:[\d;]*m|2K|1A|\?25[hl])")
"""What the bar of an import is made of."""
_SETTINGS: Final = r"""budget = 40
[keys]
"\u001B]0;PWNED\u0007\u009B6n\u202E[/]" = "x"
"focus.done" = "[@click=app.quit]\u009D0;PWNED"
"""


class Tour(NamedTuple):
    """What a walk through all screens sent, screen by screen, and how it ended."""

    sent: dict[str, str]
    code: int
    restored: bool


def foreign(text: str, ours: re.Pattern[str]) -> list[str]:
    """What a terminal would act upon or hide, and the program does not send of itself."""
    return [
        f"{char!a} in {left[max(0, at - 20) : at + 20]!a}"
        for left in [ours.sub("", text)]
        for at, char in enumerate(left)
        if char in hostile.BIDI
        or char in hostile.UNSEEN
        or (unicodedata.category(char) in {"Cc", "Cs"} and char not in "\r\n")
    ]


def shown(text: str) -> set[str]:
    """The payloads that can be read."""
    plain = ESCAPE.sub("", text)
    return {
        what for what in hostile.PAYLOADS if any(form in plain for form in hostile.looks(what))
    }


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return hostile.make(tmp_path_factory.mktemp("hostile") / "lists")


def _home(folder: Path, settings: str = "") -> dict[str, str]:
    config = folder / "config" / "vitalfew"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(settings, "utf-8")
    return {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}


def _tour(lists: Hostile, folder: Path, size: tuple[int, int]) -> Tour:
    book = shutil.copy(lists.book, folder / f"{size[0]}.db")
    home = _home(folder / f"home{size[0]}", _SETTINGS)
    sent: dict[str, str] = {}
    with Terminal("--db", str(book), size=size, **home) as terminal:

        def look(screen: str, *keys: str) -> None:
            before = len(terminal.sent)
            terminal.press(*keys)
            sent[screen] = sent.get(screen, "") + terminal.sent[before:].decode()

        terminal.until("1 Focus")
        sent["focus"] = terminal.text
        look("focus", *_DOWN * 31)
        look("triage", "2", _ESC, *[_RIGHT] * 32)
        look("columns", _TAB, *_HALF * 4, "G")
        look("people", "4", *_HALF * 8, "G")
        look("find", "/", "filed", "\r", "n", _ESC, "/", _PASTED, _ESC)
        look("person", "/", hostile.EVERYTHING)
        terminal.read(0.4)
        look("person", "\r", "\r", *_HALF * 8, "o", _ESC, "g", "y", _ESC)
        look("log", _TAB, _DOWN, "q", _ESC, "G", "\r", *_HALF * 4, _TAB, "q")
        look("undo", "8", *_HALF * 8)
        look("help", "?", _ESC)
        look("palette", ":", "undo", *_OUT_OF_IT, ":", _PASTED, *_OUT_OF_IT)
        look("ask", "1", "t", _ESC, "z", "3m ", _PASTED, "\r", "l", "yesterday ", _PASTED, "\r")
        look("confirm", "u", "2", "F", _ESC, "8", "G", "\r", _ESC)
        assert terminal.process.poll() is None, terminal.words[-2000:]
        before = len(terminal.sent)
        terminal.press(_OUT)
        code = terminal.ends()
        sent["end"] = terminal.sent[before:].decode()
        return Tour(sent, code, _left(terminal))


def _left(terminal: Terminal) -> bool:
    """Whether the terminal is as it was before the screens were opened."""
    last = terminal.text
    return (
        last.rfind("\x1b[?1049l") > last.rfind("\x1b[?1049h")
        and last.rfind("\x1b[?25h") > last.rfind("\x1b[?25l")
        and all(last.rfind(f"\x1b[?{mode}l") > last.rfind(f"\x1b[?{mode}h") for mode in _MOUSE)
        and terminal.modes_now() == terminal.modes
    )


_MOUSE: Final = (1000, 1003, 1006, 2004)


@pytest.fixture(scope="module")
def tours(
    lists: Hostile, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[int, int], Tour]:
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
        if (found := foreign(_COPIED.sub("", text), _SCREENS_SEND)[:3])
    }
    assert leaks == {}


def test_what_foreign_text_would_command_is_to_be_read_on_every_screen(tour: Tour) -> None:
    told = {"focus": 30, "triage": 30, "columns": 30, "people": 31, "find": 30, "person": 27}
    hidden = {
        screen: set(hostile.PAYLOADS) - seen
        for screen, least in {**told, "undo": 30}.items()
        if len(seen := shown(tour.sent[screen])) < least
    }
    assert hidden == {}


def test_what_is_pasted_into_a_box_is_shown_in_it(tour: Tour) -> None:
    for screen in ("find", "palette", "ask"):
        assert "⟨009D⟩0;PWNED⟨202E⟩" in ESCAPE.sub("", tour.sent[screen]), screen


def test_complaints_about_settings_show_their_words(tour: Tour) -> None:
    assert "␛]0;PWNED␇⟨009B⟩6n⟨202E⟩[/]" in ESCAPE.sub("", tour.sent["focus"])


def test_what_is_copied_holds_nothing_that_a_shell_would_act_on(tour: Tour) -> None:
    copied = [
        base64.b64decode(found).decode()
        for text in tour.sent.values()
        for found in _COPIED.findall(text)
    ]
    assert copied
    assert not any(foreign(text, _SCREENS_SEND) for text in copied)


def test_the_program_lives_through_it_and_leaves_the_terminal_as_it_was(tour: Tour) -> None:
    assert tour.code == 0
    assert tour.restored
    assert not ESCAPE.sub("", tour.sent["end"].rpartition("\x1b[?1049l")[2])
