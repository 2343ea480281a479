"""What lies on this machine: exports in the usual places, and what a folder of downloads holds."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from core.errors import VitalfewError
from importers import registry
from importers.archive_names import is_noise
from importers.container import open_container
from importers.estimate import estimate, estimate_talks
from importers.limits import Limits
from importers.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from importers.container import Container
    from importers.registry import Guess
    from importers.talk import TalkReader

DEEPEST: Final = 2
"""Folders within folders that are looked into for exports."""

_MOST: Final = 2_000
"""Files of a folder that are looked at, newest first."""

_READ_AT_ONCE: Final = 4_000_000
"""Bytes that are read to count what they hold; of more it is only estimated."""

_NUMBERED: Final = re.compile(r"(.*?) ?\((\d{1,3})\)(\.[^.]*)?\Z")
_MOST_SHARE: Final = 0.8
_ONE_A_FILE: Final = ((".vcf", ".vcard"), (".ics",), (".eml", ".emlx"))
_MAIL: Final = frozenset({"cur", "table_of_contents"})  # a Maildir, Apple Mail
_BOXES: Final = (".mbox", ".sbd")  # folders that are named so
_PURPLE: Final = frozenset({"accounts.xml", "blist.xml"})  # where Pidgin keeps all it has
_NETWORKS: Final = frozenset(
    {"aim", "bonjour", "facebook", "gadu-gadu", "gtalk", "icq", "irc", "jabber", "msn", "yahoo"}
)
_LOG: Final = re.compile(r"\d{4}-\d\d-\d\d\.\d{6}.*\.(?:html?|txt)")
_MEMBERS: Final = ("subscribed_", "unsubscribed_", "nonsubscribed_", "cleaned_")
_ONE_LIST: Final = frozenset(  # two of them in a folder make it one export
    {
        *("connections.csv", "messages.csv", "invitations.csv", "profile.csv"),
        *("registration.csv", "email addresses.csv"),
    }
)
_TREE: Final = frozenset(  # at the root of what Facebook and Instagram give
    {
        *("your_facebook_activity", "your_activity_across_facebook", "your_instagram_activity"),
        *("friends_and_followers", "followers_and_following", "profile_information", "friends"),
        *("messages", "connections", "personal_information", "account_information", "html"),
        "index.htm",
    }
)
_FLAT: Final = frozenset({"connections.json", "messages.json", "profile.json"})  # before 2020
_FEW_FILES: Final = 3
_CHAT: Final = "chat.md"
_TELEGRAM: Final = frozenset({"messages.html", "export_results.html"})
_ENDINGS: Final = frozenset(
    {
        *(".csv", ".tsv", ".txt", ".vcf", ".vcard", ".vct", ".ldif", ".ldi", ".xlsx", ".json"),
        *(".jsonl", ".sql", ".zip", ".tar", ".tgz", ".gz", ".list", ".ics", ".mbox", ".xml"),
        ".xml",
    }
)


class Found(NamedTuple):
    """A file or folder that can be imported.

    Attributes:
        count: how many entries it holds; of a large file about how many.
        modified: ISO day of its newest file, or "".
        reason: what it was recognised by.
    """

    path: Path
    kind: str
    title: str
    count: int  # type: ignore[assignment]  # a tuple's own count is not missed
    modified: str
    reason: str


class Looked(NamedTuple):
    """What a folder was found to hold.

    Attributes:
        exports: files and folders, each one export.
        older: earlier copies of one of them, such as ``contacts.csv`` beside ``contacts (1).csv``.
        left: how many files are nothing that can be read.
        broken: for each of those that is damaged or over a limit, the sentence that says so.
    """

    exports: tuple[Path, ...]
    older: tuple[Path, ...] = ()
    left: int = 0
    broken: tuple[str, ...] = ()


def on_this_machine(
    home: Path, environ: Mapping[str, str], progress: Callable[[int], None] = lambda _count: None
) -> list[Found]:
    """Everything in the usual places that can be imported, most entries first.

    Args:
        home: the user's home folder.
        environ: names the folders of data, settings and downloads where they are elsewhere.
        progress: called for each file that was looked at; may raise to stop.
    """
    found: dict[Path, Found] = {}
    for place in _places(home, environ):
        for path in look_through(place, progress).exports if place.is_dir() else [place]:
            if path not in found and (one := told(path)):
                found[path] = one
            progress(1)
    return sorted(found.values(), key=lambda one: (-one.count, one.path))


def told(path: Path) -> Found | None:
    """What a file or folder is; None if nobody can read it."""
    try:
        with open_container(path) as container:
            guesses = registry.recognise(container)
            if not guesses:
                return None
            best = guesses[0]
            count = _count(best, container)
            newest = max((member.modified for member in container.members), default="")
    except VitalfewError:
        return None
    return Found(path, best.importer.NAME, best.importer.TITLE, count, newest, best.sniffed.reason)


def _count(guess: Guess, container: Container) -> int:
    """The entries of a small export; of a large one, or of talks, about how many there are."""
    importer, members = guess.importer, guess.sniffed.members
    if guess.talks:
        return estimate_talks(cast("TalkReader", importer), container)
    if sum(member.size for member in container.members if member.name in members) > _READ_AT_ONCE:
        return estimate(importer, container)
    return sum(isinstance(found, Record) for found in importer.read(container))


def look_through(path: Path, progress: Callable[[int], None] = lambda _count: None) -> Looked:
    """The exports that a path holds: a file is one, and so is a folder that is one export.

    Any other folder, such as that of the downloads, is looked through two folders deep. Of copies
    that a browser numbered only the newest counts.

    Args:
        path: a file or folder.
        progress: called for each file that was looked at; may raise to stop.

    Raises:
        VitalfewError: the folder cannot be read.
    """
    if not path.is_dir() or _is_one_export(path):
        return Looked((path,))
    candidates: list[Path] = []
    left = 0
    for one in _inside(path, DEEPEST):
        if one.is_dir() or one.suffix.lower() in _ENDINGS:
            candidates.append(one)
        else:
            left += 1
    newest, older = _newest(candidates)
    exports: list[Path] = []
    broken: list[str] = []
    for one in newest:
        try:
            exports += [one] * _is_export(one)
        except VitalfewError as error:
            broken.append(error.sentence)
        progress(1)
    left += len(newest) - len(exports)
    return Looked(tuple(exports), tuple(older), left, tuple(broken))


def _inside(folder: Path, depth: int) -> Iterator[Path]:
    """Files, and folders that are one export, newest first and not too many."""
    try:
        with os.scandir(folder) as listing:
            entries = [one for one in listing if not _is_hidden(one.name)]
    except OSError as error:
        raise VitalfewError(f"{folder} cannot be read: {error.strerror}.") from error
    for entry in sorted(entries, key=_changed, reverse=True)[:_MOST]:
        one = Path(entry.path)
        if entry.is_file():
            yield one
        elif entry.is_dir(follow_symlinks=False) and depth > 0:
            try:
                if _is_one_export(one):
                    yield one
                else:
                    yield from _inside(one, depth - 1)
            except VitalfewError:
                continue


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or is_noise(name)


def _changed(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


def _is_one_export(folder: Path) -> bool:
    """Whether the files of a folder belong together: an unpacked archive, or cards by the file."""
    try:
        names = [name.lower() for name in os.listdir(folder) if not _is_hidden(name)]  # noqa: PTH208 — names alone
    except OSError:
        return False
    files = [name for name in names if "." in name]

    def are_most(alike: Callable[[str], bool]) -> bool:
        return sum(map(alike, files)) >= max(_MOST_SHARE * len(files), 1)

    if "archive_browser.html" in names or _is_of_x(folder) or _is_chats(folder):
        return True
    # Files that were unpacked among other downloads do not make all of these one export.
    if len(_ONE_LIST.intersection(names)) > 1 and are_most(lambda name: name.endswith(".csv")):
        return True
    if are_most(lambda name: name.startswith(_MEMBERS)):
        return True
    flat = len(_FLAT.intersection(names)) > 1 and are_most(lambda name: name.endswith(".json"))
    if flat or (len(files) <= _FEW_FILES and _is_tree(names)):
        return True
    alike = max(sum(name.endswith(ends) for name in files) for ends in _ONE_A_FILE)
    is_one_a_file = alike > 1 and alike >= _MOST_SHARE * len(files)
    return is_one_a_file or _is_mail(folder, names) or _is_messenger(folder, names)


def _is_mail(folder: Path, names: Sequence[str]) -> bool:
    """Whether a mail program keeps its folders here: what is sent or thrown away shows in them."""
    if _MAIL.intersection(names):
        return True
    if any(name.endswith(".msf") for name in names):
        return True
    return any(one.is_dir() for ends in _BOXES for one in folder.glob(f"*{ends}"))


def _is_of_x(folder: Path) -> bool:
    """Whether this is X's archive, or the folder in it that holds all there is to read."""
    return any((folder / place / "account.js").is_file() for place in ("", "data"))


def _is_chats(folder: Path) -> bool:
    """Whether this is a chat of Signal as signal-export writes it, or a folder of such."""
    if (folder / _CHAT).is_file():
        return True
    with os.scandir(folder) as listing:
        inside = [Path(one.path) for one in listing if one.is_dir() and not _is_hidden(one.name)]
    chats = sum((one / _CHAT).is_file() for one in inside[:_MOST])
    return chats > 0 and chats >= len(inside) / 2


def _is_messenger(folder: Path, names: Sequence[str]) -> bool:
    """Whether a messenger keeps its logs here: networks, accounts in them, people in these."""
    logs = sum(bool(name.endswith(".chatlog") or _LOG.fullmatch(name)) for name in names)
    if _PURPLE.issubset(names) or logs >= max(_MOST_SHARE * len(names), 1):
        return True
    if _TELEGRAM.intersection(names) and (folder / "css").is_dir():
        return True
    place = folder.name.lower()
    if place.endswith(".chatlog") or (
        place == "history" and any(name.endswith(".xml") for name in names)
    ):
        return True
    pidgin = (folder.glob(f"{name}/*/*/*-*-*.*") for name in _NETWORKS.intersection(names))
    adium = (
        folder.glob(f"{name}/*/*.chatlog")
        for name in os.listdir(folder)  # noqa: PTH208 — as written, not as folded
        if name.lower().partition(".")[0] in _NETWORKS and "." in name
    )
    return any(_LOG.fullmatch(one.name) for found in pidgin for one in found) or any(
        True for found in adium for _ in found
    )


def _is_tree(names: Iterable[str]) -> bool:
    """Whether these are folders of a download of Facebook or Instagram."""
    found = _TREE.intersection(names)
    return len(found) > 1 or any(name.startswith("your_") for name in found)


def _newest(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """The newest of the copies that a browser numbered, and the others."""
    best: dict[Path, Path] = {}
    older: list[Path] = []
    for path in sorted(paths, key=_day, reverse=True):  # stable: the newest comes first
        numbered = _NUMBERED.match(path.name)
        plain = path.with_name(f"{numbered[1]}{numbered[3] or ''}") if numbered else path
        if plain in best:
            older.append(path)
        else:
            best[plain] = path
    return list(best.values()), older


def _day(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _is_export(path: Path) -> bool:
    """Whether somebody can read it.

    Raises:
        VitalfewError: it cannot be opened.
    """
    try:
        if path.is_file() and path.stat().st_size > Limits().total:
            return False
        with open_container(path) as container:
            return bool(registry.recognise(container))
    except OSError:
        return False


def _places(home: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where mail programs, address books and browsers keep what they have."""
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    wanted = [
        home / ".abook" / "addressbook",
        *(home / ".mutt" / name for name in ("aliases", "alias", "aliases.txt")),
        *(home / name for name in (".mutt_aliases", ".mail_aliases", ".mailrc")),
        *(
            config / folder / name
            for folder in ("mutt", "neomutt")
            for name in ("aliases", "alias")
        ),
        home / ".lbdb" / "m_inmail.list",
        *(home / name for name in (".contacts", "contacts", "Contacts")),
        *(data / name for name in ("contacts", "vdirsyncer", "khard")),
        *(home / name for name in (".purple", ".gaim")),
        home / "Library" / "Application Support" / "Adium 2.0" / "Users" / "Default" / "Logs",
        *_khard(config),
        *_downloads(home, config, environ),
    ]
    for path in dict.fromkeys(wanted):
        if path.exists():
            yield path


def _khard(config: Path) -> Iterator[Path]:
    """The folders of cards that khard was told of."""
    for line in _lines(config / "khard" / "khard.conf"):
        key, _, value = line.partition("=")
        if key.strip() == "path" and value.strip():
            yield Path(os.path.expanduser(value.strip().strip("\"'").rstrip("/*")))  # noqa: PTH111 — of text


def _downloads(home: Path, config: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Where browsers put files: as the desktop says, else where it usually is."""
    if named := environ.get("XDG_DOWNLOAD_DIR"):
        yield Path(named)
    for line in _lines(config / "user-dirs.dirs"):
        key, _, value = line.partition("=")
        if key.strip() == "XDG_DOWNLOAD_DIR":
            yield Path(value.strip().strip('"').replace("$HOME", str(home)))
    yield home / "Downloads"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
