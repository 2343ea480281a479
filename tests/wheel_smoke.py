"""Builds the wheel and uses it as a stranger would: run by ``make check``, not by pytest.

The clean environment gets the locked packages as links to those of this environment, so that
nothing is fetched and nothing else can be imported by mistake.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("core", "importers", "tui")


def need(truth: object, sentence: str) -> None:
    """Stop with a sentence unless it is so."""
    if not truth:
        sys.exit(f"wheel: {sentence}")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a program prints; its complaint ends this one."""
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    said = f"{done.stdout}{done.stderr}".strip()
    need(done.returncode == 0, f"{' '.join(map(str, command))} ended with {said}")
    return done.stdout


def build(folder: Path) -> Path:
    """The wheel of this checkout."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def holds_every_file(wheel: Path) -> None:
    """Style sheets, migrations and sample data travel with the code."""
    listed = run(
        *("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *ROOMS), cwd=ROOT
    )
    files = {name for name in listed.splitlines() if (ROOT / name).is_file()}
    wanted = {f"vitalfew/_app/{name}" for name in files - {"tui/__main__.py"}}
    packed = set(zipfile.ZipFile(wheel).namelist())
    missing = sorted((wanted | {"vitalfew/__main__.py"}) - packed)
    need(not missing, f"left out: {missing}")
    strangers = sorted(n for n in packed - wanted if n.startswith("vitalfew/_app/"))
    need(not strangers, f"holds what is no part of it: {strangers}")


def clean_environment(folder: Path) -> tuple[Path, Path]:
    """A new environment that holds the locked packages and no tool.

    Returns:
        Its folder of programs and its site-packages.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for line in (ROOT / "requirements" / "app.txt").read_text("utf-8").splitlines():
        if not line or line.startswith((" ", "#")):
            continue
        locked = Requirement(line.removesuffix("\\"))
        if locked.marker and not locked.marker.evaluate():
            continue
        package = distribution(locked.name)
        need(locked.specifier.contains(package.version), f"not the locked version: {package.name}")
        tops = {PurePosixPath(file).parts[0] for file in package.files or ()}
        for top in tops - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(package.locate_file(top))))
    return folder / "bin", site


def hostile_folder(folder: Path) -> Path:
    """A place where other people's modules have the names of our rooms."""
    for room in ROOMS:
        (folder / room).mkdir(parents=True)
        (folder / room / "__init__.py").write_text("raise SystemExit('the wrong room')\n")
    return folder


def main() -> None:
    """Build, install, use."""
    with tempfile.TemporaryDirectory(prefix="vitalfew-wheel-") as name:
        here = Path(name)
        wheel = build(here / "dist")
        holds_every_file(wheel)

        programs, site = clean_environment(here / "venv")
        python = programs / "python"
        before = {path.name for path in site.iterdir()}
        # Without --no-deps: a requirement the lock does not meet cannot be fetched, so it stops us.
        pip = (sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check")
        run(*pip, "--python", python, "install", "--no-index", wheel, cwd=here)
        gained = {path.name for path in site.iterdir()} - before
        version = wheel.name.split("-")[1]
        need(
            gained == {"vitalfew", f"vitalfew-{version}.dist-info"},
            f"site-packages gained {sorted(gained)}",
        )

        home = here / "home"
        home.mkdir()
        env = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "xterm"}
        cwd = hostile_folder(here / "elsewhere")
        for command in ([programs / "vitalfew"], [python, "-m", "vitalfew"]):
            said = run(*command, "--version", cwd=cwd, env=env)
            need(version in said, f"{command} --version says {said!r}")
        focus = json.loads(run(programs / "vitalfew", "demo", "--json", cwd=cwd, env=env))
        need(focus["schema"] == 1, f"demo --json has schema {focus['schema']}")
        need(focus["rows"], "the sample book has nobody to write to today")
        need(all(row["name"] and row["why"] for row in focus["rows"]), "a row without a reason")
        need(not any(home.iterdir()), "the sample book left files in the home folder")
    print(f"wheel: {wheel.name} is whole and runs on its own")  # noqa: T201 - it is a program


if __name__ == "__main__":
    main()
