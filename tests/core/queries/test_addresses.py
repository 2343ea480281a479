"""Who is offered to a mail program, in which order, with which addresses."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import getaddresses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.queries import addresses
from tests.book import CLOCK, Sql, entry, fresh, named, row, store, user_fact
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from core.bus import Bus

TODAY = CLOCK.today()


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def _bring(bus: Bus, *people: tuple[str, str]) -> None:
    store(bus, *(entry(name, ("email", mail)) if mail else entry(name) for name, mail in people))


def _found(bus: Bus, words: str, limit: int = 50) -> list[str]:
    return named(read(bus.path, lambda view: addresses.containing(view, words, limit)))


def _opt_out(bus: Bus, card: int, channel: str, rule: str = "never") -> None:
    bus.run(Sql((row("opt_out", card_id=card, channel=channel, rule=rule),)))


def _talk(bus: Bus, person: int, day: date) -> None:
    bus.run(LogTalks((Talk((person,), day, "mail", "in"),)))


def test_equally_good_ones_come_by_tier_and_those_put_away_last(bus: Bus) -> None:
    _bring(bus, *((f"Ada {letter}", f"{letter}@x.example") for letter in "VWXYZ"))
    for person, tier in zip(range(1, 5), "DCBA", strict=True):
        bus.run(SetTier((person,), tier))
    assert _found(bus, "ada") == ["Ada Y", "Ada X", "Ada W", "Ada Z", "Ada V"]


def test_equals_of_a_tier_come_by_the_last_talk(bus: Bus) -> None:
    _bring(bus, *((f"Ada {letter}", f"{letter}@x.example") for letter in "VWX"))
    _talk(bus, 2, TODAY.replace(day=1))
    _talk(bus, 3, TODAY.replace(day=15))
    assert _found(bus, "ada") == ["Ada X", "Ada W", "Ada V"]


def test_the_beginning_of_a_name_or_address_comes_before_the_inside_of_it(bus: Bus) -> None:
    _bring(
        bus,
        ("Johanna Wong", "w@x.example"),
        ("Anna-Lena Ott", "o@x.example"),
        ("Lena Hanke", "h@x.example"),
        ("Chen Wei", "hanna@x.example"),
    )
    bus.run(SetTier((1,), "A"))
    assert _found(bus, "hanna") == ["Chen Wei", "Johanna Wong"]
    assert _found(bus, "lena") == ["Lena Hanke", "Anna-Lena Ott"]
    bus.run(SetTier((4,), "D"))
    assert _found(bus, "hanna") == ["Johanna Wong", "Chen Wei"]


@pytest.mark.parametrize(
    "words", ["ada.w", "wayne.example", "ada wayne", "WONG", "ángel", "angel", "wo ad", "@wayne"]
)
def test_names_and_both_sides_of_an_address_are_looked_at(bus: Bus, words: str) -> None:
    _bring(bus, ("Ada Ángel Wong", "ada.wong@wayne.example"), ("Ben Ortiz", "ben@x.example"))
    assert _found(bus, words) == ["Ada Ángel Wong"]


def test_who_has_no_address_is_left_out(bus: Bus) -> None:
    _bring(bus, ("Ada Wong", ""), ("Ada Green", "/o=org/cn=ada"), ("Ada Ortiz", "a@x.example"))
    assert _found(bus, "ada") == ["Ada Ortiz"]


def test_all_addresses_of_a_person_come_best_first_the_one_meant_before(bus: Bus) -> None:
    store(
        bus,
        entry("Ada Wong", ("email", "work@wayne.example"), ("email", "Ada.W@Home.example")),
    )
    bus.run(user_fact(1, "email", "own@ada.example"))

    def mails(words: str) -> tuple[str, ...]:
        return read(bus.path, lambda view: addresses.containing(view, words))[0].emails

    assert mails("ada") == ("own@ada.example", "work@wayne.example", "Ada.W@Home.example")
    assert mails("home.ex") == ("Ada.W@Home.example", "own@ada.example", "work@wayne.example")
    assert mails("ada wayne")[0] == "work@wayne.example"


def test_who_must_never_be_mailed_comes_last_and_is_marked(bus: Bus) -> None:
    _bring(bus, *((f"Ada {letter}", f"{letter}@x.example") for letter in "VWXYZ"))
    bus.run(SetTier((1, 2), "A"))
    bus.run(SetTier((5,), "D"))
    _opt_out(bus, 1, "mail")
    _opt_out(bus, 2, "all")
    _opt_out(bus, 3, "phone")
    _opt_out(bus, 4, "mail", "prefer")
    found = read(bus.path, lambda view: addresses.containing(view, "ada"))
    assert named(found) == ["Ada X", "Ada Y", "Ada Z", "Ada V", "Ada W"]
    assert [line.never_mail for line in found] == [False, False, False, True, True]
    assert _found(bus, "ada", limit=3) == ["Ada X", "Ada Y", "Ada Z"]


def test_an_opt_out_of_any_entry_binds_the_person(bus: Bus) -> None:
    _bring(bus, ("Ada Wong", "a@x.example"), ("Ada Wong", "b@x.example"))
    bus.run(Sql((("UPDATE card SET person_id = 1 WHERE id = 2", ()),)))
    _opt_out(bus, 2, "mail")
    (found,) = read(bus.path, lambda view: addresses.containing(view, "ada"))
    assert found.never_mail
    assert sorted(found.emails) == ["a@x.example", "b@x.example"]


def test_typos_are_forgiven_and_the_order_of_the_last_stays(bus: Bus) -> None:
    _bring(
        bus,
        ("Ben Ortiz", "ben@x.example"),
        ("Bena Ortis", "bena@x.example"),
        ("Bert Ortiz", "b@x.example"),
        ("Ortizo", ""),
    )
    _opt_out(bus, 1, "all")
    bus.run(SetTier((3,), "D"))
    assert _found(bus, "ortizz") == []
    near = read(bus.path, lambda view: addresses.resembling(view, "ortizz"))
    assert named(near) == ["Bena Ortis", "Bert Ortiz", "Ben Ortiz"]
    assert near[-1].never_mail


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("mailto:Ada@X.example?subject=hi", "ada@x.example"),
        ("Ada <Ada@X.example>", "ada@x.example"),
        ("Ada@X.example", "Ada@X.example"),
        ("ada\u200b@x.example", "ada@x.example"),
        ("josé@x.example", "josé@x.example"),
    ],
)
def test_an_address_is_told_alone(bus: Bus, written: str, told: str) -> None:
    _bring(bus, ("Ada Wong", written))
    assert read(bus.path, lambda view: addresses.containing(view, "ada wong"))[0].emails == (told,)


@pytest.mark.parametrize(
    "mail",
    [
        "ada@x.example,evil@y.example",
        "ada@x.example>, <evil@y.example",
        "ada@x.example\nBcc: evil@y.example",
        "ada@evil@x.example",
        '"a b"@x.example',
        "ada(evil)@x.example",
        "undisclosed:ada@x.example;",
        "ada\\@x.example",
        "ada\x9b31m@x.example",
        "ada@[127.0.0.1]",
    ],
)
def test_what_a_header_would_read_as_more_than_one_address_is_never_told(
    bus: Bus, mail: str
) -> None:
    _bring(bus, ("Ada Wong", mail), ("Ada Green", "green@x.example"))
    found = read(bus.path, lambda view: addresses.containing(view, "ada"))
    told = [address for line in found for address in line.emails]
    assert "green@x.example" in told
    assert all(len(getaddresses([address])) == 1 for address in told)
    assert len(told) <= 2
    assert mail not in told


@given(st.one_of(st.text(max_size=30), st.sampled_from(HOSTILE)), st.text(max_size=4))
def test_every_address_that_is_told_stands_in_a_header(text: str, around: str) -> None:
    mail = addresses._plain(f"{around}{text}@x.example")
    if mail:
        assert mail.isprintable()
        assert len(mail.split()) == 1
        ((_, parsed),) = getaddresses([mail])
        assert parsed == mail
        local, _, domain = mail.rpartition("@")
        if mail.isascii():
            assert Address(username=local, domain=domain).addr_spec == mail


@pytest.mark.parametrize("words", [*HOSTILE, '"', "*", "NEAR(", "%", "_", "a" * 5_000, " "])
def test_any_words_are_looked_for(bus: Bus, words: str) -> None:
    _bring(bus, ("Ada Wong", "ada@x.example"))
    for query in (addresses.containing, addresses.resembling):
        found = read(bus.path, lambda view, query=query: query(view, words))  # type: ignore[misc]
        assert named(found) in ([], ["Ada Wong"])
    assert _found(bus, "%") == _found(bus, "_") == []
