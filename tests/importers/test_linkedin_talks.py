from __future__ import annotations

import csv
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import linkedin
from importers.container import open_container
from importers.talk import Party, Talk
from tests.book import fresh
from tests.importers.talking import claims, kept, overlap_is_once, store, talks, twice_is_once

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = Path(__file__).parents[1] / "data" / "linkedin"
SHARED = Path(os.environ.get("VITALFEW_SHARED") or "/nowhere") / "formats" / "samples"
ARCHIVE = "linkedin-archive/silkyrich+linkedin-export-viewer--"
SAMPLES = {  # counted by hand: rows without drafts, invitations with a note; refused
    f"{ARCHIVE}sample_export.zip": (20_042, 0),
    f"{ARCHIVE}sample_export.zip!messages.csv (first 400 rows)": (398, 0),
    f"{ARCHIVE}Invitations.csv": (83, 0),
}
HEAD = (
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO"),
    *("RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"),
)
PAGE = "https://www.linkedin.com/in/"


def by(talk: Talk) -> str:
    return talk.sender.value if talk.sender else ""


def written(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def test_a_message_says_who_wrote_to_whom_when_and_what() -> None:
    found, _ = talks(linkedin, DATA / "of_2026")
    talk = next(one for one in found if one.thread == "c1")
    assert talk.sender == Party("handle", "linkedin:ada-wong", "Ada Wong", "from")
    assert talk.others == (Party("handle", "linkedin:nora-feldmann", "Nora Feldmann"),)
    assert (talk.moment.at, talk.moment.zone) == ("2022-03-01T09:00:00Z", "+00:00")
    assert (talk.kind, talk.channel, talk.subject) == ("message", "linkedin", "")
    assert talk.text == "Hello Nora,\n\nare you well?"


def test_a_group_has_a_title_and_each_of_its_members_by_profile() -> None:
    found, _ = talks(linkedin, DATA / "of_2026")
    talk = next(one for one in found if one.thread == "c2")
    assert talk.subject == "Book club"
    assert talk.sender == Party("handle", "linkedin:ben-ortiz", "Ben Ortiz, Ph.D.", "from")
    assert [(party.value, party.name) for party in talk.others] == [
        ("linkedin:nora-feldmann", "Nora Feldmann"),
        ("linkedin:ada-wong", "Ada Wong"),
        ("linkedin:kim-stone", "Kim Stone"),
    ]


def test_without_profiles_of_recipients_a_list_of_names_is_parted_and_looked_up() -> None:
    found, _ = talks(linkedin, DATA / "of_2022")
    to, out = (one.others for one in found if one.thread == "c2")
    assert [party.value for party in to] == [
        *("linkedin:nora-feldmann", "linkedin:ada-wong"),
        "Kim Stone",
    ]
    assert [party.value for party in out] == [
        *("linkedin:ada-wong", "linkedin:ben-ortiz"),
        "Kim Stone, MBA",
    ]


def test_a_deleted_account_is_a_name_in_its_conversation() -> None:
    found, _ = talks(linkedin, DATA / "of_2026")
    assert [one.sender for one in found if one.thread == "c3"] == [
        Party("name", "LinkedIn Member", "", "from")
    ]


def test_advertisements_are_told_from_letters_written_in_the_same_editor() -> None:
    found, _ = talks(linkedin, DATA / "of_2026")
    assert {one.thread: one.bulk for one in found if one.thread > "c3"} == {
        "c4": "advertisement",
        "c5": "advertisement",
        "c6": "advertisement",
        "c7": "spam",
        "c8": "",
    }
    letter = next(one for one in found if one.thread == "c8")
    assert letter.text == "An opening\nDear\u00a0Nora,\nR & D"
    assert by(letter) == "linkedin:rita-rekrut"


def test_what_was_not_sent_or_says_nothing_is_counted_and_bad_times_are_refused() -> None:
    found, problems = talks(linkedin, DATA / "of_2026")
    assert "Not yet s" not in {one.text for one in found}
    assert "[attachment]" in {one.text for one in found}
    assert [(one.where, one.why, one.fatal) for one in problems] == [
        ("Invitations.csv row 4", "no time that can be read", True),
        ("messages.csv row 14", "no time that can be read", True),
        ("Invitations.csv", "1 invitation without a word, 1 draft left out", False),
    ]


def test_an_invitation_with_a_note_is_a_talk_by_the_clock_of_the_user() -> None:
    for era in ("of_2022", "of_2026"):
        found, _ = talks(linkedin, DATA / era)
        talk = found[0]
        assert (talk.text, talk.direction) == ("We met at the fair, didn't we?", "out")
        assert (talk.moment.written, talk.moment.zone) == ("2022-02-03 16:05:00", "")


def test_a_note_that_became_a_message_is_said_once(tmp_path: Path) -> None:
    day = "2022-03-01 09:00:00 UTC"
    rows = [("c", "", "Nora", f"{PAGE}nora", "Ada", f"{PAGE}ada", day, "", "Hello!", "INBOX")]
    written(tmp_path / "messages.csv", rows)
    head = (
        "From",
        "To",
        "Sent At",
        "Message",
        "Direction",
        "inviterProfileUrl",
        "inviteeProfileUrl",
    )
    notes = [
        ("Nora", who, "2/28/22, 4:05 PM", "Hello!", "OUTGOING", f"{PAGE}nora", PAGE + who.lower())
        for who in ("Ada", "Ben")
    ]
    written(tmp_path / "Invitations.csv", notes, head)
    found, problems = talks(linkedin, tmp_path)
    assert [[party.value for party in one.others] for one in found] == [
        ["linkedin:ben"],
        ["linkedin:ada"],
    ]
    assert [one.why for one in problems] == ["1 invitation that is a message too left out"]


@pytest.mark.parametrize("era", ["of_2022", "of_2026"])
def test_the_owner_is_known_by_profile_and_name(era: str) -> None:
    with open_container(DATA / era) as container:
        assert set(linkedin.owner(container)) == {
            Party("handle", "linkedin:nora-feldmann", "Nora Feldmann"),
            Party("name", "Nora Feldmann"),
        }


def test_of_lone_messages_the_owner_is_who_takes_part_in_all_conversations(tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    path.write_bytes((DATA / "of_2026" / "messages.csv").read_bytes())
    with open_container(path) as container:
        assert linkedin.owner(container) == (Party("handle", "linkedin:nora-feldmann"),)
    row = ("c", "", "Ada", f"{PAGE}ada", "Nora", f"{PAGE}nora", "2022-03-01 09:00:00 UTC", "", "x")
    with open_container(written(path, [row])) as container:
        assert linkedin.owner(container) == ()


def test_a_namesake_of_the_owner_is_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "Profile.csv").write_text("First Name,Last Name\nNora,Feldmann\n", "utf-8")
    rows = [
        (
            f"c{n}",
            "",
            "Nora Feldmann",
            f"{PAGE}{who}",
            "N",
            f"{PAGE}nora",
            "2022-03-01 09:00:00",
            "",
        )
        for n, who in enumerate(["namesake", "nora", "nora"])
    ]
    written(tmp_path / "messages.csv", rows)
    with open_container(tmp_path) as container:
        assert [one.value for one in linkedin.owner(container)] == [
            *("linkedin:nora", "Nora Feldmann")
        ]


def test_tables_are_claimed_by_their_headings_and_coaches_are_left_alone(tmp_path: Path) -> None:
    for name in ("messages.csv", "Invitations.csv"):
        path = tmp_path / f"my {name}.txt"
        path.write_bytes((DATA / "of_2022" / name).read_bytes())
        assert claims(path) == ["linkedin"]
    assert claims(written(tmp_path / "guide_messages.csv", [])) == []
    path = tmp_path / "mine.csv"
    path.write_text("From,To,Date,Subject,Content,Direction,Folder\n", "utf-8")
    assert claims(path) == ["linkedin"]
    path.write_text("From,To,Date,Subject\na,b,c,d\n", "utf-8")
    assert claims(path) == []


def test_the_oldest_tables_say_the_direction(tmp_path: Path) -> None:
    head = ("From", "To", "Date", "Subject", "Content", "Direction", "Folder")
    rows = [
        ("Ada Wong", "Nora", "1/26/17, 11:39 PM", "", "hi", "INCOMING", "INBOX"),
        ("Nora", "Ada Wong", "26/1/17, 23:40", "", "ho", "OUTGOING", "SENT"),
    ]
    found, problems = talks(linkedin, written(tmp_path / "messages.csv", rows, head))
    assert problems == []
    assert [(one.direction, one.moment.at) for one in found] == [
        ("in", "2017-01-26T23:39:00Z"),
        ("out", "2017-01-26T23:40:00Z"),
    ]
    assert found[0].thread == found[1].thread


def test_an_archive_gives_its_people_and_its_talks_each_with_its_direction(tmp_path: Path) -> None:
    rows = twice_is_once(tmp_path, DATA / "of_2026", me=())
    assert [(row[0][:10], row[2], row[7]) for row in rows] == [
        ("2021-01-02", "in", "from linkedin member"),
        ("2022-02-03", "out", "to linkedin:kim-stone"),
        ("2022-03-01", "in", "from linkedin:ada-wong"),
        ("2022-03-01", "out", "to linkedin:ada-wong"),
        ("2022-03-02", "in", "from linkedin:ben-ortiz"),
        (
            *("2022-03-02", "out"),
            "to linkedin:ada-wong, to linkedin:ben-ortiz, to linkedin:kim-stone",
        ),
        ("2026-01-06", "in", "from linkedin:rita-rekrut"),
        ("2026-01-08", "in", "from linkedin:ada-wong"),
    ]


def test_an_archive_of_another_year_adds_only_what_is_new(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    assert [one.talks for one in store(bus, DATA / "of_2022", me=())] == [6]
    assert [one.talks for one in store(bus, DATA / "of_2026", me=())] == [2]
    bus.close()


PEOPLE = ("ada", "ben", "eve")
WORDS = st.text(st.sampled_from('ab \n,"é<>'), max_size=6)
MESSAGES = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.booleans(), st.integers(0, 3), WORDS), max_size=10
)


def conversations(path: Path, said: Sequence[tuple[str, bool, int, str]]) -> Path:
    start = datetime(2026, 3, 2, 10, tzinfo=UTC)
    rows = []
    for other, out, minutes, text in said:
        ends = [(other.title(), PAGE + other), ("Nora Feldmann", f"{PAGE}nora")]
        (name, page), (to, to_page) = reversed(ends) if out else ends
        at = f"{start + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S} UTC"
        rows.append((f"c-{other}", "", name, page, to, to_page, at, "", text, "INBOX"))
    return written(path, rows)


@given(MESSAGES, st.integers(0, 10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_later_export_that_overlaps_adds_each_message_once(
    said: list[tuple[str, bool, int, str]], cut: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        early = conversations(folder / "messages.csv", said[:cut])
        (folder / "late").mkdir()
        late = conversations(folder / "late" / "messages.csv", said)
        bus = fresh(folder / "people.db")
        for paths in ([early], [late], [early, late]):
            store(bus, *paths, me=("linkedin:nora",))
        assert len(kept(bus)) == len(said)
        bus.close()


def test_the_order_of_two_exports_does_not_matter(tmp_path: Path) -> None:
    said = [("ada", False, 0, "a"), ("ada", True, 1, "b"), ("ben", False, 2, "c")]
    (tmp_path / "late").mkdir()
    early = conversations(tmp_path / "messages.csv", said[:2])
    late = conversations(tmp_path / "late" / "messages.csv", said)
    overlap_is_once(tmp_path, early, late, me=("linkedin:nora",))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_table_raises_nothing_and_can_be_stored(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["messages.csv", "Invitations.csv"]))
    whole = (DATA / "of_2026" / name).read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    bad = data.draw(st.binary(max_size=12) | st.sampled_from([b"\0", b"\xff", b'"', b"," * 300]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(whole[:place] + bad + whole[place + len(bad) :])
        found, _ = talks(linkedin, path)
        with open_container(path) as container:
            linkedin.owner(container)
    for talk in found:
        assert "\0" not in f"{talk.subject}{talk.text}{talk.thread}"
        f"{talk.subject}{talk.text}{talk.thread}{talk.sender}{talk.others}".encode()
        for party in (talk.sender, *talk.others):
            assert party is None or party.value.removeprefix("linkedin:")


@pytest.mark.skipif(not SHARED.is_dir(), reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize("name", SAMPLES)
def test_real_exports_are_read_to_the_last_talk(name: str) -> None:
    found, problems = talks(linkedin, SHARED / name)
    assert (len(found), sum(one.fatal for one in problems)) == SAMPLES[name]
