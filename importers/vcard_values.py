"""From the properties of one card to facts."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, deque
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from importers.decode import clean
from importers.record import Media, Value
from importers.vcard_labels import bare_label, label_of, preferred
from importers.vcard_pictures import picture
from importers.vcard_tables import (
    ADR_PARTS,
    ADR_SHOWN,
    ANDROID,
    ANDROID_EVENTS,
    ANDROID_RELATIONS,
    DROPPED,
    LABELLED,
    NAME_PARTS,
    PLAIN,
    SERVICE_PROPERTIES,
    SERVICES,
    WORK,
)
from importers.vcard_text import (
    bare_uid,
    listed,
    moment,
    pieces,
    tel_number,
    unescape,
    without_year,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from importers.vcard_lines import Property

_ANGLE: Final = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*\Z")
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Facts(NamedTuple):
    """What one card says.

    Attributes:
        values: in file order, each once.
        media: the photos that stood inline.
        key: the card's own id or "".
        revised: ISO date or moment or "".
    """

    values: tuple[Value, ...]
    media: tuple[Media, ...]
    key: str
    revised: str


def facts(properties: Iterable[Property], warn: Callable[[str], None]) -> Facts:
    """The facts of one card.

    Args:
        properties: its properties.
        warn: told, in a sentence, what was taken with a doubt.
    """
    return _Maker(list(properties), warn).make()


class _Maker:
    def __init__(self, properties: list[Property], warn: Callable[[str], None]) -> None:
        self.properties = properties
        self.warn = warn
        self.values: dict[Value, None] = {}
        self.media: dict[str, Media] = {}
        self.uid = self.other_id = self.revised = ""
        self.labels = {
            prop.group: bare_label(unescape(prop.text))
            for prop in properties
            if prop.group and prop.name == "X-ABLABEL" and prop.text.strip()
        }
        self.employments = dict.fromkeys((kinds.ORG, *WORK.values()), 0)
        self.group_part: dict[str, int] = {}
        self.shown = _label_texts(properties)
        self.has_name = any(prop.name == "FN" and prop.text.strip() for prop in properties)

    @cached_property
    def labelled(self) -> set[str]:
        """The groups in which a label may stand."""
        return {prop.group for prop in self.properties if prop.name in LABELLED}

    @cached_property
    def open_addresses(self) -> Counter[frozenset[str]]:
        """How many addresses of each types wait for their label."""
        return Counter(
            _types(prop)
            for prop in self.properties
            if prop.name == "ADR" and not prop.param("LABEL")
        )

    def make(self) -> Facts:
        for prop in self.properties:
            if not prop.name:
                self.add(kinds.EXTRA, prop.line)
            elif prop.text.strip():
                self._one(prop)
        return Facts(
            tuple(self.values), tuple(self.media.values()), self.uid or self.other_id, self.revised
        )

    def add(
        self, kind: str, value: str, label: str = "", prop: Property | None = None, part: int = 0
    ) -> None:
        value = clean(value.strip())
        if value:
            best = prop is not None and preferred(prop)
            self.values[Value(kind, value, clean(label), part, "", best)] = None

    def keep(self, prop: Property) -> None:
        self.add(kinds.EXTRA, prop.line, prop.name)

    def label(self, prop: Property) -> str:
        return self.labels.get(prop.group, "") or label_of(prop.types)

    def _one(self, prop: Property) -> None:
        name = prop.name
        maker = _MAKERS.get(name)
        if maker:
            maker(self, prop)
        elif name in PLAIN:
            kind, label = PLAIN[name]
            self.add(kind, unescape(prop.text), label, prop)
        elif name in WORK:
            self._work(prop, WORK[name])
        elif name in SERVICE_PROPERTIES:
            self.add(kinds.HANDLE, unescape(prop.text), SERVICE_PROPERTIES[name], prop)
        elif name.startswith("X-MESSAGING/"):
            service = name.removeprefix("X-MESSAGING/").partition("-")[0].lower()
            self.add(kinds.HANDLE, unescape(prop.text), SERVICES.get(service, service), prop)
        elif name not in DROPPED:
            self.keep(prop)

    def lone_label(self, prop: Property) -> None:
        if prop.group not in self.labelled:
            self.keep(prop)

    def name(self, prop: Property) -> None:
        parts = pieces(prop.text)[:5]
        for kind, part in zip(NAME_PARTS, parts, strict=False):
            self.add(kind, part)
        if not self.has_name:
            self.has_name = True
            family, given, middle, prefix, suffix = (*parts, "", "", "", "", "")[:5]
            if _CJK.search(family + given):
                whole = family + given
            else:
                whole = " ".join(filter(None, (prefix, given, middle, family, suffix)))
            self.add(kinds.NAME, whole)
        self._sort_as(prop)

    def _sort_as(self, prop: Property) -> None:
        if prop.name == "N" and prop.params.get("SORT-AS"):
            self.add(kinds.SORT_AS, ", ".join(prop.params["SORT-AS"]).replace(";", ", "))

    def org(self, prop: Property) -> None:
        name, *units = pieces(prop.text)
        part = self._part(prop, kinds.ORG)
        self.add(kinds.ORG, name, part=part)
        self.add(kinds.DEPARTMENT, ", ".join(filter(None, units)), part=part)

    def _work(self, prop: Property, kind: str) -> None:
        self.add(kind, unescape(prop.text), part=self._part(prop, kind))

    def _part(self, prop: Property, kind: str) -> int:
        """Facts of one group belong together; others by their place in the row of their kind."""
        if prop.group and prop.group in self.group_part:
            return self.group_part[prop.group]
        part = self.employments[kind]
        self.employments[kind] += 1
        if prop.group:
            self.group_part[prop.group] = part
        return part

    def listed(self, prop: Property) -> None:
        kind = kinds.NICKNAME if prop.name == "NICKNAME" else kinds.LABEL
        for text in listed(prop.text):
            self.add(kind, text)

    def email(self, prop: Property) -> None:
        text = unescape(prop.text).strip()
        text = text[7:] if text[:7].lower() == "mailto:" else text
        inner = _ANGLE.search(text)
        self.add(kinds.EMAIL, inner[1] if inner else text, self.label(prop), prop)

    def tel(self, prop: Property) -> None:
        text = unescape(prop.text).strip()
        scheme = text.partition(":")[0].lower()
        if scheme in {"sip", "sips", "xmpp"}:
            return self.add(kinds.HANDLE, text.partition(":")[2], SERVICES[scheme], prop)
        if scheme == "tel":
            text = tel_number(text[4:])
        self.add(kinds.PHONE, text, self.label(prop), prop)
        if prop.param("WAID"):
            self.add(kinds.HANDLE, prop.param("WAID"), "whatsapp")
        return None

    def adr(self, prop: Property) -> None:
        parts = dict(zip(ADR_PARTS, pieces(prop.text), strict=False))
        shown = unescape(prop.param("LABEL"))
        if not shown and (waiting := self.shown.get(_types(prop))):
            shown = waiting.popleft()
        detail = {key: clean(parts[key]) for key in ADR_SHOWN if parts.get(key)}
        value = clean(shown.strip() or "\n".join(detail.values()))
        if value:
            written = json.dumps(detail, ensure_ascii=False) if detail else ""
            fact = Value(kinds.ADDRESS, value, self.label(prop), 0, written, preferred(prop))
            self.values[fact] = None

    def address_label(self, prop: Property) -> None:
        types = _types(prop)
        if self.open_addresses[types]:
            self.open_addresses[types] -= 1  # that address shows this text
        else:
            self.add(kinds.ADDRESS, unescape(prop.text), self.label(prop), prop)

    def url(self, prop: Property) -> None:
        self.add(kinds.URL, unescape(prop.text), self.label(prop), prop)

    def impp(self, prop: Property) -> None:
        text = unescape(prop.text).strip()
        scheme, colon, rest = text.partition(":")
        named = prop.param("X-SERVICE-TYPE") or prop.param("SERVICE-TYPE")
        types = [word.lower() for word in prop.types if word.lower() in SERVICES]
        known = colon and (scheme.lower() in SERVICES or scheme.lower().startswith("x-apple"))
        service = named or next(iter(types), "") or (scheme if known else "")
        if service.lower().startswith("x-apple"):
            service = self.labels.get(prop.group, "") or "im"
        if not service and colon and "@" not in scheme and not rest.startswith("//"):
            service, known = scheme, True
        service = service or self.labels.get(prop.group, "") or "im"
        bare = known or (named and scheme.lower() == named.lower())
        self.add(
            kinds.HANDLE,
            rest if bare else text,
            SERVICES.get(service.lower(), service.strip(" :")),
            prop,
        )

    def social(self, prop: Property) -> None:
        types = [word for word in prop.types if word.lower() != "pref"]
        service = prop.param("SERVICE-TYPE") or next(iter(types), "")
        service = service or self.labels.get(prop.group, "")
        label = SERVICES.get(service.lower(), service.lower())
        user = prop.param("X-USER") or prop.param("X-USERID") or prop.param("USERNAME")
        text = unescape(prop.text).strip()
        if text[:8].lower() == "x-apple:":
            text = text[8:]
        if user:
            self.add(kinds.HANDLE, user, label, prop)
        if text.lower().startswith(("http:", "https:")):
            self.add(kinds.URL, text, label, prop)
        elif text != user:
            self.add(kinds.HANDLE, text, label, prop)

    def bday(self, prop: Property) -> None:
        self.add(kinds.BIRTHDAY, _date(prop), "", prop)

    def abdate(self, prop: Property) -> None:
        self.add(kinds.DATE, _date(prop), self.label(prop), prop)

    def related(self, prop: Property) -> None:
        self.add(kinds.RELATION, bare_uid(unescape(prop.text)), self.label(prop), prop)

    def agent(self, prop: Property) -> None:
        self.keep(prop)
        text = prop.text if "\n" in prop.text else unescape(prop.text)
        name = re.search(r"(?im)^\s*FN[^:\n]*:(.*?)(?=$|(?:TEL|EMAIL|N|ORG|TITLE)[;:])", text)
        if name:
            self.add(kinds.RELATION, unescape(name[1]), "agent")

    def android(self, prop: Property) -> None:
        kind, value, sort, own = (*pieces(prop.text), "", "", "")[:4]
        kind = kind.removeprefix(ANDROID)
        if kind == "nickname":
            self.add(kinds.NICKNAME, value)
        elif kind == "contact_event" and sort == "3":
            self.add(kinds.BIRTHDAY, value)
        elif kind == "contact_event":
            self.add(kinds.DATE, value, ANDROID_EVENTS.get(sort, own))
        elif kind == "relation":
            self.add(kinds.RELATION, value, ANDROID_RELATIONS.get(sort, own))
        else:
            self.keep(prop)

    def sound(self, prop: Property) -> None:
        if any(word.upper() == "X-IRMC-N" for word in prop.types):
            self.add(kinds.PHONETIC, " ".join(filter(None, pieces(prop.text))), "name")
        else:
            self.keep(prop)

    def key(self, prop: Property) -> None:
        self.add(kinds.KEY, prop.text, label_of(prop.types))

    def uid_of(self, prop: Property) -> None:
        uid = bare_uid(unescape(prop.text))
        self.uid = self.uid or uid
        self.add(kinds.UID, uid)

    def id_of(self, prop: Property) -> None:
        bare = unescape(prop.text).strip().removesuffix(":ABPerson")
        self.other_id = self.other_id or bare
        self.keep(prop)

    def rev(self, prop: Property) -> None:
        revised = moment(prop.text)
        if revised:
            self.revised = max(self.revised, revised)
        else:
            self.keep(prop)

    def kind(self, prop: Property) -> None:
        if prop.text.strip().lower() != "individual":
            self.keep(prop)

    def photo(self, prop: Property) -> None:
        label = {"LOGO": "logo", "X-MS-CARDPICTURE": "card"}.get(prop.name, "")
        found = picture(prop)
        if found.url:
            self.add(kinds.PHOTO, unescape(found.url), label, prop)
        elif found.data:
            name = hashlib.sha256(found.data).hexdigest()
            media_type = clean(found.media_type)
            self.media[name] = Media(name, found.data, media_type)
            self.values[Value(kinds.PHOTO, name, label, 0, media_type, preferred(prop))] = None
            if found.padded:
                self.warn("a picture whose base64 is badly padded was read all the same")
        else:
            self.warn("a picture that cannot be unpacked is kept as text")
            self.keep(prop)


def _date(prop: Property) -> str:
    return without_year(unescape(prop.text).strip(), prop.param("X-APPLE-OMIT-YEAR"))


def _types(prop: Property) -> frozenset[str]:
    return frozenset(word.lower() for word in prop.types if word.lower() != "pref")


def _label_texts(properties: Iterable[Property]) -> dict[frozenset[str], deque[str]]:
    """Address labels of versions 2.1 and 3.0, which belong to the address of the same types."""
    texts: dict[frozenset[str], deque[str]] = {}
    for prop in properties:
        if prop.name == "LABEL" and prop.text.strip():
            texts.setdefault(_types(prop), deque()).append(unescape(prop.text))
    return texts


_MAKERS: Final[dict[str, Callable[[_Maker, Property], None]]] = {
    "N": _Maker.name,
    "ORG": _Maker.org,
    "NICKNAME": _Maker.listed,
    "CATEGORIES": _Maker.listed,
    "EMAIL": _Maker.email,
    "TEL": _Maker.tel,
    "X-MS-TEL": _Maker.tel,
    "ADR": _Maker.adr,
    "LABEL": _Maker.address_label,
    "URL": _Maker.url,
    "IMPP": _Maker.impp,
    "X-SOCIALPROFILE": _Maker.social,
    "SOCIALPROFILE": _Maker.social,
    "BDAY": _Maker.bday,
    "X-ABDATE": _Maker.abdate,
    "RELATED": _Maker.related,
    "X-ABRELATEDNAMES": _Maker.related,
    "AGENT": _Maker.agent,
    "X-ANDROID-CUSTOM": _Maker.android,
    "SOUND": _Maker.sound,
    "KEY": _Maker.key,
    "UID": _Maker.uid_of,
    "X-ABUID": _Maker.id_of,
    "X-ID": _Maker.id_of,
    "LUID": _Maker.id_of,
    "REV": _Maker.rev,
    "KIND": _Maker.kind,
    "PHOTO": _Maker.photo,
    "LOGO": _Maker.photo,
    "X-MS-CARDPICTURE": _Maker.photo,
    "X-ABLABEL": _Maker.lone_label,
}
