"""Connecting an account: one question at a time, a live checklist, and where the secret goes."""

from typing import Any

from acterm import config, paths
from acterm.assistant import connect
from acterm.assistant.connect.state import again, start
from acterm.assistant.flow import Turn
from acterm.engine.messages.account import Step, StepState
from acterm.i18n import _
from acterm.store import accounts
from acterm.ui.command import Command
from acterm.ui.screens.flow import FlowScreen


class ConnexionScreen(FlowScreen):
    """The flow of `acterm.assistant.connect`; without any account it cannot be left."""

    def __init__(self, account_id: int = 0) -> None:
        """Without an account: a new one. With one: what it needs to connect again."""
        super().__init__("connect", connect.FLOW, account_id=account_id)

    def begin(self) -> Turn[Any]:
        """Where the account stands."""
        account = accounts.get(self.acterm.store.reader(), self._account_id)
        if account is None:
            return Turn(start(self._unfinished()))
        return Turn(again(account, self.acterm.situation.wanted.get(account.id, "")))

    def title_words(self) -> str:
        """It stands before everything else."""
        return _("Connection")

    def _unfinished(self) -> config.AccountConfig | None:
        """An account of config.toml that still lacks something."""
        known = {one.address.lower() for one in accounts.all_accounts(self.acterm.store.reader())}
        listed = config.load(paths.config_file()).accounts
        return next((one for one in listed if one.address.lower() not in known), None)

    def action_leave_flow(self) -> None:
        """The question before: nothing of this flow is kept for later."""
        self.action_step_back()

    def offers(self, command: type[Command]) -> bool:
        """To leave is to step back: it is named once."""
        return command.name != "leave_flow" and super().offers(command)

    @property
    def can_go_back(self) -> bool:
        """From the first question only when there is an account."""
        first = self._state is None or connect.FLOW.back(self._state) == self._state
        return not first or bool(accounts.all_accounts(self.acterm.store.reader()))

    def refused_words(self) -> str:
        """The server's words on the checklist."""
        failed = [one for one in self._state.checks if one.state is StepState.FAILED]
        return next((one.words for one in failed if one.step is Step.SIGN_IN), "")

    def leave(self) -> None:
        """Out of here when there is an account."""
        if accounts.all_accounts(self.acterm.store.reader()):
            super().leave()
