"""Words and flags that several commands take, and the shell that each of them gets."""

# No `annotations` from __future__ here, for the same reason as in `tui.cli.program`.
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tui.cli.shell import Shell

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print lines with tabs.")]
Yes = Annotated[bool, typer.Option("--yes", help="Say yes to every question.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Print at most so many.")]
Who = Annotated[str, typer.Argument(metavar="WHO", help="A name, an id, or a part of either.")]


def shell(context: typer.Context) -> "Shell":
    """The shell for the book that the command line named."""
    from tui.cli.shell import Shell

    return Shell.of(context.obj)
