from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from core.commands.add_person import AddPerson
from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Merge
from core.commands.store_talks import Part
from core.commands.unmerge import Unmerge
from core.queries import person, timeline
from core.rules import kinds
from core.rules.typed import Typed
from tests.book import fresh, person_row
from tests.said import message, store
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.queries.timeline import TimeLine

ADA, BEN, WORK = "ada@x.example", "ben@x.example", "ada@work.example"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with closing(fresh(tmp_path / "people.db")) as bus:
        yield bus


def added(bus: Bus, name: str, *addresses: str) -> int:
    mails = (Typed(kinds.EMAIL, address) for address in addresses)
    return bus.run(AddPerson((Typed(kinds.NAME, name), *mails))).people[0]


def by_hand(bus: Bus, who: int, text: str, kind: str = "visit") -> None:
    bus.run(LogTalks((Talk((who,), date(2026, 11, 2), kind, text=text),)))


def shown(bus: Bus, who: int, channel: str = "", limit: int = 200, skip: int = 0) -> list[TimeLine]:
    query = partial(timeline.timeline, person=who, channel=channel, limit=limit, skip=skip)
    return read(bus.path, query)


def lines(bus: Bus, who: int, channel: str = "") -> list[str]:
    return [talk.line for talk in shown(bus, who, channel)]


def test_what_was_logged_by_hand_and_what_was_imported_stands_together_newest_first(
    bus: Bus,
) -> None:
    ada = added(bus, "Ada Wong", ADA)
    by_hand(bus, ada, "coffee")
    store(bus, [message(1, "first", ADA), message(2, "second", ADA, out=True, channel="mail")])
    found = shown(bus, ada)
    assert [(talk.line, talk.direction, talk.channel) for talk in found] == [
        ("coffee", "both", "visit"),
        ("second", "out", "mail"),
        ("first", "in", "whatsapp"),
    ]
    assert [talk.day for talk in found] == ["2026-11-02", "2019-03-05", "2019-03-05"]
    assert not any(talk.there for talk in found)


def test_a_talk_with_two_addresses_of_one_person_is_there_once(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA, WORK)
    store(bus, [message(1, "to both", ADA, WORK, out=True)])
    assert lines(bus, ada) == ["to both"]


def test_of_two_entries_that_were_merged_the_talks_of_both_are_there_each_once(bus: Bus) -> None:
    ada, other = added(bus, "Ada Wong", ADA), added(bus, "A. Wong", WORK)
    store(
        bus, [message(1, "private", ADA), message(2, "at work", WORK), message(3, "x", ADA, WORK)]
    )
    by_hand(bus, ada, "coffee")
    by_hand(bus, other, "lunch")
    assert sorted(lines(bus, ada)) == ["coffee", "private", "x"]
    bus.run(Merge((ada, other), ()))
    assert sorted(lines(bus, ada)) == ["at work", "coffee", "lunch", "private", "x"]
    assert person_row(bus.path, ada)["talks"] == 5
    assert lines(bus, other) == []
    bus.run(Unmerge(ada, (other,)))
    assert sorted(lines(bus, other)) == ["at work", "lunch", "x"]


def test_a_display_name_leads_to_the_only_one_who_bears_it(bus: Bus) -> None:
    ada = added(bus, "Ada Wong")
    named = (Part("name", "ada wong", "whatsapp me\x1fchat", "Ada Wong", "from"),)
    store(bus, [message(1, "by name")._replace(parts=named)])
    assert lines(bus, ada) == ["by name"]


def test_who_only_got_a_mail_was_there_which_is_no_talk(bus: Bus) -> None:
    ada, ben = added(bus, "Ada Wong", ADA), added(bus, "Ben Ortiz", BEN, WORK)
    parts = (Part("email", ADA, "", "", "from"), Part("email", BEN, "", "", "there"))
    also = (*parts, Part("email", WORK, "", "", "to"))
    mails = [message(1, "to all", kind="mail"), message(2, "to him", kind="mail")]
    store(bus, [mails[0]._replace(parts=parts), mails[1]._replace(parts=also)])
    assert [(talk.line, talk.there) for talk in shown(bus, ben)] == [
        ("to him", False),
        ("to all", True),
    ]
    assert [talk.there for talk in shown(bus, ada)] == [False, False]
    view = read(bus.path, lambda view: person.view(view, ben))
    assert view
    assert view.talks == 1
    assert [talk.text for talk in view.talked_about] == ["to him"]
    assert read(bus.path, partial(timeline.channels, person=ben)) == [("whatsapp", 1)]


def test_one_channel_alone_and_how_often_each_was_used(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    chat = [message(at, f"chat {at}", ADA) for at in range(3)]
    store(bus, [*chat, message(5, "a mail", ADA, channel="mail")])
    by_hand(bus, ada, "likes tea", "note")
    assert read(bus.path, partial(timeline.channels, person=ada)) == [
        ("whatsapp", 3),
        ("mail", 1),
        ("note", 1),
    ]
    assert lines(bus, ada, "mail") == ["a mail"]
    assert lines(bus, ada, "whatsapp") == ["chat 2", "chat 1", "chat 0"]
    assert lines(bus, ada, "pigeon") == []
    assert person_row(bus.path, ada)["talks"] == 4  # a note is none
    assert len(shown(bus, ada)) == 5


@pytest.mark.parametrize("channel", ["", "mail"])
def test_page_by_page_it_is_the_whole_in_both_ways_of_reading(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    ada = added(bus, "Ada Wong", ADA)
    channels = ("mail", "sms")
    with_ada = [message(at // 3, f"{at}", ADA, channel=channels[at % 2]) for at in range(80)]
    with_ada = [talk._replace(key=f"ada {talk.text}") for talk in with_ada]
    store(bus, [*with_ada, *(message(at, f"ben {at}", BEN, thread="ben") for at in range(30))])
    whole = shown(bus, ada, channel, 1_000)
    assert len(whole) == (40 if channel else 80)
    walked = []
    near = timeline._near

    def noted(*given: object) -> object:
        walked.append(len(found := near(*given)))  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(timeline, "_near", noted)
    pages = [shown(bus, ada, channel, 7, skip) for skip in range(0, 84, 7)]
    assert [talk for page in pages for talk in page] == whole
    assert 7 in walked  # among everybody's newest
    assert len(walked) < len(pages)  # and the last ones by putting all in order


def test_who_has_been_silent_for_years_is_shown_all_the_same(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    old = [message(at, f"old {at}", ADA, thread="old") for at in range(40)]
    store(bus, [*old, *(message(100 + at, "new", BEN, thread="ben") for at in range(60))])
    assert lines(bus, ada)[:2] == ["old 39", "old 38"]
    assert [talk.line for talk in shown(bus, ada, "", 2, 1)] == ["old 38", "old 37"]


def test_the_first_line_with_words_is_told_and_cut_where_it_is_long(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    store(bus, [message(1, "\n \n  hello\nthere", ADA), message(2, "x" * 5_000, ADA)])
    long, short = lines(bus, ada)
    assert short == "hello"
    assert long == "x" * 240


def test_where_only_counts_are_kept_there_are_no_words(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    store(bus, [message(1, "", ADA), message(2, "\n\n", ADA)])
    assert [(talk.line, talk.kind) for talk in shown(bus, ada)] == [("", "message")] * 2


def test_hostile_words_come_out_as_they_are(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    clean = [text for text in HOSTILE if text.isprintable() and text.strip()]
    store(bus, [message(at, text, ADA) for at, text in enumerate(clean)])
    assert lines(bus, ada) == [text[:240] for text in reversed(clean)]


def test_after_its_import_is_taken_back_the_timeline_is_empty(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    store(bus, [message(at, "said", ADA) for at in range(9)])
    assert len(shown(bus, ada)) == 9
    bus.undo(sure=True)
    assert shown(bus, ada) == []
    assert read(bus.path, partial(timeline.channels, person=ada)) == []


def test_of_nobody_and_of_none_there_is_nothing(bus: Bus) -> None:
    ada = added(bus, "Ada Wong", ADA)
    store(bus, [message(1, "said", ADA)])
    assert shown(bus, ada + 7) == []
    assert shown(bus, ada, "", 0) == []
    assert shown(bus, ada, "", 5, 1) == []
