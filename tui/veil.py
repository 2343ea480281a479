"""The veil: what is read of the book, with stand-ins for everything that is somebody's own.

It covers read models as they come out of `tui.backend`, whatever screen they are for. A field is
shown as it is only if `_FIELDS` says so; a text in a field that is new is veiled. What is decided
by is left alone (ids, tiers, days, counts, channels), and so is the folded search text, which is
matched and never painted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from core.errors import CancelledError, DecisionNeededError, VitalfewError
from core.rules import kinds
from core.rules.choices import DECISIONS, WORK
from core.rules.focus import NETWORKS
from core.text import fold
from importers import registry
from tui.stand_ins import StandIns

Model = TypeVar("Model")
Cover = Callable[["Veil", str, "Row"], str]


class Row(NamedTuple):
    """The model that a text stands in: its own fields, and the stand-in of whom it is about.

    `outer` is the model that this one is part of.
    """

    model: Any = None
    whose: str = ""
    outer: Any = None


_ISO: Final = re.compile(r"[\d:.+TZ-]*", re.ASCII)
_SHORT: Final = re.compile(r"[A-Z]{0,2}", re.ASCII)
_REASON: Final = re.compile(
    r"both ways|recent|within a year|phone|birthday known|no talks yet|the wait is over|not today"
    r"|a mailbox, not a person|a company, no name|never talked, no phone, no mail|gone|mailboxes"
    r"|companies|starred or family|as suggested|put away again|\d+ channels|in \d+ lists"
    r"|[\d,]+ talks?|birthday today|(no talk yet|due today|[\d,]+ days? late) \(every \d+\)",
    re.ASCII,
)
_LINE: Final = re.compile(r"\b(\w+ [\d,]+)\Z", re.ASCII)
_QUOTED: Final = re.compile(r"'.*'", re.DOTALL)
_TIER: Final = re.compile(r" → ([ABCD]|unsorted)( \(|\Z)")
_CONCERNS: Final = re.compile(r"concerns ([\d,]+ (?:person|people))\. Take it back\?\Z")
_NETWORKS: Final = frozenset(
    {*NETWORKS, *registry.NAMES, registry.ANY_TABLE}
    | {"mail", "phone", "message", "call", "meeting", "visit", "post", "chat", "note", "other"}
    | {"github", "gitlab", "telegram", "youtube", "bluesky", "threads", "whatsapp", "signal"}
    | {"skype", "icq", "aim", "msn", "gtalk", "jabber", "matrix", "wechat", "sms", "irc", "tiktok"}
)
_WAYS: Final = frozenset(
    "home work mobile cell main other fax internet private personal business preferred".split()  # noqa: SIM905 — reads best
)
_DONE: Final = {
    "SetTier": "filed",
    "SetTiers": "filed",
    "SetWait": "set a wait for",
    "LogTalks": "logged a talk with",
    "AddPerson": "added",
    "EditPerson": "edited",
    "SetOptOut": "set the opt-outs of",
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
        self.names = StandIns()

    def shown(self, model: Model) -> Model:
        """The same model with stand-ins.

        Raises:
            TypeError: something is in it that cannot be covered.
        """
        covered: Model = self._any(model, _bare, Row())
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
                self._any(key, _bare, row): self._any(value, cover, row)
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
        for place, cover in _covers(type(given).__name__, names):
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
        for place, cover in _covers(type(given).__name__, names):
            name = names[place]
            # A frozen one too: nobody has seen the copy yet.
            object.__setattr__(made, name, self._any(getattr(given, name), cover, inner))
        return made

    def _whose(self, given: Any) -> str:  # noqa: ANN401 — any model
        return self.names.person(given.name) if hasattr(given, "org") else ""


def _bare(veil: Veil, text: str, _row: Row) -> str:
    """A text without a field: a letter or a country's code stays."""
    return text if _SHORT.fullmatch(text) else veil.names.text(text)


def _text(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.text(text)


def _name(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.person(text)


def _firm(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.firm(text)


def _job(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.job(text)


def _place(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.place(text)


def _mail(veil: Veil, text: str, row: Row) -> str:
    return veil.names.mail(text, row.whose)


def _phone(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.phone(text)


def _groups(veil: Veil, text: str, _row: Row) -> str:
    return "\n".join(map(veil.names.group, text.split("\n")))


def _day(veil: Veil, text: str, _row: Row) -> str:
    """A day or a moment stays; what a list wrote instead of one does not."""
    return text if _ISO.fullmatch(text) else veil.names.text(text)


def _other_day(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.date(text)


def _network(_veil: Veil, text: str, _row: Row) -> str:
    """Networks and sources with commas between; one that is not known is none."""
    return ",".join(name if name in _NETWORKS else "other" for name in text.split(","))


def _news(veil: Veil, text: str, _row: Row) -> str:
    return " → ".join(map(veil.names.firm, text.split(" → ")))


def _reason(veil: Veil, text: str, row: Row) -> str:
    """A reason in our words stays, without an age; of others the data in it is covered."""
    if _REASON.fullmatch(text):
        return text
    if text.startswith("birthday today ("):
        return "birthday today"
    if text.startswith("new job: "):
        return f"new job: {_news(veil, text.removeprefix('new job: '), row)}"
    if text.startswith("label "):
        return f"label {veil.names.group(text.removeprefix('label '))}"
    return veil.names.dealt(text) or veil.names.text(text)


def _alike(veil: Veil, text: str, _row: Row) -> str:
    """Why two entries may be one: what they hold stands between quotes."""
    return _QUOTED.sub(lambda found: f"'{veil.names.person(found[0])}'", text)


def _offered(veil: Veil, text: str, row: Row) -> str:
    """A value to choose from, by its field; of work the job and the employer."""
    of = row.model if hasattr(row.model, "field") else row.outer
    field = getattr(of, "field", "") or getattr(row.model, "kind", "")
    if field in DECISIONS:
        return text
    if field == WORK:
        job, comma, firm = text.rpartition(", ")
        return (
            f"{veil.names.job(job)}{comma}{veil.names.firm(firm)}"
            if job
            else _firm(veil, firm, row)
        )
    if field in {kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED}:
        return veil.names.date(text)
    return _VALUES.get(field, _text)(veil, text, row)


def _searched(_veil: Veil, text: str, row: Row) -> str:
    """What a search looks at is never painted; the name that is shown is found, too."""
    return f"{text} {fold(row.whose)}"


def _entry(veil: Veil, text: str, row: Row) -> str:
    kind, _, account = text.partition(" ")
    return f"{_network(veil, kind, row)} {veil.names.mail(account)}".strip()


def _account(veil: Veil, text: str, row: Row) -> str:
    return text if text == getattr(row.model, "kind", "") else veil.names.mail(text)


def _label(veil: Veil, text: str, _row: Row) -> str:
    return text if text.lower() in _WAYS else veil.names.group(text)


def _step(veil: Veil, text: str, row: Row) -> str:
    return veil.step(row.model.name, text, row.model.people)


def _file(veil: Veil, text: str, _row: Row) -> str:
    return str(veil.names.file(text))


def _where(veil: Veil, text: str, _row: Row) -> str:
    line = _LINE.search(text)
    return " ".join(filter(None, (str(veil.names.file(text)), line and line[1])))


def _mark(veil: Veil, text: str, _row: Row) -> str:
    return veil.names.mark(text)


def _nothing(_veil: Veil, _text: str, _row: Row) -> str:
    return ""


def _value(veil: Veil, text: str, row: Row) -> str:
    """A value of a fact, by its kind."""
    model = row.model
    if model.kind in {kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED}:
        return veil.names.date(model.norm or text)
    if model.kind == kinds.HANDLE:
        return veil.names.slug(model.norm or text)
    return _VALUES.get(model.kind, _text)(veil, text, row)


def _norm(veil: Veil, text: str, row: Row) -> str:
    kind = row.model.kind
    if kind in {kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED}:
        return veil.names.date(text)
    if kind == kinds.HANDLE:
        return f"{_network(veil, text.partition(':')[0], row)}:{veil.names.slug(text)}"
    return veil.names.mark(text)


_VALUES: Final[Mapping[str, Cover]] = {
    kinds.NAME: _name,
    kinds.NICKNAME: _name,
    kinds.MAIDEN: _name,
    kinds.PHONETIC: _name,
    kinds.RELATION: _name,
    kinds.ORG: _firm,
    kinds.TITLE: _job,
    kinds.ROLE: _job,
    kinds.DEPARTMENT: _job,
    kinds.EMAIL: _mail,
    kinds.PHONE: _phone,
    kinds.URL: lambda veil, text, _row: veil.names.page(text),
    kinds.LABEL: lambda veil, text, _row: veil.names.group(text),
}
_AS_IS: Final[Mapping[str, Cover | None]] = dict.fromkeys(
    """tier a_tier b_tier tier_origin origin direction kind lane beside verdict rule never prefers
    leave field put_off sitting StepLine.name Batch.key Batch.title Batch.why RunReport.key
    RunReport.title Found.title Note.title Step.title Guessed.role Trial.region
    SourceLine.kind""".split()  # noqa: SIM905 — reads best
)
_DAYS: Final = (
    *("talked", "due", "wait", "news_day", "day", "at", "since", "until", "made"),
    *("last_run", "older", "modified"),
)
_FIELDS: Final[Mapping[str, Cover | None]] = {
    **_AS_IS,
    **dict.fromkeys(_DAYS, _day),
    "birthday": _other_day,
    "connected": _other_day,
    **dict.fromkeys(("channel", "source", "sources", "a_sources", "b_sources"), _network),
    **dict.fromkeys(("name", "a_name", "b_name", "people", "who"), _name),
    "org": _firm,
    "title": _job,
    "city": _place,
    "email": _mail,
    "phone": _phone,
    "labels": _groups,
    "search": _searched,
    "news": _news,
    "why": _reason,
    "wait_why": _reason,
    "reasons": _reason,
    "label": _label,
    "value": _value,
    "norm": _norm,
    "detail": _nothing,
    "account": lambda veil, text, _row: veil.names.mail(text),
    "files": _file,
    "where": _where,
    "StepLine.label": _step,
    **dict.fromkeys(
        ("EntryLine.source", "MergeEntry.source", "Option.source", "Question.source"), _entry
    ),
    "Option.value": _offered,
    "Equal.value": _offered,
    **dict.fromkeys(("base", "mine", "theirs"), _offered),
    **dict.fromkeys(("Item.why", "Group.why", "PairLine.why", "against"), _alike),
    "RunReport.source": _account,
    "StandingLine.value": _bare,
    "Choices.tier_field": _text,
}
"""A field, or one of one model, to what covers it; None leaves it as it is."""
_HARMLESS: Final = frozenset({"nothing to take back", "nothing to do again"})


@cache
def _covers(model: str, names: tuple[str, ...]) -> tuple[tuple[int, Cover], ...]:
    """The places of a model that are covered, each with what covers it."""
    found: list[tuple[int, Cover]] = []
    for place, name in enumerate(names):
        own = f"{model}.{name}"
        cover = _FIELDS[own] if own in _FIELDS else _FIELDS.get(name, _text)
        if cover is not None:
            found.append((place, cover))
    return tuple(found)
