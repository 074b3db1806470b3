"""Reporting a mail: to whom, and how, with nothing sent before one has seen it."""

from collections.abc import Iterator
from enum import StrEnum

from textual import getters
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Contact
from acterm.engine.messages import Move
from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail.draft import Draft, DraftAttachment
from acterm.mail.folder import Role
from acterm.store import accounts, bodies
from acterm.ui import outside
from acterm.ui.command import Place
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.reading import Opened
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.viewers.saving import save

SIGNAL_SPAM = "https://www.signal-spam.fr/"
_TYPE = "message/rfc822"


class Way(StrEnum):
    """What one can do about a mail that is no good."""

    ACADEMY = "academy"
    SOMEBODY = "somebody"
    SIGNAL_SPAM = "signal-spam"
    JUNK = "junk"


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

    def title_words(self) -> str:
        """What this is."""
        title = _("Report this mail")
        return f"{title} {marks.dot} {self._opened.message.subject}"

    def compose_inside(self) -> Iterator[Widget]:
        """The ways, and below the words about the one under the cursor."""
        yield Choices[Way](id="ways")
        yield Static(id="words")

    def on_mount(self) -> None:
        """The académie first, where its address is known."""
        desk = self._desk()
        ways = [Choice(_("Forward it, whole, to somebody"), "", Way.SOMEBODY)]
        if desk:
            words = _("Forward it, whole, to the help desk of the académie")
            right = " ".join(part for part in (desk.value, desk.confidence.mark) if part)
            ways.insert(0, Choice(words, right, Way.ACADEMY))
        ways.append(Choice(_("Tell Signal Spam"), SIGNAL_SPAM, Way.SIGNAL_SPAM))
        ways.append(Choice(_("Only put it with the junk mails"), "", Way.JUNK))
        self.lines.show(ways)
        self.lines.focus()

    def _desk(self) -> Contact | None:
        account = accounts.get(self.acterm.store.reader(), self._account_id)
        academy = directory.academy_of(account.address) if account else None
        return helpdesk.first(academy, "helpdesk-email") if academy else None

    def on_line_list_moved(self) -> None:
        """What will happen."""
        way = self.lines.current
        if way is not None:
            self.query_one("#words", Static).update(Content(_explained(way)))

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Do it."""
        with guarded(self.acterm.tell):
            self._go(self.lines.current)

    def _go(self, way: Way | None) -> None:
        if way is Way.SIGNAL_SPAM:
            self.app.copy_to_clipboard(SIGNAL_SPAM)
            self.acterm.tell(_("The address is copied: {url}").format(url=SIGNAL_SPAM), 20)
        elif way is Way.JUNK:
            self.acterm.bridge.submit(Move((self._opened.mail,), Role.JUNK))
            self.dismiss()
        elif way is not None:
            desk = self._desk() if way is Way.ACADEMY else None
            draft = self._draft(desk.value if desk else "")
            self.dismiss()
            self.acterm.compose_draft(draft)

    def _draft(self, to: str) -> Draft:
        """For the composer: one reads it, then sends. Raises Refused when the mail is gone."""
        body = bodies.get(self.acterm.store.reader(), self._opened.mail)
        if body is None:
            raise Refused(_("The text of this mail is no longer here."), _("Open it again."))
        subject = self._opened.message.subject or _("(no subject)")
        path = save(body.source, outside.opened_folder(), f"{subject[:60]}.eml")
        words = _(
            "Hello,\n\nI received the mail attached to this one. It looks suspect to me: I have"
            " opened no link and given no information.\n"
        )
        if body.skeleton:
            words += _("Its large attachments are left out.") + "\n"
        return Draft(
            self._account_id,
            to=to,
            subject=_("Suspect mail: {subject}").format(subject=subject),
            body=words,
            attachments=(DraftAttachment(path.name, _TYPE, len(body.source), path=path),),
        )


def _explained(way: Way) -> str:
    return {
        Way.ACADEMY: _(
            "A mail to the help desk opens, with this one attached whole: its headers tell the"
            " specialists where it came from. You read it, then send it."
        ),
        Way.SOMEBODY: _(
            "A mail opens with this one attached whole. Fill in the address that your académie or"
            " your school gives for it, then send it."
        ),
        Way.SIGNAL_SPAM: _(
            "Signal Spam gathers unwanted and fraudulent mail for the authorities. Enter copies"
            " the address of its site: there one signs up once and pastes the source of the mail,"
            " headers included (the key for the source shows it)."
        ),
        Way.JUNK: _("It is moved to the junk mails, and nobody is told."),
    }[way]
