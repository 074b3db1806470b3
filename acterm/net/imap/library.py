"""imaplib and IMAPClient over our transport, for what they do well."""

import imaplib
from typing import Any

from imapclient import IMAPClient

from acterm.net.transport import Transport

# A literal in an answer to the library is a name, never a mail.
_MAX_LITERAL = 1 << 20


class Wire(imaplib.IMAP4):
    """imaplib over our transport: none of its own buffers, files and sockets are used.

    So the change from `file` to `_file` in Python 3.14 concerns nobody.
    """

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        super().__init__(transport.server.host, transport.server.port)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """The link stands already."""
        self.host, self.port = host, port
        self.sock = self.transport.link

    def read(self, size: int) -> bytes:
        """A literal."""
        return self.transport.literal(size, limit=_MAX_LITERAL)

    def readline(self) -> bytes:
        """A line, with the end that imaplib looks for."""
        return self.transport.line() + b"\r\n"

    def send(self, data: Any) -> None:
        """Command lines and literals."""
        self.transport.write(bytes(data))

    def shutdown(self) -> None:
        """Let the link go."""
        self.transport.close()


class Client(IMAPClient):  # type: ignore[misc]  # IMAPClient ships no types
    """IMAPClient over our transport."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        super().__init__(transport.server.host, transport.server.port, ssl=False)
        # It has imaplib format every line for a debug log that nobody reads.
        self._imap.debug = 0

    def _create_IMAP4(self) -> Wire:  # noqa: N802 (IMAPClient's name)
        return Wire(self.transport)

    def _set_read_timeout(self) -> None:
        """The transport has deadlines of its own."""
