"""Copies of the book: whole, checked, private, and named by their reason."""

from __future__ import annotations

import glob
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.errors import BookError
from core.storage.driver import Error, dbapi

if TYPE_CHECKING:
    from pathlib import Path

KEPT: Final = 3


def folder(book: Path) -> Path:
    """Where the copies of a book lie: beside it."""
    return book.parent / "copies"


def copy(book: Path, reason: str) -> Path:
    """Copy the book into `folder` and check the copy before it gets its name.

    Keeps the newest `KEPT` copies of the same reason.

    Raises:
        BookError: the copy could not be made whole; nothing else was changed.
    """
    target_folder = folder(book)
    slug = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
    target = target_folder / f"{book.stem}-{moment}-{slug}.db"
    unfinished = target.with_suffix(".part")
    try:
        target_folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise BookError(
            f"the book could not be copied into {target_folder}, so nothing was changed: "
            f"{error.strerror or error}"
        ) from None
    try:
        source, made = dbapi.connect(book), dbapi.connect(unfinished)
        try:
            source.backup(made, pages=-1)
            sound = made.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            made.close()
            source.close()
    except Error as error:
        unfinished.unlink()
        raise BookError(
            f"the book could not be copied first, so nothing was changed: {error}"
        ) from None
    if sound != "ok":
        unfinished.unlink()
        raise BookError(f"the book is damaged, so nothing was changed: {sound}")
    _sync(unfinished)
    unfinished.replace(target)
    _sync(target_folder)
    day = "-".join(("[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2))
    mine = f"{glob.escape(book.stem)}-{day}T*-{slug}.db"
    for old in sorted(target_folder.glob(mine))[:-KEPT]:
        old.unlink()
    return target


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
