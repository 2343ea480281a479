"""What may be told to a person: each error carries one sentence and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class VitalfewError(Exception):
    """A refusal in one sentence that names what to do next.

    Args:
        sentence: shown to the user through ``visible()``; holds no row values of other people.
        lines: more to choose from, one line each, where there is room for it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, lines: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.lines = tuple(lines)


class UsageError(VitalfewError):
    """The words of a command line or a box cannot be understood."""

    exit_code = 2


class NotFoundError(VitalfewError):
    """Nobody, or nothing, answers to what was asked for."""


class DecisionNeededError(VitalfewError):
    """Only the user can decide: several candidates, or a large change without ``--yes``."""

    exit_code = 3


class CancelledError(VitalfewError):
    """The user stopped long work; the book is as it was before."""

    exit_code = 130


class BookError(VitalfewError):
    """The file that holds the book cannot be used: wrong kind, too new, not ours to write."""
