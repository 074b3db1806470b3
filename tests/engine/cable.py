"""The cable between acterm and a server: it can be cut, mended, and be dead without saying so."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace

from acterm.mail.account import Account
from tests.servers.dovecot import free_port


class Cable:
    """Forwards connections to the account's IMAP server; `account` goes through it."""

    def __init__(self, account: Account) -> None:
        self._far = ("127.0.0.1", account.imap.port)
        self._port = free_port()
        self.account = replace(account, imap=replace(account.imap, port=self._port))
        self._links: list[socket.socket] = []
        self._flows = threading.Event()
        self._flows.set()
        self._listener: socket.socket | None = None
        self.mend()

    def cut(self) -> None:
        """Every link is lost, and new ones are refused."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        self._links.clear()
        self._flows.set()

    def mend(self) -> None:
        """New links come through; what was dead has died."""
        self.cut()
        self._listener = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._serve, args=[self._listener], daemon=True).start()

    def kill_silently(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._flows.clear()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(self._far)
                self._links += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
