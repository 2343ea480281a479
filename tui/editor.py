"""The user's own editor on a text: in a private place, without a shell, removed afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import UsageError, VitalfewError
from tui import outside

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL: Final = ("nano", "vim", "vi", "notepad.exe")


def folder(book: Path) -> Path:
    """Where texts lie while they are edited: beside the book, for nobody else to read."""
    return book.absolute().parent / "edits"


def is_named() -> bool:
    """Whether the user has named an editor, which then may well do without a terminal."""
    return any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))


def command() -> list[str]:
    """The program of ``$VISUAL`` or ``$EDITOR`` with its arguments, or one that is usually there.

    Raises:
        UsageError: none is found, or what was named cannot be read as a command.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""), posix=os.name != "nt")
        except ValueError as error:
            raise UsageError(f"${name} cannot be understood: {error}") from None
        if words:
            return words
    for usual in _USUAL:
        if there := shutil.which(usual):
            return [there]
    raise UsageError("no editor is found: name one by EDITOR, such as EDITOR=nano")


def edit_text(text: str, folder: Path) -> str:
    """Open a text in the editor, and wait until it is left.

    In the screens, call it inside ``app.suspend()``.

    Args:
        text: what is to be edited.
        folder: of `folder`; it is made, with mode 0700.

    Returns:
        The text as it was saved; the same if nothing was.

    Raises:
        UsageError: no editor can be started, or what it saved is not UTF-8 (a copy is kept, and
            the sentence names it).
        VitalfewError: the editor ended with an error, or the place cannot be written.
    """
    words = command()
    with _draft(text, folder) as draft:
        outside.run([*words, str(draft)], "editor", "; nothing was changed")
        try:
            saved = draft.read_bytes()
        except OSError as error:
            raise VitalfewError(f"what the editor saved cannot be read: {error.strerror}") from None
        try:
            return saved.decode("utf-8")
        except UnicodeDecodeError:
            kept = _keep(saved, folder)
            raise UsageError(f"the editor did not save UTF-8; the text is kept in {kept}") from None


def keep(text: str, folder: Path) -> Path:
    """Keep a text that could not be understood, so that nothing typed is lost.

    Raises:
        VitalfewError: the place cannot be written.
    """
    return _keep(text.encode("utf-8", "surrogatepass"), folder)


def taken(kept: Path, folder: Path) -> None:
    """Remove a text of `keep` that was understood at last; files elsewhere are left alone."""
    if kept.absolute().parent == folder:
        kept.unlink(missing_ok=True)


def _keep(data: bytes, folder: Path) -> Path:
    try:
        _make(folder)
        handle, name = tempfile.mkstemp(".txt", "kept-", folder)
        os.close(handle)
        kept = Path(name)
        kept.write_bytes(data)
    except OSError as error:
        raise _unwritable(folder, error) from None
    return kept


@contextmanager
def _draft(text: str, folder: Path) -> Iterator[Path]:
    """A file (0600) in a folder of its own, where an editor's own copies go with it."""
    try:
        _make(folder)
        place = Path(tempfile.mkdtemp(prefix="edit-", dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        try:
            draft = place / "person.txt"
            draft.touch(mode=0o600, exist_ok=False)
            draft.write_bytes(text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise _unwritable(folder, error) from None
        yield draft
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _make(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink():
        raise NotADirectoryError(0, "it is a link")
    folder.chmod(0o700)


def _unwritable(folder: Path, error: OSError) -> VitalfewError:
    return VitalfewError(f"{folder} cannot be used: {error.strerror or error}")
