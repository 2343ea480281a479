"""The keys of talks are those of every book there is: another key would bring them in twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.commands.store_talks import TalkTally
from importers import mail, whatsapp
from importers.container import open_container
from importers.talk_plan import TalkPlan
from tests.importers.talking import READING

if TYPE_CHECKING:
    from pathlib import Path

CHAT = """\
31/12/2023, 23:59 - Ada Wong: gruß  an\u00a0alle
und noch eins
31/12/2023, 23:59 - Ada Wong: ok
31/12/2023, 23:59 - Nora Feldmann: ok
01/01/2024, 8:05 - Nora Feldmann: cafe\u0301
"""
MAIL = (
    b"From a@x.example Mon Jan  4 08:00:00 2016\nFrom: Ada <ada@wong.example>\n"
    b"To: nora@feldmann.example\nDate: Mon, 04 Jan 2016 08:00:00 +0100\nSubject: slides\n"
)


def _keys(path: Path) -> list[str]:
    reader = mail if path.suffix == ".mbox" else whatsapp
    with open_container(path) as container:
        plan = TalkPlan(reader, (container,), "", READING)
        return [talk.key for talk in plan.prepare(TalkTally())]


def test_of_messages_without_an_id(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Ada Wong.txt"
    path.write_text(CHAT, encoding="utf-8")
    assert _keys(path) == [
        "9395598b5372a35a9663b971",
        "4c490f4832349d43d32e0557",
        "3a97ca3511fae2878ccd5288",
        "002208a6d3e6c3e169e9c40c",
    ]


def test_of_mails_with_an_id_and_without(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    named = MAIL + b"Message-ID: <1@wong.example>\n"
    path.write_bytes(b"%b\none\n\n%b\ntwo\n\n" % (MAIL, named))
    assert _keys(path) == ["162366924693a481174f0745", "6a0229f77419ec99311cb8dc"]
