"""config.toml: read, checked strictly, never rewritten. The file belongs to its owner."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from acterm.errors import ConfigError, reason
from acterm.i18n import LANGUAGES, _
from acterm.server import Security, Server

_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f]+@[^\s@<>\x00-\x1f]+\.?[^\s@<>\x00-\x1f]*")

_ACCOUNT = re.compile(r"\s*\[\[\s*[\"']?accounts[\"']?\s*\]\]")


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One `[[accounts]]` table. Only `address` is required; what is empty is found or asked."""

    address: str
    name: str = ""
    login: str = ""
    imap: Server | None = None
    smtp: Server | None = None
    password_command: tuple[str, ...] = ()
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file. `language` is empty when the locale decides."""

    language: str = ""
    accounts: tuple[AccountConfig, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file a table stands, so that an error can name the line.

    `first` is its first line, from 0, and `last` the first line of the next account.
    """

    path: Path
    lines: tuple[str, ...]
    first: int = 0
    last: int | None = None

    def error(self, key: str, problem: str) -> ConfigError:
        line = (self._line_of(key) or self.first) + 1
        return ConfigError(
            _("{file}, line {line}, {key}: {problem}").format(
                file=self.path, line=line, key=key, problem=problem
            )
        )

    def accounts(self, count: int) -> "list[_Place]":
        """Where each `[[accounts]]` stands; the whole file for those written another way."""
        starts = [at for at, line in enumerate(self.lines) if _ACCOUNT.match(line)]
        if len(starts) != count:
            return [self] * count
        ends = [*starts, None][1:]
        return [
            replace(self, first=first, last=last) for first, last in zip(starts, ends, strict=True)
        ]

    def inside(self, key: str) -> "_Place":
        """Where the table under `key` stands."""
        return replace(self, first=self._line_of(key) or self.first)

    def _line_of(self, key: str) -> int | None:
        """The line, from 0, where the key stands alone, else within an inline table."""
        name = rf"[\"']?{re.escape(key)}[\"']?\s*"
        alone = rf"^\s*(?:{name}[=.]|\[+(?:[^\]#]*\.)?\s*{name}\])"
        for pattern in (alone, rf"[\s{{,]{name}[=.]"):
            for number, line in enumerate(self.lines[self.first : self.last], self.first):
                if re.search(pattern, line.split("#")[0]):
                    return number
        return None


def load(path: Path) -> Config:
    """The configuration in `path`, an empty one when there is no file.

    Raises ConfigError naming file, line and key when it cannot be used as it is.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except UnicodeDecodeError as error:
        words = _("it is not UTF-8 text")
        raise ConfigError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=words)
        ) from error
    except OSError as error:
        raise ConfigError(
            _("{file} cannot be read: {reason}.").format(file=path, reason=reason(error))
        ) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            _("{file} is not valid TOML: {reason}.").format(file=path, reason=error)
        ) from error
    return _config(document, _Place(path, tuple(text.split("\n"))))


def _config(document: Mapping[str, Any], place: _Place) -> Config:
    _no_other_keys(document, ("language", "accounts"), place)
    language = _text(document, "language", place)
    if language and language not in LANGUAGES:
        raise place.error(
            "language", _("choose among {values}").format(values=", ".join(LANGUAGES))
        )
    tables = document.get("accounts", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise place.error("accounts", _("write each account as a table [[accounts]]"))
    places = place.accounts(len(tables))
    accounts = tuple(_account(table, at) for table, at in zip(tables, places, strict=True))
    seen: set[str] = set()
    for account, at in zip(accounts, places, strict=True):
        if account.address.lower() in seen:
            raise at.error("address", _("is given twice"))
        seen.add(account.address.lower())
    return Config(language=language, accounts=accounts)


def _account(table: Mapping[str, Any], place: _Place) -> AccountConfig:
    known = ("address", "name", "login", "imap", "smtp", "password_command", "ca_file")
    _no_other_keys(table, known, place)
    address = _text(table, "address", place)
    if not _ADDRESS.fullmatch(address):
        raise place.error("address", _("a mail address is required, like prenom.nom@ac-amiens.fr"))
    command = table.get("password_command", [])
    if not isinstance(command, list) or not all(isinstance(word, str) for word in command):
        raise place.error("password_command", _('write a list of words, like ["pass", "academie"]'))
    if "password_command" in table and not command:
        raise place.error("password_command", _("is empty"))
    ca_file = _text(table, "ca_file", place)
    return AccountConfig(
        address=address,
        name=_text(table, "name", place),
        login=_text(table, "login", place),
        imap=_server(table, "imap", 993, place),
        smtp=_server(table, "smtp", 465, place),
        password_command=tuple(command),
        ca_file=Path(ca_file).expanduser() if ca_file else None,
    )


def _server(table: Mapping[str, Any], key: str, default_port: int, place: _Place) -> Server | None:
    if key not in table:
        return None
    value = table[key]
    if not isinstance(value, dict):
        raise place.error(key, _('write {{ host = "…", port = {port} }}').format(port=default_port))
    place = place.inside(key)
    _no_other_keys(value, ("host", "port", "security"), place)
    host = _text(value, "host", place)
    if not host or re.search(r"[\s/:@]", host.replace("::1", "")):
        raise place.error("host", _("a server name is required, like imap.ac-amiens.fr"))
    port = value.get("port", default_port)
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65536:
        raise place.error("port", _("a number from 1 to 65535 is required"))
    security = value.get("security", "tls")
    if security not in tuple(Security):
        raise place.error("security", _choose(Security))
    server = Server(host, port, Security(security))
    if server.security is Security.PLAIN and not server.is_loopback:
        raise place.error(
            "security",
            _("plain is only for this machine: the password would be readable on the way"),
        )
    return server


def _choose(values: Iterable[str]) -> str:
    return _("choose among {values}").format(values=", ".join(values))


def _text(table: Mapping[str, Any], key: str, place: _Place) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise place.error(key, _("a text between quotes is required"))
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise place.error(key, _("control characters are not allowed"))
    return value


def _no_other_keys(table: Mapping[str, Any], known: tuple[str, ...], place: _Place) -> None:
    for key in table:
        if key not in known:
            problem = _("unknown key; known ones: {keys}").format(keys=", ".join(known))
            raise place.error(key, problem)
