"""Choose a folder by typing a part of its name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from acterm.mail.folder import Folder
from acterm.store import accounts, folders
from acterm.ui.format import folder_path, number
from acterm.ui.screens.chooser import Chooser
from acterm.ui.widgets.choices import Choice

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class FolderPicker(Chooser[Folder]):
    """The folders of one account, or of all with `account_id` 0."""

    def __init__(self, title: str, account_id: int, *, without: int = 0) -> None:
        super().__init__(title)
        self._account_id = account_id
        self._without = without

    def searched(self) -> Sequence[tuple[str, Choice[Folder]]]:
        """Folders by our name and by the server's."""
        db = cast("AcTerm", self.app).store.reader()
        every = accounts.all_accounts(db)
        found = []
        for account in every:
            if self._account_id not in (0, account.id):
                continue
            several = len(every) > 1 and not self._account_id
            own = folders.of_account(db, account.id)
            for folder in own:
                if folder.selectable and folder.id != self._without:
                    unread = number(folder.unread) if folder.unread else ""
                    right = f"{unread}  {account.address}" if several else unread
                    name = folder_path(folder, own)
                    found.append((f"{name} {folder.name}", Choice(name, right, folder)))
        return found
