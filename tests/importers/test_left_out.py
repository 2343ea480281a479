from __future__ import annotations

import pytest

from importers.left_out import counted, files


def test_one_is_told_otherwise_than_several_and_none_is_not_told() -> None:
    left = {("draft", "drafts"): 1, ("call", "calls"): 0, ("entry of no kind", "entries"): 1_200}
    assert counted(left) == "1 draft, 1,200 entries left out"


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "f1"),
        (4, "f1, f2, f3, f4"),
        (5, "f1, f2, f3, f4 and 1 more file"),
        (2_004, "f1, f2, f3, f4 and 2,000 more files"),
    ],
)
def test_four_files_are_named_and_the_others_counted(count: int, told: str) -> None:
    assert files([f"f{number}" for number in range(1, count + 1)]) == told
