"""A box of one line that takes letters, and shows pasted escapes instead of passing them on."""

from __future__ import annotations

from textual.widgets import Input

from tui import safe


class LineBox(Input):
    """Textual's input without a border, whose value can hold nothing a terminal acts on.

    Args:
        hint: what stands in the empty box; literal words of ours.
        ident: the widget's id.
    """

    DEFAULT_CSS = """
    LineBox, LineBox:focus {
        border: none; height: 1; padding: 0; background: transparent; width: 1fr;
    }
    """
    LONGEST = 1000

    def __init__(self, hint: str = "", ident: str | None = None) -> None:
        super().__init__(
            placeholder=safe.cut(hint, 200),
            id=ident,
            max_length=self.LONGEST,
            select_on_focus=False,
        )

    def validate_value(self, value: str) -> str:
        """Keep the value on one line and in sight."""
        return safe.cut(value, self.LONGEST)
