"""``settings.toml`` written back: one value is another, all else stays as it was typed."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from core.errors import UsageError, VitalfewError
from core.settings import Settings, parse, text_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

    from tomlkit import TOMLDocument

Value: TypeAlias = int | str

_WRITABLE = 0o222


class Change(NamedTuple):
    """What came of a change.

    Attributes:
        settings: the choices that hold now, with all else that stands in the file.
        before: what stood there; None if nothing did, so that the usual held.
    """

    settings: Settings
    before: Value | None


class SettingsFile:
    """The file of the user's choices.

    Args:
        path: where it is, or will be.
        kept: False keeps changes in memory only, for a book that is thrown away.
    """

    def __init__(self, path: Path, *, kept: bool = True) -> None:
        self.path = path
        self._kept = kept
        self._text: str | None = None

    def change(self, table: str, key: str, value: Value | None) -> Change:
        """Choose something else; what was typed into the file meanwhile stays.

        Args:
            table: ``cadence``, ``weights``, or "" for what stands before all tables.
            key: its name.
            value: None for the usual one.

        Raises:
            UsageError: the file cannot be understood, or the value cannot be.
            VitalfewError: it cannot be written; it is as it was.
        """
        text = text_of(self.path) if self._text is None else self._text
        file = self.path.name
        wanted = _all(parse(text, file))
        (wanted[table] if table else wanted)[key] = usual(table, key) if value is None else value
        new = changed(text, file, table, key, value)
        settings = parse(new, file)
        if _all(settings) != wanted:
            raise UsageError(f"{key} stands in {file} in an unusual way: change it there")
        if not self._kept:
            self._text = new
        elif new != text:
            _write(self.path, new)
        return Change(settings, _given(text, table, key))


def changed(text: str, file: str, table: str, key: str, value: Value | None) -> str:
    """The text with another value; comments, order and line ends stay.

    Args:
        text: TOML.
        file: what sentences call it.
        table: as in `SettingsFile.change`, like `key` and `value`.
        key: see there.
        value: see there. A line with a comment stays, with the usual value.

    Raises:
        UsageError: it is not TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        where: MutableMapping[str, Any] = document
        if table and table not in document and value is not None:
            document[table] = tomlkit.table()
        if table:
            where = cast("MutableMapping[str, Any]", document.get(table, {}))
        if value is None and key in where:
            if where[key].trivia.comment:
                where[key] = usual(table, key)
            else:
                del where[key]
        elif value is not None and (table or key in where):
            where[key] = value
        elif value is not None:
            return _with_line(text, document, f"{key} = {tomlkit.item(value).as_string()}")
        return document.as_string()
    except TOMLKitError as error:
        raise UsageError(f"{file} cannot be read: {error}") from None


def usual(table: str, key: str) -> Value:
    """What holds if nobody chose anything; arguments as in `SettingsFile.change`."""
    return present(Settings(), table, key)


def present(settings: Settings, table: str, key: str) -> Value:
    """What holds; arguments as in `SettingsFile.change`."""
    if table == "weights":
        from core.rules.evidence import WEIGHTS

        return settings.weights.get(key, WEIGHTS[key])
    return cast("Value", getattr(settings, table)[key] if table else getattr(settings, key))


def _given(text: str, table: str, key: str) -> Value | None:
    import tomllib

    given = tomllib.loads(text)
    return cast("Value | None", (given.get(table, {}) if table else given).get(key))


def _all(settings: Settings) -> dict[str, Any]:
    """Every choice, those that hold without being made too."""
    from dataclasses import asdict

    from core.rules.evidence import WEIGHTS

    return {**asdict(settings), "weights": {**WEIGHTS, **settings.weights}}


def _with_line(text: str, document: TOMLDocument, line: str) -> str:
    """The text with one more value before all tables.

    It goes below the last value there, as the comments after that speak of what follows them; the
    library would put it below those.
    """
    lines = text.splitlines(keepends=True)
    ends = "\r\n" if "\r\n" in text else "\n"
    wanted = {key for key, value in document.items() if not hasattr(value, "items")}
    at = next(place for place in range(len(lines) + 1) if wanted <= _keys_of(lines[:place]))
    if not wanted:  # a comment at the head, with a blank line after it, speaks of the whole file
        head = len(list(takewhile(lambda one: one.startswith("#"), lines)))
        at = min(head + 1, len(lines)) if not "".join(lines[head : head + 1]).strip() else 0
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += ends
    more = [ends] if at < len(lines) and lines[at].lstrip().startswith("[") else []
    return "".join((*lines[:at], line + ends, *more, *lines[at:]))


def _keys_of(lines: list[str]) -> set[str]:
    import tomllib

    try:
        return set(tomllib.loads("".join(lines)))
    except tomllib.TOMLDecodeError:  # amid a value of several lines
        return set()


def _write(path: Path, text: str) -> None:
    """Put the text in place of the file, or of what a link of that name leads to."""
    from core.storage.private_file import private_file

    try:
        target = path.resolve()
        if target.exists() and not target.stat().st_mode & _WRITABLE:
            raise VitalfewError(f"{path.name} may only be read; nothing was changed")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise VitalfewError(f"{path.name} cannot be written: {why}; nothing was changed") from None
    with private_file(target, force=True) as write:
        write(text.encode("utf-8"))
