"""Bring the candidates up to date: compare the entries that are new or were changed.

``python -m core.duplicates BOOK`` does it as a process of its own, which may be killed at any
moment: all is written in one transaction at the end.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import BookError, VitalfewError
from core.queries import entries
from core.storage import candidates, connect
from core.storage.candidates import Found, Learned, Row
from core.storage.driver import Error, OperationalError, dbapi
from core.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt

    from core.matching.find import Pairs
    from core.matching.model import Model
    from core.matching.records import Records
    from core.queries.entries import Entries
    from core.storage.candidates import Waiting
    from core.storage.driver import Connection

    Progress = Callable[[float], None]

_TENTH: Final = 10
_HALF: Final = 2
_TRIES: Final = 10
_READ, _COMPARED, _EXPLAINED = 0.1, 0.8, 0.95


class Looked(NamedTuple):
    """What a run came to.

    Attributes:
        cards: how many entries were compared with all others.
        pairs: how many pairs of entries were found worth keeping.
        fitted: whether the model was learned anew, and all pairs with it.
    """

    cards: int
    pairs: int
    fitted: bool


def needed(view: Connection) -> int:
    """How many entries wait to be compared; 0 if all is up to date."""
    return candidates.count_waiting(view)


def bring_up(path: Path, progress: Progress | None = None, *, refit: bool = False) -> Looked:
    """Compare what waits and keep what is found.

    All is compared anew, and the model learned anew, the first time, when the book grew by a
    tenth, when half of it changed, and on request.

    Args:
        path: the book.
        progress: told the part that is done, 0 to 1; what it raises ends the run, and nothing is
            written.
        refit: learn anew in any case.

    Raises:
        BookError: the book cannot be read or written.
    """
    tick = progress or _silent
    while True:
        tick(0.0)
        run = _Run.read(path, refit=refit)
        if run is None:
            return Looked(0, 0, fitted=False)
        tick(_READ)
        found, looked = run.anew(tick) if run.model is None else run.more(run.model, tick)
        if _written(path, found, tick):
            return looked


class _Run(NamedTuple):
    """One moment's book; the model is None if it is to be learned anew."""

    entries: Entries
    waiting: Waiting
    learned: Learned
    model: Model | None

    @classmethod
    def read(cls, path: Path, *, refit: bool) -> _Run | None:
        """Read the book; None if there is nothing to do."""
        with closing(connect.view(path)) as view:
            try:
                view.execute("BEGIN")
                size = candidates.count_cards(view)
                waiting, learned = candidates.waiting(view), candidates.learned(view)
                model = None if refit else _serving(learned, size, len(waiting.cards))
                if not size or (model is not None and not waiting.cards):
                    return None
                return cls(entries.to_match(view), waiting, learned, model)
            except Error as error:
                raise connect.unreadable(error, path) from None

    def anew(self, tick: Progress) -> tuple[Found, Looked]:
        """Learn from all, and score all."""
        from core.matching import find

        records = self.entries.records
        model, pairs = find.full(records, _part(tick, _READ, _COMPARED))
        rows = self.kept(model, [pairs], set(), _part(tick, _COMPARED, _EXPLAINED))
        size, made = len(self.entries.ids), datetime.now(UTC).isoformat()
        learned = Learned(0, size, made, model.to_json())
        return self.found(rows, learned), Looked(size, len(rows), fitted=True)

    def more(self, model: Model, tick: Progress) -> tuple[Found, Looked]:
        """Score what waits."""
        from core.matching import find

        row_of = {card: row for row, card in enumerate(self.entries.ids)}
        touching = {row_of[card] for card in self.waiting.cards}
        linked = {row_of[card] for card in self.waiting.linked if card in row_of} - touching
        records = self.entries.records
        pairs = [find.pairs(records, model, touching, _part(tick, _READ, _COMPARED))]
        # What speaks against a group counts for entries that may be in one, and only for those.
        now = _linked(pairs[0]) - touching - linked
        if now:
            pairs.append(_among(records, sorted(linked | now), now, model))
        tick(_COMPARED)
        rows = self.kept(model, pairs, linked, _part(tick, _COMPARED, _EXPLAINED))
        return self.found(rows, None), Looked(len(touching), len(rows), fitted=False)

    def found(self, rows: list[Row], learned: Learned | None) -> Found:
        """What is to be written."""
        return Found(self.entries.ids, self.waiting.newest, self.learned.id, rows, learned)

    def kept(
        self, model: Model, found: Iterable[Pairs], linked: set[int], tick: Progress
    ) -> list[Row]:
        """The pairs worth keeping, with reasons where somebody may be shown them."""
        import numpy as np

        from core.matching.explain import explain_all
        from core.matching.find import Lane

        parts = list(found)
        low, high, tie, lane, chance = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("low", "high", "tie", "lane", "probability")
        )
        odds = np.concatenate([_odds(part) for part in parts])
        might = np.zeros(len(self.entries.ids), np.bool_)
        might[list(linked)] = True
        might[low[odds > 0]] = might[high[odds > 0]] = True
        shown = lane >= Lane.UNSURE
        kept = np.flatnonzero(shown | (odds > 0) | (might[low] & might[high]))
        told = kept[shown[kept]]
        tick(0.0)
        reasons = explain_all(self.entries.records, model, low[told], high[told])
        tick(1.0)
        words = {
            at: (_lines(reason.in_favour), _lines(reason.against))
            for at, reason in zip(told.tolist(), reasons, strict=True)
        }
        ids = np.array(self.entries.ids, np.int64)
        columns = (
            *(ids[low], ids[high], odds, np.rint(chance * 10_000).astype(np.int64), lane),
            tie.view(np.int64),  # SQLite's integers have a sign
        )
        plain = zip(kept.tolist(), *(column[kept].tolist() for column in columns), strict=True)
        return [Row._make((*row, *words.get(at, ("", "")))) for at, *row in plain]


def _serving(learned: Learned, size: int, waiting: int) -> Model | None:
    """What was learned, if it still serves a book of that size of which some wait."""
    from core.matching.model import Model

    grown = _TENTH * (size - learned.size) >= learned.size
    if not learned.model or (waiting and (grown or _HALF * waiting >= size)):
        return None
    return Model.from_json(learned.model)


def _among(records: Records, rows: list[int], touching: set[int], model: Model) -> Pairs:
    """The pairs of some rows that touch some of them; the others change nothing of that."""
    import numpy as np

    from core.matching import find

    held = [at for at, row in enumerate(rows) if row in touching]
    found = find.pairs(records.take(rows), model, held)
    of = np.array(rows, np.int32)
    return replace(found, low=of[found.low], high=of[found.high])


def _odds(pairs: Pairs) -> npt.NDArray[np.int64]:
    """Thousandths of log2 odds."""
    import numpy as np

    return np.rint(pairs.odds * 1000).astype(np.int64)


def _linked(pairs: Pairs) -> set[int]:
    """The rows of which a pair speaks for one person."""
    held = _odds(pairs) > 0
    return {*pairs.low[held].tolist(), *pairs.high[held].tolist()}


def _lines(reasons: Iterable[str]) -> str:
    return "\n".join(" ".join(reason.split()) for reason in reasons)


def _silent(_: float) -> None:
    """Nobody asked how far it is."""


def _part(tick: Progress, start: float, end: float) -> Progress:
    return lambda done: tick(start + (end - start) * done)


def _written(path: Path, found: Found, tick: Progress) -> bool:
    """Whether what was found could be kept; while somebody else writes, this waits."""
    for again in range(_TRIES):
        tick(_EXPLAINED)
        try:
            return _write(path, found, tick)
        except OperationalError as error:
            if again + 1 == _TRIES or not _is_busy(error):
                raise connect.refusal(error) from None
        except Error as error:
            raise connect.refusal(error) from None
    return False


def _write(path: Path, found: Found, tick: Progress) -> bool:
    with closing(_open(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        done = candidates.write(connection, found)
        tick(1.0)
        connection.execute("COMMIT" if done else "ROLLBACK")
        return done


def _open(path: Path) -> Connection:
    """A writing connection for derived rows, which no journal keeps."""
    connection = dbapi.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=connect.BUSY_SECONDS,
        isolation_level=None,
    )
    connect.check(connection, path)
    connect.prepare_ops(connection)
    if connect.version(connection) != connect.SCHEMA:
        connection.close()
        raise BookError("the book was brought to another schema meanwhile; nothing was changed")
    return connection


def _is_busy(error: Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def main(arguments: list[str] | None = None) -> int:
    """Bring a book up as a process of its own.

    It prints the part that is done, one number a line, then ``done``. Refusals are one sentence on
    stderr. If nobody reads it any more, it ends and writes nothing.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m core.duplicates", description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--refit", action="store_true", help="learn anew from all entries")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is meant for whoever started this
    with suppress(AttributeError, OSError):  # no such thing on Windows
        os.nice(10)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: screens need the other core
    gc.disable()  # what is read stays until the end; looking for waste in it costs a fifth
    try:
        bring_up(given.book, _Printer(), refit=given.refit)
        _say("done")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush to
        return 1
    except VitalfewError as error:
        sys.stderr.write(f"{visible(error.sentence)}\n")
        return error.exit_code
    except Exception as error:  # noqa: BLE001 — a traceback would show what people wrote
        sys.stderr.write(f"the entries could not be compared ({type(error).__name__})\n")
        return 1
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class _Printer:
    """Prints each hundredth once."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, done: float) -> None:
        text = f"{done:.2f}"
        if text != self._said:
            self._said = text
            _say(text)


if __name__ == "__main__":
    sys.exit(main())
