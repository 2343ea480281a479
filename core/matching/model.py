"""What a full run learns of a list, and how it is kept: later runs score new entries by it."""

from __future__ import annotations

import json
from base64 import b85decode, b85encode
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.matching.calibrate import Calibration
from core.matching.codes import Counts
from core.matching.cultures import Cultures
from core.matching.keys import Caps
from core.matching.reading import Known
from core.matching.tables import Tables
from core.matching.version import VERSION
from core.matching.weights import Weights

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Model:
    """What a full run learned.

    Attributes:
        size: how many entries it was learned from.
        known: the names that half-written names are completed by.
        tables: how common values are.
        caps: which keys too many entries share.
        weights: what agreements and differences say.
        calibration: what a score is worth on this list.
    """

    size: int
    known: Known
    tables: Tables
    caps: Caps
    weights: Weights
    calibration: Calibration

    def to_json(self) -> str:
        """The model as one line of text."""
        cultures = self.tables.cultures
        weights = self.weights
        return json.dumps(
            {
                "version": VERSION,
                "size": self.size,
                "known": {
                    "given": _counts(self.known.given),
                    "family": _counts(self.known.family),
                },
                "people": self.tables.size,
                "counts": {role: _counts(counts) for role, counts in self.tables.counts.items()},
                "cultures": {name: _packed(getattr(cultures, name)) for name in Cultures.__slots__},
                "caps": {"common": _packed(self.caps.common), "dead": _packed(self.caps.dead)},
                "weights": {
                    "fields": weights.fields,
                    "owned": weights.owned,
                    "same": _packed(weights.same),
                    "related": _packed(weights.related),
                    "chance": _packed(weights.chance),
                    "priors": list(weights.priors),
                },
                "calibration": asdict(self.calibration),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Model | None:
        """The model that `to_json` wrote; None if another version wrote it."""
        kept = json.loads(text)
        if kept.get("version") != VERSION:
            return None
        cultures = Cultures(**{name: _unpacked(part) for name, part in kept["cultures"].items()})
        counts = {role: _counted(part) for role, part in kept["counts"].items()}
        weights = kept["weights"]
        return cls(
            kept["size"],
            Known(_counted(kept["known"]["given"]), _counted(kept["known"]["family"])),
            Tables(kept["people"], counts, cultures),
            Caps(_unpacked(kept["caps"]["common"]), _unpacked(kept["caps"]["dead"])),
            Weights(
                weights["fields"],
                weights["owned"],
                _unpacked(weights["same"]),
                _unpacked(weights["related"]),
                _unpacked(weights["chance"]),
                (weights["priors"][0], weights["priors"][1]),
            ),
            Calibration(**kept["calibration"]),
        )


def _packed(values: npt.NDArray[Any]) -> list[Any]:
    plain = values.astype(values.dtype.newbyteorder("<"))
    return [plain.dtype.str, list(values.shape), b85encode(plain.tobytes()).decode()]


def _unpacked(kept: list[Any]) -> npt.NDArray[Any]:
    kind, shape, text = kept
    values = np.frombuffer(b85decode(text), np.dtype(kind)).reshape(shape)
    return values.astype(values.dtype.newbyteorder("="))


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "codes": _packed(counts.codes),
        "counts": _packed(counts.counts),
        "total": counts.total,
    }


def _counted(kept: dict[str, Any]) -> Counts:
    return Counts(_unpacked(kept["codes"]), _unpacked(kept["counts"]), kept["total"])
