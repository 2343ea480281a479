"""What any source may say about talks: mails, messages, calls and meetings.

Everything here is picklable, so that reading can move into a child process.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.rules.normalise import norm_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from importers.container import Container
    from importers.record import Problem, Sniffed


class Party(NamedTuple):
    """One who took part.

    Attributes:
        kind: email, phone, handle, or name: a display name, which is weak.
        value: as written; of a handle ``service:handle``. Never "".
        name: the name shown beside it; "" for kind name.
        role: from, to, cc, bcc, organizer, attendee or with.
        scope: of a name what tells two bearers apart inside the source, such as the source's own
            number of the account; "" for the thread.
    """

    kind: str
    value: str
    name: str = ""
    role: str = "with"
    scope: str = ""


class Moment(NamedTuple):
    """When it was.

    Attributes:
        at: UTC, as `core.clock.stamp` writes it.
        day: the local day.
        zone: the offset that the source states, such as ``+02:00``; "" where it was assumed.
        written: the time as it stood, which another machine reads the same.
    """

    at: str
    day: str
    zone: str
    written: str


class Talk(NamedTuple):
    """One mail, message, call or meeting.

    Attributes:
        where: file and place, for people to read.
        key: the source's own stable id, or "" for one made of the content.
        kind: one of `core.commands.log_talk.KINDS`.
        moment: when it was.
        sender: by whom; None if unknown, or the owner where `direction` is ``out``.
        others: all others as far as they are known; the owner may be among them.
        channel: mail, phone, sms, meeting, or a network as `core.rules.handles` calls it.
        thread: a stable id of the conversation inside the source.
        subject: of a mail or meeting; of a group chat its title.
        text: plain text; how much of it is kept is the user's choice.
        seconds: how long a call or meeting took.
        direction: in, out, both or none where the source says so; "" if it follows from the owner.
        bulk: why it is from a machine or a list; such talks are left out and counted.
        file: which of several files without keys it stands in: what is said once in each of two
            was said once. A file is read in one go.
    """

    where: str
    key: str
    kind: str
    moment: Moment
    sender: Party | None
    others: tuple[Party, ...]
    channel: str
    thread: str = ""
    subject: str = ""
    text: str = ""
    seconds: int = 0
    direction: str = ""
    bulk: str = ""
    file: str = ""


Mark = tuple[str, str]
"""Kind and normalised value of a party, in whatever thread."""

_TO_COME = timedelta(days=1)  # clocks of senders run ahead


class Reading(NamedTuple):
    """What a reader of talks is told.

    Attributes:
        now: what is later has not happened yet.
        zone: of the user; exports that state none were written by their clock.
        region: home region for phone numbers without a country, or None.
        me: who the owner is, as far as it is known before reading.
    """

    now: datetime
    zone: tzinfo | None = None
    region: str | None = None
    me: frozenset[Mark] = frozenset()

    def mark(self, party: Party) -> Mark:
        """What a party is known by."""
        service, colon, handle = party.value.partition(":")
        if party.kind == "handle" and colon:
            return norm_of("handle", handle, service, self.region)
        return norm_of(party.kind, party.value, "", self.region)

    def is_me(self, party: Party) -> bool:
        """Whether a party is the owner."""
        return self.mark(party) in self.me

    def utc(self, seconds: float) -> Moment:
        """Seconds since 1970.

        Raises:
            ValueError: no moment of the calendar, or one to come.
        """
        try:
            moment = datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, OSError) as error:
            raise ValueError(str(error)) from None
        at = self._past(moment)
        return Moment(at, self._day(moment), "+00:00", at)

    def aware(self, moment: datetime) -> Moment:
        """A time with its offset.

        Raises:
            ValueError: no moment of the calendar, or one to come.
        """
        if moment.tzinfo is None:
            return self.local(moment)
        try:
            at = self._past(moment)
            day = self._day(moment)
        except OverflowError as error:
            raise ValueError(str(error)) from None
        return Moment(at, day, moment.isoformat()[19:].lstrip(".0123456789"), at)

    def local(self, moment: datetime) -> Moment:
        """A time without an offset, by the clock of the user's device.

        Raises:
            ValueError: no moment of the calendar, or one to come.
        """
        moment = moment.replace(tzinfo=None)
        try:
            # A time without a zone is taken by `astimezone` as one by the clock of this machine.
            at = self._past(moment.replace(tzinfo=self.zone))
        except (OverflowError, OSError) as error:
            raise ValueError(str(error)) from None
        return Moment(at, moment.date().isoformat(), "", moment.isoformat(" ", "seconds"))

    def _past(self, moment: datetime) -> str:
        moment = moment.astimezone(UTC)
        if moment > self.now + _TO_COME:
            raise ValueError("a time to come")
        return f"{moment.isoformat()[:19]}Z"

    def _day(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).date().isoformat()


class TalkReader(Protocol):
    """A module of this package that reads talks of one format.

    Attributes:
        NAME: the source kind: ``mail``, ``whatsapp``.
        TITLE: for people: "Mail", "WhatsApp".
        VERSION: raised when the same bytes would give other talks than before.
        TALKS: True.
    """

    NAME: str
    TITLE: str
    VERSION: int
    TALKS: bool

    def sniff_talks(self, container: Container) -> Sniffed | None:
        """Look at names and first bytes only; None if the container holds no such talks."""
        ...

    def read_talks(self, container: Container, reading: Reading) -> Iterator[Talk | Problem]:
        """Every talk of the container, in file order; never raises for bad content."""
        ...

    def owner(self, container: Container) -> tuple[Party, ...]:
        """Whose talks they are, where the export itself tells."""
        ...
