"""What every command of the engine works with."""

import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from acterm.engine import threads
from acterm.engine.mailbox import Mailbox
from acterm.engine.messages.base import Command, Tell
from acterm.engine.signin import Keys
from acterm.store.db import Store

T = TypeVar("T")

Handlers = dict[type[Command], Callable[[Any], Awaitable[None] | None]]
"""What is done on which command."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, the secrets, who is told, and the accounts' threads by account."""

    store: Store
    keys: Keys
    tell: Tell
    mailboxes: dict[int, Mailbox] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def wake(self, account_id: int) -> None:
        """There is something for the account's server."""
        mailbox = self.mailboxes.get(account_id)
        if mailbox is not None:
            mailbox.wake()

    async def apart(self, name: str, function: Callable[[], T]) -> T:
        """What `function` returns; it may block, in a thread of its own."""
        return await threads.apart(name, function, self.tell, self.stopping)
