"""``talks``: what was said, and whom you talk with who is not in the book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.queries import ghosts as query_ghosts
from core.queries import talks as query_talks
from core.rules.kinds import NAME
from tui.cli import output
from tui.words import ARROWS, many, named, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.ghosts import Ghost
    from core.queries.talks import Hit
    from tui.cli.output import Form
    from tui.cli.shell import Shell

_LISTED: Final = 50
_MORE: Final = re.compile(r"-\S|(with|from|channel|kind|on|before|after|tier):", re.IGNORECASE)
"""What only a search of several words goes on with."""


def talks(shell: Shell, words: Sequence[str], form: Form, limit: int | None) -> int:
    """Print the newest talks that a search finds; 1 if it finds none."""
    wanted = " ".join(map(_quoted, words))
    with shell.reading() as view:
        hits = query_talks.search(view, wanted, shell.today, limit or _LISTED)
    if form == "json":
        output.document(talks=[_names(hit) for hit in hits])
    elif form == "plain":
        output.fields(
            (x.id, x.at, x.day, x.kind, x.direction, x.channel, _who(x), x.subject, x.line)
            for x in hits
        )
    else:
        output.table(
            (x.day, ARROWS.get(x.direction, ""), way(x.kind, x.channel), _who(x), x.line)
            for x in hits
        )
    if not hits:
        output.say(
            f"nothing was said of “{wanted[:60]}”" if wanted else "no talk is in the book yet"
        )
    elif len(hits) == (limit or _LISTED):
        output.say(f"the newest {len(hits):,}; --limit shows more")
    return 0 if hits else 1


def ghosts(shell: Shell, form: Form, limit: int | None) -> int:
    """Print whom you talk with, both ways, who is not in the book; 1 if all of them are."""
    with shell.reading() as view:
        found = query_ghosts.ghosts(view, limit or _LISTED)
        count = query_ghosts.ghost_count(view)
    if form == "json":
        output.document(ghosts=[_ghost(one) for one in found])
    elif form == "plain":
        output.fields((x.kind, x.value, x.name, x.talks, x.last, x.channels) for x in found)
    else:
        output.table(
            (x.name or x.value, _known_by(x), many(x.talks, "talk"), x.last, _networks(x))
            for x in found
        )
    if not count:
        output.say("everybody you talk with is in the book")
    elif count > len(found):
        output.say(f"the first {len(found):,} of {count:,}; --limit shows more")
    return 0 if found else 1


def _quoted(word: str) -> str:
    """A word of the command line with the quotes that the shell took: ``with:"Ada Wong"``.

    A whole search that was typed in quotes is left as it is.
    """
    if " " not in word or '"' in word or any(map(_MORE.match, word.split()[1:])):
        return word
    minus = "-" * word.startswith("-")
    name, colon, value = word.removeprefix("-").partition(":")
    if colon and name.isalpha():
        return f'{minus}{name}:"{value}"'
    return f'{minus}"{word.removeprefix("-")}"'


def _known_by(one: Ghost) -> str:
    """The address behind a name; a bare name has none."""
    if one.kind == NAME:
        return "a name only"
    return one.value if one.name else ""


def _networks(one: Ghost) -> str:
    return ", ".join(named(channel) for channel in one.channels.split(",") if channel)


def _who(hit: Hit) -> str:
    return ", ".join(name for _, name in hit.people)


def _names(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "at": hit.at,
        "day": hit.day,
        "kind": hit.kind,
        "direction": hit.direction,
        "channel": hit.channel,
        "thread": hit.thread,
        "subject": hit.subject,
        "line": hit.line,
        "people": [{"id": person or None, "name": name} for person, name in hit.people],
    }


def _ghost(one: Ghost) -> dict[str, object]:
    return {
        "kind": one.kind,
        "value": one.value,
        "name": one.name,
        "talks": one.talks,
        "last": one.last,
        "channels": [channel for channel in one.channels.split(",") if channel],
        "perhaps": [{"id": person, "name": name} for person, name in one.perhaps],
    }
