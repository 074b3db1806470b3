"""The ways into the assistant that are open everywhere: F2, the flows by name, signing in again."""

from typing import TYPE_CHECKING, cast

from acterm.engine.messages.account import AnswerSignIn
from acterm.i18n import _
from acterm.store import accounts
from acterm.ui.command import Command, Place
from acterm.ui.commands.flow import OfFlow
from acterm.ui.errors import guarded
from acterm.ui.keys import Keyed
from acterm.ui.situation import banner_words

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class AccountWays(Keyed):
    """A part of the app."""

    @property
    def _host(self) -> "AcTerm":
        return cast("AcTerm", self)

    @property
    def _waits(self) -> bool:
        """Whether a server refused, or a secret is wanted."""
        return bool(self._host.situation.refused or self._host.situation.wanted)

    def can(self, command: type[Command]) -> bool:
        """One signs in again only where a server refused, or a secret is wanted."""
        if command.name == "answer_refusal":
            return self._waits
        if issubclass(command, OfFlow):
            return True
        return super().can(command)

    def offers(self, command: type[Command]) -> bool:
        """The footer names F2 while something waits for an answer, undo where one sees what it
        takes back; in a flow what belongs there.
        """
        if Place.FLOW in getattr(self._host.screen, "places", ()):
            return command.name == "help" and not self._types()
        if command.name == "undo" and not getattr(self._host.screen, "shows_changes", True):
            return False
        return self._waits if command.name == "my_account" else super().offers(command)

    def _types(self) -> bool:
        """Whether keys write into a field: F1 means something else in a flow."""
        focus = self._host.screen.focused
        return focus is not None and focus.check_consume_key("x", "x")

    async def do(self, command: type[Command]) -> None:
        """A flow is opened by its name."""
        if issubclass(command, OfFlow):
            with guarded(self._host.tell):
                self.open_flow(command.flow)
        else:
            await super().do(command)

    def open_flow(self, name: str, account_id: int = 0, refused: str = "") -> None:
        """Open a flow of the assistant over what is there; back returns.

        `refused` are the words of a server that has just refused a sign-in.
        """
        from acterm.ui.screens.flow import FlowScreen

        self._host.push_screen(FlowScreen(name, account_id=account_id, refused=refused))

    def connect_account(self, account_id: int = 0) -> None:
        """Ask for a new account, or for what an account needs to connect again.

        An account whose password a command gives has that command asked once more.
        """
        account = accounts.get(self._host.store.reader(), account_id)
        if account is not None and account.password_command:
            self._host.bridge.submit(AnswerSignIn(account_id))
            self._host.tell(_("The password command of config.toml is asked once more."))
            return
        from acterm.ui.screens.connexion import ConnexionScreen

        self._host.push_screen(ConnexionScreen(account_id))

    def action_my_account(self) -> None:
        """What waits for an answer; from there, or without it, every flow."""
        from acterm.ui.screens.account_menu import AccountMenu
        from acterm.ui.screens.flow import FlowScreen

        inside = any(isinstance(one, FlowScreen | AccountMenu) for one in self._host.screen_stack)
        listed = isinstance(self._host.screen, AccountMenu)
        if self._waits and (listed or not inside):
            self.action_answer_refusal()
        elif not listed:
            self._host.push_screen(AccountMenu())

    def action_answer_refusal(self) -> None:
        """Sign in again where a server refused, or a secret is wanted."""
        account_id, _words = banner_words(self._host.situation, "")
        self.connect_account(account_id)

    def action_add_account(self) -> None:
        """One more account."""
        self.connect_account()
