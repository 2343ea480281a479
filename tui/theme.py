"""The two colour themes: restrained, high contrast; a tier has a colour and always its letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

OURS: Final = "vitalfew-"
"""What the names of both begin with."""

DARK: Final = Theme(
    name=f"{OURS}dark",
    dark=True,
    background="#12151a",
    surface="#181c23",
    panel="#232934",
    foreground="#d9dee6",
    primary="#8ab6dc",
    secondary="#5f7f9c",
    accent="#e8b866",
    success="#93c79c",
    warning="#e8a860",
    error="#ee8077",
    variables={
        "tier-a": "#f0c266",
        "tier-b": "#8fcda4",
        "tier-c": "#8ab6dc",
        "tier-d": "#98a1ae",
        "quiet": "#98a1ae",
        "cursor-row": "#2b3646",
        "cursor-row-blurred": "#1f2630",
        "border": "#3a4454",
        "border-blurred": "#2a313c",
        "scrollbar": "#2a313c",
        "scrollbar-background": "#12151a",
    },
)

LIGHT: Final = Theme(
    name=f"{OURS}light",
    dark=False,
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e7e4da",
    foreground="#23282f",
    primary="#1f5c8c",
    secondary="#56718a",
    accent="#8a5600",
    success="#1f6b3d",
    warning="#8a4b00",
    error="#a3261d",
    variables={
        "tier-a": "#875500",
        "tier-b": "#1f6b3d",
        "tier-c": "#1f5c8c",
        "tier-d": "#5c6470",
        "quiet": "#5c6470",
        "cursor-row": "#d5e2ee",
        "cursor-row-blurred": "#e9e9e4",
        "border": "#a9a697",
        "border-blurred": "#cfccc0",
        "scrollbar": "#cfccc0",
        "scrollbar-background": "#fbfaf6",
    },
)

QUIET: Final = "$quiet"
"""The style of words that may be overlooked."""

LOUD: Final = "bold $accent"
"""The style of the one thing that must not be overlooked."""

HIT: Final = "bold underline $accent"
"""The style of letters that answer to a search."""

TIER: Final[dict[str, str]] = {
    "A": "bold $tier-a",
    "B": "bold $tier-b",
    "C": "$tier-c",
    "D": "$tier-d",
    "": "$quiet",
}
"""Tier letter, or "" for nobody's, to style."""


_OURS: Final = ("tier-a", "tier-b", "tier-c", "tier-d", "quiet", "cursor-row", "cursor-row-blurred")
"""What the screens need and no theme of Textual's has."""


def install(app: App[Any], choice: str = "") -> None:
    """Make both themes known and put one on.

    Args:
        app: the application, before it runs.
        choice: a name of ours or of Textual's; an unknown one or "" means the dark one.
    """
    for theme in (DARK, LIGHT):
        app.register_theme(theme)
    chosen = app.available_themes.get(choice, DARK)
    if chosen not in (DARK, LIGHT):
        like = DARK if chosen.dark else LIGHT
        ours = {name: like.variables[name] for name in _OURS}
        app.register_theme(replace(chosen, variables={**ours, **chosen.variables}))
    app.theme = chosen.name
