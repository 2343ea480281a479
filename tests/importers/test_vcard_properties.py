from __future__ import annotations

import json

import pytest

from importers import vcard
from importers.record import Problem
from tests.importers.vcard_cases import APPLE, GIF, GIF64, card, facts, one, read


def test_a_photo_is_kept_byte_for_byte() -> None:
    for line in (b"PHOTO;ENCODING=b:", b"PHOTO;TYPE=GIF;BASE64:", b"PHOTO:data:image/gif;base64,"):
        record = one(card(b"FN:P", line + GIF64))
        (media,) = record.media
        assert (media.data, media.media_type) == (GIF, "image/gif")
        (value,) = [value for value in record.values if value.kind == "photo"]
        assert (value.value, value.detail) == (media.sha256, "image/gif")


def test_a_photo_elsewhere_is_kept_as_its_address() -> None:
    record = one(card("FN:P", "PHOTO:https://pics.example/a,b.jpg", "LOGO;VALUE=uri:x:y"))
    assert facts(record)[1:] == [
        ("photo", "", "https://pics.example/a,b.jpg"),
        ("photo", "logo", "x:y"),
    ]


def test_a_name_is_made_of_its_parts_if_it_is_missing() -> None:
    assert ("name", "", "Dr. Ada M. King PhD") in facts(one(card("N:King;Ada;M.;Dr.;PhD", "FN:")))
    assert ("name", "", "山田太郎") in facts(one(card("N:山田;太郎;;;")))


@pytest.mark.parametrize(
    "line",
    ["TEL:1", "EMAIL:a@b.example", "X-SKYPE:a", "ORG:Acme", "NICKNAME:Al", "ADR:;;1 Way;;;;"],
)
def test_a_card_without_a_name_is_kept(line: str) -> None:
    records, problems = read(card(line))
    assert len(records) == 1
    assert not problems


def test_a_card_that_knows_nobody_is_refused_with_its_bytes() -> None:
    data = card("BDAY:1980-01-01", "UID:7", "TEL:", "N:;;;;")
    records, problems = read(data)
    assert not records
    assert problems[0] == Problem("cards.vcf card 1", vcard.NOBODY, data.strip(), fatal=True)


def test_addresses_have_parts_and_a_text() -> None:
    record = one(card(r"ADR;TYPE=work,pref:PO 1;Apt 2;3 High\nSt;Town;R;77;Land"))
    (value,) = record.values
    assert value.value == "3 High\nSt\nApt 2\nPO 1\nTown\nR\n77\nLand"
    assert (value.label, value.preferred) == ("work", True)
    assert json.loads(value.detail) == {
        "street": "3 High\nSt",
        "extended": "Apt 2",
        "po_box": "PO 1",
        "city": "Town",
        "region": "R",
        "code": "77",
        "country": "Land",
    }


def test_the_written_label_of_an_address_is_its_text() -> None:
    lines = ("ADR;HOME:;;1 Way;Town;;;", "LABEL;HOME:Ada\\n1 Way", "LABEL;WORK:Alone")
    found = [
        fact for fact in facts(one(card("FN:A", *lines, version="2.1"))) if fact[0] == "address"
    ]
    assert found == [("address", "home", "Ada\n1 Way"), ("address", "work", "Alone")]


def test_employments_keep_their_parts_together() -> None:
    lines = ("FN:A", "ORG:One;Lab", "TITLE:Boss", "ORG:Two", "TITLE:Clerk", "ROLE:Lead")
    found = [(v.kind, v.value, v.part) for v in one(card(*lines)).values[1:]]
    assert found == [
        *(("org", "One", 0), ("department", "Lab", 0), ("title", "Boss", 0), ("org", "Two", 1)),
        *(("title", "Clerk", 1), ("role", "Lead", 0)),
    ]


def test_what_apple_writes_is_understood() -> None:
    assert facts(one(APPLE))[1:] == [
        ("phone", "homepage", "1"),
        ("phone", "Weekend house", "2"),
        ("date", "anniversary", "1999-07-10"),
        ("relation", "spouse", "Sue"),
        ("birthday", "", "--05-03"),
        ("handle", "twitter", "ada"),
        ("url", "twitter", "http://twitter.com/ada"),
        ("handle", "whatsapp", "4917"),
        ("handle", "skype", "ada.s"),
        ("handle", "icq", "12345"),
        ("handle", "telegram", "ada_t"),
        ("phonetic", "given", "Aida"),
        ("maiden", "", "Byron"),
        ("extra", "X-ABLABEL", "item9.X-ABLabel:Alone"),
    ]


def test_what_android_writes_is_understood() -> None:
    custom = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
    record = one(
        card(
            "TEL;CELL:5",
            f"{custom}nickname;Mäx;1;;;",
            f"{custom}contact_event;1999-07-10;1;;",
            f"{custom}contact_event;1980-01-02;3;;",
            f"{custom}contact_event;2001-01-01;0;First day;",
            f"{custom}relation;Sue;14;;",
            f"{custom}relation;Tom;{'9' * 5_000};Boss;",
            "X-ANDROID-CUSTOM:other;a;b",
            version="2.1",
        )
    )
    assert facts(record) == [
        ("phone", "mobile", "5"),
        ("nickname", "", "Mäx"),
        ("date", "anniversary", "1999-07-10"),
        ("birthday", "", "1980-01-02"),
        ("date", "First day", "2001-01-01"),
        ("relation", "spouse", "Sue"),
        ("relation", "Boss", "Tom"),
        ("extra", "X-ANDROID-CUSTOM", "X-ANDROID-CUSTOM:other;a;b"),
    ]


def test_numbers_as_uri_keep_their_extension() -> None:
    record = one(card("TEL;VALUE=uri;TYPE=work:tel:+1-418-656-9254;ext=102", version="4.0"))
    assert facts(record) == [("phone", "work", "+1-418-656-9254 ext. 102")]


def test_an_agent_is_a_relation_and_kept_whole() -> None:
    record = one(card("FN:Bob", r"AGENT:BEGIN:VCARD\nFN:Sue Thomas\nTEL:1\nEND:VCARD\n"))
    assert ("relation", "agent", "Sue Thomas") in facts(record)
    assert any(fact[:2] == ("extra", "AGENT") for fact in facts(record))


def test_ids_and_revisions_belong_to_the_record() -> None:
    record = one(card("FN:A", "UID:urn:uuid:ab-1", "REV:20080424T195243Z", "REV:19971115"))
    assert (record.key, record.revised) == ("ab-1", "2008-04-24T19:52:43Z")
    assert facts(record)[1:] == [("uid", "", "ab-1")]
    assert one(card("FN:A", r"X-ABUID:7F\:ABPerson")).key == "7F"


def test_unknown_properties_are_kept_as_written() -> None:
    record = one(
        card("FN:A", "item1.X-Foo;TYPE=a:b\\,c", "X-EMPTY:", "PRODID:x", "X-MS-OL-DESIGN:y")
    )
    assert facts(record)[1:] == [("extra", "X-FOO", "item1.X-Foo;TYPE=a:b\\,c")]
