from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from core.errors import UsageError
from importers import registry, systems
from importers.container import open_container

ROOT = Path(__file__).parents[2]
CONNECTIONS = "First Name,Last Name,URL,Connected On\nAda,Wong,,1 Jan 2020\n"
GOOGLE = "First Name,Last Name,Phonetic First Name\nAda,Wong,\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Wong\r\nEND:VCARD\r\n"


def archive(folder: Path, members: dict[str, str]) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return path


def named(path: Path) -> list[str]:
    with open_container(path) as container:
        return [guess.importer.NAME for guess in registry.recognise(container)]


@pytest.mark.parametrize(
    ("members", "names"),
    [
        ({"x.csv": CONNECTIONS}, ["linkedin"]),
        ({"x.csv": GOOGLE}, ["google"]),
        ({"x.vcf": CARD}, ["vcard"]),
        ({"Connections.csv": CONNECTIONS, "Profile.csv": GOOGLE}, ["linkedin", "google"]),
        ({"a/All/All.csv": GOOGLE, "a/All/All.vcf": CARD}, ["google", "vcard"]),
        ({"x.csv": "a,b\n1,2\n"}, []),
        ({"x.csv": "Name,Email\nAda,ada@x.example\n"}, ["spreadsheet"]),
        ({"x.csv": "Name,Email\nAda,ada@x.example\n", "x.vcf": CARD}, ["vcard"]),
    ],
)
def test_the_surest_importer_comes_first(
    tmp_path: Path, members: dict[str, str], names: list[str]
) -> None:
    found = named(archive(tmp_path, members))
    assert sorted(found) == sorted(names)
    assert found[:1] == names[:1]


def test_every_importer_keeps_the_contract() -> None:
    names = [importer.NAME for importer in registry.IMPORTERS]
    assert sorted(names) == sorted({*registry.NAMES, registry.ANY_TABLE})
    assert set(registry.SYSTEMS) == set(systems.BY_NAME)
    for importer in registry.IMPORTERS:
        assert registry.by_name(importer.NAME) is importer
        assert importer.TITLE
        assert importer.VERSION >= 1
        assert importer.WHOLE is (importer.NAME in {"google", "linkedin"})
        assert importer.NEW_PEOPLE is (
            importer.NAME not in {"instagram", "lbdb", "newsletter", "x"}
        )
        assert callable(importer.sniff)
        assert callable(importer.read)


@pytest.mark.parametrize("name", ["exchange", "", "record", "../vcard"])
def test_a_format_nobody_knows_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(UsageError, match="google, hubspot, instagram, lbdb, ldif, linkedin"):
        registry.by_name(name)


def test_asking_for_another_name_of_the_module_fails() -> None:
    with pytest.raises(AttributeError):
        registry.__getattr__("nobody")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty|there is nothing in it"),
        (b"a,b,c\n1,2,3\n", "a table that begins with a, b, c"),
        (b"dear diary\n", "text of another kind"),
        (b"Session Start (AIM - nora:ada): Mon Jan 01 12:00:00 2005\n[12:00] ada: hi", "Trillian"),
        (b'<session type="start" time="1104577200" medium="AIM" to="ada"/>\n', "Trillian"),
        (b"Session Start: Mon Jan 01 12:00:00 2005\n[12:00] <ada> hi\n", "a log of a chat room"),
        (b"!BDN\0\0\0\0", "readpst makes mailboxes of it"),
        (b"SQLite format 3\0", "the database of a program"),
        (b"\x89PNG\0\0\0\1", "it is not text"),
    ],
)
def test_the_sentence_for_an_unknown_file_says_what_it_looks_like(
    tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(data)
    with open_container(path) as container:
        sentence = registry.unknown(container)
    assert sentence.startswith("thing.bin is not a format vitalfew reads yet: ")
    assert any(word in sentence for word in words.split("|"))


def test_the_sentence_for_an_unknown_folder_names_some_files(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.bin": "x", "b.bin": "y"})
    with open_container(path) as container:
        assert "2 files such as a.bin, b.bin" in registry.unknown(container)


def test_no_format_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, importers.registry as r; "
        "names = (*r.NAMES, r.ANY_TABLE, 'systems'); "
        "print(sorted(n for n in names if f'importers.{n}' in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
