from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.commands.add_person import AddPerson
from core.commands.log_talk import LogTalks, Talk
from core.queries import thread
from core.rules import kinds
from core.rules.typed import Typed
from tests.book import fresh, rows
from tests.said import message, store
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

ADA, BEN = "ada@x.example", "ben@x.example"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "people.db"


def known(book: Path, *talks: object) -> None:
    with closing(fresh(book)) as bus:
        store(bus, talks)  # type: ignore[arg-type]


def talk_of(book: Path, text: str) -> int:
    return int(rows(book, "SELECT id FROM interaction WHERE text = ?", text)[0][0])


def around(book: Path, text: str, before: int = 50, after: int = 50) -> list[thread.Said]:
    one = talk_of(book, text)
    return read(book, lambda view: thread.around(view, one, before, after))


def texts(said: list[thread.Said]) -> list[str]:
    return [one.text for one in said]


def test_a_talk_stands_among_those_of_its_conversation_oldest_first(book: Path) -> None:
    known(
        book,
        message(3, "three", ADA, out=True),
        message(1, "one", ADA),
        message(2, "elsewhere", BEN, thread="other"),
        message(2, "two", BEN),
        message(4, "four", ADA),
    )
    said = around(book, "two")
    assert texts(said) == ["one", "two", "three", "four"]
    assert [one.who for one in said] == ["Ada", "Ben", "", "Ada"]
    assert [one.direction for one in said] == ["in", "in", "out", "in"]
    assert {one.day for one in said} == {"2019-03-05"}


def test_so_many_before_it_and_so_many_after_it(book: Path) -> None:
    known(book, *(message(at, f"no {at}", ADA) for at in range(20)))
    assert texts(around(book, "no 10", 2, 3)) == [
        "no 8",
        "no 9",
        "no 10",
        "no 11",
        "no 12",
        "no 13",
    ]
    assert texts(around(book, "no 10", 0, 0)) == ["no 10"]
    assert texts(around(book, "no 0", 5, 1)) == ["no 0", "no 1"]
    assert texts(around(book, "no 19", 1, 5)) == ["no 18", "no 19"]


def test_of_two_at_the_same_moment_each_is_there_once(book: Path) -> None:
    talks = [message(1, f"same {at}", ADA)._replace(key=f"same {at}") for at in range(6)]
    known(book, *talks)
    assert sorted(texts(around(book, "same 3"))) == [f"same {at}" for at in range(6)]


def test_conversations_of_the_same_name_in_two_exports_are_two(book: Path) -> None:
    with closing(fresh(book)) as bus:
        store(bus, [message(1, "mine", ADA)], "me")
        store(bus, [message(2, "hers", ADA)], "her")
    assert texts(around(book, "mine")) == ["mine"]


def test_what_lies_far_off_is_found_by_who_took_part(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "_NEAR", 3)
    between = [message(at, f"to ben {at}", BEN, thread="ben") for at in range(2, 30)]
    known(book, message(1, "early", ADA), *between, message(40, "late", ADA))
    assert texts(around(book, "late")) == ["early", "late"]
    assert texts(around(book, "early")) == ["early", "late"]
    assert len(around(book, "to ben 10")) == len(between)


def test_without_a_conversation_it_is_all_with_the_same_people(book: Path) -> None:
    with closing(fresh(book)) as bus:
        made = AddPerson((Typed(kinds.NAME, "Ada Wong"), Typed(kinds.EMAIL, ADA)))
        ada = bus.run(made).people[0]
        ben = bus.run(AddPerson((Typed(kinds.NAME, "Ben Ortiz"),))).people[0]
        store(bus, [message(1, "a message", ADA), message(2, "another", BEN, thread="ben")])
        for person, text in ((ada, "coffee"), (ben, "not hers")):
            bus.run(LogTalks((Talk((person,), date(2026, 11, 2), "visit", text=text),)))
    said = around(book, "coffee")
    assert [(one.text, one.who, one.person, one.kind) for one in said] == [
        ("a message", "Ada Wong", ada, "message"),
        ("coffee", "Ada Wong", ada, "visit"),
    ]


def test_a_mail_begins_with_its_subject(book: Path) -> None:
    known(book, message(1, "body", ADA, kind="mail", subject="Slides"))
    assert texts(around(book, "body")) == ["Slides\nbody"]


def test_the_head_says_what_it_is_and_who_took_part(book: Path) -> None:
    known(book, message(1, "hello", ADA, BEN, subject="Hikers"))
    one = talk_of(book, "hello")
    head = read(book, lambda view: thread.head(view, one))
    assert head == (one, "message", "whatsapp", "Hikers", ((0, "Ada"), (0, "Ben")))


def test_of_a_talk_that_is_not_there_there_is_nothing(book: Path) -> None:
    known(book)
    assert read(book, lambda view: thread.around(view, 7)) == []
    assert read(book, lambda view: thread.head(view, 7)) is None
