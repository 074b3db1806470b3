"""Looks at mails for signs before anybody opens them, so that the list can warn."""

from collections.abc import Iterator, Sequence

from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import MessagesChanged
from acterm.mail.message import Level
from acterm.store import accounts, bodies, contacts, folders, messages
from acterm.store.connection import Connection
from acterm.store.db import Store

_WIDTH = 80
# Between two batches something more urgent may come in.
_TOGETHER = 10
_LOUD = (Level.VERIFY, Level.SUSPECT)


def judged(store: Store, wanted: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Look at mails whose text is here and keep how loud their loudest sign is, batch by batch.

    Yields those of each batch that the list warns of, which are mostly none.
    """
    db = store.reader()
    for start in range(0, len(wanted), _TOGETHER):
        levels = {one: _level(db, one) for one in wanted[start : start + _TOGETHER]}
        with store.write() as writing:
            messages.set_alarms(writing, levels)
        yield tuple(one for one, level in levels.items() if level in _LOUD)


def judge_opened(store: Store, tell: Tell, message_id: int) -> None:
    """Look at one whose text came because somebody opens it, when nobody has yet."""
    mail = messages.get(store.reader(), message_id)
    if mail is not None and mail.alarm is None:
        for ids in filter(None, judged(store, [message_id])):
            tell(MessagesChanged(mail.folder_id, ids))


def fill_of(db: Connection, message_id: int) -> int:
    """How full the mailbox of a mail is, in per cent; -1 when unknown."""
    row = messages.get(db, message_id)
    folder = folders.get(db, row.folder_id) if row else None
    quota = accounts.quota(db, folder.account_id) if folder else None
    return quota.percent if quota and quota.limit else -1


def _level(db: Connection, message_id: int) -> Level | None:
    from acterm.mail.parsing.mime import parse
    from acterm.mail.signs.suspicion import loudest, signs
    from acterm.mail.text.render import render

    body = bodies.get(db, message_id)
    if body is None:
        return None
    message = parse(body.source, skeleton=body.skeleton)
    found = signs(
        message,
        render(message, _WIDTH),
        known_addresses=lambda name: contacts.known(db, name),
        fill=fill_of(db, message_id),
    )
    return loudest(found)
