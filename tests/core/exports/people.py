"""People to be told of, with whatever text a hostile source could hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from core.queries.outgoing import Outgoing
from core.rules import kinds
from core.rules.normalise import norm_of
from core.rules.projection import Fact, project, standing_values
from core.text import clean
from tests.support import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterable

NASTY = (
    "Wong\r\nTEL:666",
    "a\x85b\u2028c\u2029d\x0be",
    'say "hi"; and, more: \\n \\',
    "BEGIN:VCARD",
    "END:VCARD\r\nBEGIN:VCARD\r\nFN:Eve",
    "=HYPERLINK(1)",
    "+41 79 000",
    "@SUM(A1)",
    "-1",
    "'quoted",
    "* Work",
    "one ::: two",
    "=?utf-8?q?x?=",
    "QUOTED-PRINTABLE",
    "a;ENCODING=b:zz",
    "mailto:ada@example.org",
    "Ada <ada@example.org>",
    "tel:+41446681800",
    "https://www.linkedin.com/in/ada",
    "x" + " " * 300 + "y",
    "\ufeffmark",
    "_$!<Home>!$_",
    "urn:uuid:1",
    "--05-03",
    "1980-05-03",
    "|cmd",
    ":::",
    ";;;",
    ",",
)
TEXTS = st.one_of(
    st.sampled_from((*HOSTILE, *NASTY)),
    st.text(max_size=12),
    st.text(alphabet="ab;:,\\\"'\n\r =-+@*", max_size=20),
)
LABELS = st.one_of(
    st.sampled_from(("", "home", "work", "mobile", "work fax", "homepage", "spouse", "Weekend")),
    st.sampled_from(
        ("twitter", "skype", "linkedin", "anniversary", "given", "org", "a;b:c", 'q"q')
    ),
)


def fact(number: int, kind: str, value: str, label: str = "", **given: object) -> Fact:
    """One fact as the book holds it."""
    value, label = clean(value), clean(label)
    kind, norm = norm_of(kind, value, label, "CH")
    said = (number, 1, kind, value, norm, label, 0, "", 0, "source", None, "", "", 1)
    return Fact(*said)._replace(**given)  # type: ignore[arg-type]


def person(facts: Iterable[Fact], tier: str = "") -> Outgoing:
    """Who holds these facts."""
    held = list(facts)
    name = project(held).name
    uid = "0b1e5c9e-7c7c-4d52-9a5e-0d6f6f1d3a10"
    return Outgoing(1, uid, name, tier, "2026-11-20T10:00:00Z", tuple(standing_values(held)))


@st.composite
def anybody(draw: st.DrawFn) -> Outgoing:
    """Somebody of one or two entries, each value as bad as it gets."""
    told = []
    for number in range(1, draw(st.integers(1, 12))):
        kind = draw(st.sampled_from([kind for kind in kinds.ALL if kind != kinds.PHOTO]))
        value = draw(TEXTS)
        detail = ""
        if kind == kinds.ADDRESS and draw(st.booleans()):
            names = ("street", "city", "code", "country", "po_box")
            parts = {name: clean(draw(TEXTS)) for name in names if draw(st.booleans())}
            detail = json.dumps(parts, ensure_ascii=False)
        more: dict[str, object] = {
            "card_id": draw(st.integers(1, 2)),
            "part": draw(st.integers(0, 1)),
        }
        more |= {"preferred": draw(st.integers(0, 1)), "rank": draw(st.integers(1, 2))}
        more["origin"] = draw(st.sampled_from(["source", "source", "user"]))
        if value:
            told.append(fact(number, kind, value, draw(LABELS), detail=detail, **more))
    return person(told, draw(st.sampled_from(["", "A", "D"])))
