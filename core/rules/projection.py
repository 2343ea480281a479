"""What is shown of a person: a projection over the facts of all their cards.

No value is copied or dropped: one-of-a-kind kinds choose one to show, the rest stay "formerly"
or "also"; everything else is united by its normalised value.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from core.rules import kinds, money, names
from core.text import fold, folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEARCH_LENGTH = 800


class Fact(NamedTuple):
    """A fact as projections see it.

    Attributes:
        rank: how new its source's word is; higher wins. Facts of the user come first anyway.
    """

    id: int
    card_id: int
    kind: str
    value: str
    norm: str
    label: str
    part: int
    detail: str
    preferred: int
    origin: str
    replaces_id: int | None
    since: str
    until: str
    rank: int = 0


class Shown(NamedTuple):
    """A person in one line, and the folded text that finds them."""

    name: str
    sort_key: str
    org: str
    title: str
    city: str
    email: str
    phone: str
    labels: str
    channels: int
    birthday: str
    connected: str
    news: str
    news_day: str
    search: str
    money: int


def standing_values(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that hold: not ended, not replaced by the user, not cleared; best first."""
    replaced = {fact.replaces_id for fact in facts if fact.origin == "user"}
    held = [
        fact
        for fact in facts
        if not fact.until and fact.value and not (fact.origin == "source" and fact.id in replaced)
    ]
    held.sort(key=_best_first)
    return held


def _best_first(fact: Fact) -> tuple[bool, int, int, bool, int]:
    return (fact.origin != "user", -fact.rank, fact.part, not fact.preferred, fact.id)


def shown_ids(facts: Sequence[Fact]) -> set[int]:
    """The ids of the facts a person shows: one of each one-of-a-kind kind, each value once."""
    seen: set[tuple[str, str]] = set()
    chosen: set[int] = set()
    for fact in standing_values(facts):
        mark = (fact.kind, "" if fact.kind in kinds.ONE else fact.norm)
        if mark not in seen:
            seen.add(mark)
            chosen.add(fact.id)
    return chosen


def project(facts: Sequence[Fact]) -> Shown:
    """Everything a list shows of the person who holds these facts."""
    best: dict[str, Fact] = {}
    held = standing_values(facts)
    for fact in held:
        if fact.kind != kinds.EMAIL or "@" in fact.norm:
            best.setdefault(fact.kind, fact)
    name = _name(best)
    family = _family(best, name)
    org, title = _employment(held, best)
    news, news_day = _news(facts)
    birthday = best.get(kinds.BIRTHDAY)
    connected = best.get(kinds.CONNECTED)
    return Shown(
        name=name,
        sort_key=names.sort_key(name, name if name == org else family),
        org=org,
        title=title,
        city=_city(held),
        email=_value(best, kinds.EMAIL),
        phone=_value(best, kinds.PHONE),
        labels="\n".join(dict.fromkeys(f.value for f in held if f.kind == kinds.LABEL)),
        channels=_channels(held),
        birthday=birthday.norm if birthday else "",
        connected=connected.norm if connected else "",
        news=news,
        news_day=news_day,
        search=_search(name, held),
        money=max((money.whole(f.norm) for f in held if f.kind == kinds.VALUE), default=0),
    )


def _family(best: dict[str, Fact], name: str) -> str:
    """The family name, unless the user gave a whole name since that no longer holds it."""
    family = _value(best, kinds.FAMILY)
    renamed = kinds.NAME in best and best[kinds.NAME].origin == "user"
    return "" if renamed and fold(family) not in fold(name) else family


def _value(best: dict[str, Fact], kind: str) -> str:
    return best[kind].value if kind in best else ""


def _name(best: dict[str, Fact]) -> str:
    if kinds.NAME in best:
        return best[kinds.NAME].value
    order = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)
    composed = names.shown_name(*(_value(best, kind) for kind in order))
    if composed:
        return composed
    for kind in (kinds.NICKNAME, kinds.ORG, kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.URL):
        if kind in best:
            return best[kind].value
    return _first(best)


def _first(best: dict[str, Fact]) -> str:
    return next(iter(best.values())).value if best else ""


def _employment(held: Sequence[Fact], best: dict[str, Fact]) -> tuple[str, str]:
    org = best.get(kinds.ORG)
    if org is None:
        return "", _value(best, kinds.TITLE)
    for fact in held:
        own = fact.card_id == org.card_id and fact.part == org.part
        if fact.kind == kinds.TITLE and (own or fact.origin == "user"):
            return org.value, fact.value
    return org.value, ""


def _city(held: Iterable[Fact]) -> str:
    for fact in held:
        if fact.kind == kinds.ADDRESS and fact.detail:
            city = json.loads(fact.detail).get("city", "")
            if city:
                return str(city)
    return ""


def _channels(held: Iterable[Fact]) -> int:
    """How many ways lead to the person: mail, phone, and each network."""
    ways = {
        fact.norm.partition(":")[0] if fact.kind == kinds.HANDLE else fact.kind
        for fact in held
        if fact.kind in kinds.IDENTIFIERS
    }
    return len(ways)


def _news(facts: Iterable[Fact]) -> tuple[str, str]:
    """A change of employer that two imports of one source showed: "Initech → Globex", its day."""
    newest: tuple[str, str] = ("", "")
    orgs = [fact for fact in facts if fact.kind == kinds.ORG and fact.origin == "source"]
    for now in orgs:
        if not now.since or now.until or now.since <= newest[1]:
            continue
        mine = [fact for fact in orgs if fact.card_id == now.card_id]
        ended = [fact for fact in mine if fact.until == now.since]
        stay = {fact.norm for fact in mine if not fact.until}
        left = [fact for fact in ended if fact.norm not in stay]
        if left and now.norm not in {fact.norm for fact in ended}:
            newest = (f"{max(left).value} → {now.value}", now.since)
    return newest


_SEARCHED = frozenset(
    {kinds.NAME, kinds.GIVEN, kinds.FAMILY, kinds.NICKNAME, kinds.MAIDEN, kinds.PHONETIC}
    | {kinds.ORG, kinds.TITLE, kinds.EMAIL, kinds.HANDLE, kinds.LABEL}
)


def _search(name: str, held: Sequence[Fact]) -> str:
    """Folded words, each once, both umlaut forms; phone numbers as digits."""
    found: dict[str, None] = dict.fromkeys(folds(name))
    whole = " ".join(found)
    for fact in held:
        if fact.kind in _SEARCHED:
            value = fact.norm.partition(":")[2] if fact.kind == kinds.HANDLE else fact.value
            for form in folds(value):
                if form not in whole:
                    found[form] = None
                    whole = f"{whole} {form}"
        elif fact.kind == kinds.PHONE:
            found["".join(char for char in fact.value if char.isdecimal())] = None
            found[fact.norm.lstrip("+?")] = None
    if city := fold(_city(held)):
        found[city] = None
    return " ".join(found)[:SEARCH_LENGTH]
