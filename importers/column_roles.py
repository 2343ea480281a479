"""What a column of a table may mean: roles as people write them, ``phone:mobile`` or ``given``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from core.errors import UsageError
from core.rules import kinds


class Column(NamedTuple):
    """The meaning of one column.

    Attributes:
        kind: one of `core.rules.kinds`; "" if the column is left out.
        label: home, mobile, a service, a field's own name; "" if there is none.
        part: which employment or address of that label, from 0.
        piece: what the cell is of a value that several cells make: ``city`` of an address,
            ``month`` of a birthday; ``tier`` of a label.
    """

    kind: str
    label: str = ""
    part: int = 0
    piece: str = ""


PIECES: Final = ("street", "extended", "po_box", "city", "region", "code", "country")
"""The parts of an address, in the order they are shown."""

_PLAIN: Final = {  # roles that take no label
    **{
        kind: Column(kind)
        for kind in (
            *(kinds.NAME, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.PREFIX, kinds.SUFFIX),
            *(kinds.NICKNAME, kinds.MAIDEN, kinds.SORT_AS, kinds.BIRTHDAY, kinds.LABEL),
            *(kinds.NOTE, kinds.GENDER, kinds.LANGUAGE, kinds.ZONE, kinds.CONNECTED),
        )
    },
    "birth_day": Column(kinds.BIRTHDAY, piece="day"),
    "birth_month": Column(kinds.BIRTHDAY, piece="month"),
    "birth_year": Column(kinds.BIRTHDAY, piece="year"),
    "tier": Column(kinds.LABEL, piece="tier"),
    "key": Column(kinds.UID, piece="key"),
    "keep": Column(kinds.EXTRA),
    "skip": Column(""),
}
_LABELLED: Final = {
    **{
        kind: Column(kind)
        for kind in (
            *(kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.URL, kinds.DATE, kinds.RELATION),
            *(kinds.PHONETIC, kinds.VALUE, kinds.CUSTOM),
        )
    },
    **{piece: Column(kinds.ADDRESS, piece=piece) for piece in PIECES},
    "address": Column(kinds.ADDRESS),
}
_NUMBERED: Final = {
    kind: Column(kind) for kind in (kinds.ORG, kinds.TITLE, kinds.DEPARTMENT, kinds.ROLE)
}
_OWN_WORD: Final = frozenset({kinds.CUSTOM, kinds.VALUE})  # their labels stay as written
_STANDARD: Final = frozenset(
    {
        *("home", "work", "mobile", "main", "other", "pager", "fax", "home fax", "work fax"),
        *("other fax", "car", "radio", "isdn", "telex", "tty", "callback", "company", "assistant"),
        *("anniversary", "spouse", "child", "manager", "partner", "profile", "blog", "homepage"),
        *("given", "middle", "family", "org", "name"),
    }
)
_EXAMPLES: Final = {
    kinds.EMAIL: "email:work",
    kinds.PHONE: "phone:mobile",
    kinds.HANDLE: "handle:SERVICE",
    kinds.DATE: "date:anniversary",
    kinds.RELATION: "relation:spouse",
    kinds.CUSTOM: "custom:LABEL",
    kinds.ORG: "org:2",
    "street": "street:home",
}
ROLES: Final = (*_PLAIN, *_LABELLED, *_NUMBERED)
"""Every role, without label."""


@lru_cache(maxsize=4096)
def column(role: str) -> Column:
    """The meaning of a role.

    Args:
        role: ``kind`` or ``kind:label``; a number at the end tells a second employment or
            address from the first: ``org:2``, ``street:home:2``.

    Raises:
        UsageError: there is no such role; the sentence names those there are.
    """
    name, _, rest = (part.strip() for part in role.partition(":"))
    name = name.lower()
    if not rest and (plain := _PLAIN.get(name)):
        return plain
    if found := _NUMBERED.get(name):
        if not rest or _is_number(rest):
            return found._replace(part=int(rest or 1) - 1)
    elif found := _LABELLED.get(name):
        part = 0
        if found.kind == kinds.ADDRESS:
            label, _, number = rest.rpartition(":")
            if _is_number(number):
                rest, part = label.strip(), int(number) - 1
        return found._replace(label=_label(found.kind, rest), part=part)
    shown = ", ".join(_EXAMPLES.get(known, known) for known in ROLES)
    raise UsageError(f'"{role}" is not something a column can mean; there are {shown}.')


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 1 and text != "0"


def _label(kind: str, text: str) -> str:
    if kind == kinds.HANDLE:
        return text.lower()
    if kind == kinds.PHONETIC:
        return text.lower() or "name"
    if kind not in _OWN_WORD and text.lower() in _STANDARD:
        return text.lower()
    return text
