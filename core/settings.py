"""Where things lie, and what the user may choose in ``settings.toml``. No globals."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from core.errors import UsageError

CADENCE: Final[dict[str, int]] = {"A": 21, "B": 60, "C": 0, "D": 0}
"""Days between talks by tier; 0: the tier has no cadence."""


MOST: Final = 36_500
"""No number is greater: a hundred years of days."""

_OF_OLD: Final = frozenset({"talks_a_week"})
"""Settings that earlier versions had: a file may keep them."""
_KINDS: Final[dict[type, str]] = {int: "whole number", str: "text", dict: "table"}


def data_folder() -> Path:
    """The folder of the book: ``$XDG_DATA_HOME/vitalfew`` or the platform's like."""
    from platformdirs import user_data_path

    return user_data_path("vitalfew", appauthor=False)


def config_folder() -> Path:
    """The folder of ``settings.toml``: ``$XDG_CONFIG_HOME/vitalfew`` or the platform's like."""
    from platformdirs import user_config_path

    return user_config_path("vitalfew", appauthor=False)


def settings_path() -> Path:
    """Where ``settings.toml`` is looked for."""
    return config_folder() / "settings.toml"


def book_path(named: Path | None = None) -> Path:
    """The file of the book: the one named, else ``VITALFEW_DB``, else the data folder's."""
    if named is not None:
        return named
    if variable := os.environ.get("VITALFEW_DB"):
        return Path(variable).expanduser()
    return data_folder() / "people.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices.

    Attributes:
        budget: people on one day's focus list.
        cadence: days between talks by tier letter; 0 for none.
        rest_days: nobody is listed within this many days of a talk, or of a suggestion that has
            ended; birthdays, promises and letters of theirs apart.
        news_days: how long news counts as news.
        stale_days: after how many days a list such as LinkedIn's is called old; 0 for never.
        mailer: a command that writes a mail, with ``{address}`` where the address goes, such as
            ``mutt {address}``; "" for whatever the system opens.
        keys: action id to keys, such as ``{"list.down": "ctrl+n"}``; checked by the key map.
        theme: a name of a Textual theme, or "".
        weights: evidence name to points, over the defaults of `core.rules.evidence`.
    """

    budget: int = 5
    cadence: dict[str, int] = field(default_factory=lambda: dict(CADENCE))
    rest_days: int = 14
    news_days: int = 30
    stale_days: int = 40
    mailer: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    weights: dict[str, int] = field(default_factory=dict)


def load(path: Path | None = None) -> Settings:
    """Read ``settings.toml``; a missing file means the defaults.

    Raises:
        UsageError: the file is not TOML, or an entry has the wrong type or an unknown name.
    """
    path = path or settings_path()
    return parse(text_of(path), path.name)


def text_of(path: Path) -> str:
    """What stands in the file, with its own line ends; "" if there is none.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} cannot be read: {error}") from None


def parse(text: str, file: str) -> Settings:
    """The choices that a text makes.

    Args:
        text: TOML.
        file: what sentences call it.

    Raises:
        UsageError: it is not TOML, or an entry has the wrong type or an unknown name.
    """
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise UsageError(f"{file} cannot be read: {error}") from None
    return _checked(given, file)


def _checked(given: dict[str, Any], file: str) -> Settings:
    defaults = Settings()
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name in _OF_OLD:
            continue
        if name not in Settings.__slots__:
            known = ", ".join(Settings.__slots__)
            raise UsageError(f"{file}: no setting is called {name!r}; there are {known}")
        expected = type(getattr(defaults, name))
        if not isinstance(value, expected) or isinstance(value, bool):
            raise UsageError(f"{file}: {name} wants a {_KINDS[expected]}, not {value!r}")
        if isinstance(value, dict):
            inner = str if name == "keys" else int
            if not all(type(item) is inner for item in value.values()):
                raise UsageError(f"{file}: the values of {name} are each a {_KINDS[inner]}")
            _check_names(file, name, value)
            if inner is int and max(map(abs, value.values()), default=0) > MOST:
                raise UsageError(f"{file}: the values of {name} are at most {MOST:,}")
            value = {**getattr(defaults, name), **value}  # noqa: PLW2901 — the given over the defaults
        elif isinstance(value, int) and value < 0:
            raise UsageError(f"{file}: {name} cannot be negative")
        elif isinstance(value, int) and value > MOST:
            raise UsageError(f"{file}: {name} is at most {MOST:,}")
        values[name] = value
    return Settings(**values)


def _check_names(file: str, name: str, value: dict[str, Any]) -> None:
    """The letters of cadences and the words of weights are known; the key map knows the keys."""
    from core.rules.evidence import WEIGHTS

    known = {"cadence": set(CADENCE), "weights": set(WEIGHTS)}.get(name)
    if known is not None and (strange := sorted(value.keys() - known)):
        raise UsageError(
            f"{file}: there is no {strange[0]} in {name}; there are {', '.join(sorted(known))}"
        )
    if name == "cadence" and min(value.values(), default=0) < 0:
        raise UsageError(f"{file}: {name} cannot be negative")
