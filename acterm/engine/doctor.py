"""The doctor: everything that can be checked, one line each, for the help desk.

The lines name the address and the servers; no login, no secret, no NUMEN, no mail.
"""

import time
from collections.abc import Iterator
from dataclasses import replace

from acterm.engine import doctor_local, doctor_network
from acterm.engine.doctor_checks import FAILED, NOTE, OK, Check, for_others
from acterm.engine.signin import Keys
from acterm.errors import ActermError
from acterm.i18n import N_, _
from acterm.mail.account import Account
from acterm.store import accounts
from acterm.store.db import Store

__all__ = ["FAILED", "NOTE", "OK", "Check", "examine", "state_label"]

_STATES = {OK: N_("ok"), NOTE: N_("note"), FAILED: N_("PROBLEM")}


def state_label(state: str) -> str:
    """How a check stands, in a word."""
    return _(_STATES[state])


def examine(store: Store | ActermError, keys: Keys) -> Iterator[Check]:
    """Every check as soon as it is made, in the order of the page; at most some seconds in all.

    `store` may be why there is none. Each account signs in at most once.
    """
    for check in _checks(store, keys):
        yield replace(check, text=for_others(check.text))


def _checks(store: Store | ActermError, keys: Keys) -> Iterator[Check]:
    known: list[Account] = []
    yield from doctor_local.of_machine()
    if isinstance(store, Store):
        known = accounts.all_accounts(store.reader())
        yield doctor_local.of_store(store)
    else:
        yield Check("store", FAILED, str(store), store.exit_code)
    yield doctor_local.of_clock(time.time())
    yield from doctor_local.of_secrets(keys.vault, known)
    if isinstance(store, Store):
        yield from doctor_network.checks(store, keys, known)
