"""Take the pictures of the README: the real app on the sample book, driven by keys.

Run by ``make screenshots``. The pictures need the fonts Fira Code and Noto, with its CJK and emoji
(Debian: fonts-firacode, fonts-noto-mono, fonts-noto-cjk, fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import resvg_py

from core.clock import FixedClock
from tui.app import VitalfewApp
from tui.sample.book import make

FOLDER = Path(__file__).parent
MORNING = FixedClock(datetime(2026, 11, 21, 9, 12, tzinfo=UTC))


class Picture(NamedTuple):
    """What is shown: a name, a size in cells, and the keys that lead there.

    Attributes:
        downloads: the book is empty, and the lists of the sample book lie in the downloads.
    """

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    downloads: bool = False


PICTURES = (
    Picture("focus", (118, 30), ()),
    Picture("contact", (118, 30), ("j", "c")),
    Picture("triage", (118, 34), ("2", "escape", *"bcbbc", "enter")),
    Picture("merge", (118, 34), ("3", *"nnnn", "j")),
    Picture("merge-group", (118, 34), ("3", *"nnnnnnn")),
    Picture(
        "unmerge",
        (118, 30),
        ("3", *"nnnnnnn", "enter", "4", "slash", *"hanna", "enter", "enter", "U", "j"),
    ),
    Picture("people", (118, 30), ("4", "slash", *"berlin", "enter")),
    Picture("person", (118, 34), ("enter",)),
    Picture("edit", (118, 30), ("enter", "e", "j", "enter", *" (Berlin)", "enter")),
    Picture("log", (118, 30), ("5", "slash", *"berth", "enter")),
    Picture("balance", (118, 34), ("6",)),
    Picture("settings", (118, 30), ("comma",)),
    Picture("import", (118, 30), ("7", "asterisk", "enter"), downloads=True),
    Picture("undo", (118, 30), ("2", "escape", "enter", "b", "8")),
    Picture("help", (100, 34), ("2", "escape", "question_mark")),
)


async def take(book: Path, picture: Picture) -> str:
    """The picture as SVG."""
    app = VitalfewApp(book, clock=MORNING, sample=not picture.downloads)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.5)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(2.5 if picture.downloads else 0.3)
        said = picture.name in {"undo", "unmerge"}
        await pilot.pause(6 if said else 0.5)  # a notice must be gone
        return app.export_screenshot(title="vitalfew")


def downloaded(folder: Path) -> Path:
    """An empty book in a home whose downloads are the lists that the sample book was made of."""
    home = folder / "nora"
    home.mkdir()
    (folder / "exports").rename(home / "Downloads")
    os.environ["HOME"] = str(home)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOWNLOAD_DIR"):
        os.environ.pop(name, None)
    return home / "people.db"


def png(svg: str) -> bytes:
    """The picture as PNG; `textLength` counts characters and would squeeze wide ones."""
    return bytes(resvg_py.svg_to_bytes(svg_string=re.sub(r' textLength="[^"]*"', "", svg)))


def main() -> None:
    """Take all pictures, or those named."""
    wanted = set(sys.argv[1:]) or {picture.name for picture in PICTURES}
    for picture in PICTURES:
        if picture.name not in wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="vitalfew-pictures-") as name:
            book = make(Path(name), MORNING)
            if picture.downloads:
                book = downloaded(Path(name))
            svg = asyncio.run(take(book, picture))
        (FOLDER / f"{picture.name}.svg").write_text(svg, "utf-8")
        (FOLDER / f"{picture.name}.png").write_bytes(png(svg))
        print(f"{picture.name}: {picture.size[0]}x{picture.size[1]}")


if __name__ == "__main__":
    main()
