"""A program that dies by kill -9 at its n-th step: `python -m tests.engine.dying WHAT N ACCOUNT`.

A step is a commit on the disk, or a command to a server: the program dies right before and right
after each. When it has fewer steps than N, it ends well, with 0.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from acterm.engine import actions, filing, outbox, replay
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import Move, SetFlag
from acterm.engine.messages.writing import Send
from acterm.engine.signin import Keys, connect
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.net import smtp
from acterm.net.imap.link import Link
from acterm.secret import Secret
from acterm.store import accounts, drafts, folders, messages
from acterm.store.connection import Connection
from acterm.store.db import Store, open_store
from acterm.vault import Vault


class Steps:
    """Counts down to the kill."""

    def __init__(self, left: int) -> None:
        self._left = left

    def step(self) -> None:
        """One more; the last one ends the process as the system does when memory is short."""
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, counts: Callable[..., bool]) -> None:
        """Die right before or right after calls of a method."""
        real = getattr(owner, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            if not counts(*arguments):
                return real(*arguments, **options)
            self.step()
            answer = real(*arguments, **options)
            self.step()
            return answer

        setattr(owner, name, wrapped)

    def around_awaited(self, owner: Any, name: str) -> None:
        """The same for a coroutine."""
        real = getattr(owner, name)

        async def wrapped(*arguments: Any, **options: Any) -> Any:
            self.step()
            answer = await real(*arguments, **options)
            self.step()
            return answer

        setattr(owner, name, wrapped)


def main() -> None:
    """Do `what`, die at step n."""
    what, steps, account_id, password = sys.argv[1], int(sys.argv[2]), *sys.argv[3:5]
    store = open_store()
    account = accounts.get(store.reader(), int(account_id))
    assert account is not None
    vault = Vault(session_only=True)
    vault.remember(account, Secret(password))
    dying = Steps(steps)
    dying.around(Connection, "execute", lambda _db, sql, *_rest: sql == "COMMIT")
    dying.around(Link, "send", lambda _link, *pieces: pieces[0] not in (b"LOGOUT",))
    dying.around(Link, "answer", lambda *_: True)
    dying.around_awaited(smtp, "_accepted")
    dying.around_awaited(smtp, "_hand_over")
    {"act": _act, "send": _send}[what](store, Keys(vault), account)


def _act(store: Store, keys: Keys, account: Any) -> None:
    """Archive the first mail, star the second, without a link; then connect and tell."""
    inbox = folders.with_role(store.reader(), account.id, Role.INBOX)
    assert inbox is not None
    rows = {row.subject: row.id for row in messages.first_page(store.reader(), inbox.id)}
    actions.move(store, Move((rows["à classer"],), to=Role.ARCHIVE))
    actions.set_flag(store, SetFlag((rows["à garder"],), Flag.FLAGGED, True))
    imap = connect(store, keys, account)
    replay.replay(imap, store, account, _nobody)


def _send(store: Store, keys: Keys, account: Any) -> None:
    """Write, send and file a mail."""
    draft = Draft(account.id, to="chloe.gerard@ac-amiens.fr", subject="une fois", body="Oui.")
    with store.write(durable=True) as db:
        draft_id = drafts.keep(db, draft)
    kept = drafts.get(store.reader(), draft_id)
    assert kept is not None
    command = Send(kept, delay=0)
    mail = outbox.freeze(store, account, kept, kept.updated, delay=command.delay)
    outbox.queue(store, mail, None, force=False)
    asyncio.run(outbox.deliver(store, keys, account, _nobody))
    imap = connect(store, keys, account)
    filing.file_sent(imap, store, account, _nobody, set())
    replay.replay(imap, store, account, _nobody)


def _nobody(_event: Event) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    main()
    print(json.dumps({"home": str(Path(os.environ["ACTERM_HOME"]))}))
