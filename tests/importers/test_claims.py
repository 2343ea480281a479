"""Who claims what: each small format its own, and nobody else's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import abook, lbdb, ldif, mastodon, monica, mutt, registry, vcard
from importers.container import open_container
from importers.record import Problem, Record
from tests.importers.small import DATA, read, sniffed
from tests.importers.vcard_cases import card, container

if TYPE_CHECKING:
    from importers.record import Importer

SMALL = (ldif, abook, mutt, lbdb, mastodon, monica)
OWN = {
    "ldif/thunderbird.ldif": ldif,
    "ldif/directory.ldif": ldif,
    "abook/addressbook": abook,
    "mutt/aliases": mutt,
    "mutt/mailrc": mutt,
    "lbdb/m_inmail.list": lbdb,
    "mastodon/following_accounts.csv": mastodon,
    "mastodon/followers.csv": mastodon,
    "mastodon/muted_accounts.csv": mastodon,
    "mastodon/blocked_accounts.csv": mastodon,
    "mastodon/lists.csv": mastodon,
    "mastodon": mastodon,
    "monica/account.json": monica,
    "monica/account.sql": monica,
    "vdir/Family": vcard,
}
FOREIGN = {
    "Connections.csv": b"First Name,Last Name,URL,Connected On\nAda,Wong,,1 Jan 2020\n",
    "contacts.csv": b"First Name,Last Name,Phonetic First Name,E-mail 1 - Value\nAda,Wong,,a@b.c\n",
    "outlook.csv": b'"First Name","Last Name","E-mail Address"\n"Ada","Wong","ada@wong.example"\n',
    "thunderbird.csv": b"First Name,Last Name,Display Name,Nickname,Primary Email\nA,W,A,,a@b.c\n",
    "subscribed.csv": b"Email Address,First Name,MEMBER_RATING\nada@wong.example,Ada,2\n",
    "emails.txt": b"ada@wong.example\nben@ortiz.example\n",
    "people.vcf": card("FN:Ada Wong", "NOTE:alias ada a@b.c", "UID:dn: x"),
    "people.tsv": b"name\temail\nAda\tada@wong.example\n",
    "stub.csv": b"id,first_name,middle_name,last_name\n0,Bono,Paul David,Hewson,,,x@y.example\n",
    "result.json": b'{"about": "x", "contacts": {"list": [{"first_name": "Ada"}]}}',
    "chat.txt": b"[2024-01-01, 10:00] Ada: hi\n",
    "notes.md": b"---\nname: Ada\nemail: ada@wong.example\n---\n",
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "book.xlsx": b"PK\3\4\0\0\0\0",
}
SAMPLES = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
COUNTS = {  # counted by hand: entries, refused
    "thunderbird/mozilla+releases-comm-central--export.ldif": (ldif, 2, 0),
    "abook/purarue+abook_parser--test_abook.py)": (abook, 2, 0),
    "mastodon/mastodon+mastodon--following_accounts.csv": (mastodon, 2, 0),
}


@pytest.mark.parametrize("name", OWN)
def test_each_list_is_claimed_first_by_its_own_importer(name: str) -> None:
    with open_container(DATA / name) as box:
        guesses = registry.recognise(box)
    assert guesses[0].importer is OWN[name]
    assert {guess.importer.NAME for guess in guesses if guess.importer in SMALL} <= {OWN[name].NAME}


def test_no_small_importer_claims_the_lists_of_the_large_ones() -> None:
    claimed: list[str] = []
    for path in sorted(path for path in DATA.rglob("*") if path.is_file()):
        if path.relative_to(DATA).parts[0] in {*(one.NAME for one in SMALL), "vdir"}:
            continue
        claimed += [f"{one.NAME} {path.name}" for one in SMALL if sniffed(one, path)]
    assert claimed == []


@pytest.mark.parametrize("importer", SMALL, ids=lambda one: one.NAME)
@pytest.mark.parametrize("name", FOREIGN)
def test_nobody_elses_list_is_claimed(importer: Importer, name: str) -> None:
    assert importer.sniff(container({name: FOREIGN[name]})) is None
    assert importer.sniff(container({f"x/{name}": FOREIGN[name], "y": b"hello"})) is None
    assert list(importer.read(container({name: FOREIGN[name]}))) == []


@pytest.mark.parametrize("importer", SMALL, ids=lambda one: one.NAME)
def test_an_empty_folder_is_claimed_by_nobody(importer: Importer) -> None:
    assert importer.sniff(container({})) is None


@pytest.mark.parametrize("importer", SMALL, ids=lambda one: one.NAME)
def test_every_importer_tells_what_it_is(importer: Importer) -> None:
    assert importer.NAME
    assert importer.TITLE
    assert importer.VERSION == 1
    assert importer.NEW_PEOPLE is (importer is not lbdb)
    assert not importer.WHOLE


LISTS = [name for name in OWN if (DATA / name).is_file()]


@given(st.sampled_from(LISTS), st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_list_raises_nothing_and_its_values_can_be_stored(
    name: str, data: st.DataObject
) -> None:
    whole = (DATA / name).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"(" * 3_000]))
    damaged = whole[:start] + bad + whole[end:]
    for found in OWN[name].read(container({name.rpartition("/")[2]: damaged})):
        assert isinstance(found, Record | Problem)
        for value in found.values if isinstance(found, Record) else ():
            assert value.value
            assert "\0" not in value.value + value.label
            (value.value + value.label + value.detail).encode()


@pytest.mark.parametrize("name", OWN)
def test_the_same_list_gives_the_same_bytes_and_ids_again(name: str) -> None:
    first, _ = read(OWN[name], DATA / name)
    again, _ = read(OWN[name], DATA / name)
    assert first == again
    assert len({record.raw for record in first}) == len(first)
    keys = [record.key for record in first if record.key]
    assert len(set(keys)) == len(keys)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", COUNTS)
def test_real_lists_are_read_to_the_last_entry(name: str) -> None:
    importer, entries, refused = COUNTS[name]
    records, problems = read(importer, SAMPLES / name)
    assert (len(records), sum(problem.fatal for problem in problems)) == (entries, refused)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="VITALFEW_SHARED names no samples")
def test_no_real_list_of_another_format_is_claimed() -> None:
    claimed: list[str] = []
    for path in sorted(SAMPLES.glob("*/*")):
        if f"{path.parent.name}/{path.name}" in COUNTS or path.is_dir():
            continue
        with open_container(path) as box:
            claimed += [f"{one.NAME} {path.name}" for one in SMALL if one.sniff(box)]
    assert claimed == []
