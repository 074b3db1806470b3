"""The attachments of a folder: gathered from the texts that are here, in any order one wants."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from acterm.mail.message import Attachment, Envelope
from acterm.mail.parsing.mime import parse
from acterm.store import attachments, bodies, messages
from acterm.store.db import Store
from acterm.viewers.described import file_words


class Order(StrEnum):
    """By what the attachments are sorted."""

    SIZE = "size"
    TYPE = "type"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Found:
    """One attachment and the mail it is in."""

    mail: Envelope
    item: Attachment


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some of them; of the mails `missing` the text is not here, `left` counts those to look at."""

    found: tuple[Found, ...]
    missing: tuple[int, ...]
    left: int


_TOGETHER = 20


def gathered(store: Store, folder_id: int, wanted: Callable[[], bool]) -> Iterator[Gathered]:
    """A few mails at a time, the newest first, as long as it is wanted; for a thread."""
    ids = attachments.with_attachments(store.reader(), folder_id)
    for start in range(0, len(ids), _TOGETHER):
        if not wanted():
            return
        some = in_mails(store, ids[start : start + _TOGETHER])
        yield replace(some, left=max(0, len(ids) - start - _TOGETHER))


def in_mails(store: Store, ids: Sequence[int]) -> Gathered:
    """Those of a few mails."""
    db = store.reader()
    found: list[Found] = []
    missing: list[int] = []
    for mail in messages.envelopes(db, ids):
        body = bodies.get(db, mail.id)
        if body is None:
            missing.append(mail.id)
            continue
        message = parse(body.source, skeleton=body.skeleton)
        found += [Found(mail, item) for item in message.attachments if not item.inline]
    return Gathered(tuple(found), tuple(missing), 0)


def in_order(found: Sequence[Found], order: Order) -> list[Found]:
    """The largest first, or by type and then size, or the newest first."""
    if order is Order.DATE:
        return sorted(found, key=lambda one: (-one.mail.date, one.item.number))
    if order is Order.TYPE:
        return sorted(
            found, key=lambda one: (file_words(one.item.name, one.item.type), -one.item.size)
        )
    return sorted(found, key=lambda one: -one.item.size)
