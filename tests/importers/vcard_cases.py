"""One small card of our own for each way in which real files break a vCard reader."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from importers import vcard
from importers.container import Container, Member
from importers.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Case(NamedTuple):
    data: bytes
    expected: tuple[tuple[str, str, str], ...]  # (kind, label, value) that must be there
    warning: str = ""  # part of a sentence that must be told; "" if nothing may be


def container(files: Mapping[str, bytes]) -> Container:
    members = tuple(
        Member(name, len(data), "", lambda data=data: cast("BinaryIO", BytesIO(data)))  # type: ignore[misc]
        for name, data in files.items()
    )
    return Container("box", members)


def read(data: bytes) -> tuple[list[Record], list[Problem]]:
    """Records and problems of one file."""
    found = list(vcard.read(container({"cards.vcf": data})))
    records = [item for item in found if isinstance(item, Record)]
    return records, [item for item in found if isinstance(item, Problem)]


def facts(record: Record) -> list[tuple[str, str, str]]:
    return [(value.kind, value.label, value.value) for value in record.values]


def card(*lines: bytes | str, version: str = "3.0", end: bytes = b"\r\n") -> bytes:
    """A card around lines."""
    body = [line.encode() if isinstance(line, str) else line for line in lines]
    whole = [b"BEGIN:VCARD", f"VERSION:{version}".encode(), *body, b"END:VCARD", b""]
    return end.join(whole)


def one(data: bytes) -> Record:
    """The only record of one file."""
    records, _ = read(data)
    assert len(records) == 1
    return records[0]


GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
GIF64 = b"R0lGODlhAQABAAAAADs="

CASES: dict[str, Case] = {
    "A bytes of a declared East Asian charset": Case(
        card(b"N;CHARSET=SHIFT_JIS:\x8eR\x93c;\x91\xbe\x98Y", version="2.1"),
        (("family", "", "山田"), ("given", "", "太郎")),
    ),
    "A bytes of an undeclared code page": Case(
        card(b"FN:J\xfcrgen Gr\xf6\xdfe", version="2.1"),
        (("name", "", "Jürgen Größe"),),
        "read as cp1252",
    ),
    "A code page declared elsewhere in the card": Case(
        card(b"FN:\xc8\xe2\xe0\xed", b"NOTE;CHARSET=Windows-1251:\xe4\xe0", version="2.1"),
        (("name", "", "Иван"), ("note", "", "да")),
        "read as cp1251",
    ),
    "B byte order mark": Case(b"\xef\xbb\xbf" + card("FN:Zoë Mark"), (("name", "", "Zoë Mark"),)),
    "C quoted-printable with soft breaks": Case(
        card(
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:two=0D=0Alines and an =C3=\r\n=A9t=C3=A9",
            "FN:Soft Break",
            version="2.1",
        ),
        (("note", "", "two\nlines and an été"), ("name", "", "Soft Break")),
    ),
    "D base64 lines that are not indented": Case(
        card(
            b"FN:Bare Lines", b"PHOTO;ENCODING=b;TYPE=GIF:R0lGODlh", b"AQABAAAA", b"ADs=", b"TEL:5"
        ),
        (("name", "", "Bare Lines"), ("photo", "", ""), ("phone", "", "5")),
    ),
    "E a card without END": Case(
        b"BEGIN:VCARD\nFN:Open End\nTEL:123",
        (("name", "", "Open End"), ("phone", "", "123")),
        "no END",
    ),
    "E a card without BEGIN": Case(
        b"VERSION:3.0\nFN:No Begin\nEND:VCARD\n", (("name", "", "No Begin"),), "no BEGIN"
    ),
    "G continuation lines that lost their indent": Case(
        card("FN:Lost Indent", "NOTE:first", "second; and third"),
        (("note", "", "first\nsecond; and third"),),
        "rest of the one before",
    ),
    "G escaped quotes in a parameter": Case(
        card("FN:Q", r"ADR;LABEL=\"1 Way\nTown\, X\":;;1 Way;Town;;;", version="4.0"),
        (("address", "", "1 Way\nTown, X"),),
    ),
    "H property names with odd signs": Case(
        card("FN:Odd", "X-messaging/skype-All:odd.one", "X-GOOGLE TALK:g.odd", "X-A_B:c"),
        (
            ("handle", "skype", "odd.one"),
            ("handle", "gtalk", "g.odd"),
            ("extra", "X-A_B", "X-A_B:c"),
        ),
    ),
    "I a PROFILE line": Case(
        card("PROFILE:VCard", "FN:Lotus Eater"), (("name", "", "Lotus Eater"),)
    ),
    "J base64 that cannot be": Case(
        card("FN:Broken", "PHOTO;ENCODING=b:abcde:f"),
        (("extra", "PHOTO", "PHOTO;ENCODING=b:abcde:f"),),
        "kept as text",
    ),
    "J base64 without its padding": Case(
        card(b"FN:Padded", b"PHOTO;ENCODING=b:" + GIF64.rstrip(b"=")),
        (("photo", "", ""),),
        "badly padded",
    ),
    "K a charset nobody knows": Case(
        card(b"FN;CHARSET=x-klingon:K\xf6nig", version="2.1"),
        (("name", "", "König"),),
        "nobody knows",
    ),
    "K bytes that do not fit their charset": Case(
        card(b"FN;CHARSET=UTF-8:K\xf6nig", version="2.1"),
        (("name", "", "König"),),
        "does not fit",
    ),
    "L1 commas that nobody escaped": Case(
        card("FN:Doe, Jane", "NOTE:a, b, c", "TITLE:Head, Sales", "UID:1,2"),
        (
            *(("name", "", "Doe, Jane"), ("note", "", "a, b, c"), ("title", "", "Head, Sales")),
            ("uid", "", "1,2"),
        ),
    ),
    "L2 a photo as data URI": Case(
        card(b"FN:Data", b"PHOTO:data:image/gif;base64," + GIF64, version="4.0"),
        (("photo", "", ""),),
    ),
    "L3 a list of nicknames": Case(
        card("FN:N", r"NICKNAME:Al,Bo\,B,Cy"),
        (("nickname", "", "Al"), ("nickname", "", "Bo,B"), ("nickname", "", "Cy")),
    ),
    "L4 escapes in URL and TEL": Case(
        card("FN:E", r"URL:http\://e.example/a\;b", r"TEL:1\;2"),
        (("url", "", "http://e.example/a;b"), ("phone", "", "1;2")),
    ),
    "L5 quoted-printable in lower case, without a name": Case(
        card("note;quoted-printable:caf=C3=A9", "fn:Low", version="2.1"), (("note", "", "café"),)
    ),
    "L6 bare and listed types": Case(
        card("FN:T", "TEL;WORK;FAX:1", 'TEL;TYPE="home,voice":2', "TEL;TYPE=CELL,PREF:3"),
        (("phone", "work fax", "1"), ("phone", "home", "2"), ("phone", "mobile", "3")),
    ),
    "L7 signs of RFC 6868 in a parameter": Case(
        card("FN:R", "ADR;LABEL=A ^'B^'^nC ^^:;;A;C;;;", version="4.0"),
        (("address", "", 'A "B"\nC ^'),),
    ),
    "L8 commas in ORG, ADR and N": Case(
        card(
            "FN:S", "N:Doe;John;Philip,Paul;;", "ORG:Globex, Inc.;R, D", "ADR:;;1, High St;Town;;;"
        ),
        (
            *(
                ("middle", "", "Philip,Paul"),
                ("org", "", "Globex, Inc."),
                ("department", "", "R, D"),
            ),
            ("address", "", "1, High St\nTown"),
        ),
    ),
    "L9 a colon inside a quoted label": Case(
        card("FN:U", 'ADR;LABEL="Ring: twice; please":;;2 Way;;;;', version="4.0"),
        (("address", "", "Ring: twice; please"),),
    ),
    "L10 two charsets in one file": Case(
        card(b"FN;CHARSET=SHIFT_JIS:\x8eR", b"NOTE;CHARSET=ISO-8859-1:\xe9", version="2.1"),
        (("name", "", "山"), ("note", "", "é")),
    ),
}

APPLE = card(
    "FN:Apple",
    "item1.TEL;type=pref:1",
    "item1.X-ABLabel:_$!<HomePage>!$_",
    "item2.TEL;type=WORK:2",
    "item2.X-ABLabel:Weekend house",
    "item3.X-ABDATE:1999-07-10",
    "item3.X-ABLabel:_$!<Anniversary>!$_",
    "item4.X-ABRELATEDNAMES:Sue",
    "item4.X-ABLabel:_$!<Spouse>!$_",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-03",
    "X-SOCIALPROFILE;type=twitter;x-user=ada:http\\://twitter.com/ada",
    "IMPP;X-SERVICE-TYPE=WhatsApp;x-teamidentifier=57T:x-apple:4917",
    "IMPP;X-SERVICE-TYPE=Skype:skype:ada.s",
    "IMPP:icq:12345",
    "IMPP;TYPE=TELEGRAM:ada_t",
    "X-PHONETIC-FIRST-NAME:Aida",
    "X-MAIDENNAME:Byron",
    "item9.X-ABLabel:Alone",
)
