from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from core.rules import kinds
from importers import newsletter
from tests.importers.reading import DATA, people, read, sniff, texts, write

if TYPE_CHECKING:
    from pathlib import Path

LISTS = DATA / "newsletter"


def by_mail(path: Path) -> dict[str, list[str]]:
    """Address to labels."""
    return {
        texts(record, kinds.EMAIL)[0]: texts(record, kinds.LABEL)
        for record in people(newsletter, path)
    }


def test_subscribers_only_join_people_who_are_in_the_book() -> None:
    assert not newsletter.NEW_PEOPLE
    assert not newsletter.WHOLE


@pytest.mark.parametrize("packed", [False, True])
def test_a_mailchimp_export_is_one_list_of_three_files(tmp_path: Path, packed: bool) -> None:
    path = LISTS / "mailchimp"
    if packed:
        path = tmp_path / "audience.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for member in sorted((LISTS / "mailchimp").iterdir()):
                archive.write(member, member.name)
    sniffed = sniff(newsletter, path)
    assert sniffed is not None
    assert sniffed.account == "Mailchimp"
    assert by_mail(path) == {
        "ada@globex.example": ["Editors", "Staff", "newsletter"],
        "jose@x.example": ["newsletter"],
        "chen@x.example": ["newsletter", "unsubscribed"],
        "old@x.example": ["Editors", "newsletter", "bounced"],
    }
    ada = next(one for one in people(newsletter, path) if one.key == "e1")
    assert texts(ada, kinds.DATE) == ["subscribed: 2020-12-25"]
    assert texts(ada, kinds.BIRTHDAY) == ["--12-24"]
    assert texts(ada, kinds.ZONE) == ["Europe/London"]
    chen = next(one for one in people(newsletter, path) if one.key == "e3")
    assert texts(chen, kinds.DATE) == ["subscribed: 2018-02-12", "unsubscribed: 2023-06-06"]


@pytest.mark.parametrize(
    ("name", "account", "ada", "chen"),
    [
        ("email_list.the-rook", "the-rook", ["newsletter"], ["newsletter", "unsubscribed"]),
        (
            "ghost",
            "Ghost",
            ["chess", "London", "Gold", "newsletter"],
            ["newsletter", "unsubscribed"],
        ),
        ("buttondown", "Buttondown", ["chess", "London", "newsletter"], ["newsletter"]),
        ("curated", "Curated", ["newsletter"], ["newsletter"]),
        ("beehiiv", "Beehiiv", ["premium", "newsletter"], ["free", "newsletter", "unsubscribed"]),
        (
            "convertkit_subscribers",
            "",
            ["chess", "London", "newsletter"],
            ["newsletter", "unsubscribed"],
        ),
    ],
)
def test_each_service_tells_who_subscribed_when_and_who_left(
    name: str, account: str, ada: list[str], chen: list[str]
) -> None:
    path = LISTS / f"{name}.csv"
    sniffed = sniff(newsletter, path)
    assert sniffed is not None
    assert sniffed.account == account
    assert by_mail(path) == {"ada@globex.example": ada, "chen@x.example": chen}
    for record in people(newsletter, path):
        (date,) = texts(record, kinds.DATE)
        assert date in {"subscribed: 2021-08-02", "subscribed: 2020-10-20"}


@pytest.mark.parametrize("name", ["list.csv", "subscribers.csv", "newsletter.csv"])
@pytest.mark.parametrize("head", ["email,name", "Email Address,First Name,Last Name"])
def test_a_plain_list_of_addresses_is_no_newsletter(tmp_path: Path, head: str, name: str) -> None:
    path = write(tmp_path, f"{head}\nada@x.example,Ada,\n", name)
    assert sniff(newsletter, path) is None
    assert read(newsletter, path) == []


def test_the_users_of_some_program_are_no_newsletter(tmp_path: Path) -> None:
    head = "id,email,first_name,status,created_at\n"
    assert sniff(newsletter, write(tmp_path, head + "1,a@x.example,Ada,active,\n")) is None


def test_a_name_beside_a_surname_is_the_first_name(tmp_path: Path) -> None:
    head = "Channel id,Status,Engagement OptIn,Email,Name,Surname\n"
    (ada,) = people(newsletter, write(tmp_path, head + "7,0,1,ada@x.example,Ada,Wong\n"))
    assert texts(ada, kinds.NAME) == ["Ada Wong"]
    assert texts(ada, kinds.LABEL) == ["newsletter", "unsubscribed"]
