"""The veil: what is read of the book, with stand-ins for everything that is somebody's own.

It covers read models as they come out of `tui.backend`, whatever screen they are for; what covers
which field stands in `tui.veil_fields`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import CancelledError, DecisionNeededError, VitalfewError
from tui.stand_ins import StandIns
from tui.veil_fields import Row, bare, covers

if TYPE_CHECKING:
    from tui.veil_fields import Cover

Model = TypeVar("Model")

_TIER: Final = re.compile(r" → ([ABCD]|unsorted)( \(|\Z)")
_CONCERNS: Final = re.compile(r"concerns ([\d,]+ (?:person|people))\. Take it back\?\Z")
_HARMLESS: Final = frozenset({"nothing to take back", "nothing to do again"})
_DONE: Final = {
    "SetTier": "filed",
    "SetTiers": "filed",
    "SetWait": "set a wait for",
    "StayInTier": "kept the tier of",
    "LogTalks": "logged a talk with",
    "AddPerson": "added",
    "AddGhost": "added",
    "KnowGhost": "said whose an address is, of",
    "EditPerson": "edited",
    "SetOptOut": "set the opt-outs of",
    "AddPromise": "noted a promise of",
    "SettlePromise": "settled a promise of",
    "MovePromise": "moved a promise of",
    "Merge": "merged",
    "MergeAll": "merged",
    "Unmerge": "took entries apart of",
    "AnswerPeople": "said who is who of",
    "SettleQuestion": "settled a question about",
}
"""Command to its verb; of others nothing is said but that it was a step."""


class Veil:
    """Covers models; the stand-ins are the same as long as it lives."""

    def __init__(self) -> None:
        self.names: StandIns = StandIns()

    def shown(self, model: Model) -> Model:
        """The same model with stand-ins.

        Raises:
            TypeError: something is in it that cannot be covered.
        """
        covered: Model = self._any(model, bare, Row())
        return covered

    def step(self, name: str, label: str, people: int, who: str = "") -> str:
        """What a step of the journal is called: its verb, and whom it concerns.

        Args:
            name: of its command.
            label: as it is kept; only a tier is taken from it.
            people: how many it concerns.
            who: the stand-in of the one whom it concerns, if that is known.
        """
        if name not in _DONE:
            return f"imported a list of {people:,}" if name.startswith("Store") else "a step"
        tier = _TIER.search(label) if name == "SetTier" else None
        told = who or ("1 person" if people == 1 else f"{people:,} people")
        return f"{_DONE[name]} {told}" + (f" → {tier[1]}" if tier else "")

    def error(self, error: VitalfewError) -> VitalfewError:
        """The same refusal in words that name nobody."""
        sentence = error.sentence
        if isinstance(error, CancelledError) or sentence in _HARMLESS:
            return error
        if isinstance(error, DecisionNeededError):
            if concerns := _CONCERNS.search(sentence):
                sentence = f"This step concerns {concerns[1]}. Take it back?"
            elif sentence.endswith("Take them back together?"):
                sentence = "Later steps were built upon this one. Take them back together?"
            else:
                sentence = "This step asks first. Take it back?"
        else:
            sentence = "this was refused; why is told once the veil is lifted"
        return type(error)(sentence)

    def _any(self, given: Any, cover: Cover, row: Row) -> Any:  # noqa: ANN401, PLR0911 — any model
        if isinstance(given, str):
            return cover(self, given, row) if given else given
        if given is None or isinstance(given, (int, float, date, timedelta, bytes, Enum)):
            return given
        if isinstance(given, tuple) and hasattr(given, "_fields"):
            return self._model(given, given._fields, row)
        if is_dataclass(given) and not isinstance(given, type):
            return self._dataclass(given, row)
        if isinstance(given, Mapping):
            return {
                self._any(key, bare, row): self._any(value, cover, row)
                for key, value in given.items()
            }
        if isinstance(given, (list, tuple, AbstractSet)):
            return type(given)(self._any(one, cover, row) for one in given)  # type: ignore[call-arg]
        if isinstance(given, Path):
            return self.names.file(given)
        raise TypeError(f"the veil does not know how to cover {type(given).__name__}")

    def _model(self, given: Any, names: tuple[str, ...], row: Row) -> Any:  # noqa: ANN401 — any model
        values = list(given)
        inner = Row(given, self._whose(given) or row.whose, row.model)
        for place, cover in covers(type(given).__name__, names):
            value = values[place]
            if value.__class__ is str:
                if value:
                    values[place] = cover(self, value, inner)
            elif value.__class__ is not int:
                values[place] = self._any(value, cover, inner)
        return given._make(values)

    def _dataclass(self, given: Any, row: Row) -> Any:  # noqa: ANN401 — any model
        names = tuple(one.name for one in fields(given))
        inner, made = Row(given, row.whose), copy(given)
        for place, cover in covers(type(given).__name__, names):
            name = names[place]
            # A frozen one too: nobody has seen the copy yet.
            object.__setattr__(made, name, self._any(getattr(given, name), cover, inner))
        return made

    def _whose(self, given: Any) -> str:  # noqa: ANN401 — any model
        return self.names.person(given.name) if hasattr(given, "org") else ""
