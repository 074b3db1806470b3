"""What is done with the open mail: looked at otherwise, its links and attachments opened."""

from dataclasses import replace
from typing import TYPE_CHECKING

from acterm.engine.messages.mail import (
    WHOLE_MAIL,
    BodyFailed,
    FetchPart,
    PartArrived,
    SignatureVerified,
    VerifySignature,
)
from acterm.i18n import _
from acterm.store import bodies, folders, messages
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command
from acterm.ui.format import folder_name
from acterm.ui.sheet import Look
from acterm.ui.verbs.card import CardVerbs

if TYPE_CHECKING:
    from acterm.ui.widgets.mail_page import MailPage

    _Base = MailPage
else:
    _Base = object


class OpenVerbs(CardVerbs, _Base):
    """Mixed into the reader and the conversation; the mail that is meant is `current`."""

    def __init__(self) -> None:
        super().__init__()
        self.verified: dict[int, str] = {}
        self._to_verify = 0

    @property
    def look(self) -> Look:
        """What is shown of the mail that is meant."""
        raise NotImplementedError

    def look_at(self, look: Look, *, top: bool = False) -> None:
        """Show something else of it."""
        raise NotImplementedError

    @property
    def failed(self) -> bool:
        """Whether its text did not come."""
        raise NotImplementedError

    @property
    def together(self) -> int:
        """How many mails its conversation has."""
        raise NotImplementedError

    def can(self, command: type[Command]) -> bool:
        """Each only where there is something to do it with."""
        opened = self.opened
        conditions = {
            "open_links": opened is not None,
            "open_attachments": opened is not None,
            "other_version": bool(opened and (opened.rendered.other or opened.other)),
            "why": bool(opened and opened.signs),
            "verify_signature": opened is not None,
            "all_attachments": bool(self.current),
            "report": opened is not None,
            "refresh": self.failed,
            "conversation": self.together > 1,
        }
        return conditions.get(command.name, True) and super().can(command)

    def offers(self, command: type[Command]) -> bool:
        """Links and attachments are named where the mail has some."""
        opened = self.opened
        some = {
            "open_links": bool(opened and opened.rendered.links),
            "open_attachments": bool(opened and opened.message.attachments),
        }
        return some.get(command.name, True) and super().offers(command)

    def action_show_headers(self) -> None:
        """The way of the mail and every header, or the main ones again."""
        self.look_at(replace(self.look, headers=not self.look.headers, source=False), top=True)

    def action_show_source(self) -> None:
        """The mail as it came, or its text again."""
        self.look_at(replace(self.look, source=not self.look.source), top=True)

    def action_other_version(self) -> None:
        """The other alternative of the text, or the first again."""
        self.look_at(replace(self.look, other=not self.look.other, source=False), top=True)

    def action_why(self) -> None:
        """The reason of each warning, or the warnings alone."""
        self.look_at(replace(self.look, why=not self.look.why, source=False), top=True)

    def action_open_links(self) -> None:
        """The links with their real hosts."""
        if self.opened and not self.opened.rendered.links:
            self.acterm.tell(_("This mail has no link."))
        elif self.opened:
            from acterm.ui.screens.links import LinksScreen

            account_id = self.account_of(self.opened.mail)
            self.app.push_screen(LinksScreen(self.opened.rendered.links, account_id))

    def action_open_attachments(self) -> None:
        """The attachments, to read or save."""
        if self.opened and not self.opened.message.attachments:
            self.acterm.tell(_("This mail has no attachment."))
        elif self.opened:
            from acterm.ui.screens.attachments import AttachmentsScreen

            self.app.push_screen(AttachmentsScreen(self.opened.mail, self.opened.message))

    def action_all_attachments(self) -> None:
        """Those of every mail of the folder this one is in."""
        db = self.acterm.store.reader()
        row = messages.get(db, self.current)
        folder = folders.get(db, row.folder_id) if row else None
        if folder:
            from acterm.ui.screens.folder_attachments import FolderAttachmentsScreen

            self.app.push_screen(FolderAttachmentsScreen(folder.id, folder_name(folder)))

    def action_verify_signature(self) -> None:
        """Ask the sender's domain for its key: the only thing here that asks the network."""
        mail, db = self.current, self.acterm.store.reader()
        body = bodies.get(db, mail)
        if body and body.skeleton and bodies.part(db, mail, WHOLE_MAIL) is None:
            self._to_verify = mail
            self.acterm.bridge.submit(FetchPart(mail, WHOLE_MAIL))
            self.acterm.tell(
                _("The whole mail is fetched first: what is attached is signed too."), 60
            )
            return
        self.acterm.bridge.submit(VerifySignature(mail))
        self.acterm.tell(_("The domain of the sender is asked for its key…"), 20)

    def on_engine_event(self, message: EngineEvent) -> None:
        """A signature was verified: say so above the text."""
        event = message.event
        if isinstance(event, PartArrived | BodyFailed) and event.section == WHOLE_MAIL:
            self._come_whole(event)
        elif isinstance(event, SignatureVerified) and self.is_here(event.message_id):
            self.verified[event.message_id] = event.words
            self.acterm.tell("")
            self.lay_out_again()

    def _come_whole(self, event: PartArrived | BodyFailed) -> None:
        """A large mail is here to be verified, or does not come."""
        wanted, self._to_verify = self._to_verify, 0
        if wanted != event.message_id:
            return
        if isinstance(event, BodyFailed):
            self.acterm.tell(f"{event.title} {event.advice}".strip())
        elif wanted == self.current:
            self.action_verify_signature()

    def is_here(self, mail: int) -> bool:
        """Whether the mail is on this page."""
        return mail == self.current

    def action_report(self) -> None:
        """To whom a mail is reported, and how."""
        if self.opened:
            from acterm.ui.screens.report import ReportScreen

            self.app.push_screen(ReportScreen(self.opened, self.account_of(self.opened.mail)))
