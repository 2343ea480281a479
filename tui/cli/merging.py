"""``merge``, ``unmerge``, ``same``, ``different``, ``family``: who is one person and who is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import DecisionNeededError, NotFoundError, UsageError
from core.queries import duplicates, people, person
from tui.cli import output, who
from tui.cli.dupes import bring_up, side
from tui.words import KINDS, many, named, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bus import Done
    from core.queries.duplicates import Group
    from core.queries.merge import Field, MergeView, Option
    from core.queries.people import PersonLine
    from core.queries.person import EntryLine
    from core.storage.driver import Connection
    from core.work import Command
    from tui.cli.shell import Shell

_EXAMPLES: Final = 10
_ASIDE: Final = "vitalfew undo takes it back"


def merge(shell: Shell, words: Sequence[str], *, dry_run: bool) -> int:
    """Make one person of several, each value as the book would show it by itself.

    Args:
        shell: the book.
        words: people, each one word.
        dry_run: tell what differs and what is kept, and change nothing.
    """
    from core.queries.merge import view as seen_together

    with shell.reading() as view:
        lines = _several(view, words)
        if len(lines) == 1:
            output.say(f"{lines[0].name} (#{lines[0].id}) is one person already")
            return 0
        seen = seen_together(view, tuple(line.id for line in lines))
    if dry_run:
        _foretell(seen)
        return 0
    from core.commands.merge import Merge, Merged

    done = _do(shell, Merge(tuple(line.id for line in lines)))
    told = done.label
    if isinstance(done.result, Merged):
        told += f", {_kept(done.result.values, done.result.kept)}"
    if seen.fields:
        told += f"; {_differ(seen.fields)}"
    output.say(told)
    output.say(f"{_ASIDE}; vitalfew unmerge {min(done.people)} takes an entry out, whenever")
    return 0


def merge_certain(shell: Shell, *, yes: bool, dry_run: bool) -> int:
    """Merge all who are certainly one, as one step, after telling how many and ten of them."""
    bring_up(shell)
    with shell.reading() as view:
        groups = duplicates.groups(view, "certain")
        if not groups:
            raise NotFoundError("nobody is certainly in it twice; vitalfew dupes tells who may be")
        examples = [_example(view, group) for group in groups[:_EXAMPLES]]
    count = sum(len(group.people) for group in groups)
    output.say(f"{count:,} of the people in the book are certainly {len(groups):,}:")
    for example in examples:
        output.say(f"  {example}")
    if len(groups) > len(examples):
        output.say(f"  … and {len(groups) - len(examples):,} more")
    if dry_run:
        output.say("this was a trial: nothing was merged")
        return 0
    if not yes:
        output.agree("Merge them?")
    from core.commands.merge import MergeAll

    output.say(_do(shell, MergeAll(tuple(group.people for group in groups))).label)
    output.say(f"{_ASIDE}; vitalfew unmerge WHO takes an entry out, whenever")
    return 0


def unmerge(shell: Shell, words: Sequence[str]) -> int:
    """Take entries out of a person: WHO, then their ids; of two entries the newer one."""
    from core.commands.unmerge import Unmerge, Unmerged

    count = next((place for place, word in enumerate(words) if place and word.isdecimal()), None)
    called, ids = " ".join(words[:count]), words[count:] if count else []
    with shell.reading() as view:
        line = who.one(view, called)
        entries = person.entries(view, line.id)
    cards = _named_entries(line, entries, called, ids)
    done = _do(shell, Unmerge(line.id, cards))
    two = done.result
    now = f", now #{two.stays} and #{two.taken_out}" if isinstance(two, Unmerged) else ""
    output.say(f"{done.label}{now}; {_ASIDE}")
    return 0


def answer(shell: Shell, words: Sequence[str], verdict: str) -> int:
    """Keep what the user says of people: ``different``, or ``family``."""
    from core.commands.answer import AnswerPeople

    with shell.reading() as view:
        lines = _several(view, words)
    if len(lines) == 1:
        only = lines[0]
        raise NotFoundError(
            f"{only.name} (#{only.id}) is one person here: vitalfew unmerge {only.id} parts them"
        )
    _tell(_do(shell, AnswerPeople(tuple(line.id for line in lines), verdict)))
    return 0


def _several(view: Connection, words: Sequence[str]) -> list[PersonLine]:
    """The people that are meant, each by a word; one if all words mean the same one."""
    if len(words) < 2:  # noqa: PLR2004 — one is nobody else
        raise UsageError("name two or more, such as: 12 45; a name of two words in quotes")
    lines = [who.one(view, word) for word in words]
    return list({line.id: line for line in lines}.values())


def _named_entries(
    line: PersonLine, entries: Sequence[EntryLine], called: str, ids: Sequence[str]
) -> tuple[int, ...]:
    """The entries to take out.

    Raises:
        NotFoundError: there is only one, or one of the ids is none of this person's.
        DecisionNeededError: none is named, of more than two; they are listed.
    """
    if len(entries) == 1:
        raise NotFoundError(f"{line.name} (#{line.id}) is a single entry: nothing to take out")
    there = {str(entry.id): entry.id for entry in entries}
    listed = [f"  {entry.id:>6}  {_of(entry)}" for entry in entries]
    if strange := next((ident for ident in ids if ident not in there), ""):
        raise NotFoundError(f"{strange[:20]} is no entry of {line.name}; these are:", listed)
    if ids:
        return tuple(there[ident] for ident in dict.fromkeys(ids))
    if called in there and there[called] != line.id:
        return (there[called],)  # the person was called by the entry that is meant
    if len(entries) > 2:  # noqa: PLR2004 — of two it is clear
        raise DecisionNeededError(
            f"{line.name} is {len(entries)} entries; name those to take out: "
            f"vitalfew unmerge {line.id} ID…",
            listed,
        )
    return (max(entries, key=lambda entry: (entry.made, entry.id)).id,)


def _of(entry: EntryLine) -> str:
    gone = ", no longer in the list" if entry.gone else ""
    return f"{_source(entry.source)}, since {entry.made[:10]}{gone}"


def _source(source: str) -> str:
    """Kind and account in words; what was made by hand has neither."""
    kind, _, account = source.partition(" ")
    return " ".join(filter(None, (named(kind), account))) or "by hand"


def _foretell(seen: MergeView) -> None:
    """Print what differs, which value would show, and that nothing would be lost."""
    output.line(" + ".join(side(line.id, line.name, line.sources) for line in seen.people))
    both = ", ".join(values(one[1], one.kind) for one in seen.united)
    told = (
        f"{len(seen.entries):,} entries",
        f"{many(seen.values, 'value')}, all kept",
        f"{both} side by side" if both else "",
        f"{len(seen.equal):,} equal" if seen.equal else "",
    )
    output.line(" · ".join(filter(None, told)))
    rows = [row for field in seen.fields for row in _options(field)]
    if rows:
        output.line()
        output.table(rows)
    else:
        output.say("nothing differs")
    output.say("this was a trial: nothing was merged")


def _options(field: Field) -> list[tuple[str, str, str, str]]:
    """A row for each value, the one that would show first."""
    first = field.options[field.preselected]
    rest = [option for option in field.options if option is not first]
    return [
        (
            _field(field.field) if option is first else "",
            option.value,
            ", ".join(filter(None, (_from(option), option.day))),
            "shown" if option is first else option.beside,
        )
        for option in (first, *rest)
    ]


def _from(option: Option) -> str:
    return "you" if option.origin == "user" else _source(option.source)


def _kept(held: int, kept: int) -> str:
    return f"{many(held, 'value')}, {'all' if held == kept else kept} kept"


def _differ(fields: Sequence[Field]) -> str:
    told = ", ".join(_field(one.field) for one in fields)
    return f"{len(fields)} {'differs' if len(fields) == 1 else 'differ'}: {told}"


def _field(field: str) -> str:
    return KINDS.get(field, field)


def _example(view: Connection, group: Group) -> str:
    lines = {line.id: line for line in people.by_ids(view, group.people)}
    told = [side(one, lines[one].name, lines[one].sources) for one in group.people if one in lines]
    return f"{' = '.join(told)}: {'; '.join(group.why[:1])}"


def _do(shell: Shell, command: Command) -> Done:
    with shell.writing() as bus:
        return bus.run(command)


def _tell(done: Done) -> None:
    output.say(
        f"{done.label}; {_ASIDE}" if done.command_id else f"{done.label} (as it was already)"
    )
