"""The doctor's checks of the servers. Each has a deadline, all run at once."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from acterm.engine.doctor import sign_in
from acterm.engine.doctor.checks import NOTE, OK, Check, Task, side_by_side
from acterm.engine.signin import Keys
from acterm.errors import Unreachable
from acterm.i18n import _, ngettext
from acterm.mail.account import Account
from acterm.net import discover, reach
from acterm.net.imap import Imap
from acterm.server import Security, Server
from acterm.store.db import Store

_DEADLINE = 5.0  # of one step; the whole has a little more
_ALL = 8.0
_EXPIRES_SOON = 14  # days
_SIEVE = 4190  # RFC 5804: absence and filters


def checks(store: Store, keys: Keys, accounts: Sequence[Account]) -> Iterator[Check]:
    """Names, ports, TLS and capabilities of the accounts' servers, each server once.

    Each account signs in once, where that can be done without asking anybody.
    """
    tasks: dict[tuple[str, str], Task] = {}
    for account in accounts:
        for task in _tasks(account):
            tasks.setdefault((task.name, task.subject), task)
        signing_in = partial(sign_in.checks, store, keys, account)
        tasks["sign-in", account.address] = Task("sign-in", account.address, signing_in)
    return side_by_side(list(tasks.values()), _ALL)


def _tasks(account: Account) -> Iterator[Task]:
    imap, smtp = account.imap, account.smtp
    for server in (imap, smtp):
        yield _task("names", server.host, partial(_names, server))
    for server in (imap, smtp):
        yield _task(f"port-{server.port}", str(server), partial(_port, server))
    for server in _others(account):
        yield _task(f"port-{server.port}", str(server), partial(_other_port, server))
    yield _task("tls", str(imap), partial(_imap_tls, account))
    yield _task("tls", str(smtp), partial(_smtp_tls, account))
    yield _task("capabilities", str(imap), partial(_capabilities, account))


def _task(name: str, subject: str, work: Callable[[], Check]) -> Task:
    return Task(name, subject, lambda: [work()])


def _others(account: Account) -> list[Server]:
    """The usual ports beside those of the account: they show what a network lets through."""
    usual = [
        Server(account.imap.host, 993),
        Server(account.smtp.host, 465),
        Server(account.smtp.host, 587, Security.STARTTLS),
        Server(account.imap.host, _SIEVE, Security.STARTTLS),
    ]
    used = {str(account.imap), str(account.smtp)}
    return [server for server in usual if str(server) not in used]


def _names(server: Server) -> Check:
    found = ", ".join(reach.addresses(server))
    return Check("names", OK, _("{host} is {addresses}").format(host=server.host, addresses=found))


def _port(server: Server) -> Check:
    reach.answers(server, _DEADLINE)
    return Check(f"port-{server.port}", OK, _("{server} answers").format(server=server))


def _other_port(server: Server) -> Check:
    name = f"port-{server.port}"
    try:
        reach.answers(server, _DEADLINE)
    except Unreachable:
        words = _("{server} does not answer; the account does not use it")
        return Check(name, NOTE, words.format(server=server))
    words = _("{server} answers; the account does not use it")
    return Check(name, OK, words.format(server=server))


def _imap_tls(account: Account) -> Check:
    if account.imap.security is Security.TLS:
        return _protection(account.imap, account)
    Imap.connect(account.imap, ca_file=account.ca_file, deadline=_DEADLINE).close()
    return _without_details(account.imap)


def _smtp_tls(account: Account) -> Check:
    if account.smtp.security is Security.TLS:
        return _protection(account.smtp, account)
    found = asyncio.run(
        discover.find((), (account.smtp,), ca_file=account.ca_file, deadline=_DEADLINE)
    )
    if found[1] is None:
        raise Unreachable(_("{server} does not answer as it should.").format(server=account.smtp))
    return _without_details(account.smtp)


def _protection(server: Server, account: Account) -> Check:
    made = reach.protection(server, account.ca_file, _DEADLINE)
    left = ngettext("{count} day left", "{count} days left", made.days).format(count=made.days)
    words = _("{server}: {version}, valid certificate, {left}")
    text = words.format(server=server, version=made.version, left=left)
    return Check("tls", NOTE if made.days < _EXPIRES_SOON else OK, text)


def _without_details(server: Server) -> Check:
    if server.security is Security.PLAIN:
        return Check("tls", NOTE, _("{server}: in clear, this machine only").format(server=server))
    return Check("tls", OK, _("{server}: STARTTLS, valid certificate").format(server=server))


def _capabilities(account: Account) -> Check:
    imap = Imap.connect(account.imap, ca_file=account.ca_file, deadline=_DEADLINE)
    try:
        offered = imap.capabilities
    finally:
        imap.close()
    words = _("{server} offers before the sign-in: {names}")
    names = sign_in.worth_telling(offered)
    return Check("capabilities", OK, words.format(server=account.imap, names=names))
