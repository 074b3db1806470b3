"""The mailbox: folders, mails, the open mail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from acterm.engine.messages import (
    AccountAdded,
    Done,
    Event,
    FoldersChanged,
    MessagesChanged,
    NewMail,
    Undone,
    WatchFolder,
)
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.store import accounts, folders, messages
from acterm.ui.filtering import matching
from acterm.ui.format import counts, folder_name, number
from acterm.ui.glyphs import marks
from acterm.ui.screens.mail_screen import THREE, MailScreen
from acterm.ui.slices import SliceReader
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.folder_list import FolderList
from acterm.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from array import array

_OUTGOING = (Role.SENT, Role.DRAFTS)
_FOLDERS_LATER = 0.1


class BoiteScreen(MailScreen):
    """Opens the inbox of the first account, the cursor on its newest mail."""

    folder_list = getters.query_one("#folders", FolderList)
    filter_field = getters.query_one("#filter", Field)

    def __init__(self) -> None:
        super().__init__()
        self.folder: Folder | None = None
        self._all: list[tuple[Account, list[Folder]]] = []
        self._slices = SliceReader(self, self._listed)
        self._undoable: list[tuple[int, ...]] = []
        self._bring_back: tuple[int, ...] = ()
        self._folders_timer: Timer | None = None

    def compose_above(self) -> Iterator[Widget]:
        """The filter, hidden until it is asked for."""
        yield Field(_("words of the sender or the subject"), id="filter")

    def compose_left(self) -> Iterator[Widget]:
        """The folders."""
        yield FolderList(id="folders")

    def on_mount(self) -> None:
        """Show the inbox before anything else happens."""
        self.filter_field.display = False
        self.set_focus(self.mails)
        self.read_folders()
        inbox = self._with_role(Role.INBOX)
        if inbox:
            self.open_folder(inbox)
        else:
            self.mails.show([], outgoing=False, empty=_("New mails come here by themselves."))
            self.update_status()

    @property
    def account_id(self) -> int:
        """The account of the open folder."""
        if self.folder:
            return self.folder.account_id
        return self._all[0][0].id if self._all else 0

    def title_words(self) -> str:
        """« Boîte de réception · 12 non lus sur 1 204 »."""
        if self.folder is None:
            return _("Inbox")
        words = [folder_name(self.folder), counts(self.folder.unread, self.folder.messages)]
        if len(self._all) > 1:
            words.insert(1, self._address(self.folder.account_id))
        if self.filtered:
            found = number(self.mails.count)
            words[-1] = _("{count} with “{words}”").format(count=found, words=self.filtered)
        return f" {marks.dot} ".join(words)

    def _address(self, account_id: int) -> str:
        return next((one.address for one, _all in self._all if one.id == account_id), "")

    def open_folder(self, folder: Folder) -> None:
        """List a folder from the store, and tell the engine that it is on screen."""
        db = self.acterm.store.reader()
        self.folder = folder
        self.filter_field.value = ""
        self.filter_field.display = False
        page = messages.first_page(db, folder.id)
        kept = [mail for mail in page if mail.id not in self.leaving]
        self.mails.show(
            kept,
            outgoing=folder.role in _OUTGOING,
            empty=_empty_words(folder),
            expected=folder.messages,
        )
        self._slices.read(lambda: messages.ids(db, folder.id))
        self.folder_list.show(self._all, folder.id)
        self.acterm.bridge.submit(WatchFolder(folder.id))
        self.update_status()

    def reload(self) -> None:
        """Read the open folder again, soon."""
        self._slices.changed()

    def _listed(self, ids: "array[int]") -> None:
        self.mails.take(self.staying(ids))
        if self._bring_back and self.mails.select(self._bring_back[0]):
            self._bring_back = ()
        self.update_status()
        self.refresh_bindings()

    # Folders

    def read_folders(self) -> None:
        """Read folders and counts again."""
        self._folders_timer = None
        db = self.acterm.store.reader()
        self._all = [(one, folders.of_account(db, one.id)) for one in accounts.all_accounts(db)]
        opened = self.folder.id if self.folder else 0
        for folder in self._every_folder():
            if folder.id == opened:
                self.folder = folder
        self.folder_list.show(self._all, opened)

    def _read_folders_soon(self) -> None:
        if self._folders_timer is None:
            self._folders_timer = self.set_timer(_FOLDERS_LATER, self._folders_changed)

    def _folders_changed(self) -> None:
        self.read_folders()
        inbox = self._with_role(Role.INBOX)
        known = {folder.id for folder in self._every_folder()}
        if inbox and (self.folder is None or self.folder.id not in known):
            self.open_folder(inbox)
        else:
            self.update_status()

    def _every_folder(self) -> list[Folder]:
        return [folder for _account, some in self._all for folder in some]

    def _with_role(self, role: Role) -> Folder | None:
        """The folder of the open account, else of any."""
        found = [folder for folder in self._every_folder() if folder.role is role]
        own = [folder for folder in found if folder.account_id == self.account_id]
        return next(iter(own or found), None)

    def action_next_folder(self) -> None:
        """The folder below."""
        self._open_beside_folder(1)

    def action_previous_folder(self) -> None:
        """The folder above."""
        self._open_beside_folder(-1)

    def _open_beside_folder(self, step: int) -> None:
        some = [folder for folder in self._every_folder() if folder.selectable]
        at = next((n for n, one in enumerate(some) if self.folder and one.id == self.folder.id), 0)
        if some:
            self._go(some[(at + step) % len(some)])

    def _go(self, folder: Folder) -> None:
        """Open a folder and give the list the keys."""
        self.pane.clear()
        self.close_reader()
        self.open_folder(folder)

    async def action_folders(self) -> None:
        """Choose among all folders."""
        from acterm.ui.screens.folder_picker import FolderPicker

        def chosen(folder: Folder | None) -> None:
            if folder:
                self._go(folder)

        await self.acterm.push_screen(FolderPicker(_("Open"), 0), chosen)

    def _go_role(self, role: Role) -> None:
        folder = self._with_role(role)
        if folder:
            self._go(folder)
        else:
            self.acterm.tell(_("This account has no such folder."))

    def action_go_inbox(self) -> None:
        """The inbox."""
        self._go_role(Role.INBOX)

    def action_go_drafts(self) -> None:
        """The drafts."""
        self._go_role(Role.DRAFTS)

    def action_go_sent(self) -> None:
        """The sent mails."""
        self._go_role(Role.SENT)

    def action_go_archive(self) -> None:
        """The archive."""
        self._go_role(Role.ARCHIVE)

    def action_go_bin(self) -> None:
        """The bin."""
        self._go_role(Role.TRASH)

    def action_go_junk(self) -> None:
        """The junk mails."""
        self._go_role(Role.JUNK)

    def panes(self) -> list[Widget]:
        """With the folders, when they are on screen."""
        return [*([self.folder_list] if self.has_class(THREE) else []), *super().panes()]

    async def on_line_list_opened(self, message: LineList.Opened) -> None:
        """A folder or a mail."""
        if message.list is not self.folder_list:
            await super().on_line_list_opened(message)
        elif self.folder_list.current and self.folder_list.current.selectable:
            self._go(self.folder_list.current)

    async def action_search(self) -> None:
        """Look in every folder."""
        from acterm.ui.screens.search import SearchScreen

        await self.acterm.push_screen(SearchScreen())

    # Filter

    @property
    def filtered(self) -> str:
        """The words that mails of the list must hold."""
        return self.filter_field.value.strip()

    def action_filter(self) -> None:
        """Ask for words."""
        self.filter_field.display = True
        self.set_focus(self.filter_field)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what holds the words, as one types."""
        event.stop()
        if self.folder is None:
            return
        db, folder, words = self.acterm.store.reader(), self.folder.id, self.filtered

        def slices() -> Iterator["array[int]"]:
            for part in messages.ids(db, folder):
                yield from matching(part, words, self._fetch)

        self._slices.read(slices if words else lambda: messages.ids(db, folder))

    def on_input_submitted(self) -> None:
        """The list has the keys again; the words stay."""
        if not self.filtered:
            self.filter_field.display = False
        self.set_focus(self.mails)

    def step_out(self) -> None:
        """Out of the filter first."""
        if self.filter_field.display:
            self.filter_field.value = ""
            self.filter_field.display = False
        else:
            super().step_out()

    # Events

    def happened(self, event: Event) -> None:
        """Read again what changed."""
        super().happened(event)
        match event:
            case MessagesChanged(folder_id=folder_id, ids=ids):
                if self.folder and folder_id == self.folder.id:
                    self._mails_changed(ids)
                self._read_folders_soon()
            case FoldersChanged() | AccountAdded():
                self._read_folders_soon()
            case NewMail(folder_id=folder_id, ids=ids):
                self._tell_new(folder_id, ids)
            case Done(ids=ids):
                self._undoable.append(ids)
            case Undone(draft_id=0):
                self._bring_back = self._undoable.pop() if self._undoable else ()
                self.reload()
        self.update_status()

    def _mails_changed(self, ids: tuple[int, ...]) -> None:
        here = {mail.id for mail in self._fetch(ids) if self._is_here(mail.folder_id)}
        if ids and here.issuperset(ids) and here.issubset(self.mails.ids):
            self.mails.forget(ids)
        else:
            self.mails.forget(ids)
            self.reload()

    def _is_here(self, folder_id: int) -> bool:
        return self.folder is not None and self.folder.id == folder_id

    def _tell_new(self, folder_id: int, ids: tuple[int, ...]) -> None:
        new = self._fetch(ids[-1:])
        folder = next((one for one in self._every_folder() if one.id == folder_id), None)
        if new and folder:
            words = f"{new[0].sender.label} {marks.dot} {new[0].subject or _('(no subject)')}"
            self.acterm.tell(_("New: {words}").format(words=words))


def _empty_words(folder: Folder) -> str:
    """What an empty folder is for."""
    return {
        Role.INBOX: _("Nothing here. New mails come by themselves."),
        Role.DRAFTS: _("No draft. A mail put aside while writing waits here."),
        Role.SENT: _("Nothing sent yet."),
        Role.ARCHIVE: _("Nothing filed yet."),
        Role.JUNK: _("No junk mail."),
        Role.TRASH: _("The bin is empty."),
    }.get(folder.role, _("This folder is empty."))
