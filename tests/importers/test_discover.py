"""What lies on a machine, and what a folder of downloads holds."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from core.errors import CancelledError
from importers import discover
from tests.importers.lists import CAST, google, linkedin, vcards

if TYPE_CHECKING:
    from pathlib import Path


def aged(path: Path, days: int) -> Path:
    """The file as if it were so many days old."""
    moment = path.stat().st_mtime - days * 86_400
    os.utime(path, (moment, moment))
    return path


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "Downloads"
    folder.mkdir()
    return folder


def test_a_folder_of_downloads_is_told_apart_into_its_exports(downloads: Path) -> None:
    made = {google(downloads, CAST), linkedin(downloads, CAST), vcards(downloads, CAST)}
    (downloads / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    (downloads / "manual.txt").write_text("Press the red button.\nThen the green one.\n")
    looked = discover.look_through(downloads)
    assert set(looked.exports) == made
    assert looked.left == 2


def test_of_numbered_copies_only_the_newest_counts(downloads: Path) -> None:
    old = aged(google(downloads, CAST[:3]), 40)
    new = google(downloads, CAST, "contacts (1).csv")
    looked = discover.look_through(downloads)
    assert (looked.exports, looked.older) == ((new,), (old,))


def test_an_unpacked_archive_is_one_export_wherever_it_lies(downloads: Path) -> None:
    archive = downloads / "Basic_LinkedInDataExport"
    archive.mkdir()
    linkedin(archive, CAST)
    (archive / "Profile.csv").write_text("First Name,Last Name\nSome,Owner\n")
    assert discover.look_through(downloads).exports == (archive,)
    assert discover.look_through(archive).exports == (archive,)


def test_a_folder_of_cards_is_one_export(downloads: Path) -> None:
    cards = downloads / "phone"
    cards.mkdir()
    for number, one in enumerate(CAST):
        vcards(cards, [one], f"{number}.vcf")
    assert discover.look_through(downloads).exports == (cards,)


def test_hidden_files_and_folders_too_deep_are_left(downloads: Path) -> None:
    deep = downloads / "a" / "b" / "c"
    deep.mkdir(parents=True)
    google(deep, CAST)
    google(downloads, CAST, ".contacts.csv")
    assert discover.look_through(downloads).exports == ()


def test_a_file_is_what_it_is(downloads: Path) -> None:
    path = google(downloads, CAST)
    assert discover.look_through(path).exports == (path,)


def test_the_usual_places_are_looked_at_and_counted(tmp_path: Path, downloads: Path) -> None:
    google(downloads, CAST)
    contacts = tmp_path / ".contacts"
    contacts.mkdir()
    for number, one in enumerate(CAST[:3]):
        vcards(contacts, [one], f"{number}.vcf")
    found = discover.on_this_machine(tmp_path, {})
    assert [(one.kind, one.count) for one in found] == [("google", 10), ("vcard", 3)]
    assert found[0].modified


def test_the_desktop_may_name_another_folder_for_downloads(tmp_path: Path) -> None:
    config = tmp_path / ".config"
    config.mkdir()
    (config / "user-dirs.dirs").write_text('# names\nXDG_DOWNLOAD_DIR="$HOME/Geladen"\n')
    folder = tmp_path / "Geladen"
    folder.mkdir()
    linkedin(folder, CAST)
    assert [one.kind for one in discover.on_this_machine(tmp_path, {})] == ["linkedin"]


def test_folders_that_khard_was_told_of_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    for number, one in enumerate(CAST[:2]):
        vcards(folder, [one], f"{number}.vcf")
    config = tmp_path / ".config" / "khard"
    config.mkdir(parents=True)
    (config / "khard.conf").write_text(f"[addressbooks]\n[[mine]]\npath = {folder}/\n")
    assert [one.path for one in discover.on_this_machine(tmp_path, {})] == [folder]


def test_damaged_files_are_no_exports(downloads: Path) -> None:
    (downloads / "broken.zip").write_bytes(b"PK\3\4 not a zip")
    with zipfile.ZipFile(downloads / "empty.zip", "w"):
        pass
    (downloads / "nothing.csv").write_bytes(b"")
    looked = discover.look_through(downloads)
    assert (looked.exports, looked.left) == ((), 3)


def test_looking_can_be_stopped(tmp_path: Path, downloads: Path) -> None:
    google(downloads, CAST)

    def stop(_count: int) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        discover.on_this_machine(tmp_path, {}, stop)


def test_a_damaged_archive_is_told_of_and_counted(downloads: Path) -> None:
    whole = google(downloads, CAST)
    with zipfile.ZipFile(downloads / "takeout.zip", "w") as archive:
        archive.write(whole, "contacts.csv")
    data = (downloads / "takeout.zip").read_bytes()
    (downloads / "takeout.zip").write_bytes(data[: len(data) // 2])
    looked = discover.look_through(downloads)
    assert (looked.exports, looked.left) == ((whole,), 1)
    assert [sentence[:24] for sentence in looked.broken] == ["takeout.zip is damaged o"]


def test_every_file_that_was_looked_at_is_counted(downloads: Path) -> None:
    google(downloads, CAST)
    (downloads / "nothing.csv").write_bytes(b"")
    counted: list[int] = []
    discover.look_through(downloads, counted.append)
    assert counted == [1, 1]


@pytest.mark.parametrize(
    "names", [("subscribed_members_export_1.csv",), ("Invitations.csv", "messages.csv")]
)
def test_an_unpacked_archive_does_not_make_all_downloads_one_export(
    downloads: Path, names: tuple[str, ...]
) -> None:
    linkedin(downloads, CAST)
    for name in names:
        (downloads / name).write_text("Email Address,First Name,MEMBER_RATING\na@b.example,A,2\n")
    for number in range(9):
        (downloads / f"holiday {number}.jpg").write_bytes(b"\xff\xd8")
    (downloads / "people.csv").write_text("Name;E-Mail\nZoe Zimmer;zoe@zimmer.example\n")
    exports = {path.name for path in discover.look_through(downloads).exports}
    assert {"Connections.csv", "people.csv"} <= exports


def test_the_folders_of_a_mail_program_are_one_export(tmp_path: Path) -> None:
    mail = "From: a@x.example\nTo: b@x.example\nDate: Mon, 02 Mar 2026 10:00:00 +0100\n\nhi\n"
    stores = {
        "Maildir": ("cur/1772442000.M1.host:2,S", ".Sent/cur/1772442001.M1.host:2,S"),
        "Local Folders": ("Inbox.msf", "Inbox"),
        "Apple": ("INBOX.mbox/Messages/1.emlx", "Sent Messages.mbox/Messages/2.emlx"),
        "Exported.mbox": ("mbox", "table_of_contents"),
        "saved": ("one.eml", "two.eml"),
        "days": ("one.ics", "two.ics"),
    }
    for folder, names in stores.items():
        for name in names:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(mail)
        assert discover.look_through(tmp_path / folder).exports == (tmp_path / folder,)
