"""A list of the same people in every format, with whatever names they are given."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Entry = tuple[str, str]


class Format(NamedTuple):
    """One format: its importer, a file name, and how entries of (name, mail) are written."""

    importer: str
    file: str
    write: Callable[[list[Entry]], str]


def table(headings: str, row: str, delimiter: str = ",") -> Callable[[list[Entry]], str]:
    """A table whose rows hold NAME, GIVEN, FAMILY and MAIL where `row` says so."""

    def write(entries: list[Entry]) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(headings.split(","))
        for name, mail in entries:
            given, _, family = name.partition(" ")
            told = {"NAME": name, "GIVEN": given, "FAMILY": family, "MAIL": mail}
            writer.writerow(told.get(cell, cell) for cell in row.split(","))
        return text.getvalue()

    return write


def ldif(entries: list[Entry]) -> str:
    def line(name: str, value: str) -> str:
        return f"{name}:: {base64.b64encode(value.encode('utf-8', 'surrogatepass')).decode()}\n"

    cards = (
        f"dn: cn={number}\nobjectclass: person\n{line('cn', name)}{line('mail', mail)}\n"
        for number, (name, mail) in enumerate(entries)
    )
    return "".join(cards)


def abook(entries: list[Entry]) -> str:
    cards = (f"[{n}]\nname={name}\nemail={mail}\n\n" for n, (name, mail) in enumerate(entries))
    return "# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n" + "".join(cards)


def mutt(entries: list[Entry]) -> str:
    quoted = [(name.replace("\\", "\\\\").replace('"', '\\"'), mail) for name, mail in entries]
    return "".join(f'alias a{n} "{name}" <{mail}>\n' for n, (name, mail) in enumerate(quoted))


def lbdb(entries: list[Entry]) -> str:
    return "".join(f"{mail}\t{name}\t2024-05-01 10:11\n" for name, mail in entries)


def vcard(entries: list[Entry]) -> str:
    def escaped(text: str) -> str:
        return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")

    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{escaped(name)}\r\nEMAIL:{mail}\r\nEND:VCARD\r\n"
        for name, mail in entries
    )


def monica(entries: list[Entry]) -> str:
    def contact(number: int, name: str, mail: str) -> dict[str, object]:
        given, _, family = name.partition(" ")
        field = {"properties": {"data": mail, "type": "t-mail"}, "uuid": f"f{number}"}
        return {
            "uuid": f"c-{number}",
            "properties": {"first_name": given, "last_name": family, "job": mail},
            "data": [{"count": 1, "type": "contact_field", "values": [field]}],
        }

    values = [contact(number, *entry) for number, entry in enumerate(entries)]
    data = [{"count": len(values), "type": "contact", "values": values}]
    return json.dumps({"version": "1.0", "account": {"uuid": "a", "data": data}})


_OUTLOOK = "First Name,Middle Name,Last Name,Company,E-mail Address,E-mail Type,Categories,Notes"
_BIRD = "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name"
_GOOGLE = "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value"
_MEMBERS = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,LEID,EUID"
TABLES = {
    "linkedin": Format(
        "linkedin",
        "Connections.csv",
        table(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            "GIVEN,FAMILY,,MAIL,Globex,,12 Mar 2021",
        ),
    ),
    "google": Format("google", "contacts.csv", table(_GOOGLE, "GIVEN,,FAMILY,,* ,MAIL")),
    "outlook": Format("outlook", "outlook.csv", table(_OUTLOOK, "GIVEN,,FAMILY,,MAIL,SMTP,,")),
    "thunderbird": Format("thunderbird", "book.csv", table(_BIRD, "GIVEN,FAMILY,NAME,,MAIL,,")),
    "newsletter": Format(
        "newsletter", "subscribed_members.csv", table(_MEMBERS, "MAIL,GIVEN,FAMILY,2,,,1,x")
    ),
    "hubspot": Format(
        "hubspot",
        "hubspot-crm-exports-all-contacts.csv",
        table(
            "Record ID,First Name,Last Name,Email,Contact owner,Lead Status", ",GIVEN,FAMILY,MAIL,,"
        ),
    ),
    "spreadsheet": Format(
        "spreadsheet", "people.csv", table("Name,E-Mail,Umsatz,Geburtstag", "NAME,MAIL,,")
    ),
}
LINES = {
    "ldif": Format("ldif", "book.ldif", ldif),
    "abook": Format("abook", "addressbook", abook),
    "mutt": Format("mutt", "aliases", mutt),
    "lbdb": Format("lbdb", "m_inmail.list", lbdb),
    "vcard": Format("vcard", "people.vcf", vcard),
    "monica": Format("monica", "monica.json", monica),
}
MASTODON = Format(
    "mastodon",
    "following_accounts.csv",
    table("Account address,Show boosts,Languages", "MAIL,true,"),
)
ALL = {**TABLES, **LINES}
