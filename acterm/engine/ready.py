"""Mails that are built already: the answer to an invitation, a receipt. They go as any other."""

import time

from acterm.engine import outbox
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.writing import SendingChanged, SendingState, SendSource
from acterm.engine.writing import Writing
from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail import compose
from acterm.mail.parsing.mime import parse
from acterm.store import accounts
from acterm.store.outbox import Outgoing


class Ready:
    """Puts them into the outbox."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self._desk = desk
        self._writing = writing

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {SendSource: self.send}

    async def send(self, command: SendSource) -> None:
        """Queue it. Raises Refused without the account, BadData without a recipient."""
        account = accounts.get(self._desk.store.reader(), command.account_id)
        if account is None:
            raise Refused(_("The account is gone."))
        sender, recipients = compose.envelope(command.source)
        now = time.time()
        mail = Outgoing(
            account_id=account.id,
            message_id=compose.message_id_of(command.source),
            sender=sender or account.address,
            recipients=recipients,
            source=command.source,
            subject=parse(command.source).subject,
            not_before=now + command.delay,
            queued_at=now,
        )
        row_id = outbox.queue(self._desk.store, mail, None, force=True)
        self._desk.tell(SendingChanged(row_id, SendingState.QUEUED))
        self._writing.changed()
