"""Programs to measure beside us, in an environment of their own; only with PEERS=1."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(".venv/peers")
PROGRAMS = ("khard", "posting", "harlequin", "tree-sitter<0.26")


def program(name: str) -> str:
    """The path of a peer's script, installed at the first call."""
    if not FOLDER.exists():
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
        subprocess.run([str(FOLDER / "bin/pip"), "install", "-q", *PROGRAMS], check=True)
        subprocess.run(
            [str(FOLDER / "bin/python"), "-m", "compileall", "-q", str(FOLDER / "lib")], check=False
        )
    return str(FOLDER / "bin" / name)


def khard_settings(folder: Path, cards: Path) -> Path:
    """A configuration of khard that knows one address book."""
    path = folder / "khard.conf"
    path.write_text(f"[addressbooks]\n[[bench]]\npath = {cards}\n", "utf-8")
    return path
