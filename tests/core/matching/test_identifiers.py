from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import identifiers, logins
from core.matching.codes import Counts, of
from core.matching.names import Name
from tests.support import HOSTILE


def test_one_mailbox_has_one_form() -> None:
    forms = {
        identifiers.email(text)
        for text in ("Ada.Wong@gmail.com", "adawong+news@googlemail.com", " adawong@GMAIL.com ")
    }
    assert forms == {"adawong@gmail.com"}
    assert identifiers.email("ada.wong@other.example") == "ada.wong@other.example"
    assert identifiers.email("no address") == ""


def test_one_number_has_one_form_with_and_without_its_country() -> None:
    forms = {
        identifiers.phone(text)
        for text in ("+41 79 123 45 67", "079 123 45 67", "0041-79.123.4567", "079 123 45 67 x12")
    }
    assert len(forms) == 1
    assert identifiers.phone("110") == ""


@pytest.mark.parametrize(
    ("written", "source", "handle"),
    [
        ("https://twitter.com/AdaWong", "", ("x", "adawong")),
        ("https://x.com/adawong/", "", ("x", "adawong")),
        ("@AdaWong", "twitter", ("x", "adawong")),
        ("@AdaWong", "gmail", ("", "adawong")),
        ("linkedin.com/in/ada-wong?trk=1", "", ("linkedin", "ada-wong")),
        ("fb.com/ada", "", ("facebook", "ada")),
        ("https://m.facebook.com/ada", "", ("facebook", "ada")),
        ("twitter:ada", "", ("x", "ada")),
    ],
)
def test_a_handle_is_one_on_old_and_new_hosts(
    written: str, source: str, handle: tuple[str, str]
) -> None:
    assert identifiers.handle(written, source) == handle


def test_a_user_name_made_of_the_name_tells_nothing_more() -> None:
    users = ["jsmith", "elvia", "nightowl", "jsmith82"]
    given, family = ["john", "elvia", "john", "john"], ["smith", "prado", "smith", "smith"]
    assert identifiers.telling(users, given, family) == [False, False, True, True]


def test_an_employer_is_known_by_its_host_unless_it_is_everybodys() -> None:
    assert identifiers.employer_of_mail("metroinsurance.net") == "metroinsurance"
    assert identifiers.employer_of_mail("mail.metro.co.uk") == "metro"
    assert identifiers.employer_of_mail("gmail.com") == ""
    assert identifiers.firm_label(identifiers.organisation("Metro Insurance, Inc.")) == (
        "metroinsurance"
    )


def test_mailboxes_complete_half_a_name() -> None:
    learned = logins.learned(Name("t", "", "sundell"), ["tilda.sundell"], ["tildasundell"])
    assert learned.name == Name("tilda", "", "sundell")
    learned = logins.learned(Name("tilda"), ["tildasundell77"], ["tildasundell"])
    assert learned.name.family == "sundell"


def test_a_slug_keeps_a_former_name() -> None:
    learned = logins.learned(
        Name("pennie", "", "hammersley"), ["pennie-rothfeld"], ["pennierothfeld"]
    )
    assert learned.family == "rothfeld"
    assert learned.name.family == "hammersley"


def test_a_mailbox_alone_names_its_owner() -> None:
    given = Counts.of(of(["venus", "venus", "carl", "carl"]))
    family = Counts.of(of(["berger", "berger", "moreau", "moreau"]))
    boxes = [["venusmannheimer"], ["c.berger"], ["moreau_carl"], ["xq77"]]
    assert logins.guessed(boxes, given, family) == [
        Name("venus", "", "mannheimer"),
        Name("c", "", "berger"),
        Name("carl", "", "moreau"),
        Name(),
    ]


@pytest.mark.parametrize(
    "number", ["079 123 45 67 x12", "079 123 45 67 EXT. 4", "0791234567;ext=9"]
)
def test_an_extension_is_no_part_of_a_number(number: str) -> None:
    assert identifiers.phone(number) == "91234567"


TEXTS = st.lists(
    st.text() | st.sampled_from([*HOSTILE, "a\nb", "ada.wong-7", "٣٤٥٦٧٨٩١"]), max_size=8
)


@given(TEXTS)
@settings(max_examples=50)
def test_many_texts_at_once_are_read_as_each_alone(texts: list[str]) -> None:
    for bulk in (identifiers.phones, identifiers.usernames, identifiers.letters):
        together = bulk(texts)
        assert together == [bulk([text])[0] for text in texts]
        assert not any("\n" in found for found in together)
    assert all(char.isalpha() or not char.isascii() for char in "".join(identifiers.letters(texts)))
