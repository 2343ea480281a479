"""Names: how the parts make a whole, how a whole falls into parts, and what it sorts under."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from core.text import fold

_TITLES: Final = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev", "fr"}
    | {"herr", "frau", "dipl", "dipl-ing", "ing", "mag", "lic", "mme", "mlle", "sr", "sra"}
    | {"srta", "dott", "dottssa", "sig", "sigra", "dhr", "mevr", "drs", "ir", "hon", "capt", "col"}
)
_SUFFIXES: Final = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "ma", "ba", "jd", "llm"}
    | {"esq", "cpa", "cfa", "pmp", "dds", "rn", "pe", "dphil", "mph", "mphil", "med", "edd"}
    | {"cissp", "cfp", "shrm", "obe", "mbe", "cbe", "frs", "ing", "meng", "beng", "llb"}
)
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES: Final = frozenset(
    {"van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "del", "della", "delle", "di"}
    | {"da", "das", "do", "dos", "du", "des", "la", "le", "las", "los", "lo", "el", "al", "bin"}
    | {"ibn", "bint", "ben", "ter", "ten", "te", "af", "av", "d'", "st", "san", "santa", "y", "e"}
)
_LONG_CHINESE: Final = frozenset(
    {"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "皇甫", "东方", "東方"}
)
_LONG_KOREAN: Final = frozenset({"남궁", "황보", "제갈", "선우", "독고", "사공"})
_HAN: Final = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_EAST_ASIAN: Final = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_LAST: Final = "\U0010fffd"
_LONG_NAME, _SHORT_NAME = 4, 2
_LONGEST: Final = 1_000


class Parts(NamedTuple):
    """The parts of a name, each "" where there is none."""

    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""


_ADDRESSED: Final = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "herr", "herrn", "hr", "frau", "fr", "monsieur", "m"),
        *("madame", "mme", "mlle", "sr", "sra", "srta", "señor", "señora", "sig", "sigra", "dhr"),
        *("signor", "signora", "mevr", "mevrouw", "heer"),
    }
)


def shown_name(
    prefix: str = "", given: str = "", middle: str = "", family: str = "", suffix: str = ""
) -> str:
    """The whole name, family name first where the script does so: ``Dr. Ada M. Wong, PhD``.

    A form of address such as ``Herr`` or ``Mrs`` is no part of it; it stays a value of its own.
    """
    given, middle, family = (" ".join(part.split()) for part in (given, middle, family))
    if given or family:
        prefix = " ".join(word for word in prefix.split() if _bare(word) not in _ADDRESSED)
    if given and family and _EAST_ASIAN.fullmatch(given) and _EAST_ASIAN.fullmatch(family):
        parts = [prefix, family + given, middle]
    else:
        parts = [prefix, given, middle, family]
    name = " ".join(" ".join(parts).split())
    suffix = " ".join(suffix.split())
    if not name or not suffix:
        return name or suffix
    return f"{name} {suffix}" if _bare(suffix) in _GENERATIONS else f"{name}, {suffix}"


def sort_key(name: str, family: str = "") -> str:
    """What a list sorts by: family name first, folded; names without a letter come last.

    Args:
        name: the whole name as shown.
        family: the family name if the source says it, else it is guessed from `name`.
    """
    name = name[:_LONGEST]
    parts = split(name)
    family = family.strip()[:_LONGEST] or parts.family
    given = " ".join(part for part in (parts.given, parts.middle) if part)
    if not any(map(str.isalpha, name)):
        return _LAST + (_words(name) or fold(name))
    if not any(map(str.isalpha, family)):
        return _words(name)
    return _words(f"{family} {given}") or _words(name)


def split(name: str) -> Parts:
    """The likely parts of a whole name: a best effort for names nobody has split.

    Knows ``Wong, Ada``, titles, credentials, particles (``van``, ``de la``) and the order of
    Chinese, Japanese and Korean names.
    """
    head, *after = [part.strip() for part in name[:_LONGEST].split(",")]
    words = head.split()
    whole = len(words) > 1  # WONG, ADA is a name in capitals; Ada Wong, PMP is not
    suffixes = [part for part in after if _is_suffix(part, capitals=whole)]
    others = [part for part in after if part and part not in suffixes]
    titles = _taken_titles(words)
    while len(words) > _SHORT_NAME and _is_suffix(words[-1], capitals=False):
        suffixes.insert(0, words.pop())
    prefix, suffix = " ".join(titles), ", ".join(suffixes)
    if others and words:
        given = " ".join(others).split()
        titles = _taken_titles(given)
        prefix = " ".join(filter(None, (prefix, *titles)))
        return Parts(prefix, given[0], " ".join(given[1:]), " ".join(words), suffix)
    if all(_EAST_ASIAN.fullmatch(word) for word in words):
        family, given_name = _east_asian(words or [""])
        return Parts(prefix, given_name, "", family, suffix)
    # A sign before the name, such as an emoji, stays with the first word that has a letter.
    start = next((at for at, word in enumerate(words, 1) if _words(word)), 1)
    first = max(len(words) - 1, start)
    while first > start and fold(words[first - 1]) in _PARTICLES:
        first -= 1
    given_name, middle = " ".join(words[:start]), " ".join(words[start:first])
    return Parts(prefix, given_name, middle, " ".join(words[first:]), suffix)


def _taken_titles(words: list[str]) -> list[str]:
    titles: list[str] = []
    while len(words) > 1 and _bare(words[0]) in _TITLES:
        titles.append(words.pop(0))
    return titles


def _words(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", fold(text)).split())


def _bare(word: str) -> str:
    return fold(word).replace(".", "").strip()


def _is_suffix(text: str, *, capitals: bool) -> bool:
    """Credentials are known, or may be any word in capitals: ``PhD``, ``M.Ed. SHRM-CP``."""
    words = text.split()
    return bool(words) and all(
        _bare(word) in _SUFFIXES
        or (capitals and len(word) > 1 and word.isupper() and word.isascii())
        for word in words
    )


def _east_asian(words: list[str]) -> tuple[str, str]:
    """Family and given name of a name in Han signs, kana or Hangul."""
    if len(words) > 1:
        return words[0], " ".join(words[1:])
    name = words[0]
    if not _SHORT_NAME <= len(name) <= _LONG_NAME:
        return "", name
    if _HANGUL.fullmatch(name):
        size = 2 if name[:2] in _LONG_KOREAN and len(name) > _SHORT_NAME else 1
    elif _HAN.fullmatch(name):
        long = len(name) == _LONG_NAME or name[:2] in _LONG_CHINESE
        size = 2 if long and len(name) > _SHORT_NAME else 1
    else:
        return "", name
    return name[:size], name[size:]
