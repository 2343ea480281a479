"""What is told of a person outside: the values that show first, those that stay as "also" after.

The same for every form; text loses what no other program should be handed: controls, every kind
of line break but one, and padding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds, names, opt_outs, partial_dates, tiers
from core.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.queries.outgoing import Outgoing
    from core.rules.projection import Fact

PARTS: Final = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)
JOB: Final = (kinds.ORG, kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE)
# What only this book has a use for, or what is nobody else's business.
_PRIVATE: Final = frozenset({kinds.VALUE, kinds.UID, kinds.KEY, kinds.EXTRA, kinds.CONNECTED})
_LABELLED: Final = frozenset(
    {kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.URL, kinds.ADDRESS, kinds.DATE, kinds.RELATION}
    | {kinds.PHONETIC, kinds.CUSTOM}
)
_DATES: Final = frozenset({kinds.BIRTHDAY, kinds.DATE})
_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_PADDING: Final = re.compile(r"([ \t])[ \t]{40,}")
_ANGLE: Final = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*\Z")
_SCHEME: Final = re.compile(r"\s*(?:tel|sips?|xmpp|mailto):", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*https?:", re.IGNORECASE)
UNNAMED: Final = "Unnamed"


class Said(NamedTuple):
    """One value as it goes out; as readers give it back, field by field."""

    kind: str
    value: str
    label: str = ""
    part: int = 0
    detail: str = ""
    preferred: bool = False


class Telling(NamedTuple):
    """All that is told of a person.

    Attributes:
        values: of each kind the one that shows first.
        altered: kinds of which text had to be changed, such as a name with a control in it.
    """

    uid: str
    name: str
    revised: str
    values: tuple[Said, ...]
    altered: tuple[str, ...]


def plain(text: str) -> str:
    r"""Text that any program may be handed: line breaks as ``\n``, no controls, no padding."""
    if text.isprintable() and len(text) < 40:  # noqa: PLR2004 — as `_PADDING`
        return text.strip()
    text = _LINE_BREAK.sub("\n", clean(text))
    return _PADDING.sub(r"\1", _CONTROL.sub("", text)).strip()


def tell(person: Outgoing, *, with_tier: bool) -> Telling:
    """What goes out of a person.

    Args:
        person: with the facts that hold, best first.
        with_tier: tell the tier as a label; else nobody learns it, from no source's label either.

    A way by which they must not be contacted is always told, as a label: no list that is made of
    them elsewhere can say that it did not know.
    """
    facts = [fact for fact in person.facts if fact.kind not in _PRIVATE]
    found = [_Plain.of(fact) for fact in facts]
    altered = dict.fromkeys(
        one.kind for one, fact in zip(found, facts, strict=True) if one.altered(fact)
    )
    known = [one for one in found if one.value]
    name = plain(person.name) or next((one.value for one in known), UNNAMED)
    told: dict[Said, None] = dict.fromkeys((Said(kinds.NAME, name), *_named(name, known)))
    told |= dict.fromkeys(_jobs(known))
    seen = {(kinds.NICKNAME, fold(name))}
    for one in known:
        mark = (one.kind, "" if one.kind in kinds.ONE else one.norm)
        if mark in seen or one.kind in {kinds.NAME, *PARTS, *JOB}:
            continue
        seen.add(mark)
        if one.kind != kinds.LABEL or tiers.from_label(one.value.lstrip("* ")) is None:
            told[one.said()] = None
    if with_tier and person.tier:
        told[Said(kinds.LABEL, f"Tier {person.tier}")] = None
    told |= {Said(kinds.LABEL, label): None for label in opt_outs.labels(person.never)}
    return Telling(person.uid, name, person.revised, tuple(told), tuple(altered))


class _Plain(NamedTuple):
    """A fact whose text may go out."""

    kind: str
    value: str
    norm: str
    label: str
    detail: str
    preferred: bool
    place: tuple[int, int]
    mine: bool

    @classmethod
    def of(cls, fact: Fact) -> _Plain:
        kind, value = fact.kind, plain(fact.value)
        if kind in _DATES and (day := partial_dates.parse(value)):
            value = str(day)
        elif kind == kinds.EMAIL and (found := _ANGLE.search(value)):
            value = found[1]
        elif kind in {kinds.EMAIL, kinds.PHONE} and _SCHEME.match(value):
            value = plain(fact.norm) if fact.norm else value
        elif kind == kinds.HANDLE and _PAGE.match(value):
            kind = kinds.URL
        place = (fact.card_id, fact.part)
        label = plain(fact.label) if kind in _LABELLED else ""
        mine = fact.origin == "user"
        return cls(
            kind,
            value,
            fact.norm,
            label,
            fact.detail,
            bool(fact.preferred),
            place,
            mine,
        )

    def altered(self, fact: Fact) -> bool:
        """Whether some sign of the text had to go."""
        return bool(_CONTROL.search(fact.value + fact.label))

    def said(self, part: int = 0) -> Said:
        return Said(self.kind, self.value, self.label, part, self.detail, self.preferred)


def _named(name: str, known: Sequence[_Plain]) -> Iterator[Said]:
    """The parts of the name that shows, and other names as nicknames."""
    others = [one for one in known if one.kind == kinds.NAME]
    shown = next((one for one in others if one.value == name), None)
    parts: dict[str, str] = {}
    for one in known:
        if one.kind in PARTS and (shown is None or shown.place[0] == one.place[0]):
            parts.setdefault(one.kind, one.value)
    folded = fold(name)
    core = [parts[kind] for kind in (kinds.GIVEN, kinds.FAMILY) if kind in parts]
    if not core or (shown is not None and any(fold(part) not in folded for part in core)):
        is_firm = any(one.kind == kinds.ORG and fold(one.value) == folded for one in known)
        split = names.split(name) if shown is not None and not is_firm else names.Parts()
        parts = {kind: plain(part) for kind, part in zip(PARTS, split, strict=True) if part}
    yield from (Said(kind, parts[kind]) for kind in PARTS if parts.get(kind))
    seen = {folded}
    for one in others:
        if (mark := fold(one.value)) not in seen:
            seen.add(mark)
            yield Said(kinds.NICKNAME, one.value)


def _jobs(known: Iterable[_Plain]) -> Iterator[Said]:
    """Employments, the one that shows first; the facts of each share a number."""
    jobs: dict[tuple[int, int], dict[str, _Plain]] = {}
    titles: list[_Plain] = []
    for one in known:
        if one.kind == kinds.TITLE and one.mine:
            titles.append(one)
        elif one.kind in JOB:
            jobs.setdefault(one.place, {}).setdefault(one.kind, one)
    ranked = sorted(jobs.values(), key=lambda job: kinds.ORG not in job)
    if titles:
        ranked = ranked or [{}]
        ranked[0][kinds.TITLE] = titles[0]
    seen: set[tuple[str, ...]] = set()
    part = 0
    for job in ranked:
        mark = tuple(fold(job[kind].value) if kind in job else "" for kind in JOB)
        if mark in seen:
            continue
        seen.add(mark)
        yield from (Said(kind, job[kind].value, "", part) for kind in JOB if kind in job)
        part += 1
