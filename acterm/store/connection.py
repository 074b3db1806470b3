"""Connections to the file: SQLite's settings, and its errors in words."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from acterm.errors import ActermError, ConfigError, Exit
from acterm.i18n import _

BUSY_SECONDS = 10.0
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_UNUSABLE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_IOERR", "SQLITE_NOLFS")


class StoreDamaged(ConfigError):
    """The file is not a usable database. Mail comes again from the server; the rest is saved."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The store {file} is damaged.").format(file=path),
            _(
                "Run “acterm sync --rebuild”: drafts, outbox and actions are saved first, "
                "mail comes again from the server."
            ),
        )


class StoreBusy(ActermError):
    """Another process has been writing for longer than one waits."""

    exit_code = Exit.QUEUED
    heals = True


class Connection(sqlite3.Connection):
    """A connection whose errors are acterm's own. `path` is the file it is open on."""

    path: Path

    def execute(self, sql: str, parameters: Any = (), /) -> "Cursor":
        """Run one statement."""
        return self.cursor(Cursor).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> "Cursor":
        """Run one statement for each row of parameters."""
        return self.cursor(Cursor).executemany(sql, parameters)

    def rollback(self) -> None:
        """Take the open transaction back; SQLite may have done so already."""
        if self.in_transaction:
            super().rollback()


class Cursor(sqlite3.Cursor):
    """Statements fail when they run or when their rows are fetched; both say it in words."""

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Run one statement."""
        try:
            return super().execute(sql, parameters)
        except sqlite3.Error as error:
            raise self._words(error) from error

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        """Run one statement for each row of parameters."""
        try:
            return super().executemany(sql, parameters)
        except sqlite3.Error as error:
            raise self._words(error) from error

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise self._words(error) from error

    def fetchall(self) -> list[Any]:
        """The remaining rows."""
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise self._words(error) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            raise self._words(error) from error

    def _words(self, error: sqlite3.Error) -> Exception:
        path = getattr(self.connection, "path", Path())
        return in_words(error, path)


def connect(path: Path) -> Connection:
    """A connection in autocommit mode that any thread may close."""
    try:
        db = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=Connection,
        )
    except sqlite3.Error as error:
        raise in_words(error, path) from error
    db.path = path
    for setting in ("foreign_keys = 1", "temp_store = MEMORY"):
        db.execute(f"PRAGMA {setting}")
    return db


def in_words(error: sqlite3.Error, path: Path) -> Exception:
    """The error as a person can act on it; `error` itself when it is a bug of ours."""
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(_DAMAGE):
        return StoreDamaged(path)
    if code == "SQLITE_FULL":
        return ConfigError(
            _("The disk is full: nothing more can be kept in {file}.").format(file=path),
            _("Make room on this disk; what was kept before is whole."),
        )
    if code.startswith(_BUSY):
        return StoreBusy(
            _("Another acterm is busy with the store {file}.").format(file=path),
            _("Try again in a moment, or close the other one."),
        )
    if code.startswith(_UNUSABLE):
        return unusable(path, str(error))
    return error


def unusable(path: Path, reason: str) -> ConfigError:
    """The file or its folder cannot be used as it is."""
    return ConfigError(
        _("The store {file} cannot be used: {reason}.").format(file=path, reason=reason),
        _("Check the permissions of the file and its folder, and the disk."),
    )
