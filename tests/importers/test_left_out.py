from __future__ import annotations

from importers.left_out import counted


def test_one_is_told_otherwise_than_several_and_none_is_not_told() -> None:
    left = {("draft", "drafts"): 1, ("call", "calls"): 0, ("entry of no kind", "entries"): 1_200}
    assert counted(left) == "1 draft, 1,200 entries left out"
