from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import settings
from core.rules import tiers


@pytest.mark.parametrize(
    ("label", "tier"),
    [
        *(("A", "A"), (" B ", "B"), ("Tier A", "A"), ("tier: b", "B"), ("TIER-C", "C")),
        *(("TierD", "D"), ("a", None), ("d", None), ("E", None), ("Tier E", None), ("tier", None)),
        *(("AB", None), ("Tier A+", None), ("frontier a", None), ("", None), ("Ä", None)),
    ],
)
def test_a_label_names_a_tier_or_none(label: str, tier: str | None) -> None:
    assert tiers.from_label(label) == tier


@given(st.text(st.characters(codec=None), max_size=20))
def test_no_label_is_too_strange(label: str) -> None:
    assert tiers.from_label(label) in {*tiers.TIERS, None}


def test_every_letter_has_a_meaning_and_days() -> None:
    assert [tiers.meaning(tier) for tier in (*tiers.TIERS, tiers.UNSORTED)] == [
        *("vital few", "vital few", "kept", "put away", "unsorted")
    ]
    assert settings.CADENCE == tiers.CADENCE_DAYS
