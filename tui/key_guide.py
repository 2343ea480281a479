"""The registry of actions as it is told: the bottom line, the help of a screen, the key table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.actions import ACTIONS, LIST, POPUPS, for_context, key_name, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.actions import Action

_GROUPS: Final = (
    *("Today", "Contact", "Sort", "Columns", "Merge", "People", "Log", "Import", "Undo"),
    *("Not in your book", "80/20", "Settings", "Person", "Form"),
    *("Move", "Find", "Screens", "Everywhere", "Popups"),
)


def footer(
    context: str, keymap: Mapping[str, str] | None = None, *, with_list: bool = True
) -> list[tuple[tuple[str, ...], str]]:
    """The bottom line of a context: groups of keys (in Textual's names) and their word.

    Args:
        context: one of `CONTEXTS`.
        keymap: the user's keys.
        with_list: whether a row list has the keys too.
    """
    taken: set[str] = set()
    groups: list[tuple[tuple[str, ...], str]] = []
    for action in _live(context, with_list=with_list):
        key = keys_of(action, keymap)[0]
        if not action.footer or key in taken:
            continue
        taken.add(key)
        if groups and groups[-1][1] == action.footer:
            groups[-1] = ((*groups[-1][0], key), action.footer)
        else:
            groups.append(((key,), action.footer))
    return groups


def help_groups(
    context: str, keymap: Mapping[str, str] | None = None
) -> dict[str, list[tuple[str, str, str]]]:
    """Heading to rows of (keys, title, sentence), for the help of one screen."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    live = _live(context, with_list=context not in POPUPS)
    for action in sorted(live, key=lambda action: _GROUPS.index(action.group)):
        keys = " ".join(key_name(key) for key in keys_of(action, keymap))
        groups.setdefault(action.group, []).append((keys, action.title, action.help))
    return groups


def key_table() -> str:
    """The table of all keys in Markdown, for the README."""
    rows = ["| where | key | what it does | name |", "|---|---|---|---|"]
    for action in ACTIONS:
        keys = " ".join(f"`{key_name(key)}`" for key in keys_of(action))
        where = ", ".join(action.contexts)
        rows.append(f"| {where} | {keys} | {action.help} | `{action.id}` |")
    return "\n".join(rows) + "\n"


def _live(context: str, *, with_list: bool) -> Iterator[Action]:
    """The actions of a context; the list's only where the screen has no other use for the key."""
    own = for_context(context)
    taken = {key for action in own for key in keys_of(action)}
    for action in ACTIONS:
        moves = with_list and LIST in action.contexts and not taken.issuperset(keys_of(action))
        if moves or action in own:
            yield action
