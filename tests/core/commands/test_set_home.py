"""The user's own city is remembered."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from core.commands.set_home import SetHome
from core.queries import home
from core.storage import connect
from tests.book import fresh, rows

if TYPE_CHECKING:
    from pathlib import Path


def test_the_city_is_kept_changed_and_forgotten(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    assert bus.run(SetHome("  ")).command_id == 0
    assert bus.run(SetHome(" Bad\tHomburg \x1b[31m")).label.startswith("at home in Bad Homburg")
    with closing(connect.view(bus.path)) as view:
        assert home.city(view).startswith("Bad Homburg")
        bus.run(SetHome("Bern"))
        assert home.city(view) == "Bern"
        assert bus.run(SetHome("Bern")).command_id == 0
        bus.run(SetHome(""))
        assert home.city(view) == ""
        bus.undo()
        assert home.city(view) == "Bern"
    assert rows(bus.path, "SELECT count(*) FROM setting") == [(1,)]
    bus.close()
