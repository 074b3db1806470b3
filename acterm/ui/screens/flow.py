"""Any flow of the assistant: one question at a time, left and taken up again as one likes."""

import time
from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from acterm.academy import directory
from acterm.assistant import menu, resume
from acterm.assistant.flow import (
    Connect,
    Flow,
    GoTo,
    Kind,
    Leave,
    Question,
    Start,
    StartShared,
    Turn,
    Write,
)
from acterm.engine.messages.assistant import KeepFlow
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.store import accounts, settings
from acterm.ui import outside
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Command, Place
from acterm.ui.official_pages import OfficialPages
from acterm.ui.widgets.answers import Answer
from acterm.ui.widgets.countdown import Countdown
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine
from acterm.ui.widgets.question_view import QuestionView


class FlowScreen(OfficialPages, Screen[None]):
    """Draws the questions of one flow; decides nothing itself.

    `account_id` is whose account it is about; 0: the one that waits for an answer, else the first
    one of an académie.
    """

    places = (Place.FLOW,)
    CSS_PATH = "flow.tcss"

    def __init__(
        self,
        name: str,
        flow: Flow[Any] | None = None,
        *,
        account_id: int = 0,
        refused: str = "",
    ) -> None:
        """`flow` is that of the menu when it is not given; `refused` what a server just said."""
        super().__init__()
        self.flow_name = name
        self._flow: Flow[Any] = flow or menu.flow(name)
        self._account_id = account_id
        self._refused = refused
        self._state: Any = None
        self._left: Mapping[str, str] = {}
        self._remembered: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """Where one is, the question, what just happened, the keys."""
        yield StatusLine()
        yield QuestionView()
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """Begin, or offer to go on where it was left."""
        kept = settings.get(self.acterm.store.reader(), f"flow:{self.flow_name}", {})
        if kept and self._flow.resumed is not None:
            self._left = self._remembered = kept
            self._draw()
        else:
            self._follow(self.begin())

    def on_unmount(self) -> None:
        """Nothing of it stays in memory."""
        self._state = None

    def begin(self) -> Turn[Any]:
        """The first turn of the flow."""
        return self._flow.start(self._start())

    def title_words(self) -> str:
        """Which flow this is."""
        return f"{_('My account')} › {menu.entry(self.flow_name).label()}"

    def _start(self) -> Start:
        situation = self.acterm.situation
        account = self._account()
        return start_of(
            account,
            remote=outside.is_remote() or not outside.can_browse(),
            fill=situation.fill.get(account.id, -1) if account else -1,
            refused=self._refused or (situation.refused.get(account.id, "") if account else ""),
        )

    def _account(self) -> Account | None:
        """The one that was named; else one that waits, else any, an académie's before others."""
        situation = self.acterm.situation
        known = accounts.all_accounts(self.acterm.store.reader())
        waiting = {*situation.refused, *situation.wanted}
        order = sorted(
            known,
            key=lambda one: (
                one.id != self._account_id,
                one.id not in waiting,
                directory.academy_of(one.address) is None,
            ),
        )
        return next(iter(order), None)

    # Drawing

    def question(self) -> Question:
        """What is asked now."""
        if self._left:
            return resume.question()
        return self._flow.question(self._state)

    def _draw(self) -> None:
        asked = self.question()
        status = self.query_one(StatusLine)
        status.left = self.title_words()
        status.right = _step_words(asked)
        self.view.show(asked, self.page_hint() if asked.page else "")
        self.view.query_one(Countdown).count_to(asked.until)
        self.refresh_bindings()

    def on_countdown_ended(self) -> None:
        """What was shown has ended: the question anew."""
        self._draw()

    def on_screen_resume(self) -> None:
        """Back from another screen: what is shown may have ended, and no secret is shown."""
        self.view.hide()
        if self._state is not None:
            self._draw()

    # Answers

    def on_input_changed(self, event: Input.Changed) -> None:
        """Doubts about what is typed, as it is typed."""
        event.stop()
        if not self._left and self._state is not None:
            self.view.say("hints", "\n".join(self._flow.hints(self._state, event.value)))

    def on_question_view_answered(self, message: QuestionView.Answered) -> None:
        """One answer, one step."""
        if self._left:
            left, self._left = self._left, {}
            self._follow(self._taken_up(left) if message.choice == resume.GO_ON else self.begin())
        elif self.view.asked.kind is Kind.END and not message.choice:
            self._end()
        else:
            self._follow(self._flow.answered(self._state, message.answer, choice=message.choice))

    def _taken_up(self, left: Mapping[str, str]) -> Turn[Any]:
        if self._flow.resumed is None:
            return self.begin()
        return self._flow.resumed(self._start(), left)

    def on_engine_event(self, message: EngineEvent) -> None:
        """What the flow waits for may have happened."""
        if not self._left and self._state is not None:
            self._follow(self._flow.heard(self._state, message.event))

    def _follow(self, turn: Turn[Any]) -> None:
        """Take a turn: commands to the engine, then where it leads."""
        if turn.state is self._state and not turn.commands and turn.onward is None:
            return
        self._state = turn.state
        for command in turn.commands:
            self.acterm.bridge.submit(command)
        self._remember()
        match turn.onward:
            case Leave():
                self._end()
                return
            case Write(draft=draft):
                self.acterm.compose_draft(draft)
            case GoTo(flow=name):
                self.acterm.open_flow(name, self._account_id, self.refused_words())
            case Connect(account_id=account_id):
                self.acterm.connect_account(account_id)
            case StartShared():
                self.acterm.start_shared()
        self._draw()

    def refused_words(self) -> str:
        """What the server said of the sign-in that was just refused; empty without one."""
        return self._refused

    def _remember(self) -> None:
        """Write down how far it is, when that has changed."""
        if self._flow.kept is None:
            return
        kept = dict(self._flow.kept(self._state))
        if kept != self._remembered:
            self._remembered = kept
            self.acterm.bridge.submit(KeepFlow(self.flow_name, tuple(kept.items())))

    def leave(self) -> None:
        """Out of here; what was written at length is kept, and where it was left is offered."""
        written = self.view.long.text if self.view.asked.kind is Kind.LONG else ""
        if written.strip() and self._flow.kept is not None:
            self._state = self._flow.answered(self._state, written).state
            self._remember()
        self.view.wipe()
        self.dismiss()

    def _end(self) -> None:
        asked = self._flow.question(self._state)
        self.leave()
        if asked.kind is Kind.END:  # on the screen that one comes back to
            self.acterm.tell(asked.title)

    # Keys

    @property
    def can_go_back(self) -> bool:
        """Whether there is a question before, or a screen behind."""
        return True

    def can(self, command: type[Command]) -> bool:
        """Only what this question has."""
        asked = self.view.asked
        allowed = {
            "go_on": self.view.goes_on_by_enter,
            "other_ways": self.view.typing and self.view.ways.display,
            "reveal": asked.kind is Kind.SECRET,
            "page_code": asked.page is not None,
            "copy_shown": asked.page is not None or bool(asked.copy),
            "whom_to_call": self.flow_name != "contacts",
            "step_back": self.can_go_back,
        }
        return allowed.get(command.name, True) and super().can(command)

    def hint(self, command: type[Command]) -> str:
        """Going on later is named where it is written down how far one is."""
        if command.name == "leave_flow" and not self._resumes:
            return _("leave")
        return super().hint(command)

    @property
    def _resumes(self) -> bool:
        """Whether it goes on from here the next time."""
        if self._left:
            return True
        if self._flow.kept is None or self._flow.resumed is None or self._state is None:
            return False
        return self.view.asked.kind is Kind.LONG or bool(self._flow.kept(self._state))

    def action_go_on(self) -> None:
        """Answer."""
        self.view.go_on()

    def action_step_back(self) -> None:
        """The question before; from the first one, out of here."""
        before = self._flow.back(self._state) if not self._left else self._state
        if before == self._state:
            self.leave()
        else:
            self._follow(Turn(before))

    def on_answer_went_back(self, message: Answer.WentBack) -> None:
        """The same, from the beginning of the field."""
        message.stop()
        self.action_step_back()

    def action_other_ways(self) -> None:
        """From the field to the lines, and back."""
        self.view.change_focus()

    def action_reveal(self) -> None:
        """Show or hide what is typed."""
        self.view.field.password = not self.view.field.password

    def action_leave_flow(self) -> None:
        """Out of here."""
        self.leave()

    def action_whom_to_call(self) -> None:
        """The contacts."""
        self.acterm.open_flow("contacts", self._account_id)


def start_of(account: Account | None, *, remote: bool, fill: int, refused: str) -> Start:
    """What a flow is told of the person."""
    domain = account.address.rpartition("@")[2].lower() if account else ""
    academy = domain if domain in directory.academies() else Start().academy
    return Start(account, academy, remote, fill, refused, time.time())


def _step_words(asked: Question) -> str:
    if asked.steps < 2 or not asked.step:
        return ""
    return _("step {step} of {steps}").format(step=asked.step, steps=asked.steps)
