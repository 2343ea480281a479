from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.rules import kinds
from importers import thunderbird
from tests.importers.reading import DATA, people, read, sniff, texts, write

if TYPE_CHECKING:
    from pathlib import Path

LISTS = DATA / "thunderbird"


def test_the_english_list_with_a_comma_at_the_end_of_its_lines() -> None:
    ada, club = people(thunderbird, LISTS / "en.csv")
    assert texts(ada, kinds.NAME) == ["Ada Wong, PhD"]
    assert texts(ada, kinds.EMAIL) == ["ada@globex.example", "ada@home.example"]
    assert texts(ada, kinds.PHONE) == ["work: +44 20 7946 0958"]
    assert texts(ada, kinds.ADDRESS) == ["work: London\nUK"]
    assert texts(ada, kinds.BIRTHDAY) == ["1961-12-24"]
    assert texts(ada, kinds.CUSTOM) == ["Custom 1: A"]
    assert texts(ada, kinds.NOTE) == ["one\ntwo"]
    assert texts(club, kinds.BIRTHDAY) == ["--05-03"]


def test_the_german_list_with_tabs_in_the_code_page_of_windows() -> None:
    jorg, kathe = people(thunderbird, LISTS / "de.tsv")
    assert texts(jorg, kinds.NAME) == ["Jörg Müller"]
    assert texts(jorg, kinds.ADDRESS) == ["home: Lindenstraße 5\nHof\nKöln"]
    assert texts(jorg, kinds.BIRTHDAY) == ["1980"]
    assert texts(jorg, kinds.URL) == ["work: https://firma.example"]
    assert texts(jorg, kinds.NOTE) == ["eins\tzwei"]
    assert texts(kathe, kinds.NICKNAME) == ["Käthe"]
    assert texts(kathe, kinds.HANDLE) == ["aim: kaethe77"]


def test_four_columns_with_semicolons_are_enough(tmp_path: Path) -> None:
    head = "Display Name;First Name;Last Name;Primary Email\n"
    path = write(tmp_path, head + "Ada Wong;Ada;Wong;ada@x.example\n")
    assert sniff(thunderbird, path)
    (record,) = people(thunderbird, path)
    assert texts(record, kinds.EMAIL) == ["ada@x.example"]


@pytest.mark.parametrize(
    "text",
    [
        "Primary Email,Phone\nada@x.example,1\n",
        "First Name,Last Name,Nickname,Department,Organization,Notes\nAda,,,,,\n",
        "PRAGMA user_version = 1;\n\nCREATE TABLE cards (uid TEXT PRIMARY KEY, localId INTEGER);\n",
        "dn: cn=Ada Wong,mail=ada@x.example\nobjectclass: top\n",
        "",
    ],
)
def test_other_text_is_left_to_others(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert sniff(thunderbird, path) is None
    assert read(thunderbird, path) == []
