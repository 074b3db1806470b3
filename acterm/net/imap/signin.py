"""Signing in to IMAP: one attempt, one mechanism, whatever characters the password has."""

from base64 import b64encode

from acterm.errors import ActermError
from acterm.net import failures
from acterm.net.imap.answer import Answer, astring, guarded
from acterm.net.imap.link import Link
from acterm.secret import Secret


def sign_in(link: Link, login: str, secret: Secret, mechanism: str = "") -> None:
    """Try once; raises SignInRefused with the server's words. Nothing to do after PREAUTH.

    `mechanism` is PLAIN or LOGIN; without one, PLAIN where offered, then the LOGIN command.
    """
    if link.authenticated:
        return
    name, password = guarded(login.encode()), guarded(secret.reveal().encode())
    offered = link.capabilities
    link.settle()
    link.farewell = failures.sign_in
    if mechanism == "PLAIN" or (not mechanism and "AUTH=PLAIN" in offered):
        answer = _plain(link, name, password)
    elif "LOGINDISABLED" not in offered and not (mechanism and "AUTH=LOGIN" in offered):
        tag = link.send(b"LOGIN", astring(name), astring(password))
        answer = link.answer(tag, _refused)
    elif "AUTH=LOGIN" in offered:
        answer = _login(link, name, password)
    else:
        raise failures.no_mechanism()
    link.farewell = failures.farewell
    link.signed_in(answer)


def _plain(link: Link, name: bytes, password: bytes) -> Answer:
    """SASL PLAIN (RFC 4616), in one line where the server takes it (RFC 4959)."""
    response = b64encode(b"\0" + name + b"\0" + password)
    if "SASL-IR" in link.capabilities:
        return link.answer(link.send(b"AUTHENTICATE PLAIN", response), _refused)
    return _dialogue(link, b"AUTHENTICATE PLAIN", response)


def _login(link: Link, name: bytes, password: bytes) -> Answer:
    return _dialogue(link, b"AUTHENTICATE LOGIN", b64encode(name), b64encode(password))


def _dialogue(link: Link, command: bytes, *responses: bytes) -> Answer:
    tag = link.send(command)
    for response in responses:
        link.wait_for_continuation(tag, _refused)
        link.transport.write(response + b"\r\n")
    return link.answer(tag, _refused)


def _refused(_status: str, code: str, words: str) -> ActermError:
    return failures.sign_in(code, words)
