"""How links are protected: TLS 1.2 or newer, verified, and plain text on this machine only."""

import ssl
from pathlib import Path

from acterm.errors import Refused
from acterm.i18n import _
from acterm.net.failures import ca_file_unreadable, translated
from acterm.server import Security, Server


def context(ca_file: Path | None = None) -> ssl.SSLContext:
    """What verifies a server: the system's authorities, and those of `ca_file` beside them."""
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        with ca_file_unreadable(ca_file):
            made.load_verify_locations(ca_file)
    return made


def needed(server: Server, ca_file: Path | None) -> ssl.SSLContext | None:
    """The context this server's link takes; None for plain text, refused off this machine."""
    if server.security is not Security.PLAIN:
        with translated(server):
            return context(ca_file)
    if not server.is_loopback:
        raise Refused(
            _("The link to {server} would not be encrypted.").format(server=server),
            _("Choose TLS or STARTTLS: a password never travels in clear."),
        )
    return None
