from __future__ import annotations

import pytest

from importers import registry
from tui.import_guides import DROP, GUIDES, Guide
from tui.widgets.guide_card import steps

NAMED = {guide.title: guide for guide in GUIDES}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.title)
def test_a_guide_is_short_and_fits_a_small_window(guide: Guide) -> None:
    assert 3 <= len(guide.all_steps) <= 6
    assert guide.wait
    assert len(steps(guide, 58).plain.splitlines()) <= 20


def test_a_place_that_can_be_read_is_told_what_to_do_with_the_file() -> None:
    for title in ("Gmail", "LinkedIn", "iPhone, iCloud", "Android"):
        assert NAMED[title].all_steps[-1] == DROP


def test_no_guide_promises_what_no_importer_reads() -> None:
    read = {*registry.NAMES, *registry.TALK_NAMES, registry.ANY_TABLE}
    assert [guide.title for guide in GUIDES if not read >= set(guide.formats)] == []


def test_the_places_that_people_ask_for_are_all_there() -> None:
    assert {"Gmail", "Outlook", "LinkedIn", "iPhone, iCloud", "Android"} <= set(NAMED)
    assert {"Facebook", "X", "WhatsApp"} <= set(NAMED)
