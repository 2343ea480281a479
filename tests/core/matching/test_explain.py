from __future__ import annotations

from tests.core.matching.small import reasons


def test_a_shared_number_and_a_shared_name_are_told_in_plain_words() -> None:
    one = {"source": "gmail", "name": "Ada Keller", "phones": "020 7946 0018", "city": "Graz"}
    two = {"source": "phone", "name": "Ada Keller", "phones": "+44 20 7946 0018"}
    said = reasons(one, two).in_favour
    assert "same phone number, on 2 entries only" in said
    assert any(words.startswith("both 'Ada Keller', 1 in ") for words in said)


def test_what_differs_is_told_with_both_sides() -> None:
    one = {"source": "gmail", "name": "Ada Keller", "emails": "ada@one.example"}
    two = {"source": "gmail", "name": "Georg Keller", "emails": "ada@one.example"}
    said = reasons(one, two)
    assert "same e-mail address, on 2 entries only" in said.in_favour
    assert "different given name: 'ada', 'georg'" in said.against


def test_a_short_form_is_called_one() -> None:
    one = {"source": "gmail", "name": "Bob Pellegrini", "city": "Lyon"}
    two = {"source": "linkedin", "name": "Robert Pellegrini", "city": "Lyon"}
    assert "'bob' may be 'robert'" in reasons(one, two).in_favour


def test_at_most_three_reasons_stand_on_each_side() -> None:
    one = {
        "source": "gmail",
        "name": "Ada Keller",
        "emails": "a@one.example",
        "phones": "020 7946 0018",
        "handles": "https://x.com/adak",
        "org": "Tin Whistle Labs",
        "city": "Graz",
    }
    said = reasons(one, {**one, "source": "phone"})
    assert len(said.in_favour) == 3
    assert said.against == ()
    strangers = reasons(one, {"source": "gmail", "name": "Carl Moreau", "city": "Porto"})
    assert len(strangers.against) <= 3
    assert strangers.in_favour == ()


def test_reasons_do_not_hang_on_which_entry_comes_first() -> None:
    one = {"source": "gmail", "name": "Ada Keller", "city": "Graz", "org": "North Quay Press"}
    two = {"source": "phone", "name": "Ada Keller", "city": "Porto", "org": "Tin Whistle Labs"}
    assert reasons(one, two) == reasons(two, one)
