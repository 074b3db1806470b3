"""The locked screen: hides everything until the password or the PIN of this session is typed."""

from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from acterm.assistant.flow import Kind, Question
from acterm.engine.messages.assistant import ChoosePin, TryUnlock, UnlockTried
from acterm.i18n import _
from acterm.secret import Secret
from acterm.ui.bridge import EngineEvent
from acterm.ui.keys import Keyed
from acterm.ui.screens.too_small import TooSmall
from acterm.ui.widgets.lines import StatusLine
from acterm.ui.widgets.question_view import QuestionView

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_SHORTEST = 4


class LockScreen(Keyed, Screen[None]):
    """Asks the engine whether what is typed opens it; knows no secret itself.

    `is_open`: it hides nothing any more, and goes as soon as it is on top.
    `alone`: the lock came by itself. When nothing is known that would open it, it ends the
    session then: whoever comes next is not to choose the PIN.
    """

    CSS_PATH = "flow.tcss"
    DEFAULT_CSS = """
    LockScreen { background: $background; color: $foreground; }
    """
    view = getters.query_one(QuestionView)

    def __init__(self, *, alone: bool = False) -> None:
        super().__init__()
        self._alone = alone
        self._known: bool | None = None
        self._chosen: Secret | None = None
        self._problem = ""
        self.is_open = self._is_gone = False

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def compose(self) -> ComposeResult:
        """Nothing of the mailbox, not even whose it is."""
        yield StatusLine()
        yield QuestionView()
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Ask what opens it."""
        self.query_one(StatusLine).left = _("acterm, locked")
        self.query_one("#keys", Static).update(Content(" " + _("F10: end the session")))
        self.acterm.bridge.submit(TryUnlock(Secret("")))
        self._draw()

    def on_screen_suspend(self) -> None:
        """What opens by itself meanwhile comes below a new lock."""
        if not self.is_open and not isinstance(self.app.screen, TooSmall | LockScreen):
            self.app.push_screen(LockScreen(), lambda _none: self._open())

    def on_screen_resume(self) -> None:
        """Away, as soon as nothing lies above it."""
        if self.is_open and self.app.screen is self and not self._is_gone:
            self._is_gone = True
            self.dismiss()

    def _question(self) -> Question:
        if self._known is None:
            return Question(_("Locked."), Kind.WAIT)
        if not self._known and self._alone:
            title = _("Nobody was here, and nothing opens this session: it ends.")
            return Question(title, Kind.WAIT, why=_("What is still here goes to the server first."))
        if self._known and self.acterm.known_pin:
            words = _("In the demo, “{pin}” opens it.").format(pin=self.acterm.known_pin)
            title = _("What opens this session?")
            return Question(title, Kind.SECRET, why=words, problem=self._problem)
        if self._known:
            return Question(
                _("What opens this session?"),
                Kind.SECRET,
                why=_("Your mail password if only this session knows it, else the PIN you chose."),
                then=_("It is compared here: no server is asked, so nothing can be blocked."),
                problem=self._problem,
            )
        if self._chosen is None:
            title = _("Which PIN shall open this session again?")
        else:
            title = _("Once more, the same PIN?")
        return Question(
            title,
            Kind.SECRET,
            why=_("Four signs or more. It counts until acterm ends, and is stored nowhere."),
            problem=self._problem,
        )

    def _draw(self) -> None:
        self.view.show(self._question())

    def on_question_view_answered(self, message: QuestionView.Answered) -> None:
        """The PIN is chosen, or the answer is tried."""
        typed = message.answer
        if not isinstance(typed, Secret) or not typed:
            return
        self._problem = ""
        if self._known:
            self.acterm.bridge.submit(TryUnlock(typed))
        elif self._chosen is None:
            self._choose(typed)
        elif self._chosen == typed:
            self.acterm.bridge.submit(ChoosePin(typed))
        else:
            self._chosen, self._problem = None, _("The two PINs are not the same.")
        self._draw()

    def _choose(self, typed: Secret) -> None:
        if len(typed.reveal()) < _SHORTEST:
            self._problem = _("Four signs at least.")
        else:
            self._chosen = typed

    async def on_engine_event(self, message: EngineEvent) -> None:
        """It opens, or it does not."""
        event = message.event
        if not isinstance(event, UnlockTried):
            return
        self._known, self._chosen = event.known, None
        if event.opened:
            self._open()
            return
        self._problem = _("This does not open it.") if event.wrong else ""
        self._draw()
        if self._alone and not event.known:
            await self.acterm.action_quit()

    def _open(self) -> None:
        if not self.is_open:
            self.is_open = True
            self.view.wipe()
            self.on_screen_resume()

    async def on_key(self, event: Key) -> None:
        """One key ends the session for whoever finds the machine locked."""
        if event.key == "f10":
            event.stop()
            await self.acterm.action_quit()
