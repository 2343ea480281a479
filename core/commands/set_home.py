"""Remember where the user is at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.queries import home
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from core.work import Work


@dataclass(frozen=True, slots=True)
class SetHome:
    """The user's own city, which speaks for whoever lives there too; "" forgets it."""

    city: str
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the setting."""
        city = " ".join(clean(self.city).split())
        _keep(work, home.CITY, city)
        return Outcome(f"at home in {city}" if city else "no home city", ())


@dataclass(frozen=True, slots=True)
class SetRegion:
    """The country whose numbers name no country, for imports to come; "" asks the locale again.

    Attributes:
        region: an ISO code such as ``CH``, checked already, or "".
    """

    region: str
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the setting."""
        _keep(work, home.REGION, self.region)
        return Outcome(f"at home in {self.region}" if self.region else "no home country", ())


def _keep(work: Work, key: str, value: str) -> None:
    from sqlmodel import select

    from core.storage.tables import Setting

    row = work.session.exec(select(Setting).where(Setting.key == key)).first()
    if row is None and not value:
        return
    row = row or Setting(key=key)
    row.value = value
    work.session.add(row)
