"""The whole vocabulary between the interface and the engine: Commands go down, Events come up.

All are frozen and plain. An event says that something changed; the store says what it is now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Envelope, Flag, Sign
from acterm.secret import Secret
from acterm.server import Server

if TYPE_CHECKING:  # not before the first paint
    from acterm.mail.sent_signs import SentSigns
    from acterm.mail.sieve_plan import Script
    from acterm.mail.sieve_script import Place, Rules


class Command:
    """What a person, or a program, asks the engine to do."""


@dataclass(frozen=True, slots=True)
class Refresh(Command):
    """Bring every folder in step now. `account_id` 0 means all accounts."""

    account_id: int = 0


@dataclass(frozen=True, slots=True)
class WatchFolder(Command):
    """This folder is open on screen: bring it in step first, and idle on it."""

    folder_id: int


@dataclass(frozen=True, slots=True)
class FetchBody(Command):
    """Bring the text of one message into the store. Answered by BodyArrived or BodyFailed."""

    message_id: int


@dataclass(frozen=True, slots=True)
class FetchPart(Command):
    """Bring one attachment into the store. Answered by PartArrived or BodyFailed."""

    message_id: int
    section: str


@dataclass(frozen=True, slots=True)
class VerifySignature(Command):
    """Check the DKIM signature of a mail, which asks DNS. Answered by SignatureVerified or Failed.

    Only ever asked by its name, never by reading.
    """

    message_id: int


@dataclass(frozen=True, slots=True)
class SetFlag(Command):
    """Set or clear a flag. Answered by Done or Failed with the same `ids`.

    Mails that stand so already are left out; when all do, nothing is answered. `quiet`: it
    follows from reading, so nothing is said and undo passes it over.
    """

    ids: tuple[int, ...]
    flag: Flag
    on: bool
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Move messages to a folder by its role or, when `folder_id` is not 0, by its row.

    Answered by Done or Failed with the same `ids`.
    """

    ids: tuple[int, ...]
    to: Role = Role.NONE
    folder_id: int = 0


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back the newest of: a group of changes, a mail in its ten seconds, an abandoned draft.

    Answered by Undone, or by Failed when there is nothing.
    """


@dataclass(frozen=True, slots=True)
class KeepDraft(Command):
    """Write the draft's journal. Answered by DraftKept.

    `to_server`: also to the Drafts folder, at most once a minute, replacing the copy before.
    """

    draft: Draft
    to_server: bool = False


@dataclass(frozen=True, slots=True)
class AbandonDraft(Command):
    """Put the draft aside; `Undo` brings it back."""

    draft_id: int


@dataclass(frozen=True, slots=True)
class Send(Command):
    """Freeze the draft into the outbox and deliver it after `delay` seconds.

    Answered by SendingChanged as it goes, queued first; by Failed when it cannot be built, with
    `held` when the guard found a NUMEN or the password in it, which `force` passes. The draft is
    kept in both cases. Attachments of a forwarded mail that are not here yet are fetched first.
    """

    draft: Draft
    delay: float = 10.0
    force: bool = False


@dataclass(frozen=True, slots=True)
class SendSource(Command):
    """Deliver a mail that is built already: the answer to an invitation, a receipt.

    Answered by SendingChanged as it goes, queued first, or by Failed.
    """

    account_id: int
    source: bytes
    delay: float = 10.0


@dataclass(frozen=True, slots=True)
class SendNow(Command):
    """End the ten seconds of every mail that waits in them: the person quits."""


@dataclass(frozen=True, slots=True)
class AnswerUnsure(Command):
    """The person decides on a mail that may have been sent: send it again, or consider it sent."""

    outbox_id: int
    send_again: bool


@dataclass(frozen=True, slots=True)
class CancelSending(Command):
    """Take a mail that waits or was refused out of the outbox, back into a draft.

    Answered by Undone with the draft, or by Failed when it is too late.
    """

    outbox_id: int


@dataclass(frozen=True, slots=True)
class AnswerSignIn(Command):
    """The person answers a refused sign-in: with a new secret, or None to try the kept one once."""

    account_id: int
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class GiveSecret(Command):
    """Answers SecretWanted: the password, the passcode or the sealed file's passphrase."""

    account_id: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class FindServers(Command):
    """Probe for the servers of an address that no académie file knows. Answered by ServersFound."""

    address: str


@dataclass(frozen=True, slots=True)
class CheckAccount(Command):
    """Connect and sign in exactly once. Answered by CheckStep each step, then AccountChecked.

    An accepted connection is held for the AddAccount that follows: a passcode signs in once.
    """

    account: Account
    secret: Secret


@dataclass(frozen=True, slots=True)
class AskRungs(Command):
    """Which rungs of the vault work here. Answered by Rungs."""


@dataclass(frozen=True, slots=True)
class AddAccount(Command):
    """Keep a checked account and its secret on `rung`. Answered by AccountAdded or Failed.

    `passphrase` is what `Rung.wants` asks for. A passcode is never kept, whatever the rung.
    """

    account: Account
    secret: Secret
    rung: str
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class KeepFlow(Command):
    """Write down how far a flow of the assistant is, without any secret; empty forgets it."""

    name: str
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LookAtSizes(Command):
    """What takes the room of the mailbox. Answered by SizesSeen or Failed."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ArchiveMails(Command):
    """Write mails into mbox files of this machine; nothing is deleted.

    Answered by ArchiveProgress as it goes, then MailsArchived or Failed with the same `ids`.
    """

    account_id: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EmptyBin(Command):
    """Delete for good what is in the bin, after asking. Answered by BinEmptied or Failed."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ReadRules(Command):
    """What the server's scripts do (ManageSieve). Answered by RulesRead or RulesFailed.

    `secret` is what RulesFailed asked for, `server` another server that the person names.
    """

    account_id: int
    secret: Secret | None = None
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class KeepRules(Command):
    """Write absence and filters, no other script touched. Answered by RulesRead or RulesFailed."""

    account_id: int
    rules: "Rules"
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class ActivateScript(Command):
    """Let another script decide over new mail, or none with an empty name. Answered the same."""

    account_id: int
    name: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class RemoveScript(Command):
    """Delete a script, switched off first where it is active. Answered the same."""

    account_id: int
    name: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class PutScript(Command):
    """Put a removed script back, active when it was. Answered the same.

    A script that has its name meanwhile is not overwritten.
    """

    account_id: int
    script: "Script"
    secret: Secret | None = None


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
class SwitchServers(Command):
    """The mailbox has moved: the same account on other servers, with another login and secret.

    Mail, drafts and outbox stay. `account` names the row by its `id`; `rung` and `passphrase` are
    as in AddAccount, after a CheckAccount. Answered by AccountAdded, or by Failed.
    """

    account: Account
    secret: Secret
    rung: str
    passphrase: Secret | None = None


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


class Event:
    """Something happened. Read the store again where it says."""


@dataclass(frozen=True, slots=True)
class FoldersChanged(Event):
    """Folders of the account came, went, or have new counts."""

    account_id: int


@dataclass(frozen=True, slots=True)
class MessagesChanged(Event):
    """Rows of the folder changed. `ids`: only these, in place; empty: read again."""

    folder_id: int
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMail(Event):
    """Unread mail came into the folder after it had been in step."""

    folder_id: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BodyArrived(Event):
    """The message's text is in the store."""

    message_id: int


@dataclass(frozen=True, slots=True)
class PartArrived(Event):
    """The attachment is in the store."""

    message_id: int
    section: str


@dataclass(frozen=True, slots=True)
class BodyFailed(Event):
    """The text or attachment could not be brought."""

    message_id: int
    title: str
    advice: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class SignatureVerified(Event):
    """What came of the check, in one sentence; `holds` when the sender's domain vouches for it."""

    message_id: int
    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Done(Event):
    """A change is on disk and can be undone: `label` says it in words (« 1 mail archivé »)."""

    ids: tuple[int, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The newest group was taken back; `label` says what. `draft_id` when a draft came back."""

    label: str
    draft_id: int = 0


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """A change did not happen; its rows stand in the store as they were.

    `held`: the guard held a mail back. `draft_id` is the draft that could not be sent.
    """

    title: str
    advice: str
    ids: tuple[int, ...] = ()
    held: bool = False
    draft_id: int = 0


class Link(StrEnum):
    """The connection of an account, in the words of Delta Chat's connectivity."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    WORKING = "working"
    CONNECTED = "connected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LinkChanged(Event):
    """The account's connection. `since` is when it was last in step, `words` why it is not.

    `advice` is what a person has to do, where waiting does not mend it.
    """

    account_id: int
    link: Link
    since: float = 0.0
    words: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """Background work: `done` of `total` headers of a folder are here. Equal when finished."""

    account_id: int
    folder_id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FolderSize:
    """What one folder weighs, in bytes."""

    folder_id: int
    name: str
    role: Role
    messages: int
    octets: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails that may go together. `kind` is attachments, largest or oldest; `first` the first."""

    kind: str
    ids: tuple[int, ...]
    octets: int
    first: tuple[Envelope, ...]


@dataclass(frozen=True, slots=True)
class SizesSeen(Event):
    """What takes the room, in bytes, the heaviest folder first; `limit` 0 when nobody tells."""

    account_id: int
    used: int
    limit: int
    folders: tuple[FolderSize, ...]
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class ArchiveProgress(Event):
    """So many mails are in the archive, of how many."""

    account_id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class MailsArchived(Event):
    """These mails are in these files, read back; `octets` is what they weigh on the server."""

    account_id: int
    ids: tuple[int, ...]
    files: tuple[str, ...]
    octets: int


@dataclass(frozen=True, slots=True)
class BinEmptied(Event):
    """So many mails leave the bin for good; QuotaChanged follows when the server has done it."""

    account_id: int
    count: int


@dataclass(frozen=True, slots=True)
class QuotaChanged(Event):
    """The mailbox's fill, in bytes; `limit` 0 when the server does not tell."""

    account_id: int
    used: int
    limit: int


@dataclass(frozen=True, slots=True)
class DraftKept(Event):
    """The journal is on disk under this row."""

    draft_id: int


class SendingState(StrEnum):
    """Where a mail in the outbox is. The values are those of the JSON of `send`."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SendingChanged(Event):
    """A mail in the outbox moved on; `words` say why it waits, or whom the server refused."""

    outbox_id: int
    state: SendingState
    words: str = ""


@dataclass(frozen=True, slots=True)
class SignInWasRefused(Event):
    """The server refused the sign-in; nothing connects until AnswerSignIn. `words` are its own."""

    account_id: int
    words: str


@dataclass(frozen=True, slots=True)
class SecretWanted(Event):
    """No secret at hand: ask the person. `kind` is password, passcode, passphrase
    (of the sealed file) or keyring-password (of the session on this computer).

    Told once; the account waits for GiveSecret.
    """

    account_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class ServersFound(Event):
    """What answered with a valid certificate; None where nothing did."""

    address: str
    imap: Server | None
    smtp: Server | None


class Step(StrEnum):
    """The live checklist of the connection screen."""

    NAME = "name"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign-in"
    FOLDERS = "folders"
    SENDING = "sending"


class StepState(StrEnum):
    """How one line of the checklist stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckStep(Event):
    """One line of the checklist moved; `words` are the server's own, or what was found."""

    step: Step
    state: StepState
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccountChecked(Event):
    """The check ended. `accepted` only when IMAP and SMTP both took the sign-in.

    `exit_code` is that of the failure, for the command line.
    """

    accepted: bool
    title: str = ""
    advice: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Rung(Event):
    """One place a secret can be kept: `keyring`, `sealed-file`, `session`, and how it stands.

    `wants` is what AddAccount's `passphrase` has to be: nothing, `keyring-password` (of the
    session on this computer), `passphrase` (of the file that is there) or `new-passphrase`.
    """

    name: str
    usable: bool
    words: str
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Rungs(Event):
    """The ladder, highest first; the first usable one is proposed."""

    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    """The account is in the store and its secret on the named rung."""

    account_id: int
    rung: str


@dataclass(frozen=True, slots=True)
class OutboxChanged(Event):
    """Mails came into or left the outbox: read it again. `waiting` counts what is to be sent."""

    waiting: int


@dataclass(frozen=True, slots=True)
class RulesRead(Event):
    """The scripts as they are now; `rules` are acterm's own, `places` where mail can go."""

    account_id: int
    rules: "Rules"
    scripts: "tuple[Script, ...]"
    extensions: frozenset[str]
    places: "tuple[Place, ...]" = ()


class RulesTrouble(StrEnum):
    """Why rules could not be read or written. The middle four are those of `SecretWanted.kind`."""

    NO_SERVER = "no-server"
    PASSWORD = "password"  # noqa: S105 (a kind of secret)
    PASSCODE = "passcode"
    PASSPHRASE = "passphrase"  # noqa: S105 (a kind of secret)
    KEYRING = "keyring-password"
    SIGN_IN = "sign-in"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RulesFailed(Event):
    """Nothing was changed; the same command with a `secret` is the answer to a wanted one."""

    account_id: int
    trouble: RulesTrouble
    title: str
    advice: str = ""


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


@dataclass(frozen=True, slots=True)
class Crashed(Event):
    """A bug of ours in a thread; the app goes on. The log has the details."""

    title: str
    log: str


Tell = Callable[[Event], None]
"""Who hears the events; called from any thread."""
