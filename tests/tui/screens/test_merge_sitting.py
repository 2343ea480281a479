from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.queries.people import PersonLine
from core.queries.questions import Question
from tui.screens.merge_item import BY_HAND, CERTAIN, LATER, LIKELY, QUESTIONS, UNSURE, Item, Reading
from tui.screens.merge_sitting import Sitting

ASKED = Question(77, 9, 9, "Nine", "", "birthday", "1 May", "2 May", "3 May", "google", "", ())
ITEMS = (
    Item(QUESTIONS, (9,), question=ASKED),
    Item(CERTAIN, (1, 2)),
    Item(LIKELY, (3, 4, 5)),
    Item(UNSURE, (2, 6)),
    Item(UNSURE, (1, 6)),
    Item(LATER, (7, 8)),
)


def line(person: int, name: str = "", **more: str) -> PersonLine:
    fields = dict.fromkeys(PersonLine._fields, "") | {"cards": 1}
    shown = name or f"Person {person}"
    return PersonLine(**fields | {"id": person, "name": shown, "search": shown.lower()} | more)  # type: ignore[arg-type]


def reading(*items: Item) -> Reading:
    people = {person for item in items for person in item.people}
    return Reading(items, tuple(line(person) for person in sorted(people)))


def sitting(*items: Item) -> Sitting:
    made = Sitting()
    made.agree(reading(*(items or ITEMS)))
    return made


def keys(one: Sitting) -> list[tuple[int, ...]]:
    return [item.key for item in one.open]


def current(one: Sitting) -> tuple[int, ...]:
    return one.current.key if one.current else ()


def test_it_opens_on_the_first_one_and_goes_on_in_an_order_that_stays() -> None:
    one = sitting()
    seen = []
    while one.current:
        seen.append(one.current.key)
        one.answer(one.current)
    assert seen == [(-77,), (1, 2), (3, 4, 5), (2, 6), (1, 6), (7, 8)]
    assert one.dealt == len(seen)


def test_the_count_says_which_of_its_list_the_shown_one_is() -> None:
    one = sitting()
    one.go_to((2, 6))
    assert one.count == (1, 2)
    one.answer(one.current or ITEMS[0])
    assert (current(one), one.count) == ((1, 6), (2, 2))


def test_going_on_decides_nothing_and_ends_at_either_end() -> None:
    one = sitting()
    assert not one.go(-1)
    assert one.go(1)
    assert current(one) == (1, 2)
    one.go_to((7, 8))
    assert not one.go(1)
    assert len(one.open) == len(ITEMS)


def test_after_the_last_one_the_first_that_is_open_is_shown() -> None:
    one = sitting()
    one.go_to((7, 8))
    one.answer(ITEMS[-1])
    assert current(one) == (-77,)


def test_what_is_put_off_comes_last_and_a_question_behind_the_other_questions() -> None:
    other = ITEMS[0]._replace(question=ASKED._replace(fact=78))
    one = sitting(ITEMS[0], other, *ITEMS[1:])
    one.put_off(ITEMS[0])
    assert keys(one)[:3] == [(-78,), (-77,), (1, 2)]
    one.put_off(ITEMS[1])
    assert keys(one)[-2:] == [(7, 8), (1, 2)]
    assert one.open[-1].lane == LATER
    assert current(one) == (-78,)


def test_whoever_was_to_be_compared_with_somebody_merged_is_with_who_they_are_now() -> None:
    one = sitting()
    one.answer(ITEMS[1])
    one.merged({1: 1, 2: 1})
    assert keys(one) == [(-77,), (3, 4, 5), (1, 6), (7, 8)]


def test_a_pair_that_was_answered_is_not_asked_again_under_the_name_of_who_they_became() -> None:
    one = sitting()
    one.answer(ITEMS[4])  # 1 and 6 are different people
    one.answer(ITEMS[1])
    one.merged({1: 1, 2: 1})  # so 2, who is 1 now, and 6 are too
    assert keys(one) == [(-77,), (3, 4, 5), (7, 8)]


def test_all_that_is_decided_at_once_comes_back_at_once_and_what_was_put_off_stays() -> None:
    one = sitting(*ITEMS, Item(CERTAIN, (20, 21)))
    one.put_off(ITEMS[2])
    one.answer_all(one.of_lane(CERTAIN))
    one.merged({1: 1, 2: 1, 20: 20, 21: 20})
    assert keys(one) == [(-77,), (1, 6), (7, 8), (3, 4, 5)]
    put_off = ITEMS[2]._replace(lane=LATER)
    others = [item for item in ITEMS if item is not ITEMS[2]]
    one.agree(reading(*others, put_off, Item(CERTAIN, (20, 21))))
    assert current(one) == (1, 2)


def test_what_is_taken_back_is_shown_again_at_its_old_place() -> None:
    one = sitting()
    one.answer(ITEMS[1])
    one.merged({1: 1, 2: 1})
    one.go_to((7, 8))
    one.agree(reading(*ITEMS))
    assert current(one) == (1, 2)
    assert keys(one) == [item.key for item in ITEMS]
    assert one.dealt == 0


def test_putting_off_that_is_taken_back_shows_the_pair_again() -> None:
    one = sitting()
    one.put_off(ITEMS[1])
    late = ITEMS[1]._replace(lane=LATER)
    others = [item for item in ITEMS if item is not ITEMS[1]]
    one.agree(reading(*others, late))
    assert current(one) == (-77,)
    one.agree(reading(*ITEMS))
    assert current(one) == (1, 2)


def test_putting_off_that_is_taken_back_leaves_it_where_it_was_in_its_list() -> None:
    first, second = Item(CERTAIN, (1, 2)), Item(CERTAIN, (3, 4))
    one = sitting(first, second)
    one.put_off(first)
    one.agree(reading(second, first._replace(lane=LATER)))
    assert keys(one) == [(3, 4), (1, 2)]
    one.agree(reading(first, second))
    assert keys(one) == [(1, 2), (3, 4)]


def test_what_was_refused_is_back_under_the_cursor() -> None:
    one = sitting()
    one.answer(ITEMS[0])
    one.answer(ITEMS[1])
    one.refused(ITEMS[0])
    assert current(one) == (-77,)
    assert keys(one)[0] == (-77,)


def test_reading_again_stays_where_one_was() -> None:
    one = sitting()
    one.go_to((3, 4, 5))
    one.agree(reading(Item(CERTAIN, (20, 21)), *ITEMS))
    assert current(one) == (3, 4, 5)
    one.agree(reading(*(item for item in ITEMS if item.key != (3, 4, 5))))
    assert current(one) == (2, 6)


def test_a_search_leaves_those_in_whom_somebody_answers_to_it() -> None:
    one = sitting()
    one.lines[4] = line(4, "Zoe", sources="linkedin", tier="A")
    for words in ("zoe", "source:linkedin", "tier:a"):
        one.narrow(words)
        assert keys(one) == [(3, 4, 5)]
    one.narrow("nobody at all")
    assert one.current is None
    one.narrow("")
    assert len(one.open) == one.all == len(ITEMS)


def test_what_is_put_side_by_side_by_hand_comes_first_and_can_be_dropped() -> None:
    one = sitting()
    by_hand = Item(BY_HAND, (3, 8))
    one.bring(by_hand, [line(3), line(8)])
    one.agree(reading(*ITEMS))
    assert current(one) == (3, 8)
    one.drop(by_hand)
    one.agree(reading(*ITEMS))
    assert keys(one) == [item.key for item in ITEMS]


def test_an_empty_queue_has_nothing_to_show() -> None:
    one = sitting(Item(CERTAIN, (1, 2)))
    one.answer(one.current or ITEMS[0])
    assert one.current is None
    assert one.count == (0, 0)
    assert one.ahead(3) == []
    assert not one.go(1)


@given(st.lists(st.sampled_from(["answer", "later", "merge", "next", "back", "again"])))
def test_whatever_is_pressed_the_queue_holds_each_once_and_shows_one_of_it(
    steps: list[str],
) -> None:
    one = sitting()
    for step in steps:
        item = one.current
        if step == "again":
            one.agree(reading(*ITEMS))
        elif item is None or step in {"next", "back"}:
            one.go(1 if step == "next" else -1)
        elif step == "later":
            one.put_off(item)
        else:
            one.answer(item)
            if step == "merge" and not item.question:
                one.merged(dict.fromkeys(item.people, item.people[0]))
        assert len(set(keys(one))) == len(one.open)
        assert (one.current is None) == (not one.open)
        lanes = [item.lane for item in one.open]
        assert lanes == sorted(lanes, key=[QUESTIONS, CERTAIN, LIKELY, UNSURE, LATER].index)
