"""What a commit tells the world."""

from __future__ import annotations

from typing import NamedTuple


class Changed(NamedTuple):
    """Something in the book changed.

    Attributes:
        command_id: the journal's number.
        label: what was done, in words.
        people: how many persons it concerns.
    """

    command_id: int
    label: str
    people: int
