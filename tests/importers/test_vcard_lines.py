from __future__ import annotations

import pytest

from importers.vcard_blocks import Kind, blocks
from importers.vcard_lines import PROPERTY_LIMIT, logical_lines, parse


def kinds_of(data: bytes) -> list[Kind]:
    return [block.kind for block in blocks(data)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_understood(end: bytes) -> None:
    data = end.join([b"BEGIN:VCARD", b"FN:Ada", b" Lovelace", b"TEL:1", b"END:VCARD"])
    (block,) = blocks(data)
    assert [prop.text for prop in parse(block.body).properties] == ["AdaLovelace", "1"]


def test_mixed_line_ends_are_understood() -> None:
    data = b"BEGIN:VCARD\rFN:Ada\r\nTEL:1\nEND:VCARD\r\r\nBEGIN:VCARD\nFN:B\rEND:VCARD"
    assert [len(parse(block.body).properties) for block in blocks(data)] == [2, 1]


def test_markers_may_be_in_any_case_spaced_or_grouped() -> None:
    data = b"\n begin : vcard\nFN:A\n end : vcard\nitem1.Begin:VCard\nFN:B\nitem1.end:vcard"
    assert kinds_of(data) == [Kind.CARD, Kind.CARD]


def test_files_put_together_without_a_line_end_are_split() -> None:
    cards = [b"BEGIN:VCARD\nFN:%d\nEND:VCARD" % number for number in range(3)]
    found = list(blocks(cards[0] + cards[1] + b"\xef\xbb\xbf" + cards[2]))
    assert [block.raw for block in found] == cards


def test_an_empty_agent_does_not_swallow_the_next_card() -> None:
    cut = b"BEGIN:VCARD\nFN:A\nAGENT:\n"
    whole = b"BEGIN:VCARD\nFN:B\nEND:VCARD"
    for data in (cut + whole, cut + whole + b"\n" + whole, (cut + whole + b"\n") * 3):
        kinds = kinds_of(data)
        assert kinds.count(Kind.CARD) == data.count(b"FN:B")
        assert kinds.count(Kind.NO_END) == data.count(b"FN:A")


def test_a_begin_in_an_open_card_closes_it() -> None:
    data = b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
    assert kinds_of(data) == [Kind.NO_END, Kind.CARD]


def test_text_between_cards_is_junk_with_its_place() -> None:
    data = b"hello\nBEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VCARD\nbye"
    found = list(blocks(data))
    assert [(block.kind, block.raw) for block in found] == [
        (Kind.JUNK, b"hello"),
        (Kind.CARD, b"BEGIN:VCARD\nFN:A\nEND:VCARD"),
        (Kind.NO_BEGIN, b"END:VCARD"),
        (Kind.JUNK, b"bye"),
    ]
    assert found[1].span == "bytes 6 to 32"


@pytest.mark.parametrize(
    "agent",
    [
        b"AGENT:\nBEGIN:VCARD\nFN:Sue\nEND:VCARD\n",
        b"AGENT:BEGIN:VCARD\n FN:Sue\n END:VCARD\n",
        b"AGENT:BEGIN:VCARD\nFN:Sue\nEND:VCARD\n",
    ],
)
def test_the_card_of_an_agent_stays_inside_its_owner(agent: bytes) -> None:
    data = b"BEGIN:VCARD\nFN:Bob\n" + agent + b"TEL:1\nEND:VCARD\n"
    (block,) = blocks(data)
    names = [(prop.name, prop.text[:11]) for prop in parse(block.body).properties]
    assert [name for name, _ in names] == ["FN", "AGENT", "TEL"]
    assert "Sue" in parse(block.body).properties[1].text


def test_deep_nesting_costs_no_recursion() -> None:
    deep = 20_000
    data = b"BEGIN:VCARD\nFN:Top\n" + b"AGENT:\nBEGIN:VCARD\n" * deep + b"END:VCARD\n" * (deep + 1)
    (block,) = blocks(data + b"")
    assert block.kind is Kind.CARD
    assert parse(block.body).properties[0].text == "Top"


def test_ten_thousand_open_cards_each_end_at_the_next() -> None:
    data = b"BEGIN:VCARD\n" * 10_000 + b"FN:Last\nEND:VCARD\n" * 2
    found = list(blocks(data))
    assert sum(block.kind is Kind.NO_END for block in found) == 9_999
    assert found[9_999].kind is Kind.CARD


def test_bare_parameters_without_a_colon_are_one_line_with_a_warning() -> None:
    card = parse(b"FN:A\nTEL" + b";X" * 300_000 + b"\nTEL:1")
    assert [prop.name for prop in card.properties] == ["FN", "", "TEL"]
    assert card.properties[1].line == "TEL" + ";X" * 300_000
    assert card.warnings == ["a line without a colon is kept as it is"]


def test_three_hundred_thousand_parameters_are_read() -> None:
    card = parse(b"TEL" + b";X=1" * 300_000 + b":5\nFN:A")
    assert [prop.text for prop in card.properties] == ["5", "A"]


def test_a_million_quotes_are_read() -> None:
    card = parse(b"TEL;X=" + b'"a"' * 300_000 + b":5\nFN:A")
    assert [prop.text for prop in card.properties] == ["5", "A"]


def test_a_folded_photo_of_ten_megabytes_is_one_line() -> None:
    body = b"PHOTO;ENCODING=b:AAAA\r\n" + b" " * 1 + b"A" * 75 + b"\r\n"
    body += (b" " + b"A" * 76 + b"\r\n") * 130_000 + b"FN:A\r\n"
    photo, name = parse(body).properties
    assert len(photo.text) == 4 + 75 + 76 * 130_000
    assert name.text == "A"


def test_a_line_too_long_is_left_out_with_a_warning() -> None:
    card = parse(b"NOTE:" + b"x" * 1_000_001 + b"\nFN:A")
    assert [prop.name for prop in card.properties] == ["FN"]
    assert "longer than 1,000,000" in card.warnings[0]


def test_a_card_of_too_many_lines_is_read_up_to_the_limit() -> None:
    card = parse(b"TEL:1\n" * (PROPERTY_LIMIT + 5))
    assert len(card.properties) == PROPERTY_LIMIT
    assert "50,000" in card.warnings[0]


def test_a_million_indented_empty_lines_stay_linear() -> None:
    assert list(logical_lines(b"TEL;X" + b"\n " * 1_000_000 + b"\nFN:A")) == [b"TEL;X", b"FN:A"]


def test_group_name_and_params_are_told_apart() -> None:
    (prop,) = parse(b'a.b.TEL;TYPE="home,Voice";PREF=1;x-q=^n^^;CELL:x:y').properties
    assert (prop.group, prop.name, prop.text) == ("A.B", "TEL", "x:y")
    assert prop.params["TYPE"] == ["home", "Voice", "CELL"]
    assert prop.param("PREF") == "1"
    assert prop.param("X-Q") == "\n^"
    assert prop.line == 'a.b.TEL;TYPE="home,Voice";PREF=1;x-q=^n^^;CELL:x:y'


def test_quotes_that_never_close_do_not_swallow_the_value() -> None:
    (prop,) = parse(b'TEL;TYPE="home:123').properties
    assert prop.text == "123"


@pytest.mark.parametrize("charset", ["rot13", "zlib", "x-klingon", "../../etc", "utf_7", ""])
def test_only_known_charsets_are_used(charset: str) -> None:
    (prop,) = parse(f"FN;CHARSET={charset}:abc".encode()).properties
    assert prop.text == "abc"


def test_nul_and_lone_surrogates_are_replaced() -> None:
    (prop,) = parse(b"FN:a\0b\xed\xa0\x80c").properties
    assert "\0" not in prop.text
    prop.text.encode()
