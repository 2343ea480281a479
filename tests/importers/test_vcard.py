from __future__ import annotations

import base64
import json
import pickle
import random
import re
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import vcard
from importers.record import Problem, Record
from tests.importers.vcard_cases import APPLE, CASES, card, container, facts, one, read


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


_SEED = [
    *(case.data for case in CASES.values()),
    APPLE,
    card(b"FN:Photo", b"PHOTO;ENCODING=b:" + base64.b64encode(bytes(range(256)) * 3)),
]
_SPICE = [
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\r\n", b"ENCODING=b", b"QUOTED-PRINTABLE"),
    *(
        b"CHARSET=",
        b"\r\n",
        b"\n ",
        b"=\r\n",
        b";",
        b":",
        b'"',
        b"\0",
        b"\\",
        b"\xff",
        b",",
        b"^",
        b"\r",
    ),
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
