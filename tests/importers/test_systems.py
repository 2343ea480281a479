from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.rules import kinds
from importers import columns, profiles, systems
from tests.importers.reading import DATA, people, read, sniff, texts, write

if TYPE_CHECKING:
    from pathlib import Path

    from importers.record import Record

LISTS = DATA / "systems"
NOT_ROLES = {"mark", "unless", "exact"}


def both(system: str) -> list[Record]:
    return people(systems.BY_NAME[system], LISTS / f"{system}.csv")


def test_every_system_has_a_list_here() -> None:
    assert {path.stem for path in LISTS.iterdir()} == set(systems.BY_NAME)


@pytest.mark.parametrize("system", systems.BY_NAME)
def test_the_same_two_people_come_out_of_every_system(system: str) -> None:
    ada, jose = both(system)
    assert texts(ada, kinds.NAME)[0].removeprefix("Dr. ") == "Ada Wong"
    assert "Peña" in texts(jose, kinds.NAME)[0]
    emails = [value.value for value in ada.values if value.kind == kinds.EMAIL]
    assert emails[0] == "ada@globex.example"


@pytest.mark.parametrize("system", systems.BY_NAME)
def test_a_list_is_known_by_one_system_only(system: str) -> None:
    path = LISTS / f"{system}.csv"
    assert [name for name, one in systems.BY_NAME.items() if sniff(one, path)] == [system]


@pytest.mark.parametrize("system", sorted(set(systems.BY_NAME) - {"yahoo", "aol"}))
def test_the_systems_own_id_is_the_key(system: str) -> None:
    ada, jose = both(system)
    assert ada.key
    assert jose.key
    assert ada.key != jose.key


def test_money_is_value_under_its_own_name() -> None:
    assert texts(both("hubspot")[0], kinds.VALUE) == ["Annual Revenue: 1,200,000"]
    assert texts(both("sugarcrm")[0], kinds.VALUE) == ["Annual Revenue: 120000.50"]
    assert texts(both("dynamics")[0], kinds.VALUE) == ["Annual Income: 90,000"]
    assert texts(both("pipedrive")[0], kinds.VALUE) == ["Person - Won deals value: 12500"]


def test_who_does_not_want_mail_or_calls_is_labelled() -> None:
    ada, jose = both("vtiger")
    assert texts(ada, kinds.LABEL) == ["do not mail"]
    assert texts(jose, kinds.LABEL) == ["do not call"]
    assert texts(both("dynamics")[0], kinds.LABEL) == ["do not call"]
    assert texts(both("zoho")[0], kinds.LABEL) == ["vip", "Tier A", "do not mail"]
    assert texts(both("zoho")[1], kinds.LABEL) == []


def test_a_reference_to_another_entry_is_its_name() -> None:
    ada, _ = both("vtiger")
    assert texts(ada, kinds.ORG) == ["Globex, Inc."]
    assert texts(ada, kinds.RELATION) == ["manager: José Peña"]


def test_notes_tags_last_contact_and_profiles_are_kept() -> None:
    ada, _ = both("dex")
    assert texts(ada, kinds.NOTE) == ["met in Köln\ntalked of rooks"]
    assert texts(ada, kinds.LABEL) == ["chess", "London"]
    assert texts(ada, kinds.DATE) == ["last contact: 2026-11-02", "next contact: 2026-12-01"]
    assert texts(ada, kinds.EMAIL) == ["ada@globex.example", "ada@home.example"]
    assert texts(ada, kinds.HANDLE) == [
        "linkedin: https://www.linkedin.com/in/ada-wong",
        "x: adawong",
    ]
    ada, _ = both("clay")
    assert texts(ada, kinds.DATE) == ["first contact: 2014-05-01", "last contact: 2026-11-02"]
    assert texts(ada, kinds.BIRTHDAY) == ["1961-12-24"]
    assert texts(ada, kinds.LABEL) == ["Chess", "London"]


def test_what_is_home_and_work_at_yahoo_are_phones() -> None:
    ada, _ = both("yahoo")
    assert texts(ada, kinds.PHONE) == [
        "home: +44 20 7946 0000",
        "work: +44 20 7946 0958",
        "mobile: +44 7700 900123",
    ]
    assert texts(ada, kinds.ADDRESS) == ["work: 1 High Street\nLondon\nSW1A 1AA\nUK", "home: Leeds"]
    assert texts(ada, kinds.HANDLE) == ["yahoo: adawong", "skype: ada.wong"]
    assert texts(ada, kinds.BIRTHDAY) == ["1961-12-24"]


def test_cells_beyond_the_headings_are_kept_and_their_address_is_found() -> None:
    ada, jose = both("monica_csv")
    assert "1961-12-24" in texts(ada, kinds.EXTRA)[0]
    assert texts(ada, kinds.EMAIL) == ["ada@globex.example"]
    assert texts(jose, kinds.MIDDLE) == ["Luis"]


def test_the_name_of_the_file_tells_a_list_whose_headings_do_not(tmp_path: Path) -> None:
    text = "First Name,Last Name,Email,Shoe size\nAda,Wong,ada@x.example,38\n"
    path = write(tmp_path, text, "hubspot-crm-exports-all-contacts-2026-11-01.csv")
    assert sniff(systems.BY_NAME["hubspot"], path)
    (ada,) = people(systems.BY_NAME["hubspot"], path)
    assert texts(ada, kinds.EXTRA) == ["Shoe size: 38"]
    assert sniff(systems.BY_NAME["clay"], path) is None
    assert sniff(systems.BY_NAME["clay"], write(tmp_path, text, "clay-family.csv")) is None


@pytest.mark.parametrize("system", systems.BY_NAME)
@pytest.mark.parametrize(
    "text",
    [
        "Name,Email\nAda,ada@x.example\n",
        "First Name,Last Name,Company,Phone,Notes,Tags,Last Contact,Stage\nAda,,,,,,,\n",
        "id,name,email,status,created_at\n1,Ada,ada@x.example,active,2020-01-01\n",
        "",
    ],
)
def test_a_plain_table_is_no_systems(tmp_path: Path, system: str, text: str) -> None:
    path = write(tmp_path, text)
    assert sniff(systems.BY_NAME[system], path) is None
    assert read(systems.BY_NAME[system], path) == []


@pytest.mark.parametrize("file", ["systems", "newsletters"])
def test_each_role_of_the_data_is_one_that_a_column_can_have(file: str) -> None:
    special = NOT_ROLES | {"status", "stopped", "going"}
    for _, role, headings in profiles._read(file):
        assert all(headings)
        if role not in special and not role.startswith("opted_out:"):
            columns.column(role)
