"""How much speaks for somebody, and the tier it suggests, with the reasons in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from core.rules import emails
from core.rules.tiers import VITAL
from core.text import fold, folds

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS: Final[dict[str, int]] = {
    "both_ways": 6,  # each time they answered, five at most; half of it after two years' silence
    "talk": 2,  # each talk, ten at most
    "recent": 20,  # talked within a quarter; half of it within a year
    "mutual": 8,  # five answers or more, one of them within a year
    "close": 30,  # a label such as family, friends or starred
    "family": 15,  # answered as family of an A; half of it of a B
    "money": 3,  # each digit of the amount beyond the first, five at most
    "reading": 10,  # worth reading
    "influence": 4,  # each digit of the followers beyond the third, four at most
    "list": 6,  # each further list that knows them
    "channel": 5,  # each further way to reach them, four at most
    "reach": 2,  # each further network they are on, four at most
    "near": 6,  # of the user's own city
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
_QUARTER, _YEAR, _TWO_YEARS = 92, 365, 730
_MOST_ANSWERS, _MOST_TALKS, _MOST_CHANNELS, _MOST_REASONS = 5, 10, 4, 3
_MOST_DIGITS, _SMALL_FOLLOWING, _MOST_FOLLOWING = 5, 3, 4
_THOUSAND: Final = 1_000
_MILLION: Final = 1_000_000


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
    last_in: str = ""
    money: int = 0
    reading: int = 0
    followers: int = 0
    family_tier: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Take the fields from a person row."""
        return cls(*(row[name] for name in cls._fields))


class Suggestion(NamedTuple):
    """The tier the evidence speaks for ("" where too little is known) and up to three reasons."""

    tier: str
    reasons: tuple[str, ...]


def score(known: Evidence, weights: Mapping[str, int], today: date, home: str = "") -> int:
    """The points of all evidence together: what orders the queue, strongest first.

    Args:
        known: of one person.
        weights: points by evidence, over `WEIGHTS`.
        today: for evidence that ages.
        home: the user's own city, or "".
    """
    return sum(points for points, _ in _found(known, {**WEIGHTS, **weights}, today, home))


def suggest(known: Evidence, weights: Mapping[str, int], today: date, home: str = "") -> Suggestion:
    """The tier that the evidence speaks for, with its strongest reasons; arguments as `score`."""
    if why := _never_met(known):
        return Suggestion("D", (why,))
    found = _found(known, {**WEIGHTS, **weights}, today, home)
    found.sort(key=lambda item: -item[0])
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


@lru_cache(maxsize=4_096)
def is_near(city: str, home: str) -> bool:
    """Whether two names are of one city, in whichever spelling; "" is of none."""
    return any(form in folds(home) for form in folds(city) if form)


def _never_met(known: Evidence) -> str:
    if known.talks or known.money > 0 or known.reading or known.family_tier in VITAL:
        return ""
    if known.email and emails.is_role(emails.normal(known.email)) and not known.phone:
        return "a mailbox, not a person"
    if known.name == known.org and known.name:
        return "a company, no name"
    if known.channels and not (known.phone or known.email or known.labels or known.birthday):
        return "never talked, no phone, no mail"
    return ""


def _found(
    known: Evidence, weights: Mapping[str, int], today: date, home: str
) -> list[tuple[int, str]]:
    found = _talked(known, weights, today)
    close = [label for label in known.labels.split("\n") if fold(label) in _CLOSE]
    if close:
        found.append((weights["close"], f"label {close[0]}"))
    found += _worth(known, weights)
    lists = known.sources.count(",")
    if lists:
        found.append((weights["list"] * lists, f"in {lists + 1} lists"))
    more = min(known.channels - 1, _MOST_CHANNELS)
    if more > 0:
        found.append((weights["channel"] * more, f"{known.channels} channels"))
    networks = known.channels - bool(known.email) - bool(known.phone)
    if networks > 1:
        more = min(networks - 1, _MOST_CHANNELS)
        found.append((weights["reach"] * more, f"on {networks} networks"))
    if home and known.city and is_near(known.city, home):
        found.append((weights["near"], "same city"))
    simple = {"phone": "phone", "birthday": "birthday known", "city": known.city, "org": known.org}
    points = {"city": "place", "org": "work"}
    for field, reason in simple.items():
        if getattr(known, field):
            found.append((weights[points.get(field, field)], reason))
    return found


def _worth(known: Evidence, weights: Mapping[str, int]) -> list[tuple[int, str]]:
    """What they are to the user, or to others, apart from any talk."""
    found: list[tuple[int, str]] = []
    if known.family_tier in VITAL:
        part = 1 if known.family_tier == "A" else 2
        found.append((weights["family"] // part, f"family of {known.family_tier}"))
    if known.money > 0:
        digits = min(len(str(known.money)) - 1, _MOST_DIGITS)
        found.append((weights["money"] * digits, f"worth {known.money:,}"))
    if known.reading:
        found.append((weights["reading"], "worth reading"))
    if known.followers >= _THOUSAND:
        digits = min(len(str(known.followers)) - _SMALL_FOLLOWING, _MOST_FOLLOWING)
        found.append((weights["influence"] * digits, f"{_short(known.followers)} followers"))
    return found


def _short(number: int) -> str:
    """A number of thousands or millions: 12k, 1.2M."""
    if number < _MILLION:
        return f"{number // _THOUSAND}k"
    return f"{number * 10 // _MILLION / 10:g}M"


def _talked(known: Evidence, weights: Mapping[str, int], today: date) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    days = _days_since(known.talked, today)
    answered = min(known.talks_in, known.talks_out, _MOST_ANSWERS)
    if answered:
        points = weights["both_ways"] * answered
        found.append((points if days <= _TWO_YEARS else points // 2, "both ways"))
    if known.talks:
        few = min(known.talks, _MOST_TALKS)
        found.append((weights["talk"] * few, f"{known.talks} talk{'s' * (known.talks > 1)}"))
    if days <= _QUARTER:
        found.append((weights["recent"], "recent"))
    elif days <= _YEAR:
        found.append((weights["recent"] // 2, "within a year"))
    if answered == _MOST_ANSWERS and _days_since(known.last_in, today) <= _YEAR:
        found.append((weights["mutual"], "they write back"))
    return found


def _days_since(day: str, today: date) -> float:
    return (today - date.fromisoformat(day)).days if day else inf
