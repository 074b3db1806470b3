"""The mail with the link after a reset was asked for: candidates, in every box that can be read.

No source says who sends the genuine one, under which subject: acterm names candidates with where
their links really lead, and claims nothing more. Nothing is opened and nothing is fetched.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from acterm.academy import directory
from acterm.engine.desk import Desk, Handlers
from acterm.engine.messages.assistant import FindResetMails, ResetMail, ResetMails
from acterm.mail.fold import fold
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope, Link
from acterm.mail.web.links import host_of
from acterm.store import accounts, bodies, folders, messages
from acterm.store.connection import Connection

# A clock that runs ahead of the server's must not hide the mail.
_EARLIER = 300.0
# The newest of a folder: who takes a flow up again after weeks waits for a new mail, not for one
# of then, and each look reads them all.
_MOST = 40
_SHOWN = 8
_WIDTH = 100
_SPEAKS_OF = re.compile(
    r"mots? de passe|password|reinitialis|identifiant|numen|activation|votre compte|connexion"
)


class ResetLookout:
    """Looks into the store when it is asked to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {FindResetMails: self.find}

    async def find(self, command: FindResetMails) -> None:
        """Tell the candidates of the moment."""
        self._desk.tell(await self._desk.apart("look", partial(look, self._desk, command.since)))


def look(desk: Desk, since: float) -> ResetMails:
    """What came since then, newest first, and into which boxes one can look."""
    db = desk.store.reader()
    known = [one for one in accounts.all_accounts(db) if accounts.refusal(db, one.id) is None]
    found = []
    for account in known:
        for folder in _places(db, account.id):
            for mail in messages.first_page(db, folder.id, _MOST):
                if mail.date < since - _EARLIER:
                    break
                candidate = _candidate(db, mail, account.address, folder)
                found += [(mail.date, candidate)] if candidate else []
    found.sort(key=lambda pair: pair[0], reverse=True)
    return ResetMails(
        tuple(candidate for _date, candidate in found[:_SHOWN]),
        tuple(account.address for account in known),
    )


def _places(db: Connection, account_id: int) -> Iterator[Folder]:
    """Where such a mail arrives; junk too, where it often ends."""
    for role in (Role.INBOX, Role.JUNK):
        folder = folders.with_role(db, account_id, role)
        if folder is not None:
            yield folder


def _candidate(db: Connection, mail: Envelope, address: str, folder: Folder) -> ResetMail | None:
    """The mail, when it speaks of a password or comes from the Éducation nationale."""
    body = bodies.get(db, mail.id)
    text, links = _read(body) if body else ("", ())
    from_official = directory.is_official_host(mail.sender.address.rpartition("@")[2])
    speaks = _SPEAKS_OF.search(fold(f"{mail.subject}\n{text}"))
    if not (speaks or (from_official and links)):
        return None
    telling = most_telling(links)
    return ResetMail(
        message_id=mail.id,
        account=address,
        sender=mail.sender.address,
        subject=mail.subject,
        host=_host(telling) if telling else "",
        url=telling.url if telling else "",
        official=telling is not None and is_official(telling),
        junk=folder.role is Role.JUNK,
        read=body is not None,
    )


def most_telling(links: Iterable[Link]) -> Link | None:
    """The link by which a mail is judged: the first that leads elsewhere, else the first."""
    real = [link for link in links if link.host]
    return next((link for link in real if not is_official(link)), next(iter(real), None))


def is_official(link: Link) -> bool:
    """Whether it leads to an official host, without a redirector and in TLS."""
    return link.url.lower().startswith("https://") and directory.is_official_page(link.url)


def _host(link: Link) -> str:
    """The host to which a browser goes: for it a backslash ends the host as a slash does."""
    return host_of(link.url.replace("\\", "/")) or link.host


def _read(body: bodies.Body) -> tuple[str, tuple[Link, ...]]:
    from acterm.mail.parsing.mime import parse
    from acterm.mail.text.render import render

    rendered = render(parse(body.source, skeleton=body.skeleton), _WIDTH)
    return "\n".join(line.text for line in rendered.lines), rendered.links
