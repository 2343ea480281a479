"""One typed line about somebody, taken apart: ``Rachel Green, Globex, r@globex.example``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError
from core.rules import emails, fields, handles, kinds, partial_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SEPARATORS: Final = frozenset(",;\n")
_KEYED: Final = re.compile(r"([^\W\d_][\w .-]{0,40}?)\s*:(?!//)(\s*)(\S.*)\Z", re.DOTALL)
_DATED: Final = re.compile(r"(birthday|born|bday|anniversary)\s+(?:on\s+)?(\S.*)\Z", re.IGNORECASE)
_DAY: Final = re.compile(r"(?:\d{4}|-)-\d\d-\d\d\Z", re.ASCII)
_MAILBOX: Final = re.compile(r"([^<>]*[^<>\s])\s*<([^<>\s]+@[^<>\s]+)>\Z")
_LABELLED_NUMBER: Final = re.compile(
    r"(tel|telephone|phone|mobile|cell|work|home|office|fax|[mtpfhw])\b[.:]?\s*([+(\d].*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(
    r"\+?[\d\s().\u2010-\u2013/-]+(?:\s*(?:ext|x|extension)\.?\s*\d{1,6})?\Z", re.IGNORECASE
)
_PATH: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S*\Z")
_PHONE_LABELS: Final = {
    **dict.fromkeys(("mobile", "cell", "m"), "mobile"),
    **dict.fromkeys(("work", "office", "w"), "work"),
    **dict.fromkeys(("home", "h"), "home"),
    **dict.fromkeys(("fax", "f"), "fax"),
}
_FEWEST_DIGITS, _FEWEST_ABROAD = 5, 3
_PLACES: Final = (kinds.NAME, kinds.ORG, kinds.TITLE)
_KNOWN_BY: Final = frozenset(
    {*_PLACES[:2], kinds.GIVEN, kinds.FAMILY, kinds.NICKNAME, kinds.URL, kinds.ADDRESS}
    | kinds.IDENTIFIERS
)
EXAMPLE: Final = "Rachel Green, Globex, r@globex.example, +44 20 7946 0958"


class Typed(NamedTuple):
    """One value as the user typed it; who stores it normalises it.

    Attributes:
        kind: one of `core.rules.kinds`.
        value: the text; not empty.
        label: home, work, mobile, a service, or the user's own field name; "" if none.
    """

    kind: str
    value: str
    label: str = ""


class Edit(NamedTuple):
    """What is to become of one fact of a person.

    Attributes:
        fact_id: the fact, as `core.queries.person.FactLine` names it; 0 for a new value.
        kind: one of `core.rules.kinds`.
        value: the text as it shall be; "" clears it.
        label: as it shall be.
    """

    fact_id: int
    kind: str
    value: str
    label: str = ""


def person(line: str) -> tuple[Typed, ...]:
    """The values that a line about one person holds, in its order.

    Pieces between commas, semicolons or line breaks are told apart by what they are: an address,
    a number (``mobile 079 ...``), a page or ``@handle``, ``key: value`` (unknown keys with a space
    behind the colon become the user's own fields), ``birthday 3 May``, ``#label``. What is left is
    the name, then the organisation, then the title; more of it are notes. Double quotes keep a
    comma inside a piece, and a piece in quotes is always words. ``Smith, John`` cannot be known
    from a firm's name behind a person's: type ``John Smith``, or ``"Smith, John"``.

    Raises:
        UsageError: it holds nothing that anybody could be known by.
    """
    found: list[Typed] = []
    free = iter(_PLACES)
    taken: set[str] = set()
    for text, quoted in _pieces(line):
        typed = None if quoted else _told(text)
        if typed is None:
            mailbox = None if quoted else _MAILBOX.match(text)
            words = mailbox[1] if mailbox else text
            kind = next((place for place in free if place not in taken), kinds.NOTE)
            found.append(Typed(kind, words))
            typed = Typed(kinds.EMAIL, mailbox[2]) if mailbox else None
        if typed is not None:
            taken.add(typed.kind)
            found.append(typed)
    if not is_known_by(found):
        raise UsageError(f"who is it? such as: {EXAMPLE}")
    return tuple(found)


def is_known_by(values: Iterable[Typed]) -> bool:
    """Whether somebody can be known by any of these values: a name, a firm, an address."""
    return any(value.kind in _KNOWN_BY and value.value.strip() for value in values)


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """The pieces that are not empty, and whether a piece stood in quotes as a whole."""
    piece: list[str] = []
    place = 0
    while place <= len(line):
        char = line[place : place + 1]
        if not char or char in _SEPARATORS:
            text = "".join(piece).strip()
            bare = text[1:-1].strip() if _is_quoted(text) else text
            if bare:
                yield bare, _is_quoted(text)
            piece.clear()
        elif char == '"' and (end := line.find('"', place + 1)) > 0:
            piece.append(line[place : end + 1])
            place = end
        else:
            piece.append(char)
        place += 1


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2  # noqa: PLR2004 — a pair


def _told(text: str) -> Typed | None:
    """What a piece is by its looks; None for mere words."""
    if text.startswith("#") and text[1:].strip():
        return Typed(kinds.LABEL, text[1:].strip())
    if text.startswith("@") and len(text) > 1 and not text[1:].isspace():
        return Typed(kinds.HANDLE, text) if len(text.split()) == 1 else None
    if dated := _DATED.match(text):
        return _date(dated[1].lower(), dated[2])
    if _DAY.match(text) and partial_dates.parse(text):
        return Typed(kinds.BIRTHDAY, text)
    return _number(text) or _page(text) or _keyed(text) or _mail(text)


def _mail(text: str) -> Typed | None:
    plain = "<" not in text and emails.normal(text)
    return Typed(kinds.EMAIL, text) if plain else None


def _date(word: str, text: str) -> Typed | None:
    if partial_dates.parse(text) is None:
        return None
    if word == "anniversary":
        return Typed(kinds.DATE, text, word)
    return Typed(kinds.BIRTHDAY, text)


def _number(text: str) -> Typed | None:
    label = ""
    if labelled := _LABELLED_NUMBER.match(text):
        label, text = _PHONE_LABELS.get(labelled[1].lower(), ""), labelled[2]
    digits = sum(char.isdecimal() for char in text)
    fewest = _FEWEST_ABROAD if text.startswith("+") else _FEWEST_DIGITS
    if digits < fewest or not _NUMBER.match(text):
        return None
    return Typed(kinds.PHONE, text.strip(), label)


def _page(text: str) -> Typed | None:
    if len(text.split()) > 1:
        return None
    web = text.lower().startswith(("http://", "https://", "www.", "mailto:", "tel:"))
    return Typed(kinds.URL, text) if web or _PATH.match(text) or handles.from_url(text) else None


def _keyed(text: str) -> Typed | None:
    keyed = _KEYED.match(text)
    if keyed is None:
        return None
    key, space, value = keyed.groups()
    if len(value) > 1 and _is_quoted(value) and value[1:-1].strip():
        value = value[1:-1].strip()
    field = fields.known(key)
    if field is not None:
        return Typed(field.kind, value, field.label)
    head, _, label = key.partition(" ")
    field = fields.known(head) if label else None
    if field is not None:
        return Typed(field.kind, value, label)
    return Typed(kinds.CUSTOM, value, key) if space else None
