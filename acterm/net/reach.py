"""Whether a server can be reached at all, for the doctor: names, ports and certificates."""

import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

from acterm.net import tls
from acterm.net.failures import translated
from acterm.server import Server


@dataclass(frozen=True, slots=True)
class Protection:
    """How a link is protected; `days` are those the certificate still counts."""

    version: str
    days: int


def tls_library() -> str:
    """What encrypts here, with its version."""
    return ssl.OPENSSL_VERSION


def addresses(server: Server) -> list[str]:
    """The addresses of the server's name. Asks the system, which has no deadline."""
    with translated(server):
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    return sorted({str(one[4][0]) for one in found})


def answers(server: Server, deadline: float) -> None:
    """Connect and hang up. Raises Unreachable."""
    with translated(server):
        socket.create_connection((server.host, server.port), timeout=deadline).close()


def protection(server: Server, ca_file: Path | None, deadline: float) -> Protection:
    """Shake hands with a server whose TLS begins at once. Raises what the certificate lacks."""
    context = tls.context(ca_file)
    with (
        translated(server),
        socket.create_connection((server.host, server.port), timeout=deadline) as link,
        context.wrap_socket(link, server_hostname=server.host) as wrapped,
    ):
        certificate = wrapped.getpeercert() or {}
        ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
        return Protection(wrapped.version() or "", int((ends - time.time()) // 86400))
