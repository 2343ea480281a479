"""Amounts of money as people and programs write them, as plain decimal numbers.

Own code: number parsers of libraries read one locale at a time, and a column may hold several.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from core.text import fold

_LONGEST: Final = 60
_MOST_DIGITS: Final = 30
_LARGEST: Final = 2**63 - 1
_CURRENCIES: Final = frozenset(
    {"eur", "euro", "euros", "usd", "us", "dollar", "dollars", "gbp", "chf", "sfr", "fr", "dkk"}
    | {"sek", "nok", "isk", "kr", "pln", "zl", "czk", "kc", "huf", "ft", "ron", "lei", "bgn"}
    | {"jpy", "cny", "rmb", "inr", "rs", "aud", "cad", "nzd", "sgd", "hkd", "brl", "r", "mxn"}
    | {"zar", "try", "tl", "rub", "uah", "ils", "krw", "aed", "sar", "clp", "ars", "cop"}
)
_TIMES: Final = {"k": 3, "tsd": 3, "m": 6, "mn": 6, "mio": 6, "million": 6}  # powers of ten
_NUMBER: Final = re.compile(r"(?P<before>[^\d]*)(?P<digits>[0-9](?:[0-9.,' ]*[0-9])?)(?P<after>.*)")
_NO_CENTS: Final = re.compile(r"[.,]\s?-+\Z")  # 50.-
_WORDS: Final = re.compile(r"[^\W\d_]+\.?|[()+-]")
_GROUPED: Final = re.compile(
    r"[0-9]{1,3}(?:([.' ])[0-9]{3}(?:\1[0-9]{3})*|(?:,[0-9]{2,3})*,[0-9]{3})\Z"  # 12,34,567 too
)
_QUOTES: Final = str.maketrans(dict.fromkeys("\u2019\u2018\u00b4`", "'") | {"\u2212": "-"})


def normal(text: str) -> str:
    """The plain number that a text means: ``1234.50`` for ``1.234,50 €``.

    A single ``,`` or ``.`` before exactly three digits parts thousands.

    Returns:
        Digits with ``-`` before and at least two decimals after ``.`` where they are not all
        zero; "" if the text is no amount, or one of more than 30 digits.
    """
    if len(text) > _LONGEST:
        return ""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    text = "".join(char for char in fold(text) if unicodedata.category(char) not in {"Sc", "Cf"})
    text = _NO_CENTS.sub("", " ".join(text.split()))
    found = _NUMBER.fullmatch(text)
    if not found:
        return ""
    sign, _ = _around(found["before"], after=False)
    ending, power = _around(found["after"], after=True)
    number = _plain(found["digits"])
    if sign is None or ending is None or not number:
        return ""
    whole, _, cents = number.partition(".")
    cents = cents.ljust(power, "0")
    whole, cents = (whole + cents[:power]).lstrip("0") or "0", cents[power:].rstrip("0")
    if len(whole) + len(cents) > _MOST_DIGITS:
        return ""
    if _parts_thousands(f"{whole}.{cents}"):
        cents += "0"  # 1.2340 must not be read as thousands when it is read again
    number = f"{whole}.{cents:0<2}" if cents else whole
    return f"-{number}" if sign + ending in {"-", "()"} and number != "0" else number


def whole(norm: str) -> int:
    """The whole units of a plain number, as far as a table keeps them; 0 of what is none."""
    try:
        amount = int(norm[: _MOST_DIGITS + 2].partition(".")[0])
    except ValueError:
        return 0
    return max(-_LARGEST, min(amount, _LARGEST))


def _around(text: str, *, after: bool) -> tuple[str | None, int]:
    """The sign that stands beside a number, and the power of ten of a word like ``k``.

    None if something else than a currency stands there.
    """
    sign, power = "", 0
    for token in _WORDS.findall(text):
        word = token.rstrip(".")
        if token in {"(", ")", "-", "+"}:
            sign += token.replace("+", "")
        elif after and not power and word in _TIMES:
            power = _TIMES[word]
        elif word not in _CURRENCIES:
            return None, 0
    return (None if _WORDS.sub("", text).strip(". ") else sign), power


def _parts_thousands(digits: str) -> bool:
    return not digits.startswith("0") and _GROUPED.match(digits) is not None


def _plain(digits: str) -> str:
    """Digits with one ``.`` before the decimals, or ""."""
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else ""
    whole, decimals = digits, ""
    if mark and digits.count(mark) == 1 and not _parts_thousands(digits):
        whole, decimals = digits[:last], digits[last + 1 :]
    if not whole.isdecimal() and not _GROUPED.match(whole):
        return ""
    if not decimals:
        return re.sub("[^0-9]", "", whole)
    return re.sub("[^0-9]", "", whole) + "." + decimals if decimals.isdecimal() else ""
