"""What goes wrong with servers, sorted by consequence. Only here are library errors named."""

import errno
import imaplib
import re
import socket
import ssl
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from acterm.errors import (
    ActermError,
    CertificateRefused,
    ConfigError,
    Refused,
    SignInRefused,
    Unreachable,
    Unsure,
)
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.server import Server

WANTS_READ = ssl.SSLWantReadError
WANTS_WRITE = ssl.SSLWantWriteError

# OpenSSL's X509_V_ERR_… numbers.
_EXPIRED, _NOT_YET_VALID = 10, 9
_WRONG_NAME = (62, 64)

# RFC 5530 and RFC 9051 §7.1: codes of a refusal that waiting may mend.
_BUSY = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG")
_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
_STOPWATCH = re.compile(r" \(\d+\.\d+ \+ [\d.+ ]+secs?\)\.?$")
_SMTP_SYNTAX = (500, 501, 502, 503, 504)


@contextmanager
def translated(server: Server | None = None) -> Iterator[None]:
    """Turn what libraries raise inside the block into one of ours, with words."""
    try:
        yield
    except _library_failures() as problem:
        raise _ours(problem, str(server) if server else _("the server")) from problem


@contextmanager
def parsed(server: Server) -> Iterator[None]:
    """Say what it means when a library's parser stumbles over the server's answer."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as problem:
        raise unreadable_answer(str(server)) from problem


@contextmanager
def ca_file_unreadable(path: Path) -> Iterator[None]:
    """Name the `ca_file` of the configuration when it cannot be used."""
    try:
        yield
    except OSError as problem:
        raise ConfigError(
            _("The certificate file {path} cannot be read.").format(path=path),
            _("Correct `ca_file` in config.toml: it must be a PEM file."),
        ) from problem


def _said(words: str) -> str:
    """A server's own words, fit for a screen, without Dovecot's stopwatch."""
    return _STOPWATCH.sub("", clean(words, line=True)).strip()


def _library_failures() -> tuple[type[Exception], ...]:
    known: tuple[type[Exception], ...] = (OSError, imaplib.IMAP4.error, UnicodeError, zlib.error)
    if "aiosmtplib" in sys.modules:
        import aiosmtplib

        known += (aiosmtplib.SMTPException,)
    return known


def _ours(problem: Exception, server: str) -> ActermError:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return certificate(problem.verify_code, problem.verify_message, server)
    if isinstance(problem, ssl.SSLError):
        return _tls(problem, server)
    if isinstance(problem, imaplib.IMAP4.error):
        return _imap(problem, server)
    if type(problem).__module__.startswith("aiosmtplib"):
        return _smtp(problem, server)
    return _network(problem, server)


def certificate(code: int, words: str, server: str) -> CertificateRefused:
    """The certificate does not prove the server; `code` is OpenSSL's, `words` too."""
    if code == _EXPIRED:
        title = _("The certificate of {server} has expired.")
        advice = _("Check this computer’s date; if it is right, tell the help desk.")
    elif code == _NOT_YET_VALID:
        title = _("The certificate of {server} is not valid yet.")
        advice = _("Check this computer’s date; if it is right, tell the help desk.")
    elif code in _WRONG_NAME:
        title = _("The certificate of {server} belongs to another server.")
        advice = _("Check the server’s name; on a public network, sign in to it first.")
    else:
        title = _("The certificate of {server} comes from an unknown issuer.")
        advice = _("On a public network, sign in to it first. Nothing was sent ({words}).")
    return CertificateRefused(title.format(server=server), advice.format(words=_said(words)))


def _tls(problem: ssl.SSLError, server: str) -> ActermError:
    if problem.reason == "WRONG_VERSION_NUMBER":
        return Unreachable(
            _("{server} does not answer in TLS.").format(server=server),
            _("Check the port and the kind of security: tls or starttls."),
        )
    if problem.reason in ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"):
        return Refused(
            _("{server} only speaks an outdated TLS.").format(server=server),
            _("acterm takes TLS 1.2 or newer; tell the help desk."),
        )
    return Unreachable(
        _("The protected link to {server} broke.").format(server=server),
        _("Wait a little, or check the network."),
    )


def _network(problem: Exception, server: str) -> Unreachable:
    later = _("Wait a little, or check the network.")
    if isinstance(problem, socket.gaierror | UnicodeError):
        return Unreachable(
            _("The server {server} was not found.").format(server=server),
            _("Check the network and the server’s name."),
        )
    if isinstance(problem, TimeoutError):
        return Unreachable(_("{server} does not answer.").format(server=server), later)
    if isinstance(problem, ConnectionRefusedError):
        return Unreachable(
            _("{server} refuses connections.").format(server=server),
            _("Check the port, or wait: the server may be stopped."),
        )
    if getattr(problem, "errno", None) in _NO_ROUTE:
        return Unreachable(_("{server} cannot be reached.").format(server=server), later)
    return Unreachable(_("The link to {server} is lost.").format(server=server), later)


def too_slow(server: str) -> Unreachable:
    """The server kept silent past the deadline."""
    return _network(TimeoutError(), server)


def link_lost(server: str) -> Unreachable:
    """The server closed the link."""
    return _network(OSError(), server)


def given_up(server: str) -> Unreachable:
    """This side let the link go on purpose."""
    return Unreachable(_("The link to {server} was given up.").format(server=server))


def unreadable_answer(server: str) -> Unreachable:
    """The server does not keep to the protocol, or sends more than memory should hold."""
    return Unreachable(
        _("{server} sends an answer that makes no sense.").format(server=server),
        _("Wait a little; if it lasts, tell the help desk."),
    )


def farewell(_code: str, words: str, /) -> ActermError:
    """The server said BYE; no response code makes it anything else."""
    return Unreachable(
        _("The server ended the connection: {words}").format(words=_said(words)),
        _("Wait a little, or check the network."),
    )


def _imap(problem: Exception, server: str) -> ActermError:
    """imaplib gives the server's words as bytes or text, its own remarks as text."""
    said = problem.args[0] if problem.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if text.startswith("* BYE "):
        return farewell("", text.removeprefix("* BYE "))
    if isinstance(problem, imaplib.IMAP4.abort):
        own = ("unexpected", "socket error", "command")
        return unreadable_answer(server) if text.startswith(own) else farewell("", text)
    words = text.rpartition(" failed: ")[2]
    code, close, rest = words.partition("] ")
    return answered("NO", code.removeprefix("["), rest) if close else answered("NO", "", words)


def _busy(said: str) -> Unreachable:
    return Unreachable(
        _("The server is busy: {words}").format(words=said),
        _("Wait a little; if it lasts, tell the help desk."),
    )


def answered(status: str, code: str, words: str) -> ActermError:
    """What an IMAP server's NO or BAD means. `code` is RFC 5530's, without brackets."""
    said = _said(words)
    key = code.partition(" ")[0].upper()
    if key in _BUSY:
        return _busy(said)
    if key == "OVERQUOTA":
        return Refused(
            _("The mailbox is full: {words}").format(words=said),
            _("Empty the bin, or delete large mails."),
        )
    if key in ("TRYCREATE", "NONEXISTENT"):
        return Refused(_("The folder does not exist: {words}").format(words=said))
    if status == "BAD":
        return Refused(_("The server did not understand: {words}").format(words=said))
    return Refused(_("The server refused: {words}").format(words=said))


def sign_in(code: str, words: str, /) -> ActermError:
    """What the refusal of a sign-in means (RFC 5530): busy, or an answer that stands.

    A BYE in place of an answer counts as one: trying again by itself could lock the account.
    """
    said = _said(words)
    key = code.partition(" ")[0].upper()
    if key in _BUSY:
        return answered("NO", code, words)
    if key == "CONTACTADMIN":
        advice = _("The server asks you to contact the help desk.")
    elif key == "EXPIRED":
        advice = _("The password has expired: change it on your académie’s site.")
    else:
        advice = _("Check the login and the password; acterm does not try again by itself.")
    title = _("The server refused the sign-in: {words}").format(words=said)
    return SignInRefused(title, advice, said)


def no_mechanism() -> Refused:
    """The server offers no way to sign in that acterm speaks."""
    return Refused(
        _("The server offers no way to sign in with a password."),
        _("Check the port and the kind of security, or ask the help desk."),
    )


def no_starttls(server: str) -> Refused:
    """STARTTLS is not offered, or was taken out on the way."""
    return Refused(
        _("{server} does not offer STARTTLS.").format(server=server),
        _("Nothing was sent. Try port 993 or 465 with TLS, or another network."),
    )


def _smtp(problem: Exception, server: str) -> ActermError:
    code = getattr(problem, "code", None)
    if code is None:
        if isinstance(problem, TimeoutError):
            return too_slow(server)
        cause = problem.__cause__
        if isinstance(cause, OSError):
            return _ours(cause, server)
        return link_lost(server)
    return smtp_answered(code, str(getattr(problem, "message", problem)))


def smtp_answered(code: int, words: str) -> ActermError:
    """What an SMTP server's refusal means: 4xx may pass, 5xx stands (RFC 5321 §4.2.1)."""
    said = _said(f"{code} {words}")
    if code == 530:
        return Refused(
            _("The server wants a sign-in but offers none: {words}").format(words=said),
            _("Check the port and the kind of security."),
        )
    if 400 <= code < 500:
        return _busy(said)
    if code in _SMTP_SYNTAX:
        return Refused(_("The server did not understand: {words}").format(words=said))
    return Refused(_("The server refused: {words}").format(words=said))


def smtp_sign_in(code: int, words: str) -> ActermError:
    """What an SMTP server's refusal of a sign-in means."""
    if 400 <= code < 500:
        return smtp_answered(code, words)
    return sign_in("", f"{code} {words}")


def unsure(server: str) -> Unsure:
    """The whole message was handed over, and no answer came."""
    return Unsure(
        _("The link to {server} was lost before its answer.").format(server=server),
        _("The mail may have been sent. acterm does not send it again by itself."),
    )
