"""What many tests need: the screen as text, and hostile names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

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


def frame(app: App[Any]) -> str:
    """The whole screen as it is painted, line by line, without the spaces at line ends."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(lines) + "\n"


def is_calm(text: str) -> bool:
    """Whether a painted screen holds nothing that a terminal would act on."""
    import unicodedata

    return not any(
        unicodedata.category(char) in {"Cc", "Cs"} or char in "\u202a\u202b\u202c\u202d\u202e\u2066"
        for char in text
        if char != "\n"
    )
