from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queries.merge import Equal, Field, MergeEntry, MergeView, Option, United
from core.queries.questions import Question
from tests.support import HOSTILE, is_calm
from tests.tui.conftest import MORNING
from tests.tui.screens.test_merge_sitting import line, sitting
from tui import safe
from tui.screens import merge_rows, merge_says, merge_words
from tui.screens.merge_draft import Draft, of_question
from tui.screens.merge_item import CERTAIN, LIKELY, QUESTIONS, Item
from tui.screens.merge_queue import queue_line, queue_rows
from tui.screens.merge_sitting import Sitting
from tui.screens.merge_table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.widgets.split_lines import Split

TODAY = MORNING.today()
GOOGLE, LINKEDIN = ("google me@post.example", "2026-11-03"), ("linkedin", "2024-03-02")


def option(card: int, value: str, said: tuple[str, str], beside: str = "also") -> Option:
    return Option(card, card, value, beside, *said, "source")


def field(name: str, *values: str, beside: str = "also") -> Field:
    said = (GOOGLE, LINKEDIN, ("", ""))
    given = zip(values, said, strict=False)
    return Field(name, tuple(option(at, *one, beside) for at, one in enumerate(given, 1)), 0)


def view(*fields: Field, people: Sequence[int] = (1, 2), **more: object) -> MergeView:
    lines = tuple(line(person, email=f"p{person}@post.example") for person in people)
    entries = tuple(MergeEntry(one, one, GOOGLE[0], "2026-11-03", gone=False) for one in people)
    return MergeView(lines, entries, fields, (), (), 31)._replace(**more)  # type: ignore[arg-type]


def painted(draft: Draft, width: int = 77, **more: bool) -> list[str]:
    rows = merge_rows.rows(draft, TODAY, equal=more.get("equal", False))
    table = Table(rows)
    return [table.line(row, width).plain.rstrip() for row in rows]


def text(lines: Sequence[Split]) -> list[str]:
    return ["".join(words for words, _ in (*one.left, *one.right)) for one in lines]


SMITH = view(
    field("name", "Robert Smith", "Bob Smith"),
    field("work", "CTO, Globex", "Acme", beside="formerly"),
    field("tier", "A", "C", beside=""),
)


def test_the_columns_of_a_pair_stand_under_one_another() -> None:
    assert painted(Draft(SMITH)) == [
        "",
        "name     (•) Robert Smith  Google, 3 Nov",
        "         ( ) Bob Smith     LinkedIn, Mar 2024  stays as “also”",
        "",
        "work     (•) CTO, Globex   Google, 3 Nov",
        "         ( ) Acme          LinkedIn, Mar 2024  stays as “formerly”",
        "",
        "tier     (•) A             Google, 3 Nov",
        "         ( ) C             LinkedIn, Mar 2024",
    ]


def test_the_columns_stay_where_they_are_whatever_is_chosen() -> None:
    draft = Draft(SMITH)
    before = [row.find("LinkedIn") for row in painted(draft)]
    draft.choose("name", 1)
    draft.both("work", 1)
    after = painted(draft)
    assert [row.find("LinkedIn") for row in after] == before
    assert "( ) Robert Smith  Google, 3 Nov       stays as “also”" in after[1]
    assert "(+) Acme          LinkedIn, Mar 2024  shows too" in after[5]


def test_a_long_value_gets_the_room_of_the_words_beside_it_and_is_cut_at_last() -> None:
    long = "Head of Strategic Operations and Everything Else"
    draft = Draft(view(field("work", f"{long}, Globex", "Acme", beside="formerly")))
    shown = painted(draft, 77)
    assert "Head of Strategic Operations an…" in shown[1]
    assert shown[2].endswith("LinkedIn, Mar 2024  “formerly”")
    assert f"{long}, Globex" in painted(draft, 120)[1]


def test_a_value_that_is_cut_can_be_read_below() -> None:
    rows = merge_rows.rows(Draft(view(field("name", "x" * 90, "Bob"))), TODAY, equal=False)
    table = Table(rows)
    assert table.cut(rows[1], 77) == "x" * 90
    assert table.cut(rows[2], 77) == ""


def test_whose_the_entries_of_a_pair_are_is_never_cut_short_where_there_is_room() -> None:
    pair = (line(1, "Ada"), line(2, "A. Wong", email="ada@post.example", sources="google,vcard"))
    entries = (
        MergeEntry(1, 1, "vcard", "2026-11-03", gone=False),
        MergeEntry(2, 2, GOOGLE[0], "2026-11-03", gone=False),
    )
    draft = Draft(view()._replace(people=pair, entries=entries))
    rows = merge_rows.rows(draft, TODAY, equal=True)
    table = Table(rows)
    shown = [table.line(row, 77).plain.rstrip() for row in rows]
    assert shown[-1].endswith("A. Wong · ada@post.example  Google, vCard, 3 Nov")
    assert table.cut(rows[-1], 40) == "A. Wong · ada@post.example"


@pytest.mark.parametrize("people", [(), (1,)])
def test_fewer_than_two_are_told_to_be_too_few(people: tuple[int, ...]) -> None:
    draft = Draft(view(people=(1, 2, 3)))
    for other in {1, 2, 3}.difference(people):
        draft.take_out(line(other))
    told = merge_words.told(draft, equal=False)
    assert told == ("it takes two: - takes somebody in again",)


def test_values_are_told_as_people_say_them() -> None:
    draft = Draft(
        view(
            field("birthday", "1980-05-03", "--05-04"),
            field("cadence", "21", "60", beside=""),
            field("zone", "Europe/Berlin", "UTC"),
            field("maiden", "Green", "Grün"),
        )
    )
    shown = "\n".join(painted(draft))
    for words in ("(•) 3 May 1980 (46)", "( ) 4 May", "talk      (•) every 21 days"):
        assert words in shown
    assert "time zone (•) Europe/Berlin" in shown
    assert "born as   (•) Green" in shown


def test_who_says_so_is_you_a_source_or_the_program() -> None:
    options = (
        Option(1, 1, "A", "", "", "2026-11-20", "user"),
        Option(2, 2, "C", "", "", "2026-11-19", "auto"),
        Option(3, 3, "B", "", "google a@x.example", "2026-11-03", "source"),
        Option(4, 4, "D", "", "google b@x.example", "2026-11-03", "source"),
    )
    shown = painted(Draft(view(Field("name", options, 0))), 110)
    for words in ("you, 20 Nov", "as suggested, 19 Nov", "Google a@x.example, 3 Nov"):
        assert any(words in row for row in shown)


def test_a_group_lists_who_is_in_it_and_who_was_left_out() -> None:
    group = view(field("name", "Ada", "A. Wong"), people=(1, 2, 3))
    draft = Draft(group)
    draft.take_out(group.people[2])
    shown = painted(draft)
    assert shown[4] == "entries  [x] Person 1 · p1@post.example  by hand, 3 Nov"
    assert shown[6] == "         [ ] Person 3 · p3@post.example  by hand, 3 Nov      left out"


def test_a_pair_without_a_conflict_says_that_everything_is_kept() -> None:
    assert "Nothing to decide: everything is kept. enter merges." in painted(Draft(view()))


def test_what_is_equal_is_shown_on_demand() -> None:
    draft = Draft(view(equal=(Equal("email", "a@x.example"), Equal("email", "b@x.example"))))
    shown = painted(draft, equal=True)
    assert shown[-2:] == ["mail      =  a@x.example", "          =  b@x.example"]


def test_the_loss_line_counts_what_is_kept() -> None:
    united = tuple(United(kind, 2) for kind in ("email", "address", "phone", "note", "label"))
    one = view(united=united, equal=(Equal("city", "Bern"),) * 4)
    told = merge_words.told(Draft(one), equal=False)
    assert told == (
        "31 values, all 31 kept",
        "2 e-mails, 2 addresses, 2 phones, 2 notes, 2 more kept from both",
        "4 equal (v shows)",
    )
    three = Draft(view(people=(1, 2, 3), united=(United("phone", 1),)))
    assert merge_words.told(three, equal=False)[1] == "1 phone kept from all"


def test_a_piece_of_the_loss_line_is_not_broken() -> None:
    lines = text(merge_words.foot(("one two", "three four", "five"), "", 18, 3))
    assert lines == ["", "one two", "three four · five"]
    assert text(merge_words.foot(("one",), "whole", 20, 3)) == ["whole", "", "one"]


def test_the_head_says_who_how_sure_and_why() -> None:
    item = Item(LIKELY, (1, 2), 93, ("same e-mail address", "both 'Ada'"), ("different city",))
    one = sitting(item)
    one.lines |= {1: line(1, "Ada Wong", sources="linkedin"), 2: line(2, sources="google")}
    assert text(merge_words.head(item, one, None, 78)) == [
        "Ada Wong and Person 2likely, 93 % · 1 of 1",
        "LinkedIn and Google; same e-mail address; both 'Ada'",
        "but different city",
    ]
    long = merge_words.head(item._replace(why=("very " * 60,)), one, None, 60)
    assert len(long) == 4


def test_a_question_shows_what_was_said_before_mine_and_theirs() -> None:
    asked = Question(
        *(7, 1, 1, "Ada", "", "birthday", "1985-05-03", "1985-05-04", "1985-03-05"),
        *("google me", "2026-11-20", ()),
    )
    draft = of_question(asked, [line(1, "Ada")])
    rows = merge_rows.rows(draft, TODAY, equal=False, base=asked.base)
    table = Table(rows)
    assert [table.line(row, 77).plain.rstrip() for row in rows] == [
        "",
        "before       3 May 1985 (41)",
        "birthday (•) 4 May 1985 (41)    you",
        "         ( ) 5 March 1985 (41)  Google, 20 Nov",
    ]
    item = Item(QUESTIONS, (1,), question=asked)
    head = text(merge_words.head(item, sitting(item), draft, 78))
    assert head[0] == "Adaa question · 1 of 1"
    assert "Google says something new" in head[1]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ada"], "Ada"),
        (["Ada", "Ada"], "Ada"),
        (["Ada", "Bob"], "Ada and Bob"),
        (["Ada", "Bob", "Cleo"], "Ada, Bob and Cleo"),
        (["Ada", "Bob", "Cleo", "Dan", "Eve"], "Ada, Bob, Cleo and 2 more"),
        (["", "Bob"], "(no name) and Bob"),
    ],
)
def test_names_are_told_once_and_not_all_of_many(names: list[str], told: str) -> None:
    assert merge_words.named(names) == told


def test_the_queue_has_headings_with_counts_and_the_best_tier() -> None:
    items = (Item(CERTAIN, (1, 2), 99), Item(LIKELY, (3, 4), 93))
    one = sitting(*items)
    one.lines |= {1: line(1, "Ada", tier="C"), 2: line(2, "Ada", tier="A")}
    rows = queue_rows(one)
    assert [row for row in rows if isinstance(row, str)] == ["certain 1", "likely 1"]
    assert queue_line(rows[1], 20, one).plain == "A Ada           99 %"


def test_all_certain_ones_are_asked_about_with_ten_examples() -> None:
    items = tuple(Item(CERTAIN, (at, at + 1)) for at in range(1, 60, 2))
    asked = merge_says.all_certain(items, sitting(*items))
    assert asked.startswith("Merge all certain ones? 60 become 30 people.")
    assert asked.count("Person") == 20
    assert "and 20 more" in asked


def test_an_example_of_any_name_is_one_line_that_ends_with_the_sources() -> None:
    item = Item(CERTAIN, (1, 2))
    one = sitting(item)
    for name in (*HOSTILE, "陈伟" * 40):
        one.lines = {at: line(at, f"{name} {at}", sources="google,vcard") for at in (1, 2)}
        _, _, example, *_ = merge_says.all_certain([item], one).split("\n")
        assert example.endswith(": Google, vCard, Google, vCard")
        assert safe.cells(example) <= 56


def test_nothing_to_merge_says_why_and_what_to_do_next() -> None:
    one = Sitting()
    assert "7" in merge_says.nothing(one, None, people=0)
    assert "Comparing 1,200 entries: 42%" in merge_says.nothing(one, (1_200, 0.42), people=9)
    assert "Nothing to merge" in merge_says.nothing(one, None, people=9)


@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE), st.integers(44, 120))
def test_hostile_values_stay_on_their_line_and_within_it(one: str, other: str, width: int) -> None:
    said = (one, "2026-11-01")
    options = (option(1, one, GOOGLE), option(2, other, said, one))
    draft = Draft(view(Field("name", options, 0), equal=(Equal(one, other),)))
    for row in painted(draft, width, equal=True):
        assert is_calm(row)
        assert safe.cells(row) <= width
