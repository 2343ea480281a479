"""What a program sends to its terminal, told apart from what foreign text would have it send."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from tests.faults import hostile
from tests.faults.terminal import ESCAPE

if TYPE_CHECKING:
    from tests.faults.terminal import Terminal

_MODES: Final = "1000|1003|1004|1006|1015|1049|2004|2026|25|7"
SCREENS_SEND: Final = re.compile(
    rf"\x1b\[(?!5;8m)(?:\d+;\d+H|[\d;]*m|\?(?:{_MODES})[hl]|\?2026\$p|\?2048\$p|>\d+u|<u)"
    r"|\x1b\]22;[a-z-]+\x07"
)
"""What Textual sends; a key to copy adds to it what it copies."""
_MOUSE: Final = (1000, 1003, 1006, 2004)
SHELL_SENDS: Final = re.compile(r"\x1b\[(?!5;8m)(?:[\d;]*m|2K|1A|\?25[hl])")
"""What the bar of an import is made of."""


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
    return {what for what in hostile.PAYLOADS if any(form in plain for form in hostile.looks(what))}


def is_left(terminal: Terminal) -> bool:
    """Whether the terminal is as it was before the screens were opened."""
    last = terminal.text
    return (
        last.rfind("\x1b[?1049l") > last.rfind("\x1b[?1049h")
        and last.rfind("\x1b[?25h") > last.rfind("\x1b[?25l")
        and all(last.rfind(f"\x1b[?{mode}l") > last.rfind(f"\x1b[?{mode}h") for mode in _MOUSE)
        and terminal.modes_now() == terminal.modes
    )
