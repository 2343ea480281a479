from __future__ import annotations

import json
import shlex
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError, VitalfewError
from tui import opener, outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TELLER = "import sys, json; json.dump(sys.argv[2:], open(sys.argv[1], 'w'))"
NASTY = "o'b;$(touch owned)`id`\"&|*?~#@x.example"


@pytest.mark.parametrize(
    ("mailer", "words"),
    [
        ("mutt {address}", ["mutt", "a@x.example"]),
        ("mutt -e 'set realname=\"A B\"' -- {address}", None),
        ("mutt", ["mutt", "a@x.example"]),
        ("run --to={address} --cc {address}", ["run", "--to=a@x.example", "--cc", "a@x.example"]),
    ],
)
def test_the_address_goes_where_the_settings_say(mailer: str, words: list[str] | None) -> None:
    wanted = words or ["mutt", "-e", 'set realname="A B"', "--", "a@x.example"]
    assert opener.command(mailer, "a@x.example") == wanted


def test_an_address_is_one_argument_whatever_is_in_it(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    line = f"{shlex.join([sys.executable, '-c', TELLER, str(told)])} -s hello {{address}}"
    outside.run(opener.command(line, NASTY), "mailer")
    assert json.loads(told.read_text()) == ["-s", "hello", NASTY]
    assert [path.name for path in tmp_path.iterdir()] == ["told.json"]


@pytest.mark.parametrize(
    "address", ["-oProxyCommand=x@x.example", "--help", "a@x\nBcc: b@x", "a@x\0b", "", "nobody"]
)
def test_what_a_program_would_take_for_something_else_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not handed to a program"):
        opener.command("mutt {address}", address)


def test_a_mailer_that_cannot_be_read_says_so() -> None:
    with pytest.raises(UsageError, match="the mailer of the settings cannot be understood"):
        opener.command("mutt 'x {address}", "a@x.example")


def test_a_program_that_is_not_there_or_fails_says_so() -> None:
    with pytest.raises(UsageError, match="the mailer “no-such-mailer” cannot be started"):
        outside.run(["no-such-mailer"], "mailer")
    with pytest.raises(VitalfewError, match="the mailer ended with 3; nothing was sent"):
        outside.run([sys.executable, "-c", "raise SystemExit(3)"], "mailer", "; nothing was sent")


def test_the_screens_come_back_from_a_program_that_failed() -> None:
    """As `App.suspend`, which does not come back from what is raised inside it."""
    seen: list[str] = []

    class Screens:
        @contextmanager
        def suspend(self) -> Iterator[None]:
            seen.append("away")
            yield
            seen.append("back")

    with pytest.raises(VitalfewError, match="ended with 1"), outside.away(Screens()):  # type: ignore[arg-type]
        outside.run([sys.executable, "-c", "raise SystemExit(1)"], "mailer")
    assert seen == ["away", "back"]
