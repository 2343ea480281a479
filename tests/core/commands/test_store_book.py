"""A book that left as JSON lines comes back: whole, once, and as one step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.commands.log_talk import LogTalks, Talk
from core.commands.merge import Chosen, Merge
from core.commands.promise import AddPromise, SettlePromise
from core.commands.set_tier import SetTier
from core.errors import CancelledError, VitalfewError
from core.queries import promises
from importers import vitalfew
from importers.container import open_container
from tests.book import (
    CLOCK,
    base,
    derived,
    digest,
    entry,
    fresh,
    is_empty,
    merge,
    people,
    person_row,
    rows,
    store,
    user_fact,
)
from tests.core.exports.books import grow, written
from tests.support import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Stored


def bring(bus: Bus, lines: list[bytes], **given: Any) -> Stored:  # noqa: ANN401 — of `store`
    """Import a book's lines."""
    file = bus.path.with_suffix(".jsonl")
    file.write_bytes(b"".join(lines))
    with open_container(file) as container:
        return vitalfew.store(bus, container, **given)[0]


@pytest.fixture
def small(tmp_path: Path) -> list[bytes]:
    """A book with a merged person in A, a talk with two and a mail, as lines."""
    bus = fresh(tmp_path / "small.db")
    people(bus, "Ada", "Ben", "Cy")
    bus.run(merge(1, 2))
    bus.run(SetTier((1,), "A"))
    bus.run(SetTier((3,), "B"))
    bus.run(AddPromise((3,), "me", "the deck"))
    bus.run(LogTalks((Talk((1, 3), CLOCK.today(), text="hello"),)))
    lines = written(bus.path)
    bus.close()
    return lines


@settings(max_examples=12)
@given(st.data(), st.integers(1, 14))
def test_a_book_comes_back_without_a_difference_and_only_once(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, steps: int
) -> None:
    folder = tmp_path_factory.mktemp("books")
    bus, back = fresh(folder / "a.db"), fresh(folder / "b.db")
    grow(bus, data, steps)
    lines = written(bus.path)
    bring(back, lines)
    assert written(back.path) == lines
    cards = rows(bus.path, "SELECT id FROM card ORDER BY id")
    ids = {card: place for place, (card,) in enumerate(cards, 1)}
    shown = {ids[found[0]]: found[1:] for found in rows(bus.path, SHOWN)}
    assert {found[0]: found[1:] for found in rows(back.path, SHOWN)} == shown
    before = digest(back.path)
    assert bring(back, lines).new == 0
    assert digest(back.path) == before
    if not is_empty(back.path):
        back.undo(sure=True)
        assert is_empty(back.path)
        back.redo()
    assert written(back.path) == lines
    bus.close()
    back.close()


@settings(max_examples=10)
@given(st.data(), st.integers(1, 10), st.integers(1, 10))
def test_among_other_people_nothing_that_is_here_changes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, here: int, there: int
) -> None:
    folder = tmp_path_factory.mktemp("books")
    bus, other = fresh(folder / "a.db"), fresh(folder / "b.db")
    grow(bus, data, here)
    grow(other, data, there)
    before = base(bus.path)
    lines = written(other.path)
    bring(bus, lines)
    after = base(bus.path)
    assert all(after[table][: len(found)] == found for table, found in before.items())
    uids = {uid for _, uid, *_ in after["card"]}
    assert uids == {row[1] for row in before["card"]} | {row[1] for row in base(other.path)["card"]}
    again = bring(bus, lines)
    assert (again.new, base(bus.path)) == (0, after)
    if after != before:
        bus.undo(sure=True)
    assert base(bus.path) == before
    bus.close()
    other.close()


SHOWN = "SELECT id, name, tier, org, email, phone, wait, talked, talks, due, search FROM person_row"


def test_whoever_is_here_stays_and_the_others_come(tmp_path: Path, small: list[bytes]) -> None:
    bus = fresh(tmp_path / "here.db")
    store(bus, entry("Zoe"), entry("Yan"), account="work")
    bring(bus, small)
    bus.run(SetTier((3,), "C"))
    bus.run(user_fact(5, "note", "mine"))
    before = base(bus.path)
    assert bring(bus, small)[:10] == (0, 3, 0, 0, 3, 0, 0, 0, 0, 0)
    assert base(bus.path) == before
    assert person_row(bus.path, 3)["tier"] == "C"
    assert person_row(bus.path, 5)["tier"] == "B"
    assert person_row(bus.path, 5)["talks"] == 1
    assert rows(bus.path, "SELECT id, person_id FROM card") == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (5, 5),
    ]


def test_a_later_decision_counts_more_than_one_that_came_in(
    tmp_path: Path, small: list[bytes]
) -> None:
    bus = fresh(tmp_path / "here.db")
    (zoe,) = people(bus, "Zoe")
    bus.run(SetTier((zoe,), "D"))
    bring(bus, small)
    bus.run(merge(zoe, 2, 3))
    assert person_row(bus.path, zoe)["tier"] == "D"
    assert all(order < 0 for (order,) in rows(bus.path, "SELECT set_by FROM standing WHERE id > 1"))


def test_choices_come_along_and_count_against_decisions_as_they_did(tmp_path: Path) -> None:
    bus, back = fresh(tmp_path / "there.db"), fresh(tmp_path / "here.db")
    people(bus, "Ada", "Ben", "Cy", "Di")
    for person, tier in ((1, "C"), (2, "A"), (3, "C"), (4, "B")):
        bus.run(SetTier((person,), tier))
    bus.run(Merge((1, 2), (Chosen("name", (2, 1)), Chosen("tier", (1,)))))
    bus.run(Merge((3, 4), (Chosen("tier", (3,)),)))
    bus.run(SetTier((3,), "B"))
    people(back, "Zoe")
    bring(back, written(bus.path))
    shown = [
        (person_row(back.path, who)["name"], person_row(back.path, who)["tier"]) for who in (2, 4)
    ]
    assert shown == [("Ben", "C"), ("Cy", "B")]
    assert rows(
        back.path, "SELECT card_id, of_id FROM choice WHERE field = 'name' ORDER BY id"
    ) == [
        *((2, 3), (3, 3), (2, 2), (3, 2)),
    ]


def test_a_choice_does_not_come_where_one_of_its_entries_was_here_before(tmp_path: Path) -> None:
    bus, back = fresh(tmp_path / "there.db"), fresh(tmp_path / "here.db")
    people(bus, "Ada", "Ben")
    bring(back, written(bus.path))
    people(bus, "Cy")
    bus.run(Merge((1, 3), (Chosen("name", (3,)),)))
    bring(back, written(bus.path))
    assert rows(back.path, "SELECT person_id FROM card ORDER BY id") == [(1,), (2,), (1,)]
    assert rows(back.path, "SELECT * FROM choice") == []
    assert person_row(back.path, 1)["name"] == "Cy"


def test_the_log_of_a_known_person_grows_by_what_is_not_here(
    tmp_path: Path, small: list[bytes]
) -> None:
    bus, other = fresh(tmp_path / "here.db"), fresh(tmp_path / "other.db")
    bring(bus, small)
    bring(other, small)
    other.run(LogTalks((Talk((1,), CLOCK.today(), text="more"),)))
    other.run(LogTalks((Talk((3,), CLOCK.today(), text="hello"),)))  # the same words, fewer people
    assert bring(bus, written(other.path)).new == 0
    assert person_row(bus.path, 1)["talks"] == 2
    assert person_row(bus.path, 3)["talks"] == 2
    assert written(bus.path)[1:] == written(other.path)[1:]


def test_a_talk_with_the_same_key_of_its_source_is_the_same_talk(tmp_path: Path) -> None:
    from tests.book import Sql, row

    keyed = row("interaction", kind="mail", day="2026-01-02", direction="in", source_key="<1@x>")
    bus, other = fresh(tmp_path / "here.db"), fresh(tmp_path / "other.db")
    bus.run(Sql((keyed,)))
    other.run(Sql((keyed, row("participant", interaction_id=1, role="from"))))
    bring(bus, written(other.path))
    assert rows(bus.path, "SELECT count(*) FROM interaction") == [(1,)]
    assert rows(bus.path, "SELECT count(*) FROM participant") == [(0,)]


def test_somebody_put_away_here_stays_away_under_another_entry(tmp_path: Path) -> None:
    bus, other = fresh(tmp_path / "here.db"), fresh(tmp_path / "other.db")
    store(other, entry("Info Desk", ("email", "info@desk.example")), account="old")
    store(bus, entry("Info", ("email", "info@desk.example")), account="new")
    bus.run(SetTier((1,), "D"))
    assert bring(bus, written(other.path)).put_away == 1
    assert person_row(bus.path, 2)["tier"] == "D"


def test_a_stop_in_between_leaves_the_book_as_it_was(tmp_path: Path, small: list[bytes]) -> None:
    bus = fresh(tmp_path / "here.db")

    def stop(_count: int) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        bring(bus, small, progress=stop)
    assert is_empty(bus.path)


def _changed(lines: list[bytes], change: Callable[[list[dict[str, Any]]], object]) -> list[bytes]:
    """The lines with another content and a last line that fits."""
    documents = [json.loads(line) for line in lines[:-1]]
    change(documents)
    end = {"end": {"lines": len(documents) - 1}}
    return [json.dumps(document).encode() + b"\n" for document in (*documents, end)]


def _first(documents: list[dict[str, Any]], table: str) -> dict[str, Any]:
    return next(one for one in documents if one.get("table") == table)


WRONG: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "a newer schema": lambda d: d[0].update(schema=9_999),
    "a newer form": lambda d: d[0].update(vitalfew=2),
    "no schema": lambda d: d[0].pop("schema"),
    "counts of no table": lambda d: d[0]["rows"].update(bogus=1),
    "a count that is none": lambda d: d[0]["rows"].update(card="3"),
    "more promised than there is": lambda d: d[0]["rows"].update(card=4),
    "an unknown table": lambda d: d[1].update(table="command"),
    "no table": lambda d: d[1].pop("table"),
    "an unknown field": lambda d: _first(d, "card").update(bogus=1),
    "a number for text": lambda d: _first(d, "card").update(uid=5),
    "text for a number": lambda d: _first(d, "card").update(person_id="1"),
    "true for a number": lambda d: _first(d, "card").update(person_id=True),
    "a list": lambda d: _first(d, "fact").update(value=["Ada"]),
    "a fraction": lambda d: _first(d, "fact").update(part=1.5),
    "a number too large": lambda d: _first(d, "fact").update(part=2**63),
    "an empty uid": lambda d: _first(d, "card").update(uid=""),
    "one uid twice": lambda d: d[4].update(uid=d[3]["uid"]),
    "a card of nobody": lambda d: _first(d, "fact").update(card_id=99),
    "a card of number 0": lambda d: _first(d, "fact").update(card_id=0),
    "a home that is none": lambda d: d[5].update(person_id=2),
    "ids with a gap": lambda d: _first(d, "fact").update(id=7),
    "no id": lambda d: _first(d, "fact").pop("id"),
    "rows out of order": lambda d: d.insert(1, d.pop(6)),
    "a participant of another talk": lambda d: _first(d, "participant").update(interaction_id=0),
    "a day that is none": lambda d: _first(d, "interaction").update(day="yesterday"),
    "a promise forgotten": lambda d: _first(d, "promise").update(kept="forgotten"),
    "a promise of nobody": lambda d: _first(d, "promise").update(owed_by="us"),
    "a tier that is none": lambda d: _first(d, "standing").update(value="E"),
    "a decision above all others": lambda d: _first(d, "standing").update(set_by=10**9),
    "bytes of another name": lambda d: _first(d, "blob").update(sha256="0" * 64),
    "bytes that cannot be unpacked": lambda d: _first(d, "blob").update(data="?"),
    "an address that is no JSON": lambda d: _first(d, "fact").update(kind="address", detail="["),
    "a row too few": lambda d: d.pop(7),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_broken_book_is_refused_whole_and_a_trial_says_so_too(
    tmp_path: Path, small: list[bytes], change: Callable[[list[dict[str, Any]]], object]
) -> None:
    bus = fresh(tmp_path / "here.db")
    with pytest.raises(VitalfewError) as refusal:
        bring(bus, _changed(small, change))
    assert is_empty(bus.path)
    assert len(refusal.value.sentence.splitlines()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        *({"of_id": 99}, {"card_id": 0}, {"field": "email"}, {"field": "tier"}, {"place": -1}),
        *({"set_by": 0}, {"set_by": 99}, {"of_id": None}),
    ],
    ids=str,
)
def test_a_choice_that_makes_no_sense_is_refused(
    tmp_path: Path, small: list[bytes], wrong: dict[str, object]
) -> None:
    there, bus = fresh(tmp_path / "there.db"), fresh(tmp_path / "here.db")
    bring(there, small)
    there.run(Merge((1, 3), (Chosen("name", (3,)),)))

    def spoil(documents: list[dict[str, Any]]) -> None:
        chosen = [one for one in documents if one.get("table") == "choice"]
        next(one for one in chosen if one["field"] == "name").update(wrong)

    with pytest.raises(VitalfewError):
        bring(bus, _changed(written(there.path), spoil))
    assert is_empty(bus.path)


def test_lines_without_a_hash_come_in_as_well(tmp_path: Path, small: list[bytes]) -> None:
    bus = fresh(tmp_path / "here.db")
    assert bring(bus, _changed(small, lambda d: d[0].update(made=""))).new == 3


@settings(max_examples=30)
@given(st.data())
def test_any_other_value_is_taken_or_refused_but_never_breaks_the_lists(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    bus = fresh(tmp_path_factory.mktemp("odd") / "here.db")

    def change(documents: list[dict[str, Any]]) -> None:
        one = data.draw(st.sampled_from(documents[1:]))
        name = data.draw(st.sampled_from(sorted(one)))
        one[name] = data.draw(
            st.one_of(
                st.text(max_size=6),
                st.integers(-(2**64), 2**64),
                st.none(),
                st.booleans(),
                st.floats(),
                st.sampled_from(["9" * 5_000, "9999-99-99", "value", "birthday", "[]", "\ud800"]),
            )
        )

    other = fresh(tmp_path_factory.mktemp("odd") / "other.db")
    people(other, "Ada")
    other.run(SetTier((1,), "A"))
    other.run(LogTalks((Talk((1,), CLOCK.today(), text="hello"),)))
    lines = _changed(written(other.path), change)
    try:
        bring(bus, lines)
    except VitalfewError:
        assert is_empty(bus.path)
    else:
        assert len(derived(bus.path)) <= 1
    bus.close()
    other.close()


def test_what_is_owed_comes_back_with_its_talk_and_what_became_of_it(tmp_path: Path) -> None:
    bus, back = fresh(tmp_path / "a.db"), fresh(tmp_path / "b.db")
    people(bus, "Ada", "Ben", "Cy")
    bus.run(LogTalks((Talk((1,), CLOCK.today(), "call"),)))
    bus.run(AddPromise((1,), "me", "the deck", "2026-11-27", talk=1))
    bus.run(AddPromise((3,), "them", "an intro"))
    bus.run(AddPromise((3,), "me", "a book"))
    bus.run(SettlePromise(2))
    bus.run(SettlePromise(3, kept=False))
    bus.run(merge(1, 3))
    people(back, "Somebody")
    bring(back, written(bus.path))

    def owed(book: Bus, person: int) -> list[tuple[str, ...]]:
        lines = read(book.path, lambda view: promises.of_person(view, person, settled=True))
        return [(line.name, *line[3:]) for line in lines]

    assert owed(back, 2) == owed(bus, 1) != []
    assert [line[-1] for line in owed(back, 2)] == ["", "2026-11-21", "dropped"]
    assert rows(back.path, "SELECT card_id, interaction_id FROM promise WHERE due <> ''") == [
        (2, 1)
    ]
