"""The part of docs/samples.md about conversations, from what the tests of each reader know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from importers import registry
from importers.container import open_container
from importers.record import Problem
from tests.importers import (
    test_adium,
    test_calendar,
    test_facebook,
    test_linkedin_talks,
    test_mail_programs,
    test_msn,
    test_signal,
    test_sms,
    test_telegram,
    test_whatsapp,
    test_x,
)
from tests.importers.talking import READING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDERS: Final = (
    *("mail", "ics", "whatsapp", "telegram", "facebook", "twitter", "sms-calls", "im-logs"),
    *("signal", "linkedin-archive"),
)

HEAD: Final = """
# What the readers make of real conversations

*There* is the count one gets by reading the file by hand; it stands in the test of the reader.
*Read* are the mails, messages, calls and meetings we took up to the day the tests take for today,
*refused* those we did not. Of a file that holds no conversation it is said what it holds.
"""


def _in(folder: str, counted: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {f"{folder}/{name}": counts for name, counts in counted.items()}


BY_HAND: Final[Mapping[str, tuple[int, int]]] = {
    **_in("mail", test_mail_programs.SAMPLES),
    **_in("ics", test_calendar.SAMPLES),
    **test_whatsapp.SAMPLES,
    **test_telegram.SAMPLES,
    **test_facebook.SAMPLES,
    **test_x.SAMPLES,
    **test_sms.SAMPLES,
    **test_msn.SAMPLES,
    **test_adium.SAMPLES,
    **test_signal.SAMPLES,
    **test_linkedin_talks.SAMPLES,
}
"""Talks and refusals by folder and file."""

_PEOPLE = "people, who are in the table above"
_OWN = "about the owner alone"
_WORK = "looking for work"
_READING = "what the owner read, wrote or liked in public"
_LINKEDIN: Final[Mapping[str, str]] = {
    "Connections": _PEOPLE,
    "Endorsement_Given_Info": "a skill that was ticked: no words",
    "Endorsement_Received_Info": "a skill that was ticked: no words",
    "Recommendations_Given": "a praise for all to read, not a message",
    "Recommendations_Received": "a praise for all to read, not a message",
    "guide_messages": "talks with a program",
    "Events": "events of many, without who was met there",
    **dict.fromkeys(("Comments", "Shares", "Reactions", "Votes", "Rich_Media"), _READING),
    **dict.fromkeys(("Company Follows", "Learning", "saved_articles", "Publications"), _READING),
    **dict.fromkeys(("Job Applications", "Job Seeker Preferences", "Saved Jobs"), _WORK),
    **dict.fromkeys(("Job Applicant Saved Answers", "SavedJobAlerts"), _WORK),
    "Job Applicant Saved Screening Question Responses": _WORK,
    **dict.fromkeys(("Ad_Targeting", "Education", "Email Addresses", "Languages"), _OWN),
    **dict.fromkeys(("PhoneNumbers", "Positions", "Private_identity_asset", "Profile"), _OWN),
    **dict.fromkeys(("Profile Summary", "Projects", "Receipts_v2", "Registration"), _OWN),
    **dict.fromkeys(("Skills", "Verifications", "Whatsapp Phone Numbers"), _OWN),
}
NOT_TALKS: Final[Mapping[str, str]] = {
    "mail/python+cpython--msg_28.txt": "one mail that names but its writer: not known as one",
    "facebook/bushidocodes+hatchling--friends_scraped.json": "10 friends: people",
    "facebook/bushidocodes+hatchling--profile_information.json": "the owner, 4 relatives: people",
    "twitter/dogsheep+twitter-to-sqlite--account-suspension.js": "an empty list",
    "twitter/dogsheep+twitter-to-sqlite--follower.js": "2 numbers of accounts: nobody is named",
    "twitter/dogsheep+twitter-to-sqlite--following.js": "2 numbers of accounts: nobody is named",
    "twitter/dogsheep+twitter-to-sqlite--saved-search.js": "what was searched for",
    "im-logs/gabebw+pidgin2adium--bad.html": "a room that two entered; nobody said a word",
    "im-logs/sylvainbx+lib-messenger-archive--scrappy.xml": "no history, but for its first tag",
    **{
        f"linkedin-archive/silkyrich+linkedin-export-viewer--{name}.csv": why
        for name, why in _LINKEDIN.items()
    },
}
"""What a file holds that no talk is read of."""


class Line(NamedTuple):
    """One file: what is there by hand, what our reader makes of it, what it leaves out."""

    name: str
    format: str
    there: int
    read: int
    refused: int
    notes: str


def files(folder: Path) -> dict[str, Path]:
    """Every file of the folders of conversations, by folder and name."""
    return {
        f"{kind}/{path.name}": path
        for kind in FOLDERS
        for path in sorted((folder / kind).iterdir(), key=lambda path: _shown(path.name))
    }


def lines(folder: Path) -> Iterator[Line]:
    """What is made of each of them.

    Raises:
        KeyError: a file is neither counted by hand nor named as none for us.
    """
    for name, path in files(folder).items():
        counted = BY_HAND.get(name, (0, 0))
        why = NOT_TALKS.get(name, "") if any(counted) else NOT_TALKS[name]
        read, refused, notes, reader = 0, 0, [why] if why else [], ""
        with open_container(path) as container:
            guesses = [guess for guess in registry.recognise(container) if guess.talks]
            if guesses:
                one = registry.talks_by_name(guesses[0].importer.NAME)
                reader = one.TITLE
                for found in one.read_talks(container, READING):
                    if not isinstance(found, Problem):
                        read += 1
                    else:
                        refused += found.fatal
                        notes.append(found.why)
        yield Line(name, reader, sum(counted), read, refused, "; ".join(dict.fromkeys(notes)))


def _shown(name: str) -> str:
    return name.rpartition("--")[2]


def page(folder: Path) -> str:
    """This part of the page."""
    parts = [HEAD]
    found = list(lines(folder))
    for kind in FOLDERS:
        mine = [line for line in found if line.name.startswith(f"{kind}/")]
        parts.append(f"\n## {kind}: {len(mine)} files\n")
        parts.append("| file | read as | there | read | refused | left out, and why |")
        parts.append("|---|---|--:|--:|--:|---|")
        for line in mine:
            cells = (_shown(line.name), *line[1:])
            parts.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        sums = [sum(line[place] for line in mine) for place in (2, 3, 4)]  # type: ignore[misc]
        parts.append("| **all** | | **{}** | **{}** | **{}** | |".format(*sums))
    return "\n".join(parts) + "\n"
