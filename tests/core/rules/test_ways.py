"""By which ways somebody can be reached, and what would be opened."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.queries.person import FactLine
from core.rules import kinds, ways
from core.rules.normalise import norm_of


def fact(kind: str, value: str, label: str = "", *, shown: bool = True) -> FactLine:
    known, norm = norm_of(kind, value, label, "DE")
    return FactLine(1, 1, known, value, norm, label, 0, "", "vcard", "source", "", "", shown)


RACHEL = (
    fact(kinds.URL, "rachel.example"),
    fact(kinds.HANDLE, "rachel-green", "LinkedIn"),
    fact(kinds.PHONE, "+49 171 3920001", "mobile"),
    fact(kinds.PHONE, "+49 30 123457", "Fax work"),
    fact(kinds.EMAIL, "Rachel@Globex.example", "work"),
    fact(kinds.EMAIL, "old@globex.example", shown=False),
)


def told(*args: object, **given: object) -> list[tuple[str, str]]:
    return [(way.channel, way.target) for way in ways.ways(*args, **given)]  # type: ignore[arg-type]


def test_every_way_is_shown_with_what_would_be_opened() -> None:
    assert told(RACHEL) == [
        ("mail", "mailto:rachel@globex.example"),
        ("call", "tel:+491713920001"),
        ("linkedin", "https://www.linkedin.com/in/rachel-green"),
        ("web", "https://rachel.example"),
    ]


def test_the_way_that_is_wanted_comes_first() -> None:
    assert told(RACHEL, "", "linkedin")[0][0] == "linkedin"
    assert told(RACHEL, "", "call")[0] == ("call", "tel:+491713920001")


@pytest.mark.parametrize(
    ("never", "left"),
    [
        ("phone", ["mail", "linkedin", "web"]),
        ("mail,message", ["call"]),
        ("message", ["mail", "call"]),
        ("all", []),
    ],
)
def test_a_way_that_is_not_wanted_is_not_offered(never: str, left: list[str]) -> None:
    assert [channel for channel, _target in told(RACHEL, never)] == left
    first = {"phone": "call", "mail,message": "mail", "message": "whatsapp", "all": "visit"}[never]
    assert [channel for channel, _target in told(RACHEL, never, first)] == left


@pytest.mark.parametrize(
    ("messenger", "page"),
    [
        ("whatsapp", "https://wa.me/491713920001"),
        ("telegram", "https://t.me/+491713920001"),
        ("signal", "https://signal.me/#p/+491713920001"),
        ("sms", ""),
    ],
)
def test_a_messenger_is_begun_with_the_number(messenger: str, page: str) -> None:
    first = ways.ways(RACHEL, "", messenger)[0]
    assert (first.channel, first.value, first.target) == (messenger, "+49 171 3920001", page)


def test_what_cannot_be_opened_is_offered_to_be_done_by_oneself() -> None:
    here = (fact(kinds.ADDRESS, "Dammtor 1\nHamburg"), fact(kinds.HANDLE, "rachel99", "Skype"))
    visit, skype = ways.ways(here, "", "visit")
    assert (visit.value, visit.target) == ("Dammtor 1 Hamburg", "")
    assert (skype.channel, skype.value, skype.target) == ("skype", "rachel99", "")
    assert ways.ways((), "", "linkedin") == (ways.Way("linkedin"),)
    assert ways.ways(()) == ()


@pytest.mark.parametrize(
    "target",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "ssh://host", "data:text/html,x", "-x", ""),
        *("smb://host/x", " https://x.example", "https:x", "/bin/sh", "vbscript:x", "\x1b]8;;x"),
        *("x-apple.systempreferences:", "mailto", "HTTPS", "http:/x"),
    ],
)
def test_nothing_else_is_opened(target: str) -> None:
    with pytest.raises(UsageError, match="only http, https, mailto and tel"):
        ways.check(target)


@pytest.mark.parametrize("target", ["https://x.example", "HTTP://x", "mailto:a@b.c", "tel:+491"])
def test_pages_mails_and_numbers_are(target: str) -> None:
    ways.check(target)


@given(st.text(max_size=30), st.sampled_from(["", "@", "@x.example", "?bcc=spy@x.example"]))
def test_an_address_carries_nothing_into_a_mail_but_itself(local: str, rest: str) -> None:
    one = fact(kinds.EMAIL, f"{local}{rest}")
    for way in ways.ways([one]):
        ways.check(way.target)
        parts = urlsplit(way.target)
        assert (parts.scheme, parts.query, parts.fragment) == ("mailto", "", "")
        assert unquote(parts.path) == one.norm
        assert way.target.isascii()


@given(st.text("0123456789+*#;=ext ()-/p,", max_size=24))
def test_a_number_carries_nothing_into_a_call_but_digits(number: str) -> None:
    for way in ways.ways([fact(kinds.PHONE, number)]):
        if way.target:
            assert set(way.target.removeprefix("tel:").replace(";ext=", "")) <= set("+0123456789")


@given(st.text(max_size=40))
def test_no_page_is_anything_but_a_page_or_it_is_refused(url: str) -> None:
    for way in ways.ways([fact(kinds.URL, url)]):
        try:
            ways.check(way.target)
        except UsageError:
            continue
        assert way.target.lower().startswith(("http://", "https://"))


def test_a_page_field_begins_no_mail() -> None:
    page = "MAILTO:a@b.example?attach=/etc/passwd"
    assert told([fact(kinds.URL, page)]) == [("mail", "mailto:a@b.example")]
    assert told([fact(kinds.URL, "")._replace(kind=kinds.URL, value=page)]) == []
