"""Verbs about one mail of a conversation, or about all of them as one change."""

from collections.abc import Sequence

from acterm.engine.messages.mail import Move, SetFlag
from acterm.i18n import _
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope, Flag
from acterm.store import folders
from acterm.ui.command import Command
from acterm.ui.verbs.mail import MailVerbs

_STAYING = (Role.SENT, Role.DRAFTS)


class AllVerbs(MailVerbs):
    """For a page that holds several mails. One's own sent mails are never moved along."""

    all_meant = False

    def meant(self) -> Sequence[Envelope]:
        """The mail under the cursor, or all of them."""
        raise NotImplementedError

    def everything(self) -> Sequence[Envelope]:
        """All of them."""
        raise NotImplementedError

    def mean_again(self) -> None:
        """Show which are meant."""
        raise NotImplementedError

    def hint(self, command: type[Command]) -> str:
        """Once all are meant, the key leads back to one."""
        if command.name == "select_conversation" and self.all_meant:
            return _("only one")
        return super().hint(command)

    def action_select_conversation(self) -> None:
        """All mails are meant, or one again."""
        self.all_meant = not self.all_meant
        self.mean_again()
        words = _("What you do next is done with all of them.") if self.all_meant else ""
        self.acterm.tell(words)

    def _moved(self, without: Folder | None) -> tuple[int, ...]:
        """Those that a verb moves: not one's own, nor those that are there already."""
        db = self.acterm.store.reader()
        ids = []
        for mail in self.meant():
            folder = folders.get(db, mail.folder_id)
            if folder and folder.role not in _STAYING and (not without or folder.id != without.id):
                ids.append(mail.id)
        return tuple(ids)

    def _move_to(self, role: Role, already: str) -> None:
        """One mail, or all of them as one change."""
        if not self.all_meant:
            super()._move_to(role, already)
            return
        db = self.acterm.store.reader()
        folder = folders.get(db, self.meant()[0].folder_id)
        ids = self._moved(folders.with_role(db, folder.account_id, role) if folder else None)
        self._end_all()
        if ids:
            self.acterm.bridge.submit(Move(ids, role))
        else:
            self.acterm.tell(already)

    async def action_move_mail(self) -> None:
        """To a folder one chooses."""
        folder = folders.get(self.acterm.store.reader(), self.meant()[0].folder_id)
        if not self.all_meant or folder is None:
            await super().action_move_mail()
            return
        from acterm.ui.screens.folder_picker import FolderPicker

        def chosen(target: Folder | None) -> None:
            if target:
                ids = self._moved(target)
                self._end_all()
                self.acterm.bridge.submit(Move(ids, folder_id=target.id))

        await self.acterm.push_screen(FolderPicker(_("Move to"), folder.account_id), chosen)

    def _end_all(self) -> None:
        self.all_meant = False
        self.mean_again()

    def _toggle(self, flag: Flag) -> None:
        self._set(flag, self.meant())

    def action_toggle_conversation_read(self) -> None:
        """Every mail read, or unread again."""
        self._set(Flag.SEEN, self.everything())

    def _set(self, flag: Flag, mails: Sequence[Envelope]) -> None:
        on = not all(mail.flags & flag for mail in mails)
        for mail in mails:
            self.show_flag(mail.id, flag, on)
        self.acterm.bridge.submit(SetFlag(tuple(mail.id for mail in mails), flag, on))
