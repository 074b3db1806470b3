"""The doctor: everything that can be checked, one line each, for the help desk.

The lines name the address and the servers; no login, no secret, no NUMEN, no mail.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from acterm.engine import clock
from acterm.engine.doctor import local, network
from acterm.engine.doctor.checks import FAILED, NOTE, OK, Check, for_others
from acterm.engine.signin import Keys
from acterm.errors import ActermError
from acterm.i18n import N_, _
from acterm.mail.account import Account
from acterm.store import accounts
from acterm.store.db import Store

__all__ = ["FAILED", "NOTE", "OK", "Check", "examine", "line", "page"]

_STATES = {OK: N_("ok"), NOTE: N_("note"), FAILED: N_("PROBLEM")}


def line(check: Check) -> str:
    """One line of the page: how it stands, and what was found."""
    return f"{_(_STATES[check.state]):<9} {check.text}"


def page(checks: Sequence[Check]) -> str:
    """The page for the help desk."""
    title = _("acterm, diagnosis of {time} for the help desk: no password, NUMEN or mail in it.")
    now = datetime.now().astimezone()
    head = title.format(time=f"{now:%Y-%m-%d %H:%M}")
    return "\n".join([head, "", *(line(check) for check in checks)]) + "\n"


def examine(store: Store | ActermError, keys: Keys) -> Iterator[Check]:
    """Every check as soon as it is made, in the order of the page; at most some seconds in all.

    `store` may be why there is none. Each account signs in at most once.
    """
    for check in _checks(store, keys):
        yield replace(check, text=for_others(check.text))


def _checks(store: Store | ActermError, keys: Keys) -> Iterator[Check]:
    known: list[Account] = []
    yield from local.of_machine()
    yield local.of_clock(time.time())
    if isinstance(store, Store):
        known = accounts.all_accounts(store.reader())
        yield local.of_store(store)
        arrivals = _("The clock, by the mails that arrive: {words}.")
        yield Check("clock", OK, arrivals.format(words=clock.words(store.reader())))
    else:
        yield Check("store", FAILED, str(store), store.exit_code)
    yield from local.of_secrets(keys.vault, known)
    if isinstance(store, Store):
        yield from network.checks(store, keys, known)
