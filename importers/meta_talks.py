"""Conversations of a download of Facebook or Instagram, whatever their files look like."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from importers import instagram_handles, meta_members, meta_messages
from importers.json_text import document
from importers.meta_html import Entries, OldThreads, blocks
from importers.meta_messages import NO_SENDER, NO_TIME, NOTICES, Thread, by_name, thread_id
from importers.record import Problem, Sniffed
from importers.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container
    from importers.meta_html import Block, Page
    from importers.meta_members import File
    from importers.talk import Moment, Reading

_SURE: Final = 96
_PART: Final = 90
_EITHER: Final = 62
"""Nothing tells Facebook from Instagram: the other one stays a choice."""
_PAIR: Final = 2
_NEWER: Final = '"is_geoblocked_for_viewer"'


def sniff(container: Container, service: str, account: str) -> Sniffed | None:
    """Knows threads by their folders, loose files by their beginnings."""
    files = meta_members.files(container, service)
    if not files:
        # Of a download in several archives only one says whose the conversations of all are.
        part = account and len(container.members) > 1
        return Sniffed(_PART, "a profile", account, ()) if part else None
    what = "a conversation" if len(files) == 1 else f"{len(files):,} files of conversations"
    confidence = _SURE
    if not any(one.service for one in files):
        # Instagram has stated this from the start, Facebook only where folders name it anyway.
        newer = _NEWER in meta_members.head(files[0].member)
        confidence = _EITHER + (1 if newer == (service == "instagram") else -1)
    return Sniffed(confidence, what, account, tuple(one.member.name for one in files))


def read(container: Container, service: str, reading: Reading) -> Iterator[Talk | Problem]:
    """Every talk of a service, thread by thread."""
    left: Counter[str] = Counter()
    for one in meta_members.files(container, service):
        if one.shape in {"page", "old"}:
            yield from _page(one, service, reading, left)
        else:
            yield from _json(one, service, reading, left)
    if left:
        counts = ", ".join(f"{count:,} {why}" for why, count in sorted(left.items()))
        yield Problem(container.name, f"messages left out: {counts}", fatal=False)


def _json(
    one: File, service: str, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    found: Any = document(one.member)
    where = one.member.name
    if isinstance(found, Problem):
        yield found
    elif one.shape == "handles":
        yield from instagram_handles.talks(found, where, reading)
    elif one.shape == "sealed" or _is_sealed(found):
        yield from meta_messages.sealed_talks(found, where, reading, left)
    else:
        yield from meta_messages.talks(found, where, service, one.folder, reading, left)


def _is_sealed(found: object) -> bool:
    """Whether a thread lies in the folder of a download in the words of the encrypted one."""
    return isinstance(found, dict) and "threadName" in found and "thread_path" not in found


def _page(
    one: File, service: str, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    page: Page[Block] = OldThreads() if one.shape == "old" else Entries()
    found = blocks(one.member, page)
    if one.shape == "old":
        # One page may hold all that was ever written; it names who takes part above each thread.
        yield from _old_page(one, service, found, reading, left)
        return
    said: list[Block] = []
    for item in found:
        if isinstance(item, Problem):
            yield item
        else:
            said.append(item)
    if not said:
        why = "no message that can be read; downloads in JSON say more"
        yield Problem(one.member.name, why, fatal=False)
    thread = _thread(one, service, page.heading or page.title, said)
    for number, block in enumerate(said, 1):
        yield from _talk(block, f"{one.member.name} message {number:,}", thread, reading, left)


def _old_page(
    one: File,
    service: str,
    found: Iterator[Block | Problem],
    reading: Reading,
    left: Counter[str],
) -> Iterator[Talk | Problem]:
    threads: dict[str, Thread] = {}
    number = 0
    for block in found:
        if isinstance(block, Problem):
            yield block
            continue
        number += 1
        if block.thread not in threads:
            names = list(filter(None, map(str.strip, block.thread.split(","))))
            own, parties = "\x1e".join(sorted(names)), tuple(map(by_name, names))
            threads[block.thread] = Thread(one.member.name, service, own, "", parties)
        where = f"{one.member.name} message {number:,}"
        yield from _talk(block, where, threads[block.thread], reading, left)


def _thread(one: File, service: str, title: str, said: list[Block]) -> Thread:
    """The conversation of a page, which names only those who wrote."""
    names = list(dict.fromkeys(block.name for block in said if block.name))
    group = len(names) > _PAIR
    if title and len(names) == 1:
        names.append(title)
    own = thread_id(one.folder) if one.folder else title or "\x1e".join(sorted(names))
    parties = tuple(map(by_name, dict.fromkeys(names)))
    return Thread(one.member.name, service, own, title if group else "", parties)


def _talk(
    found: Block, where: str, thread: Thread, reading: Reading, left: Counter[str]
) -> Iterator[Talk | Problem]:
    if meta_messages.is_notice(found.text):
        left[NOTICES] += 1
        return
    moment = _moment(found, reading)
    if not found.name or moment is None:
        yield Problem(where, NO_TIME if found.name else NO_SENDER)
        return
    yield Talk(
        where=where,
        key="",
        kind="message",
        moment=moment,
        sender=by_name(found.name, "from"),
        others=thread.others,
        channel=thread.service,
        thread=thread.id,
        subject=thread.subject,
        text=found.text or "[attachment]",
        file=thread.where,
    )


def _moment(found: Block, reading: Reading) -> Moment | None:
    try:
        return reading.aware(found.when) if found.when else None
    except ValueError:
        return None
