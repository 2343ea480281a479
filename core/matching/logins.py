"""What mailboxes and handles say of a name: its other half, another spelling, a former family name.

``T. Sundell`` of tilda.sundell@ is Tilda; ``Pennie Hammersley`` of /in/pennie-rothfeld was once a
Rothfeld; a card without a name is named by ``venusmannheimer``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import codes
from core.matching.forms import sound
from core.matching.names import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.matching.codes import Counts, Floats

_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")
_LEAST: Final = 3
_LONGEST: Final = 24
_INITIAL: Final = 0.03
_ABSENT: Final = 0.002
_UNKNOWN: Final = 0.05


class Learned(NamedTuple):
    """A name with what a login adds to it.

    Attributes:
        name: the name, its missing half filled in.
        given: another spelling of the given name, or "".
        family: another family name or spelling, or "".
    """

    name: Name
    given: str = ""
    family: str = ""


def learned(name: Name, logins: Sequence[str], bare: Sequence[str]) -> Learned:  # noqa: C901 - the ways a login is made
    """What the logins of one entry, and the letters alone of each, add to its name."""
    given, family = name.given, name.family.replace(" ", "")
    other_given = other_family = ""
    for login, letters in zip(logins, bare, strict=True):
        if not letters or letters in {given + family, family + given}:
            continue
        if len(given) >= _LEAST and (rest := _rest(letters, given)):
            if len(family) > 1:
                other_family = other_family or ("" if rest in family else rest)
            elif rest.startswith(family):
                name, family = name._replace(family=rest), rest
        elif len(family) >= _LEAST and (rest := _rest(letters, family)):
            if len(given) > 1:
                other_given = other_given or rest
            elif rest.startswith(given):
                name, given = name._replace(given=rest), rest
        elif given and family and letters != login:
            parts = [part for part in _NOT_LETTERS.split(login) if len(part) >= _LEAST]
            if len(parts) == 2:  # noqa: PLR2004
                first, last = _placed(given, family, parts)
                other_given, other_family = other_given or first, other_family or last
    return Learned(name, other_given, other_family)


def _rest(text: str, known: str) -> str:
    """What stands before or after a known name, if it is long enough to be one."""
    if text.startswith(known):
        rest = text[len(known) :]
    elif text.endswith(known):
        rest = text[: -len(known)]
    else:
        return ""
    return rest if len(rest) >= _LEAST else ""


def _placed(given: str, family: str, parts: list[str]) -> tuple[str, str]:
    one, two = parts
    sounds = sound(one), sound(two)
    first, last = sound(given), sound(family)
    if first and sounds[0] == first:
        return one, two
    if first and sounds[1] == first:
        return two, one
    if last and sounds[1] == last:
        return one, two
    return (two, one) if last and sounds[0] == last else ("", "")


def needs_guess(name: Name, logins: Sequence[str]) -> bool:
    """Whether a name is missing, or is nothing but the handle."""
    if name.family:
        return False
    return not name.given or (len(name.given) > _LEAST + 1 and any(name.given in u for u in logins))


def guessed(logins: Sequence[Sequence[str]], given: Counts, family: Counts) -> list[Name]:
    """The likeliest name behind each entry's logins, by the names that the list knows.

    Args:
        logins: for each entry its mailboxes and handles.
        given: how often each given name is in the list.
        family: how often each family name is.

    Returns:
        One name each, empty where nothing known is found.
    """
    entries: list[int] = []
    firsts: list[str] = []
    lasts: list[str] = []
    for entry, texts in enumerate(logins):
        for login in texts:
            parts = [part for part in _NOT_LETTERS.split(login) if part]
            if not parts:
                continue
            text = "".join(parts)[:_LONGEST]
            cuts = [len(parts[0])] if len(parts) == 2 else range(len(text) + 1)  # noqa: PLR2004
            for cut in cuts:
                for first, last in ((text[:cut], text[cut:]), (text[cut:], text[:cut])):
                    if len(first) + len(last) >= _LEAST and len(last) != 1:
                        entries.append(entry)
                        firsts.append(first)
                        lasts.append(last)
    first_share, last_share = _share(firsts, given), _share(lasts, family)
    one = np.fromiter((len(text) == 1 for text in firsts), np.bool_, len(firsts))
    first_share[one] = _INITIAL
    chance = np.abs(first_share * last_share)
    chance[(first_share < 0) & (last_share < 0)] = 0.0
    chance[one & (last_share < 0)] = 0.0
    found = [Name()] * len(logins)
    best: dict[int, float] = {}
    for at, worth in enumerate(chance.tolist()):
        entry = entries[at]
        if worth > best.get(entry, 0.0):
            best[entry] = worth
            found[entry] = Name(firsts[at], "", lasts[at])
    return found


def _share(texts: list[str], counts: Counts) -> Floats:
    """How common each name is; minus a little where it is not known; 0 where it cannot be one."""
    values = list(dict.fromkeys(texts))
    numbers = {value: at for at, value in enumerate(values)}
    value_codes = codes.of(values)
    size = np.fromiter(map(len, values), np.int64, len(values))
    known = codes.found_in(value_codes, counts.codes) & (size >= _LEAST)
    unknown = np.where(size > _LEAST, -_UNKNOWN / max(counts.total, 1), 0.0)
    share = np.where(known, counts.share(value_codes), unknown)
    share = np.where(size == 0, -_ABSENT, share).astype(np.float32)
    found: Floats = share[np.fromiter((numbers[text] for text in texts), np.int64, len(texts))]
    return found
