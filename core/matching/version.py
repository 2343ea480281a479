"""Which kept models can be read; apart from what numpy is loaded for."""

from __future__ import annotations

from typing import Final

VERSION: Final = 2
"""Goes up whenever a kept model would be read wrongly: codes, levels, fields."""
