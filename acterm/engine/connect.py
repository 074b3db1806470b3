"""The live checklist: connect, check the certificate, sign in exactly once, look, and send."""

import asyncio

from acterm.academy import directory
from acterm.engine.messages import (
    AccountChecked,
    CheckStep,
    ServersFound,
    Step,
    StepState,
    Tell,
)
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
    step = Step.CONNECTION
    tell(CheckStep(step, StepState.RUNNING, str(account.imap)))
    try:
        imap = Imap.connect(account.imap, ca_file=account.ca_file)
        try:
            tell(CheckStep(Step.NAME, StepState.DONE, account.imap.host))
            tell(CheckStep(step, StepState.DONE, str(account.imap)))
            tell(CheckStep(Step.CERTIFICATE, StepState.DONE, _certificate_words(account.imap)))
            step = Step.SIGN_IN
            tell(CheckStep(step, StepState.RUNNING))
            imap.sign_in(account.login, secret)
            tell(CheckStep(step, StepState.DONE, account.login))
            step = Step.FOLDERS
            tell(CheckStep(step, StepState.RUNNING))
            count = len(imap.folders())
            words = ngettext("{count} folder", "{count} folders", count).format(count=count)
            tell(CheckStep(step, StepState.DONE, words))
        finally:
            imap.close()
        step = Step.SENDING
        _check_sending(account, secret, tell)
    except ActermError as failure:
        return _failed(step, failure, tell)
    return AccountChecked(accepted=True)


async def find_servers(address: str) -> ServersFound:
    """Probe where the address's mail may be, in the order of the académies' pattern."""
    imap_hosts, smtp_hosts = directory.probe_hosts(address.rpartition("@")[2].lower())
    imap, sending = await discover.find(imap_hosts, smtp_hosts)
    return ServersFound(address, imap, sending)


def _check_sending(account: Account, secret: Secret, tell: Tell) -> None:
    if account.passcode:
        tell(CheckStep(Step.SENDING, StepState.LATER, _("checked at the first sending")))
        return
    tell(CheckStep(Step.SENDING, StepState.RUNNING, str(account.smtp)))
    asyncio.run(smtp.check(account.smtp, account.login, secret, account.ca_file))
    tell(CheckStep(Step.SENDING, StepState.DONE, str(account.smtp)))


def _failed(step: Step, failure: ActermError, tell: Tell) -> AccountChecked:
    if isinstance(failure, CertificateRefused) and step is not Step.SENDING:
        step = Step.CERTIFICATE
    words = failure.words if isinstance(failure, SignInRefused) and failure.words else failure.title
    tell(CheckStep(step, StepState.FAILED, words))
    return AccountChecked(False, failure.title, failure.advice, failure.exit_code)


def _certificate_words(server: Server) -> str:
    if server.security is Security.PLAIN:
        return _("this machine only")
    return _("valid")
