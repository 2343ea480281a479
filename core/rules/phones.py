"""Telephone numbers: one normal form, so that ``+41 79 ...`` and ``079 ...`` are one number.

The rules are those of the library phonenumbers; a short path gives its answer for numbers written
without surprises. Nothing is imported from it before the first number is seen.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from core.text import fold

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

UNSURE: Final = "?"
"""First sign of a norm that is not a full number."""

_SCHEME: Final = re.compile(r"^\s*(?:tel|callto|sms|fax|modem):(?://)?", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[ (]*(\+?)([0-9][0-9 ().\-\u2010-\u2015\u00a0\u202f]*)\Z")
_NOT_DIGIT: Final = re.compile(r"[^0-9]+")
# Pauses: a number to dial, then p, w, a comma or a semicolon, then what to dial after it.
_PAUSED: Final = re.compile(r"^([^a-z,;]*[0-9)])\s*[pw,;]+\s*([0-9pw,;#* ]*)\Z", re.IGNORECASE)
_VANITY: Final = re.compile(r"^\+?1?[ .-]*\(?8\d\d\)?[ .-]*[0-9A-Za-z .-]+\Z")
_EXTENSION_WORDS: Final = re.compile(r"ext|x|#|anexo|доб|int", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORDS_AROUND: Final = re.compile(
    r"^[^\W\d_]*[.:]?\s*([+(0-9][0-9 ()./-]*[0-9])[\s(]*[^\W\d_]*\)?\Z"
)
_LONGEST: Final = 250
_LONGEST_EXTENSION: Final = 20
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}\Z")


class _Plan(NamedTuple):
    """What the short path needs to know of the numbers of one country."""

    code: str
    trunk: str
    trunk_pattern: re.Pattern[str] | None
    abroad: re.Pattern[str] | None
    lengths: frozenset[int]
    general: re.Pattern[str]
    ordinary: tuple[re.Pattern[str], ...]


@cache
def _plan(region: str) -> _Plan | None:
    from phonenumbers import PhoneMetadata

    about = PhoneMetadata.metadata_for_region(region, None)
    if about is None or about.general_desc is None:
        return None
    if not about.general_desc.national_number_pattern:
        return None
    parsing = about.national_prefix_for_parsing
    simple = parsing == about.national_prefix and about.national_prefix_transform_rule is None
    patterns = [
        desc.national_number_pattern
        for desc in (about.fixed_line, about.mobile)
        if desc is not None and desc.national_number_pattern
    ]
    return _Plan(
        code=str(about.country_code),
        trunk=about.national_prefix or "" if simple else "",
        trunk_pattern=re.compile(parsing) if parsing else None,
        abroad=re.compile(about.international_prefix) if about.international_prefix else None,
        lengths=frozenset(about.general_desc.possible_length),
        general=re.compile(about.general_desc.national_number_pattern),
        ordinary=tuple(re.compile(pattern) for pattern in patterns),
    )


@cache
def _main_plan(code: str) -> _Plan | None:
    """The numbers of the main country of a code; only those that are met are looked up."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    if code.startswith("0"):
        return None
    region = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ("001",))[0]
    return None if region == "001" else _plan(region)


def _short_abroad(digits: str) -> str:
    """A number that stood after ``+``, if nothing about it needs the library."""
    for size in (1, 2, 3):
        plan = _main_plan(digits[:size])
        if plan is not None:
            rest = digits[size:]
            if len(rest) not in plan.lengths:
                return ""
            if plan.trunk_pattern is not None and plan.trunk_pattern.match(rest):
                return ""
            return f"+{plan.code}{rest}"
    return ""


def _short_home(digits: str, region: str) -> str:
    """An ordinary number as dialled inside its country, if nothing needs the library."""
    plan = _plan(region)
    if plan is None or digits.startswith(plan.code):
        return ""
    if plan.abroad is not None and plan.abroad.match(digits):
        return ""
    rest = digits
    if plan.trunk_pattern is not None and plan.trunk_pattern.match(digits):
        if not plan.trunk:
            return ""
        rest = digits.removeprefix(plan.trunk)
    if len(rest) not in plan.lengths or not plan.general.fullmatch(rest):
        return ""
    return f"+{plan.code}{rest}" if any(p.fullmatch(rest) for p in plan.ordinary) else ""


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, region)
    except NumberParseException:
        return None


def _by_library(text: str, region: str | None) -> str:
    """The answer of the library alone; what the short path must agree with."""
    from phonenumbers import PhoneNumberFormat, format_number, is_possible_number, is_valid_number

    number = _parsed(text, region)
    if number is None:
        return ""
    # A number that names its country is certain if its length can be; new ranges come every year.
    certain = is_possible_number if text.startswith("+") else is_valid_number
    if not certain(number):
        return ""
    normal_form = format_number(number, PhoneNumberFormat.E164)
    return f"{normal_form};ext={number.extension}" if number.extension else normal_form


def _abroad_by_zeros(text: str) -> str:
    """``0041 79 ...`` read as ``+41 79 ...`` where the home country makes nothing of it."""
    from phonenumbers import is_valid_number

    digits = _NOT_DIGIT.sub("", text)
    if digits.startswith("00"):
        number = _parsed("+" + digits[2:], None)
        if number is not None and is_valid_number(number):
            return _by_library("+" + digits[2:], None)
    return ""


def _with_letters(text: str, region: str | None) -> str:
    """Letters are trusted in an extension, as words around the number, and in 1-800-FLOWERS."""
    if not _LETTER.search(_EXTENSION_WORDS.sub("", text)) or "phone-context" in text:
        return _by_library(text, region)
    if _VANITY.match(text):
        found = _by_library(text, region)
        return found if found.startswith("+18") else ""
    inner = _WORDS_AROUND.match(text)
    return normal(inner[1], region) if inner else ""


@lru_cache(maxsize=65_536)
def normal(text: str, region: str | None = None) -> str:
    """The number as ``+41791234567``, with ``;ext=12`` if it has an extension.

    Args:
        text: the number as written, also as a ``tel:`` address or with pauses.
        region: ISO code of the country in which it was written (``CH``), or None.

    Returns:
        "" unless the number is certain: it names its country and can have that length, or it is
        valid in `region`. Short codes and words are not certain.
    """
    if len(text) > _LONGEST:
        return ""
    region = _region_code(region)
    text, schemes = _SCHEME.subn("", text)
    text = unquote(text).strip() if schemes else text.strip()
    if plain := _PLAIN.match(text):
        digits = _NOT_DIGIT.sub("", plain[2])
        found = ""
        if plain[1]:
            found = _short_abroad(digits)
        elif region is not None:
            found = _short_home(digits, region)
        return found or _by_library(text.lstrip(" ("), region) or _abroad_by_zeros(text)
    if paused := _PAUSED.match(text):
        number = normal(paused[1], region)
        after = _NOT_DIGIT.sub("", paused[2])[:_LONGEST_EXTENSION]
        return f"{number};ext={after}" if number and after else number
    return _with_letters(text, region)


def _region_code(region: str | None) -> str | None:
    if region is None or not _COUNTRY.match(region):
        return None
    upper = region.upper()
    return "GB" if upper == "UK" else upper


def fallback(text: str) -> str:
    """The norm of what is not certainly a number: ``?`` and its digits, or its folded words.

    Where letters outnumber digits, as in ``7yy-zzz-xxx``, the digits alone would say too little.
    """
    folded = fold(text)
    digits = "".join(sign for sign in folded if sign.isdecimal() or sign in "*#")
    letters = sum(map(str.isalpha, folded))
    return UNSURE + (digits if len(digits) > letters else " ".join(folded.split()))


def shown(norm: str, region: str | None = None) -> str:
    """A norm as people write it: as dialled at home if it is of `region`, else with ``+``."""
    from phonenumbers import PhoneNumberFormat, format_number

    number = _parsed(norm, None) if norm.startswith("+") else None
    if number is None:
        return norm.removeprefix(UNSURE)
    home = _plan(_region_code(region) or "")
    at_home = home is not None and home.code == str(number.country_code)
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return format_number(number, form)


def region_of(norm: str) -> str | None:
    """The ISO code of the country a norm belongs to; None if it names none, or several could be."""
    from phonenumbers import region_code_for_number

    number = _parsed(norm, None) if norm.startswith("+") else None
    return None if number is None else _region_code(region_code_for_number(number))


def default_region(locale_name: str | None) -> str | None:
    """The country of a locale: ``CH`` of ``de_CH.UTF-8``; None of ``C`` and ``de``."""
    language, *rest = re.split(r"[_-]", re.split(r"[.@]", locale_name or "")[0])
    return _region_code(rest[-1]) if language and rest else None
