"""What a name as written says: given, middle and family name, folded and in Latin letters."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from core.matching.scripts import latin
from core.rules.names import split
from core.text import fold

_IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"")
_APOSTROPHES: Final = str.maketrans("", "", "'\u2019`\u02bc")
_NOT_NAME: Final = re.compile(r"[\W\d_]+")
_ODD: Final = re.compile(r"[^\w' -]|[^\W\d]\d|\d")
_TITLES: Final = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev", "herr"}
    | {"frau", "mme", "mlle", "sra", "srta", "dott", "sig", "dhr", "mevr", "hon", "capt"}
)
_SUFFIXES: Final = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "bsc", "jd", "llm", "esq", "cpa"}
    | {"cfa", "pmp", "dds", "rn", "dphil", "mph", "edd", "cissp", "cfp", "obe", "mbe", "cbe"}
)
_PARTICLES: Final = frozenset(
    {"al", "el", "abd", "abdel", "abdul", "van", "von", "vom", "zu", "zum", "zur", "de", "der"}
    | {"den", "del", "della", "delle", "di", "da", "das", "do", "dos", "du", "des", "la", "le"}
    | {"las", "los", "lo", "bin", "ibn", "bint", "ben", "bou", "ter", "ten", "te", "af", "av"}
    | {"st", "san", "santa", "mac", "mc", "o", "d", "y", "e"}
)
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SPLIT_BY: Final = re.compile(r"\s[-\u2013|/@]\s")
_MOST: Final = 120
_MOST_WORDS: Final = 7
_EAST: Final = re.compile("[\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff]")


class Name(NamedTuple):
    """The parts of a name, each "" where there is none; family names apart by spaces."""

    given: str = ""
    middle: str = ""
    family: str = ""
    generation: str = ""


_NOBODY: Final = Name()


def words(text: str) -> list[str]:
    """The words of a text, folded, in Latin letters; hyphens and signs part them."""
    if text.isascii() and text.isalpha():
        return [text[:_MOST].lower()]
    folded = fold(text[:_MOST])
    if "'" in folded or not folded.isascii():
        folded = latin(folded.translate(_APOSTROPHES))
    return _NOT_NAME.sub(" ", folded).split()


def joined(text: str) -> list[str]:
    """The words of a text; a hyphen joins what stands beside it."""
    if text.isascii() and text.isalpha():
        return [text[:_MOST].lower()]
    folded = fold(text[:_MOST])
    if "'" in folded or not folded.isascii():
        folded = latin(folded.translate(_APOSTROPHES))
    return _NOT_NAME.sub(" ", folded.replace("-", "")).split()


def parsed(name: str, given: str = "", family: str = "") -> Name:
    """The parts of a name.

    Args:
        name: the whole as written.
        given: the given names, if the source keeps them apart.
        family: the family names, if the source keeps them apart.
    """
    if given.isalpha() and family.isalpha():
        text = given + family
        if text.isascii() and len(name.split()) <= 2:  # noqa: PLR2004 - no room for a middle name
            return Name(given.lower(), "", family.lower())
    if given or family:
        return _kept_apart(name, given, family)
    if not name or name.isspace():
        return _NOBODY
    return _whole(name)


def _kept_apart(name: str, given: str, family: str) -> Name:
    first, last = joined(given), _families(family)
    generation = _taken_suffixes(last)
    if len(first) > 1 and first[0] in _TITLES:
        first = first[1:]
    middle = first[1:] or _between(name, first, "".join(last))
    return Name(first[0] if first else "", "".join(middle[:2]), " ".join(last), generation)


def _between(name: str, first: list[str], last: str) -> list[str]:
    """The middle name that only the whole name has: right after the given name."""
    whole = joined(name) if first else []
    if len(whole) <= 2 or first[0] not in whole:  # noqa: PLR2004 - given and family alone
        return []
    after = whole[whole.index(first[0]) + 1 :]
    if not after or after[0] in last or after[0] in _SUFFIXES:
        return []
    return after[:1] if len(after) > 1 or last.endswith(whole[-2]) else []


def _families(text: str) -> list[str]:
    """Family names with their particles: ``van der Berg`` is one, ``García-López`` are two."""
    if text.isascii() and text.isalpha():
        return [text[:_MOST].lower()]
    found: list[str] = []
    pending = ""
    for word in words(text):
        if word in _PARTICLES and len(word) > 1:
            pending += word
        else:
            found.append(pending + word)
            pending = ""
    return [*found, pending] if pending else found


def _whole(name: str) -> Name:
    text = name[:_MOST]
    plain = text.split()
    if len(plain) == 2 and text.isascii() and all(map(str.isalpha, plain)):  # noqa: PLR2004
        first, last = plain[0].lower(), plain[1].lower()
        if first not in _TITLES and last not in _SUFFIXES:
            return Name(first, "", last)
    if _ODD.search(text) or " - " in text:
        text = _SPLIT_BY.split(_IN_BRACKETS.sub(" ", text), maxsplit=1)[0]
        if "," in text:
            return _with_comma(text)
    if not text.isascii() and _EAST.search(text):
        parts = split(text)
        return Name("".join(joined(parts.given)), "", "".join(words(parts.family)))
    return _in_order(text)


def _in_order(text: str) -> Name:
    found = joined(text) if "-" in text else words(text)
    while len(found) > 1 and found[0] in _TITLES:
        del found[0]
    generation = _taken_suffixes(found)
    del found[_MOST_WORDS:]
    if len(found) <= 1:
        return Name(found[0] if found else "", "", "", generation)
    start = len(found) - 1
    while start > 1 and found[start - 1] in _PARTICLES:
        start -= 1
    family = "".join(found[start:])
    if "-" in text and start == len(found) - 1:
        last = _families(text.rsplit(maxsplit=1)[-1])
        family = " ".join(last) if "".join(last) == family else family
    return Name(found[0], "".join(found[1:start]), family, generation)


def _taken_suffixes(found: list[str]) -> str:
    """Take what stands after a name off it; what of that tells father from son."""
    generation = ""
    while len(found) > 1 and found[-1] in _SUFFIXES:
        last = found.pop()
        generation = last if last in _GENERATIONS else generation
    return generation


def _with_comma(text: str) -> Name:
    head, *after = (part.strip() for part in text.split(","))
    others: list[str] = []
    generation = ""
    for part in after:
        bare = "".join(words(part))
        if bare in _SUFFIXES:
            generation = bare if bare in _GENERATIONS else generation
        elif bare:
            others.append(part)
    if not others or not head:
        return _whole(head or " ".join(others))._replace(generation=generation)
    first = [word for word in joined(others[0]) if word not in _SUFFIXES]
    if len(first) > 1 and first[0] in _TITLES:
        first = first[1:]
    family = [word for word in _families(head) if word not in _TITLES]
    return Name(first[0] if first else "", "".join(first[1:3]), " ".join(family), generation)


def without_firm(name: Name, org: str) -> Name:
    """A name as phones keep it, ``Rigo Wagenknecht Data`` of Data Materials, without the firm."""
    if not name.middle or not name.family:
        return name
    first = fold(org).split(maxsplit=1)[0] if not org.isspace() else ""
    return name._replace(middle="", family=name.middle) if first == name.family else name
