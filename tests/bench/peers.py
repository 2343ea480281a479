"""Programs to measure beside us, each in an environment of its own; only with PEERS=1."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(".venv/peers")
PROGRAMS = {
    "khard": ("khard",),
    "posting": ("posting", "tree-sitter<0.26"),  # with 0.26 it ends at its first paint
    "harlequin": ("harlequin",),
}


def program(name: str) -> str:
    """The path of a peer's script, installed at the first call."""
    home = FOLDER / name
    if not home.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin/pip"), "install", "-q", *PROGRAMS[name]], check=True)
        subprocess.run(
            [str(home / "bin/python"), "-m", "compileall", "-q", str(home / "lib")], check=False
        )
    return str(home / "bin" / name)


def khard_settings(folder: Path, cards: Path) -> Path:
    """A configuration of khard that knows one address book."""
    path = folder / "khard.conf"
    path.write_text(f"[addressbooks]\n[[bench]]\npath = {cards}\n", "utf-8")
    return path
