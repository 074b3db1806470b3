"""The demo's SMTP side: mail to oneself arrives, all other mail is taken politely and forgotten."""

import logging
import time
from email.utils import formatdate
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from acterm.demo.mailbox import Mailbox


class Handler:
    """What aiosmtpd asks about each mail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Wants a sign-in; aiosmtpd itself would warn about one without TLS, loopback or not."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the mail; into the inbox when it is for the one who tries acterm."""
        mine = self._mailbox.address.lower()
        if mine in (recipient.lower() for recipient in envelope.rcpt_tos):
            now = time.time()
            stamp = f"Received: from demo by 127.0.0.1; {formatdate(now, localtime=True)}\r\n"
            source = stamp.encode() + (envelope.original_content or b"")
            self._mailbox.folders["INBOX"].append(source, (), now)
        return "250 OK"


def protocol(mailbox: Mailbox) -> SMTP:
    """One connection, which wants the demo's login and password first."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns of its own attributes

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        given = (data.login, data.password) if isinstance(data, LoginPassword) else ()
        accepted = given == (mailbox.login.encode(), mailbox.password.encode())
        return AuthResult(success=accepted, handled=False)

    return SMTP(
        Handler(mailbox),
        hostname="127.0.0.1",
        authenticator=authenticate,
        auth_require_tls=False,
    )
