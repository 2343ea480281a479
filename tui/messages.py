"""What widgets, screens and backend tell each other beyond their own messages."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class BookChanged(Message):
    """Something was written, here or by another program; who shows the book reads it again."""


@dataclass
class Compared(Message):
    """Entries are compared in the background: `done` is the part, 0 to 1, or None at the end."""

    done: float | None
