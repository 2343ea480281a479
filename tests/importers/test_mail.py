from __future__ import annotations

import os
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import mail, mail_heads, mail_text
from importers.container import open_container
from importers.mail_text import own_words, unmarked
from importers.talk import Party, Talk
from tests.book import fresh
from tests.importers.talking import claims, kept, store, talks, twice_is_once

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples" / "mail"
NORA, ADA, BEN = (
    "Nora Feldmann <nora@feldmann.example>",
    "Ada Wong <ada@wong.example>",
    "ben@x.example",
)


def written(  # noqa: PLR0913 — one for each header
    by: str = ADA,
    to: str = NORA,
    *,
    said: str = "hello",
    subject: str = "Hi",
    date: str = "Mon, 02 Mar 2026 10:00:00 +0100",
    number: str = "<1@x.example>",
    **more: str,
) -> bytes:
    headers = {"From": by, "To": to, "Date": date, "Subject": subject, "Message-ID": number}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    return ("\n".join(lines) + f"\n\n{said}\n").encode("utf-8", "surrogateescape")


def mailbox(path: Path, mails: Sequence[bytes], line: bytes = b"\n") -> Path:
    start = b"From x@y.example Mon Mar  2 10:00:00 2026\n"
    data = b"".join(start + one + b"\n" for one in mails)
    path.write_bytes(data.replace(b"\n", line))
    return path


def single(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def one(path: Path, data: bytes) -> Talk:
    found, problems = talks(mail, single(path / "one.eml", data))
    assert problems == []
    return found[0]


def test_a_mail_says_who_wrote_to_whom_when_and_what(tmp_path: Path) -> None:
    found = one(tmp_path, written(to=f"{NORA}, {BEN}", Cc="Eve <eve@x.example>"))
    assert found.sender == Party("email", "ada@wong.example", "Ada Wong", "from")
    assert [(party.value, party.role) for party in found.others] == [
        ("nora@feldmann.example", "to"),
        ("ben@x.example", "to"),
        ("eve@x.example", "cc"),
    ]
    assert (found.moment.at, found.moment.day) == ("2026-03-02T09:00:00Z", "2026-03-02")
    assert (found.key, found.thread) == ("1@x.example", "1@x.example")
    assert (found.kind, found.channel, found.subject, found.text) == ("mail", "mail", "Hi", "hello")


@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
def test_a_mailbox_is_parted_at_its_from_lines_and_nowhere_else(
    tmp_path: Path, line: bytes
) -> None:
    said = "From here on it is easy\n\nFrom my point of view:\n>From quoted\n\nFrom x@y.example is"
    path = mailbox(tmp_path / "INBOX", [written(said=said), written(number="<2@x.example>")], line)
    found, problems = talks(mail, path)
    assert problems == []
    assert [talk.key for talk in found] == ["1@x.example", "2@x.example"]
    assert found[0].text.endswith("From x@y.example is")


def test_a_mailbox_of_google_is_read_with_its_own_from_lines(tmp_path: Path) -> None:
    data = b"From 1234567890123456789@xxx Mon Mar 02 10:00:00 +0000 2026\r\n" + written(
        date="nonsense", X_GM_THRID="1", X_Gmail_Labels="Inbox,Important"
    ).replace(b"\n", b"\r\n")
    found, problems = talks(mail, single(tmp_path / "All mail.mbox", data))
    assert problems == []
    assert found[0].moment.at == "2026-03-02T10:00:00Z"


def test_a_maildir_holds_one_mail_a_file(tmp_path: Path) -> None:
    for place in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / place).mkdir(parents=True)
    single(tmp_path / "Maildir" / "cur" / "1772442000.M1.host:2,S", written(date=""))
    single(tmp_path / "Maildir" / "new" / "1772442001.M2.host", written(number="<2@x.example>"))
    found, problems = talks(mail, tmp_path / "Maildir")
    assert problems == []
    assert [talk.moment.at for talk in found] == ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"]
    assert claims(tmp_path / "Maildir") == ["mail"]


def test_a_mail_without_any_time_is_refused_with_its_place(tmp_path: Path) -> None:
    found, problems = talks(mail, single(tmp_path / "one.eml", written(date="")))
    assert found == []
    assert [(p.where, p.why, p.fatal) for p in problems] == [
        ("one.eml mail 1", "no time that can be read", True)
    ]


def test_a_mail_without_a_sender_is_refused(tmp_path: Path) -> None:
    _, problems = talks(mail, single(tmp_path / "one.eml", written(by="")))
    assert [problem.why for problem in problems] == ["no sender that can be read"]


@pytest.mark.parametrize(
    ("header", "value", "why"),
    [
        ("List_Id", "<dev.x.example>", "list"),
        ("List_Unsubscribe", "<mailto:u@x.example>", "newsletter"),
        ("Precedence", "bulk", "list"),
        ("Auto_Submitted", "auto-replied", "automatic"),
        ("X_Gmail_Labels", "=?UTF-8?Q?Spam,Wichtig?=", "spam"),
        ("Auto_Submitted", "no", ""),
        ("X_Gmail_Labels", "Inbox", ""),
    ],
)
def test_what_machines_and_lists_send_is_told_by_its_headers(
    tmp_path: Path, header: str, value: str, why: str
) -> None:
    assert one(tmp_path, written(**{header: value})).bulk == why


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("=?utf-8?q?J=C3=BCrg?= <j@x.example>", "Jürg"),
        ("=?iso-8859-1?b?SvxyZw==?= <j@x.example>", "Jürg"),
        ("=?nonsense?b?SvxyZw==?= <j@x.example>", "Jürg"),
        ('"Wong, Ada" <j@x.example>', "Wong, Ada"),
        ("\"'Ada Wong'\" <j@x.example>", "Ada Wong"),
        ("j@x.example <j@x.example>", ""),
        ("=?utf-8?q?A=0D=0ABcc:_x@y.example?= <j@x.example>", "A Bcc: x@y.example"),
    ],
)
def test_the_name_beside_an_address_is_decoded_to_one_line(
    tmp_path: Path, header: str, said: str
) -> None:
    sender = one(tmp_path, written(by=header)).sender
    assert sender is not None
    assert (sender.name, sender.value) == (said, "j@x.example")


def test_plain_text_is_taken_before_html_and_attachments_are_left(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ADA, NORA, "Grüße"
    made["Date"], made["Message-ID"] = "Mon, 02 Mar 2026 10:00:00 +0100", "<1@x.example>"
    made.set_content("Schöne Grüße\n\nAda\n-- \nmy signature\n")
    made.add_alternative("<p>other</p>", subtype="html")
    made.add_attachment("secret notes", filename="notes.txt")
    found = one(tmp_path, bytes(made))
    assert (found.subject, found.text) == ("Grüße", "Schöne Grüße\n\nAda")


def test_an_invitation_in_a_mail_is_not_shown_as_what_programs_read(tmp_path: Path) -> None:
    event = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n"
    kind = "text/calendar; method=REQUEST; charset=utf-8"
    assert one(tmp_path, written(said=event, Content_Type=kind)).text == ""
    parts = [f"--x\nContent-Type: {kind}\n\n{event}", "--x\n\nShall we meet?\n", "--x--"]
    for first, second in ((0, 1), (1, 0)):
        body = "\n".join((parts[first], parts[second], parts[2]))
        made = written(said=body, Content_Type='multipart/alternative; boundary="x"')
        assert one(tmp_path, made).text == "Shall we meet?"


def test_html_alone_becomes_text_without_its_styles(tmp_path: Path) -> None:
    marked = "<html><style>p {color: red}</style><p>Hello<br>you &amp; me</p><!-- x --></html>"
    found = one(tmp_path, written(said=marked, Content_Type='text/html; charset="utf-8"'))
    assert [line.strip() for line in found.text.split("\n")] == ["Hello", "you & me"]


def test_what_html_does_not_show_is_left_out_wherever_it_stands() -> None:
    assert unmarked("a<!-- x <!-- y --> b <!-- c --> d").split() == ["a", "b", "d"]
    assert unmarked("a <!-- b").split()[0] == "a"
    head = "<head><title>x</title><STYLE>p</style ></head>"
    assert unmarked(f"{head}<header>a</header><script>1 < 2</script>b").split() == ["a", "b"]
    assert unmarked("<head>a<script>b<p>c</script>d").split() == ["a", "d"]


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a ", "</", '<a "', "<!--", "-->", "<!", "<br ", "<script", "<style>"),
        *("<head><", "</title ", "&amp;", "&#9", "9", "> ", "--\n", "on wrote:\n", "\n", " "),
        *("_", "<title></head>", "\n ", "\t\n:", "on a schrieb\n"),
    ],
)
def test_row_35_a_body_of_a_million_characters_of_markup_is_read(
    tmp_path: Path, piece: str
) -> None:
    body = piece * (1_000_000 // len(piece))
    for kind in ("html", "plain"):
        found = one(tmp_path, written(said=f"hello {body}", Content_Type=f"text/{kind}"))
        assert found.text.startswith("hello")
    assert isinstance(own_words(f"{body}:"), str)


def test_what_a_mail_quotes_is_not_its_own(tmp_path: Path) -> None:
    said = "Yes, gladly.\n\nOn Mon, 2 Mar 2026 at 09:00, Nora wrote:\n> shall we?\n> friday?\n"
    assert one(tmp_path, written(said=said)).text == "Yes, gladly."
    said = "Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Nora\nSollen wir?"
    assert one(tmp_path, written(said=said)).text == "Ja."


def test_the_owner_is_whom_mails_are_delivered_to_and_who_wrote_the_sent_ones(
    tmp_path: Path,
) -> None:
    boxes = {
        "INBOX": [written(Delivered_To="nora@feldmann.example", number=f"<{n}@x>") for n in "123"],
        "Sent": [written("N. <nora@work.example>", ADA, number="<4@x>")],
    }
    for name, mails in boxes.items():
        mailbox(tmp_path / name, mails)
    with open_container(tmp_path) as container:
        assert {party.value for party in mail.owner(container)} == {
            "nora@feldmann.example",
            "nora@work.example",
        }


def test_a_mailbox_gives_each_mail_once_with_its_direction(tmp_path: Path) -> None:
    path = mailbox(
        tmp_path / "INBOX",
        [
            written(to=f"{NORA}, {BEN}"),
            written(),  # the same mail under another label
            written(NORA, ADA, number="<2@x.example>", date="Tue, 03 Mar 2026 10:00:00 +0000"),
            written(NORA, NORA, number="<3@x.example>"),
            written("Shop <no-reply@shop.example>", number="<4@x.example>"),
        ],
    )
    assert [(row[0], row[2], row[7]) for row in twice_is_once(tmp_path, path)] == [
        ("2026-03-02T09:00:00Z", "in", "from ada@wong.example, there ben@x.example"),
        ("2026-03-03T10:00:00Z", "out", "to ada@wong.example"),
    ]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    path = mailbox(
        tmp_path / "INBOX",
        [
            written(),
            written(NORA, NORA, number="<3@x.example>"),
            written("Shop <no-reply@shop.example>", number="<4@x.example>"),
            written(date="", number="<5@x.example>", by=""),
        ],
    )
    (stored,) = store(bus, path)
    assert (stored.records, stored.talks, stored.bulk, stored.alone) == (4, 1, 1, 1)
    bus.close()


@pytest.mark.parametrize(
    ("keep", "subject", "text"),
    [("full", "Hi", "one\ntwo"), ("line", "Hi", "one"), ("counts", "", "")],
)
def test_how_much_is_kept_is_the_users_choice_and_is_remembered(
    tmp_path: Path, keep: str, subject: str, text: str
) -> None:
    bus = fresh(tmp_path / "people.db")
    store(bus, mailbox(tmp_path / "a", [written(said="one\ntwo")]), keep=keep)
    store(bus, mailbox(tmp_path / "b", [written(said="one\ntwo", number="<2@x.example>")]))
    assert {(row[4], row[5]) for row in kept(bus)} == {(subject, text)}
    (stored,) = store(bus, tmp_path / "a", keep="full")
    assert stored.changed == (keep != "full")
    assert ("Hi", "one\ntwo") in {(row[4], row[5]) for row in kept(bus)}
    bus.undo(sure=True)
    assert {(row[4], row[5]) for row in kept(bus)} == {(subject, text)} or keep == "full"
    bus.close()


def test_mails_nested_a_thousand_deep_are_read_to_their_first_parts(tmp_path: Path) -> None:
    deep = b""
    for number in range(1_000):
        deep += f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n".encode()
    data = written(said="")[:-2] + deep + b"Content-Type: text/plain\n\nfar down\n"
    found = one(tmp_path, data)
    assert found.text == ""
    forwarded = b"Content-Type: message/rfc822\n\n" * 1_000
    assert one(tmp_path, written(said="")[:-2] + forwarded).text == ""


def test_headers_without_an_end_are_cut_and_broken_addresses_are_no_matter(tmp_path: Path) -> None:
    many = ", ".join(f"p{number}@x.example" for number in range(100_000))
    found, _ = talks(mail, single(tmp_path / "a.eml", written(to=many)))
    assert len(found) <= 1
    words = " ".join(["=?utf-8?q?x?="] * 10_000)
    found, problems = talks(mail, single(tmp_path / "b.eml", written(Subject=words)))
    assert len(found) + len(problems) == 1
    found, problems = talks(mail, single(tmp_path / "c.eml", written(by="((((" * 1_000)))
    assert len(found) + len(problems) == 1


def test_a_bad_charset_still_gives_text(tmp_path: Path) -> None:
    kind = 'text/plain; charset="x-unknown"'
    assert one(tmp_path, written(said="grüß", Content_Type=kind)).text == "grüß"
    assert mail_heads.in_charset(b"gr\xfc\xdf", "utf-8") == "grüß"
    assert mail_text.text_of({"content-transfer-encoding": "base64"}, b"a\0b!") is not None


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_mailbox_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    start = b"From x@y.example Mon Mar  2 10:00:00 2026\n"
    whole = start + written(said="grüße\n\n> quoted") + b"\n" + start + written(Cc=BEN)
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b"=?", b"<" * 300]))
    with TemporaryDirectory() as folder:
        path = single(Path(folder) / "INBOX", whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(mail, path)
    for talk in found:
        assert "\0" not in f"{talk.subject}{talk.text}"
        repr(talk).encode()
        f"{talk.subject}{talk.text}{talk.key}{talk.thread}".encode()
        for party in (talk.sender, *talk.others):
            assert party is None or party.value


PEOPLE = (NORA, ADA, BEN, "Eve Ö <eve@x.example>")
MAILS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(0, 6), st.text("ab \n")
    ),
    max_size=8,
)


@given(MAILS, st.integers(0, 8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_later_mailbox_that_overlaps_adds_each_mail_once(
    mails: list[tuple[str, str, int, str]], cut: int
) -> None:
    made = [
        written(by, to, number=f"<{number}@x.example>", said=f"-{said}")
        for by, to, number, said in mails
    ]
    # Two mails with one id are one; of these the first that is not to oneself counts.
    numbers = {number for by, to, number, _ in mails if not (by == to == NORA)}
    with TemporaryDirectory() as name:
        folder = Path(name)
        bus = fresh(folder / "people.db")
        for part in (made[:cut], made[cut // 2 :], made):
            if part:
                store(bus, mailbox(folder / "INBOX", part))
        assert len(kept(bus)) == len(numbers)
        bus.close()
