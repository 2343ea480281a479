"""One line of JSON a file: how well its duplicates are found, and what that took.

python -m tests.bench.matching [--peers PYTHON] [FILE ...]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FILES = ("contacts_10k.csv", "contacts_100k.csv.gz", "historical_dev25k.csv", "febrl3.csv")
DATA = "VITALFEW_MATCHING_DATA"
HERE = Path(__file__).parent
ROOM = "tests.bench.matching"


def timed(command: list[str]) -> tuple[float, int]:
    """CPU seconds and peak megabytes of a process from its start to its end.

    A child is never reckoned smaller than who started it, so this process stays small.
    """
    # What others tell of their work is of interest only where it fails.
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            sys.stderr.write(told.read().decode(errors="replace"))
            raise subprocess.CalledProcessError(process.returncode, command)
    return round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / 1024)


def measured(command: list[str], path: str, kind: str) -> dict[str, Any]:
    """What a process finds in a file, judged, and what it took."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/found.{kind}"
        cpu, memory = timed([*command, path, out])
        judge = [sys.executable, "-m", f"{ROOM}.judge", path, out]
        judged = subprocess.run(judge, capture_output=True, check=True, text=True).stdout
    return {**json.loads(judged), "cpu_s": cpu, "rss_mb": memory}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--peers", default="", help="the Python that has the other tools")
    given = parser.parse_args()
    files = given.files
    if not files:
        if not os.environ.get(DATA):
            sys.exit(f"Name files, or the folder of the lists in {DATA}.")
        files = [str(Path(os.environ[DATA]) / name) for name in FILES]
    for path in files:
        name = Path(path).name
        ours = measured([sys.executable, "-m", f"{ROOM}.find"], path, "npz")
        say({"file": name, **ours})
        if given.peers:
            splink = [given.peers, str(HERE / "peer_splink.py")]
            android = [sys.executable, "-m", f"{ROOM}.peer_android"]
            for peer, command in (("splink", splink), ("android rule", android)):
                try:
                    found = measured(command, path, "txt")
                except subprocess.CalledProcessError:
                    say({"file": name, "peer": peer, "failed": True})
                    continue
                ratio = round(found["cpu_s"] / ours["cpu_s"], 2)
                say({"file": name, "peer": peer, **found, "cpu_ratio_to_ours": ratio})


def say(figures: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
