"""One client's IMAP connection: signing in, the open folder, and telling what changes in it."""

import asyncio
import base64
import contextlib
from collections.abc import Callable

from acterm.demo.imap_wire import Bad, No, Token, group, read_command, text
from acterm.demo.mailbox import Folder, Mailbox, StoredMail

CAPABILITIES = (
    b"IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN ID ENABLE NAMESPACE IDLE UIDPLUS MOVE UNSELECT"
    b" SPECIAL-USE LIST-EXTENDED LIST-STATUS CHILDREN QUOTA"
)
_WITHOUT_SIGN_IN = ("CAPABILITY", "NOOP", "LOGOUT", "LOGIN", "AUTHENTICATE", "ID")
_KEEP_NUMBERS = ("FETCH", "STORE", "SEARCH")  # no EXPUNGE while these run (RFC 9051 §7.5.1)

Handler = Callable[["Session", list[Token]], str]
"""Does a command and returns the words of its OK."""


class Session:
    """One connection. `view` holds the UIDs of the open folder in sequence order, as told."""

    def __init__(
        self,
        mailbox: Mailbox,
        handlers: dict[str, Handler],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.mailbox = mailbox
        self.opened: Folder | None = None
        self.read_only = False
        self.view: list[int] = []
        self.told: dict[int, frozenset[str]] = {}
        self._handlers = handlers
        self._reader, self._writer = reader, writer
        self._signed_in = False
        self._changed = asyncio.Event()

    def say(self, line: bytes) -> None:
        """An untagged line."""
        self._writer.write(b"* " + line + b"\r\n")

    async def run(self) -> None:
        """Hold the conversation until the client leaves."""
        self.say(b"OK [CAPABILITY " + CAPABILITIES + b"] acterm demo")
        with contextlib.suppress(OSError, EOFError, asyncio.IncompleteReadError, ValueError):
            while await self._command(await read_command(self._reader, self._writer)):
                await self._writer.drain()
        self.leave()
        self._writer.close()

    async def _command(self, tokens: list[Token]) -> bool:
        """Answer one command; False after LOGOUT."""
        tag, name = text(tokens[0]), text(tokens[1]).upper() if len(tokens) > 1 else ""
        try:
            status, words = "OK", await self._do(name, tokens[2:])
        except No as refusal:
            status, words = "NO", str(refusal)
        except (Bad, IndexError, KeyError) as problem:
            status, words = "BAD", str(problem)
        self.announce(expunged=name not in _KEEP_NUMBERS)
        self._writer.write(f"{tag} {status} {words}\r\n".encode())
        return name != "LOGOUT"

    async def _do(self, name: str, arguments: list[Token]) -> str:
        if not self._signed_in and name not in _WITHOUT_SIGN_IN:
            raise Bad("sign in first")
        if name == "CAPABILITY":
            self.say(b"CAPABILITY " + CAPABILITIES)
        elif name == "LOGIN":
            return self._sign_in(text(arguments[0]), text(arguments[1]))
        elif name == "AUTHENTICATE":
            return await self._authenticate(arguments)
        elif name == "IDLE":
            await self._idle()
        elif name == "LOGOUT":
            self.say(b"BYE see you")
        elif name in ("NOOP", "CHECK"):
            pass
        elif name in self._handlers:
            return self._handlers[name](self, arguments)
        else:
            raise Bad(f"unknown command: {name}")
        return "done"

    async def _authenticate(self, arguments: list[Token]) -> str:
        if text(arguments[0]).upper() != "PLAIN":
            raise No("only PLAIN")
        if len(arguments) < 2:
            self._writer.write(b"+ \r\n")
            arguments.append(await self._reader.readline())
        _role, login, password = base64.b64decode(text(arguments[1])).split(b"\0")
        return self._sign_in(login.decode(), password.decode())

    def _sign_in(self, login: str, password: str) -> str:
        if (login, password) != (self.mailbox.login, self.mailbox.password):
            raise No("[AUTHENTICATIONFAILED] Authentication failed.")
        self._signed_in = True
        return "[CAPABILITY " + CAPABILITIES.decode() + "] welcome"

    async def _idle(self) -> None:
        """Tell every change as it happens, until DONE (RFC 2177)."""
        self._writer.write(b"+ idling\r\n")
        done = asyncio.ensure_future(self._reader.readline())
        try:
            while not done.done():
                self._changed.clear()
                self.announce()
                await self._writer.drain()
                changed = asyncio.ensure_future(self._changed.wait())
                await asyncio.wait((done, changed), return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
        finally:
            done.cancel()
        if done.result().strip().upper() != b"DONE":
            raise Bad("DONE was expected")

    def open(self, folder: Folder, *, read_only: bool) -> None:
        """Open a folder; what stands in it now is known to the client."""
        self.leave()
        self.opened, self.read_only = folder, read_only
        self.view = list(folder.mails)
        self.told = {uid: mail.flags for uid, mail in folder.mails.items()}
        folder.watchers.append(self._changed)

    def leave(self) -> None:
        """Open nothing any more."""
        if self.opened:
            self.opened.watchers.remove(self._changed)
        self.opened, self.view, self.told = None, [], {}

    def announce(self, *, expunged: bool = True) -> None:
        """Tell what changed in the open folder since it was last told."""
        if not self.opened:
            return
        mails = self.opened.mails
        if expunged:
            for number in range(len(self.view), 0, -1):
                if self.view[number - 1] not in mails:
                    self.told.pop(self.view.pop(number - 1), None)
                    self.say(b"%d EXPUNGE" % number)
        if new := [uid for uid in mails if uid not in self.told]:
            self.view += new
            self.told |= {uid: mails[uid].flags for uid in new}
            self.say(b"%d EXISTS" % len(self.view))
        for number, uid in enumerate(self.view, 1):
            if uid in mails and mails[uid].flags != self.told[uid]:
                self.tell_flags(number, mails[uid])

    def tell_flags(self, number: int, mail: StoredMail) -> None:
        """Tell the flags of one mail."""
        flags = self.told[mail.uid] = mail.flags
        listed = group(flag.encode() for flag in sorted(flags))
        self.say(b"%d FETCH (UID %d FLAGS %s)" % (number, mail.uid, listed))
