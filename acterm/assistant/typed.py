"""What a person types into a field, read tolerantly."""

import re

from acterm.errors import UsageError
from acterm.i18n import _
from acterm.server import Security, Server

_SERVER = re.compile(
    r"(?:\w+://)?(?P<host>\[[0-9a-f:]+\]|[^\s:/@,]+)(?:[:\s]+(?P<port>\d{1,5}))?/?"
    r"(?:[\s,]+(?P<security>\w+))?",
    re.IGNORECASE,
)
_SECURITY_OF = {143: Security.STARTTLS, 587: Security.STARTTLS, 25: Security.STARTTLS}
_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f\x7f]+@[^\s@<>\x00-\x1f\x7f]+")


def parse_address(typed: str) -> str:
    """A mail address without what is around it. Raises UsageError, in words."""
    text = typed.strip().removeprefix("mailto:").strip("<>")
    if not _ADDRESS.fullmatch(text):
        raise UsageError(
            _("This is not a whole mail address."),
            _("It looks like prenom.nom@ac-amiens.fr."),
        )
    return text


def parse_server(typed: str, default_port: int, security: str = "") -> Server:
    """`HOST`, `HOST:PORT` or `HOST:PORT starttls`; the port tells the security left out.

    Raises UsageError, in words: also for `plain` on a server that is not this machine.
    """
    match = _SERVER.fullmatch(typed.strip())
    if match is None:
        raise _unreadable(typed)
    port = int(match["port"] or default_port)
    kind = (security or match["security"] or _SECURITY_OF.get(port, Security.TLS)).lower()
    if not 0 < port < 65536 or kind not in tuple(Security):
        raise _unreadable(typed)
    server = Server(match["host"].strip("[]").lower(), port, Security(kind))
    if server.security is Security.PLAIN and not server.is_loopback:
        raise UsageError(
            _("plain is only for this machine: the password would be readable on the way"),
            _("Choose tls or starttls."),
        )
    return server


def show_server(server: Server | None) -> str:
    """The server as `parse_server` reads it back; empty for none."""
    if server is None:
        return ""
    usual = _SECURITY_OF.get(server.port, Security.TLS)
    return str(server) if server.security is usual else f"{server} {server.security}"


def _unreadable(typed: str) -> UsageError:
    return UsageError(
        _("“{text}” does not read as a server.").format(text=typed.strip()),
        _("Write its name and port, like imap.ac-amiens.fr:993."),
    )
