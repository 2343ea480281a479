"""``query``: what mail programs run at each key.

mutt reads a message first, then ``address TAB name TAB more``, and shows the message alone where
the exit code is not 0. aerc reads ``address TAB name`` and passes over the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from core.errors import UsageError, VitalfewError
from core.queries import addresses
from core.text import visible
from tui import words
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.addresses import AddressLine
    from tui.cli.shell import Shell

Reader: TypeAlias = Literal["mutt", "aerc", "json"]
_READERS: Final[dict[str, Reader]] = {"--mutt": "mutt", "--aerc": "aerc", "--json": "json"}
_MOST: Final = 50
_LONGEST: Final = 120
_NEVER: Final = "never mail"


class Asked(NamedTuple):
    """A command line: what is looked for, who reads the answer, how many people at most."""

    words: tuple[str, ...]
    reader: Reader = "mutt"
    limit: int | None = None


def taken_apart(arguments: Sequence[str]) -> Asked | None:
    """A plain command line after its ``query``; None if anything else is in it."""
    found: list[str] = []
    readers: set[Reader] = set()
    limit: int | None = None
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            found += left
            break
        if word in _READERS:
            readers.add(_READERS[word])
        elif word == "--limit" and left and left[0].isdecimal():
            limit = int(left.pop(0))
        elif word.startswith("-"):
            return None
        else:
            found.append(word)
    if not found or len(readers) > 1 or limit == 0:
        return None
    return Asked(tuple(found), readers.pop() if readers else "mutt", limit)


def asked(
    words: Sequence[str], *, mutt: bool, aerc: bool, as_json: bool, limit: int | None
) -> Asked:
    """What the flags ask for.

    Raises:
        UsageError: two readers at once.
    """
    if mutt + aerc + as_json > 1:
        raise UsageError("--mutt, --aerc and --json are three forms of the same; choose one")
    return Asked(tuple(words), "aerc" if aerc else "json" if as_json else "mutt", limit)


def query(shell: Shell, asked: Asked) -> int:
    """Print who is found, for a mail program."""
    wanted = " ".join(asked.words)
    limit = asked.limit or _MOST
    try:
        with shell.reading() as view:
            lines = addresses.containing(view, wanted, limit)
            near = not lines
            if near:
                lines = addresses.resembling(view, wanted, limit)
    except VitalfewError as error:
        if asked.reader != "mutt":
            raise
        output.line(error.sentence)  # stderr would be painted over the screen of mutt
        return error.exit_code
    if asked.reader == "json":
        output.document(people=[_names(line) for line in lines])
        return 0 if lines else 1
    if asked.reader == "aerc":
        # It shows no third column, so nothing could say that somebody must not be mailed.
        output.fields(
            (mail, _name(line, mail))
            for line in lines
            if not line.never_mail
            for mail in line.emails
        )
        return 0
    output.line(_message(lines, wanted, limit, near=near))
    output.fields((mail, _name(line, mail), _more(line)) for line in lines for mail in line.emails)
    return 0 if lines else 1


def _message(lines: Sequence[AddressLine], wanted: str, limit: int, *, near: bool) -> str:
    if not lines:
        return f"nobody with an address answers to “{wanted[:60]}”"
    if near:
        return f"nobody answers to “{wanted[:60]}”, {len(lines):,} near"
    return (
        f"the first {limit:,}; more letters find fewer"
        if len(lines) == limit
        else f"{len(lines):,} found"
    )


def _name(line: AddressLine, mail: str) -> str:
    """The name on one line without doubled spaces, as it may stand in a header once quoted."""
    name = " ".join(visible(line.name[:_LONGEST]).split())
    return "" if name.lower() == mail.lower() else name


def _more(line: AddressLine) -> str:
    never = _NEVER if line.never_mail else ""
    told = words.dotted(never, line.tier, words.work(line.title, line.org))
    return " ".join(visible(told[:_LONGEST]).split())


def _names(line: AddressLine) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "tier": line.tier,
        "emails": line.emails,
        "org": line.org,
        "title": line.title,
        "last": line.talked or None,
        "never_mail": line.never_mail,
    }
