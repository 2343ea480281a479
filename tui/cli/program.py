"""Every command of the shell, as it is typed; what it does is in the modules beside this one."""

# No `annotations` from __future__ here: typer would compile each of them from its text again,
# a tenth of what ``vitalfew --help`` costs.
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tui.cli import output

if TYPE_CHECKING:
    from tui.cli.shell import Shell

app: Final = typer.Typer(
    help="Keep the few who matter close. Without a command, the screens open.",
    epilog="Exit codes: 0 well, 1 nothing or failed, 2 usage, 3 undecided, 130 stopped.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print lines with tabs.")]
Yes = Annotated[bool, typer.Option("--yes", help="Say yes to every question.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Print at most so many.")]
Who = Annotated[str, typer.Argument(metavar="WHO", help="A name, an id, or a part of either.")]


def run(book: Path | None, arguments: Sequence[str]) -> int:
    """Carry out a command line.

    Args:
        book: the one that ``--db`` named.
        arguments: the command and what follows.

    Returns:
        The exit code.
    """
    # typer keeps its copy of click to itself; all of its complaints can tell their words.
    from typer._click.exceptions import ClickException, UsageError

    try:
        code = app(list(arguments), prog_name="vitalfew", standalone_mode=False, obj=book)
    except UsageError as error:
        if error.ctx is not None:
            output.block(error.ctx.get_usage())
        output.say(error.format_message())
        return error.exit_code
    except ClickException as error:
        output.say(error.format_message())
        return error.exit_code
    return code if isinstance(code, int) else 0


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="PATH", envvar="VITALFEW_DB", help="Use another book."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> int:
    """Keep the few who matter close. Without a command, the screens open."""
    del db, version  # told here; `tui.cli.start` takes them out of the line before
    if context.invoked_subcommand is None:
        from tui.cli.screens import open_screens

        return open_screens(_shell(context))
    return 0


@app.command("import")
def bring_in(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders, archives.")
    ],
    as_format: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Read them as linkedin, google or vcard.")
    ] = "",
    source: Annotated[
        str,
        typer.Option("--source", metavar="NAME", help="Whose list it is, such as a mail address."),
    ] = "",
    region: Annotated[
        str, typer.Option("--region", metavar="CC", help="The country of numbers that name none.")
    ] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="These are the whole list: what is missing is gone.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and write nothing.")] = False,
    as_json: Json = False,
    yes: Yes = False,
) -> int:
    """Bring in files, folders and archives; again and again."""
    from tui.cli.imports import Asked
    from tui.cli.imports import bring_in as carry_out

    asked = Asked(tuple(paths), as_format, source, region, complete, dry_run, as_json, yes)
    return carry_out(_shell(context), asked)


@app.command()
def people(
    context: typer.Context,
    filters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILTER...]", help="Words, tier:a org: city: source: label: no:phone"
        ),
    ] = None,
    as_json: Json = False,
    plain: Plain = False,
    limit: Limit = None,
) -> int:
    """List everybody, or those whom filters keep: tier:a city:berlin."""
    from tui.cli.people import everybody

    form = output.form(as_json=as_json, plain=plain)
    return everybody(_shell(context), filters or [], form, limit)


@app.command()
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Parts of what is known.")],
    as_json: Json = False,
    plain: Plain = False,
    limit: Limit = None,
) -> int:
    """Find people by name, address or organisation; typos are forgiven."""
    from tui.cli.people import find as carry_out

    form = output.form(as_json=as_json, plain=plain)
    return carry_out(_shell(context), words, form, limit)


@app.command()
def show(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="WHO...", help="A name, an id, or a part.")],
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Tell all that is known of one person, and from where."""
    from tui.cli.people import show as carry_out

    return carry_out(_shell(context), who, output.form(as_json=as_json, plain=plain))


@app.command()
def tier(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WHO... A|B|C|D|none", help="People, then the letter.")
    ],
) -> int:
    """File people in a tier."""
    from tui.cli.decide import tier as carry_out

    return carry_out(_shell(context), words)


@app.command()
def focus(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Print today's few, each with a reason."""
    from tui.cli.focus import focus as carry_out

    return carry_out(_shell(context), output.form(as_json=as_json, plain=plain))


@app.command()
def triage(
    context: typer.Context, as_json: Json = False, plain: Plain = False, limit: Limit = None
) -> int:
    """Open the board; without a terminal, tell who is unsorted."""
    from tui.cli.shell import at_a_terminal

    form = output.form(as_json=as_json, plain=plain)
    if form == "words" and at_a_terminal():
        from tui.cli.screens import open_screens

        return open_screens(_shell(context), start="triage")
    from tui.cli.focus import triage as carry_out

    return carry_out(_shell(context), form, limit)


@app.command()
def log(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    who: Who,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[DAY] [TEXT...]", help="yesterday coffee in Bern")
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

    return carry_out(_shell(context), who, " ".join(text or []), (day, kind, direction))


@app.command()
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

    return carry_out(_shell(context), who, words)


@app.command()
def undo(
    context: typer.Context,
    step: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="A step that history names.")
    ] = None,
    yes: Yes = False,
) -> int:
    """Take back the last step, or the one named."""
    from tui.cli.journal import undo as carry_out

    return carry_out(_shell(context), step, yes=yes)


@app.command()
def redo(context: typer.Context) -> int:
    """Do again what was taken back last."""
    from tui.cli.journal import redo as carry_out

    return carry_out(_shell(context))


@app.command()
def history(
    context: typer.Context, as_json: Json = False, plain: Plain = False, limit: Limit = None
) -> int:
    """List the steps there were, newest first."""
    from tui.cli.journal import history as carry_out

    return carry_out(_shell(context), output.form(as_json=as_json, plain=plain), limit)


@app.command()
def demo(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Open the screens on a sample book; nothing is kept."""
    from tui.cli.demo import demo as carry_out

    return carry_out(_shell(context), output.form(as_json=as_json, plain=plain))


@app.command()
def path(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Tell where the book, the settings and the copies lie."""
    from tui.cli.demo import path as carry_out

    return carry_out(_shell(context), output.form(as_json=as_json, plain=plain))


def _shell(context: typer.Context) -> "Shell":
    from tui.cli.shell import Shell

    return Shell.of(context.obj)
