"""Where the user is at home, as the book remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.queries import sources

if TYPE_CHECKING:
    from core.storage.driver import Connection

CITY: Final = "home city"
"""The key of the setting."""
REGION: Final = "region"
"""The key of the country, whose numbers name no country."""


class Home(NamedTuple):
    """Where the user is at home; "" where nobody said."""

    city: str
    region: str


def home(connection: Connection) -> Home:
    """Where the user is at home."""
    return Home(city(connection), sources.setting(connection, REGION))


def city(connection: Connection) -> str:
    """The user's own city, or ""."""
    return sources.setting(connection, CITY)
