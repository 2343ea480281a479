"""Every command of the shell, as it is typed; what it does is in the modules beside this one."""

# No `annotations` from __future__ here: typer would compile each of them from its text again,
# a tenth of what ``vitalfew --help`` costs.
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from tui.cli import day_commands, merge_commands, output, whole_book
from tui.cli.flags import Json, Limit, Plain, Search, Who, Yes, shell

app: Final = typer.Typer(
    help="Keep the few who matter close. Without a command, the screens open.",
    epilog="Exit codes: 0 well, 1 nothing or failed, 2 usage, 3 undecided, 130 stopped.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    veil: Annotated[
        bool, typer.Option("--veil", help="Open the screens with stand-in names, to share them.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> int:
    """Keep the few who matter close. Without a command, the screens open."""
    del db, version  # told here; `tui.cli.start` takes them out of the line before
    if context.invoked_subcommand is None:
        from tui.cli.screens import open_screens

        return open_screens(shell(context), veiled=veil)
    if veil:
        from core.errors import UsageError

        raise UsageError("--veil is for the screens; in them V puts it on and lifts it")
    return 0


@app.command("import")
def bring_in(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="Files, folders, archives; without one, what lies on this machine is listed.",
        ),
    ] = None,
    as_format: Annotated[
        str, typer.Option("--as", metavar="FORMAT", help="Read them as linkedin, google, vcard …")
    ] = "",
    source: Annotated[
        str,
        typer.Option("--source", metavar="NAME", help="Whose list it is, such as a mail address."),
    ] = "",
    region: Annotated[
        str, typer.Option("--region", metavar="CC", help="The country of numbers that name none.")
    ] = "",
    columns: Annotated[
        str,
        typer.Option("--map", metavar="HEADING=ROLE,...", help="What the columns of a table hold."),
    ] = "",
    tier_field: Annotated[
        str | None,
        typer.Option("--tier-field", metavar="HEADING", help="The column or field with A to D."),
    ] = None,
    leave: Annotated[
        str | None,
        typer.Option("--leave", metavar="PARTS", help="Leave out notes, photos, addresses …"),
    ] = None,
    new_people: Annotated[
        bool | None,
        typer.Option(
            "--new-people/--known-people", help="Take everybody, or only who is in the book."
        ),
    ] = None,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="HOW", help="Of talks keep full, line, counts.")
    ] = None,
    me: Annotated[
        list[str] | None,
        typer.Option("--me", metavar="NAME", help="Your name or address, as the talks write it."),
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="These are the whole list: what is missing is gone.")
    ] = False,
    older: Annotated[
        bool, typer.Option("--older", help="Take files older than the last ones of their list.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and write nothing.")] = False,
    as_json: Json = False,
    yes: Yes = False,
) -> int:
    """Bring in files, folders and archives; again and again."""
    from tui.cli.imports import Asked, named
    from tui.cli.imports import bring_in as carry_out

    asked = Asked(
        named(paths or ()),
        as_format=as_format,
        source=source,
        region=region,
        columns=columns,
        tier_field=tier_field,
        leave=leave,
        new_people=new_people,
        keep=keep,
        me=tuple(me or ()),
        complete=complete,
        older=older,
        dry_run=dry_run,
        as_json=as_json,
        yes=yes,
    )
    return carry_out(shell(context), asked)


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
    return everybody(shell(context), filters or [], form, limit)


@app.command()
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Parts of what is known.")],
    as_json: Json = False,
    plain: Plain = False,
    limit: Limit = None,
) -> int:
    """Find people by name, address or firm; typos are forgiven."""
    from tui.cli.people import find as carry_out

    form = output.form(as_json=as_json, plain=plain)
    return carry_out(shell(context), words, form, limit)


@app.command(cls=Search)
def talks(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS...]", help='Words, with:anna channel:mail on:2024 from:me "slides" -no'
        ),
    ] = None,
    ghosts: Annotated[
        bool, typer.Option("--ghosts", help="List whom you talk with who is not in the book.")
    ] = False,
    as_json: Json = False,
    plain: Plain = False,
    limit: Limit = None,
) -> int:
    """Search what was said, newest first: with:anna on:2024 slides."""
    from tui.cli import talks as talked

    form = output.form(as_json=as_json, plain=plain)
    if ghosts:
        return talked.ghosts(shell(context), form, limit)
    return talked.talks(shell(context), words or [], form, limit)


@app.command()
def query(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Parts of a name or an address.")
    ],
    mutt: Annotated[bool, typer.Option("--mutt", help="As mutt reads it, the usual.")] = False,
    aerc: Annotated[bool, typer.Option("--aerc", help="As aerc reads it.")] = False,
    as_json: Json = False,
    limit: Limit = None,
) -> int:
    """Answer a mail program that looks for addresses."""
    from tui.cli.query import asked
    from tui.cli.query import query as carry_out

    wanted = asked(words, mutt=mutt, aerc=aerc, as_json=as_json, limit=limit)
    return carry_out(shell(context), wanted)


@app.command()
def show(
    context: typer.Context,
    who: Annotated[list[str], typer.Argument(metavar="WHO...", help="A name, an id, or a part.")],
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Tell all that is known of one person, and from where."""
    from tui.cli.people import show as carry_out

    return carry_out(shell(context), who, output.form(as_json=as_json, plain=plain))


@app.command()
def add(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="LINE", help="Name, firm, addresses, numbers; - reads stdin."),
    ],
    tier: Annotated[str, typer.Option("--tier", metavar="A|B|C|D", help="File them at once.")] = "",
    label: Annotated[list[str] | None, typer.Option("--label", help="Label them.")] = None,
) -> int:
    """Add somebody: vitalfew add "Rachel Green, Globex, r@globex.example, +44 …"."""
    from tui.cli.hand import add as carry_out

    return carry_out(shell(context), words, tier, label or [])


@app.command()
def edit(
    context: typer.Context,
    who: Who,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KIND=VALUE...]", help="phone=… label+=friends email-=… title="),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Take a text that the editor saved.")
    ] = None,
) -> int:
    """Change what is known of somebody, in your editor or by KIND=VALUE."""
    from tui.cli.hand import edit as carry_out

    return carry_out(shell(context), who, words or [], file)


@app.command()
def optout(  # noqa: PLR0913, PLR0917 — one for each flag
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="WHO... [never|prefer CHANNEL]", help="mail, phone … or all"),
    ],
    said_by: Annotated[str, typer.Option("--said-by", help="Who said so, or where.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="When it was said.")] = "",
    off: Annotated[bool, typer.Option("--off", help="It holds no longer.")] = False,
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Keep how somebody must not, or would rather, be contacted."""
    from tui.cli.hand import opt_out as carry_out

    form = output.form(as_json=as_json, plain=plain)
    return carry_out(shell(context), words, said_by, on, form, off=off)


@app.command()
def tier(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WHO... A|B|C|D|none", help="People, then the letter.")
    ],
) -> int:
    """File people in a tier."""
    from tui.cli.decide import tier as carry_out

    return carry_out(shell(context), words)


@app.command()
def focus(context: typer.Context, as_json: Json = False, plain: Plain = False) -> int:
    """Print today's few, each with a reason."""
    from tui.cli.focus import focus as carry_out

    return carry_out(shell(context), output.form(as_json=as_json, plain=plain))


@app.command()
def balance(
    context: typer.Context,
    share: Annotated[
        bool, typer.Option("--share", help="Numbers without any name, to show to others.")
    ] = False,
    as_json: Json = False,
    plain: Plain = False,
) -> int:
    """Tell who has your talks: shares by tier, quiet A's, moves."""
    from tui.cli.balance import balance as carry_out

    return carry_out(shell(context), output.form(as_json=as_json, plain=plain), share=share)


@app.command()
def triage(
    context: typer.Context, as_json: Json = False, plain: Plain = False, limit: Limit = None
) -> int:
    """Open the board; without a terminal, tell who is unsorted."""
    from tui.cli.shell import at_a_terminal

    form = output.form(as_json=as_json, plain=plain)
    if form == "words" and at_a_terminal():
        from tui.cli.screens import open_screens

        return open_screens(shell(context), start="triage")
    from tui.cli.focus import triage as carry_out

    return carry_out(shell(context), form, limit)


day_commands.add_to(app)
merge_commands.add_to(app)
whole_book.add_to(app)
