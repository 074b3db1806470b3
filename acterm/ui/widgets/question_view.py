"""One question of a flow: what is known, why it is asked, and the field or lines that answer it."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from acterm.assistant.connect import words as connect_words
from acterm.assistant.flow import CheckLine, Choice, Kind, Question
from acterm.engine.messages.account import StepState
from acterm.i18n import _
from acterm.mail.cells import cells
from acterm.secret import Secret
from acterm.ui.cells import fit
from acterm.ui.widgets import choices
from acterm.ui.widgets.answers import Answer, Deed, LongAnswer, Way, Ways
from acterm.ui.widgets.countdown import Countdown
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.sentences import Sentences

_MARKS = {
    StepState.WAITING: " ",
    StepState.RUNNING: "…",
    StepState.DONE: "✓",
    StepState.LATER: "·",
    StepState.FAILED: "✗",
}
_STYLES = {StepState.DONE: "$success", StepState.FAILED: "bold $error", StepState.RUNNING: "bold"}


# What no line is wider than, see flow.tcss: the eye would lose the next one.
_WIDEST = 100
_GAP = "   "


class QuestionView(VerticalScroll, can_focus=False):
    """Draws a question, tells the answer. `hint` is what stands beside the page's address."""

    @dataclass
    class Answered(Message):
        """What was typed, or the key of a choice; neither when one only goes on."""

        answer: str | Secret = ""
        choice: str = ""

    @dataclass
    class PageWanted(Message):
        """The official page shall be opened."""

    field = getters.query_one("#answer", Answer)
    long = getters.query_one("#long", LongAnswer)
    ways = getters.query_one("#ways", Ways)

    def __init__(self) -> None:
        super().__init__(id="question")
        self.asked = Question("", Kind.WAIT)
        self._hint = ""
        self._wide = False

    def compose(self) -> ComposeResult:
        """From what is known to why it is asked."""
        yield Sentences(id="title")
        yield Sentences(id="facts")
        yield Countdown(id="countdown")
        yield Static(id="checks")
        yield Sentences(id="problem")
        yield Answer("", id="answer")
        yield LongAnswer(id="long")
        yield Sentences(id="hints")
        yield Ways(id="ways")
        yield Sentences(id="about")
        yield Sentences(id="why")

    def show(self, asked: Question, hint: str = "") -> None:
        """Draw a question; what is being typed stays while it is the same one."""
        if asked == self.asked:
            return
        fresh = _names(self.asked) != _names(asked)
        self.asked, self._hint = asked, hint
        self.say("title", asked.title)
        self.say("facts", "\n".join(asked.facts))
        self.say("problem", f"!! {asked.problem}" if asked.problem else "")
        self.say("why", "\n".join(words for words in (asked.why, asked.then) if words))
        self._draw_checks(asked.lines)
        if fresh:
            self._empty_fields(asked)
        self._draw_ways(asked, fresh)
        self._place_focus(asked, fresh)

    def say(self, name: str, words: str) -> None:
        """Fill one of the texts; an empty one takes no room."""
        self.query_one(f"#{name}", Sentences).say(words)

    def hide(self) -> None:
        """A secret that was shown is masked again."""
        self.field.password = self.asked.kind is Kind.SECRET

    def wipe(self) -> None:
        """Nothing that was typed stays in a field."""
        self.field.value = ""
        self.long.text = ""

    @property
    def typing(self) -> bool:
        """Whether the question is answered by a field."""
        return self.asked.kind in (Kind.TEXT, Kind.SECRET, Kind.LONG)

    @property
    def goes_on_by_enter(self) -> bool:
        """Whether there is an answer to give, and Enter is not a line of it."""
        return (self.typing or self.ways.display) and not self.long.has_focus

    @property
    def _is_below(self) -> bool:
        """Whether the line under the cursor lies below what a low window shows."""
        line = self.ways.virtual_region.y + self.ways.cursor
        return self.ways.has_focus and line >= self.scroll_offset.y + self.size.height

    def go_on(self) -> None:
        """Answer with the line under the cursor, once it has been seen, or with what is typed."""
        if self._is_below:
            self.ways.scroll_visible(animate=False)
            return
        if self.typing and not self.ways.has_focus:
            self._answer_typed()
            return
        way = self.ways.current if self.ways.display else None
        if isinstance(way, Choice):
            if self.asked.kind is Kind.SECRET:  # another way was chosen than to give it
                self.wipe()
            self.post_message(self.Answered(choice=way.key))
        elif way is Deed.OPEN_PAGE:
            self.post_message(self.PageWanted())
            self.ways.cursor += 1
        elif self.typing:
            self._answer_typed()
        elif way is Deed.GO_ON:
            self.post_message(self.Answered())

    def change_focus(self) -> None:
        """From the field to the lines below it, and back."""
        typed = self.long if self.asked.kind is Kind.LONG else self.field
        (typed if self.ways.has_focus else self.ways).focus()

    # Drawing

    def _empty_fields(self, asked: Question) -> None:
        self.field.display = asked.kind in (Kind.TEXT, Kind.SECRET)
        self.long.display = asked.kind is Kind.LONG
        self.field.password = asked.kind is Kind.SECRET
        self.field.value = asked.value if asked.kind is Kind.TEXT else ""
        self.field.cursor_position = len(self.field.value)
        self.long.text = asked.value if asked.kind is Kind.LONG else ""
        self.say("hints", "")

    def on_resize(self) -> None:
        """There is more or less room beside the lines."""
        self._draw_ways(self.asked, fresh=False)

    def _draw_ways(self, asked: Question, fresh: bool) -> None:
        lines = list(_lines(asked, self._hint))
        room = min(_WIDEST, self.size.width or self.app.size.width) - 6
        column = max((cells(one.label) for one in asked.choices if one.words), default=0)
        beside = [column + len(_GAP) + cells(one.words) for one in asked.choices if one.words]
        pages = [cells(left) + cells(right) for left, right, way in lines if way is Deed.OPEN_PAGE]
        wide = any(cell > room for cell in beside + pages)
        self.ways.display = bool(lines)
        if fresh:
            self.ways.cursor = 0
        self.ways.show([_drawn(line, 0 if wide else column) for line in lines])
        self.ways.styles.height = len(lines)
        self._wide = wide
        self._draw_about()

    def _draw_about(self) -> None:
        way = self.ways.current if self.ways.display else None
        page = self.asked.page
        if isinstance(way, Choice):
            self.say("about", way.words if self._wide else "")
        else:  # a link is never opened unless all of it is on screen
            self.say("about", page.url if self._wide and page and way is Deed.OPEN_PAGE else "")

    def _place_focus(self, asked: Question, fresh: bool) -> None:
        if not fresh and self.screen.focused is not None:
            return
        if asked.kind is Kind.LONG:
            self.long.focus()
        elif self.typing:
            self.field.focus()
        elif self.ways.display:
            self.ways.focus()
        else:
            self.screen.set_focus(None)

    def _draw_checks(self, lines: tuple[CheckLine, ...]) -> None:
        drawn = [_check_line(line) for line in lines]
        checks = self.query_one("#checks", Static)
        checks.display = bool(drawn)
        checks.update(Content("\n").join(drawn))

    # What the person does

    def on_answer_went_down(self) -> None:
        """From the field to the lines below it."""
        if self.ways.display:
            self.ways.focus()

    def on_ways_went_up(self) -> None:
        """From the first line to the field above it, else to what a low window hides."""
        if self.typing:
            self.change_focus()
        self.scroll_home(animate=False)

    def on_line_list_moved(self) -> None:
        """The words of the line under the cursor, when there is no room beside it."""
        self._draw_about()
        if self.ways.cursor:
            self.ways.scroll_visible(animate=False)

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """One of the lines."""
        message.stop()
        self.go_on()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What is typed is the answer."""
        event.stop()
        self._answer_typed()

    def _answer_typed(self) -> None:
        if self.asked.kind is Kind.LONG:
            self.post_message(self.Answered(self.long.text))
            return
        typed = self.field.value
        if self.asked.kind is Kind.SECRET:
            self.wipe()
            self.post_message(self.Answered(Secret(typed)))
        else:
            self.post_message(self.Answered(typed))


def _drawn(line: tuple[str, str, Way], column: int) -> choices.Choice[Way]:
    """What stands on a line; what the ways mean begins in one column, 0 leaves no room for it."""
    left, right, way = line
    if not isinstance(way, Choice):
        return choices.Choice(left, right, way)
    words = fit(left, column) + _GAP + right if right and column else left
    return choices.Choice(words, "", way)


def _names(asked: Question) -> tuple[object, ...]:
    """What makes it another question."""
    return asked.title, asked.kind, asked.step, asked.value


def _lines(asked: Question, hint: str) -> Iterator[tuple[str, str, Way]]:
    """The lines below a question: its page, going on, its choices."""
    if asked.page is not None:
        label = f"{asked.page.label} · " if asked.page.label else ""
        yield label + asked.page.url, hint, Deed.OPEN_PAGE
    if asked.kind is Kind.LONG:
        yield _("Go on with this text"), "", Deed.GO_ON
    for choice in asked.choices:
        yield choice.label, choice.words, choice
    if asked.kind is Kind.END:
        yield _("Done"), "", Deed.GO_ON
    elif asked.kind is Kind.CHOICE and not asked.choices:
        yield _("Go on"), "", Deed.GO_ON


def _check_line(line: CheckLine) -> Content:
    label = f"{connect_words.step_label(line.step):<18}"
    words = line.words or connect_words.state_label(line.state)
    style = _STYLES.get(line.state, "$dim")
    return Content.assemble((f"{_MARKS[line.state]} {label}", style), (words, style))
