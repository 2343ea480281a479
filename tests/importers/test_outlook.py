from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from core.rules import kinds
from importers import outlook
from importers.record import Problem, Record
from tests.importers.reading import DATA, people, read, sniff, texts, write
from tests.support import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

LISTS = DATA / "outlook"
HEAD = "First Name,Last Name,E-mail Address,E-mail Type,E-mail Display Name,Home Phone"


def one(folder: Path, head: str, row: str) -> Record:
    (record,) = people(outlook, write(folder, f"{head}\r\n{row}\r\n"))
    return record


@pytest.mark.parametrize("language", ["de", "en", "fr", "ja", "pl", "pt_BR", "ru", "sv"])
def test_a_list_is_known_in_the_language_of_its_windows(language: str) -> None:
    sniffed = sniff(outlook, LISTS / f"{language}.csv")
    assert sniffed is not None
    assert f"headings of Outlook ({language})" in sniffed.reason
    assert sniffed.confidence > 90
    assert len(people(outlook, LISTS / f"{language}.csv")) == 3


def test_german_with_semicolons_in_its_own_code_page() -> None:
    jurgen, anne, zoe = people(outlook, LISTS / "de.csv")
    assert texts(jurgen, kinds.NAME) == ["Dr. Jürgen Otto Müller-Weiß"]
    assert texts(jurgen, kinds.ORG) == ['Straßenbau "Groß & Söhne" GmbH']
    assert texts(jurgen, kinds.PHONE) == ["work: +49 221 5551230", "mobile: 0171 5551234"]
    assert texts(jurgen, kinds.BIRTHDAY) == ["1961-12-24"]
    assert texts(jurgen, kinds.DATE) == []  # 0.0.00 is none
    assert texts(jurgen, kinds.LABEL) == ["Wichtig", "Tier A"]
    assert texts(jurgen, kinds.RELATION) == ["spouse: Käthe Müller"]
    assert texts(jurgen, kinds.CUSTOM) == ["Benutzer 1: B"]
    assert texts(jurgen, kinds.NOTE) == ['Erste Zeile\r\nzweite; mit Semikolon und "Anführung"']
    assert texts(jurgen, kinds.EXTRA) == []  # what stands in every row says nothing of anybody
    assert texts(anne, kinds.NAME) == ["Anne Weiß"]
    assert texts(zoe, kinds.PHONE) == ["home fax: 030 5550101", "home: 030 5550100"]
    assert texts(zoe, kinds.BIRTHDAY) == ["1980-05-03"]
    assert texts(zoe, kinds.RELATION) == ["child: Ümit", "child: Jörn"]
    assert texts(zoe, kinds.EXTRA) == ["Priorität: Niedrig", "Privat: Wahr"]


def test_french_headings_that_stand_twice_are_told_by_their_places() -> None:
    helene, francois, maite = people(outlook, LISTS / "fr.csv")
    assert texts(helene, kinds.PREFIX) == ["Mme"]
    assert texts(helene, kinds.TITLE) == ["Présidente"]
    assert texts(helene, kinds.FAMILY) == ["d'Été"]
    assert texts(helene, kinds.BIRTHDAY) == ["1975-07-14"]
    assert texts(francois, kinds.TITLE) == ["Maître d'œuvre"]
    assert texts(francois, kinds.PREFIX) == []
    assert texts(francois, kinds.ADDRESS) == ["home: 12, rue de l'Église\nOrléans\n45000"]
    assert texts(maite, kinds.BIRTHDAY) == ["1980-05-03"]  # 14/07 in the same file says how


def test_russian_polish_and_japanese_code_pages_are_found_by_the_headings() -> None:
    anna, *_ = people(outlook, LISTS / "ru.csv")
    assert texts(anna, kinds.NAME) == ["Анна Сергеевна Ёлкина"]
    assert texts(anna, kinds.ADDRESS) == ["work: Москва"]
    lukasz, *_ = people(outlook, LISTS / "pl.csv")
    assert texts(lukasz, kinds.NAME) == ["Łukasz Żółć"]
    assert texts(lukasz, kinds.ADDRESS) == ["home: ul. Świętojańska 1\nm. 2\nKraków"]
    taro, hanako, sora = people(outlook, LISTS / "ja.csv")
    assert texts(taro, kinds.FAMILY) == ["山田"]
    assert texts(taro, kinds.ORG) == ["株式会社ソニック表示"]  # with a second byte that is "\"
    assert texts(taro, kinds.NOTE) == ['一行目\r\n二行目, "引用"']
    assert texts(hanako, kinds.BIRTHDAY) == []
    assert texts(sora, kinds.GIVEN) == ["ソラ"]


def test_portuguese_mixed_with_english_and_swedish_headings_with_commas() -> None:
    joao, ines, _ = people(outlook, LISTS / "pt_BR.csv")
    assert texts(joao, kinds.EMAIL) == ["joao@pao.example"]
    assert texts(joao, kinds.BIRTHDAY) == ["1961-12-24"]
    assert texts(ines, kinds.ADDRESS) == ["home: MG", "other: BA"]  # "Estado" stands twice
    asa, goran, _ = people(outlook, LISTS / "sv.csv")
    assert texts(asa, kinds.ORG) == ["Järn & Stål AB"]
    assert texts(asa, kinds.PHONE) == ["work: 090-555 12 30", "company: 090-555 00 00"]
    assert texts(goran, kinds.RELATION) == ["manager: Åsa Öberg"]


def test_the_order_of_day_and_month_is_that_of_the_whole_file(tmp_path: Path) -> None:
    _, jose, wayne = people(outlook, LISTS / "en.csv")
    assert texts(jose, kinds.BIRTHDAY) == ["1980-05-03"]  # 12/24 in the same file says how
    assert texts(jose, kinds.PHONE) == ["mobile: +34 600 555 123"]
    assert texts(wayne, kinds.ORG) == ["Wayne & Co"]
    alone = one(tmp_path, HEAD + ",Birthday", "Ada,Wong,a@x.example,,,123,3/5/1980")
    assert texts(alone, kinds.BIRTHDAY) == ["3/5/1980"]  # nobody can tell: as it is written


def test_a_title_is_the_job_where_no_other_column_is() -> None:
    assert texts(people(outlook, LISTS / "en.csv")[0], kinds.PREFIX) == ["Dr."]


def test_a_lone_title_is_the_job(tmp_path: Path) -> None:
    record = one(tmp_path, "Title," + HEAD, "CTO,Ada,Wong,a@x.example,SMTP,,123")
    assert texts(record, kinds.TITLE) == ["CTO"]
    assert texts(record, kinds.PREFIX) == []


def test_an_address_inside_exchange_is_kept_but_is_no_address(tmp_path: Path) -> None:
    inside = "/O=Globex/OU=Berlin/cn=Recipients/cn=awong"
    record = one(tmp_path, HEAD, f'Ada,Wong,{inside},EX,"Wong, Ada",123')
    assert texts(record, kinds.EMAIL) == []
    assert f"E-mail Address: {inside}" in texts(record, kinds.EXTRA)
    assert texts(record, kinds.NAME) == ["Ada Wong"]


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("Ada Wong (a@x.example)", []),
        ("Wong, Ada", []),
        ("a@x.example", []),
        ("Ada at work", ["E-mail Display Name: Ada at work"]),
        ("***", ["E-mail Display Name: ***"]),
    ],
)
def test_a_display_name_is_kept_if_it_says_something_new(
    tmp_path: Path, shown: str, kept: list[str]
) -> None:
    record = one(tmp_path, HEAD, f'Ada,Wong,a@x.example,SMTP,"{shown}",123')
    assert texts(record, kinds.EXTRA) == kept


def test_a_display_name_is_the_name_of_somebody_without_one(tmp_path: Path) -> None:
    record = one(tmp_path, HEAD, ",,a@x.example,SMTP,Ada Wong (a@x.example),")
    assert texts(record, kinds.NAME) == ["Ada Wong"]


def test_a_phone_and_an_address_by_their_english_names_are_enough(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,E-mail Address,Mobile Phone\nAda Wong,a@x.example,123 4567\n")
    assert sniff(outlook, path)
    (record,) = people(outlook, path)
    assert texts(record, kinds.PHONE) == ["mobile: 123 4567"]


@pytest.mark.parametrize(
    "head",
    [
        "E-mail Address,E-mail 2 Address,E-mail 3 Address",
        "First Name,Last Name,E-mail Address",
        "First Name,Last Name,Email Address,Home Phone,Company,Notes,Birthday",
        "Vorname,Nachname,Firma,Ort",
        "Nombre,Apellidos,Organización,Puesto,Notes,Home City,Home Phone",
    ],
)
def test_other_lists_of_people_are_left_to_others(tmp_path: Path, head: str) -> None:
    assert sniff(outlook, write(tmp_path, f"{head}\n1,2,3,4,5,6,7\n")) is None


def test_hostile_cells_neither_stop_the_reading_nor_get_lost(tmp_path: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*HEAD.split(","), "Notes"])
    for number, name in enumerate(HOSTILE):
        sent = name.encode("utf-8", "replace").decode()
        writer.writerow([sent, "", f"p{number}@x.example", "EX", sent, sent, sent])
    found = read(outlook, write(tmp_path, text.getvalue()))
    records = [item for item in found if isinstance(item, Record)]
    assert [texts(record, kinds.EMAIL) for record in records] == [
        [f"p{number}@x.example"] for number in range(len(HOSTILE))
    ]


def test_a_row_with_nothing_to_know_anybody_by_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEAD},Gender\n,,,SMTP,,,Unspecified\n,,,,,,\nAda,,,,,,\n")
    problem, record = read(outlook, path)
    assert isinstance(problem, Problem)
    assert problem.where == "list.csv row 2"
    assert isinstance(record, Record)
