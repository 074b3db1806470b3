"""Folders on a screen of mails: read from the store, gone to by letter, by name, one by one."""

from collections.abc import Iterator

from textual import getters
from textual.timer import Timer
from textual.widget import Widget

from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.store import accounts, folders
from acterm.ui.screens.mail_screen import THREE, MailScreen
from acterm.ui.tree import as_tree
from acterm.ui.widgets.folder_list import FolderList
from acterm.ui.widgets.line_list import LineList

_SOON = 0.1


class FolderScreen(MailScreen):
    """Subclasses list the mails of a folder (`open_folder`)."""

    folder_list = getters.query_one("#folders", FolderList)

    def __init__(self) -> None:
        super().__init__()
        self.folder: Folder | None = None
        self.accounts: list[tuple[Account, list[Folder]]] = []
        self._reading_folders: Timer | None = None

    def compose_left(self) -> Iterator[Widget]:
        """The folders."""
        yield FolderList(id="folders")

    def open_folder(self, folder: Folder) -> None:
        """List a folder."""
        raise NotImplementedError

    @property
    def account_id(self) -> int:
        """The account of the open folder."""
        if self.folder:
            return self.folder.account_id
        return self.accounts[0][0].id if self.accounts else 0

    def read_folders(self) -> None:
        """Read folders and counts again."""
        self._reading_folders = None
        db = self.acterm.store.reader()
        self.accounts = [(one, folders.of_account(db, one.id)) for one in accounts.all_accounts(db)]
        opened = self.folder.id if self.folder else 0
        for folder in self.every_folder():
            if folder.id == opened:
                self.folder = folder
        self.folder_list.show(self.accounts, opened)

    def read_folders_soon(self) -> None:
        """Read them again once for many events."""
        if self._reading_folders is None:
            self._reading_folders = self.set_timer(_SOON, self._folders_changed)

    def _folders_changed(self) -> None:
        self.read_folders()
        inbox = self.with_role(Role.INBOX)
        known = {folder.id for folder in self.every_folder()}
        if inbox and (self.folder is None or self.folder.id not in known):
            self.open_folder(inbox)
        else:
            self.update_status()

    def every_folder(self) -> list[Folder]:
        """The folders of all accounts, as they stand on screen."""
        return [branch.folder for _account, some in self.accounts for branch in as_tree(some)]

    def with_role(self, role: Role) -> Folder | None:
        """The folder of the open account, else of any."""
        found = [folder for folder in self.every_folder() if folder.role is role]
        own = [folder for folder in found if folder.account_id == self.account_id]
        return next(iter(own or found), None)

    def action_next_folder(self) -> None:
        """The folder below."""
        self._open_beside_folder(1)

    def action_previous_folder(self) -> None:
        """The folder above."""
        self._open_beside_folder(-1)

    def _open_beside_folder(self, step: int) -> None:
        some = [folder for folder in self.every_folder() if folder.selectable]
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

    def _go_to_role(self, role: Role) -> None:
        folder = self.with_role(role)
        if folder:
            self._go(folder)
        else:
            self.acterm.tell(_("This account has no such folder."))

    def action_go_inbox(self) -> None:
        """The inbox."""
        self._go_to_role(Role.INBOX)

    def action_go_drafts(self) -> None:
        """The drafts."""
        self._go_to_role(Role.DRAFTS)

    def action_go_sent(self) -> None:
        """The sent mails."""
        self._go_to_role(Role.SENT)

    def action_go_archive(self) -> None:
        """The archive."""
        self._go_to_role(Role.ARCHIVE)

    def action_go_bin(self) -> None:
        """The bin."""
        self._go_to_role(Role.TRASH)

    def action_go_junk(self) -> None:
        """The junk mails."""
        self._go_to_role(Role.JUNK)

    def panes(self) -> list[Widget]:
        """With the folders, when they are on screen."""
        return [*([self.folder_list] if self.has_class(THREE) else []), *super().panes()]

    async def open_line(self, lines: LineList) -> None:
        """Open a folder or a mail."""
        if lines is not self.folder_list:
            await super().open_line(lines)
        elif self.folder_list.current and self.folder_list.current.selectable:
            self._go(self.folder_list.current)
