"""`acterm` alone: something on the terminal at once, then the mailbox, then the engine."""

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from acterm.cli.terminal import Terminal, need_a_terminal
from acterm.errors import Exit
from acterm.i18n import set_language

if TYPE_CHECKING:
    from pathlib import Path

    from acterm.mail.draft import Draft
    from acterm.store.db import Store
    from acterm.ui.app import AcTerm
    from acterm.ui.bridge import Deliver, EngineLike

_STOP_SECONDS = 0.15


def run(mailto: str, language: str, *, shared: bool = False) -> int:
    """Open the mailbox, or the composer on a mailto: link. Does not return: the process ends.

    `shared`: on a machine that others use, from an empty home that is gone with this process.
    """
    set_language(language)
    need_a_terminal()
    with Terminal() as terminal:
        gc.disable()  # on_ready switches it on again: collecting costs 20 ms before the first paint
        home = _home_of_shared() if shared else None
        store = _open(language)
        draft = draft_of(mailto, store) if mailto else None
        if draft is None:
            terminal.write(_inbox_page(store, terminal))
        app = _app_class(shared=shared)(
            store=store,
            start_engine=lambda deliver: _engine(store, deliver, shared=shared),
            first_draft=draft,
            terminal=terminal,
        )
        app.run()
    app.bridge.stop(_STOP_SECONDS)
    store.close()
    if home is not None:
        from acterm.temporary_home import wipe

        wipe(home)
    sys.stdout.flush()
    sys.stderr.flush()
    if app.starts_shared:
        _start_shared(language)
    os._exit(Exit.BUG if app.return_code else Exit.DONE)


def _home_of_shared() -> "Path":
    """An empty home in memory, for temporary files as well; and no picture of the memory is
    written when something breaks.
    """
    import tempfile

    from acterm.temporary_home import temporary_home

    home = temporary_home("shared")
    os.environ["ACTERM_HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = str(home)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return home


def _app_class(*, shared: bool) -> "type[AcTerm]":
    if shared:
        from acterm.ui.shared import SharedAcTerm

        return SharedAcTerm
    from acterm.ui.app import AcTerm

    return AcTerm


def _start_shared(language: str) -> NoReturn:
    """This program again, in the place of this process."""
    words = [sys.executable, "-m", "acterm", "--shared"]
    os.execv(sys.executable, [*words, "--lang", language] if language else words)  # noqa: S606


def _open(language: str) -> "Store":
    """The store in line with config.toml, and the language of the file when none was asked for."""
    from acterm import config, paths
    from acterm.cli.chosen import opened_store

    configured = config.load(paths.config_file()).language
    if configured and not language:
        set_language(configured)
    return opened_store()


def _inbox_page(store: "Store", terminal: Terminal) -> str:
    """What will stand there once Textual is loaded."""
    from datetime import date

    from acterm.ui.opening import inbox_page

    return inbox_page(store.reader(), terminal.width, terminal.height, date.today())


def _engine(store: "Store", deliver: "Deliver", *, shared: bool) -> "EngineLike":
    from acterm.engine.engine import Engine
    from acterm.vault.vault import Vault

    return Engine(store, Vault(session_only=shared), deliver)


def draft_of(mailto: str, store: "Store") -> "Draft | None":
    """The draft a mailto: link asks for (RFC 6068), from the first account; None without one."""
    from urllib.parse import parse_qsl, unquote

    from acterm.mail.clean import clean
    from acterm.mail.draft import Draft
    from acterm.store import accounts

    known = accounts.all_accounts(store.reader())
    if not known:
        return None
    to, _mark, query = mailto.removeprefix("mailto:").partition("?")
    fields: dict[str, list[str]] = {"to": [unquote(to)] if to else []}
    for name, value in parse_qsl(query.replace("+", "%2B")):
        fields.setdefault(name.lower(), []).append(value)
    people = {
        name: ", ".join(clean(one, line=True) for one in fields.get(name, ()))
        for name in ("to", "cc", "bcc")
    }
    return Draft(
        known[0].id,
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        subject=clean(" ".join(fields.get("subject", ())), line=True),
        body=clean("\n".join(fields.get("body", ())).replace("\r\n", "\n")),
    )
