"""The kinds of fact: what one value says about somebody.

`ONE` kinds are one of a kind: a person shows one value, the others stay as "formerly" or "also".
All others live side by side and are united by their normalised value.
"""

from __future__ import annotations

from typing import Final

NAME: Final = "name"  # the whole name as the source shows it
GIVEN: Final = "given"
MIDDLE: Final = "middle"
FAMILY: Final = "family"
PREFIX: Final = "prefix"  # Dr.
SUFFIX: Final = "suffix"  # PhD
MAIDEN: Final = "maiden"
PHONETIC: Final = "phonetic"  # label: given, middle, family, org, name
SORT_AS: Final = "sort_as"
NICKNAME: Final = "nickname"

ORG: Final = "org"  # facts of one employment share `part`
TITLE: Final = "title"
DEPARTMENT: Final = "department"
ROLE: Final = "role"

EMAIL: Final = "email"
PHONE: Final = "phone"
HANDLE: Final = "handle"  # label: the service; norm: "service:handle"
URL: Final = "url"
ADDRESS: Final = "address"  # detail: JSON of street, extended, po_box, city, region, code, country

BIRTHDAY: Final = "birthday"  # norm: 1980-05-03, --05-03, 1980-05, 1980
DATE: Final = "date"  # label: anniversary, death, or the source's own word
RELATION: Final = "relation"  # label: spouse, child, manager ...; value: a name or a uid
LABEL: Final = "label"  # a group, category or tag
NOTE: Final = "note"
PHOTO: Final = "photo"  # value: sha256 of a blob, or a URL; detail: media type
GENDER: Final = "gender"
LANGUAGE: Final = "language"
ZONE: Final = "zone"
GEO: Final = "geo"
KEY: Final = "key"
UID: Final = "uid"  # the source's own id of the entry
CONNECTED: Final = "connected"  # the day a network joined the two of you; norm: ISO date
VALUE: Final = "value"  # money: what somebody is worth to the user; norm: a plain number
CUSTOM: Final = "custom"  # label: the user's own field name
EXTRA: Final = "extra"  # label: property or heading we have no place for; value: verbatim

ONE: Final = frozenset(
    {NAME, GIVEN, MIDDLE, FAMILY, PREFIX, SUFFIX, MAIDEN, SORT_AS, ORG, TITLE, DEPARTMENT, ROLE}
    | {BIRTHDAY, GENDER, LANGUAGE, ZONE, CONNECTED}
)
IDENTIFIERS: Final = frozenset({EMAIL, PHONE, HANDLE})
ALL: Final = (
    *(NAME, GIVEN, MIDDLE, FAMILY, PREFIX, SUFFIX, MAIDEN, PHONETIC, SORT_AS, NICKNAME),
    *(ORG, TITLE, DEPARTMENT, ROLE, EMAIL, PHONE, HANDLE, URL, ADDRESS, BIRTHDAY, DATE),
    *(RELATION, LABEL, NOTE, PHOTO, GENDER, LANGUAGE, ZONE, GEO, KEY, UID, CONNECTED),
    *(VALUE, CUSTOM, EXTRA),
)
