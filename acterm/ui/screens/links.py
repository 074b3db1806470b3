"""The links of a mail: where each really leads, and what to do with it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote, urlsplit

from textual import getters
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from acterm.i18n import _
from acterm.mail.cells import cut
from acterm.mail.clean import clean
from acterm.mail.draft import Draft
from acterm.mail.message import Line, Link
from acterm.mail.special.special import ListMail
from acterm.mail.web.domains import registrable
from acterm.mail.web.links import end_of, host_of
from acterm.ui import outside
from acterm.ui.command import Command, Place, named
from acterm.ui.errors import guarded
from acterm.ui.glyphs import marks
from acterm.ui.keys import keyboard_of
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.text_view import TextView

_MOST = 700
Write = Callable[[str, int], Draft]
"""From a mailto: address and an account to a mail."""


class LinksScreen(Panel):
    """Nothing is opened but by a named action, with the whole address on screen."""

    places = (Place.LINKS, Place.OUTBOX)
    DEFAULT_CSS = """
    LinksScreen #whole { height: auto; padding: 1 2; color: $dim; }
    LinksScreen #links { height: 1fr; min-height: 4; }
    """
    lines = getters.query_one("#links", Choices)

    @dataclass
    class Browsed(Message):
        """The browser opened, or did not."""

        words: str

    def __init__(
        self,
        links: Sequence[Link],
        account_id: int = 0,
        *,
        title: str = "",
        write: Write | None = None,
    ) -> None:
        """`account_id`: who writes when a link is a mail address; `write` makes the mail."""
        super().__init__()
        self._links = links
        self._account_id = account_id
        self._title = title
        self._write = write or written_to
        self._typed = ""

    def title_words(self) -> str:
        """What this is."""
        return self._title or _("Links of the mail")

    def can(self, command: type[Command]) -> bool:
        """The end of a link apart from it only where they differ."""
        if command.name == "open_target":
            link = self.lines.current
            return bool(link and end_of(link))
        return super().can(command)

    def compose_inside(self) -> Iterator[Widget]:
        """The links, and below the whole address of the one under the cursor."""
        yield Choices[Link](empty=_("This mail has no link."), id="links")
        yield Static(id="whole")

    def on_mount(self) -> None:
        """List the links with their real hosts."""
        numbers = max((len(f"⟦{link.number}⟧") for link in self._links), default=0)
        self.lines.show([Choice(_words(one, numbers), _hosts(one), one) for one in self._links])
        self.lines.focus()
        if outside.is_remote() or not outside.can_browse():
            keyboard = keyboard_of(self)
            words = _("The browser is not on this machine. {copy}: copy the link, {code}: QR code")
            copy, code = keyboard.shown(named("copy_link")), keyboard.shown(named("show_qr_code"))
            self.acterm.tell(words.format(copy=copy, code=code), 15)

    def on_key(self, event: Key) -> None:
        """The number of a link goes to it."""
        if event.character and event.character.isdecimal():
            event.stop()
            self._typed = (self._typed + event.character)[-4:]
            for typed in (self._typed, event.character):
                numbers = [at for at, link in enumerate(self._links) if str(link.number) == typed]
                if numbers:
                    self._typed, self.lines.cursor = typed, numbers[0]
                    return

    def on_line_list_moved(self) -> None:
        """Show the whole address."""
        link = self.lines.current
        if link is not None:
            self.query_one("#whole", Static).update(whole(link))
            self.refresh_bindings()

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Open the link under the cursor."""
        self.action_open_in_browser()

    def action_open_in_browser(self) -> None:
        """In the browser of this computer; a mail address opens the composer."""
        link = self.lines.current
        if link is None:
            return
        if _is_mail(link.url):
            self.dismiss()
            self.acterm.compose_draft(self._write(link.url, self._account_id))
            return
        self._open(link.url)

    def action_open_target(self) -> None:
        """Where the link ends, without passing through the counter."""
        link = self.lines.current
        if link is not None:
            self._open(end_of(link))

    def _open(self, url: str) -> None:
        self.acterm.tell(_("Opening {host}…").format(host=host_of(url)), 20)
        threading.Thread(target=self._browse, args=(url,), daemon=True).start()

    def _browse(self, url: str) -> None:
        """The browser may think for seconds."""
        with guarded(self._tell_browsed):
            outside.open_url(url)
            self._tell_browsed(_("Opened in the browser: {host}").format(host=host_of(url)))

    def _tell_browsed(self, words: str) -> None:
        self.post_message(self.Browsed(words))

    def on_links_screen_browsed(self, message: Browsed) -> None:
        """Say how it went."""
        self.acterm.tell(message.words)

    def action_copy_link(self) -> None:
        """To the clipboard of the terminal (OSC 52)."""
        link = self.lines.current
        if link is not None:
            self.app.copy_to_clipboard(link.url)
            self.acterm.tell(_("The link is copied."))

    async def action_show_qr_code(self) -> None:
        """For a telephone."""
        link = self.lines.current
        if link is not None:
            await self.app.push_screen(QrScreen(link.url, end_of(link)))


class QrScreen(Panel):
    """A link as a QR code; where its own is too large for the window, that of its `end`."""

    def __init__(self, url: str, end: str = "") -> None:
        super().__init__()
        self._url = url
        self._end = end

    def title_words(self) -> str:
        """The address itself."""
        return self._url

    def compose_inside(self) -> Iterator[Widget]:
        """The code, or why there is none."""
        rows = outside.qr_lines(self._url)
        ends = outside.qr_lines(self._end) if self._end and not self._fits(rows) else []
        if ends and self._fits(ends, below=2):
            words = _("Without the detour, straight to {url}").format(url=self._end)
            rows = [cut(words, self.app.size.width - 2), "", *ends]
        elif not rows:
            rows = [_("This link is too long for a QR code: copy it instead.")]
        elif not self._fits(rows):
            rows = [_("The window is too small for the QR code: enlarge it, or scroll."), "", *rows]
        yield TextView([Line(row) for row in rows])

    def _fits(self, rows: Sequence[str], below: int = 0) -> bool:
        width, height = self.app.size
        return bool(rows) and len(rows) + below <= height - 3 and len(rows[0]) <= width - 2


def _words(link: Link, numbers: int) -> str:
    """A link by its number, of as many cells as the longest, and its text."""
    warned = "!! " if link.warning else ""
    return f"{f'⟦{link.number}⟧':<{numbers}} {warned}{link.text}"


def _hosts(link: Link) -> str:
    """The real host; where the link only passes through it, its owner and the host at the end."""
    end = end_of(link)
    return f"{registrable(link.host)} {marks.forwarded} {host_of(end)}" if end else link.host


def whole(link: Link) -> Content:
    """The whole address with its real host set off, where it ends, and what is wrong with it."""
    pieces: list[str | tuple[str, str]] = _address(link.url, link.host)
    end = end_of(link)
    if end:
        leads = _("leads to")
        pieces += [f"\n{leads} ", *_address(end, host_of(end))]
    elif not link.target:
        hidden = _("This address only passes on, and does not say where to.")
        pieces.append((f"\n! {hidden}", "bold $warning"))
    if link.warning:
        pieces.append((f"\n!! {link.warning}", "bold $warning"))
    return Content.assemble(*pieces)


def _address(url: str, host: str) -> list[str | tuple[str, str]]:
    """Of a very long one the end is counted instead of shown: the host is what decides."""
    before, found, after = url.partition(host) if host else (url, "", "")
    rest = len(after) - _MOST
    more = _("… and {count} more characters").format(count=rest) if rest > 0 else ""
    return [before, (found, "bold $accent"), after[:_MOST], more]


def written_to(url: str, account_id: int) -> Draft:
    """An empty mail to the address of a mailto: link; nothing else of the link is taken over."""
    return Draft(account_id, to=clean(unquote(urlsplit(url).path), line=True))


def leaving(url: str, account_id: int) -> Draft:
    """The mail that leaves a list: its address, with the subject and words the list wants."""
    asked = parse_qs(urlsplit(url).query)
    subject, body = (clean(asked.get(name, [""])[0], line=True) for name in ("subject", "body"))
    return replace(written_to(url, account_id), subject=subject, body=body)


def ways_out(mail: ListMail) -> list[Link]:
    """The addresses by which one leaves a list, as links."""
    return [
        Link(number, _("by mail") if _is_mail(url) else _("on its page"), url, host_of(url))
        for number, url in enumerate(mail.unsubscribe, 1)
    ]


def _is_mail(url: str) -> bool:
    return url.lower().startswith("mailto:")
