"""The store comes in step with a real Dovecot, whatever the server knows and whoever was cut."""

import re
import threading
from collections.abc import Iterator

import pytest

from acterm.engine import once, sync
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import MessagesChanged, NewMail, Progress
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.store import accounts, folders, messages
from acterm.store.db import Store, open_store
from acterm.vault import Vault
from tests.conftest import Mailbox
from tests.engine.conftest import Server, mail
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.liar import Liar
from tests.servers.liar import imap as liar_imap


class Visit:
    """One connection and one store, synced by hand, with every event."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        with store.write() as db:
            self.account = accounts.keep(db, account)
        self.events: list[Event] = []
        self.steps_left = -1
        self.connect()

    def connect(self) -> None:
        """A new connection."""
        self.imap = Imap.connect(self.account.imap, ca_file=self.account.ca_file)
        self.imap.sign_in(self.account.login, Secret(PASSWORD))
        self.link = sync.Link(self.imap, self.store, self.account, self.events.append, self._go_on)

    def without(self, *capabilities: str) -> None:
        """As if the server did not offer these."""
        self.imap._link.capabilities = self.imap.capabilities - set(capabilities)
        if "QRESYNC" in capabilities:
            self.imap._qresync = False

    def stale(self) -> list[Folder]:
        """The folders that LIST-STATUS finds changed."""
        return sync.stale(self.link, sync.list_folders(self.link))

    def sync(self) -> None:
        """Everything once."""
        for folder in self.stale():
            sync.sync_folder(self.link, folder)

    @property
    def inbox(self) -> Folder:
        """The inbox as the store has it."""
        found = folders.with_role(self.store.reader(), self.account.id, Role.INBOX)
        assert found is not None
        return found

    def subjects(self) -> list[str]:
        """What the inbox shows."""
        page = messages.first_page(self.store.reader(), self.inbox.id)
        return [row.subject for row in page]

    def flags(self) -> dict[str, Flag]:
        """The flags by subject."""
        page = messages.first_page(self.store.reader(), self.inbox.id)
        return {row.subject: row.flags for row in page}

    def _go_on(self) -> None:
        self.steps_left -= 1
        if not self.steps_left:
            raise CutError


class CutError(Exception):
    """The work is given up in the middle, as by a kill."""


@pytest.fixture
def visit(mailbox: Mailbox, server: Server) -> Iterator[Visit]:
    """A connection to the mailbox and an empty store."""
    store = open_store()
    found = Visit(store, mailbox.account)
    yield found
    found.imap.close()
    store.close()


EXTENSIONS = [
    pytest.param((), id="all extensions"),
    pytest.param(("QRESYNC",), id="without QRESYNC"),
    pytest.param(("QRESYNC", "CONDSTORE"), id="without CONDSTORE"),
    pytest.param(("QRESYNC", "CONDSTORE", "LIST-STATUS", "ESEARCH"), id="hardly any"),
]


@pytest.mark.parametrize("missing", EXTENSIONS)
def test_what_happened_meanwhile_is_taken_over(
    visit: Visit, server: Server, missing: tuple[str, ...]
) -> None:
    server.put("un", "deux", "trois", "quatre")
    visit.without(*missing)
    visit.sync()
    assert visit.subjects() == ["quatre", "trois", "deux", "un"]
    server.set_flags(1, "\\Flagged")
    server.set_flags(2, "\\Seen")
    server.delete(3)
    server.put("cinq")
    visit.sync()
    assert visit.subjects() == ["cinq", "quatre", "deux", "un"]
    assert visit.flags()["un"] == Flag.FLAGGED
    assert visit.flags()["deux"] == Flag.SEEN
    assert (visit.inbox.messages, visit.inbox.unread) == (4, 3)


@pytest.mark.parametrize("missing", EXTENSIONS)
def test_a_store_that_was_made_anew_fills_again(
    visit: Visit, server: Server, missing: tuple[str, ...]
) -> None:
    server.put("un", "deux")
    visit.sync()
    visit.store.close()
    visit.store = open_store(visit.store.path, rebuild=True)
    visit.imap.close()
    visit.connect()
    visit.without(*missing)
    visit.sync()
    assert visit.subjects() == ["deux", "un"]


def test_mail_that_comes_later_is_new_mail_only_when_nobody_read_it(
    visit: Visit, server: Server
) -> None:
    server.put("ancien")
    visit.sync()
    assert not [event for event in visit.events if isinstance(event, NewMail)]
    server.put("à lire")
    server.put("lu ailleurs", flags="\\Seen")
    server.put("copie", folder="Sent")
    visit.sync()
    (event,) = (event for event in visit.events if isinstance(event, NewMail))
    (new,) = messages.envelopes(visit.store.reader(), event.ids)
    assert new.subject == "à lire"


def test_nothing_new_opens_no_folder(visit: Visit, server: Server) -> None:
    server.put("un")
    server.put("deux", folder="Archive")
    visit.sync()
    assert visit.stale() == []


def test_a_change_opens_its_folder_only(visit: Visit, server: Server) -> None:
    server.put("un")
    server.put("deux", folder="Archive")
    visit.sync()
    server.set_flags(1, "\\Flagged", folder="Archive")
    assert [folder.role for folder in visit.stale()] == [Role.ARCHIVE]


def test_the_newest_page_is_there_before_the_rest(
    visit: Visit, dovecot: Dovecot, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 3)
    monkeypatch.setattr(sync, "_RANGE", 2)
    server.put(*(f"n{number}" for number in range(10)))
    visit.sync()
    kinds = [type(event) for event in visit.events]
    assert kinds.index(MessagesChanged) < kinds.index(Progress)
    progress = [event for event in visit.events if isinstance(event, Progress)]
    assert [(event.done, event.total) for event in progress if event.total == 10] == [
        (5, 10), (7, 10), (9, 10), (10, 10), (10, 10),
    ]  # fmt: skip
    assert visit.subjects() == [f"n{number}" for number in range(9, -1, -1)]


def test_what_was_cut_goes_on_where_it_was(
    visit: Visit, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 3)
    monkeypatch.setattr(sync, "_RANGE", 2)
    server.put(*(f"n{number}" for number in range(10)))
    visit.steps_left = 2
    with pytest.raises(CutError):
        visit.sync()
    assert visit.subjects() == [f"n{number}" for number in range(9, 2, -1)]
    server.put("n10")
    visit.connect()
    fetched: list[bytes] = []
    send = visit.imap._link.send
    visit.imap._link.send = lambda *pieces: fetched.append(b" ".join(pieces)) or send(*pieces)  # type: ignore[method-assign,func-returns-value]
    visit.sync()
    assert visit.subjects() == [f"n{number}" for number in range(10, -1, -1)]
    asked = [line for line in fetched if b"HEADER.FIELDS" in line]
    first = [re.search(rb"UID FETCH (\S+)", line) for line in asked]
    assert [found[1] for found in first if found] == [b"11:4294967295", b"2:3", b"1:1"]


def test_an_interrupted_page_leaves_the_link_usable_for_another_folder(
    visit: Visit, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 1)
    monkeypatch.setattr(sync, "_RANGE", 1)
    server.put("a", "b", "c", "d")
    server.put("autre", folder="Archive")
    visit.steps_left = 1
    with pytest.raises(CutError):
        visit.sync()
    archive = folders.with_role(visit.store.reader(), visit.account.id, Role.ARCHIVE)
    assert archive is not None
    sync.sync_folder(visit.link, archive)
    (row,) = messages.first_page(visit.store.reader(), archive.id)
    assert row.subject == "autre"
    visit.sync()
    assert visit.subjects() == ["d", "c", "b", "a"]


def test_a_folder_numbered_anew_is_fetched_anew(
    visit: Visit, server: Server, dovecot: Dovecot
) -> None:
    server.put("ancien un", "ancien deux")
    visit.sync()
    server.imap.select("INBOX")
    login = visit.account.login
    dovecot.doveadm("mailbox", "update", "-u", login, "--uid-validity", "1999999999", "INBOX")
    visit.connect()
    visit.sync()
    assert sorted(visit.subjects()) == ["ancien deux", "ancien un"]
    assert folders.sync_state(visit.store.reader(), visit.inbox.id).uidvalidity == 1999999999
    assert (visit.inbox.messages, visit.inbox.unread) == (2, 2)


def test_mails_without_anything_are_listed(visit: Visit, server: Server) -> None:
    server.put_source(b"\r\njuste du texte\r\n")
    server.put_source(mail("sans identifiant", message_id="-"))
    visit.sync()
    assert sorted(visit.subjects()) == ["", "sans identifiant"]


def test_an_empty_mailbox_is_in_step(visit: Visit) -> None:
    visit.sync()
    assert visit.subjects() == []
    assert visit.stale() == []


def test_folders_that_vanish_go_with_their_mail(visit: Visit, server: Server) -> None:
    server.imap.create("Voyage")
    server.put("valise", folder="Voyage")
    visit.sync()
    (folder,) = (
        one
        for one in folders.of_account(visit.store.reader(), visit.account.id)
        if one.name == "Voyage"
    )
    assert len(messages.first_page(visit.store.reader(), folder.id)) == 1
    server.imap.delete("Voyage")
    visit.sync()
    assert folders.get(visit.store.reader(), folder.id) is None
    assert messages.first_page(visit.store.reader(), folder.id) == []


def test_readers_see_whole_pages_while_mail_comes(
    visit: Visit, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_PAGE", 2)
    monkeypatch.setattr(sync, "_RANGE", 3)
    server.put(*(f"n{number}" for number in range(20)))
    seen: list[list[str]] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            found = folders.with_role(visit.store.reader(), visit.account.id, Role.INBOX)
            if found:
                page = messages.first_page(visit.store.reader(), found.id)
                seen.append([row.subject for row in page])

    reader = threading.Thread(target=read)
    reader.start()
    visit.sync()
    over.set()
    reader.join()
    newest_first = [f"n{number}" for number in range(19, -1, -1)]
    assert all(page == newest_first[: len(page)] for page in seen)


def test_a_server_without_uidvalidity_is_read_all_the_same() -> None:
    row = (
        b'* 1 FETCH (UID 7 FLAGS () INTERNALDATE "23-Nov-2026 09:15:00 +0100" RFC822.SIZE 30'
        b" BODY[HEADER.FIELDS (SUBJECT)] {15}\r\nSubject: un\r\n\r\n)\r\n%t OK done\r\n"
    )
    script = liar_imap(
        {
            "LIST": b'* LIST () "/" INBOX\r\n%t OK done\r\n',
            "SELECT": b"* 1 EXISTS\r\n%t OK done\r\n",
            "FETCH": row,
            "UID FETCH": row,
        }
    )
    store = open_store()
    with Liar(script) as liar:
        account = Account("a@college.example", "a", liar.server, liar.server)
        visit = Visit(store, account)
        visit.sync()
        visit.sync()
        assert visit.subjects() == ["un"]
        visit.imap.close()
    store.close()


def test_when_nothing_is_new_no_folder_is_opened_and_nothing_is_written(
    server: Server, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put("un", "deux")
    store = open_store()
    with store.write() as db:
        account = accounts.keep(db, mailbox.account)
    vault = Vault(session_only=True)
    vault.remember(account, Secret(PASSWORD))
    came = once.sync_account(store, vault, account, with_bodies=True, retry=False)
    assert [folder.new for folder in came.folders if folder.folder.role == Role.INBOX] == [2]
    assert accounts.quota(store.reader(), account.id).used > 0
    before = store.generation()

    def opened(_imap: Imap, path: str, *_rest: object) -> None:
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr(Imap, "open", opened)
    monkeypatch.setattr(Imap, "quota", lambda _imap: opened(_imap, "quota"))
    again = once.sync_account(store, vault, account, with_bodies=True, retry=False)
    assert again.error == ""
    assert [
        folder.folder.messages for folder in again.folders if folder.folder.role == Role.INBOX
    ] == [2]
    assert store.generation() == before
    store.close()
