from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from importers import registry, vcard
from importers.container import open_container
from tests.importers.small import DATA, read, sniffed
from tests.importers.vcard_cases import card, container

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = DATA / "vdir" / "Family"
IDS = tuple(f"8f0c1c5e-5b1e-4c9a-9c4e-{number:012}" for number in range(30))


def folder(**more: bytes) -> dict[str, bytes]:
    """A collection of thirty cards, and other files beside."""
    return {f"{uid}.vcf": card(f"FN:Person {uid}", f"UID:{uid}") for uid in IDS} | more


def account(files: dict[str, bytes]) -> str:
    found = vcard.sniff(container(files))
    assert found
    return found.account


def test_a_folder_of_cards_is_recognised_with_the_name_it_gives_itself() -> None:
    with open_container(FAMILY) as box:
        guesses = registry.recognise(box)
    assert guesses[0].importer.NAME == "vcard"
    assert guesses[0].sniffed.confidence == 90
    assert guesses[0].sniffed.account == "Family & friends"
    records, problems = read(vcard, FAMILY)
    assert len(records) == 2
    assert not problems


def test_several_collections_in_one_folder_have_no_name_together(tmp_path: Path) -> None:
    shutil.copytree(FAMILY, tmp_path / "Family")
    shutil.copytree(FAMILY, tmp_path / "Work")
    found = sniffed(vcard, tmp_path)
    assert found
    assert (found.account, found.confidence, len(found.members)) == ("", 90, 4)


def test_one_collection_below_others_is_named_by_its_folder(tmp_path: Path) -> None:
    shutil.copytree(FAMILY, tmp_path / "books" / "Family")
    (tmp_path / "books" / "Family" / "displayname").unlink()
    found = sniffed(vcard, tmp_path)
    assert found
    assert found.account == "Family"


def test_a_folder_of_ids_is_named_by_its_folder_and_loose_cards_are_not() -> None:
    assert account(folder()) == "box"
    assert account({f"a/{name}": data for name, data in folder().items()}) == "a"
    assert not account({"ada.vcf": card("FN:Ada"), "ben.vcf": card("FN:Ben")})
    assert not account({"ada.vcf": card("FN:Ada"), "ben.vcf": card("FN:Ben"), ".localized": b"x"})
    assert not account({"contacts.vcf": card("FN:Ada")})


@pytest.mark.parametrize(
    ("props", "name"),
    [
        (b'{"D:displayname": "Club", "tag": "VADDRESSBOOK"}', "Club"),
        (b'{"tag": "VADDRESSBOOK"}', "box"),
        (b"[", "box"),
        (b"[" * 100_000, "box"),
        (b'{"D:displayname": 5}', "box"),
    ],
)
def test_the_name_of_a_collection_of_a_server_is_read(props: bytes, name: str) -> None:
    assert account(folder(**{".Radicale.props": props})) == name


def test_calendars_colours_and_hidden_files_do_not_hide_the_cards() -> None:
    calendars = {f"{number}.ics": b"BEGIN:VCALENDAR" for number in range(100)}
    hidden = {f".git/objects/{number}": b"x" for number in range(100)}
    found = vcard.sniff(container(folder(**calendars, **hidden, color=b"#fff")))
    assert found
    assert (found.confidence, len(found.members)) == (90, len(IDS))


def test_the_cache_of_a_server_is_no_card(tmp_path: Path) -> None:
    shutil.copytree(FAMILY, tmp_path / "Family")
    cache = tmp_path / "Family" / ".Radicale.cache" / "item"
    cache.mkdir(parents=True)
    (cache / f"{IDS[0]}.vcf").write_bytes(b"\x80\x04\x95cache")
    records, problems = read(vcard, tmp_path)
    assert len(records) == 2
    assert not problems
