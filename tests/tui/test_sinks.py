"""Only the two doors paint data: read from the syntax tree, not by searching text.

Planted ways round them prove that the reader of the tree would see such a way if there were one.
"""

from __future__ import annotations

import pytest

from tests.tui.sinks import DOORS, TUI, sinks


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
        "from textual.widgets import Static as S\nS(name)",
        "from rich import print as told\ntold(name)",
        "from textual.widgets import DataTable\nDataTable().extend(name)",
        "from textual.widgets import Log\nLog().clear()",
        "import logging\nlogging.warning(name)",
        "import warnings\nwarnings.warn(name)",
        "import webbrowser\nwebbrowser.open(url)",
        "import subprocess\nsubprocess.run(['less', name])",
        "os.system(name)",
        "shown = Static\nshown(name)",
        "show_it = self.app.notify\nshow_it(name)",
        "partial(Static, name)",
        "list(map(Static, names))",
        "self.call_later(self.app.notify, name)",
        "self.set_timer(1, partial(widget.update, name))",
        "getattr(app, 'notify')(name)",
        "setattr(widget, 'border_title', name)",
        "widget.border_title, widget.tooltip = name, name",
        "for widget.border_title in names: pass",
        "class W(Static):\n def __init__(self, n):\n  super().__init__(n)",
        "class W(Label): pass\nW(name)",
        "class W(Widget):\n render = lambda self: self.name_",
        "class W(Widget):\n def render(self):\n  return safe.cut(self.name_, 9)",
        "class W(Widget):\n def __rich__(self):\n  return self.name_",
        "class W(Widget):\n def render(self):\n  yield self.name_",
        "class S(Screen):\n TITLE = name",
        "class S(Widget):\n BORDER_TITLE = f'{name}'",
        "Static(safe.cut(name, 9))",
        "widget.border_title = safe.pad(name, 9)",
        "safe.Static(name)",
        "safe.Content(name)",
        "safe._assemble(name)\nStatic(safe._shown(name))",
        "output._put(sys.stdout, name)",
        "output.sys.stdout.write(name)",
        "safe = other\nStatic(safe.line(name))",
        "from elsewhere import safe\nStatic(safe.line(name))",
        "def f(safe):\n return Static(safe.line(name))",
        "widget.content = name",
        "app.open_url(url)",
        "app.copy_to_clipboard(name)",
        "app.exit(None, 1, name)",
        "sys.exit(name)",
        "raise SystemExit(f'{name}')",
        "input(name)",
        "traceback.print_exc()",
        "traceback.print_exception(error)",
        "breakpoint()",
        "sys.stdout.buffer.write(name)",
        "sys.stderr.writelines(names)",
        "os.write(1, name)",
        "style = f'@click=app.open({name})'",
        "style = f'link={url}'",
        "put = '\\x1b]0;' + name",
        "driver.write(name)",
        "self.app._driver.write(name)",
        "Static(*names)",
        "Static(**{'content': name})",
        "Static(await name())",
        "Static(safe.line(name) or name)",
        "(Static if a else Label)(name)",
        "self.query_one(Static).update(name if name else safe.line())",
        "widgets.Input(value=name)",
        "Binding('x', 'y', description=name, tooltip=name)",
        "eval(name)",
        "import_module(name)",
        "app.deliver_text(name)",
        "from tui.widgets.key_line import Static\nStatic(name)",
        "Option(name)",
        "Progress().add_task(name)",
        "Toast(Notification(name))",
        "app.panic(name)",
        "app._exit_renderables.append(name)",
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
        "from tui.widgets.choose import Option\nOption('a', name, 1)",
        "self.write(SetTier(people, tier))",
        "widget.border_title = safe.line(name)",
        "self.tooltip = None",
        "rows |= {name: row}",
        "class W(Widget):\n def render(self):\n  return safe.line(self.name_)",
        "output.say(name)",
        "output.table(rows)",
        "safe.copy(self.app, value)",
        "from tui import safe\nStatic(safe.text(name))",
        "from textual.widgets import Static\nself.query_one(Static).can_focus = False",
        "from textual.widgets import Input\ndef on(event: Input.Changed) -> None: pass",
        "if TYPE_CHECKING:\n from textual.content import Content\ndef f(one: Content): ...",
        "class Box(Horizontal):\n def compose(self):\n  yield LineBox(self._hint)",
        "raise SystemExit(1)",
        "sys.exit(start(sys.argv[1:]))",
        "app.exit(None, 130)",
        "LineBox(placeholder=safe.cut(name, 20))",
        "import_module(f'tui.screens.{name}')",
        "'''Styles such as @click= are refused.'''",
    ],
)
def test_literals_and_what_the_doors_have_made_may_be_painted(honest: str) -> None:
    assert sinks(honest) == []


def test_nothing_but_the_doors_paints_data() -> None:
    found = {
        path.relative_to(TUI).as_posix(): places
        for path in sorted(TUI.rglob("*.py"))
        if path not in DOORS.values()
        and (places := sinks(path.read_text(encoding="utf-8")))
        # The names of invented people hold what a careless program would obey.
        and path != TUI / "sample" / "oddities.py"
    }
    assert found == {}


def test_the_invented_people_are_but_words() -> None:
    found = sinks((TUI / "sample" / "oddities.py").read_text(encoding="utf-8"))
    assert found
    assert all(place.endswith("in a string") for place in found)


@pytest.mark.parametrize("door", DOORS)
def test_the_reader_of_the_tree_sees_the_doors_themselves(door: str) -> None:
    assert len(sinks(DOORS[door].read_text(encoding="utf-8"))) > 5
