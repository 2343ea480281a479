"""Which mails come from a machine or a list, and not from somebody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.rules import mail_folders

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_REPLY: Final = re.compile(
    r"no[._-]?reply|do[._-]?not[._-]?reply|dont[._-]?reply|no[._-]?responder|nicht[._-]?antworten"
    r"|ne[._-]?pas[._-]?repondre|nao[._-]?responda|geen[._-]?antwoord|non[._-]?rispondere"
    r"|mailer[._-]?daemon|auto[._-]?(?:reply|confirm|mailer)"
)
_MACHINES: Final = re.compile(
    r"(?:bounces?|notifications?|notify|newsletters?|news|alerts?|updates?|digest|marketing"
    r"|mailing|promotions?|offers?|subscriptions?|unsubscribe|postmaster|daemon|cron|root)"
    r"(?:[+._=-].*)?\Z"
    r"|.+[+._=-](?:bounces?|notifications?|newsletters?|alerts?|updates?)(?:[+=].*)?\Z"
)
_LISTS: Final = re.compile(r".+-(?:request|owner)\Z|owner-.+\Z|majordomo\Z|listserv\Z")
_RESOURCES: Final = (".calendar.google.com", "resource.calendar.google.com")
_BULK: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
_LISTED: Final = frozenset(
    {"list-id", "list-post", "mailing-list", "x-mailing-list", "x-mailman-version", "x-beenthere"}
)
_AWAY: Final = {
    mail_folders.SPAM: "spam",
    mail_folders.TRASH: "trash",
    mail_folders.DRAFT: "draft",
    mail_folders.PROMOTIONS: "newsletter",
}
_DELETED: Final = 0x8  # until the folder is next compacted


def by_address(address: str) -> str:
    """Why nobody sits behind an address: ``no reply``, ``machine``, ``list``; "" where one may.

    Args:
        address: in its normal form. An office's (info@) is somebody's.
    """
    local, _, domain = address.rpartition("@")
    if _NO_REPLY.search(local):
        return "no reply"
    if _MACHINES.match(local) or domain.endswith(_RESOURCES):
        return "machine"
    return "list" if _LISTS.match(local) else ""


def by_folder(path: str) -> str:
    """Why the mails of a file are left out: ``spam``, ``trash``, ``draft``, ``newsletter``; or "".

    Args:
        path: '/'-separated, with the folders that the file lies in.
    """
    return _AWAY.get(mail_folders.of_path(path), "")


def by_headers(headers: Mapping[str, str]) -> str:
    """Why a mail is no personal one; "" where it may be.

    Args:
        headers: by lower-case name: list-id, list-unsubscribe, list-post, mailing-list,
            x-mailing-list, x-mailman-version, x-beenthere, precedence, auto-submitted,
            feedback-id, return-path, x-unsent, x-mozilla-status, x-gmail-labels (decoded).

    Returns:
        ``list``, ``newsletter``, ``automatic``, ``spam``, ``trash``, ``draft`` or "".
    """
    return _put_away(headers) or _to_many(headers) or _by_itself(headers)


def _put_away(headers: Mapping[str, str]) -> str:
    """What the user's own mail program did with it."""
    for label in headers.get("x-gmail-labels", "").split(","):
        if why := _AWAY.get(mail_folders.of_name(label)):
            return why
    if headers.get("x-unsent", "").strip() == "1":
        return "draft"
    try:
        status = int(headers.get("x-mozilla-status", "0")[:8], 16)
    except ValueError:
        status = 0
    return "trash" if status & _DELETED else ""


def _to_many(headers: Mapping[str, str]) -> str:
    if not _LISTED.isdisjoint(headers):
        return "list"
    if "list-unsubscribe" in headers or "feedback-id" in headers:
        return "newsletter"
    return "list" if headers.get("precedence", "").strip().lower() in _BULK else ""


def _by_itself(headers: Mapping[str, str]) -> str:
    submitted = headers.get("auto-submitted", "").partition(";")[0].strip().lower()
    # What must not be answered, not even by a bounce, is one itself.
    nowhere = "".join(headers.get("return-path", "x").split()) == "<>"
    return "automatic" if submitted not in {"", "no"} or nowhere else ""
