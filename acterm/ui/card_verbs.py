"""What is done with something special in the open mail: each by its own name, never by itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from acterm.i18n import _
from acterm.mail.special import (
    Bounce,
    Invitation,
    ListMail,
    OneTimeCode,
    ReceiptAsked,
    Special,
)
from acterm.store import messages
from acterm.ui.command import Command, named
from acterm.ui.keys import Valid

if TYPE_CHECKING:
    from acterm.ui.widgets.mail_page import MailPage

    _Base = MailPage
else:
    _Base = object

Kind = TypeVar("Kind", bound=Special)

_FOR = {
    "accept_invitation": Invitation,
    "tentative_invitation": Invitation,
    "decline_invitation": Invitation,
    "add_to_calendar": Invitation,
    "copy_code": OneTimeCode,
    "send_receipt": ReceiptAsked,
    "unsubscribe": ListMail,
    "open_original": Bounce,
}


class CardVerbs(_Base):
    """Mixed into what shows an open mail."""

    def found(self, kind: type[Kind]) -> Kind | None:
        """What is special of this kind about the mail that is meant."""
        opened = self.opened
        every = opened.special if opened else ()
        return next((one for one in every if isinstance(one, kind)), None)

    def notes_on(self, one: Special) -> Iterable[str]:
        """What this computer knows about it."""
        return ()

    def can(self, command: type[Command]) -> bool:
        """Each where the mail has what it is about."""
        if command.name == "what_to_do":
            return any(self.can(named(name)) for name in _FOR)
        kind = _FOR.get(command.name)
        if kind is not None and not self._applies(command.name, self.found(kind)):
            return False
        return super().can(command)

    def _applies(self, name: str, one: Special | None) -> bool:
        match one:
            case None:
                return False
            case Invitation():
                return name == "add_to_calendar" or one.answerable
            case ListMail():
                return bool(one.unsubscribe)
            case Bounce():
                return bool(self._original_of(one))
            case _:
                return True

    def _original_of(self, bounce: Bounce) -> int:
        """The mail that came back, 0 when it is not here."""
        account_id = self.account_of(self.current)
        if not bounce.message_id or not account_id:
            return 0
        rows = messages.by_message_id(self.acterm.store.reader(), account_id, bounce.message_id)
        return rows[0] if rows else 0

    def account_of(self, mail: int) -> int:
        """The account a mail is in, 0 when it is gone."""
        raise NotImplementedError

    async def action_what_to_do(self) -> None:
        """The one thing to do, or a list of them."""
        possible = [named(name) for name in _FOR if self.can(named(name))]
        if len(possible) == 1:
            await self.do(possible[0])
        elif possible:
            from acterm.ui.screens.verbs import VerbsScreen

            async def run(chosen: Valid | None) -> None:
                if chosen:
                    await chosen.node.do(chosen.command)

            verbs = [Valid(command, self) for command in possible]
            await self.app.push_screen(VerbsScreen(verbs), run)

    def action_copy_code(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        code = self.found(OneTimeCode)
        if code:
            self.app.copy_to_clipboard(code.code)
            self.acterm.tell(_("The code is copied."))

    def action_open_original(self) -> None:
        """The mail that came back."""
        bounce = self.found(Bounce)
        if bounce:
            self.post_message(self.Turned(self._original_of(bounce), together=False))

    def action_unsubscribe(self) -> None:
        """The ways out of a list, each with its whole address."""
        mail = self.found(ListMail)
        if mail:
            from acterm.ui.screens.links import LinksScreen, ways_out

            account_id = self.account_of(self.current)
            title = _("Leave the list {name}").format(name=mail.name)
            self.app.push_screen(LinksScreen(ways_out(mail), account_id, title))
