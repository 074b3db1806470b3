"""What the other flows of the assistant ask for: looking, the diagnosis, passcodes, the lock."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acterm.engine.messages.base import Command, Event
from acterm.mail.message import Envelope, Sign
from acterm.secret import Secret

if TYPE_CHECKING:  # not before the first paint
    from acterm.mail.signs.sent_signs import SentSigns


@dataclass(frozen=True, slots=True)
class KeepFlow(Command):
    """Write down how far a flow of the assistant is, without any secret; empty forgets it."""

    name: str
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LookAtSent(Command):
    """Look for strange mails among those sent in the last `days`. Answered by SentSeen."""

    account_id: int
    days: int = 14


@dataclass(frozen=True, slots=True)
class ListRecent(Command):
    """The newest mails of the inbox, to choose one from. Answered by RecentMails."""

    account_id: int


@dataclass(frozen=True, slots=True)
class LookForSigns(Command):
    """What is suspect in a stored mail, or in `source`. Answered by SignsFound or Failed."""

    message_id: int = 0
    source: bytes = b""


@dataclass(frozen=True, slots=True)
class SaveText(Command):
    """Write a text into the documents folder, no file overwritten. Answered by TextSaved.

    With `message_id` it is the stored source of that mail, headers first.
    """

    name: str
    text: str = ""
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class FindResetMails(Command):
    """What came since then that may be the mail of a password reset. Answered by ResetMails."""

    since: float


@dataclass(frozen=True, slots=True)
class RunDoctor(Command):
    """Check everything: this machine, the accounts, their servers.

    Answered by DoctorLine as each check is made, then by DoctorDone.
    """


@dataclass(frozen=True, slots=True)
class ReadOtpPicture(Command):
    """Read the QR code of a passcode's key in a picture file. Answered by OtpRead or OtpFailed."""

    path: str


@dataclass(frozen=True, slots=True)
class KeepOtp(Command):
    """Keep the key of the account's passcodes in the vault. Answered by OtpKept or OtpFailed.

    `passphrase` is what `Rung.wants` asks for.
    """

    account_id: int
    key: Secret
    rung: str
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class AskOtp(Command):
    """A code that was given to nobody yet. Answered by OtpCode or OtpFailed.

    `passphrase` opens the rung that OtpFailed named.
    """

    account_id: int
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class ForgetOtp(Command):
    """Take the account's passcode key out of the vault. Answered by OtpFailed, wanting a key."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ChoosePin(Command):
    """A PIN that opens the locked screen of this session. Answered by UnlockTried."""

    pin: Secret


@dataclass(frozen=True, slots=True)
class TryUnlock(Command):
    """Does this open the locked screen? Answered by UnlockTried; nothing typed only asks."""

    typed: Secret


@dataclass(frozen=True, slots=True)
class SentSeen(Event):
    """What is strange among the sent mails."""

    account_id: int
    found: "SentSigns"


@dataclass(frozen=True, slots=True)
class RecentMails(Event):
    """The newest mails of the inbox, newest first."""

    account_id: int
    mails: tuple[Envelope, ...]


@dataclass(frozen=True, slots=True)
class SignsFound(Event):
    """What is worth telling about the mail that was looked at, the loudest first.

    `sender` and `links` are what a person compares: the real address, the real hosts.
    """

    message_id: int
    subject: str
    sender: str
    signs: tuple[Sign, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSaved(Event):
    """The text is in this file, of so many bytes."""

    path: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class ResetMail:
    """A mail that may be that of a reset. `host` is where its most telling link really leads.

    `official`: that host is of the Éducation nationale. `read`: its text is here; else nothing
    can be said about its links yet. `junk`: it lies among the junk.
    """

    message_id: int
    account: str
    sender: str
    subject: str
    host: str = ""
    url: str = ""
    official: bool = False
    junk: bool = False
    read: bool = True


@dataclass(frozen=True, slots=True)
class ResetMails(Event):
    """The candidates, newest first, and the addresses of the boxes that can be read."""

    candidates: tuple[ResetMail, ...]
    watched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoctorLine(Event):
    """One check. `name` is stable, `state` is ok, note or failed."""

    name: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class DoctorDone(Event):
    """Every check was made. `page` is all of it for the help desk, without a secret."""

    page: str


@dataclass(frozen=True, slots=True)
class OtpRead(Event):
    """What the picture's QR code says."""

    key: Secret


@dataclass(frozen=True, slots=True)
class OtpKept(Event):
    """The key is in the vault on the named rung."""

    account_id: int
    rung: str


@dataclass(frozen=True, slots=True)
class OtpCode(Event):
    """A code that nobody was given before, until `until` (seconds since 1970; 0: until it is used).

    Empty when the code of this moment was given already: the next one comes at `until`. `clock`
    says in words how right this machine's clock is.
    """

    account_id: int
    code: Secret
    until: float
    clock: str = ""


@dataclass(frozen=True, slots=True)
class OtpFailed(Event):
    """No key, or no code. `wants`: `key` when none is kept, else what opens the rung:
    `passphrase` (of the sealed file) or `keyring-password` (of the session on this computer).
    """

    title: str
    advice: str = ""
    wants: str = ""


@dataclass(frozen=True, slots=True)
class UnlockTried(Event):
    """Whether the locked screen opens. `known`: there is a PIN or a password that opens it."""

    opened: bool
    known: bool
    wrong: bool = False
