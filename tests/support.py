"""What many tests need: the screen as text, what a book holds, and hostile names."""

from __future__ import annotations

import asyncio
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from core.storage import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

    from core.storage.driver import Connection

Found = TypeVar("Found")
SMALL, LARGE = (80, 24), (160, 45)
"""Windows, in cells."""
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x45"])
FRAMES = Path(__file__).parent / "frames"

HOSTILE = (
    "[/]",
    "[red]x[/red]",
    "[@click=app.quit]x",
    "Bob [work] Zed",
    "[link=https://example.org]x",
    "A\x1b]0;PWNED\x1b\\B",
    "A\x1b]52;c;UFdORUQ=\x07B",
    "A\x1b[2J\x1b[31mB",
    "A\x9b31mB\x9d0;t\x9c",
    "A\u202egnp.exe\u2066B",
    "NUL\0 DEL\x7f BEL\x07 BS\x08 VT\x0b FF\x0c",
    "one\ntwo\r\nthree\u2028four\ttab",
    "lone \ud83d surrogate \udc00",
    "x" * 10_000,
    "e" + "\u0301" * 10_000,
    "家族 👨‍👩‍👧 عمر خالد देवनागरी",
    "\\[/] $name {name} %s",
    "",
)
"""Names that crash, restyle or command a careless terminal program."""


def read(book: Path, query: Callable[[Connection], Found]) -> Found:
    """What a query finds in a book."""
    with closing(connect.view(book)) as view:
        return query(view)


def frame(app: App[Any]) -> str:
    """The whole screen as it is painted, line by line, without the spaces at line ends."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(lines) + "\n"


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until all that was begun is done and painted; a question may stay open."""
    from textual.screen import ModalScreen

    app = pilot.app
    calm = 0
    for _ in range(6_000):
        await pilot.pause()
        asked = {"ask", "journal"} if isinstance(app.screen, ModalScreen) else set()
        at_rest = all(worker.is_finished or worker.group in asked for worker in app.workers)
        at_rest = at_rest and not getattr(app, "_busy", False)  # keys that wait for their turn
        calm = calm + 1 if at_rest else 0
        if calm == 2:  # what ended while the messages were waited for may have sent one more
            return
        if not at_rest:
            await asyncio.sleep(0.005)
    raise AssertionError(f"still at work: {list(app.workers)}")


def same_frame(app: App[Any], name: str) -> None:
    """Compare the screen with its golden frame, `tests/frames/<name>-<width>x<height>.txt`.

    ``VITALFEW_FRAMES=write`` writes it anew instead; look at what it wrote before it is committed.
    """
    path = FRAMES / f"{name}-{app.size.width}x{app.size.height}.txt"
    painted = frame(app)
    assert is_calm(painted)
    if os.environ.get("VITALFEW_FRAMES") == "write":
        path.write_text(painted, encoding="utf-8")
    assert painted == path.read_text(encoding="utf-8")


def is_calm(text: str) -> bool:
    """Whether a painted screen holds nothing that a terminal would act on."""
    import unicodedata

    return not any(
        unicodedata.category(char) in {"Cc", "Cs"} or char in "\u202a\u202b\u202c\u202d\u202e\u2066"
        for char in text
        if char != "\n"
    )
