"""What the flows about the server's rules share: reach it, give a secret, read, write, take back.

A flow holds a `Visit` in its state. While `visit.phase` is not READY, the question, the answers
and the events are the visit's; `server_rules.words` says its questions.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from acterm.academy import directory
from acterm.assistant.flow import Connect, GoTo, Leave, Onward, Start
from acterm.assistant.typed import parse_server
from acterm.engine.messages.base import Event
from acterm.engine.messages.rules import (
    ActivateScript,
    KeepRules,
    PutScript,
    ReadRules,
    RemoveScript,
    RulesFailed,
    RulesRead,
    RulesTrouble,
)
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.sieve.plan import Script, working
from acterm.mail.sieve.reading import LEAVING, Deed, deeds
from acterm.mail.sieve.script import Rules
from acterm.secret import Secret
from acterm.server import Security, Server

Asked = ReadRules | KeepRules | ActivateScript | RemoveScript | PutScript
_PORT = 4190
_PARIS = "Europe/Paris"
_SECRETS = (
    RulesTrouble.PASSWORD,
    RulesTrouble.PASSCODE,
    RulesTrouble.PASSPHRASE,
    RulesTrouble.KEYRING,
)


class Phase(StrEnum):
    """How far the visit is."""

    NO_ACCOUNT = "no-account"
    WAITING = "waiting"
    SECRET = "secret"  # noqa: S105 (a phase)
    NO_SERVER = "no-server"
    SERVER = "server"
    REFUSED = "refused"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of the server's rules. `asked` is the command that waits for its answer.

    `undo` takes the last change back. `tried`: a secret was given for it, and is not kept here.
    `problem` is why something did not happen.
    """

    account: Account | None = None
    academy: str = ""
    today: date = date.min
    phase: Phase = Phase.NO_ACCOUNT
    trouble: RulesTrouble = RulesTrouble.OTHER
    asked: Asked | None = None
    read: RulesRead | None = None
    undo: Asked | None = None
    tried: bool = False
    problem: str = ""

    @property
    def rules(self) -> Rules:
        """acterm's own rules on the server."""
        return self.read.rules if self.read else Rules()

    @property
    def scripts(self) -> tuple[Script, ...]:
        """Every script of the server."""
        return self.read.scripts if self.read else ()

    @property
    def works(self) -> bool:
        """Whether acterm's rules decide over new mail."""
        return working(self.scripts)

    def offers(self, *extensions: str) -> bool:
        """Whether the server knows all of these."""
        return self.read is not None and self.read.extensions.issuperset(extensions)


@dataclass(frozen=True, slots=True)
class Moved:
    """The visit that follows, the commands, and where the screen goes."""

    visit: Visit
    commands: tuple[Asked, ...] = ()
    onward: Onward | None = None


def begin(given: Start) -> Moved:
    """Read the rules; nothing but advice without an account."""
    today = datetime.fromtimestamp(given.now, ZoneInfo(_PARIS)).date()
    visit = Visit(given.account, given.academy, today)
    if given.account is None:
        return Moved(visit)
    return submitted(visit, ReadRules(given.account.id))


def submitted(visit: Visit, command: Asked, undo: Asked | None = None) -> Moved:
    """Ask the engine and wait."""
    calm = replace(visit, undo=undo, tried=False, problem="")
    return Moved(replace(calm, phase=Phase.WAITING, asked=command), (command,))


def kept(visit: Visit, rules: Rules) -> Moved:
    """Write the rules; taking it back brings the former ones, or the former script."""
    if visit.account is None:
        return Moved(visit)
    account_id = visit.account.id
    if visit.works or not visit.read:
        undo: Asked = KeepRules(account_id, visit.rules)
    else:
        active = next((script.name for script in visit.scripts if script.active), "")
        undo = ActivateScript(account_id, active)
    return submitted(visit, KeepRules(account_id, rules), undo)


def former(visit: Visit) -> Moved:
    """The script that was active before acterm's decides again."""
    if visit.account is None:
        return Moved(visit)
    account_id = visit.account.id
    command = ActivateScript(account_id, visit.rules.former)
    return submitted(visit, command, KeepRules(account_id, visit.rules))


def undone(visit: Visit) -> Moved:
    """Take the last change back."""
    return submitted(visit, visit.undo) if visit.undo else Moved(visit)


def leaks(visit: Visit) -> tuple[tuple[Script, Deed], ...]:
    """What sends mail elsewhere in the scripts that work: the active one, and the former beside."""
    rules = visit.rules
    used = [
        script
        for script in visit.scripts
        if script.active or (visit.works and rules.beside and script.name == rules.former)
    ]
    sending = [(script, deed) for script in used for deed in deeds(script.text)]
    return tuple((script, deed) for script, deed in sending if deed.name in LEAVING)


def ways(visit: Visit) -> tuple[str, ...]:
    """The choices while the visit is not ready."""
    return _WAYS.get(visit.phase, ())


def answered(visit: Visit, answer: str | Secret, choice: str) -> Moved:
    """An answer to one of the visit's own questions."""
    if choice and choice not in ways(visit):
        return Moved(visit)
    try:
        return _ANSWERS[visit.phase](replace(visit, problem=""), answer, choice)
    except UsageError as problem:
        return Moved(replace(visit, problem=str(problem)))


def heard(visit: Visit, event: Event) -> Visit:
    """What the engine says about this account's rules."""
    if not isinstance(event, RulesRead | RulesFailed) or visit.account is None:
        return visit
    if event.account_id != visit.account.id or visit.phase is not Phase.WAITING:
        return visit
    if isinstance(event, RulesRead):
        return replace(visit, phase=Phase.READY, read=event, asked=None, problem="")
    problem = f"{event.title} {event.advice}".rstrip()
    failed = replace(visit, trouble=event.trouble, problem=problem, undo=None)
    if event.trouble in _SECRETS and not visit.tried:
        failed = replace(failed, problem="")  # to be asked for a first time is no failure
    return replace(failed, phase=_phase_after(failed))


def _phase_after(failed: Visit) -> Phase:
    """Where a failure leads: what it wants, or back to what is known."""
    if failed.trouble in _SECRETS:
        return Phase.SECRET
    if failed.trouble is RulesTrouble.SIGN_IN:
        return Phase.REFUSED
    nothing_known = failed.read is None or failed.trouble is RulesTrouble.NO_SERVER
    return Phase.NO_SERVER if nothing_known else Phase.READY


def back(visit: Visit) -> Visit:
    """From the field of another server to what led there."""
    return replace(visit, phase=Phase.NO_SERVER) if visit.phase is Phase.SERVER else visit


_WAYS = {
    Phase.NO_ACCOUNT: ("connect", "leave"),
    Phase.NO_SERVER: ("again", "server", "contacts", "leave"),
    Phase.REFUSED: ("sign-in", "lost_password", "leave"),
}


def _no_account(visit: Visit, _answer: str | Secret, choice: str) -> Moved:
    return Moved(visit, onward=Leave() if choice == "leave" else Connect())


def _nothing(visit: Visit, _answer: str | Secret, _choice: str) -> Moved:
    return Moved(visit)


def _secret(visit: Visit, answer: str | Secret, _choice: str) -> Moved:
    secret = answer if isinstance(answer, Secret) else Secret(answer)
    if not secret:
        raise UsageError(_("Nothing was typed."))
    if visit.asked is None:
        return Moved(visit)
    command = replace(visit.asked, secret=secret)
    return Moved(replace(visit, phase=Phase.WAITING, tried=True), (command,))


def _no_server(visit: Visit, _answer: str | Secret, choice: str) -> Moved:
    if choice == "server":
        return Moved(replace(visit, phase=Phase.SERVER))
    if choice in ("leave", "contacts"):
        return Moved(visit, onward=Leave() if choice == "leave" else GoTo("contacts"))
    return submitted(visit, visit.asked) if visit.asked else Moved(visit)


def _server(visit: Visit, answer: str | Secret, _choice: str) -> Moved:
    """The password goes to the mail server's host, or to an official one, and nowhere else."""
    if visit.account is None or isinstance(answer, Secret):
        return Moved(visit)
    named = parse_server(answer, _PORT, "starttls")
    imap = visit.account.imap
    if named.host != imap.host and not directory.is_official_host(named.host):
        raise UsageError(
            _("{host} is neither your mail server nor an official host.").format(host=named.host),
            _("Your password is not sent there."),
        )
    plain = imap.security is Security.PLAIN and named.is_loopback
    server = Server(named.host, named.port, Security.PLAIN if plain else Security.STARTTLS)
    return submitted(visit, ReadRules(visit.account.id, server=server))


def _refused(visit: Visit, _answer: str | Secret, choice: str) -> Moved:
    if choice == "leave":
        return Moved(visit, onward=Leave())
    if choice == "lost_password":
        return Moved(visit, onward=GoTo("lost_password"))
    account_id = visit.account.id if visit.account else 0
    waiting = replace(visit, phase=Phase.NO_SERVER)
    return Moved(waiting, onward=Connect(account_id))


_ANSWERS: dict[Phase, Callable[[Visit, str | Secret, str], Moved]] = {
    Phase.NO_ACCOUNT: _no_account,
    Phase.WAITING: _nothing,
    Phase.SECRET: _secret,
    Phase.NO_SERVER: _no_server,
    Phase.SERVER: _server,
    Phase.REFUSED: _refused,
    Phase.READY: _nothing,
}
