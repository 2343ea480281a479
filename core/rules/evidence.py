"""How much speaks for somebody, and the tier it suggests, with the reasons in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from core.rules import emails
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Final[dict[str, int]] = {
    "both_ways": 6,  # each time they answered, five at most
    "talk": 2,  # each talk, ten at most
    "recent": 20,  # talked within a quarter; half of it within a year
    "close": 30,  # a label such as family, friends or starred
    "list": 6,  # each further list that knows them
    "channel": 5,  # each further way to reach them, four at most
    "phone": 6,
    "birthday": 6,
    "place": 3,
    "work": 3,
}
"""Points by evidence; settings.toml may change each."""

A_FROM: Final = 60
B_FROM: Final = 34
C_FROM: Final = 3

_CLOSE: Final = frozenset(
    {"family", "familie", "famille", "familia", "friends", "friend", "freunde", "amis", "amigos"}
    | {"starred", "favorites", "favourites", "vip", "close", "inner circle"}
)
_QUARTER, _YEAR = 92, 365
_MOST_ANSWERS, _MOST_TALKS, _MOST_CHANNELS, _MOST_REASONS = 5, 10, 4, 3


class Evidence(NamedTuple):
    """What is known of somebody, as counts and days; ISO days or ""."""

    name: str = ""
    org: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    birthday: str = ""
    labels: str = ""
    sources: str = ""
    channels: int = 0
    talks: int = 0
    talks_in: int = 0
    talks_out: int = 0
    talked: str = ""
    gone: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Take the fields from a person row."""
        return cls(*(row[name] for name in cls._fields))


class Suggestion(NamedTuple):
    """The tier the evidence speaks for ("" where too little is known) and up to three reasons."""

    tier: str
    reasons: tuple[str, ...]


def score(known: Evidence, weights: Mapping[str, int], today: date) -> int:
    """The points of all evidence together: what orders the queue, strongest first."""
    return sum(points for points, _ in _found(known, {**WEIGHTS, **weights}, today))


def suggest(known: Evidence, weights: Mapping[str, int], today: date) -> Suggestion:
    """The tier that the evidence speaks for, with its strongest reasons."""
    if why := _never_met(known):
        return Suggestion("D", (why,))
    found = sorted(_found(known, {**WEIGHTS, **weights}, today), key=lambda item: -item[0])
    total = sum(points for points, _ in found)
    reasons = tuple(reason for _, reason in found[:_MOST_REASONS])
    if not known.channels and not known.talks:
        return Suggestion("", reasons)
    if total >= A_FROM:
        return Suggestion("A", reasons)
    if total >= B_FROM:
        return Suggestion("B", reasons)
    if total >= C_FROM:
        return Suggestion(
            "C", (*reasons, "no talks yet")[:_MOST_REASONS] if not known.talks else reasons
        )
    return Suggestion("", reasons)


def _never_met(known: Evidence) -> str:
    if known.talks:
        return ""
    if known.email and emails.is_role(emails.normal(known.email)) and not known.phone:
        return "a mailbox, not a person"
    if known.name == known.org and known.name:
        return "a company, no name"
    if known.channels and not (known.phone or known.email or known.labels or known.birthday):
        return "never talked, no phone, no mail"
    return ""


def _found(known: Evidence, weights: Mapping[str, int], today: date) -> list[tuple[int, str]]:
    found = _talked(known, weights, today)
    close = [label for label in known.labels.split("\n") if fold(label) in _CLOSE]
    if close:
        found.append((weights["close"], f"label {close[0]}"))
    lists = known.sources.count(",")
    if lists:
        found.append((weights["list"] * lists, f"in {lists + 1} lists"))
    more = min(known.channels - 1, _MOST_CHANNELS)
    if more > 0:
        found.append((weights["channel"] * more, f"{known.channels} channels"))
    simple = {"phone": "phone", "birthday": "birthday known", "city": known.city, "org": known.org}
    points = {"city": "place", "org": "work"}
    for field, reason in simple.items():
        if getattr(known, field):
            found.append((weights[points.get(field, field)], reason))
    return found


def _talked(known: Evidence, weights: Mapping[str, int], today: date) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    answered = min(known.talks_in, known.talks_out, _MOST_ANSWERS)
    if answered:
        found.append((weights["both_ways"] * answered, "both ways"))
    if known.talks:
        few = min(known.talks, _MOST_TALKS)
        found.append((weights["talk"] * few, f"{known.talks} talk{'s' * (known.talks > 1)}"))
    if known.talked:
        days = (today - date.fromisoformat(known.talked)).days
        if days <= _QUARTER:
            found.append((weights["recent"], "recent"))
        elif days <= _YEAR:
            found.append((weights["recent"] // 2, "within a year"))
    return found
