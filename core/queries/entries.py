"""What entries say, as matching reads it: one row a card, in the order of their ids."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.matching.records import Records
from core.rules import kinds
from core.rules.names import shown_name
from core.text import fold

if TYPE_CHECKING:
    from core.storage.driver import Connection


class Entries(NamedTuple):
    """The ids of cards, ascending, and what each says.

    `records.source` is the id of the card's source as text, "" for a card made by hand.
    """

    ids: list[int]
    records: Records


# What holds on a card: the user's word takes the place of the source's that it replaces. What a
# source no longer says is out, but for addresses, numbers and handles: they told who somebody was.
_HOLDS: Final = """value <> '' AND (until = '' OR origin = 'source' AND kind IN
    ('email', 'phone', 'handle')) AND NOT (origin = 'source'
    AND id IN (SELECT replaces_id FROM fact WHERE replaces_id IS NOT NULL AND origin = 'user'))"""
_ONE: Final = (
    *(kinds.NAME, kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX),
    *(kinds.NICKNAME, kinds.ORG, kinds.TITLE, kinds.BIRTHDAY),
)
_PARTS: Final = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)
_MANY: Final = (kinds.EMAIL, kinds.PHONE, kinds.HANDLE)
_KINDS: Final = ", ".join(f"'{kind}'" for kind in (*_ONE, *_MANY))
_BEST_LAST: Final = "ORDER BY origin = 'user', part DESC, preferred, id DESC"
# Nearly all facts are wanted: reading the table from end to end is four times as quick as looking
# each up by its kind.
_FACTS: Final = f"""SELECT kind, card_id, CASE WHEN kind = 'birthday' THEN norm
      WHEN kind = 'handle' OR kind = 'phone' AND substr(norm, 1, 1) = '+' THEN norm ELSE value END
    FROM fact NOT INDEXED WHERE kind IN ({_KINDS}) AND {_HOLDS} {_BEST_LAST}"""  # noqa: S608 — our own words
_CITIES: Final = f"""SELECT card_id, json_extract(detail, '$.city') AS city FROM fact
    WHERE kind = 'address' AND detail <> '' AND city <> '' AND {_HOLDS} {_BEST_LAST}"""  # noqa: S608 — our own words
_CARDS: Final = "SELECT id, coalesce(source_id, '') FROM card ORDER BY id"
_RENAMED: Final = f"""SELECT card_id FROM fact
    WHERE kind = 'name' AND origin = 'user' AND {_HOLDS}"""  # noqa: S608 — our own words
_NONE: Final[tuple[str, ...]] = ()


def to_match(view: Connection) -> Entries:
    """All entries of the book.

    Args:
        view: a connection, inside a transaction where it must be one moment's book.
    """
    cards = view.execute(_CARDS).fetchall()
    ids = [row[0] for row in cards]
    one: dict[str, dict[int, str]] = {kind: {} for kind in _ONE}
    many: dict[str, dict[int, list[str]]] = {kind: defaultdict(list) for kind in _MANY}
    for kind, card, value in view.execute(_FACTS):
        if kind in one:
            one[kind][card] = value
        else:
            many[kind][card].append(value)
    _rename(one, [row[0] for row in view.execute(_RENAMED)])

    def column(kind: str) -> list[str]:
        return [one[kind].get(card, "") for card in ids]

    def lists(kind: str) -> list[list[str] | tuple[str, ...]]:
        return [many[kind].get(card, _NONE) for card in ids]

    middle = one[kinds.MIDDLE]
    given = [
        f"{text} {middle[card]}" if text and card in middle else text
        for card, text in zip(ids, column(kinds.GIVEN), strict=True)
    ]
    cities = dict(view.execute(_CITIES).fetchall())
    records = Records(
        len(ids),
        source=[str(row[1]) for row in cards],
        name=[one[kinds.NAME].get(card) or _composed(one, card) for card in ids],
        given=given,
        family=column(kinds.FAMILY),
        emails=lists(kinds.EMAIL),
        phones=lists(kinds.PHONE),
        handles=lists(kinds.HANDLE),
        orgs=column(kinds.ORG),
        titles=column(kinds.TITLE),
        cities=[str(cities.get(card, "")) for card in ids],
        others={"birthday": column(kinds.BIRTHDAY)},
    )
    return Entries(ids, records)


def _rename(one: dict[str, dict[int, str]], cards: list[int]) -> None:
    """Let go of name parts that the whole name the user gave no longer holds."""
    for card in cards:
        words = fold(one[kinds.NAME][card]).split()
        for kind in (kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY):
            if not set(fold(one[kind].get(card, "")).split()) <= set(words):
                one[kind].pop(card)


def _composed(one: dict[str, dict[int, str]], card: int) -> str:
    """A name from its parts where the source gives no whole one."""
    whole = shown_name(*(one[kind].get(card, "") for kind in _PARTS))
    return whole or one[kinds.NICKNAME].get(card, "")
