"""What is shown of a person: a projection over the facts of all their cards.

No value is copied or dropped: one-of-a-kind kinds choose one to show, the rest stay "formerly"
or "also"; everything else is united by its normalised value.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import influence, kinds, money, names, partial_dates, three_way
from core.rules.choices import FIELD_OF, FIELDS, NAME, WORK
from core.text import fold, folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.rules.choices import Choice

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
    """A person in one line, and the folded text that finds them.

    Attributes:
        phones: their normal forms, best first.
        country: of the address whose city shows.
        zone: the time zone that a source or the user names, as written.
    """

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
    followers: int
    phones: tuple[str, ...]
    country: str
    zone: str


def standing_values(facts: Sequence[Fact], choices: Sequence[Choice] = ()) -> list[Fact]:
    """The facts that hold: not ended, not replaced by the user, not cleared; best first.

    What a source says anew where the user wrote something else waits until the user decides.

    Args:
        facts: of all cards of a person.
        choices: those that hold; what was chosen comes first.
    """
    replaced = {fact.replaces_id for fact in facts if fact.origin == "user"}
    if replaced:
        replaced |= three_way.waiting(facts)
    held = [
        fact
        for fact in facts
        if not fact.until and fact.value and not (fact.origin == "source" and fact.id in replaced)
    ]
    held.sort(key=_best_first)
    if choices:
        places = {(one.field, one.of): (one.place, one.value) for one in choices}
        held.sort(key=lambda fact: _chosen_first(fact, places))
    return held


def _best_first(fact: Fact) -> tuple[bool, int, int, bool, int]:
    return (fact.origin != "user", -fact.rank, fact.part, not fact.preferred, fact.id)


def _chosen_first(
    fact: Fact, places: dict[tuple[str, int], tuple[int, str]]
) -> tuple[bool, int, bool]:
    chosen = places.get((FIELD_OF.get(fact.kind, ""), fact.card_id))
    if chosen is None:
        return (True, 0, False)
    place, norm = chosen
    return (False, place, bool(norm) and fact.norm != norm)


def shown_ids(facts: Sequence[Fact], choices: Sequence[Choice] = ()) -> set[int]:
    """The ids of the facts a person shows: one of each one-of-a-kind kind, each value once.

    The parts of a name are of one card, and what belongs to an employment too; of a field that
    the user chose to show both ways, the values of the other cards show as well.
    """
    held = standing_values(facts, choices)
    seen: set[tuple[str, str]] = set()
    chosen = {fact.id for kind, fact in leading(held, choices).items() if kind in kinds.ONE}
    for one in choices:
        if one.place and one.field in FIELDS:
            theirs = leading([fact for fact in held if fact.card_id == one.of])
            chosen |= {theirs[kind].id for kind in FIELDS[one.field] if kind in theirs}
    for fact in held:
        if fact.kind not in kinds.ONE and (fact.kind, fact.norm) not in seen:
            seen.add((fact.kind, fact.norm))
            chosen.add(fact.id)
    return chosen


def project(facts: Sequence[Fact], choices: Sequence[Choice] = ()) -> Shown:
    """Everything a list shows of the person who holds these facts."""
    held = standing_values(facts, choices)
    best = leading(held, choices)
    name = name_of(best)
    family = _family(best, name)
    org = _value(best, kinds.ORG)
    city, country = _place(held)
    news, news_day = _news(facts)
    birthday = best.get(kinds.BIRTHDAY)
    connected = best.get(kinds.CONNECTED)
    return Shown(
        name=name,
        sort_key=names.sort_key(name, name if name == org else family),
        org=org,
        title=_value(best, kinds.TITLE),
        city=city,
        email=_value(best, kinds.EMAIL),
        phone=_value(best, kinds.PHONE),
        labels="\n".join(dict.fromkeys(f.value for f in held if f.kind == kinds.LABEL)),
        channels=_channels(held),
        birthday=birthday.norm if birthday else "",
        connected=connected.norm if connected else "",
        news=news,
        news_day=news_day,
        search=_search(name, held, city),
        money=max((money.whole(f.norm) for f in held if f.kind == kinds.VALUE), default=0),
        followers=influence.followers(held),
        phones=tuple(fact.norm for fact in held if fact.kind == kinds.PHONE),
        country=country,
        zone=_value(best, kinds.ZONE),
    )


_NAMING: Final = frozenset({kinds.NAME, kinds.GIVEN, kinds.FAMILY})
_NAMES: Final = frozenset(FIELDS[NAME])
_WORKS: Final = frozenset(FIELDS[WORK])


def leading(held: Sequence[Fact], choices: Sequence[Choice] = ()) -> dict[str, Fact]:
    """The best value of each kind; a name is never put together from several cards, nor is work.

    Args:
        held: the facts that hold, best first.
        choices: those that hold.
    """
    best: dict[str, Fact] = {}
    works: list[Fact] = []
    namer = card_of(NAME, held)
    chosen = {one.field for one in choices}
    for fact in held:
        kind = fact.kind
        if kind in _WORKS:
            works.append(fact)
        elif (kind not in _NAMES or fact.card_id == namer) and (
            kind != kinds.EMAIL or "@" in fact.norm
        ):
            best.setdefault(kind, fact)
    if works:
        best |= _employment(works, chosen=WORK in chosen)
    born = best.get(kinds.BIRTHDAY)
    if born and born.origin != "user" and kinds.BIRTHDAY not in chosen:
        best[kinds.BIRTHDAY] = _fullest(born, held)
    return best


def card_of(field: str, held: Sequence[Fact]) -> int:
    """The card whose name, or whose employment, shows; 0 if none has any."""
    if field == NAME:
        first, others = _NAMING, _NAMES
    elif field == WORK:
        first, others = frozenset({kinds.ORG}), _WORKS
    else:
        first = others = frozenset(FIELDS[field])
    for wanted in (first, others):
        for fact in held:
            if fact.kind in wanted:
                return fact.card_id
    return 0


def _employment(works: Sequence[Fact], *, chosen: bool) -> dict[str, Fact]:
    """Employer, title, department and role of one employment; equal employers complete it."""
    best: dict[str, Fact] = {}
    places = {(fact.card_id, fact.part) for fact in works}
    if len(places) == 1:
        for fact in works:
            best.setdefault(fact.kind, fact)
        return best
    mine = [fact for fact in works if fact.card_id == works[0].card_id]
    # A card without an employer may be what the user wants to see.
    org = next((fact for fact in (mine if chosen else works) if fact.kind == kinds.ORG), None)
    if org is None:
        title = next((fact for fact in works if fact.kind == kinds.TITLE), works[0])
        works = [fact for fact in works if fact.card_id == title.card_id]
    else:
        same = {(f.card_id, f.part) for f in works if f.kind == kinds.ORG and f.norm == org.norm}
        firms = {fact.card_id for fact in works if fact.kind == kinds.ORG}
        own = [fact for fact in works if _is_of(fact, org, firms)]
        works = [*own, *(fact for fact in works if (fact.card_id, fact.part) in same)]
    if org is not None:
        best[kinds.ORG] = org
    for fact in works:
        best.setdefault(fact.kind, fact)
    return best


def _is_of(fact: Fact, org: Fact, firms: set[int]) -> bool:
    """Whether a value is of an employment: the source says so, or the user put it there."""
    if fact.card_id == org.card_id:
        return fact.part == org.part or fact.origin == "user"
    return fact.origin == "user" and fact.card_id not in firms


def _fullest(born: Fact, held: Iterable[Fact]) -> Fact:
    """A birthday, or one of other cards that agrees with it and says more."""
    said = partial_dates.parse(born.norm)
    for fact in held:
        if fact.kind == kinds.BIRTHDAY and fact is not born and said is not None:
            other = partial_dates.parse(fact.norm)
            if other is not None and other != said and partial_dates.includes(other, said):
                born, said = fact, other
    return born


def _family(best: dict[str, Fact], name: str) -> str:
    """The family name, unless the user gave a whole name since that no longer holds it."""
    family = _value(best, kinds.FAMILY)
    renamed = kinds.NAME in best and best[kinds.NAME].origin == "user"
    return "" if renamed and fold(family) not in fold(name) else family


def _value(best: dict[str, Fact], kind: str) -> str:
    return best[kind].value if kind in best else ""


def name_of(best: dict[str, Fact]) -> str:
    """What somebody is called, by the best value of each kind; "" if there is none."""
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


def _place(held: Iterable[Fact]) -> tuple[str, str]:
    """The city that shows, and the country of that address."""
    for fact in held:
        if fact.kind == kinds.ADDRESS and fact.detail:
            pieces = json.loads(fact.detail)
            if city := pieces.get("city", ""):
                return str(city), str(pieces.get("country", ""))
    return "", ""


def _channels(held: Iterable[Fact]) -> int:
    """How many ways lead to the person: mail, phone, and each network."""
    ways = {
        fact.norm.partition(":")[0] if fact.kind == kinds.HANDLE else fact.kind
        for fact in held
        if fact.kind in kinds.IDENTIFIERS
    }
    return len(ways)


def _news(facts: Iterable[Fact]) -> tuple[str, str]:
    """A change of employer that two imports of one source showed: "Initech → Globex", its day.

    What the user had written already is no news.
    """
    newest: tuple[str, str] = ("", "")
    orgs = [fact for fact in facts if fact.kind == kinds.ORG and fact.origin == "source"]
    known = {fact.norm for fact in facts if fact.kind == kinds.ORG and fact.origin == "user"}
    for now in orgs:
        if not now.since or now.until or now.since <= newest[1] or now.norm in known:
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


def _search(name: str, held: Sequence[Fact], place: str) -> str:
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
    if city := fold(place):
        found[city] = None
    return " ".join(found)[:SEARCH_LENGTH]
