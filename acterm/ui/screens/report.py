"""Reporting a mail: to whom, and how, with nothing sent before one has asked for it."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from textual import getters
from textual.widget import Widget

from acterm.engine.messages.mail import Move
from acterm.engine.messages.writing import SendSource
from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.compose import new_message_id
from acterm.mail.draft import Draft, DraftAttachment
from acterm.mail.folder import Role
from acterm.mail.special.report import PHISHING_INITIATIVE, SIGNAL_SPAM, report, where_to
from acterm.store import accounts, bodies
from acterm.store.bodies import Body
from acterm.ui import outside
from acterm.ui.command import Place, named
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.keys import keyboard_of
from acterm.ui.reading import Opened
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.sentences import Sentences, wrapped
from acterm.viewers.saving import save

_TYPE = "message/rfc822"


class Way(StrEnum):
    """What one can do about a mail that is no good."""

    ACADEMY = "academy"
    SOMEBODY = "somebody"
    SIGNAL_SPAM = "signal-spam"
    PHISHING = "phishing"
    JUNK = "junk"


_PAGES = {Way.SIGNAL_SPAM: SIGNAL_SPAM, Way.PHISHING: PHISHING_INITIATIVE}


class ReportScreen(Panel):
    """The mail goes on as an attachment, whole, so that its headers can be read."""

    places = (Place.OUTBOX,)
    DEFAULT_CSS = """
    ReportScreen #ways { height: auto; max-height: 8; }
    ReportScreen #words { height: 1fr; padding: 1 2; color: $foreground; }
    """
    lines = getters.query_one("#ways", Choices)

    def __init__(self, opened: Opened, account_id: int) -> None:
        super().__init__()
        self._opened = opened
        self._account_id = account_id
        self._account: Account | None = None
        self._to = ""
        self._steps: list[str] = []

    def title_words(self) -> str:
        """What this is."""
        title = _("Report this mail")
        return f"{title} {marks.dot} {self._opened.message.subject}"

    def compose_inside(self) -> Iterator[Widget]:
        """The ways, and below what to do, step by step."""
        yield Choices[Way](id="ways")
        yield Sentences(id="words")

    def on_mount(self) -> None:
        """The académie first, where its address is known."""
        account = accounts.get(self.acterm.store.reader(), self._account_id)
        self._account = account
        to = where_to(account.address if account else "")
        self._to = to.address
        choices = [Choice(_("Forward it, whole, to somebody"), "", Way.SOMEBODY)]
        if to.address:
            words = _("Forward it, whole, to the help desk of the académie")
            right = " ".join(part for part in (to.address, to.note) if part)
            choices.insert(0, Choice(words, right, Way.ACADEMY))
        choices.append(Choice(_("Copy the address of Signal Spam"), SIGNAL_SPAM, Way.SIGNAL_SPAM))
        words = _("Copy the address of Phishing Initiative")
        choices.append(Choice(words, PHISHING_INITIATIVE, Way.PHISHING))
        choices.append(Choice(_("Only put it with the junk mails"), "", Way.JUNK))
        self.lines.show(choices)
        self._steps = [f"{number}. {step}" for number, step in enumerate(to.steps, 1)]
        self.lines.focus()

    def on_resize(self) -> None:
        """The steps, with air between them where there is room for it."""
        self.call_after_refresh(self._tell_steps)

    def _tell_steps(self) -> None:
        words = self.query_one("#words", Sentences)
        room = self.size.height - self.lines.count - 5
        airy = "\n\n".join(self._steps)
        fits = len(wrapped(airy, words.size.width)) <= room
        words.say(airy if fits else "\n".join(self._steps))

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Do it."""
        with guarded(self.acterm.tell):
            self._go(self.lines.current)

    def _go(self, way: Way | None) -> None:
        if way in _PAGES:
            self.app.copy_to_clipboard(_PAGES[way])
            self.acterm.tell(_("The address is copied: {url}").format(url=_PAGES[way]), 20)
        elif way is Way.JUNK:
            self.acterm.bridge.submit(Move((self._opened.mail,), Role.JUNK))
            self.dismiss()
        elif way is Way.ACADEMY:
            self._send()
        elif way is Way.SOMEBODY:
            draft = self._draft()
            self.dismiss()
            self.acterm.compose_draft(draft)

    def _body(self) -> Body:
        """The mail. Raises Refused when it is gone."""
        body = bodies.get(self.acterm.store.reader(), self._opened.mail)
        if body is None:
            raise Refused(_("The text of this mail is no longer here."), _("Open it again."))
        return body

    def _send(self) -> None:
        """Through the outbox, with its ten seconds, byte for byte as it came."""
        account = self._account
        if account is None:
            return
        source = report(
            self._body().source,
            self._to,
            account,
            message_id=new_message_id(account),
            now=datetime.now().astimezone(),
        )
        self.acterm.bridge.submit(SendSource(account.id, source))
        key = keyboard_of(self).shown(named("undo"))
        self.dismiss()
        self.acterm.tell(_("It leaves in ten seconds. {key}: take it back").format(key=key), 10)

    def _draft(self) -> Draft:
        """For the composer: one fills in the address, reads it, then sends."""
        body = self._body()
        subject = self._opened.message.subject or _("(no subject)")
        path = save(body.source, outside.opened_folder(), f"{subject[:60]}.eml")
        words = _("Here is a suspect mail as I received it, attached with its headers.") + "\n"
        if body.skeleton:
            words += _("Its large attachments are left out.") + "\n"
        return Draft(
            self._account_id,
            subject=_("Suspect mail: {subject}").format(subject=subject),
            body=words,
            attachments=(DraftAttachment(path.name, _TYPE, len(body.source), path=path),),
        )
