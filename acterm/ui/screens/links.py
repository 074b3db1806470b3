"""The links of a mail: where each really leads, and what to do with it."""

from collections.abc import Iterator, Sequence

from textual import getters
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.message import Line, Link
from acterm.ui import outside
from acterm.ui.command import Place
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.text_view import TextView


class LinksScreen(Panel):
    """Nothing is opened but by a named action, with the whole address on screen."""

    places = (Place.LINKS, Place.OUTBOX)
    DEFAULT_CSS = """
    LinksScreen #whole { height: auto; max-height: 10; padding: 1 2; color: $accent; }
    LinksScreen #links { height: 1fr; }
    """
    lines = getters.query_one("#links", Choices)

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = links

    def title_words(self) -> str:
        """What this is."""
        return _("Links of the mail")

    def compose_inside(self) -> Iterator[Widget]:
        """The links, and below the whole address of the one under the cursor."""
        yield Choices[Link](id="links")
        yield Static(id="whole")

    def on_mount(self) -> None:
        """List the links with their real hosts."""
        self.lines.show([Choice(_words(link), link.host, link) for link in self._links])
        self.lines.focus()
        if outside.is_remote() or not outside.has_desktop():
            self.acterm.tell(_("No browser on this machine: copy the link, or use the QR code."))

    def on_line_list_moved(self) -> None:
        """Show the whole address."""
        link = self.lines.current
        if link is not None:
            warning = f"\n!! {link.warning}" if link.warning else ""
            self.query_one("#whole", Static).update(Content(f"{link.url}{warning}"))

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open the link under the cursor."""
        self.action_open_in_browser()

    def action_open_in_browser(self) -> None:
        """In the browser of this computer."""
        link = self.lines.current
        if link is not None:
            try:
                outside.open_url(link.url)
            except ActermError as failure:
                self.acterm.tell(str(failure))
            else:
                self.acterm.tell(_("Opened in the browser: {host}").format(host=link.host))

    def action_copy_link(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        link = self.lines.current
        if link is not None:
            self.app.copy_to_clipboard(link.url)
            self.acterm.tell(_("The link is copied."))

    def action_show_qr_code(self) -> None:
        """For a telephone."""
        link = self.lines.current
        if link is not None:
            self.app.push_screen(QrScreen(link.url))


class QrScreen(Panel):
    """A link as a QR code."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def title_words(self) -> str:
        """The address itself."""
        return self._url

    def compose_inside(self) -> Iterator[Widget]:
        """The code, or why there is none."""
        rows = outside.qr_lines(self._url)
        if not rows:
            rows = [_("This link is too long for a QR code: copy it instead.")]
        elif len(rows) > self.app.size.height - 3:
            rows = [_("The window is too low for the QR code: make it taller."), "", *rows]
        yield TextView([Line(row) for row in rows])


def _words(link: Link) -> str:
    warned = "!! " if link.warning else ""
    return f"{warned}⟦{link.number}⟧ {link.text}"
