"""What is done with something special in the open mail: each by its own name, never by itself."""

from collections.abc import Iterable
from datetime import datetime

from acterm.i18n import _
from acterm.mail.message import Message
from acterm.mail.special.special import (
    Bounce,
    Invitation,
    ListMail,
    OneTimeCode,
    ReceiptAsked,
    ReceiptCame,
    Signed,
    Special,
)
from acterm.store import messages, settings
from acterm.store.db import Store
from acterm.ui.command import Command, named
from acterm.ui.keys import Valid
from acterm.ui.verbs.invitation import InvitationVerbs

_FOR: dict[str, tuple[type[Special], ...]] = {
    "accept_invitation": (Invitation,),
    "tentative_invitation": (Invitation,),
    "decline_invitation": (Invitation,),
    "add_to_calendar": (Invitation,),
    "copy_code": (OneTimeCode,),
    "send_receipt": (ReceiptAsked,),
    "unsubscribe": (ListMail,),
    "open_original": (Bounce, ReceiptCame),
}
# What tells the sender something, or keeps what the sender wants to be kept.
_ANSWERS = frozenset(
    [
        *("accept_invitation", "tentative_invitation", "decline_invitation"),
        *("add_to_calendar", "send_receipt", "unsubscribe"),
    ]
)


class CardVerbs(InvitationVerbs):
    """Mixed into what shows an open mail."""

    def can(self, command: type[Command]) -> bool:
        """Each where the mail has what it is about."""
        if command.name == "what_to_do":
            return bool(self._possible())
        kinds = _FOR.get(command.name, ())
        if kinds and not any(self._applies(command.name, self.found(kind)) for kind in kinds):
            return False
        return super().can(command)

    def key_words(self, *names: str, label: str = "") -> str:
        """Nothing about doing what a mail asks where nothing is left to do."""
        idle = names == ("what_to_do",) and not self._possible()
        return "" if idle else super().key_words(*names, label=label)

    def _possible(self) -> list[type[Command]]:
        """What the mail that is meant is for; a swindler is not answered by a key too many."""
        names = [*_FOR, *(["verify_signature"] if self.found(Signed) else ())]
        if self.is_suspect():
            names = [name for name in names if name not in _ANSWERS]
        return [named(name) for name in names if self.can(named(name))]

    def _applies(self, name: str, one: Special | None) -> bool:
        match one:
            case Invitation() if name == "add_to_calendar":
                return one.keepable
            case Invitation():
                return one.answerable and not self.is_own(one)
            case ListMail():
                return bool(one.unsubscribe)
            case Bounce() | ReceiptCame():
                return bool(one.message_id)
            case ReceiptAsked():
                return not self.is_me(one.addresses[0]) and not self._is_given()
        return one is not None

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

    def _original_of(self, about: Bounce | ReceiptCame) -> int:
        """The mail that came back or was read, 0 when it is not here."""
        account_id = self.account_of(self.current)
        rows = messages.by_message_id(self.acterm.store.reader(), account_id, about.message_id)
        return rows[0] if rows else 0

    def action_open_original(self) -> None:
        """The mail that a bounce or a receipt is about."""
        about = self.found(Bounce) or self.found(ReceiptCame)
        original = self._original_of(about) if about else 0
        if original:
            self.post_message(self.Turned(original, together=False))
        else:
            self.acterm.tell(_("The mail it is about is not here any more."))

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
            store, key = self.acterm.store, _receipt_key(opened.message)
            _keep(store, key, "sent")
            self.give(account.id, source, lambda: _keep(store, key, ""))
            self.lay_out_again()

    def notes_on(self, one: Special) -> Iterable[str]:
        """Whether a receipt was given, beside what is known of an invitation."""
        if isinstance(one, ReceiptAsked) and self.opened:
            if self.is_me(one.addresses[0]):
                return (_("The mail is your own."),)
            if self._is_given():
                return (_("The receipt is given."),)
        return super().notes_on(one)

    def _is_given(self) -> bool:
        """Whether the mail that is meant had its receipt: it gets one only (RFC 8098 §3)."""
        message = self.opened.message if self.opened else None
        db = self.acterm.store.reader()
        return message is not None and bool(settings.get(db, _receipt_key(message), ""))


def _receipt_key(message: Message) -> str:
    return f"receipt:{message.message_id[:300]}"


def _keep(store: Store, key: str, value: str) -> None:
    with store.write() as db:
        settings.put(db, key, value)
