"""Downloads of Facebook and Instagram in miniature, written as both write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from importers.talk import Talk

NORA, ADA = "Nora Feldmann", "Ada Wóng 🌻"
START = 1_600_000_000_000


class Said(NamedTuple):
    """One message of a made-up chat: who, milliseconds, and what."""

    name: str
    at: int
    text: str


def one_file(tmp_path: Path, data: bytes, name: str = "message_1.json") -> Path:
    """A path to a file of these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def texts(found: Sequence[Talk]) -> list[str]:
    """What was said."""
    return [talk.text for talk in found]


def broken(value: Any) -> Any:  # noqa: ANN401 — any document
    """Every byte of the UTF-8 of every string as a character of its own, as downloads have it."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [broken(one) for one in value]
    if isinstance(value, dict):
        return {broken(key): broken(one) for key, one in value.items()}
    return value


def thread(said: Sequence[Said], **more: Any) -> bytes:  # noqa: ANN401 — keys of the format
    """A ``message_1.json``, the newest message first."""
    document = {
        "participants": [{"name": ADA}, {"name": NORA}],
        "messages": [
            {"sender_name": one.name, "timestamp_ms": one.at, "content": one.text}
            for one in reversed(said)
        ],
        "title": ADA,
        "thread_path": "inbox/adawong_1234567890",
    }
    return json.dumps(broken(document | more)).encode()


def sealed(said: Sequence[Said], number: int = 1) -> bytes:
    """An encrypted chat of Messenger, the oldest message first, its strings sound."""
    document = {
        "participants": [NORA, ADA],
        "threadName": f"{ADA}_{number}",
        "messages": [
            {
                "isUnsent": False,
                "media": [],
                "reactions": [],
                "type": "text",
                "senderName": one.name,
                "text": one.text,
                "timestamp": one.at,
            }
            for one in said
        ],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def old_page(said: Sequence[Said]) -> bytes:
    """A ``messages.htm``, the newest message first, times by the minute."""
    lines = [
        '<div class="message"><div class="message_header">'
        f'<span class="user">{escape(one.name)}</span>'
        f'<span class="meta">Friday, October {1 + one.at % 28}, 2013 at 10:05pm UTC+02</span>'
        f"</div></div><p>{escape(one.text)}</p>"
        for one in reversed(said)
    ]
    head = f'<html><body><div class="contents"><h1>{NORA}</h1><div class="thread">{NORA}, {ADA}'
    return f"{head}{''.join(lines)}</div></div></body></html>".encode()


def page(said: Sequence[Said]) -> bytes:
    """A ``message_1.html`` of today, the newest message first, times by the second."""
    lines = [
        f'<section class="_a6-g"><h2>{escape(one.name)}</h2><div class="_a6-p"><div><div></div>'
        f"<div>{escape(one.text)}</div><div></div></div></div>"
        f'<footer><div class="_a72d">{_shown(one.at)}</div></footer></section>'
        for one in reversed(said)
    ]
    head = f"<html><head><title>{ADA}</title></head><body><header><h1>{ADA}</h1></header><main>"
    return f"{head}{''.join(lines)}</main></body></html>".encode()


def _shown(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds // 1_000, UTC)
    return f"{moment:%b %d, %Y} {moment.hour % 12 or 12}:{moment:%M:%S} {moment:%p}".lower()


def handles(said: Sequence[Said]) -> bytes:
    """Instagram's ``messages.json`` until 2020."""
    names = {NORA: "nora.f", ADA: "ada.wong"}
    chat = {
        "participants": list(names.values()),
        "conversation": [
            {
                "sender": names[one.name],
                "created_at": datetime.fromtimestamp(one.at / 1_000, UTC).isoformat(),
                "text": one.text,
            }
            for one in reversed(said)
        ],
    }
    return json.dumps([chat], ensure_ascii=False).encode()


def chats() -> st.SearchStrategy[tuple[Said, ...]]:
    """Chats of a few messages, some of which say the same."""
    words = st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12
    )
    line = st.tuples(
        st.sampled_from([NORA, ADA]), st.integers(0, 3), words | st.sampled_from(["ok", "Grüße"])
    )
    return st.lists(line, min_size=2, max_size=12).map(_timed)


def _timed(lines: list[tuple[str, int, str]]) -> tuple[Said, ...]:
    at = START
    found = []
    for name, later, text in lines:
        at += 1_000 + later
        found.append(Said(name, at, text.strip() or "…"))
    return tuple(found)
