"""The commands that find who is in the book twice and make one of two, as they are typed."""

# No `annotations` from __future__ here, for the same reason as in `tui.cli.program`.
from typing import Annotated

import typer

from tui.cli import output
from tui.cli.flags import Json, Limit, Plain, Yes, shell

_People = Annotated[
    list[str], typer.Argument(metavar="WHO WHO...", help="Names, ids, or parts of either.")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be, and change nothing.")]


def add_to(app: typer.Typer) -> None:
    """Let the shell know these commands."""
    for command in (dupes, merge, unmerge, same, different, family):
        app.command()(command)


def dupes(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    lane: Annotated[
        str, typer.Option("--lane", metavar="LIST", help="certain, likely, unsure or later.")
    ] = "",
    refit: Annotated[bool, typer.Option("--refit", help="Compare everybody anew.")] = False,
    as_json: Json = False,
    plain: Plain = False,
    limit: Limit = None,
) -> int:
    """Tell who is in the book twice, and why."""
    from tui.cli.dupes import dupes as carry_out

    form = output.form(as_json=as_json, plain=plain)
    return carry_out(shell(context), lane, limit, form, refit=refit)


def merge(
    context: typer.Context,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHO WHO...]", help="Names, ids, or parts of either."),
    ] = None,
    certain: Annotated[bool, typer.Option("--certain", help="All certain ones at once.")] = False,
    dry_run: _DryRun = False,
    yes: Yes = False,
) -> int:
    """Make one person of several; no value is lost."""
    from core.errors import UsageError
    from tui.cli import merging

    if certain and who:
        raise UsageError("either who, or --certain")
    if certain:
        return merging.merge_certain(shell(context), yes=yes, dry_run=dry_run)
    return merging.merge(shell(context), who or (), dry_run=dry_run)


def unmerge(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WHO [ENTRY-ID...]", help="Without ids, its entries are listed."),
    ],
) -> int:
    """Take entries out of a merged person, at any time."""
    from tui.cli.merging import unmerge as carry_out

    return carry_out(shell(context), words)


def same(context: typer.Context, who: _People, dry_run: _DryRun = False) -> int:
    """Say that these are one person, as merge does."""
    from tui.cli import merging

    return merging.merge(shell(context), who, dry_run=dry_run)


def different(context: typer.Context, who: _People) -> int:
    """Say that these are different people; it is not asked again."""
    from tui.cli import merging

    return merging.answer(shell(context), who, "different")


def family(context: typer.Context, who: _People) -> int:
    """Say that these stay two, and share a home or a phone."""
    from tui.cli import merging

    return merging.answer(shell(context), who, "family")
