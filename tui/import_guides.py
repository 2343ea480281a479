"""Where to click to get one's people out of the places that keep them.

A guide names the formats its download has, by their importers.
"""

from __future__ import annotations

from typing import Final, NamedTuple

DROP: Final = "Leave the file in ~/Downloads as it came, zipped or not, and press r here."


class Guide(NamedTuple):
    """How to get one's people out of one place.

    Attributes:
        title: the place, as people call it.
        wait: how long until the file is there, in two or three words.
        formats: names of the importers that read what comes; one is enough.
        steps: what to do, in order, one short sentence each.
        note: what is good to know, or "".
    """

    title: str
    wait: str
    formats: tuple[str, ...]
    steps: tuple[str, ...]
    note: str = ""

    @property
    def all_steps(self) -> tuple[str, ...]:
        """The steps, and what to do with the file then."""
        return (*self.steps, DROP)


GUIDES: Final = (
    Guide(
        "Gmail",
        "now",
        ("google",),
        (
            "In a browser, open contacts.google.com with the account in question.",
            "Choose Export: the arrow above the list, or the entry in the menu on the left.",
            "Take all contacts, not one label, and “Google CSV”.",
        ),
        "The whole list, taken again some months later, shows what has changed and who has gone.",
    ),
    Guide(
        "Outlook",
        "now",
        ("outlook",),
        (
            "Outlook.com or Microsoft 365: open People in the browser.",
            "Choose Manage contacts, then Export contacts, then All contacts.",
            "Outlook on Windows: File, Open & Export, Import/Export; to a file, comma separated.",
        ),
        "The headings may be in any language.",
    ),
    Guide(
        "LinkedIn",
        "10 minutes",
        ("linkedin",),
        (
            "In a browser: Me, Settings & Privacy, Data privacy, Get a copy of your data.",
            "Tick Connections only: it comes in about ten minutes; the full archive takes a day.",
            "Request the archive, and download it from the link in the mail.",
        ),
        "It holds mail addresses only of those who show them to you.",
    ),
    Guide(
        "iPhone, iCloud",
        "now",
        ("vcard",),
        (
            "On a computer, open icloud.com/contacts.",
            "Choose one person, then all of them with ctrl+A (cmd+A on a Mac).",
            "Choose Export vCard in the menu of the list.",
            "Or on the phone: Contacts, Lists, hold All Contacts, Export; send it to yourself.",
        ),
    ),
    Guide(
        "Android",
        "now",
        ("vcard",),
        (
            "On the phone, open Contacts (Google's): Organize, Export to file.",
            "Samsung: Contacts, menu, Manage contacts, Import or export contacts, Export.",
            "Bring the .vcf to this computer: by cable, or by mail to yourself.",
        ),
        "What lies in the Google account comes with Gmail, too; one of the two is enough.",
    ),
    Guide(
        "a spreadsheet",
        "now",
        ("spreadsheet",),
        (
            "Have one row for each person, and a first row that names the columns.",
            "Save it as .csv or .xlsx; what each column means is guessed, and shown before.",
        ),
        "A column of money, or of A, B, C and D, can be taken too.",
    ),
    Guide(
        "Thunderbird",
        "now",
        ("thunderbird", "ldif", "vcard"),
        (
            "Open the address book, and choose the book to export.",
            "Choose Tools, Export, and vCard; LDIF and CSV do as well.",
        ),
    ),
    Guide(
        "Facebook",
        "hours to days",
        ("facebook",),
        (
            "In a browser: Settings, Accounts Center, Your information and permissions.",
            "Choose Export your information (also called Download), to this device.",
            "Take Friends and Messages, all time, and the format JSON.",
            "Download it when the mail says that it is ready; the link lasts a few days only.",
        ),
    ),
    Guide(
        "X",
        "a day or more",
        ("x",),
        (
            "In a browser: Settings, Your account, Download an archive of your data.",
            "Confirm who you are, and request the archive.",
            "Download the zip when the message comes; the link lasts a few days only.",
        ),
    ),
    Guide(
        "WhatsApp",
        "now",
        ("whatsapp",),
        (
            "On the phone, open a chat: ⋮, More, Export chat; on an iPhone its name, Export chat.",
            "Take it without media and send it to yourself; each chat is a file of its own.",
        ),
        "The people themselves are in the phone's contacts: see iPhone and Android.",
    ),
)
"""The places, in the order in which most people have them."""
