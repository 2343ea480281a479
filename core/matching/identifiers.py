"""Addresses, numbers and handles as one form each, and the names that a mailbox carries.

The forms serve comparison alone and are coarser than those the book keeps: a number is its last
digits, for lists rarely say which country a number without a code was written in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.matching.forms import sounds
from core.rules.emails import is_role
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_DIGITS: Final = re.compile(r"[^\d\n]+")
_ASCII: Final = [chr(code) for code in range(0x80) if code != ord("\n")]
_ASCII_NOT_DIGITS: Final = "".join(char for char in _ASCII if not char.isdigit()).encode()
_ASCII_NOT_LETTERS: Final = "".join(char for char in _ASCII if not char.isalpha()).encode()
_ASCII_SIGNS: Final = "".join(char for char in _ASCII if not char.isalnum()).encode()
_EXTENSION: Final = re.compile(
    r"[^\S\n]*(?:ext\.?|x|#)[^\S\n]*\d+[^\S\n]*$|;ext=\d+$", re.IGNORECASE | re.MULTILINE
)
_FEWEST_DIGITS: Final = 7
_TELLING_DIGITS: Final = 8
_GOOGLE: Final = frozenset({"gmail.com", "googlemail.com"})
_FREE: Final = frozenset(
    {"gmail", "googlemail", "yahoo", "ymail", "rocketmail", "hotmail", "outlook", "live", "msn"}
    | {"icloud", "me", "mac", "aol", "gmx", "web", "t-online", "freenet", "orange", "wanadoo"}
    | {"free", "laposte", "sfr", "mail", "yandex", "rambler", "inbox", "bk", "list", "qq", "163"}
    | {"126", "sina", "sohu", "foxmail", "naver", "daum", "hanmail", "proton", "protonmail"}
    | {"pm", "fastmail", "hey", "zoho", "btinternet", "virginmedia", "sky", "talktalk", "ntlworld"}
    | {"comcast", "verizon", "att", "sbcglobal", "bellsouth", "cox", "charter", "earthlink"}
    | {"libero", "virgilio", "tin", "alice", "tiscali", "wp", "o2", "onet", "interia", "poczta"}
    | {"seznam", "centrum", "email", "atlas", "ziggo", "kpnmail", "xs4all", "hetnet", "telenet"}
    | {
        "skynet",
        "bluewin",
        "hispeed",
        "sunrise",
        "uol",
        "bol",
        "terra",
        "ig",
        "globo",
        "rediffmail",
    }
    | {
        "telia",
        "spray",
        "bredband",
        "online",
        "tele2",
        "jubii",
        "citromail",
        "freemail",
        "indamail",
    }
    | {"yahoomail", "privaterelay", "mailbox", "posteo", "docomo", "ezweb", "softbank", "otenet"}
    | {"superonline", "mynet", "ttmail", "luukku", "elisa", "kolumbus", "saunalahti", "suomi24"}
)
_HOST: Final = re.compile(r"(?:https?:)?(?://)?(?:www\.|m\.|mobile\.)?([\w.-]+\.[a-z]{2,})/(.*)")
_PLATFORMS: Final = {
    "twitter.com": "x",
    "x.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "m.me": "facebook",
    "t.me": "telegram",
    "telegram.me": "telegram",
}
_OWN_LISTS: Final = {
    "twitter": "x",
    "x": "x",
    "fb": "facebook",
    **{name: name for name in ("facebook", "instagram", "github", "telegram", "linkedin", "xing")},
}
_PATH_WORDS: Final = frozenset({"in", "pub", "user", "u", "c", "channel", "profile", "add"})
_AFTER_PATH: Final = re.compile("[?#]")
_LEGAL: Final = re.compile(
    r"[\s,.]+(?:inc|ltd|llc|llp|gmbh|ag|co|corp|corporation|limited|plc|sa|srl|spa|bv|nv|ab|as|oy"
    r"|kg|kft|sro|pty|company|sarl|sas|sl|zoo|aps|ooo|ltda|gbr|ev)\.?(?=$|[\s,.])"
)
_ENDING_SLUG: Final = re.compile(r"-(?=[0-9a-f]*\d)[0-9a-f]{5,12}\Z|-[0-9a-f]{8}\Z")
_SIGNS: Final = re.compile(r"(?:[^\w\n]|_)+")
_NOT_LETTERS: Final = re.compile(r"(?:[^\w\n]|[\d_])+")
_WITH_OTHER: Final = 12
_LABEL: Final = 18


def email(text: str) -> str:
    """An address without case, tags and the dots that its host ignores; "" if it is none."""
    local, at, domain = text.strip().lower().rpartition("@")
    if not at or not local or "." not in domain:
        return ""
    local = local.split("+", 1)[0] or local
    if domain in _GOOGLE:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def employer_of_mail(host: str) -> str:
    """What stands before the dot of a host that is not everybody's, cut as a firm's name is."""
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-2]) <= 3:  # noqa: PLR2004 - co.uk, com.br
        labels.pop()
    label = labels[-2] if len(labels) > 1 else ""
    return "" if label in _FREE else _SIGNS.sub("", label)[:_LABEL]


def is_desk(local: str) -> bool:
    """Whether the local part of an address is a desk's, not a person's."""
    return is_role(local + "@")


def _lines(texts: Sequence[str]) -> str:
    """Texts as the lines of one: an expression runs over it once."""
    joined = "\n".join(texts)
    if joined.count("\n") >= max(len(texts), 1):
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    return joined


def _without(texts: Sequence[str], signs: bytes, others: re.Pattern[str]) -> list[str]:
    """Texts without some signs of ASCII, and without others of any script."""
    kept = _lines(texts).encode("utf-8", "surrogatepass").translate(None, signs)
    lines = kept.decode("utf-8", "surrogatepass")
    return (lines if kept.isascii() else others.sub("", lines)).split("\n")[: len(texts)]


def phone(text: str) -> str:
    """The last digits of a number, enough to know it by; "" if there are too few."""
    return phones([text])[0]


def phones(texts: Sequence[str]) -> list[str]:
    """The last digits of each of many numbers."""
    lines = _lines(texts)
    if "x" in lines or "#" in lines or "ext" in lines.lower():
        texts = _EXTENSION.sub("", lines).split("\n")[: len(texts)]
    found = _without(texts, _ASCII_NOT_DIGITS, _NOT_DIGITS)
    return [digits[-_TELLING_DIGITS:] if len(digits) >= _FEWEST_DIGITS else "" for digits in found]


def handle(text: str, source: str = "") -> tuple[str, str]:
    """The platform ("" if nothing says it) and the handle, both folded.

    Args:
        text: an address or a bare handle as written.
        source: the list it stands in, which may be a platform's own.
    """
    text = text.strip()
    found = _HOST.match(text.lower())
    if found is None:
        platform, colon, rest = text.partition(":")
        if colon and platform.isalpha():
            return _PLATFORMS.get(platform.lower() + ".com", platform.lower()), fold(rest).lstrip(
                "@/"
            )
        return _OWN_LISTS.get(source.lower(), ""), fold(text).lstrip("@")
    path = _AFTER_PATH.split(found[2], 1)[0].strip("/").split("/")
    at = 1 if len(path) > 1 and path[0] in _PATH_WORDS else 0
    host = found[1]
    platform = _PLATFORMS.get(host) or host.rpartition(".")[0].rpartition(".")[2]
    return platform, fold(path[at]).lstrip("@")


def slug(name: str, platform: str) -> str:
    """A handle without what a platform adds to it."""
    return _ENDING_SLUG.sub("", name) if platform == "linkedin" else name


def usernames(texts: Sequence[str]) -> list[str]:
    """Handles and local parts of addresses as the names people go by, without signs."""
    return _without(texts, _ASCII_SIGNS, _SIGNS)


def letters(texts: Sequence[str]) -> list[str]:
    """The letters alone of handles and local parts."""
    return _without(texts, _ASCII_NOT_LETTERS, _NOT_LETTERS)


def organisation(text: str) -> str:
    """A firm's name folded, without its legal form and signs between words."""
    return " ".join(_SIGNS.sub(" ", _LEGAL.sub(" ", fold(text))).split())


def firm_label(name: str) -> str:
    """A firm's name as its host would begin."""
    return name.replace(" ", "")[:_LABEL]


def telling(users: Sequence[str], given: Sequence[str], family: Sequence[str]) -> list[bool]:
    """Which user names say more than the names they were made of.

    ``jsmith`` is what any J. Smith would choose: where the names are compared already, it would
    count the same evidence twice.
    """
    found = list(map(_plainly_telling, users, given, family))
    left = [at for at, tells in enumerate(found) if tells is None]
    names = [(users[at], given[at], family[at]) for at in left]
    heard = [sounds([name[part] for name in names]) for part in range(3)]
    for at, name, *heard_of in zip(left, names, *heard, strict=True):
        found[at] = not _sounds_like(name, heard_of)
    return [tells is True for tells in found]


def _plainly_telling(user: str, given: str, family: str) -> bool | None:
    """What the letters alone decide; None if it takes an ear."""
    if not user.isalpha():
        return True
    if len(family) > 1 and family in user:
        return False
    return False if len(given) > 1 and given in user and len(user) <= len(given) + 1 else None


def _sounds_like(name: tuple[str, str, str], heard: Sequence[str]) -> bool:
    user, given, family = name
    whole, first, last = heard
    if last and last.lstrip("A") in whole and len(user) <= len(family) + _WITH_OTHER:
        return True
    return bool(first) and first.lstrip("A") in whole and len(user) <= len(given)
