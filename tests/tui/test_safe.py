from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App
from textual.style import Style
from textual.widgets import Static

from core.errors import UsageError
from tests.support import HOSTILE, frame, is_calm
from tui import safe, theme
from tui.screens.help import HelpScreen
from tui.widgets.ask import AskLine, Confirm
from tui.widgets.choose import Choose, Option
from tui.widgets.header_tabs import HeaderTabs
from tui.widgets.key_footer import KeyFooter
from tui.widgets.row_list import Look, RowList
from tui.widgets.search_box import SearchBox
from tui.widgets.tier_column import TierColumn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.screen import Screen

ANY_TEXT = st.text(st.characters(), max_size=60) | st.sampled_from(HOSTILE)


@given(ANY_TEXT, st.integers(0, 40))
def test_a_cut_text_never_takes_more_cells_than_it_may(data: str, room: int) -> None:
    assert cell_len(safe.cut(data, room)) <= room


@given(ANY_TEXT, st.integers(0, 40), st.booleans())
def test_a_padded_text_takes_exactly_its_cells(data: str, room: int, right: bool) -> None:
    assert cell_len(safe.pad(data, room, right=right)) == room


@given(ANY_TEXT, ANY_TEXT)
def test_nothing_made_here_holds_what_a_terminal_acts_on(data: str, query: str) -> None:
    made = (
        safe.text(data, "bold"),
        safe.line(data, (data, "bold"), safe.text(data)),
        safe.hit(data, query),
        safe.columns(40, safe.Column(data), safe.Column(data, 9, find=query)),
    )
    assert all(is_calm(content.plain) for content in made)
    assert is_calm(safe.lines(data).plain.replace("\t", ""))


@given(ANY_TEXT, st.integers(1, 30))
def test_a_strip_is_exactly_as_wide_as_it_is_asked_to_be(data: str, width: int) -> None:
    assert safe.strip(safe.text(data), width, Style()).cell_length == width


def test_what_is_longer_ends_in_an_ellipsis() -> None:
    assert safe.cut("Rachel Green", 8) == "Rachel…"
    assert safe.cut("陳偉陳偉", 4) == "陳…"
    assert safe.cut("Ada", 3) == "Ada"
    assert safe.cut("Ada", 1) == "…"


def test_columns_share_what_is_left_and_fill_the_width() -> None:
    row = safe.columns(20, safe.Column("A", 2), safe.Column("Ada"), safe.Column("9", 4, right=True))
    assert row.plain == "A  Ada             9"


def test_marks_of_a_search_lie_on_the_letters_that_answer() -> None:
    found = safe.hit("[/] José ⚙ JOSEF", "jose")
    marked = [found.plain[span.start : span.end] for span in found.spans]
    assert marked == ["José", "JOSE"]


def test_a_ligature_that_folds_to_two_letters_is_marked_whole() -> None:
    found = safe.hit("Straße", "ss")
    assert [found.plain[span.start : span.end] for span in found.spans] == ["ß"]


def test_a_line_keeps_the_styles_of_the_contents_in_it() -> None:
    made = safe.line("a ", safe.text("Ada", "bold"), ("!", "$error"))
    assert [(span.start, span.end, span.style) for span in made.spans] == [
        (2, 5, "bold"),
        (5, 6, "$error"),
    ]


class Gallery(App[None]):
    """Every widget of the house, holding one name."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "RowList { height: 6; } TierColumn { height: 6; }"

    def __init__(self, name: str) -> None:
        super().__init__()
        theme.install(self)
        self.who = name
        self.quits = 0

    def compose(self) -> ComposeResult:
        tabs = HeaderTabs("people")
        tabs.extra = self.who
        yield tabs
        yield SearchBox(self.who)
        yield RowList(Look(self.render_row, header=self.header, empty=self.who))
        yield RowList(Look(self.render_row, empty=self.who), ident="empty")
        yield TierColumn("A", self.render_row)
        yield safe.static(self.who, ident="said")
        yield KeyFooter("triage", words={"suggested": self.who})

    def on_mount(self) -> None:
        self.query(RowList).first().rows = [(1, self.who)]
        column = self.query_one(TierColumn)
        column.show([(1, self.who)])
        column.carried = self.who
        safe.frame_foot(column, self.who)
        safe.show(self.query_one("#said", Static), (self.who, "bold"))
        safe.notice(self, self.who)
        self.query_one(SearchBox).open(self.who)
        self.query_one(SearchBox).note(self.who)

    def render_row(self, row: tuple[int, str], width: int) -> Content:
        return safe.columns(width, safe.Column(row[1], find=self.who[:5]))

    def header(self, width: int) -> Content:
        return safe.columns(width, safe.Column(self.who))

    async def action_quit(self) -> None:
        self.quits += 1


def refuse(line: str) -> tuple[str, str]:
    raise UsageError(f"{line} cannot be read")


def accept(line: str) -> tuple[str, str]:
    return line, f"understood: {line}"


def popups(name: str) -> list[Screen[Any]]:
    return [
        Confirm(name, name, name),
        AskLine(name, name, refuse, name),
        AskLine(name, name, accept, name),
        Choose(name, [Option("a", name, 1, name)]),
        HelpScreen("triage", name),
    ]


WORST = [name for name in HOSTILE if name[:2] in {"[/", "[@", "on", "e\u0301"}]
WORST.append("A\x1b]0;PWNED\x1b\\B")


async def test_every_hostile_name_is_a_row_of_its_own() -> None:
    app = Gallery("Ada")
    async with app.run_test(size=(80, 40)) as pilot:
        rows = app.query(RowList).first()
        rows.styles.height = len(HOSTILE) + 1
        rows.load(list(enumerate(HOSTILE)))
        await pilot.pause()
        shown = frame(app)
    assert is_calm(shown)
    for name in HOSTILE[:5]:
        assert name in shown


@pytest.mark.parametrize("name", WORST, ids=range(len(WORST)))
async def test_a_hostile_name_is_shown_as_text_by_every_widget(name: str) -> None:
    app = Gallery(name)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        shown = [frame(app)]
        for popup in popups(name):
            await app.push_screen(popup)
            await pilot.pause()
            shown.append(frame(app))
            popup.dismiss(None)
            await pilot.pause()
        for x, y in ((4, 3), (6, 16), (3, 22)):
            await pilot.click(offset=(x, y))
        assert app.quits == 0
    assert all(map(is_calm, shown))
    if name and name.isascii() and name.isprintable() and len(name) < 40:
        assert all(name in screen for screen in shown)


async def test_what_is_copied_or_opened_holds_nothing_that_acts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(App, "open_url", lambda _self, url: opened.append(url))
    app = App[None]()
    async with app.run_test():
        safe.copy(app, "one\r\ntwo\x1b[2J\x9b\u202e")
        assert app.clipboard == "one\ntwo␛[2J⟨009B⟩⟨202E⟩"
        safe.open_page(app, "https://a.example/ü b\x1b]0;x\x07\u202e?q=%20#[/]\ud83d")
    assert opened == ["https://a.example/ü%20b%1B]0;x%07%E2%80%AE?q=%20#[/]%3F"]
