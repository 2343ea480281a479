"""People as vCard 3.0, one card a person, written by vobject.

No word of anybody's gets into the name or a parameter of a property: those come from the closed
lists below, and every other label stands beside its value as X-ABLabel. vobject would write a line
break inside a parameter as it is, and so let a label forge whole properties.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import vobject
from vobject.base import backslashEscape

from core.exports.said import JOB, PARTS, Said, plain
from core.rules import handles, kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.exports.said import Telling

_TYPES: Final = {
    "": (),
    "home": ("HOME",),
    "work": ("WORK",),
    "other": ("OTHER",),
    "school": ("SCHOOL",),
    "mobile": ("CELL",),
    "fax": ("FAX",),
    "pager": ("PAGER",),
    "main": ("MAIN",),
    "car": ("CAR",),
    "video": ("VIDEO",),
    "home fax": ("HOME", "FAX"),
    "work fax": ("WORK", "FAX"),
    "other fax": ("OTHER", "FAX"),
    "work mobile": ("WORK", "CELL"),
}
_TEXT: Final = {
    kinds.MAIDEN: "X-MAIDENNAME",
    kinds.SORT_AS: "SORT-STRING",
    kinds.NICKNAME: "NICKNAME",
    kinds.NOTE: "NOTE",
    kinds.GENDER: "X-GENDER",
    kinds.LANGUAGE: "LANG",
    kinds.ZONE: "TZ",
    kinds.GEO: "GEO",
}
_LABELLED: Final = {kinds.EMAIL: "EMAIL", kinds.PHONE: "TEL", kinds.URL: "URL"}
_PHONETIC: Final = {
    "given": "X-PHONETIC-FIRST-NAME",
    "middle": "X-PHONETIC-MIDDLE-NAME",
    "family": "X-PHONETIC-LAST-NAME",
    "org": "X-PHONETIC-ORG",
}
_DATES: Final = {"anniversary": "ANNIVERSARY", "death": "DEATHDATE"}
_JOB: Final = {kinds.TITLE: "TITLE", kinds.ROLE: "ROLE"}
_ADDRESS: Final = ("po_box", "extended", "street", "city", "region", "code", "country")
_SHOWN: Final = ("street", "extended", "po_box", "city", "region", "code", "country")
_CHATS: Final = frozenset(
    {"skype", "jabber", "icq", "aim", "msn", "yahoo", "gtalk", "sip", "qq", "irc", "gadugadu"}
)
_NETWORKS: Final = frozenset(
    {"x", "linkedin", "facebook", "instagram", "github", "mastodon", "telegram", "whatsapp"}
    | {"signal", "matrix", "wechat", "youtube", "bluesky", "threads", "xing", "tiktok"}
)
_RAW: Final = frozenset({"URL", "GEO"})
_NO_YEAR: Final = "1604"  # what Apple puts for a year that is not known
_MEDIA: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_ORDER: Final = (*PARTS, *JOB)


def card(person: Telling, photo: Callable[[str], bytes]) -> tuple[str, tuple[Said, ...]]:
    """One card, and the values that reading it must give again.

    Args:
        person: see `said.tell`.
        photo: the bytes of a digest, b"" for what is not there.
    """
    writer = _Writer(photo)
    writer.write(person)
    return writer.card.serialize(), tuple(writer.said)


class _Writer:
    def __init__(self, photo: Callable[[str], bytes]) -> None:
        self.card = vobject.vCard()
        self.photo = photo
        self.said: list[Said] = []
        self.groups = 0

    def write(self, person: Telling) -> None:
        values = person.values
        self.line("UID", plain(person.uid))
        self.said.append(Said(kinds.UID, plain(person.uid)))
        if person.revised:
            self.line("REV", plain(person.revised))
        self.names(values)
        self.jobs([value for value in values if value.kind in JOB])
        self.labels([value for value in values if value.kind == kinds.LABEL])
        self.addresses([value for value in values if value.kind == kinds.ADDRESS])
        self.picture([value for value in values if value.kind == kinds.PHOTO])
        for value in values:
            self.one(value)

    def line(
        self, name: str, text: str, types: Sequence[str] = (), group: str = "", escape: bool = True
    ) -> Any:  # noqa: ANN401 — vobject carries no types
        line = self.card.add(name)
        # What vobject itself would escape it also takes apart again: slow, and not for all names.
        line.behavior = None
        line.value = backslashEscape(text) if escape else text
        if types:
            line.params["TYPE"] = list(types)
        if group:
            line.group = group
        return line

    def group(self) -> str:
        self.groups += 1
        return f"item{self.groups}"

    def labelled(self, name: str, value: Said, text: str = "") -> Any:  # noqa: ANN401 — as `line`
        """A property whose label is a type, or stands beside it."""
        types = _TYPES.get(value.label)
        group = self.group() if types is None else ""
        best = ("PREF",) if value.preferred else ()
        text = text or value.value
        if name in _RAW:
            text = text.replace("\\", "\\\\").replace("\n", "\\n")
        line = self.line(name, text, (*(types or ()), *best), group, name not in _RAW)
        if group:
            self.line("X-ABLabel", value.label, group=group)
        self.said.append(value)
        return line

    def names(self, values: Sequence[Said]) -> None:
        parts = {value.kind: value.value for value in values if value.kind in PARTS}
        order = (kinds.FAMILY, kinds.GIVEN, kinds.MIDDLE, kinds.PREFIX, kinds.SUFFIX)
        self.line(
            "N", ";".join(backslashEscape(parts.get(kind, "")) for kind in order), escape=False
        )
        self.said += [value for value in values if value.kind in PARTS]
        for value in values:
            if value.kind == kinds.NAME:
                self.line("FN", value.value)
                self.said.append(value)

    def jobs(self, values: Sequence[Said]) -> None:
        for part in dict.fromkeys(value.part for value in values):
            job = {value.kind: value for value in values if value.part == part}
            group = self.group() if len({value.part for value in values}) > 1 else ""
            org = [job[kind].value if kind in job else "" for kind in (kinds.ORG, kinds.DEPARTMENT)]
            if any(org):
                told = org if org[1] else org[:1]
                self.line("ORG", ";".join(map(backslashEscape, told)), group=group, escape=False)
            for kind, name in _JOB.items():
                if kind in job:
                    self.line(name, job[kind].value, group=group)
            self.said += job.values()

    def labels(self, values: Sequence[Said]) -> None:
        if values:
            told = ",".join(backslashEscape(value.value) for value in values)
            self.line("CATEGORIES", told, escape=False)
            self.said += values

    def addresses(self, values: Iterable[Said]) -> None:
        for value in values:
            given = json.loads(value.detail) if value.detail else {}
            parts = {key: plain(str(given.get(key) or "")) for key in _SHOWN}
            if not any(parts.values()):
                parts["street"] = value.value
            text = ";".join(backslashEscape(parts[key]) for key in _ADDRESS)
            types = _TYPES.get(value.label) or ()
            group = self.group() if value.label and not types else ""
            best = ("PREF",) if value.preferred else ()
            self.line("ADR", text, (*types, *best), group, escape=False)
            # The label of an address is found by its types: where one has it, all need it.
            self.line("LABEL", value.value, (*types, *best), group)
            if group:
                self.line("X-ABLabel", value.label, group=group)
            detail = json.dumps(
                {key: parts[key] for key in _SHOWN if parts[key]}, ensure_ascii=False
            )
            self.said.append(value._replace(detail=detail))

    def picture(self, values: Iterable[Said]) -> None:
        """The first photo: its bytes, or the address it lies at."""
        for value in values:
            if _DIGEST.fullmatch(value.value):
                if data := self.photo(value.value):
                    line = self.card.add("PHOTO")
                    line.value, line.encoding_param = data, "b"
                    if media := _MEDIA.get(value.detail):
                        line.type_param = media
                    self.said.append(value)
                    return
            elif ":" in value.value:
                line = self.line("PHOTO", value.value, escape=False)
                line.params["VALUE"] = ["uri"]
                self.said.append(value)
                return

    def one(self, value: Said) -> None:
        kind, label = value.kind, value.label
        if kind in _TEXT:
            self.line(_TEXT[kind], value.value)
            self.said.append(value._replace(label="", preferred=False))
        elif kind in _LABELLED:
            self.labelled(_LABELLED[kind], value)
        elif kind == kinds.PHONETIC and label in _PHONETIC:
            self.line(_PHONETIC[label], value.value)
            self.said.append(value._replace(part=0))
        elif kind == kinds.HANDLE:
            self.handle(value)
        elif kind == kinds.BIRTHDAY:
            self.day("BDAY", value._replace(label=""))
        elif kind == kinds.DATE and label in _DATES:
            self.line(_DATES[label], value.value)
            self.said.append(value)
        elif kind == kinds.DATE:
            self.day("X-ABDATE", value, self.group())
        elif kind == kinds.RELATION:
            group = self.group()
            self.line("X-ABRELATEDNAMES", value.value, group=group)
            self.line("X-ABLabel", label or "other", group=group)
            self.said.append(value._replace(label=label or "other"))

    def day(self, name: str, value: Said, group: str = "") -> None:
        line = self.line(name, value.value, group=group)
        if value.value.startswith("--") and len(value.value) == len("--05-03"):
            line.value = f"{_NO_YEAR}-{value.value[2:]}"
            line.params["X-APPLE-OMIT-YEAR"] = [_NO_YEAR]
        if group:
            self.line("X-ABLabel", value.label or "other", group=group)
            value = value._replace(label=value.label or "other")
        self.said.append(value)

    def handle(self, value: Said) -> None:
        service = handles.normal(value.label, value.value).partition(":")[0]
        if service in _CHATS:
            line = self.line("IMPP", f"{service}:{value.value}")
            line.params["X-SERVICE-TYPE"] = [service]
        elif service in _NETWORKS:
            self.line("X-SOCIALPROFILE", value.value, (service,))
        else:
            group = self.group() if value.label else ""
            self.line("X-SOCIALPROFILE", value.value, group=group)
            if group:
                self.line("X-ABLabel", value.label, group=group)
        self.said.append(value._replace(preferred=False))
