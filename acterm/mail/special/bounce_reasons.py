"""Why a mail came back, in words: from its status code (RFC 3463), else from the server's."""

import re

from acterm.i18n import N_, _

_NO_ADDRESS = N_("the address does not exist there.")
_NO_DOMAIN = N_("the domain behind the @ does not exist or takes no mail.")
_FULL = N_("the mailbox there is full.")
_CLOSED = N_("the mailbox there is closed.")
_TOO_LARGE = N_("the mail is too large for that server.")
_NO_ANSWER = N_("the other server did not answer.")
_LATE = N_("it was tried for days without success.")
_LOOP = N_("the mail went round in circles between servers.")
_SPAM = N_("the other server took it for junk mail.")
_UNPROVEN = N_("the other server could not verify the sender.")
_REFUSED = N_("the other server refused it by its rules.")
_GREY = N_("the other server asks to be tried again later.")
_TOO_MANY = N_("too many mails were sent in a short time.")
_FORMAT = N_("the other server could not read the mail.")
_UNKNOWN = N_("the server gives no clear reason.")

_CODES = {
    "1.0": _NO_ADDRESS,
    "1.1": _NO_ADDRESS,
    "1.2": _NO_DOMAIN,
    "1.3": _NO_ADDRESS,
    "1.6": _NO_ADDRESS,
    "1.8": _UNPROVEN,
    "1.10": _NO_DOMAIN,
    "2.0": _CLOSED,
    "2.1": _CLOSED,
    "2.2": _FULL,
    "2.3": _TOO_LARGE,
    "3.4": _TOO_LARGE,
    "4.1": _NO_ANSWER,
    "4.2": _NO_ANSWER,
    "4.3": _NO_ANSWER,
    "4.4": _NO_DOMAIN,
    "4.6": _LOOP,
    "4.7": _LATE,
    "5.3": _TOO_MANY,
    "6.0": _FORMAT,
    "7.1": _REFUSED,
    "7.23": _UNPROVEN,
    "7.25": _UNPROVEN,
    "7.26": _UNPROVEN,
    "7.28": _TOO_MANY,
}
_CLASSES = {"1": _NO_ADDRESS, "2": _CLOSED, "4": _NO_ANSWER, "6": _FORMAT, "7": _REFUSED}
_SAID = (
    (
        _FULL,
        r"mailbox (?:is )?full|over ?quota|quota (?:exceeded|d[ée]pass[ée])|disk full"
        r"|exceed\w* (?:storage|quota)|insufficient storage|destinataire pleine|bo[iî]te pleine",
    ),
    (
        _TOO_LARGE,
        r"too (?:large|big)|size (?:limit|exceed)|maximum (?:message )?size"
        r"|exceeds? (?:the )?(?:fixed |maximum )?(?:message |size)",
    ),
    (
        _SPAM,
        r"\bspam|junk|blacklist|blocklist|block ?list|spamhaus|reputation|virus",
    ),
    (
        _UNPROVEN,
        r"\bspf\b|\bdkim\b|\bdmarc\b|authenticat|reverse dns|ptr record",
    ),
    (
        _GREY,
        r"gr[ae]y ?list|try (?:again )?later|essayer plus tard|temporar\w+ (?:deferred|rejected)",
    ),
    (
        _TOO_MANY,
        r"too many|rate limit|throttl|exceeded .{0,30}(?:rate|limit)",
    ),
    (
        _LOOP,
        r"too many hops|mail loop|loops? back|hop count",
    ),
    (
        _NO_DOMAIN,
        r"host (?:or domain name )?not found|domain (?:does not exist|not found)|no such domain"
        r"|host unknown|nxdomain|name service error|unrouteable|bad destination (?:host|system)",
    ),
    (
        _CLOSED,
        r"disabled|inactiv|suspended|deactivated|d[ée]sactiv[ée]e?"
        r"|(?:account|mailbox) (?:has been |is )?(?:closed|locked|blocked|frozen)"
        r"|no longer (?:active|available|valid|in use|on server)",
    ),
    (
        _NO_ADDRESS,
        r"user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox|address)"
        r"|does ?n.t exist|not exist|invalid (?:recipient|address|mailbox)"
        r"|recipient (?:address )?rejected|mailbox (?:unavailable|not found)|address (?:not found"
        r"|unknown)|unknown (?:recipient|address|local)|not listed|no mailbox|user not found"
        r"|recipient ?not ?found|(?:destinataire|adresse) (?:invalide|inconnue?)|n.existe pas",
    ),
    (
        _NO_ANSWER,
        r"timed? ?out|connection refused|could not connect|unreachable|no route|lost connection"
        r"|unable to connect",
    ),
    (
        _REFUSED,
        r"policy|denied|not (?:allowed|permitted|authori[sz]ed)|access|refused|reject|block|relay",
    ),
)
# What a server says is worth more than these codes: they stand for many things.
_VAGUE = (_REFUSED, _NO_ANSWER, _CLOSED, _NO_DOMAIN, _LATE)
_PLAIN = (_FULL, _TOO_MANY)
_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _SAID)


def reason(code: str, said: str, *, waits: bool = False) -> str:
    """A sentence that ends with a full stop. `code` is `5.1.1` or empty, `waits`: not given up."""
    _class, _dot, detail = code.partition(".")
    exact = _CODES.get(detail, "")
    heard = next((words for words, pattern in _PATTERNS if pattern.search(said)), "")
    if exact and exact not in _VAGUE and heard not in _PLAIN:
        return _(exact)
    found = heard or exact or _CLASSES.get(detail.partition(".")[0], _UNKNOWN)
    return _(_NO_ANSWER if waits and found == _LATE else found)
