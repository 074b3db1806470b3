"""`acterm demo`: the mailbox on servers of its own, with sample mails; nothing is left behind."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from acterm.cli.options import Parser
from acterm.cli.terminal import Terminal, need_a_terminal
from acterm.errors import Exit
from acterm.i18n import _

if TYPE_CHECKING:
    from acterm.ui.bridge import Deliver, EngineLike

_STOP_SECONDS = 0.15


def run(arguments: list[str]) -> int:
    """Open the sample mailbox. Does not return: the process ends."""
    Parser(
        prog="acterm demo",
        description=_("Try acterm on a sample school mailbox: no account, nothing left on disk"),
    ).parse_args(arguments)
    need_a_terminal()
    with Terminal() as terminal:
        gc.disable()
        from acterm.temporary_home import temporary_home, wipe

        home = temporary_home("demo")
        os.environ["ACTERM_HOME"] = str(home)
        return_code = _show(terminal)
    wipe(home)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.BUG if return_code else Exit.DONE)


def _show(terminal: Terminal) -> int:
    """Start the servers and the app on them; returns when the person quits."""
    from acterm.demo.servers import PIN, Servers
    from acterm.store import accounts
    from acterm.store.db import open_store
    from acterm.ui.app import AcTerm

    servers, store = Servers(), open_store()
    with store.write() as db:
        account = accounts.keep(db, servers.account)

    def engine(deliver: "Deliver") -> "EngineLike":
        from acterm.engine.engine import Engine
        from acterm.secret import Secret
        from acterm.vault.vault import Vault

        servers.start()
        vault = Vault(session_only=True)
        vault.remember(account, Secret(servers.mailbox.password))
        vault.set_pin(Secret(PIN))
        return Engine(store, vault, deliver)

    app = AcTerm(store=store, start_engine=engine, terminal=terminal, known_pin=PIN)
    app.run()
    app.bridge.stop(_STOP_SECONDS)
    store.close()
    return app.return_code or 0
