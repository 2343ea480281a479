"""Who the owner of chats is, over a format of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import DecisionNeededError, UsageError
from importers import owner
from importers.choices import Candidate, Unasked
from importers.talk import Party, Reading, Talk
from importers.talk_plan import TalkPlan, first_line
from tests.book import fresh, sql
from tests.importers.vcard_cases import container
from tests.support import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from importers.container import Container
    from importers.record import Problem, Sniffed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
READING = Reading(NOW, UTC, "CH")
NORA, ADA, BEN = (Party("name", name) for name in ("Nora", "Ada", "Ben"))


class Chats:
    """A reader of given talks: thread, sender, others."""

    NAME, TITLE, VERSION, TALKS = "chats", "Chats", 1, True

    def __init__(self, *said: tuple[str, Party], own: tuple[Party, ...] = ()) -> None:
        self.said, self.own = said, own

    def sniff_talks(self, container: Container) -> Sniffed | None:
        raise NotImplementedError

    def owner(self, container: Container) -> tuple[Party, ...]:  # noqa: ARG002 — as readers are asked
        return self.own

    def read_talks(self, container: Container, reading: Reading) -> Iterator[Talk | Problem]:  # noqa: ARG002
        for number, (thread, sender) in enumerate(self.said):
            moment = reading.utc(1_700_000_000 + number)
            everybody = (NORA, ADA, BEN)
            yield Talk("x", "", "message", moment, sender, everybody, "whatsapp", thread, text="ok")


class Answering(Unasked):
    """Somebody who knows, and notes what was asked."""

    def __init__(self, party: Party | None) -> None:
        self.party = party
        self.asked: list[list[str]] = []

    def owner(self, title: str, candidates: Sequence[Candidate]) -> Party | None:
        self.asked.append([one.name for one in candidates])
        assert title == "Chats"
        return self.party


FILES = (container({"x": b""}),)


def found(reader: Chats, ask: Unasked | None = None, *said: str) -> owner.Known:
    return owner.find(reader, FILES, READING, None, said, ask)


def test_what_the_export_says_is_believed() -> None:
    known = found(Chats(("a", ADA), own=(NORA,)))
    assert known.me == {("name", "nora")}
    assert known.settings == (("me chats", '[["name", "nora"]]'),)


def test_the_only_one_who_writes_in_every_conversation_is_the_owner() -> None:
    assert found(Chats(("a", ADA), ("a", NORA), ("b", BEN), ("b", NORA))).me == {("name", "nora")}


def test_of_one_conversation_somebody_must_say_who_is_who() -> None:
    asking = Answering(NORA)
    known = found(Chats(("a", ADA), ("a", NORA), ("a", ADA)), asking)
    assert asking.asked == [["Ada", "Nora"]]
    assert known.me == {("name", "nora")}


def test_where_nobody_answers_the_choices_are_told() -> None:
    with pytest.raises(DecisionNeededError) as told:
        found(Chats(("a", ADA), ("a", NORA)), Unasked())
    assert told.value.lines == ('  --me "Ada"', '  --me "Nora"')


def test_a_trial_asks_nobody() -> None:
    assert found(Chats(("a", ADA), ("a", NORA))).me == frozenset()


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("Nora", ("name", "nora")),
        ("nora@x.example", ("email", "nora@x.example")),
        ("079 123 45 67", ("phone", "+41791234567")),
        ("x:nora", ("handle", "x:nora")),
    ],
)
def test_the_user_may_name_an_address_number_handle_or_name(
    said: str, mark: tuple[str, str]
) -> None:
    assert mark in found(Chats(("a", ADA)), None, said).me


def test_a_slip_in_a_name_is_told_as_it_would_turn_all_talks_round() -> None:
    reader = Chats(("a", NORA), ("a", ADA))
    with pytest.raises(UsageError) as refused:
        owner.find(reader, [container({})], READING, None, ["Norra"], None)
    assert refused.value.sentence == "nobody in these talks is called “Norra”"
    assert refused.value.lines == ('  --me "Ada"', '  --me "Nora"')


def test_a_handle_may_be_typed_without_its_network() -> None:
    handle = Party("handle", "aim:nora.f", "Nora F")
    reader = Chats(("a", handle), ("a", ADA))
    for typed in ("nora.f", "@Nora.F", "nora f"):
        known = owner.find(reader, FILES, READING, None, [typed], None)
        assert READING.mark(handle) in known.me


def test_a_slip_in_a_name_does_no_harm_where_the_talks_tell_who_it_is() -> None:
    told = Chats(("a", NORA), ("a", ADA), own=(NORA,))
    both = Chats(("a", NORA), ("a", ADA), ("b", NORA), ("b", BEN))
    for reader in (told, both):
        known = owner.find(reader, [container({})], READING, None, ["Norra"], None)
        assert known.me == {READING.mark(NORA)}


def test_what_was_answered_once_is_not_asked_again(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    setting = found(Chats(("a", ADA), ("a", NORA)), Answering(NORA)).settings[0]
    bus.run(sql("INSERT INTO setting(key, value) VALUES (?, ?)", *setting))
    reader = Chats(("b", BEN), ("b", NORA))
    known = read(bus.path, lambda view: owner.find(reader, FILES, READING, view, (), Unasked()))
    assert known == owner.Known(frozenset({("name", "nora")}), ())
    bus.close()


def test_the_owners_addresses_hold_for_every_format() -> None:
    known = found(Chats(("a", ADA), own=(Party("email", "Nora@x.example"),)))
    assert dict(known.settings)["me"] == '[["email", "nora@x.example"]]'


def rows_of(*said: tuple[str, Party], me: Party | None = NORA) -> list[tuple[str, list[str]]]:
    from core.commands.store_talks import TalkTally

    marks = frozenset({READING.mark(me)}) if me else frozenset()
    plan = TalkPlan(Chats(*said), FILES, "", READING._replace(me=marks))
    return [
        (talk.direction, [f"{part.role} {part.shown}" for part in talk.parts])
        for talk in plan.prepare(TalkTally())
    ]


def test_of_what_comes_in_only_the_sender_takes_part() -> None:
    assert rows_of(("a", ADA)) == [("in", ["from Ada"])]


def test_what_the_owner_sends_goes_to_all_others() -> None:
    assert rows_of(("a", NORA)) == [("out", ["to Ada", "to Ben"])]


def test_the_same_words_in_one_second_are_told_apart_by_their_order() -> None:
    from core.commands.store_talks import TalkTally

    class Fast(Chats):
        def read_talks(self, container: Container, reading: Reading) -> Iterator[Talk | Problem]:
            for talk in super().read_talks(container, reading):
                assert isinstance(talk, Talk)
                yield talk._replace(moment=reading.utc(1_700_000_000))

    plan = TalkPlan(Fast(("a", ADA), ("a", BEN), ("b", ADA)), FILES, "", READING)
    keys = [talk.key for talk in plan.prepare(TalkTally())]
    again = [talk.key for talk in plan.prepare(TalkTally())]
    assert len(set(keys)) == 3
    assert keys == again


def keys_of(plan: TalkPlan) -> list[str]:
    from core.commands.store_talks import TalkTally

    return [talk.key for talk in plan.prepare(TalkTally())]


def test_what_two_files_say_once_each_was_said_once() -> None:
    class Copied(Chats):
        def read_talks(self, container: Container, reading: Reading) -> Iterator[Talk | Problem]:
            for file in ("one", "two"):
                for talk in super().read_talks(container, reading):
                    assert isinstance(talk, Talk)
                    moment = reading.utc(1_700_000_000)
                    yield talk._replace(moment=moment, file=file)

    said = (("a", ADA), ("a", ADA))
    alone = keys_of(TalkPlan(Chats(*said), FILES, "", READING))
    assert keys_of(TalkPlan(Chats(*said), FILES * 2, "", READING)) == alone * 2
    copied = keys_of(TalkPlan(Copied(*said), FILES, "", READING))
    assert len(set(copied)) == 2
    assert copied[:2] == copied[2:]


@pytest.mark.parametrize(
    ("text", "line"),
    [("one\ntwo", "one"), ("\n \n  two ", "two"), ("", ""), ("x" * 999, "x" * 200)],
)
def test_the_first_line_is_the_first_that_says_something(text: str, line: str) -> None:
    assert first_line(text) == line


def test_moments_keep_the_day_of_the_user_and_refuse_what_is_to_come() -> None:
    moment = READING.aware(datetime.fromisoformat("2026-03-02T23:30:00-05:00"))
    assert moment == ("2026-03-03T04:30:00Z", "2026-03-03", "-05:00", "2026-03-03T04:30:00Z")
    local = READING.local(datetime(2026, 3, 2, 23, 30))  # noqa: DTZ001 — as exports have it
    assert local == ("2026-03-02T23:30:00Z", "2026-03-02", "", "2026-03-02 23:30:00")
    for seconds in (4e9, 1e300, float("inf"), float("nan")):
        with pytest.raises(ValueError):  # noqa: PT011 — whatever Python says of it
            READING.utc(seconds)
