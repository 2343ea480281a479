"""What the README and the changelog say is what the program does."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import core
from tests.readme import README, shown_keys
from tui.key_guide import key_table

ROOT = README.parent


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text("utf-8")


@pytest.fixture(scope="module")
def commands() -> list[str]:
    """The commands that ``vitalfew --help`` lists."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return re.findall(r"^ {2}([a-z-]+)\b", done.stdout.partition("Commands:")[2], re.MULTILINE)


def test_the_key_table_is_that_of_the_registry(readme: str) -> None:
    assert shown_keys(readme) == key_table(), "make readme writes it anew"


def test_every_command_is_in_the_shell_table(readme: str, commands: list[str]) -> None:
    assert {"import", "focus", "triage", "undo", "demo"} <= set(commands)
    told = set(re.findall(r"^\| `vitalfew ([a-z-]+)", readme, re.MULTILINE))
    assert told == set(commands)


def test_every_make_target_that_is_told_exists(readme: str) -> None:
    text = readme + (ROOT / "CONTRIBUTING.md").read_text("utf-8") + (ROOT / ".ci/run").read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    assert {"demo", "test", "check"} <= told
    assert told <= targets


def test_every_file_that_a_page_points_to_exists() -> None:
    pointed = [
        (page.name, target)
        for page in ROOT.glob("*.md")
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]
    assert pointed
    assert [(page, target) for page, target in pointed if not (ROOT / target).is_file()] == []


def test_the_changelog_tells_of_this_version_or_of_what_is_to_come() -> None:
    headings = re.findall(
        r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings[0] in {"Unreleased", core.__version__}
