"""vCards that go out: whoever reads them learns what was told, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest
import vobject
from hypothesis import given, settings

from core.exports import vcard
from core.exports.said import plain, tell
from core.exports.vcard import card
from core.rules import kinds
from importers.reread import differences
from importers.vcard_blocks import blocks
from importers.vcard_lines import parse
from importers.vcard_values import Facts
from importers.vcard_values import facts as read_facts
from tests.core.exports.people import NASTY, TEXTS, anybody, fact, person
from tests.support import HOSTILE

if TYPE_CHECKING:
    from core.queries.outgoing import Outgoing

HEAD = re.compile(
    r"(item\d+\.)?[A-Z][A-Z-]*"
    r"(;(TYPE=[A-Za-z,]+|X-SERVICE-TYPE=[a-z]+|X-APPLE-OMIT-YEAR=1604|ENCODING=[bB]|VALUE=uri))*:",
    re.IGNORECASE,
)
JPEG = b"\xff\xd8\xff" + bytes(range(256)) * 20


def nothing(_sha: str) -> bytes:
    return b""


def written(*facts: tuple[str, str] | tuple[str, str, str], **given: object) -> str:
    """The card of somebody who holds these."""
    held = [fact(number, *one) for number, one in enumerate(facts, 1)]
    return card(tell(person(held, str(given.get("tier", ""))), with_tier=bool(given)), nothing)[0]


def read(text: str) -> Facts:
    (block,) = blocks(text.encode())
    return read_facts(parse(block.body).properties, lambda _why: None)


def lines(text: str) -> list[str]:
    """The card unfolded."""
    return text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


@settings(max_examples=50)
@given(anybody())
def test_a_written_card_gives_back_what_was_told(who: Outgoing) -> None:
    text, said = card(tell(who, with_tier=True), nothing)
    assert differences(text, said) == []


@settings(max_examples=40)
@given(anybody())
def test_no_text_makes_a_line_or_a_parameter_of_its_own(who: Outgoing) -> None:
    text, _said = card(tell(who, with_tier=True), nothing)
    assert [lines(text).count(f"{mark}:VCARD") for mark in ("BEGIN", "END")] == [1, 1]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", text)
    assert all(HEAD.match(line) for line in lines(text))


@given(TEXTS)
def test_text_without_controls_goes_out_as_it_is(text: str) -> None:
    sound = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]| {30,}", "", text).strip()
    assert plain(sound) == sound
    assert plain(plain(text)) == plain(text)


def test_hostile_names_reach_vobject_and_others_as_one_card_each() -> None:
    for name in (*HOSTILE, *NASTY):
        text = written(("name", name), ("email", "eve@example.org", name), ("note", name))
        (one,) = vobject.readComponents(text)
        assert one.version.value == "3.0"
        assert "666" not in str(one.contents.get("tel", ""))


def test_each_kind_of_value_has_its_property() -> None:
    detail = json.dumps({"street": "1 Main St; back", "city": "Bern", "country": "CH"})
    held = [
        fact(1, kinds.NAME, "Dr. Ada M. Wong, PhD"),
        fact(2, kinds.GIVEN, "Ada"),
        fact(3, kinds.FAMILY, "Wong"),
        fact(4, kinds.ORG, "Wayne & Co"),
        fact(5, kinds.TITLE, "CTO"),
        fact(6, kinds.DEPARTMENT, "R, D"),
        fact(7, kinds.EMAIL, "ada@wayne.example", "work", preferred=1),
        fact(8, kinds.PHONE, "+41 79 123 45 67", "mobile"),
        fact(9, kinds.PHONE, "+41 44 668 18 00", "Weekend house"),
        fact(10, kinds.ADDRESS, "1 Main St\nBern", "home", detail=detail),
        fact(11, kinds.URL, "https://ada.example/a,b;c"),
        fact(12, kinds.HANDLE, "ada.wong", "skype"),
        fact(13, kinds.HANDLE, "@adawong", "twitter"),
        fact(14, kinds.BIRTHDAY, "--05-03"),
        fact(15, kinds.DATE, "2010-06-07", "anniversary"),
        fact(16, kinds.LABEL, "Chess, club"),
        fact(17, kinds.LABEL, "Friends"),
        fact(18, kinds.NOTE, "one\r\ntwo"),
        fact(19, kinds.RELATION, "Max", "spouse"),
    ]
    found = lines(card(tell(person(held), with_tier=False), nothing)[0])
    assert found == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:0b1e5c9e-7c7c-4d52-9a5e-0d6f6f1d3a10",
        r"ADR;TYPE=HOME:;;1 Main St\; back;Bern;;;CH",
        "ANNIVERSARY:2010-06-07",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-03",
        r"CATEGORIES:Chess\, club,Friends",
        "EMAIL;TYPE=WORK,PREF:ada@wayne.example",
        r"FN:Dr. Ada M. Wong\, PhD",
        "IMPP;X-SERVICE-TYPE=skype:skype:ada.wong",
        r"LABEL;TYPE=HOME:1 Main St\nBern",
        "N:Wong;Ada;;;",
        r"NOTE:one\ntwo",
        r"ORG:Wayne & Co;R\, D",
        "REV:2026-11-20T10:00:00Z",
        "TEL;TYPE=CELL:+41 79 123 45 67",
        "item1.TEL:+41 44 668 18 00",
        "TITLE:CTO",
        "URL:https://ada.example/a,b;c",
        "item1.X-ABLABEL:Weekend house",
        "item2.X-ABLABEL:spouse",
        "item2.X-ABRELATEDNAMES:Max",
        "X-SOCIALPROFILE;TYPE=x:@adawong",
        "END:VCARD",
    ]


def test_a_name_nobody_split_goes_out_in_parts() -> None:
    assert "N:Green;Rachel;;;" in lines(written(("name", "Rachel Green")))
    assert "N:;;;;" in lines(written(("name", "Globex"), ("org", "Globex")))


def test_other_names_and_firms_stay_as_also_and_former_ones_stay_behind() -> None:
    held = [
        fact(1, kinds.NAME, "Robert Smith", rank=2),
        fact(2, kinds.ORG, "Globex", rank=2),
        fact(3, kinds.TITLE, "Head", rank=2),
        fact(4, kinds.NAME, "Bob Smith", card_id=2),
        fact(5, kinds.ORG, "Acme", card_id=2),
        fact(6, kinds.TITLE, "Buyer", card_id=2),
        fact(7, kinds.ORG, "Initech", until="2026-01-01"),
    ]
    found = read(card(tell(person(held), with_tier=False), nothing)[0]).values
    jobs = [
        (value.kind, value.value, value.part) for value in found if value.kind in {"org", "title"}
    ]
    assert jobs == [
        ("org", "Globex", 0),
        ("org", "Acme", 1),
        ("title", "Head", 0),
        ("title", "Buyer", 1),
    ]
    assert [value.value for value in found if value.kind == "name"] == ["Robert Smith"]
    assert [value.value for value in found if value.kind == "nickname"] == ["Bob Smith"]


def test_the_user_s_own_words_come_first() -> None:
    held = [
        fact(1, kinds.NAME, "Ada Wong"),
        fact(2, kinds.GIVEN, "Ada"),
        fact(3, kinds.FAMILY, "Wong"),
        fact(4, kinds.NAME, "Ada Green", origin="user", replaces_id=1),
    ]
    found = lines(card(tell(person(held), with_tier=False), nothing)[0])
    assert "FN:Ada Green" in found
    assert "N:Green;Ada;;;" in found


def test_tiers_go_out_only_when_asked_for() -> None:
    held = [("name", "Ada"), ("label", "Tier B"), ("label", "a"), ("label", "* A"), ("label", "C")]
    assert "CATEGORIES:a" in lines(written(*held))
    assert "CATEGORIES:a,Tier A" in lines(written(*held, tier="A"))


def test_what_is_nobody_else_s_business_stays_behind() -> None:
    text = written(("name", "Ada"), ("value", "5000"), ("extra", "X-SECRET:1"), ("key", "PGP"))
    assert not re.search("5000|SECRET|PGP", text)


@pytest.mark.parametrize("service", sorted(vcard._CHATS | vcard._NETWORKS | {"", "Own net", "b"}))
def test_a_handle_keeps_its_service(service: str) -> None:
    for value in ("ada.wong", "@ada:matrix.org", "ada@example.org", "+41791234567", "a,b;c"):
        held = [fact(1, kinds.NAME, "Ada"), fact(2, kinds.HANDLE, value, service)]
        text, said = card(tell(person(held), with_tier=False), nothing)
        assert differences(text, said) == []
        assert kinds.HANDLE in {one.kind for one in said}


@pytest.mark.parametrize("label", [*vcard._TYPES, "homepage", "Fax at sea", "base64", 'a"b;c:d'])
@pytest.mark.parametrize("kind", [kinds.EMAIL, kinds.PHONE, kinds.URL, kinds.ADDRESS])
def test_a_label_stays_with_its_value(kind: str, label: str) -> None:
    value = {kinds.EMAIL: "a@b.example", kinds.PHONE: "+41 44 668 18 00"}.get(kind, "example.org")
    held = [fact(1, kinds.NAME, "Ada"), fact(2, kind, value, label), fact(3, kind, value + "0")]
    text, said = card(tell(person(held), with_tier=False), nothing)
    assert differences(text, said) == []
    assert [(one.value, one.label) for one in read(text).values if one.kind == kind] in (
        [(value, label), (value + "0", "")],
        [(value + "0", ""), (value, label)],
    )


def test_a_photo_goes_out_and_comes_back_byte_for_byte() -> None:
    sha = hashlib.sha256(JPEG).hexdigest()
    held = [fact(1, kinds.NAME, "Ada"), fact(2, kinds.PHOTO, sha, detail="image/jpeg")]
    text, said = card(tell(person(held), with_tier=False), {sha: JPEG}.__getitem__)
    assert differences(text, said) == []
    assert read(text).media[0].data == JPEG
    gone = card(tell(person(held), with_tier=False), nothing)
    assert "PHOTO" not in gone[0]


def test_a_picture_on_the_web_stays_an_address() -> None:
    text = written(("name", "Ada"), ("photo", "https://example.org/a.jpg?x=1,2;3"))
    assert "PHOTO;VALUE=uri:https://example.org/a.jpg?x=1,2;3" in lines(text)


def test_what_had_to_be_changed_is_told() -> None:
    told = tell(
        person([fact(1, "name", "A\x1b[2JB"), fact(2, "note", "fine\r\n")]), with_tier=False
    )
    assert told.altered == ("name",)
    assert told.name == "A[2JB"


def test_a_card_that_reads_otherwise_is_noticed() -> None:
    text, said = card(tell(person([fact(1, "name", "Ada")]), with_tier=False), nothing)
    assert differences(text.replace("FN:Ada", "FN:Eve"), said) == ["name"]
    assert differences(text + text, said) == ["card"]
