from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from core.errors import VitalfewError
from importers.container import NESTED, Container, open_container
from importers.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path


def contents(container: Container) -> dict[str, bytes]:
    found = {}
    for member in container.members:
        with member.open() as stream:
            found[member.name] = stream.read()
    return found


def reasons(container: Container) -> dict[str, str]:
    return {problem.where: problem.why for problem in container.problems}


def make_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def make_tar(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            archive.addfile(info, io.BytesIO(data))
    return path


FILES = {"top/a.csv": b"name\nAda\n", "top/deep/b.vcf": b"BEGIN:VCARD"}
NOISE = {"__MACOSX/top/._a.csv": b"x", "top/.DS_Store": b"x", "top/._b": b"x"}


def test_a_file_is_a_tree_of_one(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"name\nAda\n")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    with open_container(path) as container:
        (member,) = container.members
        assert (container.name, member.name, member.size) == ("people.csv", "people.csv", 9)
        assert member.modified == "2023-11-14"
        assert member.head(4) == b"name"
        assert contents(container) == {"people.csv": b"name\nAda\n"}


@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tgz"])
def test_every_container_shows_the_same_tree(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"box.{kind}"
    if kind == "folder":
        for name, data in {**FILES, **NOISE}.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
    elif kind == "zip":
        make_zip(path, {**FILES, **NOISE})
    else:
        make_tar(path, {**FILES, **NOISE}, "w:gz" if kind == "tgz" else "w")
    with open_container(path) as container:
        assert contents(container) == FILES
        assert contents(container) == FILES, "members can be opened again"
        assert not container.problems


def test_archives_are_known_by_their_content(tmp_path: Path) -> None:
    make_tar(tmp_path / "export", FILES, "w:gz")
    with open_container(tmp_path / "export") as container:
        assert contents(container) == FILES


def test_a_gz_is_the_file_inside(tmp_path: Path) -> None:
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"name\n"))
    with open_container(tmp_path / "c.csv.gz") as container:
        assert contents(container) == {"c.csv": b"name\n"}


def test_a_workbook_is_one_file(tmp_path: Path) -> None:
    make_zip(tmp_path / "p.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    with open_container(tmp_path / "p.xlsx") as container:
        assert [member.name for member in container.members] == ["p.xlsx"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/etc/passwd", "absolute"),
        ("C:/boot.ini", "absolute"),
        ("..\\up.csv", "leads out"),
        ("a/../../up.csv", "leads out"),
        ("a" * 300 + ".csv", "longer"),
        ("inner.zip", "archive inside"),
    ],
)
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_dangerous_names_are_refused_and_others_kept(
    tmp_path: Path, name: str, why: str, make: object
) -> None:
    path = make(tmp_path / "box", {name: b"x", "good.csv": b"y"})  # type: ignore[operator]
    with open_container(path) as container:
        assert contents(container) == {"good.csv": b"y"}
        assert why in reasons(container)[name]


def test_a_nul_in_a_zip_name_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "box.zip", {"goodXname.csv": b"x"})
    path.write_bytes(path.read_bytes().replace(b"goodXname", b"good\0name"))
    with open_container(path) as container:
        assert not container.members
        assert "NUL" in container.problems[0].why


def test_links_in_archives_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "t.tar", "w") as archive:
        link = tarfile.TarInfo("link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive_z:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = 0o120777 << 16
        archive_z.writestr(info, "/etc/passwd")
    for name in ("t.tar", "z.zip"):
        with open_container(tmp_path / name) as container:
            assert not container.members
            assert "link" in reasons(container)["link.csv"]


def test_names_in_an_old_code_page_are_repaired(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "box.zip", {"mqqller.csv": b"x"})
    path.write_bytes(path.read_bytes().replace(b"mqqller", "müller".encode()))
    with open_container(path) as container:
        assert [member.name for member in container.members] == ["müller.csv"]


def test_two_entries_of_one_name_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", b"2")
    with open_container(path) as container:
        assert [member.head() for member in container.members] == [b"1", b"2"]


def test_a_zip_bomb_ends_at_the_ratio(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "bomb.zip", {"a.csv": b"0" * 3_000_000})
    limits = Limits(ratio=50, ratio_from=10_000)
    with (
        open_container(path, limits) as container,
        pytest.raises(VitalfewError, match="50 times"),
        container.members[0].open() as stream,
    ):
        stream.read()


@pytest.mark.parametrize("kind", ["gz", "tgz"])
def test_a_gzip_bomb_ends_at_the_ratio(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"bomb.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(b"0" * 3_000_000))
    else:
        make_tar(path, {"a.csv": b"0" * 3_000_000, "b.csv": b"1"}, "w:gz")
    with (
        pytest.raises(VitalfewError, match="50 times"),
        open_container(path, Limits(ratio=50, ratio_from=10_000)) as container,
    ):
        contents(container)


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "o.zip", {"a.csv": b"a" * 50, "b.csv": b"b" * 50})
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\1\2")
    struct.pack_into("<I", data, second + 42, 5)
    path.write_bytes(data)
    with pytest.raises(VitalfewError, match="overlap"):
        open_container(path)


def test_damage_inside_an_archive_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "crc.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"hello world")
    path.write_bytes(path.read_bytes().replace(b"hello world", b"hellO world"))
    with open_container(path) as container:
        assert container.members[0].head() == b""
        with pytest.raises(VitalfewError, match=r"a\.csv is damaged"):
            contents(container)


def test_encrypted_entries_are_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "e.zip", {"a.csv": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    with open_container(path) as container:
        assert "password" in reasons(container)["a.csv"]


def test_a_cut_off_zip_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "cut.zip", {"a.csv": b"x" * 100})
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(VitalfewError, match=r"cut\.zip is damaged or cut off"):
        open_container(path)


def test_a_cut_off_tar_offers_what_stood_before(tmp_path: Path) -> None:
    path = make_tar(tmp_path / "cut.tar", {"a.csv": b"x", "b.csv": b"y" * 5_000})
    path.write_bytes(path.read_bytes()[:1_600])
    with open_container(path) as container:
        assert container.members[0].head() == b"x"
        assert "too early" in reasons(container)["cut.tar"]


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(entries=1), "more than 1 entries"),
        (Limits(total=10), "10 bytes"),
    ],
)
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_limits_of_archives_are_named(
    tmp_path: Path, limits: Limits, why: str, make: object
) -> None:
    path = make(tmp_path / "box", FILES)  # type: ignore[operator]
    with pytest.raises(VitalfewError, match=why):
        open_container(path, limits)


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    (tmp_path / "big.vcf").write_bytes(b"x" * 101)
    with pytest.raises(VitalfewError, match="limit for one file is 100 bytes"):
        open_container(tmp_path / "big.vcf", Limits(file=100))


def test_a_large_member_is_refused_and_the_others_kept(tmp_path: Path) -> None:
    make_zip(tmp_path / "b.zip", {"big.csv": b"x" * 101, "small.csv": b"y"})
    with open_container(tmp_path / "b.zip", Limits(file=100)) as container:
        assert contents(container) == {"small.csv": b"y"}
        assert "100 bytes" in reasons(container)["big.csv"]


def test_a_missing_path_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VitalfewError, match="There is no file or folder"):
        open_container(tmp_path / "nothing")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_path_without_permission_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(VitalfewError, match="permission denied"):
        open_container(tmp_path / "a.csv")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(VitalfewError, match="neither a file nor a folder"):
        open_container(tmp_path / "pipe")
    with open_container(tmp_path) as container:
        assert reasons(container) == {"pipe": "not a plain file"}


def test_links_in_a_folder_are_followed_only_inside_it(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "a.csv").write_bytes(b"a")
    (tmp_path / "secret").write_bytes(b"s")
    (root / "inside.csv").symlink_to(root / "a.csv")
    (root / "outside.csv").symlink_to(tmp_path / "secret")
    (root / "nowhere.csv").symlink_to(root / "gone")
    (root / "loop").symlink_to(root)
    with open_container(root) as container:
        assert contents(container) == {"a.csv": b"a", "inside.csv": b"a"}
        assert set(reasons(container)) == {"outside.csv", "nowhere.csv", "loop"}


def test_archives_in_a_folder_are_named_but_not_opened(tmp_path: Path) -> None:
    make_zip(tmp_path / "takeout-001.zip", FILES)
    with open_container(tmp_path) as container:
        assert reasons(container) == {"takeout-001.zip": NESTED}


def test_an_empty_file_and_an_empty_folder_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "zero").write_bytes(b"")
    with open_container(tmp_path / "empty") as container:
        assert container.members == ()
    with open_container(tmp_path / "zero") as container:
        assert container.members[0].head() == b""
