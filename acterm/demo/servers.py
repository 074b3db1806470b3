"""The embedded IMAP and SMTP servers: on loopback, on free ports, in a thread of their own."""

import asyncio
import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from acterm.demo.mailbox import Mailbox
from acterm.mail.account import Account
from acterm.server import Security, Server

if TYPE_CHECKING:
    from acterm.demo.sample import Sample

ADDRESS = "camille.lefevre@ac-amiens.fr"
NAME = "Camille Lefèvre"
LOGIN = "clefevre"
PIN = "demo"  # opens the locked screen: nobody typed a password


class Servers:
    """Both servers and what they hold.

    Their ports take connections from the start; they answer once `start` was called, so that
    making the sample costs no one's first paint. `arrivals`: some mail comes in while one looks.
    """

    def __init__(self, clock: Callable[[], float] = time.time, *, arrivals: bool = True) -> None:
        self.mailbox = Mailbox(ADDRESS, LOGIN, secrets.token_urlsafe(12))
        self._clock, self._arrivals = clock, arrivals
        self._imap, self._smtp = _listener(), _listener()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="demo-servers", daemon=True)

    @property
    def account(self) -> Account:
        """The account that signs in here."""
        return Account(
            address=ADDRESS,
            name=NAME,
            login=LOGIN,
            imap=Server("127.0.0.1", self._imap.getsockname()[1], Security.PLAIN),
            smtp=Server("127.0.0.1", self._smtp.getsockname()[1], Security.PLAIN),
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Cut every connection and end."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended by itself
                self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join(1)
        for listener in (self._imap, self._smtp):
            listener.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        from acterm.demo import imap_folders, imap_mails
        from acterm.demo.imap_session import Session
        from acterm.demo.imap_wire import LINE_LIMIT
        from acterm.demo.sample import Sample, fill
        from acterm.demo.smtp_handler import protocol

        self._loop = asyncio.get_running_loop()
        sample = Sample(datetime.fromtimestamp(self._clock()).astimezone())
        fill(self.mailbox, sample)
        handlers = {**imap_folders.HANDLERS, **imap_mails.HANDLERS}

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(asyncio.CancelledError):  # the demo is over
                await Session(self.mailbox, handlers, reader, writer).run()

        imap = await asyncio.start_server(talk, sock=self._imap, limit=LINE_LIMIT)
        smtp = await self._loop.create_server(lambda: protocol(self.mailbox), sock=self._smtp)
        delivering = asyncio.create_task(self._deliver(sample))
        await self._over.wait()
        delivering.cancel()
        imap.close()
        smtp.close()

    async def _deliver(self, sample: "Sample") -> None:
        """Bring the mails that come while one looks; they answer those of the same sample."""
        began = time.monotonic()
        for entry in sample.arrivals() if self._arrivals else ():
            await asyncio.sleep(entry.after - (time.monotonic() - began))
            mail = sample.made(entry)
            self.mailbox.folders[mail.folder].append(mail.source, mail.flags, mail.received)


def _listener() -> socket.socket:
    """A socket that already takes connections on a free loopback port.

    asyncio switches Nagle's algorithm off only for sockets that name TCP.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener
