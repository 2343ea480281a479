"""The words by which people name a field: ``phone``, ``mobile``, ``company``, ``linkedin``."""

from __future__ import annotations

from typing import Final, NamedTuple

from core.errors import UsageError
from core.rules import kinds
from core.text import fold

KEPT_AWAY: Final = frozenset({kinds.PHOTO, kinds.GEO, kinds.KEY, kinds.UID, kinds.EXTRA})
"""Kinds that no hand writes: bytes, places, and what a source keeps for itself."""

_SHOWN: Final = 40
_WORDS: Final[dict[str, str]] = {
    kinds.NAME: "name fullname displayname",
    kinds.GIVEN: "given first firstname givenname forename",
    kinds.MIDDLE: "middle middlename",
    kinds.FAMILY: "family last lastname familyname surname",
    kinds.NICKNAME: "nickname nick alias",
    kinds.MAIDEN: "maiden maidenname bornas",
    kinds.PHONETIC: "phonetic sounds",
    kinds.ORG: "org organisation organization company firm employer work",
    kinds.TITLE: "title jobtitle job position",
    kinds.DEPARTMENT: "department dept",
    kinds.EMAIL: "email mail emails mails emailaddress",
    kinds.PHONE: "phone phones tel telephone phonenumber number",
    kinds.HANDLE: "handle handles profile network im",
    kinds.URL: "url web website site homepage page link",
    kinds.ADDRESS: "address addresses city town place street",
    kinds.BIRTHDAY: "birthday born birth bday dob birthdate",
    kinds.RELATION: "relation related",
    kinds.LABEL: "label labels tag tags group category",
    kinds.NOTE: "note notes comment",
    kinds.LANGUAGE: "language languages speaks",
    kinds.ZONE: "zone timezone",
    kinds.CONNECTED: "connected since",
    kinds.VALUE: "value money worth",
    kinds.CUSTOM: "custom field",
}
_LABELLED: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("mobile", "cell", "cellphone", "mobilephone"), (kinds.PHONE, "mobile")),
    "fax": (kinds.PHONE, "fax"),
    "pager": (kinds.PHONE, "pager"),
    **{
        word: (kinds.RELATION, word)
        for word in ("spouse", "partner", "child", "parent", "manager", "assistant", "friend")
    },
    "anniversary": (kinds.DATE, "anniversary"),
    **dict.fromkeys(("twitter", "x"), (kinds.HANDLE, "x")),
    **{
        word: (kinds.HANDLE, word)
        for word in (
            *("linkedin", "facebook", "instagram", "github", "gitlab", "telegram", "whatsapp"),
            *("signal", "mastodon", "bluesky", "threads", "tiktok", "xing", "skype", "matrix"),
            *("jabber", "discord", "slack", "youtube", "reddit", "wechat", "threema"),
        )
    },
}


class Field(NamedTuple):
    """What a word names: a kind, and the label that the word says with it, or ""."""

    kind: str
    label: str = ""


_KNOWN: Final[dict[str, Field]] = {
    **{"".join(kind.split("_")): Field(kind) for kind in kinds.ALL if kind not in KEPT_AWAY},
    **{word: Field(kind) for kind, words in _WORDS.items() for word in words.split()},
    **{word: Field(*given) for word, given in _LABELLED.items()},
}


def known(word: str) -> Field | None:
    """What a word names; None if it names no field. Case, spaces, ``-`` and ``_`` do not count."""
    return _KNOWN.get("".join(char for char in fold(word[:100]) if char.isalnum()))


def named(words: str) -> Field:
    """What ``phone``, ``phone mobile``, ``phone:mobile`` or ``custom Favourite colour`` names.

    Raises:
        UsageError: the first word names no field.
    """
    whole = known(words)
    if whole is not None:
        return whole
    head, _, label = words.strip().replace(":", " ", 1).partition(" ")
    found = known(head)
    if found is None:
        told = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        raise UsageError(
            f"“{told}” is no field: there are {', '.join(_COMMON)}; your own are custom NAME"
        )
    label = label.strip()
    return Field(found.kind, label or found.label)


_COMMON: Final = (
    *(kinds.NAME, kinds.GIVEN, kinds.FAMILY, kinds.ORG, kinds.TITLE, kinds.EMAIL, kinds.PHONE),
    *(kinds.HANDLE, kinds.URL, kinds.ADDRESS, kinds.BIRTHDAY, kinds.LABEL, kinds.NOTE),
)
