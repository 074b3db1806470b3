"""The doctor's checks of this machine: versions, clock, files, keyring, terminal."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from acterm import __version__, config, paths
from acterm.engine.doctor.checks import FAILED, NOTE, OK, Check, about, failed
from acterm.errors import ActermError, Exit
from acterm.i18n import _, language, ngettext
from acterm.mail.account import Account
from acterm.net import reach
from acterm.store import accounts as rows
from acterm.store.db import Store
from acterm.vault import Vault
from acterm.vault.ladder import rung_label

_LIBRARIES = ("textual", "IMAPClient", "aiosmtplib", "keyring", "cryptography", "html2text")
_A_DAY = 86400
# Megabytes; with less, neither mail nor a draft can be kept for long.
_LITTLE_ROOM = 20
# What stands between acterm and the person's eyes.
_AROUND = {"SSH_CONNECTION": "SSH", "TMUX": "tmux", "STY": "screen"}


def of_machine() -> list[Check]:
    """What holds for every account: versions, configuration, files, terminal."""
    return [_versions(), _configuration(), _disk(), _permissions(), _terminal()]


def _versions() -> Check:
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    text = f"acterm {__version__}, {system}, {reach.tls_library()}, {libraries}"
    return Check("versions", OK, text)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "–"


def of_clock(now: float) -> Check:
    """A clock that is behind acterm's own files is wrong: certificates then look invalid."""
    written = max(file.stat().st_mtime for file in (Path(__file__), paths.data_folder()))
    shown = datetime.fromtimestamp(now).astimezone()
    if now < written - _A_DAY:
        words = _("The clock says {time}, before acterm’s files were written: set it.")
        return Check(
            "clock", FAILED, words.format(time=f"{shown:%Y-%m-%d %H:%M}"), Exit.CONFIGURATION
        )
    text = _("The clock says {time}.").format(time=f"{shown:%Y-%m-%d %H:%M %z}")
    return Check("clock", OK, text)


def _configuration() -> Check:
    path = paths.config_file()
    try:
        count = len(config.load(path).accounts)
    except ActermError as problem:
        return Check("configuration", FAILED, str(problem), problem.exit_code)
    if not path.exists():
        return Check(
            "configuration", OK, _("There is no {file}; none is needed.").format(file=path)
        )
    words = ngettext("{file}: {count} account", "{file}: {count} accounts", count)
    return Check("configuration", OK, words.format(file=path, count=count))


def _disk() -> Check:
    """Whether there is room left for what acterm keeps."""
    folder = paths.data_folder()
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < _LITTLE_ROOM:
        words = _("The disk of {folder} is full: {size} MB are free. Make room.")
        text = words.format(folder=folder, size=free)
        return Check("disk", FAILED, text, Exit.CONFIGURATION)
    text = _("{folder}: {size} MB are free.").format(folder=folder, size=free)
    return Check("disk", OK, text)


def of_store(store: Store) -> Check:
    """Where the mail is, and whose."""
    db = store.reader()
    accounts = rows.all_accounts(db)
    refused = [one.address for one in accounts if rows.refusal(db, one.id)]
    size = store.path.stat().st_size // 1_000_000
    names = ", ".join(account.address for account in accounts) or _("no account yet")
    text = _("{file}, {size} MB: {accounts}").format(file=store.path, size=size, accounts=names)
    if refused:
        text += " " + _("(sign-in refused: {accounts})").format(accounts=", ".join(refused))
    return Check("store", NOTE if refused or not accounts else OK, text)


def _permissions() -> Check:
    """What others on this machine could read or change."""
    folder = paths.data_folder()
    loose = [_loose(path) for path in (folder, *sorted(folder.iterdir())) if _is_loose(path)]
    if loose:
        words = _("Others on this machine can read: {files}. Close them with chmod go= FILE.")
        return Check("permissions", NOTE, words.format(files=", ".join(loose)))
    return Check("permissions", OK, _("{folder} is for you alone.").format(folder=folder))


def _is_loose(path: Path) -> bool:
    """A link is judged by what it leads to, and what has just gone is not loose."""
    return os.name == "posix" and path.exists() and bool(path.stat().st_mode & 0o077)


def _loose(path: Path) -> str:
    return f"{path} ({stat.S_IMODE(path.stat().st_mode):04o})"


def of_secrets(vault: Vault, accounts: Sequence[Account]) -> list[Check]:
    """The ladder of the vault, and where each account's secret is. No secret is read."""
    checks = [
        Check(rung.name, OK if rung.usable else NOTE, about(rung_label(rung.name), rung.words))
        for rung in vault.rungs()
    ]
    return checks + [_secret(vault, account) for account in accounts]


def _secret(vault: Vault, account: Account) -> Check:
    try:
        rung = vault.rung_of(account) or "session"
    except ActermError as problem:
        return failed("secret", account.address, problem)
    label = rung_label(rung)
    state = NOTE if rung == "session" else OK
    words = _("Password of {address}: {rung}").format(address=account.address, rung=label)
    return Check("secret", state, words)


def _terminal() -> Check:
    """What the screen can show; a pipe is no problem for the other commands."""
    # Textual has its own in the place of sys.stdout.
    is_terminal = sys.__stdout__ is not None and sys.__stdout__.isatty()
    size = shutil.get_terminal_size()
    parts = [
        f"TERM={os.environ.get('TERM', '')}",
        f"{size.columns}×{size.lines}",
        f"COLORTERM={os.environ.get('COLORTERM', '')}",
        str(getattr(sys.__stdout__, "encoding", "–")),
        _("language {code}").format(code=language()),
    ]
    parts += [word for name, word in _AROUND.items() if os.environ.get(name)]
    is_usable = is_terminal and os.environ.get("TERM", "dumb") != "dumb"
    if not is_terminal:
        parts.append(_("the output is not a terminal"))
    return Check("terminal", OK if is_usable else NOTE, ", ".join(parts))
