"""Words and flags that several commands take, and the shell that each of them gets."""

# No `annotations` from __future__ here, for the same reason as in `tui.cli.program`.
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from typer._click import Context

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


class Search(TyperCommand):
    """A command whose words may begin with a minus: ``-draft`` leaves talks out, it is no flag."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Have what begins with one minus read as words; ``-h`` stays what it is."""
        if "--" in args:
            return super().parse_args(ctx, args)
        before = ["", *args]
        words = [
            one.startswith("-") and one[:2] != "--" and one != "-h" and last != "--limit"
            for last, one in zip(before, args, strict=False)
        ]
        flags = [one for one, is_word in zip(args, words, strict=True) if not is_word]
        minus = [one for one, is_word in zip(args, words, strict=True) if is_word]
        return super().parse_args(ctx, [*flags, "--", *minus])
