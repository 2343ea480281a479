"""The user's own keys, checked at start: one sentence for each entry that cannot stand."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key

from tui.action import TYPED
from tui.actions import ACTIONS, BOX, BY_ID, EVERYWHERE, FORMS, LIST, POPUPS, SCREENS, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import App

_MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})
_NAMED: Final = frozenset(key.value for key in Keys) | frozenset(KEY_NAME_REPLACEMENTS.values())


class Keymap(NamedTuple):
    """What became of the user's keys.

    Attributes:
        keys: action id to keys; fit for `App.set_keymap` and for `tui.key_guide.footer`.
        complaints: a sentence for each entry that was left out.
    """

    keys: dict[str, str]
    complaints: list[str]


def check(entries: Mapping[str, object]) -> Keymap:
    """The entries that can stand, and a sentence for each that cannot.

    Args:
        entries: action id to keys with commas between, as read from ``settings.toml``.
    """
    keys: dict[str, str] = {}
    complaints: list[str] = []
    for ident, value in entries.items():
        if ident not in BY_ID:
            near = get_close_matches(ident, BY_ID, n=1)
            hint = f'; perhaps "{near[0]}"' if near else ""
            complaints.append(f'keys: there is no action "{ident}"{hint}')
            continue
        parsed = _parse(value)
        if isinstance(parsed, str):
            complaints.append(f'keys: "{ident}" stays as it was: {parsed}')
        else:
            keys[ident] = ",".join(parsed)
    allowed = _clashes({})
    while clash := _first_new(_clashes(keys), allowed):
        key, first, second = clash
        loser = max((i for i in (first, second) if i in keys), key=list(keys).index)
        other = first if loser == second else second
        complaints.append(f'keys: "{loser}" stays as it was: {key} is already the key of "{other}"')
        del keys[loser]
    return Keymap(keys, complaints)


def keys_in(app: App[Any]) -> Mapping[str, str]:
    """The user's keys of a running app, which keeps them as ``keys``; none where it has none."""
    keys: Mapping[str, str] = getattr(app, "keys", {})
    return keys


def _parse(value: object) -> list[str] | str:
    """The keys in Textual's names, or what is wrong."""
    if not isinstance(value, str):
        return "its keys must be a text such as 'ctrl+k,z'"
    parsed: list[str] = []
    for word in value.split(","):
        *modifiers, base = word.strip().split("+") if word.strip() != "+" else ["+"]
        if not set(modifiers) <= _MODIFIERS or not _is_key(base, "+".join((*modifiers, base))):
            return f'"{word.strip()}" is no key'
        name = _character_to_key(base) if len(base) == 1 else base
        parsed.append("+".join((*modifiers, name)))
    return list(dict.fromkeys(parsed))


def _is_key(base: str, whole: str) -> bool:
    if len(base) == 1:
        if not base.isprintable() or base.isspace():
            return False
        name = _character_to_key(base)
        # Textual's names of some characters, a smiling face's among them, cannot be read back.
        return len(name) == 1 or _is_key(name, name)
    if base in _NAMED or whole in _NAMED:
        return True
    try:
        return unicodedata.lookup(base.replace("_", " ")).isprintable()
    except KeyError:
        return False


def _clashes(keymap: Mapping[str, str]) -> dict[tuple[str, str, str], None]:
    """(key, id, id) wherever two actions that live at one place have one key."""
    found: dict[tuple[str, str, str], None] = {}
    places: Iterable[set[str]] = (
        *({screen, EVERYWHERE, LIST} for screen in SCREENS),
        *({popup, LIST} for popup in (*POPUPS, *FORMS) if popup not in TYPED),
        *({popup} for popup in TYPED),
        {BOX},
    )
    for place in places:
        living = [action for action in ACTIONS if place.intersection(action.contexts)]
        for first, second in combinations(living, 2):
            for key in set(keys_of(first, keymap)).intersection(keys_of(second, keymap)):
                found[key, first.id, second.id] = None
    return found


def _first_new(
    clashes: Iterable[tuple[str, str, str]], allowed: Iterable[tuple[str, str, str]]
) -> tuple[str, str, str] | None:
    known = set(allowed)
    return next((clash for clash in clashes if clash not in known), None)
