"""What is chosen on the screen, written into a file that somebody types in too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError, VitalfewError
from core.rules.evidence import WEIGHTS
from core.settings import Settings, load, parse
from core.settings_file import SettingsFile, changed, present, usual

if TYPE_CHECKING:
    from pathlib import Path

TYPED = """# mine, since 2024
budget = 7   # people a day

# how often
[cadence]  # days
C = 180    # twice a year
A = 14

[keys]
"triage.skip" = "right,s"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(TYPED, "utf-8")
    return path


def test_another_value_leaves_comments_order_and_all_other_lines(file: Path) -> None:
    settings = SettingsFile(file)
    assert settings.change("", "budget", 4).before == 7
    assert settings.change("cadence", "A", 10).before == 14
    assert file.read_text("utf-8") == TYPED.replace("= 7 ", "= 4 ").replace("A = 14", "A = 10")


def test_a_new_value_stands_below_the_others_and_above_what_is_said_of_a_table(file: Path) -> None:
    change = SettingsFile(file).change("", "mailer", 'mutt "{address}"')
    line = 'mailer = "mutt \\"{address}\\""\n'
    assert file.read_text("utf-8") == TYPED.replace("a day\n", f"a day\n{line}")
    assert (change.before, change.settings.mailer) == (None, 'mutt "{address}"')


def test_a_table_that_is_not_there_is_made(file: Path) -> None:
    SettingsFile(file).change("weights", "phone", 3)
    assert file.read_text("utf-8") == TYPED + "\n[weights]\nphone = 3\n"


def test_the_usual_again_takes_the_line_away_unless_something_is_said_in_it(file: Path) -> None:
    settings = SettingsFile(file)
    settings.change("cadence", "A", None)
    settings.change("cadence", "C", None)
    assert file.read_text("utf-8") == TYPED.replace("A = 14\n", "").replace("C = 180", "C = 0")
    assert load(file) == Settings(budget=7, keys={"triage.skip": "right,s"})


def test_without_a_file_one_is_made_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "config" / "vitalfew" / "settings.toml"
    SettingsFile(path).change("", "budget", 4)
    assert path.read_text("utf-8") == "budget = 4\n"
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_said_at_the_head_of_a_file_stays_there(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for before, after in (
        ("# of us all\n\n[cadence]\n", "# of us all\n\nbudget = 4\n\n[cadence]\n"),
        ("# how often\n[cadence]\n", "budget = 4\n# how often\n[cadence]\n"),
        ("# budget = 9", "# budget = 9\nbudget = 4\n"),
    ):
        path.write_text(before, "utf-8")
        SettingsFile(path).change("", "budget", 4)
        assert path.read_text("utf-8") == after


def test_what_an_editor_wrote_meanwhile_is_kept(file: Path) -> None:
    settings = SettingsFile(file)
    settings.change("", "budget", 4)
    file.write_text(file.read_text("utf-8").replace("A = 14", "A = 30"), "utf-8")
    assert settings.change("", "rest_days", 3).settings.cadence["A"] == 30


@pytest.mark.parametrize(
    "text",
    ["budget = ", "bugdet = 4\n", "budget = 5\nbudget = 6\n", "cadence = {A = true}", "\xff"],
)
def test_a_file_that_cannot_be_understood_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=r"settings\.toml"):
        SettingsFile(path).change("", "rest_days", 3)
    assert path.read_bytes() == text.encode("latin-1")


def test_a_file_that_may_only_be_read_is_left_as_it_is(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(VitalfewError, match="may only be read; nothing was changed"):
        SettingsFile(file).change("", "budget", 4)
    assert file.read_text("utf-8") == TYPED
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file", "utf-8")
    with pytest.raises(VitalfewError, match="cannot be"):
        SettingsFile(tmp_path / "config" / "settings.toml").change("", "budget", 4)


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_stays_a_link_and_what_it_leads_to_is_written(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    SettingsFile(link).change("", "budget", 4)
    assert link.is_symlink()
    assert load(file).budget == 4


def test_of_the_sample_book_nothing_is_written(file: Path) -> None:
    settings = SettingsFile(file, kept=False)
    assert settings.change("", "budget", 4).settings.budget == 4
    assert settings.change("", "rest_days", 3).settings.budget == 4
    assert file.read_text("utf-8") == TYPED


def test_a_value_written_in_a_way_of_its_own_is_still_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for text in ("cadence.A = 3\n[keys]\n", "cadence = {A = 3}\r\nbudget = 3\r\n", "cadence={}"):
        path.write_bytes(text.encode())
        assert SettingsFile(path).change("cadence", "B", 90).settings.cadence["B"] == 90
        assert SettingsFile(path).change("", "rest_days", 3).settings.rest_days == 3
        assert load(path).cadence["B"] == 90
        assert b"\n" not in path.read_bytes().replace(b"\r\n", b"") or "\r" not in text


COMMENT = st.sampled_from(["", "# [x] = 3", "   # \"quoted\" 'so'", "#"])
NUMBER = st.integers(0, 400)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Files as people write them."""
    lines = [draw(COMMENT), f"news_days = {draw(NUMBER)} {draw(COMMENT)}", draw(COMMENT)]
    lines += draw(st.sampled_from([[], ['mailer = """a\nb = 3\n{address}"""'], ["theme = 'x'"]]))
    for table, keys in (("cadence", "ABC"), ("weights", ("phone", "work"))):
        if draw(st.booleans()):
            lines += [draw(COMMENT), f"[{table}] {draw(COMMENT)}"]
            lines += [f"{key} = {draw(NUMBER)} {draw(COMMENT)}" for key in keys]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@given(
    texts(),
    st.sampled_from([("", "budget"), ("", "news_days"), ("cadence", "B"), ("weights", "phone")]),
    st.none() | NUMBER,
)
def test_one_value_is_another_and_no_comment_is_lost(
    text: str, place: tuple[str, str], value: int | None
) -> None:
    new = changed(text, "settings.toml", *place, value)
    before, after = parse(text, "f"), parse(new, "f")
    assert present(after, *place) == (usual(*place) if value is None else value)
    for other in [("", "rest_days"), ("cadence", "A"), ("weights", "work"), ("", "mailer")]:
        assert present(after, *other) == present(before, *other)
    assert new.count("#") >= text.count("#")
    assert changed(new, "settings.toml", *place, value) == new


def test_each_weight_has_a_usual_value() -> None:
    assert {key: usual("weights", key) for key in WEIGHTS} == WEIGHTS
