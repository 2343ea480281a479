"""What speaks for somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.evidence import WEIGHTS, Evidence, is_near, score, suggest

TODAY = date(2026, 11, 21)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    talks_in, talks_out = draw(st.integers(0, 20)), draw(st.integers(0, 20))
    talks = talks_in + talks_out
    day = draw(st.dates(date(2000, 1, 1), TODAY)).isoformat()
    text = st.sampled_from(["", "Berlin", "info@globex.example", "ada@example.com", "Globex"])
    return Evidence(
        name=draw(text),
        org=draw(text),
        email=draw(text),
        phone=draw(st.sampled_from(["", "+41791234567"])),
        city=draw(text),
        birthday=draw(st.sampled_from(["", "1980-05-03"])),
        labels=draw(st.sampled_from(["", "family", "Work\nStarred", "neighbours"])),
        sources=draw(st.sampled_from(["", "vcard", "google,vcard", "google,linkedin,vcard"])),
        channels=draw(st.integers(0, 9)),
        talks=talks,
        talks_in=talks_in,
        talks_out=talks_out,
        talked=day if talks else "",
        gone=draw(st.integers(0, 1)),
        last_in=day if talks_in else "",
        money=draw(st.sampled_from([-5, 0, 7, 1200, 2**63 - 1])),
        reading=draw(st.integers(0, 1)),
        followers=draw(st.sampled_from([0, 999, 1000, 2**63 - 1])),
        family_tier=draw(st.sampled_from(["", "A", "B", "C", "D"])),
    )


@given(evidence())
def test_a_suggestion_is_a_tier_with_at_most_three_reasons(known: Evidence) -> None:
    tier, reasons = suggest(known, {}, TODAY)
    assert tier in {"", "A", "B", "C", "D"}
    assert len(reasons) <= 3
    assert all(reasons)
    assert reasons or not tier
    assert tier == "D" or all(len(why.split()) <= 4 for why in reasons)


@given(evidence())
def test_whoever_one_talks_with_is_never_put_away(known: Evidence) -> None:
    assert not known.talks or suggest(known, {}, TODAY).tier != "D"


@given(evidence(), st.sampled_from(["in", "out"]))
def test_a_talk_today_never_speaks_against_somebody(known: Evidence, direction: str) -> None:
    more = known._replace(
        talks=known.talks + 1,
        talks_in=known.talks_in + (direction == "in"),
        talks_out=known.talks_out + (direction == "out"),
        talked=TODAY.isoformat(),
    )
    assert score(more, {}, TODAY) >= score(known, {}, TODAY)


@given(evidence(), st.integers(0, 2_000))
def test_what_is_known_fades_and_never_grows_by_waiting(known: Evidence, days: int) -> None:
    assert score(known, {}, TODAY + timedelta(days)) <= score(known, {}, TODAY)


@pytest.mark.parametrize(
    ("known", "tier"),
    [
        (Evidence(name="Ada", email="ada@example.com", channels=1), ""),
        (Evidence(name="Ada", phone="1", org="Globex", channels=1), "C"),
        (Evidence(name="Ada", labels="family", phone="1", channels=1), "B"),
        (
            Evidence(
                name="Ada", email="a@example.com", channels=1, talks=9, talks_in=4, talks_out=5
            )._replace(talked="2026-11-02"),
            "A",
        ),
        (Evidence(name="Globex", org="Globex", phone="1", channels=1), "D"),
        (Evidence(name="info@x.example", email="info@x.example", channels=1), "D"),
        (Evidence(name="Ada"), ""),
    ],
)
def test_the_evidence_speaks_for_a_tier(known: Evidence, tier: str) -> None:
    assert suggest(known, {}, TODAY).tier == tier


def test_the_strongest_reasons_come_first() -> None:
    known = Evidence(
        name="Ada", phone="1", city="Berlin", channels=3, talks=2, talks_in=1, talks_out=1
    )._replace(talked="2026-11-02")
    weights = dict.fromkeys(WEIGHTS, 1) | {"recent": 50, "both_ways": 40, "place": 30}
    assert suggest(known, weights, TODAY).reasons == ("recent", "both ways", "Berlin")
    assert suggest(known, {"place": 999}, TODAY).reasons[0] == "Berlin"


ADA = Evidence(name="Ada", email="ada@example.com", channels=1)


@pytest.mark.parametrize(
    ("more", "points", "reason"),
    [
        ({"money": 1200}, 9, "worth 1,200"),
        ({"money": 5}, 0, ""),
        ({"money": -5}, 0, ""),
        ({"money": 10**12}, 15, "worth 1,000,000,000,000"),
        ({"reading": 1}, 10, "worth reading"),
        ({"followers": 999}, 0, ""),
        ({"followers": 12_400}, 8, "12k followers"),
        ({"followers": 1_290_000}, 16, "1.2M followers"),
        ({"followers": 10**9}, 16, "1000M followers"),
        ({"family_tier": "A"}, 15, "family of A"),
        ({"family_tier": "B"}, 7, "family of B"),
        ({"family_tier": "C"}, 0, ""),
        ({"channels": 4}, 19, "on 3 networks"),
        ({"city": "Zürich"}, 9, "same city"),
        ({"city": "Bern"}, 3, "Bern"),
    ],
)
def test_each_piece_of_evidence_has_its_points_and_its_words(
    more: dict[str, object], points: int, reason: str
) -> None:
    known = ADA._replace(**more)  # type: ignore[arg-type]
    assert score(known, {}, TODAY, "zuerich") == points
    told = suggest(known, {}, TODAY, "zuerich").reasons
    assert not reason or reason in told


def test_answers_of_long_ago_count_half() -> None:
    known = ADA._replace(
        talks=9, talks_in=4, talks_out=5, talked="2024-11-21", last_in="2024-11-21"
    )
    older = known._replace(talked="2024-11-20")
    assert score(known, {}, TODAY) - score(older, {}, TODAY) == 12


def test_whoever_still_writes_back_counts_more_than_who_stopped() -> None:
    known = ADA._replace(talks=12, talks_in=6, talks_out=6, talked="2026-11-02")
    assert (
        "they write back"
        in suggest(known._replace(last_in="2026-01-02"), {"mutual": 99}, TODAY).reasons
    )
    stopped = known._replace(last_in="2025-01-02")
    assert "they write back" not in suggest(stopped, {"mutual": 99}, TODAY).reasons


def test_a_city_of_no_name_is_nobodys() -> None:
    assert not is_near("", "")
    assert not is_near("...", "!")
    assert is_near("Köln", "KOELN")


def test_whoever_pays_or_is_read_is_never_put_away_unasked() -> None:
    silent = Evidence(name="Ada", channels=1)
    assert suggest(silent, {}, TODAY).tier == "D"
    for more in ({"money": 90}, {"reading": 1}, {"family_tier": "A"}):
        assert suggest(silent._replace(**more), {}, TODAY).tier != "D"
