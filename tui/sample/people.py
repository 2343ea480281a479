"""The cast: whom the owner knows, from which list, and how close."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.sample import close, oddities
from tui.sample.names import CLIENTS, FIRMS, FOREIGN, FORMER, RECRUITERS, TITLES, Names, Numbers
from tui.sample.somebody import Somebody, Work, address, domain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from tui.sample.somebody import List


class Owner(NamedTuple):
    """Whose book it is."""

    given: str
    family: str
    email: str
    headline: str
    city: str
    region: str


OWNER: Final = Owner(
    "Nora",
    "Feldmann",
    "nora@feldmann.example",
    "I make ports and freight firms talk to their own software",
    "Hamburg",
    "DE",
)


class Circle(NamedTuple):
    """Acquaintances of one kind in one list.

    Attributes:
        people: how many there are.
        talking: share of them the owner has talked with.
        every: usual days between two talks of those.
        most: talks they had at most; usually fewer.
        label: what Google's list calls them, or "".
        reach: shares of them with a mail address, a phone number, a birthday.
        orgs: their employers; empty for private people.
        tier: how many of them the owner has filed, by letter.
    """

    source: List
    circle: str
    people: int
    talking: float
    every: int
    most: int
    label: str = ""
    reach: tuple[float, float, float] = (0, 0, 0)
    orgs: tuple[str, ...] = ()
    tier: tuple[int, int] = (0, 0)


_CIRCLES: Final = (
    Circle("linkedin", "colleagues", 42, 0.3, 190, 3, "", (0.1, 0, 0), FORMER, (4, 2)),
    Circle("linkedin", "university", 14, 0.2, 240, 2, "", (0.1, 0, 0), FIRMS, (1, 0)),
    Circle("linkedin", "clients", 24, 0.4, 100, 5, "", (0.4, 0, 0), CLIENTS, (5, 0)),
    Circle("linkedin", "conference", 66, 0.15, 240, 2, "", (0.1, 0, 0), FIRMS, (2, 6)),
    Circle("google", "friends", 10, 0.9, 110, 7, "Friends", (0.9, 0.8, 0.7)),
    Circle("google", "school", 10, 0.4, 300, 3, "School", (0.8, 0.4, 0.3), (), (2, 0)),
    Circle("google", "clients", 14, 0.6, 80, 6, "Clients", (1, 0.6, 0), CLIENTS, (3, 0)),
    Circle("google", "club", 15, 0.5, 130, 4, "Club", (0.9, 0.5, 0.2), (), (2, 0)),
    Circle("google", "colleagues", 12, 0.4, 200, 3, "Colleagues", (1, 0.3, 0.1), FORMER),
    Circle("google", "", 16, 0, 0, 0, "", (1, 0.1, 0), FIRMS),
    Circle("iphone", "family", 5, 0.9, 120, 6, "Family", (0.4, 1, 0.8)),
    Circle("iphone", "friends", 8, 0.6, 140, 5, "", (0.5, 1, 0.4)),
    Circle("iphone", "neighbours", 8, 0.6, 120, 3, "", (0.1, 1, 0), (), (2, 0)),
    Circle("iphone", "trades", 5, 0.6, 250, 3, "", (0.2, 1, 0), (), (1, 0)),
    Circle("iphone", "", 14, 0, 0, 0, "", (0.2, 1, 0)),
    Circle("android", "school", 8, 0.15, 300, 1, "", (0.1, 1, 0)),
    Circle("android", "", 14, 0, 0, 0, "", (0.1, 1, 0)),
)
_PRIVATE: Final = "post.example"  # one of those large free mail services
_LEAST_AHEAD, _MOST_AHEAD = 8, 350  # of birthdays that are not written by hand: none this week
_LOST: Final = 4
_JUST_CONNECTED, _CONNECTED = 8, 70  # days; the second is before the older export


def cast(dice: Random, today: date) -> list[Somebody]:
    """Everybody, in the order of their lists.

    Args:
        dice: the same seed gives the same people.
        today: birthdays are counted from it.
    """
    numbers, names = Numbers(), Names(dice)
    people = list(
        chain(
            close.vital(today, numbers),
            close.near(today, numbers),
            close.kept(today, numbers),
            close.waiting(today, numbers),
            oddities.twice(today),
            _foreign(dice),
        )
    )
    for circle in _CIRCLES:
        people += _acquaintances(circle, dice, names, numbers, today)
    people += oddities.recruiters(names, RECRUITERS)
    people += oddities.desks()
    people += oddities.scraps(numbers)
    people += oddities.hostile()
    return _unfriended(people)


def _acquaintances(
    circle: Circle, dice: Random, names: Names, numbers: Numbers, today: date
) -> Iterator[Somebody]:
    filed = "C" * circle.tier[0] + "D" * circle.tier[1]
    private = not circle.orgs
    for place_in_row in range(circle.people):
        place = "german" if private and circle.circle != "friends" else names.any_place()
        given, family = names.next(place)
        latin = f"{given} {family}"
        work = Work("", "")
        if circle.orgs:
            work = Work(dice.choice(circle.orgs), dice.choice(TITLES))
        mail, phone, birthday = (dice.random() < share for share in circle.reach)
        private_address = f"{address(latin, '').partition('@')[0]}@{_PRIVATE}"
        number = numbers.mobile(place, home=circle.source == "android") if phone else ""
        talking = dice.random() < circle.talking
        tier = filed[place_in_row] if place_in_row < len(filed) else ""
        newest = _CONNECTED if talking or tier else _JUST_CONNECTED
        yield Somebody(
            circle.source,
            given,
            family,
            work=work,
            emails=((address(latin, work.org) if work.org else private_address),) if mail else (),
            phones=(number,) if number else (),
            city=names.city(place) if circle.source != "linkedin" and dice.random() < 1 / 2 else "",
            birthday=_birthday(dice, today) if birthday else "",
            labels=(circle.label,) if circle.label else (),
            connected=dice.randint(newest, 4300) if circle.source == "linkedin" else 0,
            circle=circle.circle if talking else "",
            every=dice.randint(circle.every // 2, circle.every * 3 // 2) if talking else 0,
            most=dice.randint(1, circle.most) if talking else 0,
            last=dice.randint(12, circle.every * 3 // 2) if talking else 0,
            tier=tier,
        )


def _birthday(dice: Random, today: date) -> str:
    day = today + timedelta(days=dice.randint(_LEAST_AHEAD, _MOST_AHEAD))
    if (day.month, day.day) == (2, 29):
        day += timedelta(days=1)
    if dice.random() < 1 / 3:
        return f"--{day.month:02}-{day.day:02}"
    return day.replace(year=today.year - dice.randint(31, 68)).isoformat()


def _foreign(dice: Random) -> Iterator[Somebody]:
    """Names in scripts of their own; half of them on LinkedIn, half in Google."""
    for place, name in enumerate(FOREIGN):
        firm = dice.choice(FIRMS)
        online = place % 2 == 0
        yield Somebody(
            "linkedin" if online else "google",
            name.given,
            name.family,
            latin=name.latin,
            work=Work(firm, dice.choice(TITLES)),
            emails=()
            if online and place % 4
            else (f"{name.latin.split()[0].lower()}@{domain(firm)}",),
            city="" if online else name.city,
            connected=dice.randint(100, 3000) if online else 0,
            circle="conference" if place % 3 == 0 else "",
            every=150,
            most=2,
            last=30 + 23 * place,
        )


def _unfriended(people: list[Somebody]) -> list[Somebody]:
    """The last few silent connections are not in the newer export any more."""
    silent = [
        place
        for place, one in enumerate(people)
        if one.source == "linkedin" and one.connected and not one.circle and not one.tier
        and not one.said
    ]  # fmt: skip
    for place in silent[-_LOST:]:
        people[place] = people[place]._replace(lost=True)
    return people
