"""The screens, each loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen


def lazily(module: str, name: str) -> Callable[[], Screen[Any]]:
    """A maker of a screen that imports its module only when it is called."""

    def make() -> Screen[Any]:
        made = getattr(import_module(f"tui.screens.{module}"), name)
        return cast("Screen[Any]", made())

    return make
