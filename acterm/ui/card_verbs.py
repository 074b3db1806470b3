"""What is done with something special in the open mail: each by its own name, never by itself."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message as Note

from acterm.engine.messages import SendSource
from acterm.i18n import _
from acterm.mail.invitation import Answer
from acterm.mail.special import (
    Bounce,
    Invitation,
    ListMail,
    OneTimeCode,
    ReceiptAsked,
    Signed,
    Special,
)
from acterm.store import accounts, bodies, messages
from acterm.ui.command import Command, named
from acterm.ui.errors import guarded
from acterm.ui.file_verbs import short
from acterm.ui.keys import Valid, keyboard_of
from acterm.ui.reading import Source

if TYPE_CHECKING:
    from acterm.mail.account import Account
    from acterm.ui.widgets.mail_page import MailPage

    _Base = MailPage
else:
    _Base = object

Kind = TypeVar("Kind", bound=Special)

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


@dataclass
class Known(Note, namespace="card_verbs"):
    """Something was found out, or done, in a thread."""

    key: str
    notes: tuple[str, ...]
    words: str = ""


class CardVerbs(_Base):
    """Mixed into what shows an open mail."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: dict[str, tuple[str, ...]] = {}

    def found(self, kind: type[Kind]) -> Kind | None:
        """What is special of this kind about the mail that is meant."""
        opened = self.opened
        every = opened.special if opened else ()
        return next((one for one in every if isinstance(one, kind)), None)

    def lay_out_again(self) -> None:
        """Draw what is known now."""
        raise NotImplementedError

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
            from acterm.ui.screens.links import LinksScreen, ways_out

            account_id = self.account_of(self.current)
            title = _("Leave the list {name}").format(name=mail.name)
            self.app.push_screen(LinksScreen(ways_out(mail), account_id, title))

    # Receipts

    def action_send_receipt(self) -> None:
        """Through the outbox, with its ten seconds."""
        asked, opened, account = self.found(ReceiptAsked), self.opened, self._account()
        if asked and opened and account:
            from acterm.mail.compose import new_message_id
            from acterm.mail.receipt import receipt

            source = receipt(
                opened.message,
                asked,
                account,
                message_id=new_message_id(account),
                now=datetime.now().astimezone(),
            )
            self._send(account.id, source)

    def _send(self, account_id: int, source: bytes) -> None:
        self.acterm.bridge.submit(SendSource(account_id, source))
        key = keyboard_of(self).shown(named("undo"))
        self.acterm.tell(_("It leaves in ten seconds. {key}: take it back").format(key=key), 10)

    def _account(self) -> "Account | None":
        return accounts.get(self.acterm.store.reader(), self.account_of(self.current))

    # Invitations

    def action_accept_invitation(self) -> None:
        """« Je viendrai »."""
        self._answer_invitation(Answer.ACCEPTED)

    def action_tentative_invitation(self) -> None:
        """« Je viendrai peut-être »."""
        self._answer_invitation(Answer.TENTATIVE)

    def action_decline_invitation(self) -> None:
        """« Je ne viendrai pas »."""
        self._answer_invitation(Answer.DECLINED)

    def _answer_invitation(self, given: Answer) -> None:
        event, opened, account = self.found(Invitation), self.opened, self._account()
        if event is None or opened is None or account is None:
            return
        from acterm.mail.compose import new_message_id
        from acterm.mail.invitation_answer import answer
        from acterm.ui import appointments

        source = answer(
            event,
            given,
            calendar=self._calendar(event),
            message=opened.message,
            account=account,
            message_id=new_message_id(account),
            now=datetime.now().astimezone(),
        )
        self._send(account.id, source)
        appointments.note_answer(self.acterm.store, event, given)
        self.lay_out_again()

    def _calendar(self, event: Invitation) -> bytes:
        """The bytes of the part an invitation was read from."""
        db, mail = self.acterm.store.reader(), self.current
        body = bodies.get(db, mail)
        if body is None:
            return b""
        stored = Source(
            mail, body.source, body.skeleton, lambda section: bodies.part(db, mail, section)
        )
        return stored.bytes_of(event.section) or b""

    def action_add_to_calendar(self) -> None:
        """To one's own file, in a thread: it may be large."""
        event = self.found(Invitation)
        if event is None:
            return
        calendar = self._calendar(event)

        def add() -> None:
            from acterm.ui import appointments

            path = appointments.add(calendar)
            words = _("Taken out of {file}") if event.cancelled else _("Added to {file}")
            self.post_message(Known("", (), words.format(file=short(path))))

        self._apart_from_keys(add)

    def _apart_from_keys(self, work: Callable[[], None]) -> None:
        def guard() -> None:
            with guarded(self._say_later):
                work()

        threading.Thread(target=guard, daemon=True).start()

    def _say_later(self, words: str) -> None:
        self.post_message(Known("", (), words))

    def on_card_verbs_known(self, message: Known) -> None:
        """Say it, or draw it on the card."""
        message.stop()
        if message.words:
            self.acterm.tell(message.words, 15)
        if message.key:
            self._notes[message.key] = message.notes
            if message.notes:
                self.lay_out_again()

    def notes_on(self, one: Special) -> Iterable[str]:
        """What this computer knows about it: what one answered, what else there is then."""
        if not isinstance(one, Invitation):
            return ()
        from acterm.ui import appointments

        said = appointments.answer_words(appointments.answered(self.acterm.store, one))
        if one.answerable and one.uid not in self._notes:
            self._notes[one.uid] = ()
            self._look_for_conflicts(one)
        return (*([said] if said else ()), *self._notes.get(one.uid, ()))

    def _look_for_conflicts(self, event: Invitation) -> None:
        store, account_id = self.acterm.store, self.account_of(self.current)

        def look() -> None:
            from acterm.ui import appointments

            words = _("At the same time: {title}, {when}")
            found = appointments.at_the_same_time(store, account_id, event)
            notes = tuple(
                words.format(title=one.summary or _("(no title)"), when=one.when()) for one in found
            )
            self.post_message(Known(event.uid, notes))

        self._apart_from_keys(look)
