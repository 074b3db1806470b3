"""What is done with the current mail: the same verbs wherever a mail is listed or read."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from acterm.engine.messages.mail import FetchBody, Move, SetFlag
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope, Flag, Message
from acterm.store import accounts, bodies, folders, messages
from acterm.ui.keys import Keyed

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

Answer = Callable[[Message, Envelope, Account], Draft]


class MailVerbs(Keyed):
    """Mixed into screens; they say which mail is meant and what follows when it leaves."""

    _waiting: tuple[int, Callable[[], object]] | None = None

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        from acterm.ui.app import AcTerm

        assert isinstance(self.app, AcTerm)  # noqa: S101 (for the type checker)
        return self.app

    def current_mail(self) -> int:
        """The mail that is meant, 0 for none."""
        raise NotImplementedError

    def leave(self, mail: int) -> None:
        """The mail goes elsewhere: move on at once."""
        raise NotImplementedError

    def show_flag(self, mail: int, flag: Flag, on: bool) -> None:
        """Show the flag before the store has it."""
        raise NotImplementedError

    def _envelope(self) -> Envelope | None:
        return messages.get(self.acterm.store.reader(), self.current_mail())

    def _folder(self, mail: Envelope) -> Folder | None:
        return folders.get(self.acterm.store.reader(), mail.folder_id)

    def action_archive(self) -> None:
        """To the archive."""
        self._move_to(Role.ARCHIVE, _("This mail is in the archive already."))

    def action_bin(self) -> None:
        """To the bin."""
        self._move_to(Role.TRASH, _("This mail is in the bin already."))

    def action_junk(self) -> None:
        """To the junk mails, and from there back to the inbox."""
        mail = self._envelope()
        folder = self._folder(mail) if mail else None
        if folder and folder.role is Role.JUNK:
            self._move_to(Role.INBOX, "")
        else:
            self._move_to(Role.JUNK, "")

    def _move_to(self, role: Role, already: str) -> None:
        mail = self._envelope()
        if mail is None:
            return
        folder = self._folder(mail)
        if folder and folder.role is role:
            self.acterm.tell(already)
            return
        self.acterm.bridge.submit(Move((mail.id,), role))
        self.leave(mail.id)

    async def action_move_mail(self) -> None:
        """To a folder one chooses."""
        mail = self._envelope()
        folder = self._folder(mail) if mail else None
        if mail is None or folder is None:
            return
        from acterm.ui.screens.folder_picker import FolderPicker

        def chosen(target: Folder | None) -> None:
            if target and target.id != mail.folder_id:
                self.acterm.bridge.submit(Move((mail.id,), folder_id=target.id))
                self.leave(mail.id)

        picker = FolderPicker(_("Move to"), folder.account_id, without=folder.id)
        await self.acterm.push_screen(picker, chosen)

    def action_star(self) -> None:
        """Sets or clears the star."""
        self._toggle(Flag.FLAGGED)

    def action_toggle_read(self) -> None:
        """Read becomes unread, unread becomes read."""
        self._toggle(Flag.SEEN)

    def _toggle(self, flag: Flag) -> None:
        mail = self._envelope()
        if mail:
            on = not mail.flags & flag
            self.show_flag(mail.id, flag, on)
            self.acterm.bridge.submit(SetFlag((mail.id,), flag, on))

    async def action_reply(self) -> None:
        """To the sender."""
        await self._answer(_reply)

    async def action_reply_all(self) -> None:
        """To everyone."""
        await self._answer(_reply_all)

    async def action_forward(self) -> None:
        """To somebody else."""
        await self._answer(_forward)

    async def _answer(self, answer: Answer) -> None:
        """Open the composer, as soon as the text of the mail is here."""
        mail = self._envelope()
        if mail is None:
            return
        db = self.acterm.store.reader()
        folder = self._folder(mail)
        account = accounts.get(db, folder.account_id) if folder else None
        body = bodies.get(db, mail.id)
        if account is None:
            return
        if body is None:
            words = _("The text of this mail is on its way; the reply opens then.")
            self._when_here(mail.id, partial(self._answer, answer), words)
            return
        from acterm.mail.parsing.mime import parse

        message = parse(body.source, skeleton=body.skeleton)
        await self.acterm.compose_draft(answer(message, mail, account))

    def action_report(self) -> None:
        """To whom a mail is reported, and how."""
        mail = self._envelope()
        folder = self._folder(mail) if mail else None
        if mail is None or folder is None:
            return
        body = bodies.get(self.acterm.store.reader(), mail.id)
        if body is None:
            words = _("The text of this mail is on its way; it can be reported then.")
            self._when_here(mail.id, self.action_report, words)
            return
        from acterm.mail.message import Rendered
        from acterm.mail.parsing.mime import parse
        from acterm.ui.reading import Opened
        from acterm.ui.screens.report import ReportScreen

        message = parse(body.source, skeleton=body.skeleton)
        unread = Opened(mail.id, 0, message, Rendered((), (), ()), (), ())
        self.acterm.push_screen(ReportScreen(unread, folder.account_id))

    def _when_here(self, mail: int, then: Callable[[], object], words: str) -> None:
        """Fetch the text of a mail, and go on when it has come."""
        self._waiting = (mail, then)
        self.acterm.bridge.submit(FetchBody(mail))
        self.acterm.tell(words)

    def body_arrived(self, mail: int) -> None:
        """The text of a mail is here: what waited for it goes on."""
        waiting = self._waiting
        if waiting and waiting[0] == mail:
            self._waiting = None
            if self.current_mail() == mail:
                self.call_later(waiting[1])


def _reply(message: Message, mail: Envelope, account: Account) -> Draft:
    from acterm.mail import compose

    return compose.reply(message, mail, account)


def _reply_all(message: Message, mail: Envelope, account: Account) -> Draft:
    from acterm.mail import compose

    return compose.reply(message, mail, account, everyone=True)


def _forward(message: Message, mail: Envelope, account: Account) -> Draft:
    from acterm.mail import compose

    return compose.forward(message, mail, account)
