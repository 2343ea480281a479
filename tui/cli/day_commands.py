"""The commands of a day with people: what was said, who rests, what is promised, as typed."""

# No `annotations` from __future__ here, for the same reason as in `tui.cli.program`.
from typing import Annotated

import typer

from tui.cli import output
from tui.cli.flags import Json, Plain, Who, shell


def add_to(app: typer.Typer) -> None:
    """Let the shell know these commands."""
    for command in (log, wait, promise):
        app.command()(command)


def log(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    who: Who,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DAY] [TEXT...]", help="yesterday coffee with ben !slides fri"),
    ] = None,
    day: Annotated[
        str, typer.Option("--day", help="When it was, if the text begins otherwise.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="mail, message, call, meeting, visit or note.")
    ] = "",
    direction: Annotated[str, typer.Option("--direction", help="both, in, out or none.")] = "",
) -> int:
    """Note a talk: vitalfew log anna yesterday coffee in Bern."""
    from tui.cli.decide import log as carry_out

    return carry_out(shell(context), [who, *(text or [])], (day, kind, direction))


def wait(
    context: typer.Context,
    who: Who,
    words: Annotated[
        list[str],
        typer.Argument(metavar="DAY [WHY...]", help="fri, +2w, 3m let her settle in; over ends it"),
    ],
) -> int:
    """Keep somebody off the list until a day, with a why."""
    from tui.cli.decide import wait as carry_out

    return carry_out(shell(context), who, words)


def promise(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHO [WHAT... [DAY]]]", help="ada the deck fri; without WHAT, list them."
        ),
    ] = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="They owe it, not you.")] = False,
    kept: Annotated[
        int | None, typer.Option("--kept", metavar="N", min=1, help="It was kept.")
    ] = None,
    dropped: Annotated[
        int | None, typer.Option("--dropped", metavar="N", min=1, help="It never will be.")
    ] = None,
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Note what you owe somebody, or they you; list and settle it."""
    from tui.cli.promise import Wish
    from tui.cli.promise import promise as carry_out

    form = output.form(as_json=as_json, plain=plain)
    return carry_out(shell(context), Wish(tuple(words or ()), theirs, kept, dropped), form)
