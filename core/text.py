"""The one door for foreign text: `visible` for screens, `fold` for search, `clean` for a store."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_LINE_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# Emoji sequences and Persian and Indic words need the joiners; the Arabic signs are drawn.
_DRAWN_FORMATS: Final = frozenset(
    [0x200C, 0x200D, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]
)
_SPACE: Final = 0x20
_DELETE: Final = 0x7F


class _Visible(dict[int, str]):
    """A table for `str.translate` that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if code < _SPACE:
            char = chr(0x2400 + code)
        elif code == _DELETE:
            char = "\N{SYMBOL FOR DELETE}"
        elif category in {"Cc", "Cs"} or (category == "Cf" and code not in _DRAWN_FORMATS):
            char = f"⟨{code:04X}⟩"
        self[code] = char
        return char


_ONE_LINE: Final = _Visible({0x09: " ", 0x0A: "⏎"})
_MANY_LINES: Final = _Visible({0x09: "\t", 0x0A: "\n"})


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with everything a terminal could act on drawn instead of passed on.

    Controls become their pictures (``␛``); C1, direction overrides, tag characters, soft hyphens,
    invisible spaces and lone surrogates become ``⟨202E⟩``. Joiners and variation selectors stay.

    Args:
        text: anything.
        lines: keep line breaks (all kinds become ``\n``) and tabs; else they become ``⏎`` and
            a space, and the answer is one line.
    """
    if text.isprintable():
        return text
    return _LINE_BREAKS.sub("\n", text).translate(_MANY_LINES if lines else _ONE_LINE)


def clean(text: str) -> str:
    """The text as it may be stored: NUL and lone surrogates become U+FFFD, pairs are joined."""
    if text.isprintable():
        return text
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


_PLAIN_LETTERS: Final = {
    **dict(zip("æœøłđðħıŋŧĸþ", ("ae", "oe", *"oldd", *"hintk", "th"), strict=True)),
    **dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032", "'"),
    **dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"),
}
# Accents of alphabets (Latin, Greek, Cyrillic) and the points of Hebrew and Arabic may be left
# out by who types; the marks of Indic, Thai and kana change the letter and stay.
_FIRST_POINT: Final = 10
_LAST_POINT: Final = 36
_FIRST_ACCENT: Final = 200


class _Folded(dict[int, str]):
    """The folding of single characters of decomposed text, learned as they are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        place = unicodedata.combining(char)
        drop = (
            (unicodedata.category(char) in {"Cc", "Cf", "Cs"} and not char.isspace())
            or _FIRST_POINT <= place <= _LAST_POINT
            or place >= _FIRST_ACCENT
            or 0xFE00 <= code <= 0xFE0F  # noqa: PLR2004 - variation selectors
        )
        self[code] = "" if drop else _PLAIN_LETTERS.get(char, char)
        return self[code]


_FOLDED: Final = _Folded()


_TURNS: Final = 4
_LONG: Final = 2_000
_OFTEN: Final = 60  # longest text that is likely to come again
_MARKS_ON_A_LETTER: Final = 30


def _few_marks(text: str) -> str:
    # Normalising takes the square of the longest run of marks; no script needs more than a few.
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MARKS_ON_A_LETTER:
            kept.append(char)
    return "".join(kept)


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", decomposed.translate(_FOLDED))


def fold(text: str) -> str:
    """The form in which text is searched and compared: no case, accent, width or invisible sign.

    White space is left as it is. Folding twice gives the same as folding once.
    """
    if text.isascii() and text.isprintable():
        return text.lower()
    return _folded_again(text) if len(text) <= _OFTEN else _folded(text)


def _folded(text: str) -> str:
    if len(text) > _LONG:
        text = _few_marks(text)
    for _ in range(_TURNS):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


# Names, firms and cities come again and again, each five times while one entry is stored.
_folded_again = lru_cache(maxsize=4_096)(_folded)


_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def folds(text: str) -> tuple[str, ...]:
    """The distinct foldings of a text: ``Müller`` is both ``muller`` and ``mueller``."""
    plain = fold(text)
    if text.isascii():
        return (plain,)
    if len(text) > _LONG:
        text = _few_marks(text)
    spelled = fold(unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS))
    return (plain,) if spelled == plain else (plain, spelled)
