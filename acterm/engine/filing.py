"""What follows a sending on the IMAP side: the copy in Sent, and the server's copy of drafts."""

from dataclasses import replace
from datetime import datetime

from acterm.engine import actions, loose_files, outbox, shared
from acterm.engine.messages.base import Failed, Tell
from acterm.engine.messages.writing import OutboxChanged, SendingChanged, SendingState
from acterm.errors import BadData, NoInput, Refused
from acterm.i18n import _
from acterm.mail import compose
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Flag
from acterm.mail.parsing.header import format_address
from acterm.net.imap import Imap
from acterm.store import drafts, folders, settings
from acterm.store import outbox as rows
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.outbox import Outgoing

_MARK = "mark of server drafts"


def file_sent(imap: Imap, store: Store, account: Account, tell: Tell, refused: set[int]) -> bool:
    """Put what was sent into Sent, unless it is there; settle what was unsure and is there.

    To be called under the account's lock. The drafts of sent mails go, with the server's copies.
    `refused` are rows whose copy the server did not take in this session; the mail is sent all
    the same. Whether anything changed.
    """
    if not folders.of_account(store.reader(), account.id):
        return False  # the folders were never listed: nobody knows where Sent is
    sent = folders.with_role(store.reader(), account.id, Role.SENT)
    unfiled = [one for one in rows.unfiled(store.reader(), account.id) if one.id not in refused]
    for mail in unfiled:
        try:
            if sent is not None:
                _copy(imap, sent, mail)
        except Refused as problem:
            refused.add(mail.id)
            title = _("The mail was sent, but its copy is not in Sent: {reason}")
            tell(Failed(title.format(reason=problem.title), problem.advice))
            continue
        _filed(store, account, mail)
    found = _unsure_but_sent(imap, store, account, sent) if sent is not None else []
    for mail in found:
        outbox.settle(store, mail, SendingState.SENT)
        _filed(store, account, mail)
        tell(SendingChanged(mail.id, SendingState.SENT))
        tell(OutboxChanged(rows.waiting(store.reader())))
    return bool(unfiled or found)


def _unsure_but_sent(imap: Imap, store: Store, account: Account, sent: Folder) -> list[Outgoing]:
    unsure = [
        mail
        for mail in rows.unsettled(store.reader(), account.id)
        if mail.state == SendingState.UNSURE
    ]
    if unsure:
        imap.open(sent.path)
    return [mail for mail in unsure if imap.find_message_id(mail.message_id)]


def _filed(store: Store, account: Account, mail: Outgoing) -> None:
    draft = drafts.get(store.reader(), mail.draft_id)
    with store.write(durable=True) as db:
        rows.set_filed(db, mail.id)
        drop_draft(db, account.id, mail.draft_id)
    loose_files.forget(store, draft)


def drop_draft(db: Connection, account_id: int, draft_id: int) -> None:
    """Forget a draft for good; the server's copy goes when it is next told something."""
    if draft_id:
        forget_copy(db, account_id, draft_id)
        drafts.remove(db, draft_id)


def forget_copy(db: Connection, account_id: int, draft_id: int) -> None:
    """The server's copy of a draft is to go."""
    folder_id, uid = drafts.server_copy(db, draft_id)
    if uid:
        actions.note_removal(db, account_id, folder_id, uid)
        drafts.set_server_copy(db, draft_id, 0, 0)


def keep_server_draft(imap: Imap, store: Store, account: Account, draft_id: int) -> None:
    """Replace the draft's one copy in the server's Drafts; nothing once it was put aside.

    Its Message-ID stays the same, so that a copy is found whatever was cut before.
    """
    draft = shared.to_keep(store.reader(), draft_id)
    target = folders.with_role(store.reader(), account.id, Role.DRAFTS)
    if draft is None or target is None:
        return
    message_id = _message_id(store, account, draft_id)
    source = _buildable(store, account, draft, message_id)
    imap.open(target.path)
    before = set(imap.find_message_id(message_id))
    uid = imap.append(target.path, source, Flag.DRAFT | Flag.SEEN)
    if not uid:
        imap.noop()
        uid = max(set(imap.find_message_id(message_id)) - before, default=0)
    imap.expunge(before)
    with store.write(durable=True) as db:
        drafts.set_server_copy(db, draft_id, target.id, uid)
        shared.note_kept(db, draft)
        if shared.to_keep(db, draft_id) is None:
            forget_copy(db, account.id, draft_id)


def _copy(imap: Imap, sent: Folder, mail: Outgoing) -> None:
    imap.open(sent.path)
    if not imap.find_message_id(mail.message_id):
        imap.append(sent.path, mail.source, Flag.SEEN, mail.queued_at)


def _message_id(store: Store, account: Account, draft_id: int) -> str:
    """One Message-ID a draft, which no other machine makes."""
    mark = settings.get(store.reader(), _MARK, "")
    if not mark:
        mark = compose.new_message_id(account).partition("@")[0]
        with store.write() as db:
            mark = settings.get(db, _MARK, "") or mark
            settings.put(db, _MARK, mark)
    return f"draft-{draft_id}.{mark}@{account.address.rpartition('@')[2]}"


def _buildable(store: Store, account: Account, draft: Draft, message_id: str) -> bytes:
    """The draft as far as it can be built yet: half an address or a lost file is left out."""
    people = compose.recipients(draft)
    if people.unreadable:
        fields = [", ".join(map(format_address, field)) for field in (people.to, people.cc)]
        draft = replace(draft, to=fields[0], cc=fields[1], bcc="")
    if compose.recipients(draft).unreadable:
        draft = replace(draft, to="", cc="", bcc="")
    now = datetime.now().astimezone()
    for attempt in (draft, replace(draft, attachments=())):
        try:
            return compose.build(
                attempt,
                account,
                message_id=message_id,
                now=now,
                original=outbox.original(store.reader(), attempt),
            )
        except (BadData, NoInput) as problem:
            last = problem
    raise Refused(last.title, last.advice)
