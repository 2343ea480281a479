"""What may be put together in one go, and what never."""

from __future__ import annotations

from core.matching.find import Lane
from tests.core.matching.small import learned, rows, verdict

ADA = {"source": "gmail", "name": "Ada Thornbury", "emails": "ada.thornbury@mail.example"}


def test_everything_certain_in_the_small_book_is_true() -> None:
    truth = [row["person_id"] for row in rows()]
    found = learned()[1]
    certain = [
        (int(low), int(high))
        for low, high, lane in zip(found.low, found.high, found.lane, strict=True)
        if lane == Lane.CERTAIN
    ]
    assert len(certain) > 50
    assert all(truth[low] == truth[high] for low, high in certain)


def test_a_personal_address_makes_two_entries_one() -> None:
    assert verdict(ADA, {**ADA, "source": "phone", "name": "A. Thornbury"}).lane == Lane.CERTAIN
    assert verdict(ADA, {**ADA, "source": "phone", "name": ""}).lane == Lane.CERTAIN


def test_an_address_of_a_desk_does_not() -> None:
    desk = {"emails": "info@harbourmills.example"}
    one, two = {**ADA, **desk}, {"source": "phone", "name": "Carl Moreau", **desk}
    assert verdict(one, two).lane < Lane.CERTAIN
    assert verdict(one, {**two, "name": "Ada Westergaard"}).lane < Lane.CERTAIN


def test_a_familys_address_does_not() -> None:
    other = {**ADA, "source": "phone", "name": "Georg Thornbury"}
    assert verdict(ADA, other).lane < Lane.CERTAIN


def test_a_number_on_two_entries_with_one_name_does() -> None:
    one = {"source": "gmail", "name": "Ada Thornbury", "phones": "+44 20 7946 0018"}
    two = {"source": "phone", "name": "Thornbury, Ada", "phones": "020 7946 0018"}
    assert verdict(one, two).lane == Lane.CERTAIN
    assert verdict(one, {**two, "name": "Georg Thornbury"}).lane < Lane.CERTAIN


def test_a_handle_on_one_platform_does_on_two_it_does_not() -> None:
    one = {"source": "gmail", "name": "Ada Thornbury", "handles": "https://x.com/adathorn"}
    two = {"source": "twitter", "name": "Ada T.", "handles": "@AdaThorn"}
    assert verdict(one, two).lane == Lane.CERTAIN
    two = {"source": "gmail", "name": "Ada T.", "handles": "https://github.com/adathorn"}
    assert verdict(one, two).lane < Lane.CERTAIN


def test_names_alone_are_never_certain() -> None:
    one = {"source": "gmail", "name": "Zebulon Featherstonehaugh", "city": "Porto"}
    two = {**one, "source": "linkedin", "org": "Tin Whistle Labs"}
    assert Lane.NO < verdict(one, two).lane < Lane.CERTAIN


def test_one_firm_with_two_names_is_never_one_person() -> None:
    one = {"source": "gmail", "name": "Ada Thornbury", "org": "Tin Whistle Labs", "city": "Graz"}
    two = {**one, "source": "linkedin", "name": "Carl Moreau"}
    assert verdict(one, two).lane == Lane.NO


def test_two_entries_of_one_source_need_more_than_an_address() -> None:
    assert verdict(ADA, {**ADA, "name": ""}).lane < Lane.CERTAIN
    assert verdict(ADA, dict(ADA)).lane == Lane.CERTAIN


def test_father_and_son_are_not_certain() -> None:
    assert verdict(ADA, {**ADA, "source": "phone", "name": "Ada Thornbury Jr."}).lane < Lane.CERTAIN
