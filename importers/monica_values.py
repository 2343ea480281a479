"""What a contact of Monica says, as values."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from core.rules.names import shown_name
from importers import columns
from importers.decode import clean
from importers.record import Media, Value
from importers.vcard_pictures import media_type, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ROLES: Final = {  # property: role of a column
    "first_name": "given",
    "middle_name": "middle",
    "last_name": "family",
    "nickname": "nickname",
    "company": "org",
    "job": "title",
    "description": "note",
}
_KEPT: Final = ("food_preferences", "stay_in_touch_frequency", "last_talked_to")
_ADDRESS: Final = {
    "street": "street",
    "city": "city",
    "province": "region",
    "postal_code": "code",
    "country": "country",
}
_SERVICES: Final = frozenset(
    {"facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "instagram", "signal"}
    | {"hangouts", "skype", "mastodon", "xmpp", "jabber", "matrix", "discord", "icq", "github"}
)
_RELATIONS: Final = {
    "boss": "manager",
    "bestfriend": "best friend",
    "inlovewith": "in love with",
    "lovedby": "loved by",
    "ex_husband": "ex",
}
_YEAR, _DAY, _MONTH_DAY = slice(0, 4), slice(0, 10), slice(4, 10)
_DAY_LENGTH: Final = 10


class Facts(NamedTuple):
    """Values and pictures of one contact."""

    values: tuple[Value, ...]
    media: tuple[Media, ...]


class Account(NamedTuple):
    """What contacts refer to, by its id.

    Attributes:
        names: of contacts.
        types: name and protocol of a way to reach somebody.
        genders: in a word.
        relations: (what the other one is, the other one's id) of a contact.
        photos: as data URIs.
    """

    names: dict[str, str]
    types: dict[str, tuple[str, str]]
    genders: dict[str, str]
    relations: dict[str, list[tuple[str, str]]]
    photos: dict[str, str]

    @classmethod
    def of(cls, account: Mapping[str, Any]) -> Account:
        """Everything of an account that its contacts refer to."""
        instance = account.get("instance")
        instance = instance if isinstance(instance, dict) else {}
        types: dict[str, tuple[str, str]] = {}
        for item in map(flat, _list(instance.get("contact_field_types"))):
            protocol = text_of(item.get("type")) or text_of(item.get("protocol"))
            types[text_of(item.get("uuid"))] = text_of(item.get("name")), protocol.rstrip(":")
        genders = {
            text_of(item.get("uuid")): text_of(item.get("name"))
            for item in map(flat, _list(instance.get("genders")))
        }
        relations: dict[str, list[tuple[str, str]]] = {}
        for item in map(flat, items(account, "relationship")):
            other = text_of(item.get("type")), text_of(item.get("of_contact"))
            relations.setdefault(text_of(item.get("contact_is")), []).append(other)
        photos = {
            text_of(item.get("uuid")): text_of(item.get("dataUrl"))
            for item in map(flat, items(account, "photo"))
        }
        names = {
            text_of(item.get("uuid")): _name(item) for item in map(flat, items(account, "contact"))
        }
        return cls(names, types, genders, relations, photos)

    def relations_of(self, key: str) -> list[list[str]]:
        """What others are to a contact: (what, name), in the same order always."""
        found = self.relations.get(key, []) if key else []
        return sorted([kind, self.names[other]] for kind, other in found if self.names.get(other))


def facts(contact: Mapping[str, Any], account: Account) -> Facts:
    """All that a contact says of somebody; its bytes hold the rest."""
    said = flat(contact)
    cells = {name: text for name in _ROLES if (text := text_of(said.get(name)))}
    values = columns.values(cells, _ROLES)
    values += _dates(said)
    for field in map(flat, items(contact, "contact_field")):
        values += _reach(field, account)
    for address in map(flat, items(contact, "address")):
        values += _address(address)
    gender = text_of(said.get("gender"))
    if gender:
        values.append(Value(kinds.GENDER, account.genders.get(gender) or gender))
    values += _marks(said)
    pets = (text_of(pet.get("name")) for pet in map(flat, items(contact, "pet")))
    values += [Value(kinds.EXTRA, name, "pet") for name in pets if name]
    key = text_of(contact.get("uuid"))
    for kind, name in account.relations_of(key):
        values.append(Value(kinds.RELATION, name, _RELATIONS.get(kind, kind)))
    if through := account.names.get(text_of(said.get("first_met_through"))):
        values.append(Value(kinds.RELATION, through, "introduced by"))
    for note in map(flat, items(contact, "note")):
        if text := text_of(note.get("body")):
            values.append(Value(kinds.NOTE, text))
    media = dict(_photos(said, contact, account))
    values += media
    return Facts(tuple(dict.fromkeys(values)), tuple(media.values()))


def items(of: Mapping[str, Any], kind: str) -> list[Any]:
    """The things of one type that an account or a contact holds."""
    found: list[Any] = []
    for group in _list(of.get("data")):
        if isinstance(group, dict) and group.get("type") == kind:
            found += _list(group.get("values"))
    return found


def flat(item: object) -> dict[str, Any]:
    """A thing with its properties on one level."""
    if not isinstance(item, dict):
        return {}
    inner = item.get("properties")
    return {**item, **inner} if isinstance(inner, dict) else item


def text_of(value: object) -> str:
    """A plain value as text: "" for what is no text and no number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean(str(value).strip())


def yes(value: object) -> bool:
    """Whether a value says so, as JSON or as a database writes it."""
    return isinstance(value, bool | int | str) and str(value) in {"True", "1"}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(said: Mapping[str, Any]) -> str:
    given, middle, family = (
        text_of(said.get(f"{part}_name")) for part in ("first", "middle", "last")
    )
    return shown_name(given=given, middle=middle, family=family) or text_of(said.get("nickname"))


def _dates(said: Mapping[str, Any]) -> Iterator[Value]:
    for name, kind, label in (
        ("birthdate", kinds.BIRTHDAY, ""),
        ("deceased_date", kinds.DATE, "death"),
        ("first_met_date", kinds.DATE, "first met"),
    ):
        date = flat(said.get(name))
        text = text_of(date.get("date"))
        day = text[_DAY]
        if len(day) == _DAY_LENGTH and day[_MONTH_DAY][0] == "-":
            if yes(date.get("is_age_based")):
                text = day[_YEAR]
            else:
                text = f"-{day[_MONTH_DAY]}" if yes(date.get("is_year_unknown")) else day
        if text:
            yield Value(kind, text, label)


def _reach(field: Mapping[str, Any], account: Account) -> Iterator[Value]:
    """A way to reach somebody: an address, a number, a name on a network."""
    text = text_of(field.get("data"))
    reference = text_of(field.get("type")) or text_of(field.get("contact_field_type"))
    name, protocol = account.types.get(reference, (reference, ""))
    word = name.lower()
    if not text:
        return
    if "mailto" in protocol or protocol == "email" or word in {"email", "e-mail"}:
        yield Value(kinds.EMAIL, text)
    elif protocol in {"tel", "phone"} or word in {"phone", "telephone"}:
        yield Value(kinds.PHONE, text)
    elif text.lower().startswith(("http://", "https://")):
        yield Value(kinds.URL, text)
    elif word in _SERVICES:
        yield Value(kinds.HANDLE, text, word)
    else:
        yield Value(kinds.CUSTOM, text, name or "other")


def _address(address: Mapping[str, Any]) -> list[Value]:
    label = text_of(address.get("name")).lower()
    label = f":{label}" if label in {"home", "work", "other"} else ""
    cells = {name: text for name in _ADDRESS if (text := text_of(address.get(name)))}
    made = columns.values(cells, {name: f"{role}{label}" for name, role in _ADDRESS.items()})
    own = text_of(address.get("name"))
    return [value if label or not own else value._replace(label=own) for value in made]


def _marks(said: Mapping[str, Any]) -> Iterator[Value]:
    for tag in _list(said.get("tags")):
        if text := text_of(tag):
            yield Value(kinds.LABEL, text)
    if yes(said.get("is_starred")):
        yield Value(kinds.LABEL, "starred")
    if "is_active" in said and not yes(said["is_active"]):
        yield Value(kinds.LABEL, "archived")
    if yes(said.get("is_dead")) and not said.get("deceased_date"):
        yield Value(kinds.EXTRA, "yes", "is_dead")
    for name in _KEPT:
        if text := text_of(said.get(name)):
            yield Value(kinds.EXTRA, text, name)
    for name in ("first_met_where", "first_met_additional_info"):
        if text := text_of(said.get(name)):
            yield Value(kinds.NOTE, text, "first met")


def _photos(
    said: Mapping[str, Any], contact: Mapping[str, Any], account: Account
) -> Iterator[tuple[Value, Media]]:
    avatar = said.get("avatar")
    best = text_of(avatar.get("avatar_photo")) if isinstance(avatar, dict) else ""
    for reference in dict.fromkeys((best, *map(text_of, items(contact, "photo")))):
        head, _, packed = account.photos.get(reference, "").partition(",")
        data = unpacked(packed)[0] if head.startswith("data:") and "base64" in head else b""
        if data:
            kind = media_type(data, head[5:].partition(";")[0])
            media = Media(sha256(data).hexdigest(), data, kind)
            yield Value(kinds.PHOTO, media.sha256, "", 0, kind, reference == best), media
