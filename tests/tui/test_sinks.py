"""Only `tui/safe.py` makes renderables from data: read from the syntax tree, not by searching text.

What a painting call is given outside of it must be a literal, or come straight from `safe`.
The shell's single door is `tui/cli/output.py`.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TUI = Path(__file__).parents[2] / "tui"
DOORS = {"safe.py", "cli/output.py"}

# Names that make a renderable, or send one somewhere, whatever they are called on.
WIDGETS = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Tab", "TabPane"}
WIDGETS |= {"Option", "Selection", "Placeholder", "Link", "Digits", "Pretty", "Markdown", "Rule"}
MAKERS = {"Content", "Text", "Segment", "Strip", "Span", "Hit", "DiscoveryHit", "SystemCommand"}
MAKERS |= {"from_markup", "from_text", "from_rich_text", "styled", "assemble", "append_text"}
MAKERS |= {"render_str", "escape", "highlight", "Panel", "Table", "Tree"}
SENDERS = {"notify", "update", "add_row", "add_rows", "add_column", "add_columns", "add_option"}
SENDERS |= {"print", "echo", "secho", "prompt", "confirm", "panic", "set_window_title", "write"}
SENDERS |= {"writelines", "write_line", "add_leaf", "set_label", "BadParameter", "ClickException"}
SINKS = WIDGETS | MAKERS | SENDERS
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "title", "sub_title", "placeholder"}
ATTRIBUTES |= {"label", "prompt", "loading_text"}
WORDS = {"link", "message", "placeholder", "tooltip"}
HARMLESS_WORDS = {"id", "classes", "disabled", "severity", "timeout", "key", "file", "err", "nl"}
RENDERERS = {"render", "render_label", "render_title", "get_loading_widget"}


def sinks(source: str) -> list[str]:
    """The places of a module that paint something other than literals and safe things."""
    tree = ast.parse(source)
    return [f"line {line}: {what}" for line, what in sorted(_found(tree))]


def _found(tree: ast.AST) -> Iterator[tuple[int, str]]:
    # What our own modules call Option is a row of data; it reaches the screen through `safe`.
    ours = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tui")
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if not (isinstance(node.func, ast.Name) and node.func.id in ours):
                yield from _call(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr in ATTRIBUTES
                    and not _harmless(node.value)
                ):
                    yield node.lineno, f".{target.attr} ="
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in RENDERERS:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and not _harmless(inner.value):
                    yield inner.lineno, f"{node.name} returns"


def _call(node: ast.Call) -> Iterator[tuple[int, str]]:
    name = _last_name(node.func)
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    on = _last_name(owner.func if isinstance(owner, ast.Call) else owner) if owner else ""
    if name == "write" and on in {"self", "super", "backend"}:
        return  # a screen writes commands, not text
    if name in SINKS and not _is_safe(node.func):
        words = (word.value for word in node.keywords if word.arg not in HARMLESS_WORDS)
        for given in (*node.args, *words):
            if not _harmless(given):
                yield node.lineno, f"{name}(...)"
                return
    for word in node.keywords:
        if word.arg in WORDS and not _is_safe(node.func) and not _harmless(word.value):
            yield node.lineno, f"{name}({word.arg}=...)"


def _harmless(value: ast.expr | None) -> bool:
    """Whether a value is a literal of ours or was just made by `tui.safe`."""
    if value is None or isinstance(value, ast.Constant):
        return True
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(map(_harmless, value.elts))
    if isinstance(value, ast.IfExp):
        return _harmless(value.body) and _harmless(value.orelse)
    return isinstance(value, ast.Call) and _is_safe(value.func)


def _is_safe(func: ast.expr) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id in {"safe", "output"}
    )


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


@pytest.mark.parametrize(
    "planted",
    [
        "Static(name)",
        "Static(f'{name}')",
        "yield_ = Label('of ' + name)",
        "self.query_one(Static).update(person.name)",
        "app.notify(sentence)",
        "app.notify('saved', title=name)",
        "widget.border_title = name",
        "self.tooltip = f'{name}'",
        "self.app.title = name",
        "table.add_row(*cells)",
        "typer.echo(name)",
        "print(name)",
        "console.print(name)",
        "sys.stdout.write(name)",
        "Style(link=url)",
        "console.set_window_title(name)",
        "Content.from_markup('[b]$name', name=name)",
        "textual.content.Content(name)",
        "Option(name if name else 'nobody')",
        "app.exit(message=name)",
        "Segment(name, style)",
        "matcher.highlight(name)",
        "class W(Widget):\n def render(self):\n  return self.name_",
        "class W(Widget):\n def render(self):\n  return f'of {self.name_}'",
    ],
)
def test_data_that_is_painted_directly_is_found(planted: str) -> None:
    assert sinks(planted)


@pytest.mark.parametrize(
    "honest",
    [
        "Static('Nothing here yet.')",
        "Static(safe.line(name), id=ident)",
        "safe.show(widget, name)",
        "safe.notice(self.app, sentence)",
        "output.echo(name)",
        "from tui.widgets.choose import Option\nOption('a', name, 1)",
        "self.write(SetTier(people, tier))",
        "widget.border_title = safe.line(name)",
        "self.tooltip = None",
        "rows |= {name: row}",
        "class W(Widget):\n def render(self):\n  return safe.line(self.name_)",
    ],
)
def test_literals_and_what_safe_has_made_may_be_painted(honest: str) -> None:
    assert sinks(honest) == []


def test_nothing_but_the_doors_paints_data() -> None:
    found = {
        path.relative_to(TUI).as_posix(): places
        for path in sorted(TUI.rglob("*.py"))
        if path.relative_to(TUI).as_posix() not in DOORS
        and (places := sinks(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_reader_of_the_tree_sees_the_door_itself() -> None:
    assert len(sinks((TUI / "safe.py").read_text(encoding="utf-8"))) > 10
