from __future__ import annotations

import pytest

from core.rules import mail_folders


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("Mail/Local Folders/Sent", "sent"),
        ("Mail/Local Folders/Sent.sbd/2024", "sent"),
        ("Sent Messages.mbox/mbox", "sent"),
        ("Takeout/Mail/Gesendet.mbox", "sent"),
        ("Maildir/.Sent.2024/cur/1772442000.M1.host:2,S", "sent"),
        ("INBOX.Sent/cur/1", "sent"),
        ("[Gmail]/Papierkorb", "trash"),
        ("Corbeille", "trash"),
        ("Mail/Deleted Messages.mbox/mbox", "trash"),
        ("Courrier indésirable/1.eml", "spam"),
        ("Junk E-mail", "spam"),
        ("SPAM", "spam"),
        ("Entwürfe", "draft"),
        ("Drafts.mbox", "draft"),
        ("Unsent Messages", "draft"),
        ("Trash/Sent", "sent"),
        ("All mail Including Spam and Trash.mbox", ""),
        ("Spam.eml", ""),  # a mail that is about spam
        ("Friends/Drafts.emlx", ""),
        ("Maildir/cur/Sent", ""),
        ("Absent", ""),
        ("trash.zip", ""),
        ("INBOX", ""),
        ("", ""),
        ("/", ""),
    ],
)
def test_what_a_folder_is_for_shows_in_its_name(path: str, what: str) -> None:
    assert mail_folders.of_path(path) == what


@pytest.mark.parametrize(
    ("label", "what"),
    [
        *((" Sent", "sent"), ("Gesendet", "sent"), ("SPAM", "spam"), ("Papierkorb", "trash")),
        *(("Drafts", "draft"), ("Kategorie „Werbung“", "newsletter"), ("Inbox", "")),
        *(("Category Promotions", "newsletter"), ("Category Updates", ""), ("Werbung", "")),
    ],
)
def test_what_a_label_is_for_shows_in_its_name(label: str, what: str) -> None:
    assert mail_folders.of_name(label) == what
