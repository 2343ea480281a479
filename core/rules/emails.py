"""E-mail addresses: one normal form, and which of them belong to a desk, not to a person."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

_LONGEST: Final = 320
_INSIDE: Final = re.compile(r"<([^<>]*)>\s*\Z")
_AROUND: Final = " \t\r\n<>\"',;"
_NOT_IN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f<>,;\ud800-\udfff]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATORS: Final = re.compile(r"[._+-]+")
_ROLES: Final = frozenset(
    {"abuse", "accounting", "accounts", "admin", "administration", "administrator", "ads"}
    | {"alerts", "anfrage", "anfragen", "ap", "applications", "ar", "assistance", "billing"}
    | {"bewerbung", "board", "booking", "bookings", "bounce", "bounces", "buchhaltung", "buero"}
    | {"careers", "casework", "clientservices", "commercial", "compliance", "compras", "contact"}
    | {"contactus", "contacto", "contato", "contatti", "customercare", "customerservice"}
    | {"customersupport", "daemon", "desk", "dev", "digest", "direccion", "direktion", "donate"}
    | {"editor", "email", "empfang", "enquiries", "enquiry", "events", "feedback", "finance"}
    | {"frontdesk", "ftp", "geschaeftsstelle", "hallo", "hello", "help", "helpdesk", "hi", "hola"}
    | {"hostmaster", "hr", "info", "infodesk", "information", "infos", "inquiries", "inquiry"}
    | {"invoice", "invoices", "it", "jobs", "kontakt", "kundenservice", "legal", "list", "lists"}
    | {"mail", "mailbox", "mailer", "mailerdaemon", "mailing", "marketing", "media", "members"}
    | {"membership", "news", "newsletter", "newsletters", "nobody", "noc", "notification"}
    | {"notifications", "notify", "office", "officemanager", "oficina", "orders", "owner"}
    | {"partner", "partners", "payments", "personal", "post", "postmaster", "praxis", "press"}
    | {"presse", "privacy", "purchasing", "rechnung", "reception", "redaction", "redaktion"}
    | {"registrar", "registration", "rental", "reply", "request", "reservations", "return"}
    | {"root", "rrhh", "sales", "school", "sekretariat", "secretary", "security", "service"}
    | {"services", "shop", "spam", "staff", "store", "subscribe", "subscriptions", "support"}
    | {"sysadmin", "team", "tech", "test", "tickets", "unsubscribe", "updates", "verkauf"}
    | {"vertrieb", "verwaltung", "webadmin", "webmaster", "welcome", "www", "zentrale"}
)
# sales.emea@ is a desk, post.malone@ is not.
_ROLES_BEFORE_A_PLACE: Final = frozenset(
    {"contact", "info", "kontakt", "office", "sales", "service", "support", "team"}
)
_NO_REPLY: Final = ("noreply", "donotreply", "dontreply", "nichtantworten", "nepasrepondre")


def normal(text: str) -> str:
    """The address alone, in lower case.

    Args:
        text: an address as written, also ``mailto:a@b?subject=x`` or ``Ada <ada@x.org>``.

    Returns:
        "" if it is no address that mail reaches, such as an Exchange ``/o=...`` path.
    """
    text = _INVISIBLE.sub("", text[: 4 * _LONGEST]).strip(_AROUND)
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].split("?", 1)[0]).strip(_AROUND)
    if inside := _INSIDE.search(text + ">" if "<" in text else text):
        text = inside[1].strip(_AROUND)
    address = unicodedata.normalize("NFC", text.lower()) if len(text) <= _LONGEST else ""
    local, _, domain = address.rpartition("@")
    wrong = not local or not domain.strip(".") or address.startswith("/")
    return "" if wrong or _NOT_IN_ADDRESS.search(address) else f"{local}@{domain.strip('.')}"


def is_role(norm: str) -> bool:
    """Whether an address belongs to a desk or a machine (``info@``, ``no-reply@``)."""
    local = norm.rpartition("@")[0]
    joined = _SEPARATORS.sub("", local)
    first = _SEPARATORS.split(local, maxsplit=1)[0]
    return joined in _ROLES or first in _ROLES_BEFORE_A_PLACE or joined.startswith(_NO_REPLY)
