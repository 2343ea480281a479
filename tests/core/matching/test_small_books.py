"""What somebody would expect of a book of two, of ten, of eighty entries."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from core.matching import find
from core.matching.find import Lane
from tests.core.matching.small import Verdict, records

Entry = dict[str, str]
FIRST = "Anna Bernd Clara David Elena Felix Greta Hugo Ines Jonas".split()
LAST = "Albers Brandt Conrad Dietz Ebert Fuchs".split()
FIRMS = ("Acme GmbH", "Bolt AG", "Nordwind", "Quay Press")


def gmail(name: str, **more: str) -> Entry:
    return {"source": "gmail", "name": name, **more}


def linkedin(name: str, **more: str) -> Entry:
    return {"source": "linkedin", "name": name, **more}


def phone(name: str, **more: str) -> Entry:
    return {"source": "phone", "name": name, **more}


def strangers() -> list[Entry]:
    """Sixty people, each in one list, as those lists keep them."""
    found = []
    for at, (first, last) in enumerate(product(FIRST, LAST)):
        name, login = f"{first} {last}", f"{first}.{last}".lower()
        if at % 3 == 0:
            found.append(gmail(name, emails=f"{login}@gmail.com"))
        elif at % 3 == 1:
            slug = f"https://www.linkedin.com/in/{login.replace('.', '-')}"
            found.append(linkedin(name, handles=slug, org=FIRMS[at % 4]))
        else:
            found.append(phone(name, phones=f"+49 17{at % 10} {7919 * at:07}"))
    return found


def verdicts(entries: list[Entry]) -> dict[tuple[int, int], Verdict]:
    """What a full run says of each pair that it compared."""
    _, found = find.full(records(entries))
    return {
        (int(low), int(high)): Verdict(float(chance), Lane(int(lane)))
        for low, high, chance, lane in zip(
            found.low, found.high, found.probability, found.lane, strict=True
        )
    }


def said(one: Entry, two: Entry, others: list[Entry]) -> Verdict:
    return verdicts([one, two, *others]).get((0, 1), Verdict(0.0, Lane.NO))


BOOKS = pytest.mark.parametrize("others", [[], strangers()[:8], strangers()], ids=len)


@BOOKS
@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            gmail("Ada Wong", emails="ada.wong@gmail.com"),
            linkedin("Ada Wong", emails="adawong@googlemail.com"),
        ),
        (gmail("Ada Wong", phones="+49 170 8642091"), phone("Ada Wong", phones="0170 8642091")),
        (
            gmail("Juergen Mueller", phones="+49 170 8642091"),
            phone("Jürgen Müller", phones="0170/8642091"),
        ),
        (gmail("", emails="tilda.s@gmail.com"), phone("T. Sundell", emails="tilda.s@gmail.com")),
    ],
)
def test_a_persons_own_address_or_number_and_name_is_certain(
    one: Entry, two: Entry, others: list[Entry]
) -> None:
    assert said(one, two, others).lane == Lane.CERTAIN


@BOOKS
@pytest.mark.parametrize(
    ("one", "two"),
    [
        (gmail("Ada Wong"), linkedin("Ada Wong")),
        (gmail("", emails="tilda.sundell@gmail.com"), linkedin("Tilda Sundell", org="Bolt AG")),
        (gmail("Wei Chen", emails="wchen@gmail.com"), linkedin("陈伟")),
    ],
)
def test_names_that_go_together_are_likely_but_never_certain(
    one: Entry, two: Entry, others: list[Entry]
) -> None:
    assert said(one, two, others).lane == Lane.LIKELY


@BOOKS
@pytest.mark.parametrize(
    ("one", "two"),
    [
        (gmail("Ada Wong", emails="ada@one.example"), linkedin("Ada Wong", org="Bolt AG")),
        (gmail("Bob Pelling", org="Bolt AG"), linkedin("Robert Pelling", org="Bolt AG")),
        (gmail("A. Sundell"), linkedin("Alma Sundell")),
        (gmail("Tilda Sundell"), phone("Sundell Tilda")),
    ],
)
def test_half_a_name_or_another_employer_is_for_the_user_to_judge(
    one: Entry, two: Entry, others: list[Entry]
) -> None:
    assert Lane.UNSURE <= said(one, two, others).lane <= Lane.LIKELY


@BOOKS
@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            phone("Petra Weber", phones="030 5550177"),
            gmail("Jan Weber", phones="+49 30 5550177"),
        ),
        (
            gmail("John Carter Sr.", emails="carter@fam.example"),
            phone("John Carter Jr.", emails="carter@fam.example"),
        ),
        (gmail("IT-Support", org="Acme GmbH"), phone("IT-Support", org="Bolt AG")),
        (gmail("Ada Wong", org="Acme GmbH"), linkedin("Carl Moreau", org="Acme GmbH")),
        (
            gmail("Ada Wong", emails="info@bolt.example"),
            linkedin("Carl Moreau", emails="info@bolt.example"),
        ),
    ],
)
def test_families_desks_and_colleagues_are_not_one_person(
    one: Entry, two: Entry, others: list[Entry]
) -> None:
    assert said(one, two, others).lane < Lane.LIKELY
    assert said(one, two, others).probability < 0.6


def test_sixty_strangers_have_no_duplicates() -> None:
    assert all(found.lane == Lane.NO for found in verdicts(strangers()).values())


def test_a_handful_of_duplicates_is_found_among_sixty_strangers() -> None:
    again = [
        (gmail("Bob Pelling", org="Bolt AG"), linkedin("Robert Pelling", org="Bolt AG")),
        (gmail("Magnus Thorsen", emails="m@t.example"), phone("Magnus Thorsen")),
        (phone("Nina Faber", phones="0171 2223344"), gmail("Faber, Nina", phones="+491712223344")),
        (gmail("", emails="tilda.sundell@gmail.com"), linkedin("Tilda Sundell")),
        (linkedin("Sofia Lindqvist", org="Acme GmbH"), gmail("Sofia Lindkvist", org="Acme GmbH")),
    ]
    found = verdicts([*(entry for pair in again for entry in pair), *strangers()])
    taken = {pair for pair, what in found.items() if what.probability >= 0.5}
    assert taken == {(2 * at, 2 * at + 1) for at in range(len(again))}
    assert sum(what.lane == Lane.CERTAIN for what in found.values()) == 1


def test_ten_equal_entries_are_one_person_in_one_group() -> None:
    book = records([gmail("Ada Wong", emails="ada@wong.example")] * 10)
    _, found = find.full(book)
    assert len(found) == 45
    assert (found.lane == Lane.CERTAIN).all()
    assert set(find.clusters(10, found).tolist()) == {0}


def test_a_list_of_names_alone_is_never_certain() -> None:
    names = "Ada Wong,Carl Moreau,Ada Wong,Rob Smith,Robert Smith,Ann Lee,Bo Li,Zoe Kahn".split(",")
    found = verdicts([{"name": name} for name in names])
    assert found[0, 2].lane == Lane.LIKELY
    assert found[3, 4].lane >= Lane.UNSURE
    assert all(what.lane < Lane.CERTAIN for what in found.values())


def test_addresses_alone_are_enough_between_two_sources() -> None:
    entries = [
        {"source": source, "emails": f"person{at}@b.example"}
        for source in ("gmail", "phone")
        for at in range(5)
    ]
    found = verdicts(entries)
    certain = {pair for pair, what in found.items() if what.lane == Lane.CERTAIN}
    assert certain == {(at, at + 5) for at in range(5)}
    one_source = verdicts([{**entry, "source": "gmail"} for entry in entries])
    assert all(what.lane < Lane.CERTAIN for what in one_source.values())


@pytest.mark.parametrize("size", [0, 1, 2, 3, 10, 60])
def test_a_model_of_a_small_book_scores_it_as_the_full_run_did(size: int) -> None:
    entries = [*strangers()[: max(size - 2, 0)], gmail("Ada Wong"), linkedin("Ada Wong")][:size]
    book = records(entries)
    model, found = find.full(book)
    again = find.pairs(book, model)
    assert np.array_equal(found.odds, again.odds)
    assert np.isfinite(found.odds).all()
    assert len(find.clusters(len(entries), found)) == len(entries)
