from __future__ import annotations

import pytest

from core.rules import bulk_senders


@pytest.mark.parametrize(
    ("address", "why"),
    [
        *((f"{local}@x.example", "no reply") for local in ("noreply", "no-reply", "no_reply+7")),
        *((f"{local}@x.example", "no reply") for local in ("messages-noreply", "do.not.reply")),
        ("mailer-daemon@x.example", "no reply"),
        *((f"{local}@x.example", "machine") for local in ("bounce-123-ada", "bounces+1=ada")),
        *((f"{local}@x.example", "machine") for local in ("notifications", "notification+a1")),
        *((f"{local}@x.example", "machine") for local in ("calendar-notification", "job-alerts")),
        *((f"{local}@x.example", "machine") for local in ("news", "newsletter", "shop.newsletter")),
        ("c_1@resource.calendar.google.com", "machine"),
        ("c_1@group.calendar.google.com", "machine"),
        *((f"{local}@x.example", "list") for local in ("dev-request", "owner-dev", "dev-owner")),
        *((f"{local}@x.example", "") for local in ("ada", "ada.news", "newsome", "rooter")),
        *((f"{local}@x.example", "") for local in ("info", "sales", "owner", "request", "alerta")),
        ("", ""),
    ],
)
def test_nobody_sits_behind_the_addresses_of_machines(address: str, why: str) -> None:
    assert bulk_senders.by_address(address) == why


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"list-id": "<dev.x.example>"}, "list"),
        ({"mailing-list": "list dev@x.example; contact owner"}, "list"),
        ({"x-mailman-version": "2.0.4"}, "list"),
        ({"x-beenthere": "dev@x.example"}, "list"),
        ({"list-unsubscribe": "<mailto:u@x.example>"}, "newsletter"),
        ({"feedback-id": "1:x"}, "newsletter"),
        *(({"precedence": word}, "list") for word in ("bulk", "List", " junk ", "auto_reply")),
        *(({"precedence": word}, "") for word in ("first-class", "normal", "")),
        *(
            ({"auto-submitted": word}, "automatic")
            for word in ("auto-generated", "auto-replied; x")
        ),
        ({"auto-submitted": "no"}, ""),
        ({"return-path": "< >"}, "automatic"),
        ({"return-path": "<ada@x.example>"}, ""),
        ({"return-path": ""}, ""),
        ({"x-unsent": "1"}, "draft"),
        ({"x-mozilla-status": "0009"}, "trash"),
        *(({"x-mozilla-status": word}, "") for word in ("0001", "nonsense", "", "7" * 99)),
        ({"x-gmail-labels": "Papierkorb,Wichtig"}, "trash"),
        ({"x-gmail-labels": "Inbox,Category Promotions"}, "newsletter"),
        ({"x-gmail-labels": "Entwürfe"}, "draft"),
        ({"x-gmail-labels": "Inbox,Important,Opened"}, ""),
        ({"x-gmail-labels": "Spam", "list-id": "<x>"}, "spam"),
        ({}, ""),
    ],
)
def test_the_headers_of_a_mail_say_whether_somebody_wrote_it(
    headers: dict[str, str], why: str
) -> None:
    assert bulk_senders.by_headers(headers) == why


def test_what_lies_in_a_folder_for_spam_is_left_out_and_what_was_sent_is_not() -> None:
    assert bulk_senders.by_folder("Mail/Junk.mbox/mbox") == "spam"
    assert bulk_senders.by_folder("Mail/Sent.mbox/mbox") == ""
