from __future__ import annotations

import os
import pickle
import re
from pathlib import Path

import pytest

from importers import vcard
from importers.container import open_container
from importers.record import Problem, Record
from tests.importers.vcard_cases import APPLE, card, container, facts, one, read

SHARED = os.environ.get("VITALFEW_SHARED", "")
SAMPLES = Path(SHARED or "/nowhere") / "formats" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="VITALFEW_SHARED is not set")


def test_groups_become_labels_of_their_members() -> None:
    group = card(
        "FN:Staff", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:U1"
    )
    box = {"a.vcf": card("FN:Ada", "UID:u1") + card("FN:Bob", "UID:u2"), "b.vcf": group}
    ada, bob, problem = vcard.read(container(box))
    assert isinstance(ada, Record)
    assert isinstance(bob, Record)
    assert facts(ada)[-1] == ("label", "", "Staff")
    assert facts(bob)[-1] == ("uid", "", "u2")
    assert problem == Problem("b.vcf card 1", vcard.GROUP, group.strip(), fatal=False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_files_are_read_and_their_bytes_kept(encoding: str) -> None:
    text = card("FN:Zoë Ünïcode", "TEL:1").decode()
    data = text.encode(encoding)
    (record,), problems = read(data)
    assert facts(record) == [("name", "", "Zoë Ünïcode"), ("phone", "", "1")]
    assert not problems
    assert record.raw in data
    assert len(record.raw) > len(text.strip()) - 1


def test_raw_is_the_same_wherever_the_card_stands() -> None:
    first, second = card("FN:A", end=b"\n"), card("FN:B", end=b"\n")
    (a, b), _ = read(b"\xef\xbb\xbf" + first + b"\n\n" + second.strip())
    (b2, a2), _ = read(second + first)
    assert (a.raw, b.raw) == (a2.raw, b2.raw)


def test_records_can_be_handed_to_another_process() -> None:
    record = one(APPLE)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes


def test_an_empty_file_and_a_file_of_text_are_told() -> None:
    assert [problem.why for problem in read(b"")[1]] == ["an empty file"]
    assert "outside BEGIN and END" in read(b"hello there")[1][0].why


def test_a_card_over_the_limit_is_refused_and_its_neighbour_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vcard, "RECORD_LIMIT", 1_000)
    records, problems = read(card("FN:Big", "NOTE:" + "x" * 1_000) + card("FN:Small"))
    assert [facts(record)[0][2] for record in records] == ["Small"]
    assert "1,000 bytes" in problems[0].why
    assert problems[0].fatal


def test_a_folder_of_cards_is_recognised(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.vcf").write_bytes(card(f"FN:Person {number}"))
    (tmp_path / "color").write_bytes(b"#fff")
    (tmp_path / "notes.txt").write_bytes(b"nothing")
    with open_container(tmp_path) as box:
        sniffed = vcard.sniff(box)
        found = [item.where for item in vcard.read(box)]
    assert sniffed
    assert sniffed.members == ("0.vcf", "1.vcf", "2.vcf")
    assert found == ["0.vcf card 1", "1.vcf card 1", "2.vcf card 1"]


def test_other_files_are_not_taken_for_cards() -> None:
    assert vcard.sniff(container({"a.csv": b"name,mail\nAda,a@b"})) is None
    assert vcard.sniff(container({"a.bin": b"\0\1\2" * 50, "b.bin": b"x"})) is None
    found = vcard.sniff(container({"people": card("FN:A")}))
    assert found
    assert found.confidence > 90


_BEGINS = re.compile(r"(?im)^\ufeff?begin:vcard")
_IDENTIFYING = re.compile(
    r"(?im)^(?:item\d+\.)?(?:FN|N|TEL|EMAIL|ORG|ADR|LABEL|NICKNAME)\b[^:\n]*:[;, \t]*[^;,\s]"
)


def _text(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16")
    return data.decode("utf-16-be" if data[:1] == b"\0" else "latin-1").removeprefix("ï»¿")


@needs_samples
def test_every_sample_is_read_and_nobody_with_a_name_is_refused() -> None:
    refused = []
    for path in sorted((SAMPLES / "vcard").iterdir()):
        with open_container(path) as box:
            assert vcard.sniff(box), path.name
            found = list(vcard.read(box))
        cards = [item for item in found if isinstance(item, Record)]
        fatal = [item for item in found if isinstance(item, Problem) and item.fatal]
        groups = [item for item in found if isinstance(item, Problem) and item.why == vcard.GROUP]
        begins = len(_BEGINS.findall(_text(path.read_bytes())))
        assert len(cards) + len(fatal) + len(groups) == begins, path.name
        refused += [(path.name, problem) for problem in fatal]
    for name, problem in refused:
        assert problem.why == vcard.NOBODY, name
        assert not _IDENTIFYING.search(_text(problem.raw)), name


_COMPARED = {
    "FN": "name",
    "NOTE": "note",
    "TITLE": "title",
    "ROLE": "role",
    "EMAIL": "email",
    "URL": "url",
    "TEL": "phone",
    "ORG": "org",
    "N": "family",
    "NICKNAME": "nickname",
    "CATEGORIES": "label",
}


def _golden(text: str) -> list[dict[str, set[str]]]:
    """Cards of a clean, folded file, by a splitter that shares nothing with our reader."""
    cards: list[dict[str, set[str]]] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        if line == "BEGIN:VCARD":
            cards.append({})
        head, _, value = line.partition(":")
        name = head.partition(";")[0].rpartition(".")[2].upper()
        if '"' in head or name not in _COMPARED or not value.strip(";, "):
            continue
        marked = value.replace("\\\\", "\x01").replace("\\n", "\n").replace("\\r", "")
        if name in {"NICKNAME", "CATEGORIES"}:
            parts = re.split(r"(?<!\\),", marked)
        elif name in {"ORG", "N"}:
            parts = re.split(r"(?<!\\);", marked)[:1]
        else:
            parts = [marked]
        for part in parts:
            plain = re.sub(r"\\([,;:\"])", r"\1", part).replace("\x01", "\\").strip()
            if name == "TEL":
                plain = plain.removeprefix("tel:")
            if plain:
                cards[-1].setdefault(_COMPARED[name], set()).add(plain)
    return cards


@needs_samples
def test_values_agree_with_the_golden_files() -> None:
    compared = 0
    for golden in sorted((SAMPLES / "vcard-golden").glob("*.out")):
        expected = [card for card in _golden(golden.read_text("utf-8")) if card]
        with open_container(SAMPLES / "vcard" / golden.stem) as box:
            found = [item for item in vcard.read(box) if isinstance(item, Record)]
        found = [item for item in found if {v.kind for v in item.values} & set(_COMPARED.values())]
        assert len(found) == len(expected), golden.name
        for record, card_values in zip(found, expected, strict=True):
            for kind, values in card_values.items():
                ours = {v.value.replace("\r\n", "\n") for v in record.values if v.kind == kind}
                assert values <= ours, (golden.name, kind, values - ours)
                compared += len(values)
    assert compared > 100
