"""Mail as each program keeps or exports it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import mail
from importers.container import open_container
from tests.importers.talking import claims, packed, talks, twice_is_once
from tests.importers.test_mail import ADA, NORA, mailbox, single, written

SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples" / "mail"
SAMPLES = {
    "python+cpython--msg_02.txt": (1, 0),
    "python+cpython--msg_03.txt": (1, 0),
    "python+cpython--msg_04.txt": (1, 0),
    "python+cpython--msg_09.txt": (1, 0),
    "python+cpython--msg_10.txt": (1, 0),
    "python+cpython--msg_13.txt": (1, 0),
    "python+cpython--msg_21.txt": (0, 1),  # has no time
    "python+cpython--msg_28.txt": (0, 0),  # says of itself only who wrote it
    "python+cpython--msg_35.txt": (0, 1),  # has no time, and no end of its head
    "roundcube+roundcubemail--attachment-gh9443.eml": (1, 0),
    "roundcube+roundcubemail--email-address-spoofing-attacks.eml": (1, 0),
    "roundcube+roundcubemail--filename.eml": (1, 0),
    "roundcube+roundcubemail--fwd_lines.eml": (1, 0),
    "roundcube+roundcubemail--list_01.eml": (1, 0),
    "roundcube+roundcubemail--mail0.eml": (1, 0),
}
"""Mails and refusals of each sample, counted by reading it."""

PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>date-sent</key><real>1772442000</real>
<key>flags</key><integer>{}</integer></dict></plist>
"""


def emlx(data: bytes, flags: int = 8_590_195_713) -> bytes:
    return f"{len(data):<10}\n".encode() + data + PLIST.format(flags).encode()


def kept_of(path: Path) -> list[tuple[str, str]]:
    """Of each mail its id, and why it is left out."""
    found, problems = talks(mail, path)
    assert problems == []
    return [(talk.key, talk.bulk) for talk in found]


def owners(path: Path) -> set[str]:
    with open_container(path) as container:
        return {party.value for party in mail.owner(container)}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not here")
def test_a_real_mail_gives_what_is_counted_by_hand(name: str) -> None:
    found, problems = talks(mail, SHARED / name)
    assert (len(found), sum(problem.fatal for problem in problems)) == SAMPLES[name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples are not here")
def test_every_real_mail_is_counted_and_what_a_list_sent_is_known() -> None:
    assert {path.name for path in SHARED.iterdir()} == set(SAMPLES)
    why = {path.name: talk.bulk for path in SHARED.iterdir() for talk in talks(mail, path)[0]}
    assert {name: bulk for name, bulk in why.items() if bulk} == {
        "python+cpython--msg_02.txt": "list"
    }


def test_a_mail_of_apple_mail_ends_where_its_first_line_says(tmp_path: Path) -> None:
    path = single(tmp_path / "123.emlx", emlx(written(said="grüße")))
    found, problems = talks(mail, path)
    assert problems == []
    assert [(talk.key, talk.text, talk.bulk) for talk in found] == [("1@x.example", "grüße", "")]
    assert claims(path) == ["mail"]


def test_a_mail_that_apple_mail_has_marked_as_deleted_is_left_out(tmp_path: Path) -> None:
    path = single(tmp_path / "123.partial.emlx", emlx(written(), 8_590_195_713 | 2))
    assert kept_of(path) == [("1@x.example", "trash")]


@pytest.mark.parametrize("count", [b"0", b"5", b"999999999", b"12345678901234567890"])
def test_a_wrong_length_in_a_mail_of_apple_mail_raises_nothing(
    tmp_path: Path, count: bytes
) -> None:
    path = single(tmp_path / "1.emlx", count + b"\n" + written() + PLIST.encode())
    found, problems = talks(mail, path)
    assert len(found) + len(problems) <= 1


def test_the_folders_of_apple_mail_are_read_and_say_what_was_sent(tmp_path: Path) -> None:
    boxes = {
        "INBOX": written(),
        "Sent Messages": written(NORA, ADA, number="<2@x>"),
        "Deleted Messages": written(number="<3@x>"),
        "Junk": written(number="<4@x>"),
    }
    for name, data in boxes.items():
        folder = tmp_path / "Mail" / f"{name}.mbox"
        folder.mkdir(parents=True)
        mailbox(folder / "mbox", [data])
        single(folder / "table_of_contents", b"\0\1\2" * 99)
    assert sorted(kept_of(tmp_path / "Mail")) == [
        *(("1@x.example", ""), ("2@x", ""), ("3@x", "trash"), ("4@x", "spam"))
    ]
    assert owners(tmp_path / "Mail") == {"nora@feldmann.example"}
    one = tmp_path / "Mail" / "Deleted Messages.mbox"
    assert kept_of(one) == [("3@x", "trash")]


def test_the_folders_of_thunderbird_are_read_without_their_indexes(tmp_path: Path) -> None:
    profile = tmp_path / "Mail" / "Local Folders"
    (profile / "Inbox.sbd").mkdir(parents=True)
    line = b"From - Mon Mar  2 10:00:00 2026\n"
    deleted = written(number="<9@x>", X_Mozilla_Status="0009", X_Mozilla_Status2="00000000")
    single(profile / "Inbox", line + written(X_Mozilla_Status="0001") + b"\n" + line + deleted)
    single(profile / "Inbox.sbd" / "Friends", line + written(number="<2@x>"))
    single(profile / "Sent", line + written(NORA, ADA, number="<3@x>"))
    single(profile / "Drafts", line + written(NORA, ADA, number="<4@x>"))
    single(profile / "Trash", b"")
    for name in ("Inbox", "Sent", "Drafts", "Trash"):
        single(profile / f"{name}.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)>')
    single(profile / "msgFilterRules.dat", b'version="9"\nlogging="no"\n')
    assert sorted(kept_of(tmp_path / "Mail")) == [
        *(("1@x.example", ""), ("2@x", ""), ("3@x", ""), ("4@x", "draft"), ("9@x", "trash"))
    ]
    assert owners(tmp_path / "Mail") == {"nora@feldmann.example"}


def test_a_maildir_says_what_was_thrown_away_and_what_was_sent(tmp_path: Path) -> None:
    mails = {
        "cur/1772442000.M1.host:2,S": written(),
        "cur/1772442001.M2.host:2,ST": written(number="<2@x>"),
        "cur/1772442002.M3.host:2,DS": written(number="<3@x>"),
        ".Sent.2026/cur/1772442003.M4.host:2,S": written(NORA, ADA, number="<4@x>"),
        ".Trash/cur/1772442004.M5.host:2,S": written(number="<5@x>"),
        "new/1772442005.M6.host": written(number="<6@x>"),
    }
    for name, data in mails.items():
        path = tmp_path / "Maildir" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        single(path, data)
    assert sorted(kept_of(tmp_path / "Maildir")) == [
        *(("1@x.example", ""), ("2@x", "trash"), ("3@x", "draft"), ("4@x", "")),
        *(("5@x", "trash"), ("6@x", "")),
    ]
    assert owners(tmp_path / "Maildir") == {"nora@feldmann.example"}


def test_the_labels_of_a_takeout_say_what_was_sent_and_what_is_left_out(tmp_path: Path) -> None:
    labels = (
        *("Posteingang,Wichtig", "Gesendet", "Spam", "Papierkorb,Geöffnet"),
        *(
            "=?UTF-8?Q?Entw=C3=BCrfe?=",
            "=?UTF-8?Q?Posteingang,Kategorie_=E2=80=9EWerbung=E2=80=9C?=",
        ),
    )
    mails = [
        written(NORA if said == "Gesendet" else ADA, number=f"<{n}@x>", X_Gmail_Labels=said)
        for n, said in enumerate(labels)
    ]
    line = b"From 1234567890123456789@xxx Mon Mar 02 10:00:00 +0000 2026\n"
    path = packed(
        tmp_path / "takeout-20260302T100000Z-001.zip",
        {
            "Takeout/Mail/Alle Nachrichten einschließlich Spam und Papierkorb.mbox": b"".join(
                (line + one + b"\n").replace(b"\n", b"\r\n") for one in mails
            ),
            "Takeout/archive_browser.html": "<html></html>",
        },
    )
    assert [bulk for _, bulk in kept_of(path)] == [
        *("", "", "spam", "trash", "draft", "newsletter")
    ]
    assert owners(path) == {"nora@feldmann.example"}


def test_a_mail_under_several_labels_is_there_once(tmp_path: Path) -> None:
    start = "From 1@xxx Mon Mar 02 10:00:00 +0000 2026\n"
    path = packed(
        tmp_path / "takeout.zip",
        {f"Takeout/Mail/{name}.mbox": start.encode() + written() for name in ("Work", "Inbox")},
    )
    assert len(twice_is_once(tmp_path, path)) == 1


def test_a_mail_that_outlook_saved_is_read_whatever_stands_before_it(tmp_path: Path) -> None:
    by = "Ada Wong </O=EXCHANGE/OU=SITE/CN=RECIPIENTS/CN=ADA>"
    data = b"\xef\xbb\xbf" + written(by=by, to=f"'Nora' <{'nora@feldmann.example'}>")
    path = single(tmp_path / "RE_ Budget.eml", data.replace(b"\n", b"\r\n"))
    found, problems = talks(mail, path)
    assert problems == []
    sender = found[0].sender
    assert sender is not None
    assert (sender.kind, sender.value) == ("name", "Ada Wong")
    assert [(party.value, party.name) for party in found[0].others] == [
        ("nora@feldmann.example", "Nora")
    ]
    assert claims(path) == ["mail"]


def test_a_mail_that_was_never_sent_is_left_out(tmp_path: Path) -> None:
    assert kept_of(single(tmp_path / "draft.eml", written(X_Unsent="1"))) == [
        ("1@x.example", "draft")
    ]


def test_the_owner_is_found_behind_a_large_inbox(tmp_path: Path) -> None:
    many = [written(to="list@x.example", number=f"<{n}@x>") for n in range(2_100)]
    mailbox(tmp_path / "INBOX", many)
    mailbox(tmp_path / "Sent", [written(NORA, ADA, number="<s@x>")])
    assert owners(tmp_path) == {"nora@feldmann.example"}


MAILS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 6), st.text("ab \n", max_size=5)),
    max_size=6,
    unique_by=lambda one: one[1],
)


@given(MAILS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_mails_from_two_programs_are_there_once(
    made: list[tuple[bool, int, str]],
) -> None:
    data = [
        written(*((NORA, ADA) if out else (ADA, NORA)), number=f"<{n}@x.example>", said=f"-{said}")
        for out, n, said in made
    ]
    with TemporaryDirectory() as name:
        folder = Path(name)
        apple = folder / "Apple"
        apple.mkdir()
        for number, one in enumerate(data):
            single(apple / f"{number}.emlx", emlx(one))
        if data:
            kept = twice_is_once(folder, apple, mailbox(folder / "INBOX", data))
            assert len(kept) == len(data)
