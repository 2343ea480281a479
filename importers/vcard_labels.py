"""Labels of vCard values: TYPE words and the labels Apple and Google keep beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from importers.vcard_tables import DEVICES, NOISE, PLACES, STANDARD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importers.vcard_lines import Property

_WRAPPED: Final = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)


def bare_label(text: str) -> str:
    """An X-ABLabel: built-in ones lose their wrapping and are lower case, own ones stay.

    Args:
        text: unescaped, such as ``_$!<HomePage>!$_`` or ``Weekend house``.
    """
    text = text.strip()
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped:
        return wrapped[1].strip().lower()
    return text.lower() if text.lower() in STANDARD_WORDS else text


def label_of(types: Iterable[str]) -> str:
    """One label for a list of TYPE words: ``work fax``, ``mobile``, else the first own word."""
    place = device = own = ""
    for word in types:
        lower = word.strip().lower()
        if lower in PLACES:
            place = place or lower
        elif lower in DEVICES:
            device = "fax" if "fax" in {device, lower} else device or DEVICES[lower]
        elif lower and lower not in NOISE:
            own = own or (lower if lower in STANDARD_WORDS else word.strip())
    if device == "mobile" and place == "home":
        return device
    return " ".join(filter(None, (place, device))) or own


def preferred(prop: Property) -> bool:
    """Whether the property is marked as the one to use."""
    if not prop.params:
        return False
    return prop.param("PREF") == "1" or any(word.lower() == "pref" for word in prop.types)
