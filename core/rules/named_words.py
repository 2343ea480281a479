"""Which words of a line about a talk may be names: ``coffee with anna and ben about the move``."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import lines
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_HAND: Final = "you\x1f"
"""The scope of an identity whose name the user wrote into the log."""
LONGEST: Final = 4
"""Words of one name."""
MOST: Final = 12
"""Names of one line."""
_TOKEN: Final = re.compile(r"[,&+;:!?()\"“”„]|[^\s,&+;:!?()\"“”„]+")
_WITH: Final = frozenset({"with", "w/"})
_ONLY: Final = frozenset({"only", "just"})
_BETWEEN: Final = frozenset({",", "&", "+", "and"})
_TOWARDS: Final = frozenset({"to", "from", "saw"})
_STOP: Final = frozenset(
    "a about after again agreed all also an and another are as asked at back because been before "  # noqa: SIM905 — reads best
    "but by can colleagues could discussed everybody everyone family few for friends from gave "
    "got had has have he her here hers him his how i if in into is it its just last left lots "
    "many me met more moved moves much my near needs next no nobody not now of on one or our out "
    "over people planned promised re regarding said saw says sent she showed since so some spoke "
    "started starts talked team that the their them then there they this those to today together "
    "told tomorrow too two until up very via wanted wants was we went were what when where while "
    "who whom why will with without works would yesterday you your @".split()
)
"""Words that end a name and are none."""
_PARTICLES: Final = frozenset("van von de der den da di del la le al bin ibn ter ten of".split())  # noqa: SIM905 — reads best
_VERB_ENDS: Final = ("ed", "ing")
_SHORTEST_VERB: Final = 5
_MOST_SMALL: Final = 2


class Mention(NamedTuple):
    """Words of which the first may be a name.

    Attributes:
        words: as typed, at most `LONGEST`.
        run: which list of names of the line it stands in.
        weak: it may as well be no name: it counts only for somebody who is in the book.
    """

    words: tuple[str, ...]
    run: int
    weak: bool


def mentions(text: str, *, alone: bool) -> tuple[bool, tuple[Mention, ...]]:
    """The words that may be names, and whether *only* stands before them.

    Args:
        text: what was said, without day and promises.
        alone: nobody is meant beforehand, so names may also stand after the words for a talk.
    """
    tokens = _TOKEN.findall(text)
    folded = [fold(token) for token in tokens]
    found: list[Mention] = []
    only, at, run = False, 0, 0
    strong = any(word in _WITH for word in folded)
    while at < len(tokens) and len(found) < MOST:
        word = folded[at]
        at += 1
        if word in _WITH:
            only = only or (at > 1 and folded[at - 2] in _ONLY)
        elif not alone or strong or not (word in _TOWARDS or lines.tells_kind(word)):
            continue
        run += 1
        at = _list(tokens, folded, at, run, found)
    return only, tuple(found)


def _list(
    tokens: Sequence[str], folded: Sequence[str], at: int, run: int, found: list[Mention]
) -> int:
    """Take names with ``and`` or a comma between from one token on; where they end."""
    weak = folded[at - 1] not in _WITH
    while at < len(tokens) and len(found) < MOST:
        words = [
            token
            for token, _ in takewhile(
                lambda pair: _may_be_name(pair[1]) and not (weak and lines.tells_kind(pair[1])),
                zip(tokens[at:], folded[at:], strict=True),
            )
        ]
        if not words:
            return at
        found.append(Mention(tuple(words[:LONGEST]), run, weak))
        at += len(words)
        if len(words) > LONGEST or at >= len(tokens) or folded[at] not in _BETWEEN:
            return at
        while at < len(tokens) and folded[at] in _BETWEEN:
            at += 1
    return at


def unknown(mention: Mention) -> int:
    """How many words of a mention that nobody in the book bears are a name; 0 for none."""
    words = mention.words
    if mention.weak:
        return 0
    if not words[0][:1].islower():
        count = 0
        for place, word in enumerate(words, 1):
            if not word[:1].islower():
                count = place
            elif word not in _PARTICLES:
                break
        return count
    prose = any(len(w) >= _SHORTEST_VERB and w.endswith(_VERB_ENDS) for w in words)
    return 0 if prose or len(words) > _MOST_SMALL else len(words)


def goes_on(mention: Mention, count: int) -> bool:
    """Whether after so many words of a name another one follows: no Zoe is Zoe Klein."""
    words = mention.words
    begun = not mention.weak and words[0][:1].isupper()
    return begun and any(word[:1].isupper() for word in words[count : count + 1])


def _may_be_name(word: str) -> bool:
    return word not in _STOP and any(char.isalpha() for char in word) and word[0] not in "@#/-–"  # noqa: RUF001 — a dash as people type it
