"""Which of the user's choices the rows of the book follow."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from core.queries import sources
from core.settings import Settings

if TYPE_CHECKING:
    from core.storage.driver import Connection

KEY: Final = "followed settings"
"""The key of the setting; without it, the rows follow the usual choices."""


def mark(settings: Settings) -> str:
    """The choices that rows follow from, as text that is equal for equal ones."""
    from core.rules.evidence import WEIGHTS

    weights = {key: value for key, value in settings.weights.items() if value != WEIGHTS[key]}
    return json.dumps({"cadence": settings.cadence, "weights": weights}, sort_keys=True)


def is_followed(connection: Connection, settings: Settings) -> bool:
    """Whether the rows follow these choices."""
    return (sources.setting(connection, KEY) or mark(Settings())) == mark(settings)
