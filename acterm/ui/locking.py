"""What hides the session: the lock by key, and starting again so that nothing stays here."""

import os
from typing import TYPE_CHECKING, cast

from acterm import paths
from acterm.i18n import _
from acterm.store import accounts
from acterm.ui.command import Command
from acterm.ui.keys import Keyed

if TYPE_CHECKING:
    from acterm.ui.app import AcTerm


class Locking(Keyed):
    """A part of the app. `starts_shared`: once it has ended, the shared session begins."""

    starts_shared = False

    @property
    def is_locked(self) -> bool:
        """Whether the locked screen hides everything."""
        from acterm.ui.screens.lock import LockScreen

        screens = cast("AcTerm", self).screen_stack
        return any(isinstance(one, LockScreen) and not one.is_open for one in screens)

    def can(self, command: type[Command]) -> bool:
        """No command works from behind the lock."""
        return super().can(command) and not self.is_locked

    def action_lock(self, *, alone: bool = False) -> None:
        """Hide everything until the person is back; `alone`: nobody asked for it."""
        from acterm.ui.screens.lock import LockScreen

        app = cast("AcTerm", self)
        if accounts.all_accounts(app.store.reader()):
            app.push_screen(LockScreen(alone=alone))
        elif not alone:
            app.tell(_("There is nothing to hide yet."))

    def propose_shared(self) -> None:
        """Over SSH without a keyring the machine may be anybody's: ask before a password is."""
        from acterm.ui import outside

        has_bus = bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
        if outside.is_remote() and not has_bus and not paths.is_shared():
            cast("AcTerm", self).open_flow("shared")

    def start_shared(self) -> None:
        """End, and begin a session that leaves nothing on this machine."""
        self.starts_shared = True
        cast("AcTerm", self).exit()
