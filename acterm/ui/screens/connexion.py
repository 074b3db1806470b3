"""Connecting an account: one question at a time, a live checklist, and where the secret goes."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, Static

from acterm import config, paths
from acterm.assistant import connect, connect_words
from acterm.assistant.connect_state import Stage, State
from acterm.assistant.flow import CheckLine, Choice, Kind, Question, Turn
from acterm.engine.messages import GiveSecret, StepState
from acterm.i18n import N_, _
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.store import accounts
from acterm.ui.bridge import EngineEvent
from acterm.ui.command import Place
from acterm.ui.keys import Keyed
from acterm.ui.widgets import choices
from acterm.ui.widgets.choices import Choices
from acterm.ui.widgets.fields import Field
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import NoticeLine, StatusLine

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm

_MARKS = {
    StepState.WAITING: " ",
    StepState.RUNNING: "…",
    StepState.DONE: "✓",
    StepState.LATER: "·",
    StepState.FAILED: "✗",
}
_STYLES = {StepState.DONE: "$success", StepState.FAILED: "bold $error", StepState.RUNNING: "bold"}


# What one secret alone answers: the account itself is known and stays as it is.
_UNLOCKING = {
    "passphrase": N_("What is the passphrase of the sealed file?"),
    "keyring-password": N_("What is the password of your session on this computer?"),
    "passcode": N_("What is your passcode?"),
}


class ConnexionScreen(Keyed, Screen[None]):
    """Draws the questions of `acterm.assistant.connect`; decides nothing itself."""

    places = (Place.OUTBOX,)
    CSS_PATH = "connexion.tcss"
    field = getters.query_one("#answer", Field)
    ways = getters.query_one("#ways", Choices)

    def __init__(self, account_id: int = 0) -> None:
        """Without an account: a new one. With one: what it needs to connect again."""
        super().__init__()
        self._account_id = account_id
        self._state = connect.start()
        self._unlocking = ""
        self._shown: Question | None = None

    @property
    def acterm(self) -> "AcTerm":
        """The app."""
        return cast("AcTerm", self.app)

    def compose(self) -> ComposeResult:
        """Question, facts, field, ways on, checklist, and the keys."""
        yield StatusLine()
        with VerticalScroll(id="question", can_focus=False):
            yield Static(id="title")
            yield Static(id="facts")
            yield Field("", id="answer")
            yield Static(id="hints")
            yield Choices[Choice](id="ways")
            yield Static(id="checks")
            yield Static(id="problem")
            yield Static(id="why")
        yield NoticeLine()
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin where the account stands."""
        self.query_one(StatusLine).left = _("Connection")
        account = accounts.get(self.acterm.store.reader(), self._account_id)
        if account is not None:
            self._unlocking = self.acterm.situation.wanted.get(account.id, "")
            self._state = _again(account)
        else:
            self._state = connect.start(self._unfinished())
        self._draw()

    def _unfinished(self) -> config.AccountConfig | None:
        """An account of config.toml that still lacks something."""
        known = {one.address.lower() for one in accounts.all_accounts(self.acterm.store.reader())}
        listed = config.load(paths.config_file()).accounts
        return next((one for one in listed if one.address.lower() not in known), None)

    # Drawing

    def _question(self) -> Question:
        if self._unlocking in _UNLOCKING:
            title = _(_UNLOCKING[self._unlocking])
            return Question(title, Kind.SECRET, facts=(self._state.address,))
        return connect_words.question(self._state)

    def _draw(self) -> None:
        asked = self._question()
        fresh = self._shown is None or self._shown.title != asked.title
        self._shown = asked
        self._say("title", asked.title)
        self._say("facts", "\n".join(asked.facts))
        self._say("problem", f"!! {asked.problem}" if asked.problem else "")
        self._say("why", "\n".join(words for words in (asked.why, asked.then) if words))
        self._draw_checks(asked.lines)
        typing = asked.kind in (Kind.TEXT, Kind.SECRET)
        self.field.display = typing
        if fresh:
            self.field.password = asked.kind is Kind.SECRET
            self.field.value = asked.value
            self.field.cursor_position = len(asked.value)
            self._say("hints", "")
        self.ways.display = bool(asked.choices)
        self.ways.show([choices.Choice(one.label, one.words, one) for one in asked.choices])
        self.ways.styles.height = len(asked.choices)
        if typing:
            self.field.focus()
        elif asked.choices:
            self.ways.focus()
        self._draw_keys(asked)

    def _say(self, name: str, words: str) -> None:
        line = self.query_one(f"#{name}", Static)
        line.update(Content(words))
        line.display = bool(words)

    def _draw_checks(self, lines: tuple[CheckLine, ...]) -> None:
        drawn = [self._check_line(line) for line in lines]
        checks = self.query_one("#checks", Static)
        checks.display = bool(drawn)
        checks.update(Content("\n").join(drawn))

    def _check_line(self, line: CheckLine) -> Content:
        label = f"{connect_words.step_label(line.step):<18}"
        words = line.words or connect_words.state_label(line.state)
        style = _STYLES.get(line.state, "$dim")
        return Content.assemble((f"{_MARKS[line.state]} {label}", style), (words, style))

    def _draw_keys(self, asked: Question) -> None:
        parts = [_("Enter: go on")] if asked.kind is not Kind.WAIT else []
        if asked.kind is Kind.SECRET:
            parts.append(_("F4: show or hide what is typed"))
        if asked.choices and asked.kind is not Kind.CHOICE:
            parts.append(_("Tab: other ways"))
        parts.append(_("Esc: back"))
        self.query_one("#keys", Static).update(Content(" " + "  ".join(parts)))

    # Answers

    def on_input_changed(self, event: Input.Changed) -> None:
        """Doubts about what is typed, as it is typed."""
        event.stop()
        doubts = connect_words.hints(self._state, event.value) if not self._unlocking else ()
        self._say("hints", "\n".join(doubts))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """One answer, one step."""
        event.stop()
        asked = self._question()
        typed = self.field.value
        if self._unlocking in _UNLOCKING:
            if typed:
                self.acterm.bridge.submit(GiveSecret(self._account_id, Secret(typed)))
                self.dismiss()
            return
        self._turn(
            connect.answered(self._state, Secret(typed) if asked.kind is Kind.SECRET else typed)
        )

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """One of the ways on."""
        message.stop()
        chosen = self.ways.current
        if chosen is not None:
            self._turn(connect.answered(self._state, choice=chosen.key))

    def on_engine_event(self, message: EngineEvent) -> None:
        """The checklist moves; the account is kept."""
        if not self._unlocking:
            self._turn(connect.heard(self._state, message.event))

    def _turn(self, turn: Turn[State]) -> None:
        if turn.state is self._state and not turn.commands:
            return
        self._state = turn.state
        for command in turn.commands:
            self.acterm.bridge.submit(command)
        if self._state.stage is Stage.KEPT:
            self.acterm.tell(_("You are connected."))
            self.dismiss()
            return
        self._draw()

    def on_key(self, event: Key) -> None:
        """Reveal, other ways, back."""
        if event.key == "f4" and self.field.display:
            self.field.password = not self.field.password
        elif event.key in ("tab", "shift+tab", "down", "up") and self.ways.display:
            if not self.field.display:
                return
            (self.ways if self.focused is self.field else self.field).focus()
        elif event.key == "escape":
            self.action_back()
        else:
            return
        event.stop()
        event.prevent_default()

    def action_back(self) -> None:
        """The question before; from the first one, out of here when there is an account."""
        before = connect.back(self._state)
        if before.stage is not self._state.stage and not self._account_id:
            self._state = before
            self._draw()
        elif accounts.all_accounts(self.acterm.store.reader()):
            self.dismiss()


def _again(account: Account) -> State:
    """The flow at the password of an account that is known."""
    return replace(
        State(),
        stage=Stage.SECRET,
        address=account.address,
        imap=account.imap,
        smtp=account.smtp,
        login=account.login,
        name=account.name,
        passcode=account.passcode,
        ca_file=account.ca_file,
        account_id=account.id,
    )
