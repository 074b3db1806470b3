"""The live checklist: connect, check the certificate, sign in exactly once, look, and send."""

import asyncio

from acterm.academy import directory
from acterm.engine.messages.account import AccountChecked, CheckStep, ServersFound, Step, StepState
from acterm.engine.messages.base import Tell
from acterm.errors import ActermError, CertificateRefused, SignInRefused
from acterm.i18n import _, ngettext
from acterm.mail.account import Account
from acterm.net import discover, smtp
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.server import Security, Server


def check(account: Account, secret: Secret, tell: Tell) -> AccountChecked:
    """Go down the checklist, telling each line. One sign-in to IMAP, then one to SMTP.

    With a passcode SMTP is left for the first sending: a code is good for one sign-in.
    """
    outcome, imap = examine(account, secret, tell)
    if imap is not None:
        imap.close()
    return outcome


def examine(account: Account, secret: Secret, tell: Tell) -> tuple[AccountChecked, Imap | None]:
    """The same, and the signed-in connection when all is accepted: the caller closes it."""
    checklist = _Checklist(tell)
    imap = None
    try:
        imap = _connected(account, checklist)
        checklist.begin(Step.SIGN_IN)
        imap.sign_in(account.login, secret)
        checklist.done(account.login)
        checklist.begin(Step.FOLDERS)
        count = len(imap.folders())
        checklist.done(ngettext("{count} folder", "{count} folders", count).format(count=count))
        _check_sending(account, secret, checklist)
    except ActermError as failure:
        if imap is not None:
            imap.close()
        checklist.failed(failure)
        return AccountChecked(False, failure.title, failure.advice, failure.exit_code), None
    return AccountChecked(accepted=True), imap


async def find_servers(address: str) -> ServersFound:
    """Probe where the address's mail may be, in the order of the académies' pattern."""
    imap_hosts, smtp_hosts = directory.probe_hosts(address.rpartition("@")[2].lower())
    imap, sending = await discover.find(imap_hosts, smtp_hosts)
    return ServersFound(address, imap, sending)


class _Checklist:
    """Tells each line as it moves; knows which one is being worked on."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._step = Step.NAME

    def begin(self, step: Step, words: str = "") -> None:
        self._step = step
        self._tell(CheckStep(step, StepState.RUNNING, words))

    def done(self, words: str) -> None:
        self._tell(CheckStep(self._step, StepState.DONE, words))

    def later(self, step: Step, words: str) -> None:
        self._tell(CheckStep(step, StepState.LATER, words))

    def failed(self, failure: ActermError) -> None:
        said = failure.words if isinstance(failure, SignInRefused) else ""
        self._tell(CheckStep(self._step, StepState.FAILED, said or failure.title))


def _connected(account: Account, checklist: _Checklist) -> Imap:
    """Name, connection and certificate are one call; its failure says how far it came."""
    server = account.imap
    checklist.begin(Step.NAME, server.host)
    try:
        imap = Imap.connect(server, ca_file=account.ca_file)
    except ActermError as failure:
        if not _is_unknown_name(failure):
            checklist.done(server.host)
            checklist.begin(Step.CONNECTION, str(server))
        if isinstance(failure, CertificateRefused):
            checklist.done(str(server))
            checklist.begin(Step.CERTIFICATE)
        raise
    checklist.done(server.host)
    checklist.begin(Step.CONNECTION, str(server))
    checklist.done(str(server))
    checklist.begin(Step.CERTIFICATE)
    checklist.done(_certificate_words(server))
    return imap


def _is_unknown_name(failure: ActermError) -> bool:
    """Whether the name had no address; `socket` itself is for `net` alone."""
    return type(failure.__cause__).__name__ == "gaierror"


def _check_sending(account: Account, secret: Secret, checklist: _Checklist) -> None:
    if account.passcode:
        checklist.later(Step.SENDING, _("checked at the first sending"))
        return
    checklist.begin(Step.SENDING, str(account.smtp))
    asyncio.run(smtp.check(account.smtp, account.login, secret, account.ca_file))
    checklist.done(str(account.smtp))


def _certificate_words(server: Server) -> str:
    if server.security is Security.PLAIN:
        return _("this machine only")
    return _("valid")
