"""An action: one thing that a key does, and where it lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EVERYWHERE: Final = "everywhere"
LIST: Final = "list"
BOX: Final = "box"
"""The context of a box that takes letters."""
SCREENS: Final = (
    *("focus", "contact", "triage", "merge", "people", "person", "log", "thread", "ghosts"),
    *("balance", "undo"),
    *("imports", "plan", "details", "summary", "refused", "settings"),
)
"""The contexts that are screens; each has the keys of `EVERYWHERE` too."""
POPUPS: Final = ("popup", "batches", "confirm", "help", "path", "guide", "entries", "who")
"""The contexts of popups: only their own keys live in them."""
TYPED: Final = frozenset({"path", "who"})
"""Popups in which a box keeps the keys, so that those of the list under it do not live."""
FORMS: Final = ("edit",)
"""The contexts of forms: as of popups, and they have a row list."""
CONTEXTS: Final = (EVERYWHERE, LIST, BOX, *SCREENS, *POPUPS, *FORMS)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does.

    Attributes:
        id: its name in settings, ``context.word``.
        keys: the keys that do it at first, in Textual's names, comma between them.
        title: what it does, in a few words, as help and palette show it.
        do: the action string it runs, such as ``"file('A')"``.
        help: one sentence for the help screen.
        contexts: where it lives.
        group: its heading on the help screen.
        footer: its word in the bottom line, "" to stay out of it. Neighbours with one word share
            it; a word equal to the key is shown once.
        palette: whether the palette offers it; moving about is not worth a line there.
    """

    id: str
    keys: str
    title: str
    do: str
    help: str
    contexts: tuple[str, ...]
    group: str
    footer: str = ""
    palette: bool = True


_SHOWN_KEYS: Final = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "comma": ",",
    "full_stop": ".",
    "semicolon": ";",
    "exclamation_mark": "!",
    "asterisk": "*",
    "plus": "+",
    "minus": "-",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def key_name(key: str) -> str:
    """A key as people write it: ``slash`` is ``/``, ``escape`` is ``esc``."""
    *modifiers, base = key.split("+")
    return "+".join((*modifiers, _SHOWN_KEYS.get(base, base)))
