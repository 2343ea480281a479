from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import handles


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.linkedin.com/in/Ada-W%C3%B6ng-1b/?trk=export", ("linkedin", "ada-wöng-1b")),
        ("linkedin.com/in/ada/de", ("linkedin", "ada")),
        ("http://ch.linkedin.com/pub/ada-wong/5/3a2/b1", ("linkedin", "pub/ada-wong/5/3a2/b1")),
        ("https://linkedin.com/pub/ada", ("linkedin", "ada")),
        ("http://twitter.com/Ada", ("x", "ada")),
        ("https://mobile.twitter.com/#!/ada", ("x", "ada")),
        ("https://x.com/@ada", ("x", "ada")),
        ("https://www.facebook.com/profile.php?id=123", ("facebook", "123")),
        ("https://m.facebook.com/ada.wong", ("facebook", "ada.wong")),
        ("https://facebook.com/people/Ada-Wong/123", ("facebook", "123")),
        ("instagram.com/ada/", ("instagram", "ada")),
        ("https://github.com/ada", ("github", "ada")),
        ("https://mastodon.example/@ada", ("mastodon", "ada@mastodon.example")),
        ("https://mastodon.example/@ada@other.example", ("mastodon", "ada@other.example")),
        ("https://mastodon.example/users/ada", ("mastodon", "ada@mastodon.example")),
        ("https://wa.me/41791234567", ("phone", "+41791234567")),
        ("https://api.whatsapp.com/send?phone=41791234567", ("phone", "+41791234567")),
        ("https://t.me/+41791234567", ("phone", "+41791234567")),
        ("https://signal.me/#p/+41791234567", ("phone", "+41791234567")),
        ("https://t.me/ada", ("telegram", "ada")),
        ("youtube.com/@Ada/videos", ("youtube", "ada")),
        ("https://www.youtube.com/channel/UCaBc", ("youtube", "channel/UCaBc")),
        ("https://bsky.app/profile/ada.example", ("bluesky", "ada.example")),
        ("https://threads.net/@ada", ("threads", "ada")),
        ("https://tiktok.com/@ada", ("tiktok", "ada")),
        ("https://www.xing.com/profile/Ada_Wong/cv", ("xing", "ada_wong")),
        ("https://matrix.to/#/@ada:example.org", ("matrix", "ada:example.org")),
        ("skype:ada?call", ("skype", "ada")),
        ("xmpp:ada@example.org/Home", ("jabber", "ada@example.org")),
        ("aim:goim?screenname=ada", ("aim", "ada")),
    ],
)
def test_a_profile_page_is_a_handle(url: str, found: tuple[str, str]) -> None:
    assert handles.from_url(url) == found


@pytest.mark.parametrize(
    "url",
    [
        *("https://x.com/ada/status/1", "x.com/home", "https://twitter.com/intent?x=1"),
        *("https://github.com/ada/repo", "https://www.linkedin.com/company/acme", "ada.example"),
        *("https://evil-x.com/ada", "https://t.me/joinchat/abc", "https://instagram.com/p/abc"),
        *("javascript:alert(1)", "file:///etc/passwd", "http://[::1", "ftp://x.com/ada", ""),
        *("mailto:ada@example.org", "https://example.org/about", "x.com", "a" * 5000),
    ],
)
def test_any_other_address_is_no_handle(url: str) -> None:
    assert handles.from_url(url) is None


@pytest.mark.parametrize(
    ("service", "written", "norm"),
    [
        ("Twitter", "@Ada", "x:ada"),
        ("twitter", "https://twitter.com/Ada", "x:ada"),
        ("Skype", "live:.cid.12", "skype:live:.cid.12"),
        ("Skype", "skype:joe", "skype:joe"),
        ("ICQ", "123-456-789", "icq:123456789"),
        ("icq", "aim:12345", "icq:12345"),
        ("Jabber", "xmpp:ada@example.org/Home", "jabber:ada@example.org"),
        ("GoogleTalk", "xmpp:ada@example.org", "gtalk:ada@example.org"),
        ("QQ", "x-apple:555", "qq:555"),
        ("msn", "msnim:chat?contact=ada@example.org", "msn:ada@example.org"),
        ("Mastodon", "@ada@Example.org", "mastodon:ada@example.org"),
        ("", "@ada@example.org", "mastodon:ada@example.org"),
        ("", "https://x.com/ada", "x:ada"),
        ("", "ada", "other:ada"),
        ("WhatsApp", "+41 79 123 45 67", "whatsapp:+41791234567"),
        ("whatsapp", "https://wa.me/41791234567", "whatsapp:+41791234567"),
        ("Signal", "41791234567", "signal:+41791234567"),
        ("matrix", "@ada:example.org", "matrix:ada:example.org"),
        ("Custom Type", "customtype:ada", "customtype:ada"),
        ("x", " @ ", ""),
        ("x", "", ""),
    ],
)
def test_a_handle_has_one_form_whatever_its_source_calls_it(
    service: str, written: str, norm: str
) -> None:
    assert handles.normal(service, written) == norm


@pytest.mark.parametrize(
    ("norm", "url"),
    [
        ("x:ada", "https://x.com/ada"),
        ("linkedin:ada-wöng", "https://www.linkedin.com/in/ada-w%C3%B6ng"),
        ("linkedin:pub/ada/5/3a2/b1", "https://www.linkedin.com/pub/ada/5/3a2/b1"),
        ("youtube:channel/UCaBc", "https://www.youtube.com/channel/UCaBc"),
        ("mastodon:ada@example.org", "https://example.org/@ada"),
        ("whatsapp:+41791234567", "https://wa.me/41791234567"),
        ("x:ada/../../evil?x", "https://x.com/ada%2F..%2F..%2Fevil%3Fx"),
        ("mastodon:ada@evil/x", ""),
        ("icq:123", ""),
        ("x:", ""),
        ("", ""),
    ],
)
def test_a_handle_opens_its_own_page_only(norm: str, url: str) -> None:
    assert handles.profile_url(norm) == url


SERVICES = ["", "x", "Twitter", "linkedin", "jabber", "icq", "youtube", "whatsapp", "Mastodon", "?"]


@given(st.sampled_from(SERVICES), st.text(st.characters(codec=None), max_size=60))
def test_no_handle_is_too_strange(service: str, text: str) -> None:
    norm = handles.normal(service, text)
    url = handles.profile_url(norm)
    assert url == "" or (url.startswith("https://") and url.isascii() and url.isprintable())
    handles.from_url(text)


@given(
    st.sampled_from(["x", "linkedin", "github", "instagram", "xing", "facebook", "youtube"]),
    st.from_regex(r"[a-z][a-z0-9_]{6,12}", fullmatch=True),
)
def test_a_page_leads_back_to_its_handle(service: str, handle: str) -> None:
    norm = handles.normal(service, handle)
    found = handles.from_url(handles.profile_url(norm))
    assert found in {(service, handle), None}
    assert found is not None or handle in handles._NO_PROFILE
