"""The time zone in which somebody lives, from their city and numbers.

Which cities lie where is looked up in the airports of the package airportsdata, which a city of
some size has; which numbers lie where, in the tables of phonenumbers. Nothing is imported before
the first person is seen, and people are looked up when they are written, never when shown.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_AREAS: Final = frozenset(
    {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
_ISLANDS: Final = ("Atlantic/", "Arctic/", "Indian/", "Pacific/")
_SEASONS: Final = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))  # noqa: DTZ001 — given a zone below
_CODE: Final = 2


def zone_of(phones: Sequence[str], city: str, country: str = "") -> str:
    """The IANA name of the zone somebody lives in, or "" where city and numbers do not tell.

    The city goes before the numbers, which people keep when they move.

    Args:
        phones: in their normal form, ``+4930123456``; others are passed over.
        city: as written.
        country: as written; only a code of two letters tells which of several cities is meant.
    """
    numbered = _of_numbers(phones)
    if city:
        name = fold(city).partition(",")[0].strip()
        if found := _of_city(name, country.strip().upper(), numbered):
            return found
    return _one(numbered)


def is_zone(name: str) -> bool:
    """Whether this machine knows a zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


@lru_cache(maxsize=8_192)
def _of_city(name: str, country: str, numbered: tuple[str, ...]) -> str:
    places = _airports().get(name, {})
    if len(country) == _CODE and places:
        return _one(places.get(country, ()))
    if capital := _namesakes().get(name):
        return capital
    everywhere = {zone for zones in places.values() for zone in zones}
    near = everywhere.intersection(numbered)
    return _one(near) or _one(everywhere)


def _of_numbers(phones: Sequence[str]) -> tuple[str, ...]:
    """The zones of the first number that tells of any."""
    for phone in phones:
        if phone[:1] == "+" and (found := _of_number(phone[1:10])):
            return found
    return ()


@lru_cache(maxsize=65_536)
def _of_number(digits: str) -> tuple[str, ...]:
    """The zones of the longest beginning of a number that is known."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    for length in range(len(digits), 0, -1):
        if zones := TIMEZONE_DATA.get(digits[:length]):
            return tuple(zones)
    return ()


def _one(zones: Iterable[str]) -> str:
    """The one zone they are, or whose clocks all of them share; islands do not speak for a land."""
    return _shared(frozenset(zones))


@cache
def _shared(zones: frozenset[str]) -> str:
    known = sorted(zone for zone in zones if is_zone(zone))
    land = [zone for zone in known if not zone.startswith(_ISLANDS)] or known
    return land[0] if len({_clock(zone) for zone in land}) == 1 else ""


@cache
def _clock(zone: str) -> tuple[object, ...]:
    return tuple(day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in _SEASONS)


@cache
def _namesakes() -> Mapping[str, str]:
    """Cities after which zones are called: ``berlin`` to ``Europe/Berlin``."""
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        area, _, city = zone.rpartition("/")
        if area in _AREAS:
            found[fold(city.replace("_", " "))] = zone
    return found


@cache
def _airports() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """City to country code to zones."""
    import airportsdata

    found: dict[str, dict[str, set[str]]] = {}
    for airport in airportsdata.load("IATA").values():
        countries = found.setdefault(fold(airport["city"]), {})
        countries.setdefault(airport["country"], set()).add(airport["tz"])
    return {
        city: {country: tuple(sorted(zones)) for country, zones in countries.items()}
        for city, countries in found.items()
    }
