"""What is done with something special in the open mail: each by its own name, never by itself."""

from datetime import datetime

from acterm.i18n import _
from acterm.mail.special.special import (
    Bounce,
    Invitation,
    ListMail,
    OneTimeCode,
    ReceiptAsked,
    Signed,
    Special,
)
from acterm.store import messages
from acterm.ui.command import Command, named
from acterm.ui.invitation_verbs import InvitationVerbs
from acterm.ui.keys import Valid

_FOR: dict[str, type[Special]] = {
    "accept_invitation": Invitation,
    "tentative_invitation": Invitation,
    "decline_invitation": Invitation,
    "add_to_calendar": Invitation,
    "copy_code": OneTimeCode,
    "send_receipt": ReceiptAsked,
    "unsubscribe": ListMail,
    "open_original": Bounce,
}


class CardVerbs(InvitationVerbs):
    """Mixed into what shows an open mail."""

    def can(self, command: type[Command]) -> bool:
        """Each where the mail has what it is about."""
        if command.name == "what_to_do":
            return bool(self._possible())
        kind = _FOR.get(command.name)
        if kind is not None and not self._applies(command.name, self.found(kind)):
            return False
        return super().can(command)

    def _possible(self) -> list[type[Command]]:
        """What the mail that is meant is for."""
        names = [*_FOR, *(["verify_signature"] if self.found(Signed) else ())]
        return [named(name) for name in names if self.can(named(name))]

    def _applies(self, name: str, one: Special | None) -> bool:
        match one:
            case None:
                return False
            case Invitation():
                return bool(one.uid) if name == "add_to_calendar" else one.answerable
            case ListMail():
                return bool(one.unsubscribe)
            case Bounce():
                return bool(one.message_id)
            case _:
                return True

    async def action_what_to_do(self) -> None:
        """The one thing to do, or a list of them."""
        possible = self._possible()
        if len(possible) == 1:
            await self.do(possible[0])
        elif possible:
            from acterm.ui.screens.verbs import VerbsScreen

            async def run(chosen: Valid | None) -> None:
                if chosen:
                    await chosen.node.do(chosen.command)

            verbs = [Valid(command, self) for command in possible]
            await self.app.push_screen(VerbsScreen(verbs), run)

    # Codes, bounces, lists

    def action_copy_code(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        code = self.found(OneTimeCode)
        if code:
            self.app.copy_to_clipboard(code.code)
            self.acterm.tell(_("The code is copied."))

    def _original_of(self, bounce: Bounce) -> int:
        """The mail that came back, 0 when it is not here."""
        account_id = self.account_of(self.current)
        rows = messages.by_message_id(self.acterm.store.reader(), account_id, bounce.message_id)
        return rows[0] if rows else 0

    def action_open_original(self) -> None:
        """The mail that came back."""
        bounce = self.found(Bounce)
        original = self._original_of(bounce) if bounce else 0
        if original:
            self.post_message(self.Turned(original, together=False))
        else:
            self.acterm.tell(_("The mail that came back is not here any more."))

    def action_unsubscribe(self) -> None:
        """The ways out of a list, each with its whole address."""
        mail = self.found(ListMail)
        if mail:
            from acterm.ui.screens.links import LinksScreen, leaving, ways_out

            account_id = self.account_of(self.current)
            title = _("Leave the list {name}").format(name=mail.name)
            links = LinksScreen(ways_out(mail), account_id, title=title, write=leaving)
            self.app.push_screen(links)

    # Receipts

    def action_send_receipt(self) -> None:
        """Through the outbox, with its ten seconds."""
        asked, opened, account = self.found(ReceiptAsked), self.opened, self.account()
        if asked and opened and account:
            from acterm.mail.compose import new_message_id
            from acterm.mail.special.receipt import receipt

            source = receipt(
                opened.message,
                asked,
                account,
                message_id=new_message_id(account),
                now=datetime.now().astimezone(),
            )
            self.send_source(account.id, source)
