"""Answering an invitation, keeping it, and knowing what else there is at that time."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message as Note

from acterm.engine.messages.base import Undone
from acterm.engine.messages.writing import SendSource
from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.message import Level
from acterm.mail.special.invitation import Answer, Invitation
from acterm.mail.special.invitation_answer import own_addresses
from acterm.mail.special.special import ReceiptAsked, Special
from acterm.store import accounts, bodies
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import named
from acterm.ui.errors import guarded
from acterm.ui.keys import keyboard_of
from acterm.ui.reading import Opened, Source
from acterm.ui.verbs.file import short

if TYPE_CHECKING:
    from acterm.mail.account import Account
    from acterm.ui.widgets.mail_page import MailPage

    _Base = MailPage
else:
    _Base = object

Kind = TypeVar("Kind", bound=Special)


@dataclass
class Known(Note, namespace="invitation_verbs"):
    """Something was found out, or done, in a thread."""

    key: str
    notes: tuple[str, ...]
    words: str = ""


class InvitationVerbs(_Base):
    """Mixed into what shows an open mail, with what its cards have in common."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: dict[str, tuple[str, ...]] = {}
        self._noted: Opened | None = None
        self._looking_up = threading.Lock()
        self._given: list[Callable[[], None]] = []

    def found(self, kind: type[Kind]) -> Kind | None:
        """What is special of this kind about the mail that is meant."""
        opened = self.opened
        every = opened.special if opened else ()
        return next((one for one in every if isinstance(one, kind)), None)

    def lay_out_again(self) -> None:
        """Draw what is known now."""
        raise NotImplementedError

    def send_source(self, account_id: int, source: bytes) -> None:
        """Through the outbox, with its ten seconds."""
        self.acterm.bridge.submit(SendSource(account_id, source))
        key = keyboard_of(self).shown(named("undo"))
        self.acterm.tell(_("It leaves in ten seconds. {key}: take it back").format(key=key), 10)

    def account(self) -> "Account | None":
        """The account of the mail that is meant."""
        return accounts.get(self.acterm.store.reader(), self.account_of(self.current))

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
        event, opened, account = self.found(Invitation), self.opened, self.account()
        if event is None or opened is None or account is None:
            return
        from acterm.mail.compose import new_message_id
        from acterm.mail.special.invitation_answer import answer
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
        store = self.acterm.store
        before = appointments.answered(store, event)
        self.give(account.id, source, lambda: appointments.note_answer(store, event, before))
        appointments.note_answer(store, event, given)
        self.lay_out_again()

    def give(self, account_id: int, source: bytes, forget: Callable[[], None]) -> None:
        """Send an answer; `forget` is what makes it not given, when it is taken back."""
        self.send_source(account_id, source)
        self._given.append(forget)
        self.refresh_bindings()

    def on_engine_event(self, message: EngineEvent) -> None:
        """The newest answer was taken back before it left; another may wait below it."""
        if isinstance(message.event, Undone) and message.event.answer and self._given:
            self._given.pop()()
            self.lay_out_again()
            self.refresh_bindings()

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

    def on_invitation_verbs_known(self, message: Known) -> None:
        """Say it, or draw it on the card."""
        message.stop()
        if message.words:
            self.acterm.tell(message.words, 15)
        if message.key:
            self._notes[message.key] = message.notes
            if message.notes:
                self.lay_out_again()

    def notes_on(self, one: Special) -> Iterable[str]:
        """What this computer knows about it: what one answered, and what other mails say."""
        if not isinstance(one, Invitation):
            return self._warned(one) if isinstance(one, ReceiptAsked) else ()
        from acterm.ui import appointments

        said = appointments.answer_words(appointments.answered(self.acterm.store, one))
        if self.opened is not self._noted:  # what the mailbox knows may be more by now
            self._noted = self.opened
            self._notes.clear()
        key = f"{one.uid} {one.recurrence_id} {one.sequence} {one.when()}"
        if one.keepable and key not in self._notes:
            self._notes[key] = ()
            self._look_up(key, one)
        return (*([said] if said else ()), *self._whose(one), *self._notes.get(key, ()))

    def _whose(self, event: Invitation) -> Iterable[str]:
        """Whether one is invited at all, and whether it is wise to answer."""
        account = self.account()
        if account is None or not event.answerable:
            return
        last = event.end or event.start
        if last and not event.rule and last < datetime.now().astimezone():
            yield _("It is over.")
        own = [guest for one in own_addresses(account) if (guest := event.own(one))]
        if self.is_own(event):
            yield _("You are its organiser.")
        elif event.guests and not own:
            yield _("Your address is not among those invited.")
        elif own and own[0].optional:
            yield _("Your presence is optional.")
        yield from self._warned(event)

    def is_suspect(self) -> bool:
        """Whether the mail that is meant is told to be very suspect."""
        signs = self.opened.signs if self.opened else ()
        return any(sign.level is Level.SUSPECT for sign in signs)

    def _warned(self, one: Special) -> Iterable[str]:
        """That an answer to a swindler is a gift."""
        if self.opened and one in self.opened.special and self.is_suspect():
            yield _("An answer would tell the sender that somebody reads this address.")

    def is_own(self, event: Invitation) -> bool:
        """Whether one organises it oneself."""
        return self.is_me(event.organizer)

    def is_me(self, person: Address) -> bool:
        """Whether it is an address of one's own."""
        account = self.account()
        own = own_addresses(account) if account else ()
        return person.address.lower() in {one.lower() for one in own}

    def _look_up(self, key: str, event: Invitation) -> None:
        store, account_id = self.acterm.store, self.account_of(self.current)

        def look() -> None:
            from acterm.ui import appointments

            with self._looking_up:
                if key in self._notes:  # else one has passed on to another mail meanwhile
                    self.post_message(Known(key, appointments.about(store, account_id, event)))

        self._apart_from_keys(look)
