from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import emails


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        (" <ada@example.org>, ", "ada@example.org"),
        ('"Wong, Ada" <ADA@example.org>', "ada@example.org"),
        ("mailto:ada%2Bx@example.org?subject=Hi%20there", "ada+x@example.org"),
        ("ada@example.org.", "ada@example.org"),
        ("ada@b\u00fccher.example", "ada@b\u00fccher.example"),
        ("\u200bada@example.org\ufeff", "ada@example.org"),
        ("ada", ""),
        ("@example.org", ""),
        ("ada@", ""),
        ("ada wong@example.org", ""),
        ("/o=Acme/ou=First/cn=Recipients/cn=ada@x", ""),
        ("a" * 400 + "@example.org", ""),
        ("#N/A", ""),
    ],
)
def test_an_address_has_one_form_or_none(written: str, norm: str) -> None:
    assert emails.normal(written) == norm


@given(st.text(st.characters(codec=None), max_size=60) | st.emails())
def test_a_normal_address_stays_as_it_is(text: str) -> None:
    norm = emails.normal(text)
    assert emails.normal(norm) == norm
    assert norm == "" or norm.count("@") >= 1
    norm.encode("utf-8")


@pytest.mark.parametrize(
    "address",
    ["info@x.org", "no-reply@x.org", "noreply+7@x.org", "sales.emea@x.org", "mailer-daemon@x.org"],
)
def test_a_desk_is_no_person(address: str) -> None:
    assert emails.is_role(address)


@pytest.mark.parametrize("address", ["ada@x.org", "post.malone@x.org", "hi.tanaka@x.org", ""])
def test_a_person_is_no_desk(address: str) -> None:
    assert not emails.is_role(address)
