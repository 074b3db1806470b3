"""Where a mail server answers, and how the link to it is protected."""

from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    """How TLS begins: at once (RFC 8314), by STARTTLS, or not at all (loopback only)."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Server:
    """One IMAP, SMTP or ManageSieve service."""

    host: str
    port: int
    security: Security = Security.TLS

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine, the only place where plain text is accepted."""
        return self.host in ("localhost", "::1") or (
            self.host.startswith("127.") and self.host.replace(".", "").isdigit()
        )
