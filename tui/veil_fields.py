"""What covers each field of what is read of the book: the tables of the veil.

A field is shown as it is only if `_FIELDS` says so; a text in a field that is new is veiled. What
is decided by is left alone (ids, tiers, days, counts, channels), and so is the folded search text,
which is matched and never painted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from core.rules.choices import DECISIONS, WORK
from core.rules.focus import NETWORKS
from core.text import fold
from importers import registry

if TYPE_CHECKING:
    from tui.veil import Veil

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
_MONTH: Final = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_NEAR: Final = rf"(Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d+ {_MONTH})"
_WHEN: Final = rf"(yesterday|on {_NEAR})"
_PROMISED: Final = re.compile(
    rf"(you|they) promised: (.+) (\(due (today|tomorrow|yesterday|{_NEAR}|{_MONTH} \d+)\))",
    re.DOTALL,
)
_REASON: Final = re.compile(
    r"both ways|recent|within a year|phone|birthday known|no talks yet|the wait is over|not today"
    r"|a mailbox, not a person|a company, no name|never talked, no phone, no mail|gone|mailboxes"
    r"|companies|starred or family|as suggested|put away again|\d+ channels|in \d+ lists"
    r"|they write back|worth reading|same city|on \d+ networks|family of [AB]"
    r"|[\d,]+ talks?|birthday today|(no talk yet|due today|[\d,]+ days? late) \(every \d+\)"
    r"|you wrote \d+ times, no answer|no talk for \d+ (months|years)"
    r"|talks (only )?every ([\d,]+ days|day)|gone quiet: you talk every ([\d,]+ days|day)"
    rf"|wrote {_WHEN}, no answer yet|put away (in )?(\d+ )?{_MONTH}( \d+)?, wrote {_WHEN}"
    r"|\d+ (mail|call|message)s? unanswered: try (a call|a mail|LinkedIn|WhatsApp|XING|SMS)",
    re.ASCII,
)
_LINE: Final = re.compile(r"\b(\w+ [\d,]+)\Z", re.ASCII)
_QUOTED: Final = re.compile(r"'.*'", re.DOTALL)
_NETWORKS: Final = frozenset(
    {*NETWORKS, *registry.NAMES, registry.ANY_TABLE}
    | {"mail", "phone", "message", "call", "meeting", "visit", "post", "chat", "note", "other"}
    | {"github", "gitlab", "telegram", "youtube", "bluesky", "threads", "whatsapp", "signal"}
    | {"skype", "icq", "aim", "msn", "gtalk", "jabber", "matrix", "wechat", "sms", "irc", "tiktok"}
)
_WAYS: Final = frozenset(
    "home work mobile cell main other fax internet private personal business preferred".split()  # noqa: SIM905 — reads best
)


def bare(veil: Veil, text: str, _row: Row) -> str:
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
    if promise := _PROMISED.fullmatch(text):
        return f"{promise[1]} promised: {veil.names.text(promise[2])} {promise[3]}"
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


def _address(veil: Veil, text: str, row: Row) -> str:
    """What somebody is known by in talks: an address, a number, a handle or a name."""
    if row.model.kind == kinds.HANDLE:
        service, _, handle = text.partition(":")
        return f"{_network(veil, service, row)}:{veil.names.slug(handle)}"
    return _VALUES.get(row.model.kind, _text)(veil, text, row)


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
    leave field put_off sitting owed_by PromiseLine.kept StepLine.name Batch.key Batch.title
    Batch.why RunReport.key
    RunReport.title Found.title Note.title Step.title Guessed.role Trial.region
    SourceLine.kind Move.to Home.region""".split()  # noqa: SIM905 — reads best
)
_DAYS: Final = (
    *("talked", "due", "wait", "news_day", "day", "at", "since", "until", "made"),
    *("last_run", "older", "modified", "last_in", "hours"),
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
    "zone": _nothing,
    "other": _reason,
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
    "StandingLine.value": bare,
    "Choices.tier_field": _text,
    **dict.fromkeys(("Ghost.value", "Party.value"), _address),
    "Ghost.perhaps": _name,
    **dict.fromkeys(("Ghost.way", "Choices.keep", "RunReport.kept_before")),
    "channels": _network,
    "last": _day,
}
"""A field, or one of one model, to what covers it; None leaves it as it is."""


@cache
def covers(model: str, names: tuple[str, ...]) -> tuple[tuple[int, Cover], ...]:
    """The places of a model that are covered, each with what covers it."""
    found: list[tuple[int, Cover]] = []
    for place, name in enumerate(names):
        own = f"{model}.{name}"
        cover = _FIELDS[own] if own in _FIELDS else _FIELDS.get(name, _text)
        if cover is not None:
            found.append((place, cover))
    return tuple(found)
