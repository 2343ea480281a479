"""The words of talks as their index holds them, and as a search asks for them.

The index takes words apart at everything that is no letter or digit, in lower case and without
the accents of Latin letters. What `core.text.fold` makes of a word beyond that (Müller as mueller,
Straße as strasse, й as и), and pairs of signs of scripts that put no spaces between words, are
given to it beside the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse, islice
from typing import Final

from core.text import folds

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_UNSPACED: Final = re.compile(
    "([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)
_LAST_LATIN: Final = "\u024f"
_LONGEST: Final = 60
_MOST: Final = 20_000
"""Words of one text that get other spellings; no mail of a person is longer."""


def folds_of(*texts: str) -> str:
    """The other spellings of the words of texts, with spaces between; "" for plain ones."""
    found: dict[str, None] = {}
    for text in texts:
        if text.isascii():
            continue
        # Taken apart by spaces first: a pattern that looks for such letters takes ten times longer.
        odd = dict.fromkeys(islice(filterfalse(str.isascii, text.split()), _MOST))
        found.update(dict.fromkeys(other for one in odd for other in _spelled(one[:_LONGEST])))
    return " ".join(found)


def spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which the index may hold a word: each all of some pieces.

    Args:
        word: as typed, without a space; what is no letter or digit parts it.

    Returns:
        For ``Müller`` ``(("muller",), ("mueller",))``; none if it holds no letter or digit.
    """
    found: dict[tuple[str, ...], None] = {}
    for folded in folds(word[:_LONGEST]):
        if pieces := tuple(dict.fromkeys(_pieces(folded))):
            found[pieces] = None
    return tuple(found)


@lru_cache(maxsize=16_384)
def _spelled(piece: str) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(piece) if not word.isascii())
    return tuple(other for word in words for other in _others(word))


def _others(word: str) -> tuple[str, ...]:
    """What the index does not make of a word by itself."""
    word = unicodedata.normalize("NFC", word)
    plain = word.lower()
    if max(word) <= _LAST_LATIN:
        decomposed = unicodedata.normalize("NFD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(
        piece
        for folded in folds(word)
        for piece in _pieces(folded, ends=True)
        if piece not in {plain, word}
    )


def _pieces(folded: str, *, ends: bool = False) -> list[str]:
    """Folded text as the index takes it apart; of unspaced scripts pairs of signs.

    Args:
        folded: the text.
        ends: also the last sign of an unspaced run alone, so that a search for it is found.
    """
    found: list[str] = []
    for word in _WORD.findall(folded):
        for part in _UNSPACED.split(word) if not word.isascii() else [word]:
            if part and _UNSPACED.match(part):
                found += [part[i : i + 2] for i in range(len(part) - 1)] or [part]
                if ends and len(part) > 1:
                    found.append(part[-1])
            elif part:
                found.append(part)
    return found
