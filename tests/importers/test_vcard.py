from __future__ import annotations

import base64
import json
import os
import pickle
import random
import re
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import vcard
from importers.container import open_container
from importers.record import Problem, Record
from tests.importers.vcard_cases import CASES, GIF, GIF64, card, container, facts, read

SHARED = os.environ.get("VITALFEW_SHARED", "")
SAMPLES = Path(SHARED or "/nowhere") / "formats" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="VITALFEW_SHARED is not set")


def one(data: bytes) -> Record:
    records, _ = read(data)
    assert len(records) == 1
    return records[0]


@pytest.mark.parametrize("name", CASES)
def test_each_way_of_breaking_is_survived(name: str) -> None:
    case = CASES[name]
    neighbour = card("FN:Neighbour", "TEL:99")
    for data in (case.data, neighbour + case.data, case.data + b"\r\n" + neighbour):
        records, problems = read(data)
        others = [record for record in records if ("name", "", "Neighbour") in facts(record)]
        (record,) = [record for record in records if record not in others]
        found = facts(record)
        for kind, label, value in case.expected:
            if value:
                assert (kind, label, value) in found
            else:
                assert any(fact[:2] == (kind, label) for fact in found)
        assert len(others) == (data != case.data)
        assert all(facts(other)[-1] == ("phone", "", "99") for other in others)
        told = " ".join(problem.why for problem in problems if not problem.fatal)
        assert case.warning in told
        assert bool(told) == bool(case.warning)
        assert not [problem for problem in problems if problem.fatal]


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


def test_groups_become_labels_of_their_members() -> None:
    group = card(
        "FN:Staff", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:U1"
    )
    box = {"a.vcf": card("FN:Ada", "UID:u1") + card("FN:Bob", "UID:u2"), "b.vcf": group}
    ada, bob, problem = vcard.read(container(box))
    assert isinstance(ada, Record)
    assert isinstance(bob, Record)
    assert facts(ada)[-1] == ("label", "", "Staff")
    assert facts(bob)[-1] == ("uid", "", "u2")
    assert problem == Problem("b.vcf card 1", vcard.GROUP, group.strip(), fatal=False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_files_are_read_and_their_bytes_kept(encoding: str) -> None:
    text = card("FN:Zoë Ünïcode", "TEL:1").decode()
    data = text.encode(encoding)
    (record,), problems = read(data)
    assert facts(record) == [("name", "", "Zoë Ünïcode"), ("phone", "", "1")]
    assert not problems
    assert record.raw in data
    assert len(record.raw) > len(text.strip()) - 1


def test_raw_is_the_same_wherever_the_card_stands() -> None:
    first, second = card("FN:A", end=b"\n"), card("FN:B", end=b"\n")
    (a, b), _ = read(b"\xef\xbb\xbf" + first + b"\n\n" + second.strip())
    (b2, a2), _ = read(second + first)
    assert (a.raw, b.raw) == (a2.raw, b2.raw)


def test_records_can_be_handed_to_another_process() -> None:
    record = one(APPLE)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes


def test_an_empty_file_and_a_file_of_text_are_told() -> None:
    assert [problem.why for problem in read(b"")[1]] == ["an empty file"]
    assert "outside BEGIN and END" in read(b"hello there")[1][0].why


def test_a_card_over_the_limit_is_refused_and_its_neighbour_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vcard, "RECORD_LIMIT", 1_000)
    records, problems = read(card("FN:Big", "NOTE:" + "x" * 1_000) + card("FN:Small"))
    assert [facts(record)[0][2] for record in records] == ["Small"]
    assert "1,000 bytes" in problems[0].why
    assert problems[0].fatal


def test_a_folder_of_cards_is_recognised(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.vcf").write_bytes(card(f"FN:Person {number}"))
    (tmp_path / "color").write_bytes(b"#fff")
    (tmp_path / "notes.txt").write_bytes(b"nothing")
    with open_container(tmp_path) as box:
        sniffed = vcard.sniff(box)
        found = [item.where for item in vcard.read(box)]
    assert sniffed
    assert sniffed.members == ("0.vcf", "1.vcf", "2.vcf")
    assert found == ["0.vcf card 1", "1.vcf card 1", "2.vcf card 1"]


def test_other_files_are_not_taken_for_cards() -> None:
    assert vcard.sniff(container({"a.csv": b"name,mail\nAda,a@b"})) is None
    assert vcard.sniff(container({"a.bin": b"\0\1\2" * 50, "b.bin": b"x"})) is None
    found = vcard.sniff(container({"people": card("FN:A")}))
    assert found
    assert found.confidence > 90


# --- against another reader and writer ----------------------------------------------------------

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"], exclude_characters="\ufffd"),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() == text and text)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=3))
def test_what_vobject_writes_we_read(
    name: str, given_name: str, note: str, street: str, units: list[str]
) -> None:
    made: Any = vobject.vCard()
    made.add("fn").value = name
    made.add("n").value = vobject.vcard.Name(family=name, given=given_name)
    made.add("note").value = f"{note}\n{name}"
    made.add("org").value = units
    made.add("adr").value = vobject.vcard.Address(street=street, city=given_name)
    made.add("email").value = "a@b.example"
    record = one(made.serialize().encode())
    found = {(value.kind, value.value) for value in record.values}
    assert {
        *(("name", name), ("family", name), ("given", given_name), ("note", f"{note}\n{name}")),
        *(("org", units[0]), ("email", "a@b.example"), ("address", f"{street}\n{given_name}")),
    } <= found
    if len(units) > 1:
        assert ("department", ", ".join(units[1:])) in found


# --- mutations ------------------------------------------------------------------------------------

_SEED = [
    *(case.data for case in CASES.values()),
    APPLE,
    card(b"FN:Photo", b"PHOTO;ENCODING=b:" + base64.b64encode(bytes(range(256)) * 3)),
]
_SPICE = [
    b"BEGIN:VCARD\r\n",
    b"END:VCARD\r\n",
    b"\r\n",
    b"\n ",
    b";",
    b":",
    b'"',
    b"=\r\n",
    b"\0",
    b"\\",
]
_SPICE += [
    b"AGENT:\r\n",
    b"\xff",
    b",",
    b"ENCODING=b",
    b"QUOTED-PRINTABLE",
    b"CHARSET=",
    b"^",
    b"\r",
]
_LEFT_OUT = re.compile(rb"[ \t\r\n\x1a]|\xef\xbb\xbf")


def _mutated(rng: random.Random) -> bytes:
    data = bytearray(rng.choice(_SEED))
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                del data[place : place + rng.randint(1, 30)]
            case 2:
                data[place:place] = rng.choice(_SPICE)
            case _:
                data[place:place] = data[place : place + rng.randint(1, 60)]
        if not data:
            return b"x"
    return bytes(data)


def test_two_thousand_mutations_lose_no_byte_and_harm_no_neighbour() -> None:
    rng = random.Random(20261121)
    before, after = card("FN:Before", "TEL:1"), card("FN:After", "TEL:2")
    for number in range(2_000):
        data = before + _mutated(rng) + b"\r\n" + after
        if data[:3] == b"\xef\xbb\xbf" or b"\0" in data[:200]:
            continue
        found = list(vcard.read(container({"m.vcf": data})))
        kept = b"".join(item.raw for item in found if item.raw)
        assert _LEFT_OUT.sub(b"", kept) == _LEFT_OUT.sub(b"", data), number
        names = [fact for item in found if isinstance(item, Record) for fact in facts(item)]
        assert ("name", "", "Before") in names, number
        last = [item for item in found if isinstance(item, Record)][-1]
        assert ("phone", "", "2") in facts(last), number
        assert not [
            item for item in found if isinstance(item, Problem) and vcard.BROKEN in item.why
        ]
        for item in found:
            pickle.dumps(item)
            if isinstance(item, Record):
                assert all(value.value == value.value.strip() != "" for value in item.values)
                json.dumps(item.values)
                str(item.values).encode()


# --- real files -----------------------------------------------------------------------------------

_BEGINS = re.compile(r"(?im)^\ufeff?begin:vcard")
_IDENTIFYING = re.compile(
    r"(?im)^(?:item\d+\.)?(?:FN|N|TEL|EMAIL|ORG|ADR|LABEL|NICKNAME)\b[^:\n]*:[;, \t]*[^;,\s]"
)


def _text(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16")
    return data.decode("utf-16-be" if data[:1] == b"\0" else "latin-1").removeprefix("ï»¿")


@needs_samples
def test_every_sample_is_read_and_nobody_with_a_name_is_refused() -> None:
    refused = []
    for path in sorted((SAMPLES / "vcard").iterdir()):
        with open_container(path) as box:
            assert vcard.sniff(box), path.name
            found = list(vcard.read(box))
        cards = [item for item in found if isinstance(item, Record)]
        fatal = [item for item in found if isinstance(item, Problem) and item.fatal]
        groups = [item for item in found if isinstance(item, Problem) and item.why == vcard.GROUP]
        begins = len(_BEGINS.findall(_text(path.read_bytes())))
        assert len(cards) + len(fatal) + len(groups) == begins, path.name
        refused += [(path.name, problem) for problem in fatal]
    for name, problem in refused:
        assert problem.why == vcard.NOBODY, name
        assert not _IDENTIFYING.search(_text(problem.raw)), name


_COMPARED = {
    "FN": "name",
    "NOTE": "note",
    "TITLE": "title",
    "ROLE": "role",
    "EMAIL": "email",
    "URL": "url",
    "TEL": "phone",
    "ORG": "org",
    "N": "family",
    "NICKNAME": "nickname",
    "CATEGORIES": "label",
}


def _golden(text: str) -> list[dict[str, set[str]]]:
    """Cards of a clean, folded file, by a splitter that shares nothing with our reader."""
    cards: list[dict[str, set[str]]] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        if line == "BEGIN:VCARD":
            cards.append({})
        head, _, value = line.partition(":")
        name = head.partition(";")[0].rpartition(".")[2].upper()
        if '"' in head or name not in _COMPARED or not value.strip(";, "):
            continue
        marked = value.replace("\\\\", "\x01").replace("\\n", "\n").replace("\\r", "")
        if name in {"NICKNAME", "CATEGORIES"}:
            parts = re.split(r"(?<!\\),", marked)
        elif name in {"ORG", "N"}:
            parts = re.split(r"(?<!\\);", marked)[:1]
        else:
            parts = [marked]
        for part in parts:
            plain = re.sub(r"\\([,;:\"])", r"\1", part).replace("\x01", "\\").strip()
            if name == "TEL":
                plain = plain.removeprefix("tel:")
            if plain:
                cards[-1].setdefault(_COMPARED[name], set()).add(plain)
    return cards


@needs_samples
def test_values_agree_with_the_golden_files() -> None:
    compared = 0
    for golden in sorted((SAMPLES / "vcard-golden").glob("*.out")):
        expected = [card for card in _golden(golden.read_text("utf-8")) if card]
        with open_container(SAMPLES / "vcard" / golden.stem) as box:
            found = [item for item in vcard.read(box) if isinstance(item, Record)]
        found = [item for item in found if {v.kind for v in item.values} & set(_COMPARED.values())]
        assert len(found) == len(expected), golden.name
        for record, card_values in zip(found, expected, strict=True):
            for kind, values in card_values.items():
                ours = {v.value.replace("\r\n", "\n") for v in record.values if v.kind == kind}
                assert values <= ours, (golden.name, kind, values - ours)
                compared += len(values)
    assert compared > 100
