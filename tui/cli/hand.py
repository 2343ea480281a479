"""``add``, ``edit`` and ``optout``: what is written by hand."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from core.errors import NotFoundError, UsageError
from core.text import clean
from tui.cli import output, who

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.bus import Bus, Done
    from core.queries.opt_outs import OptOutLine
    from core.queries.people import PersonLine
    from core.rules.form import Line
    from core.rules.typed import Edit, Typed
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_SAME_SHOWN: Final = 3


def add(shell: Shell, words: Sequence[str], tier: str, labels: Sequence[str]) -> int:
    """Make a person of each line; ``-`` alone reads the lines from stdin.

    Raises:
        UsageError: nobody can be known by a line; of several lines none is taken then.
    """
    from core.commands.add_person import AddPerson
    from core.rules import kinds
    from core.rules.typed import Typed

    more = tuple(Typed(kinds.LABEL, label) for label in labels if label.strip())
    lines = _stdin() if list(words) == ["-"] else [" ".join(words)]
    people = [(*_taken_apart(line, place, len(lines)), *more) for place, line in enumerate(lines)]
    with shell.writing() as bus:
        for values in people:
            _tell_added(bus, bus.run(AddPerson(values, tier.strip().upper())))
    return 0


def edit(shell: Shell, person: str, words: Sequence[str], file: Path | None) -> int:
    """Change values of a person: those that are named, or in the editor, or from a file of its.

    Words before the first with ``=`` belong to the name.
    """
    from core.rules import assign

    count = next((place for place, word in enumerate(words) if "=" in word), len(words))
    person, words = " ".join([person, *words[:count]]), words[count:]
    with shell.reading() as view:
        line = who.one(view, person)
    held = _held(shell, line.id)
    if words and file is not None:
        raise UsageError("either a file, or what to change")
    edits = assign.edits(words, held) if words else _by_editor(shell, line, held, file)
    if not edits:
        output.say(f"{line.name}: nothing was changed")
        return 0
    from core.commands.edit_person import EditPerson

    with shell.writing() as bus:
        done = bus.run(EditPerson(line.id, edits))
    if file is not None:
        from tui import editor

        editor.taken(file, editor.folder(shell.book))
    _tell(done)
    return 0


def opt_out(  # noqa: PLR0913 — one for each flag
    shell: Shell, words: Sequence[str], said_by: str, on: str, form: Form, *, off: bool
) -> int:
    """Keep, take off or list how somebody wants to be contacted: WHO [never|prefer CHANNEL]."""
    from core.rules import opt_outs

    *person, rule, channel = ("", "", *words)
    person = [word for word in person if word]
    if not person or rule.lower() not in {*opt_outs.RULES, "prefers"}:
        if off or said_by or on:
            raise UsageError("who, then never or prefer, then one of: " + _channels())
        return _list(shell, " ".join(words), form)
    channel, rule = opt_outs.checked(channel, rule)
    from core.commands.opt_out import SetOptOut
    from core.rules import when

    day = when.parse_day(on, shell.today, prefer="past").isoformat() if on else ""
    with shell.reading() as view:
        lines = who.some(view, person)
    people = tuple(line.id for line in lines)
    with shell.writing() as bus:
        done = bus.run(SetOptOut(people, channel, rule, said_by, day, take_off=off))
    _tell(done)
    return 0


def _channels() -> str:
    from core.rules.opt_outs import CHANNELS

    return ", ".join(CHANNELS)


def _stdin() -> list[str]:
    import sys

    if sys.stdin is None:
        raise UsageError("there is nothing to read")
    data = sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("what was given is not UTF-8") from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError("nobody was given: one person a line")
    return lines


def _taken_apart(line: str, place: int, count: int) -> tuple[Typed, ...]:
    from core.rules import typed

    try:
        return typed.person(clean(line))
    except UsageError as error:
        if count == 1:
            raise
        raise UsageError(f"line {place + 1}: {error.sentence}; nobody was added") from None


def _tell_added(bus: Bus, done: Done) -> None:
    from core.queries import people
    from core.storage import connect

    same = done.result if isinstance(done.result, tuple) else ()
    with closing(connect.view(bus.path)) as view:
        (made,) = people.by_ids(view, done.people)
        others = people.by_ids(view, same[:_SAME_SHOWN])
    output.line(f"added: {made.name} (#{made.id})")
    for other in others:
        output.say(f"perhaps the same as {other.name} (#{other.id}), who has that address")
    if len(same) > len(others):
        output.say(f"and {len(same) - len(others):,} more have it")


def _held(shell: Shell, person: int) -> tuple[Line, ...]:
    from core.queries import held
    from core.rules import form

    with shell.reading() as view:
        return form.lines(held.of_person(view, person))


def _by_editor(
    shell: Shell, line: PersonLine, held: Sequence[Line], file: Path | None
) -> tuple[Edit, ...]:
    import shlex

    from core.rules import form
    from tui import editor
    from tui.cli.shell import at_a_terminal

    before = form.text(line.name, held)
    place = editor.folder(shell.book)
    if file is not None:
        changed = _read(file)
    elif not editor.is_named() and not at_a_terminal():
        raise UsageError("no terminal for the editor: name what to change, such as phone=+44…")
    else:
        changed = editor.edit_text(before, place)
    if changed == before:
        return ()
    try:
        return form.edits(clean(changed), held)
    except UsageError as error:
        kept = file or editor.keep(changed, place)
        raise UsageError(
            f"{error.sentence}; nothing was changed, the text is kept: "
            f"vitalfew edit {line.id} --file {shlex.quote(str(kept))}"
        ) from None


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise NotFoundError(f"{file} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8") from None


def _list(shell: Shell, person: str, form: Form) -> int:
    from core.queries import opt_outs

    with shell.reading() as view:
        line = who.one(view, person)
        said = opt_outs.of_person(view, line.id)
    if form == "json":
        output.document(
            id=line.id,
            name=line.name,
            opt_outs=[{**one._asdict(), "day": one.day or None} for one in said],
        )
    elif form == "plain":
        output.fields(_row(one) for one in said)
    elif said:
        output.table(_row(one) for one in said)
    else:
        output.say(f"{line.name} has said nothing about it")
    return 0 if said else 1


def _row(said: OptOutLine) -> tuple[str, str, str, str]:
    return said.rule, said.channel, said.day, said.said_by


def _tell(done: Done) -> None:
    output.say(done.label if done.command_id else f"{done.label} (as it was already)")
