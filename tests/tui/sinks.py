"""Reads the syntax tree of the screens and the shell for ways that data may reach a terminal.

Outside the two doors a painting call is given literals, or what a door has just made. It is a
closed world as far as it goes: what a module may import from the libraries that paint or speak
is listed name by name, and a sink may be called but not handed on under another name.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TUI: Final = Path(__file__).parents[2] / "tui"
DOORS: Final = {"safe": TUI / "safe.py", "output": TUI / "cli" / "output.py"}
"""What a door is called, and its file."""

_TEXT_WIDGETS: Final = frozenset(
    """Button Checkbox Collapsible DataTable DirectoryTree Digits Footer Header Input Label Link
    ListItem ListView Log Markdown MarkdownViewer MaskedInput Option OptionList Placeholder Pretty
    ProgressBar RadioButton RichLog Rule Select Selection SelectionList Sparkline Static Switch Tab
    TabPane TabbedContent Tabs TextArea Toast Tooltip Tree Welcome""".split()
)
_MAKERS: Final = frozenset(
    """Columns Console Content DiscoveryHit Group Hit Live Notification Panel Progress Prompt
    Segment Span Status Strip Syntax SystemCommand Table Text TextColumn append_text assemble
    escape from_ansi from_markup from_rich_text from_text highlight render_str styled""".split()
)
_SENDERS: Final = frozenset(
    """BadParameter ClickException SystemExit add_column add_columns add_leaf add_option add_options
    add_row add_rows add_task confirm copy_to_clipboard deliver_binary deliver_screenshot
    deliver_text echo getpass input log_message notify open_url panic popen print prompt secho
    set_label set_window_title system update warn write write_line writelines""".split()
)
_SINKS: Final = _TEXT_WIDGETS | _MAKERS | _SENDERS
_NEVER: Final = frozenset(
    """breakpoint eval exec print_exc print_exception print_last print_list print_stack print_tb
    set_trace __import__""".split()
)
_ATTRIBUTES: Final = frozenset(
    """border_subtitle border_title content label loading_text placeholder prompt renderable
    sub_title title tooltip visual""".split()
)
_OF_CLASSES: Final = frozenset({"BORDER_SUBTITLE", "BORDER_TITLE", "SUB_TITLE", "TITLE"})
_KEYWORDS: Final = frozenset({"link", "message", "placeholder", "tooltip"})
_HARMLESS_KEYWORDS: Final = frozenset(
    "classes disabled err file id key markup nl severity timeout".split()
)
_RENDERERS: Final = frozenset(
    """__rich__ __rich_console__ get_loading_widget render render_label render_title
    render_tooltip visualize""".split()
)
_ASK_FOR: Final = frozenset(
    """isinstance issubclass on query query_ancestor query_children query_exactly_one query_one
    query_one_optional""".split()
)
_COMMANDS: Final = ("@click", "link=", "\x1b", "\x07", "\x9b", "\x9d")
"""What no string of ours holds: styles that act, and escapes."""

_ONLY_PARTS: Final = frozenset({"subprocess"})
"""Modules of which the parts named below may be imported, never the whole."""

_MAY_BE_IMPORTED: Final[dict[str, str]] = {
    "rich.cells": "cell_len chop_cells set_cell_size",
    "subprocess": "call",
    "textual": "events on work",
    "textual.actions": "parse",
    "textual.app": "App SuspendNotSupported",
    "textual.binding": "Binding",
    "textual.cache": "LRUCache",
    "textual.command": "Hits Provider",
    "textual.containers": "Container Horizontal Vertical VerticalScroll",
    "textual.geometry": "Size",
    "textual.getters": "app",
    "textual.keys": "KEY_NAME_REPLACEMENTS Keys _character_to_key",
    "textual.message": "Message",
    "textual.reactive": "reactive",
    "textual.screen": "ModalScreen Screen",
    "textual.scroll_view": "ScrollView",
    "textual.theme": "Theme",
    "textual.widget": "Widget",
    "textual.widgets": "Input Static",
    "textual.worker": "WorkerFailed",
    "typer": "",
    "typer._click.exceptions": "ClickException UsageError",
    "typer.core": "TyperCommand",
}
"""Module to names; "" for the module itself. Nothing else of the `_SPEAKERS` is."""
_SPEAKERS: Final = frozenset(
    """cgitb click code ctypes curses faulthandler getpass logging pdb pprint prompt_toolkit
    readline rich subprocess syslog textual typer warnings webbrowser""".split()
)

# What the doors hand back: something that is painted literally, or a string without controls that
# would still be read as markup, and may only stand where strings are taken literally.
_PAINTABLE: Final = frozenset("blank columns command hit join line lines static strip text".split())
_LITERAL: Final = frozenset({"cut", "pad"})
_TAKES_STRINGS: Final = frozenset({"placeholder"})


def sinks(source: str) -> list[str]:
    """The places of a module that paint or say something other than literals and safe things."""
    return [f"line {line}: {what}" for line, what in sorted(set(_Reader(source).found()))]


class _Reader:
    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self.parents = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }
        self.ours = {
            name.asname or name.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
            if name.name in _defined(node.module or "")
        }

    def found(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self.tree):
            match node:
                case ast.Import() | ast.ImportFrom():
                    found = self._import(node)
                case ast.Call():
                    found = self._call(node)
                case ast.ClassDef():
                    found = self._class(node)
                case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name in _RENDERERS:
                    found = self._renderer(node)
                case ast.Name() | ast.Attribute() if isinstance(node.ctx, ast.Load):
                    found = self._reference(node)
                case ast.Name() | ast.Attribute():
                    found = self._stored(node)
                case ast.arg() if node.arg in DOORS:
                    found = iter((f"{node.arg} is the name of a door",))
                case ast.Constant(value=str(text)) if not self._is_docstring(node):
                    found = (f"{sign!a} in a string" for sign in _COMMANDS if sign in text)
                case _:
                    continue
            yield from ((node.lineno, what) for what in found)

    def _import(self, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        if self._only_for_types(node):
            return
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for name in node.names:
            whole = f"{module}.{name.name}" if module else name.name
            called = name.asname or name.name
            allowed = _MAY_BE_IMPORTED.get(module or whole)
            known = allowed is not None and (
                name.name in allowed.split() if module else whole not in _ONLY_PARTS
            )
            if whole.partition(".")[0] in _SPEAKERS and not known:
                yield f"imports {whole}"
            if called != name.name and name.name in _SINKS:
                yield f"{whole} under another name"
            if called in DOORS and whole not in {"tui.safe", "tui.cli.output"}:
                yield f"{called} is the name of a door"

    def _call(self, node: ast.Call) -> Iterator[str]:
        name = _last_name(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        on = _last_name(owner.func if isinstance(owner, ast.Call) else owner)
        if self._is_dark(node, name, on):
            yield f"{name}(...)"
        if _of_door(node.func):
            return
        for word in node.keywords:
            strings = word.arg in _TAKES_STRINGS
            if word.arg in _KEYWORDS and not _is_paintable(word.value, strings=strings):
                yield f"{name}({word.arg}=...)"
        if name == "write" and on in {"self", "super", "backend"}:
            return  # a screen writes commands, not text
        if name in self.ours and isinstance(node.func, ast.Name):
            return  # what our own modules call Option is a row of data
        passed = _HARMLESS_KEYWORDS | _TAKES_STRINGS
        words = (word.value for word in node.keywords if word.arg not in passed)
        if name in _SINKS and not all(map(_is_paintable, (*node.args, *words))):
            yield f"{name}(...)"

    def _is_dark(self, node: ast.Call, name: str, on: str) -> bool:
        """Whether a call says something whatever it is given, or leads to what cannot be seen."""
        if name in {"getattr", "setattr"} and len(node.args) > 1:
            named = node.args[1]
            return isinstance(named, ast.Constant) and named.value in _SINKS | _ATTRIBUTES
        if name == "import_module":
            return not _begins(node.args[0], "tui.")
        if name == "exit":
            return not all(map(self._is_code, node.args))
        if on == "_exit_renderables":
            return not all(map(_is_paintable, node.args))
        return name in _NEVER

    def _class(self, node: ast.ClassDef) -> Iterator[str]:
        bases = {_last_name(base) for base in node.bases}
        if based := bases & _TEXT_WIDGETS - self.ours:
            # Only one is: its value and hint pass `safe`, in the file that says so.
            if node.name != "LineBox":
                yield f"a class based on {min(based)}"
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and _last_name(inner.func) == "__init__":
                    words = {word.arg: word.value for word in inner.keywords}
                    if inner.args or not _is_paintable(words.get("value")):
                        yield "__init__(...) of its base"

    def _renderer(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
        if not isinstance(self.parents.get(node), ast.ClassDef):
            return
        for inner in ast.walk(node):
            if isinstance(inner, (ast.Return, ast.Yield, ast.YieldFrom)):
                value = inner.value
                call = isinstance(value, ast.Call) and _last_name(value.func)
                if not _is_paintable(value) and call not in self._own_contents():
                    yield f"{node.name} gives something"

    def _own_contents(self) -> set[str]:
        """Methods and functions of the module that are annotated to give a Content."""
        return {
            node.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef)
            and node.name not in _RENDERERS
            and isinstance(node.returns, ast.Name)
            and node.returns.id == "Content"
        }

    def _reference(self, node: ast.Name | ast.Attribute) -> Iterator[str]:
        """A sink that is not called here, but handed on."""
        name, parent = _last_name(node), self.parents[node]
        if isinstance(node, ast.Attribute) and _last_name(node.value) in DOORS:
            if not _of_door(node):
                yield f"{name} is not offered by the door"
            return
        if name in self.ours or name not in _SINKS:
            return
        if isinstance(parent, ast.Call):
            if parent.func is node or _last_name(parent.func) in _ASK_FOR:
                return
        elif isinstance(parent, (ast.Attribute, ast.ClassDef, ast.ExceptHandler, ast.Subscript)):
            return  # Input.Changed; a base; what is caught; a type in brackets
        elif self._is_annotation(node):
            return
        yield f"{name} handed on"

    def _stored(self, node: ast.Name | ast.Attribute) -> Iterator[str]:
        name, parent = _last_name(node), self.parents[node]
        if isinstance(node, ast.Name):
            in_class = isinstance(self.parents.get(parent), ast.ClassDef)
            if name in DOORS:
                yield f"{name} is the name of a door"
            if not in_class or name not in _OF_CLASSES | _RENDERERS:
                return
        elif name not in _ATTRIBUTES | _RENDERERS:
            return
        assigned = isinstance(parent, (ast.Assign, ast.AnnAssign, ast.AugAssign))
        if not assigned or not _is_paintable(parent.value):  # type: ignore[attr-defined]
            yield f"{name} = ..."

    def _is_code(self, value: ast.expr) -> bool:
        """Whether a value is an exit code for certain."""
        called = _last_name(value.func) if isinstance(value, ast.Call) else ""
        return isinstance(value, ast.Constant) or called == "start"

    def _is_docstring(self, node: ast.Constant) -> bool:
        return isinstance(self.parents[node], ast.Expr)

    def _is_annotation(self, node: ast.AST) -> bool:
        while (parent := self.parents.get(node)) is not None:
            if isinstance(parent, (ast.arg, ast.AnnAssign)) and parent.annotation is node:
                return True
            if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return parent.returns is node
            node = parent
        return False

    def _only_for_types(self, node: ast.AST) -> bool:
        while (parent := self.parents.get(node)) is not None:
            if isinstance(parent, ast.If) and _last_name(parent.test) == "TYPE_CHECKING":
                return node in parent.body
            node = parent
        return False


def _is_paintable(value: ast.AST | None, *, strings: bool = False) -> bool:
    """Whether a value is a literal of ours or was just made by a door."""
    match value:
        case None | ast.Constant():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(_is_paintable(part, strings=strings) for part in parts)
        case ast.IfExp(body=one, orelse=other):
            return _is_paintable(one, strings=strings) and _is_paintable(other, strings=strings)
        case ast.Call(func=func):
            made = _PAINTABLE | _LITERAL if strings else _PAINTABLE
            return _of_door(func) and _last_name(func) in made
    return False


def _of_door(func: ast.AST) -> bool:
    """Whether this is ``safe.x`` or ``output.x``, and the door has such a thing to offer."""
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id in DOORS
        and not func.attr.startswith("_")
        and func.attr in _offered(DOORS[func.value.id])
    )


def _defined(module: str) -> frozenset[str]:
    """What a module of ours defines itself, and does not only pass on."""
    if module.partition(".")[0] != "tui":
        return frozenset()
    path = TUI.joinpath(*module.split(".")[1:])
    return _top_level(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))


@cache
def _top_level(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


@cache
def _offered(path: Path) -> frozenset[str]:
    """What a door offers: what it defines, and the types it names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = (node.target for node in tree.body if isinstance(node, ast.AnnAssign))
    return _top_level(path) | {_last_name(name) for name in named}


def _begins(value: ast.expr, words: str) -> bool:
    first = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
    return isinstance(first, ast.Constant) and str(first.value).startswith(words)


def _last_name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
