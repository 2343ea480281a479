from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from core.rules.pareto import Curve, ranked
from tests.support import frame, is_calm
from tui import theme
from tui.widgets.pareto_area import LABEL, area
from tui.widgets.pareto_chart import ParetoChart

BLOCKS = " ▁▂▃▄▅▆▇█"


class Alone(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, curve: Curve) -> None:
        super().__init__()
        theme.install(self)
        self.curve = curve
        self.moved: list[int] = []

    def compose(self) -> ComposeResult:
        yield ParetoChart("curve")

    def on_mount(self) -> None:
        self.chart = self.query_one(ParetoChart)
        self.chart.empty = "nothing [/] here"
        self.chart.show(self.curve, 0)

    def on_pareto_chart_moved(self, event: ParetoChart.Moved) -> None:
        self.moved.append(event.place)


TEN = ranked([(person, 100 if person < 3 else 5) for person in range(1, 11)])


@given(
    st.dictionaries(st.integers(1, 99), st.integers(1, 9_999), min_size=1, max_size=30),
    st.integers(1, 90),
    st.integers(1, 30),
)
def test_the_area_fills_its_cells_and_never_falls(
    talks: dict[int, int], width: int, height: int
) -> None:
    rows = area(ranked(talks.items()), width, height)
    assert [len(row) for row in rows] == [width] * height
    plain = [row.replace("┄", "") for row in rows]
    assert all(set(row) <= set(BLOCKS) for row in plain)
    for row in rows:
        heights = [BLOCKS.index(sign) for sign in row if sign != "┄"]
        assert heights == sorted(heights)
    assert sum("┄" in row for row in rows) <= 1


@pytest.mark.parametrize("size", [(80, 9), (160, 40), (30, 5)])
async def test_the_few_the_aim_and_the_cursor_each_have_a_sign_of_their_own(
    size: tuple[int, int],
) -> None:
    app = Alone(TEN)
    async with app.run_test(size=size) as pilot:
        app.chart.cursor = 9
        await pilot.pause()
        lines = frame(app).splitlines()
    assert len(lines) == size[1]
    assert all(len(line) <= size[0] for line in lines)
    assert lines[0].startswith("100 %┤") or size[1] < 8
    assert any(line.startswith(" 80 %┤") and "┄" in line for line in lines)
    assert all("│" in line[LABEL:] for line in lines[:-1])
    axis = lines[-1]
    assert axis.startswith("  0 %╰")
    assert axis.count("▲") == axis.count("┴") == 1
    assert axis.index("┴") < axis.index("▲")


async def test_keys_and_mouse_move_the_cursor_to_the_ends_and_no_further() -> None:
    app = Alone(TEN)
    async with app.run_test(size=(57, 12)) as pilot:
        chart = app.chart
        chart.cursor -= 5
        assert chart.cursor == 0
        chart.stride(1)
        assert chart.cursor == 1
        chart.cursor += 50
        assert chart.cursor == 9
        for x, place in ((LABEL, 0), (LABEL + 27, 5), (LABEL + 49, 9), (1, 0), (56, 9)):
            await pilot.click(chart, offset=(x, 4))
            assert chart.cursor == place
        await pilot.pause()
        assert app.moved[0] == 0
        assert app.moved[-1] == 9


async def test_without_a_talk_it_says_so_and_a_click_does_nothing() -> None:
    app = Alone(Curve())
    async with app.run_test(size=(60, 8)) as pilot:
        assert "nothing [/] here" in frame(app)
        await pilot.click(app.chart, offset=(20, 2))
        assert app.chart.cursor == 0


@pytest.mark.parametrize("size", [(5, 3), (7, 2), (8, 4), (12, 1)])
async def test_a_window_too_small_for_it_is_no_error(size: tuple[int, int]) -> None:
    app = Alone(TEN)
    async with app.run_test(size=size):
        assert is_calm(frame(app))


async def test_a_hundred_thousand_people_are_one_curve() -> None:
    app = Alone(ranked((person, 1 + 10**6 // person) for person in range(1, 100_001)))
    async with app.run_test(size=(160, 40)) as pilot:
        app.chart.stride(1)
        await pilot.pause()
        assert app.chart.cursor == 5_000
        assert "100,000 people" in frame(app)
