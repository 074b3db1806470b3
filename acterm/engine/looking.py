"""What the assistant looks at in the mails that are here: strange sent ones, signs, a choice."""

import time
from functools import partial
from pathlib import Path

from acterm.engine.desk import Desk, Handlers
from acterm.engine.judging import fill_of
from acterm.engine.messages.assistant import (
    ListRecent,
    LookAtSent,
    LookForSigns,
    RecentMails,
    SaveText,
    SentSeen,
    SignsFound,
    TextSaved,
)
from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail.folder import Role
from acterm.mail.signs import sent_signs
from acterm.mail.signs.sent_signs import SentMail
from acterm.store import bodies, contacts, folders, messages
from acterm.store.bodies import Body
from acterm.viewers import saving

_DAY = 86_400
_MOST_SENT = 2000
_CHOICE = 30
_WIDTH = 100
_MOST_LINKS = 8
# What a desktop calls the folder of one's papers; the home folder without one.
_PAPERS = ("Documents", "Mes documents")


class Looking:
    """Reads the store; what takes long goes to threads of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            LookAtSent: self.look_at_sent,
            ListRecent: self.list_recent,
            LookForSigns: self.look_for_signs,
            SaveText: self.save_text,
        }

    async def look_at_sent(self, command: LookAtSent) -> None:
        """From the headers that are here; nothing is fetched."""
        self._desk.tell(await self._desk.apart("look", partial(_sent, self._desk, command)))

    def list_recent(self, command: ListRecent) -> None:
        """The newest of the inbox, as a list shows them."""
        db = self._desk.store.reader()
        inbox = folders.with_role(db, command.account_id, Role.INBOX)
        found = messages.first_page(db, inbox.id, _CHOICE) if inbox else []
        self._desk.tell(RecentMails(command.account_id, tuple(found)))

    async def look_for_signs(self, command: LookForSigns) -> None:
        """Offline, like the reader does."""
        self._desk.tell(await self._desk.apart("look", partial(_signs, self._desk, command)))

    async def save_text(self, command: SaveText) -> None:
        """For its owner alone, under a free name."""
        self._desk.tell(await self._desk.apart("save", partial(_saved, self._desk, command)))


def papers_folder() -> Path:
    """Where a person looks for papers of their own."""
    home = Path.home()
    return next((home / name for name in _PAPERS if (home / name).is_dir()), home)


def _saved(desk: Desk, command: SaveText) -> TextSaved:
    data = command.text.encode()
    if command.message_id:
        data = _body(desk, command.message_id).source
    return TextSaved(str(saving.save(data, papers_folder(), command.name)), len(data))


def _body(desk: Desk, message_id: int) -> Body:
    body = bodies.get(desk.store.reader(), message_id)
    if body is None:
        raise Refused(_("The text of this mail is not here yet."), _("Open it once."))
    return body


def _sent(desk: Desk, command: LookAtSent) -> SentSeen:
    db = desk.store.reader()
    folder = folders.with_role(db, command.account_id, Role.SENT)
    since = time.time() - command.days * _DAY
    found = []
    for row in messages.first_page(db, folder.id, _MOST_SENT) if folder else ():
        if row.date < since:
            break
        header = messages.headers_of(db, row.id)
        people = len(header.to) + len(header.cc) if header else 0
        found.append(SentMail(row.id, row.date, people, row.subject))
    return SentSeen(command.account_id, sent_signs.signs(found))


def _signs(desk: Desk, command: LookForSigns) -> SignsFound:
    from acterm.mail.parsing.mime import parse
    from acterm.mail.signs.suspicion import signs
    from acterm.mail.text.render import render

    db = desk.store.reader()
    source, skeleton, fill = command.source, False, -1
    if command.message_id:
        body = _body(desk, command.message_id)
        source, skeleton = body.source, body.skeleton
        fill = fill_of(db, command.message_id)
    message = parse(source, skeleton=skeleton)
    rendered = render(message, _WIDTH)
    hosts = dict.fromkeys(link.host for link in rendered.links if link.host)
    return SignsFound(
        command.message_id,
        message.subject,
        ", ".join(sender.address for sender in message.sender[:3]),
        signs(
            message,
            rendered,
            known_addresses=lambda name: contacts.known(db, name),
            fill=fill,
        ),
        tuple(hosts)[:_MOST_LINKS],
    )
