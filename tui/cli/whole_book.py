"""The commands that concern the book as a whole, and the steps it went through, as typed."""

# No `annotations` from __future__ here, for the same reason as in `tui.cli.program`.
from pathlib import Path
from typing import Annotated

import typer

from tui.cli import output
from tui.cli.flags import Json, Limit, Plain, Yes, shell


def add_to(app: typer.Typer) -> None:
    """Let the shell know these commands."""
    for command in (undo, redo, history, export, backup, restore, demo, path):
        app.command()(command)


def undo(
    context: typer.Context,
    step: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="A step that history names.")
    ] = None,
    yes: Yes = False,
) -> int:
    """Take back the last step, or the one named."""
    from tui.cli.journal import undo as carry_out

    return carry_out(shell(context), step, yes=yes)


def redo(context: typer.Context) -> int:
    """Do again what was taken back last."""
    from tui.cli.journal import redo as carry_out

    return carry_out(shell(context))


def history(
    context: typer.Context, as_json: Json = False, plain: Plain = False, limit: Limit = None
) -> int:
    """List the steps there were, newest first."""
    from tui.cli.journal import history as carry_out

    return carry_out(shell(context), output.form(as_json=as_json, plain=plain), limit)


def export(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE|-] [FILTER...]", help="Where to, and whom: tier:a city:"),
    ] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Everything, to be brought back.")] = False,
    vcard: Annotated[bool, typer.Option("--vcard", help="People as vCards.")] = False,
    google: Annotated[bool, typer.Option("--google", help="People for Google Contacts.")] = False,
    tiers: Annotated[bool, typer.Option("--tiers", help="Tell tiers, as labels.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="No guards against formulas.")] = False,
    everybody: Annotated[
        bool, typer.Option("--all", help="Those left out too: put away, never contact.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> int:
    """Write the book, or people, to a file or stdout."""
    from tui.cli.export import Wish, form_of
    from tui.cli.export import export as carry_out

    form = form_of(jsonl=jsonl, vcard=vcard, google=google)
    wish = Wish(form, tuple(words or ()), tiers, raw, everybody, force)
    return carry_out(shell(context), wish)


def backup(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    target: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to; else among the copies.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Tell the copies there are.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Make a whole copy of the book, or list the copies."""
    from tui.cli import safety

    form = output.form(as_json=as_json, plain=plain)
    if listing:
        return safety.listed(shell(context), form)
    return safety.backup(shell(context), target, form, force=force)


def restore(
    context: typer.Context,
    which: Annotated[
        str, typer.Argument(metavar="[FILE|NUMBER]", help="A copy that backup --list tells.")
    ] = "",
    yes: Yes = False,
) -> int:
    """Put a copy in the place of the book, which is kept first."""
    from tui.cli.safety import restore as carry_out

    return carry_out(shell(context), which, yes=yes)


def demo(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Open the screens on a sample book; nothing is kept."""
    from tui.cli.demo import demo as carry_out

    return carry_out(shell(context), output.form(as_json=as_json, plain=plain))


def path(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Tell where the book, the settings and the copies lie."""
    from tui.cli.demo import path as carry_out

    return carry_out(shell(context), output.form(as_json=as_json, plain=plain))
