from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.color import Color

from tui import theme

if TYPE_CHECKING:
    from textual.theme import Theme


@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT], ids=lambda t: t.name)
def test_every_word_can_be_read_on_its_ground(colours: Theme) -> None:
    words = ["quiet", "tier-a", "tier-b", "tier-c", "tier-d"]
    inks = [colours.variables[word] for word in words]
    inks += [str(getattr(colours, name)) for name in ("primary", "accent", "error", "warning")]
    grounds = [str(colours.background), str(colours.surface), colours.variables["cursor-row"]]
    for ground in grounds:
        for ink in inks:
            assert _contrast(ink, ground) >= 4.5, (ink, ground)
        assert _contrast(str(colours.foreground), ground) >= 7


async def test_an_unknown_choice_is_the_dark_theme() -> None:
    app: App[None] = App()
    theme.install(app, "no such theme")
    assert app.theme == "vitalfew-dark"
    theme.install(app, "vitalfew-light")
    assert app.theme == "vitalfew-light"


async def test_a_theme_of_textual_has_the_colours_of_tiers_too() -> None:
    ours = {name for name in theme.DARK.variables if name.startswith(("tier-", "quiet", "cursor-"))}
    for name in App().available_themes:
        app: App[None] = App()
        theme.install(app, name)
        assert app.theme == name
        assert ours <= app.get_css_variables().keys(), name


def _contrast(ink: str, ground: str) -> float:
    lights = sorted(_luminance(Color.parse(colour)) for colour in (ink, ground))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: Color) -> float:
    parts = [channel / 255 for channel in colour.rgb]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
