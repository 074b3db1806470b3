"""A list of attachments, each fetched from the server when something is done with it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from mimetypes import guess_extension

from textual.timer import Timer

from acterm.engine.messages.mail import BodyFailed, DropPart, FetchPart, PartArrived, PartComing
from acterm.i18n import _
from acterm.mail.message import Attachment
from acterm.mail.parsing import mimetree
from acterm.mail.size import size_words
from acterm.store import bodies
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import named
from acterm.ui.errors import guarded
from acterm.ui.keys import keyboard_of
from acterm.ui.screens.attachment import AttachmentView
from acterm.ui.screens.panel import Panel
from acterm.ui.verbs.file import File, FileVerbs, Use

_Failed = Callable[[str], None]
_Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Wish:
    """An attachment that is on its way, and what is done when it has come, or will not."""

    item: Attachment
    use: Use
    failed: _Failed


class FetchingPanel(FileVerbs, Panel):
    """Says how much is here and since when; going back ends the transfers before the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._wishes: dict[_Place, list[_Wish]] = {}
        self._coming: dict[_Place, int] = {}
        self._since = 0.0
        self._saying: Timer | None = None

    def fetch(self, mail: int, item: Attachment, use: Use, failed: _Failed | None = None) -> None:
        """Do it with the bytes, now or when they have come; `failed` hears why they do not."""
        data = self._stored(mail, item)
        if data is not None:
            use(_file(item, data, mail))
            return
        wish = _Wish(item, use, failed or self._tell_failure)
        self._wishes.setdefault((mail, item.section), []).append(wish)
        self.acterm.bridge.submit(FetchPart(mail, item.section))
        if self._saying is None:
            self._since = time.monotonic()
            self._saying = self.set_interval(1.0, self._say)
        self._say()

    def _stored(self, mail: int, item: Attachment) -> bytes | None:
        db = self.acterm.store.reader()
        data = bodies.part(db, mail, item.section)
        body = bodies.get(db, mail) if data is None else None
        if body is None:
            return data
        part = mimetree.find(mimetree.tree(body.source), item.section)
        if part is None or (body.skeleton and part.announced_size >= 0):
            return None
        return part.content

    def _tell_failure(self, words: str) -> None:
        self.acterm.tell(words, 15)

    def show_file(self, file: File) -> None:
        """Over this panel, unless the person is elsewhere by now."""
        if self.app.screen is self:
            self.acterm.tell("")
            self.app.push_screen(AttachmentView(file))
        else:
            self.acterm.tell(_("“{name}” is here now.").format(name=file.name))

    def _say(self) -> None:
        items = [wishes[0].item for wishes in self._wishes.values()]
        seconds = round(time.monotonic() - self._since)
        words = _coming_words(items, sum(self._coming.values()))
        if seconds:
            key = keyboard_of(self).shown(named("back"))
            on_top = self.app.screen is self
            more = _("{seconds} s · {key}: wait no longer") if on_top else _("{seconds} s")
            words = f"{words} {more.format(seconds=seconds, key=key)}"
        self.acterm.tell(words, 5)

    def on_engine_event(self, message: EngineEvent) -> None:
        """An attachment came, or some of it, or will not."""
        event = message.event
        if not isinstance(event, PartComing | PartArrived | BodyFailed):
            return
        place = (event.message_id, event.section)
        if isinstance(event, PartComing) and place in self._wishes:
            self._coming[place] = event.done
            return
        for wish in self._ended(place):
            with guarded(self.acterm.tell):
                if isinstance(event, BodyFailed):
                    wish.failed(f"{event.title} {event.advice}".strip())
                else:
                    self.fetch(event.message_id, wish.item, wish.use, wish.failed)

    def _ended(self, place: _Place) -> Sequence[_Wish]:
        self._coming.pop(place, None)
        wishes = self._wishes.pop(place, ())
        if not self._wishes and self._saying:
            self._saying.stop()
            self._saying = None
        return wishes

    def action_back(self) -> None:
        """Wait no longer; else close."""
        if self._wishes:
            self._stop_waiting()
            self.acterm.tell(_("Not waited for any longer."))
        else:
            super().action_back()

    def on_unmount(self) -> None:
        """Nobody waits for anything any more."""
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        for mail, section in tuple(self._wishes):
            self.acterm.bridge.submit(DropPart(mail, section))
            self._ended((mail, section))


def _file(item: Attachment, data: bytes, mail: int) -> File:
    name = item.name or _("without a name") + (guess_extension(item.type) or "")
    return File(name, item.type, data, item.number, mail, item.section, charset=item.charset)


def _coming_words(items: Sequence[Attachment], done: int) -> str:
    """« film.mp4 arrive (3 Mo sur 30 Mo)… »."""
    total = sum(item.size for item in items)
    sizes = {"done": size_words(min(done, total)), "size": size_words(total)}
    if len(items) > 1:
        words = _("Fetching {count} attachments ({done} of {size})…")
        return words.format(count=len(items), **sizes)
    name = items[0].name or _("without a name")
    if not done:
        return _("Fetching {name} ({size})…").format(name=name, size=sizes["size"])
    return _("Fetching {name} ({done} of {size})…").format(name=name, **sizes)
