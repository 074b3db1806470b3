"""The mailbox: folders, mails, the open mail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.widget import Widget
from textual.widgets import Input

from acterm.engine.messages.account import AccountAdded
from acterm.engine.messages.base import Done, Event, Undone
from acterm.engine.messages.mail import FoldersChanged, MessagesChanged, NewMail, WatchFolder
from acterm.i18n import _
from acterm.mail.draft import Draft
from acterm.mail.folder import Folder, Role
from acterm.store import drafts, messages
from acterm.ui.command import Place
from acterm.ui.filtering import matching
from acterm.ui.format import folder_name, folder_title, number
from acterm.ui.glyphs import marks
from acterm.ui.screens.folder_screen import FolderScreen
from acterm.ui.slices import SliceReader
from acterm.ui.widgets.fields import Field

if TYPE_CHECKING:
    from array import array

_OUTGOING = (Role.SENT, Role.DRAFTS)


class BoiteScreen(FolderScreen):
    """Opens the inbox of the first account, the cursor on its newest mail."""

    filter_field = getters.query_one("#filter", Field)

    def __init__(self) -> None:
        super().__init__()
        self._slices = SliceReader(self, self._listed)
        self._undoable: list[tuple[int, ...]] = []
        self._bring_back: tuple[int, ...] = ()

    def compose_above(self) -> Iterator[Widget]:
        """The filter, hidden until it is asked for."""
        yield Field(_("words of the sender or the subject"), id="filter")

    def on_mount(self) -> None:
        """Show the inbox before anything else happens."""
        self.filter_field.display = False
        self.set_focus(self.mails)
        self.read_folders()
        inbox = self.with_role(Role.INBOX)
        if inbox:
            self.open_folder(inbox)
        else:
            self.mails.show([], outgoing=False, empty=_("New mails come here by themselves."))
            self.update_status()

    def title_words(self) -> str:
        """« Boîte de réception · 12 non lus sur 1 204 »."""
        if self.folder is None:
            return _("Inbox")
        address = self._address(self.folder.account_id) if len(self.accounts) > 1 else ""
        found = ""
        if self.filtered:
            words = _("{count} with “{words}”")
            found = words.format(count=number(self.mails.count), words=self.filtered)
        return folder_title(self.folder, address, found)

    def _address(self, account_id: int) -> str:
        return next((one.address for one, _all in self.accounts if one.id == account_id), "")

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
        self.folder_list.show(self.accounts, folder.id)
        self.acterm.bridge.submit(WatchFolder(folder.id))
        self.update_status()

    async def open(self, mail: int) -> None:
        """Read a mail; go on writing a draft that was begun here."""
        draft = self._draft_of(mail) if self.folder and self.folder.role is Role.DRAFTS else None
        if draft:
            await self.acterm.compose_draft(draft)
        else:
            await super().open(mail)

    def _draft_of(self, mail: int) -> Draft | None:
        """The draft whose copy on the server this mail is."""
        db = self.acterm.store.reader()
        place = [(folder_id, uid) for _mail, folder_id, uid in messages.locate(db, (mail,))]
        for draft in drafts.all_drafts(db):
            if drafts.server_copy(db, draft.id) in place:
                return draft
        return None

    def reload(self) -> None:
        """Read the open folder again, soon."""
        self._slices.changed()

    def _listed(self, ids: "array[int]") -> None:
        self.mails.take(self.staying(ids))
        if self._bring_back and self.mails.select(self._bring_back[0]):
            self._bring_back = ()
        self.update_status()
        self.refresh_bindings()

    async def action_search(self) -> None:
        """Look in every folder."""
        from acterm.ui.screens.search import SearchScreen

        await self.acterm.push_screen(SearchScreen())

    async def action_all_attachments(self) -> None:
        """Those of every mail of the folder."""
        from acterm.ui.screens.folder_attachments import FolderAttachmentsScreen

        if self.folder:
            opened = FolderAttachmentsScreen(self.folder.id, folder_name(self.folder))
            await self.acterm.push_screen(opened)

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

    @property
    def narrowed(self) -> bool:
        """The filter is on."""
        return bool(self.filter_field.display)

    def step_out(self) -> None:
        """Out of the filter first."""
        if self.narrowed:
            self.filter_field.value = ""
            self.filter_field.display = False
            self.refresh_bindings()
        else:
            super().step_out()

    def happened(self, event: Event) -> None:
        """Read again what changed."""
        super().happened(event)
        match event:
            case MessagesChanged(folder_id=folder_id, ids=ids):
                if self.folder and folder_id == self.folder.id:
                    self._mails_changed(ids)
                self.read_folders_soon()
            case FoldersChanged() | AccountAdded():
                self.read_folders_soon()
            case NewMail(folder_id=folder_id, ids=ids):
                self._tell_new(folder_id, ids)
            case Done(ids=ids) if ids:
                self._undoable.append(ids)
            case Undone(draft_id=0, answer=False):
                self._bring_back = self._undoable.pop() if self._undoable else ()
                self.reload()
        self.update_status()

    def _mails_changed(self, ids: tuple[int, ...]) -> None:
        """Draw mails again that stay; read the list again when it has others now."""
        self.mails.forget(ids)
        here = [mail.id for mail in self._fetch(ids) if self._is_here(mail.folder_id)]
        if not ids or len(here) < len(ids) or any(mail not in self.mails.ids for mail in here):
            self.reload()

    def _is_here(self, folder_id: int) -> bool:
        return self.folder is not None and self.folder.id == folder_id

    def _tell_new(self, folder_id: int, ids: tuple[int, ...]) -> None:
        """Not over the mail one writes: why it did not leave may stand there."""
        if Place.COMPOSER in getattr(self.acterm.screen, "places", ()):
            return
        new = self._fetch(ids[-1:])
        folder = next((one for one in self.every_folder() if one.id == folder_id), None)
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
