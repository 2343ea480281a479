"""File, folder, zip, tar and gz as one read-only tree of members.

Nothing is ever unpacked to disk. Names are '/'-separated and are matched from the right by
importers, because an export may or may not have a folder around it.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from core.errors import VitalfewError
from importers.archive_names import is_archive, is_noise, refusal, repaired
from importers.decode import clean
from importers.limits import Limits
from importers.record import Problem
from importers.streams import Bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NESTED: Final = "an archive inside is not opened: bring it in by itself"
_BOOKS: Final = ("[Content_Types].xml", "mimetype", "xl/workbook.xml")  # a zip that is one file
_GZIP: Final = b"\x1f\x8b"
_TAR_AT: Final = slice(257, 262)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container.

    Attributes:
        name: '/'-separated, relative.
        size: bytes, as far as the container says.
        modified: ISO date (UTC) or "".
        opener: gives a new stream at its beginning, bounded for what is held as a whole.
        streamer: the same, bounded for what is read piece by piece.
    """

    name: str
    size: int
    modified: str
    opener: Callable[[], BinaryIO] = field(repr=False, compare=False)
    streamer: Callable[[], BinaryIO] | None = field(default=None, repr=False, compare=False)

    def open(self) -> BinaryIO:
        """A stream of the bytes; the caller closes it.

        Raises:
            VitalfewError: here or while reading: damaged, too large, not readable.
        """
        return self.opener()

    def stream(self) -> BinaryIO:
        """The same for a reader that holds little of it at a time."""
        return (self.streamer or self.opener)()

    def head(self, n: int = 4096) -> bytes:
        """The first `n` bytes; b"" if they cannot be read."""
        try:
            with self.stream() as stream:
                return stream.read(n)
        except VitalfewError:
            return b""


@dataclass(frozen=True, slots=True)
class Container:
    """A tree of members, to be used in a ``with`` block.

    Attributes:
        name: the last part of the path, for people.
        members: in archive order; of a folder by name.
        problems: members that were refused, and why.
    """

    name: str
    members: tuple[Member, ...]
    problems: tuple[Problem, ...] = ()
    closing: ExitStack = field(default_factory=ExitStack, repr=False, compare=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.close()


@dataclass(slots=True)
class _Listing:
    """Members and problems while a container is looked through."""

    limits: Limits
    members: list[Member] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def refuse(self, name: str, why: str) -> None:
        self.problems.append(Problem(clean(name), why))

    def add(self, name: str, size: int, modified: str, opener: Callable[[int], BinaryIO]) -> None:
        why = refusal(name, self.limits.name, self.limits.part)
        if not why and is_archive(name):
            why = NESTED
        if not why and size > (most := self.limits.largest(name)):
            why = f"larger than the limit of {_size(most)} for one file"
        if why:
            self.refuse(name, why)
        else:
            name = clean(name.replace("\\", "/"))
            self.members.append(_member(name, size, modified, opener, self.limits))


def _member(
    name: str, size: int, modified: str, opener: Callable[[int], BinaryIO], limits: Limits
) -> Member:
    whole, pieces = partial(opener, limits.file), partial(opener, limits.stream)
    return Member(name, size, modified, whole, pieces)


def open_container(path: Path, limits: Limits | None = None) -> Container:
    """The tree behind a path.

    Args:
        path: a file, folder, zip, tar, tar.gz or gz.
        limits: what to refuse; the usual limits if None.

    Raises:
        VitalfewError: missing, not readable, damaged, or over a limit, in one sentence.
    """
    limits = limits or Limits()
    shown = path.name or str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _folder(path, limits)
        if not stat.S_ISREG(mode):
            raise VitalfewError(f"{path} is neither a file nor a folder.")
        return _file(path, limits)
    except FileNotFoundError as error:
        raise VitalfewError(f"There is no file or folder {path}.") from error
    except PermissionError as error:
        raise VitalfewError(f"{path} cannot be read: permission denied.") from error
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise VitalfewError(f"{shown} is damaged or cut off: {error}.") from error
    except (OSError, ValueError) as error:
        raise VitalfewError(f"{path} cannot be read: {error}.") from error


def _file(path: Path, limits: Limits) -> Container:
    info = path.stat()
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith((b"PK\3\4", b"PK\5\6")) and not _is_book(path):
        return _zip(path, limits)
    if head.startswith(_GZIP):
        with Bounded(gzip.GzipFile(path), path.name, 512) as stream:
            inner = stream.read(512)
        if _is_tar(inner, path.name):
            return _tar(path, limits, gzip.GzipFile)
        return _single_gz(path, limits)
    if _is_tar(head, path.name):
        return _tar(path, limits, lambda path: path.open("rb"))
    if info.st_size > (most := limits.largest(path.name)):
        raise VitalfewError(
            f"{path.name} has {_size(info.st_size)}; the limit for one file is "
            f"{_size(most)}. Nothing was read."
        )
    opener = partial(_open_path, str(path))
    name, day = clean(path.name), _date(info.st_mtime)
    member = _member(name, info.st_size, day, opener, limits)
    return Container(clean(path.name), (member,))


def _is_book(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(name in _BOOKS for name in archive.namelist())


def _is_tar(head: bytes, name: str) -> bool:
    return head[_TAR_AT] == b"ustar" or name.lower().endswith((".tar", ".tgz", ".tar.gz"))


def _single_gz(path: Path, limits: Limits) -> Container:
    info = path.stat()
    name = path.stem if path.suffix.lower() == ".gz" else path.name

    def opener(most: int) -> BinaryIO:
        bounded = Bounded(gzip.GzipFile(path), name, most, info.st_size, limits)
        return cast("BinaryIO", io.BufferedReader(bounded))

    with path.open("rb") as stream:
        stream.seek(-4, os.SEEK_END)
        size = int.from_bytes(stream.read(4), "little")  # what the packer says: never trusted
    member = _member(clean(name), size, _date(info.st_mtime), opener, limits)
    return Container(clean(path.name), (member,))


def _open_path(path: str, most: int) -> BinaryIO:
    try:
        bounded = Bounded(io.FileIO(path), os.path.basename(path), most)  # noqa: PTH119 - quick
    except OSError as error:
        raise VitalfewError(f"{path} cannot be read: {error.strerror}.") from error
    return cast("BinaryIO", io.BufferedReader(bounded))


def _folder(path: Path, limits: Limits) -> Container:
    listing = _Listing(limits)
    root = path.resolve()
    seen = 0
    waiting = [(str(path), "")]
    while waiting:
        where, prefix = waiting.pop()
        try:
            with os.scandir(where) as found:
                entries = [entry for entry in found if not is_noise(entry.name)]
        except OSError:
            if not prefix:
                raise
            listing.refuse(where, "this folder cannot be read")
            continue
        entries.sort(key=lambda entry: (_is_folder(entry), entry.name))
        inner: list[tuple[str, str]] = []
        for entry in entries:
            name = prefix + entry.name
            if not _is_folder(entry):
                seen += 1
                _folder_file(entry, name, root, listing)
            elif entry.is_symlink():
                listing.refuse(name, "a link to a folder is not followed")
            else:
                inner.append((entry.path, f"{name}/"))
            if seen > limits.folder_entries:
                raise VitalfewError(
                    f"{path} holds more than {limits.folder_entries:,} files. Nothing was read."
                )
        waiting += reversed(inner)
    return Container(clean(path.resolve().name), tuple(listing.members), tuple(listing.problems))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _folder_file(entry: os.DirEntry[str], name: str, root: Path, listing: _Listing) -> None:
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(root):
            return listing.refuse(name, "a link out of the folder is not followed")
        info = entry.stat()
    except (OSError, RuntimeError):
        return listing.refuse(name, "a link that leads nowhere, or no permission")
    if not stat.S_ISREG(info.st_mode):
        return listing.refuse(name, "not a plain file")
    opener = partial(_open_path, entry.path)
    return listing.add(name.replace("\\", "_"), info.st_size, _date(info.st_mtime), opener)


def _zip(path: Path, limits: Limits) -> Container:
    with ExitStack() as stack:
        archive = stack.enter_context(zipfile.ZipFile(path))
        infos = archive.infolist()
        _check_count(path, len(infos), limits)
        _check_total(path, sum(info.file_size for info in infos), limits)
        _check_overlap(path, infos)
        listing = _Listing(limits)
        for info in infos:
            _zip_entry(archive, info, listing)
        return _done(path, listing, stack)


def _zip_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, listing: _Listing) -> None:
    name = repaired(info.orig_filename, utf8=bool(info.flag_bits & 0x800))
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.is_dir() or name.endswith("\\") or is_noise(name):
        return
    if stat.S_ISLNK(kind) or kind not in {0, stat.S_IFREG}:
        listing.refuse(name, "a link or device inside an archive is not followed")
    elif info.flag_bits & 0x1:
        listing.refuse(name, "encrypted: unpack it with its password first")
    else:
        year, month, day = info.date_time[:3]
        modified = f"{year:04}-{month:02}-{day:02}" if month and day else ""
        listing.add(
            name, info.file_size, modified, partial(_open_zip, archive, info, name, listing.limits)
        )


def _open_zip(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, most: int
) -> BinaryIO:
    try:
        stream = cast("BinaryIO", archive.open(info))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise VitalfewError(f"{name} cannot be read from the archive: {error}.") from error
    bounded = Bounded(stream, name, most, info.compress_size, limits)
    return cast("BinaryIO", io.BufferedReader(bounded))


def _check_overlap(path: Path, infos: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: the way a small file unpacks to a huge one."""
    end = -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise VitalfewError(f"{path.name}: entries of the archive overlap. Nothing was read.")
        end = info.header_offset + 30 + info.compress_size  # 30: the shortest local header


def _tar(
    path: Path, limits: Limits, opened: Callable[[Path], BinaryIO | gzip.GzipFile]
) -> Container:
    with ExitStack() as stack:
        packed = path.stat().st_size
        stream = stack.enter_context(Bounded(opened(path), path.name, limits.total, packed, limits))
        listing = _Listing(limits)
        try:
            archive = stack.enter_context(tarfile.open(fileobj=stream, mode="r:"))
            for count, info in enumerate(archive, 1):
                _check_count(path, count, limits)
                listing.total += info.size
                _check_total(path, listing.total, limits)
                _tar_entry(archive, info, listing)
        except (tarfile.TarError, EOFError) as error:
            if not listing.members:
                raise
            listing.refuse(clean(path.name), f"the archive ends too early: {error}")
        return _done(path, listing, stack)


def _tar_entry(archive: tarfile.TarFile, info: tarfile.TarInfo, listing: _Listing) -> None:
    if info.isdir() or is_noise(info.name):
        return
    if info.isreg():
        opener = partial(_open_tar, archive, info)
        listing.add(info.name, info.size, _date(info.mtime), opener)
    else:
        listing.refuse(info.name, "a link or device inside an archive is not followed")


def _open_tar(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> BinaryIO:
    try:
        stream = archive.extractfile(info)
    except (tarfile.TarError, OSError, KeyError) as error:
        raise VitalfewError(f"{info.name} cannot be read from the archive: {error}.") from error
    if stream is None:
        raise VitalfewError(f"{info.name} cannot be read from the archive.")
    bounded = Bounded(cast("BinaryIO", stream), info.name, most)
    return cast("BinaryIO", io.BufferedReader(bounded))


def _check_count(path: Path, count: int, limits: Limits) -> None:
    if count > limits.entries:
        raise VitalfewError(
            f"{path.name} holds more than {limits.entries:,} entries, the limit for an archive. "
            "Nothing was read."
        )


def _check_total(path: Path, total: int, limits: Limits) -> None:
    if total > limits.total:
        raise VitalfewError(
            f"{path.name} unpacks to more than {_size(limits.total)}, the limit for an archive. "
            "Nothing was read."
        )


def _done(path: Path, listing: _Listing, stack: ExitStack) -> Container:
    name = clean(path.name)
    return Container(name, tuple(listing.members), tuple(listing.problems), stack.pop_all())


def _date(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.0f} MB" if count >= 1_000_000 else f"{count:,} bytes"  # noqa: PLR2004 - one megabyte
