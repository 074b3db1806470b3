"""Why a sign-in is refused, before anything is reset: what is likeliest comes first."""

import re

from acterm.assistant import hints
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.fold import fold
from acterm.secret import Secret

TYPING, LOGIN, EXPIRED, MOVED, DOWN = "typing", "login", "expired", "moved", "down"
CAUSES = (TYPING, LOGIN, EXPIRED, MOVED, DOWN)

# What servers say, folded. A server that says only "failed" leaves the order as it is.
_SAYS = {
    EXPIRED: r"expir|lock|verrou|disabled|desactiv|suspend|bloqu|blocked|too many|trop de",
    DOWN: r"unavailable|indisponible|temporar|internal|try again|maintenance|overload",
    MOVED: r"application.specific|app(lication)? password|mot de passe d.application",
}


def causes(words: str) -> tuple[str, ...]:
    """The causes in the order of their likelihood, after the server's own words."""
    said = fold(words)
    first = [cause for cause, pattern in _SAYS.items() if re.search(pattern, said)]
    return tuple(dict.fromkeys([*first, *CAUSES]))


def of_typing(typed: Secret, account: Account | None) -> tuple[str, ...]:
    """What may have gone wrong on the keyboard; nothing of what was typed is in it."""
    login, address = (account.login, account.address) if account else ("", "")
    return hints.of_password(typed.reveal(), login, address)


def of_login(typed: str, account: Account | None, wants_address: bool) -> tuple[str, ...]:
    """What may be wrong with the login, in words; empty when nothing is."""
    doubt = hints.of_login(typed.strip(), wants_address)
    found = [doubt] if doubt else []
    if typed != typed.strip():
        found.append(_("It begins or ends with a space: was it copied?"))
    if account is not None and typed.strip().lower() != account.login.lower():
        found.append(
            _("acterm signs in as “{login}”: this is another one.").format(login=account.login)
        )
    return tuple(found)
