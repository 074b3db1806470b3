"""The single lines around the list: status on top, banner, rule with notices, footer."""

import textwrap

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Resize
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from acterm.ui.cells import fit, spread
from acterm.ui.glyphs import marks
from acterm.ui.keys import continuations, key_name, keyboard_of, valid

_NOTICE_SECONDS = 6.0


class StatusLine(Widget):
    """What is open on the left, how the account stands on the right."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $surface; color: $foreground; text-style: bold; }
    """
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """Both ends; the left one is cut when they meet."""
        text = spread(f" {self.left}", f"{self.right} ", self.size.width)
        quiet = len(text) - len(self.right) - 1
        return Content(text).stylize("not bold $dim", quiet) if self.right else Content(text)


class Banner(Widget):
    """A sentence that stays until it is answered."""

    DEFAULT_CSS = """
    Banner {
        height: auto; max-height: 4; padding: 0 1; display: none;
        background: $surface; color: $warning; text-style: bold;
    }
    Banner.-said { display: block; }
    """
    words: reactive[str] = reactive("", layout=True)

    def render(self) -> RenderResult:
        """The words as they are."""
        return Content(f"!! {self.words}") if self.words else Content("")

    def _watch_words(self, words: str) -> None:
        self.set_class(bool(words), "-said")


class NoticeLine(Widget):
    """A thin rule that tells, for some seconds, what just happened."""

    DEFAULT_CSS = """
    NoticeLine { height: 1; color: $rule; background: $background; }
    """
    words: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._until: Timer | None = None
        self._width = 0

    @property
    def lines(self) -> list[str]:
        """The words as they are shown: two lines at most."""
        width = max(1, self._width - 4)
        first, *rest = textwrap.wrap(self.words, width) or [""]
        lines = [first, " ".join(rest)] if rest else [first]
        return [fit(line, width).rstrip() for line in lines]

    def tell(self, words: str, seconds: float = _NOTICE_SECONDS) -> None:
        """Show a sentence; it goes by itself."""
        self.words = words
        if self._until:
            self._until.stop()
        self._until = self.set_timer(seconds, self.clear)

    def clear(self) -> None:
        """Only the rule again."""
        self.words = ""

    def on_resize(self, event: Resize) -> None:
        """At another width the words may need another number of lines."""
        if event.size.width != self._width:
            self._watch_words()

    def _watch_words(self) -> None:
        """A second line takes the footer's place, so that nothing above moves."""
        self._width = (self.size or self.app.size).width
        self.styles.height = len(self.lines)
        for footer in self.screen.query(Footer):
            footer.display = len(self.lines) == 1

    def render(self) -> RenderResult:
        """The rule, with the words in it."""
        width = self.size.width
        if not self.words:
            return Content(marks.rule * width)
        words, *more = self.lines
        rest = max(0, width - 3 - cell_len(words))
        line = Content.assemble(f"{marks.rule} ", (words, "bold $accent"), " ", marks.rule * rest)
        return line + Content.styled(f"\n  {more[0]}", "bold $accent") if more else line


class Footer(Widget):
    """The eight keys that are valid now; after the first half of a key, what may follow."""

    DEFAULT_CSS = """
    Footer { height: 1; background: $background; color: $dim; }
    """
    MOST = 8
    entries: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def on_mount(self) -> None:
        """Follow what the screen says about its keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self.update()

    def _bindings_updated(self, _screen: object) -> None:
        self.update()

    def update(self) -> None:
        """Read the keys again from the focus up."""
        node = self.screen.focused or self.screen
        keyboard = keyboard_of(self)
        if keyboard.pending:
            following = continuations(node, keyboard.pending)
            self.entries = tuple((key, one.node.hint(one.command)) for key, one in following)
            self._make_room()
            return
        self._make_room()
        ranked = [one for one in valid(node) if one.node.offers(one.command)]
        ranked.sort(key=lambda one: one.command.footer)
        typing = self.screen.focused is not None and node.check_consume_key("x", "x")
        shown = keyboard.shown_while_typing if typing else keyboard.shown
        named = ((shown(one.command), one.node.hint(one.command)) for one in ranked)
        self.entries = tuple((key, words) for key, words in named if key)

    def _make_room(self) -> None:
        """What may follow a key is shown whole; its second line takes the rule's place."""
        lines = len(self._following()) if keyboard_of(self).pending else 1
        self.styles.height = lines
        for rule in self.screen.query(NoticeLine):
            rule.display = lines == 1
            self.display = lines > 1 or len(rule.lines) == 1

    def _following(self) -> list[Content]:
        pending = key_name(keyboard_of(self).pending)
        lines = [Content.assemble(" ", (pending, "bold $accent"), " … ")]
        for part in (_entry(key, label) for key, label in self.entries):
            if lines[-1].cell_length + part.cell_length > self.size.width:
                lines.append(Content(" " * (len(pending) + 4)))
            lines[-1] += part + "  "
        return lines

    def render(self) -> RenderResult:
        """The first eight that there is room for; the last one, help, always has room."""
        if keyboard_of(self).pending:
            return Content("\n").join(self._following())
        line = Content(" ")
        parts = [_entry(key, label) for key, label in self.entries]
        last = parts.pop() if parts else None
        room = self.size.width - (last.cell_length if last else 0)
        shown = 0
        for part in parts:
            if line.cell_length + part.cell_length + 2 <= room and shown < self.MOST - 1:
                line = line + part + "  "
                shown += 1
        return line + last if last else line


class DialogKeys(Widget):
    """What the keys of a dialog do; it lies over the footer of the screen below."""

    DEFAULT_CSS = """
    DialogKeys { dock: bottom; height: 1; background: $background; color: $dim; }
    """

    def __init__(self, *entries: tuple[str, str]) -> None:
        super().__init__()
        self._entries = entries

    def render(self) -> RenderResult:
        """Keys and words, as in the footer."""
        return Content(" ") + Content("  ").join(_entry(*entry) for entry in self._entries)


def _entry(key: str, label: str) -> Content:
    return Content.assemble((key, "bold $accent"), f" {label}")
