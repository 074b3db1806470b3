"""`acterm` alone: something on the terminal at once, then the mailbox, then the engine."""

import gc
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, NoReturn

from acterm.errors import Exit, UsageError
from acterm.i18n import _, set_language

if TYPE_CHECKING:
    from pathlib import Path

    from acterm.mail.draft import Draft
    from acterm.store.db import Store
    from acterm.ui.app import AcTerm
    from acterm.ui.bridge import Deliver, EngineLike

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
_LEAVE = b"\x1b[?1049l\x1b[?25h"
_STOP_SECONDS = 0.15


def run(mailto: str, language: str, *, shared: bool = False) -> int:
    """Open the mailbox, or the composer on a mailto: link. Does not return: the process ends.

    `shared`: on a machine that others use, from an empty home that is gone with this process.
    """
    set_language(language)
    need_a_terminal()
    draw_skeleton()
    gc.disable()  # on_ready switches it on again: collecting costs 20 ms before the first paint
    with ExitStack() as failing:
        failing.callback(os.write, 1, _LEAVE)
        home = _home_of_shared() if shared else None
        store = _open(language)
        draft = draft_of(mailto, store) if mailto else None
        app = _app_class(shared=shared)(
            store=store,
            start_engine=lambda deliver: _engine(store, deliver, shared=shared),
            first_draft=draft,
            skeleton=True,
        )
        failing.pop_all()  # from here on Textual leaves the screen as it found it
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


def need_a_terminal() -> None:
    """Raise UsageError where nothing can be drawn, with what to do instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            _("acterm needs a terminal."),
            _("In a script, use its commands: “acterm --help” lists them."),
        )
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        raise UsageError(
            _("This terminal cannot place text on the screen (TERM={term}).").format(
                term=os.environ.get("TERM", "")
            ),
            _("Use another terminal, or acterm’s commands: “acterm --help” lists them."),
        )
    if not sys.stderr.isatty():
        # Textual draws on stderr, which goes to a file here.
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # Final only in typeshed
    for stream in {sys.__stdout__, sys.__stderr__}:
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text files


def draw_skeleton() -> None:
    """The first and the last but one line of the mailbox, where they will stay."""
    from acterm.ui.glyphs import marks

    width, height = os.get_terminal_size(1)
    if not width or not height:
        return
    title = f" {_('Inbox')}"[:width]
    rule = marks.rule * width
    text = f"{_ENTER}\x1b[1m{title}\x1b[0m\x1b[{max(1, height - 1)};1H\x1b[2m{rule}\x1b[0m"
    encoding = sys.stdout.encoding or "utf-8"
    os.write(1, text.encode(encoding, "replace"))


def _open(language: str) -> "Store":
    """The store in line with config.toml, and the language of the file when none was asked for."""
    from acterm import config, paths
    from acterm.cli.chosen import opened_store

    configured = config.load(paths.config_file()).language
    if configured and not language:
        set_language(configured)
    return opened_store()


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
