from __future__ import annotations

import base64

import pytest

from importers import ldif, ldif_lines
from importers.vcard import GROUP
from tests.importers.small import DATA, all_said, read, said, sniffed

THUNDERBIRD = DATA / "ldif" / "thunderbird.ldif"
DIRECTORY = DATA / "ldif" / "directory.ldif"


def one(*lines: str, end: str = "\n") -> bytes:
    return end.join(("dn: cn=x", "cn: Ada", *lines, "")).encode()


def test_an_entry_of_thunderbird_is_read_whole() -> None:
    (ada,), (group,) = read(ldif, THUNDERBIRD)
    assert all_said(ada) == [
        ("name", "", "Ada Wong"),
        ("given", "", "Ada"),
        ("family", "", "Wong"),
        ("nickname", "", "Countess"),
        ("email", "", "ada@wong.example"),
        ("email", "", "ada@home.example"),
        ("phone", "work", "+41 44 123 45 67"),
        ("phone", "home", "044 765 43 21"),
        ("phone", "fax", "044 1"),
        ("phone", "pager", "5"),
        ("phone", "mobile", "079 123 45 67"),
        ("address", "home", "Main Road 1\nBern\n3000\nSwitzerland"),
        ("address", "work", "Work Lane 2\nBasel"),
        ("title", "", "Head of Engines"),
        ("department", "", "Looms"),
        ("org", "", "Analytical"),
        ("url", "work", "https://work.example/ada"),
        ("handle", "aim", "adaw"),
        ("birthday", "", "1985-12-10"),
        ("custom", "Custom 1", "left: handed"),
        ("note", "", "likes punch cards\nand tea…"),
        ("label", "", "Choir"),
    ]
    assert ada.key == "cn=Ada Wong,mail=ada@wong.example"
    assert ada.revised == "2024-01-02T03:04:05Z"
    assert (group.why, group.fatal) == (GROUP, False)


def test_a_directory_brings_its_people_and_tells_the_rest() -> None:
    (joerg,), problems = read(ldif, DIRECTORY)
    assert joerg.key == "uid=jörg,ou=People,dc=example,dc=org"
    assert said(joerg, "name") == [("", "Jörg Müller")]
    assert said(joerg, "relation") == [("manager", "Ada Wong")]
    assert said(joerg, "url") == [("", "https://mueller.example/")]
    assert said(joerg, "address") == [("work", "Hof 1\n8000 Zürich\nSchweiz")]
    assert said(joerg, "label") == [("", "crew")]
    assert [media.media_type for media in joerg.media] == ["image/gif"]
    assert [problem.why for problem in problems] == [
        "an entry that is no person",
        ldif_lines.ELSEWHERE,
        "a change, not an entry: left out",
        GROUP,
    ]
    assert not any(problem.fatal for problem in problems)


def test_a_password_is_kept_nowhere() -> None:
    (joerg,), _ = read(ldif, DIRECTORY)
    assert b"userPassword" not in joerg.raw
    assert b"e1NTSEF9" not in joerg.raw
    assert not any("topsecret" in value.value for value in joerg.values)


def test_a_value_that_lies_elsewhere_is_kept_as_words() -> None:
    (joerg,), _ = read(ldif, DIRECTORY)
    assert ("extra", "jpegPhoto", "< file:///etc/passwd") in all_said(joerg)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_and_fold_gives_the_same_bytes(end: str) -> None:
    plain, _ = read(ldif, one("sn: Wong", "description: a long word"))
    folded, _ = read(ldif, one("sn: Wo", " ng", "description: a long", "  word", end=end))
    assert all_said(plain[0]) == all_said(folded[0])
    again, _ = read(ldif, one("sn: Wong", "description: a long word", end=end))
    assert plain[0].raw == again[0].raw


def test_joining_a_group_changes_the_bytes_of_the_entry() -> None:
    alone = one("mail: a@x.example")
    group = b"\ndn: cn=g\nobjectclass: groupOfNames\ncn: Crew\nmember: cn=other,mail=A@x.example\n"
    (before,), _ = read(ldif, alone)
    (after,), _ = read(ldif, alone + group)
    assert said(after, "label") == [("", "Crew")]
    assert before.raw != after.raw
    assert after.raw.startswith(before.raw)


def test_entries_without_a_blank_line_between_are_two() -> None:
    records, problems = read(ldif, b"dn: cn=a\ncn: Ada\ndn: cn=b\ncn: Ben\n")
    assert [said(record, "name") for record in records] == [[("", "Ada")], [("", "Ben")]]
    assert not problems


def test_broken_lines_and_base64_cost_only_themselves() -> None:
    (ada,), problems = read(ldif, one("no colon", "description:: %%%", "jpegPhoto:: %", "sn: W"))
    assert said(ada, "family") == [("", "W")]
    assert said(ada, "note") == [("", "%%%")]
    assert ("extra", "line", "no colon") in all_said(ada)
    assert {problem.why for problem in problems} == {
        "a line that is no attribute is kept as it is",
        "a value whose base64 is broken is kept as it is",
    }
    assert not any(problem.fatal for problem in problems)


def test_latin_1_is_read_and_told() -> None:
    (joerg,), (problem,) = read(ldif, "dn: cn=x\ncn: Jörg Müller\n".encode("latin-1"))
    assert said(joerg, "name") == [("", "Jörg Müller")]
    assert "cp1252" in problem.why


def test_hidden_signs_and_bytes_do_no_harm() -> None:
    nul = base64.b64encode(b"\0\1\2").decode()
    (ada,), _ = read(ldif, one(f"userCertificate;binary:: {nul}", "sn: a\0b\x1b[31m"))
    assert said(ada, "family") == [("", "a\N{REPLACEMENT CHARACTER}b\x1b[31m")]
    assert "userCertificate" not in {value.label for value in ada.values}
    assert nul.encode() in ada.raw


def test_an_entry_over_the_limit_is_refused_and_its_neighbour_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ldif_lines, "RECORD_LIMIT", 500)
    records, (problem,) = read(ldif, one("description: " + "x" * 600) + b"\n" + one())
    assert [said(record, "name") for record in records] == [[("", "Ada")]]
    assert "500 characters" in problem.why
    assert problem.fatal


def test_an_entry_nobody_is_known_by_is_refused() -> None:
    records, (problem,) = read(ldif, b"dn: x=1\ndescription: hm\n")
    assert not records
    assert problem.why == "nothing to know anybody by"


@pytest.mark.parametrize(
    "data",
    [b"", b"hello\n", b"dn: x\nthis is a diary\n", b"# only a comment\n", b"version: 1\n"],
)
def test_other_text_is_not_claimed(data: bytes) -> None:
    assert read(ldif, data) == ([], [])


def test_the_head_of_a_directory_is_known() -> None:
    for path in (THUNDERBIRD, DIRECTORY):
        found = sniffed(ldif, path)
        assert found
        assert found.confidence == 95
        assert found.members == (path.name,)
