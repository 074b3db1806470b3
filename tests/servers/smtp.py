"""A real SMTP server (aiosmtpd) on loopback that keeps what it is given and can be told to fail."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.dovecot import PASSWORD, free_port
from tests.servers.waiting import until


@dataclass
class Delivery:
    """One accepted message as it was received."""

    sender: str
    recipients: list[str]
    content: bytes


@dataclass
class MailServer:
    """`security` is tls, starttls or plain. `replies` maps a command (`RCPT`, `DATA`) to a refusal.

    `drop_after_data` takes the message and cuts the link instead of answering 250.
    """

    certificate: Path
    security: str = "tls"
    auth: bool = True
    password: str = PASSWORD
    replies: dict[str, str] = field(default_factory=dict)
    drop_after_data: bool = False
    size_limit: int = 33554432
    delivered: list[Delivery] = field(default_factory=list)
    sign_ins: list[tuple[str, bool]] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    _controller: Controller | None = None

    def start(self) -> "MailServer":
        """Listen on `port`."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        options: dict[str, Any] = {
            "hostname": "127.0.0.1",
            "port": self.port,
            "ready_timeout": 20,
            "data_size_limit": self.size_limit,
            "auth_require_tls": self.security != "plain",
        }
        if self.auth:
            options |= {"authenticator": self._authenticate, "auth_required": True}
        if self.security == "tls":
            # aiosmtpd takes implicit TLS for no TLS at all when it decides whether AUTH is allowed.
            options |= {"ssl_context": context, "auth_require_tls": False}
        elif self.security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        self._controller = Controller(self, **options)
        self._controller.start()
        return self

    def stop(self) -> None:
        """Stop listening."""
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None

    def wait_for(self, count: int) -> None:
        """Until `count` messages have been accepted in all."""
        until(lambda: len(self.delivered) >= count, f"{count} messages delivered")

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        accepted = isinstance(data, LoginPassword) and data.password == self.password.encode()
        login = data.login.decode() if isinstance(data, LoginPassword) else ""
        self.sign_ins.append((login, accepted))
        return AuthResult(success=accepted, handled=False)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse when told to, else accept."""
        if refusal := self.replies.get(f"RCPT {address}") or self.replies.get("RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message; refuse or cut the link when told to."""
        if refusal := self.replies.get("DATA"):
            return refusal
        assert isinstance(envelope.content, bytes)
        self.delivered.append(
            Delivery(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content)
        )
        if self.drop_after_data and server.transport is not None:
            server.transport.abort()
        return "250 OK"
