"""What the border server found out about the sender (RFC 8601)."""

import re

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.message import Level, Message, Sign
from acterm.mail.special.parts import field

_MAX_FIELD = 10_000
_METHOD = re.compile(r"\s*(spf|dkim|dmarc|compauth)(?:/\d+)?\s*=\s*(\w+)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_FAILED = ("fail", "permerror")


def signs(message: Message, border: str) -> list[Sign]:
    """One sign when the sender could not be confirmed; louder for an official address."""
    failed = failed_methods(message, border)
    if not failed:
        return []
    words = _("The server {server} could not confirm the sender ({methods}).")
    words = words.format(server=_server(message), methods=", ".join(failed).upper())
    official = any(directory.is_official_host(one.domain) for one in message.sender)
    through_list = bool(field(message, "list-id"))
    loud = official and "dmarc" in failed and not through_list
    return [Sign("auth-failed", Level.SUSPECT if loud else Level.VERIFY, words)]


def failed_methods(message: Message, border: str) -> list[str]:
    """The methods that failed, empty when they do not weigh enough together.

    Only the topmost field counts, and only of one's own server (`border`, else an official one):
    the sender can forge the others. A signature broken by forwarding alone says nothing.
    """
    server = _server(message)
    trusted = server == border.lower() if border else directory.is_official_host(server)
    if not server or not trusted:
        return []
    verdicts = _verdicts(_first(message))
    failed = [name for name, verdict in verdicts.items() if verdict in _FAILED]
    spf, dkim = verdicts.get("spf", ""), verdicts.get("dkim", "")
    neither = (spf in _FAILED and dkim != "pass") or (dkim in _FAILED and spf not in ("pass", ""))
    if verdicts.get("dmarc") == "pass":
        return []
    return failed if "dmarc" in failed or "compauth" in failed or neither else []


def _verdicts(value: str) -> dict[str, str]:
    """Method → result, both lower case (RFC 8601 §2.2).

    A result is read only where one begins: the sender can write « dmarc=pass » into an address
    that the server repeats. One signature that holds is enough; of the others the worst counts.
    """
    verdicts: dict[str, str] = {}
    for result in _QUOTED.sub("", _COMMENT.sub("", value)).split(";")[1:]:
        if found := _METHOD.match(result):
            name, verdict = found[1].lower(), found[2].lower()
            decisive = verdict == "pass" if name == "dkim" else verdict in _FAILED
            if decisive or name not in verdicts:
                verdicts[name] = verdict
    return verdicts


def _first(message: Message) -> str:
    for name, value in message.headers:
        if name.lower() == "authentication-results":
            return value[:_MAX_FIELD]
    return ""


def _server(message: Message) -> str:
    """The authserv-id of the topmost field, lower case."""
    return _COMMENT.sub("", _first(message)).partition(";")[0].strip().split(" ")[0].lower()
