"""Wakes a thread that waits on a socket."""

import socket


class Waker:
    """A socket pair: `wake()` from any thread makes `fileno()` readable until `drain()`."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def wake(self) -> None:
        """Make the waiting thread return. Harmless when it was woken already, or closed."""
        try:
            self._far.send(b"\0")
        except OSError:
            # A full pair is a woken one; a closed one has nobody who waits.
            return

    def fileno(self) -> int:
        """What the waiting thread puts into its select."""
        return self._near.fileno()

    def drain(self) -> None:
        """Forget every `wake()` so far."""
        try:
            while self._near.recv(4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Give both sockets back."""
        self._near.close()
        self._far.close()
