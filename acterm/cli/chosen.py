"""Which account a command is about, and the files it works on."""

from collections.abc import Sequence

from acterm import config, paths
from acterm.errors import ConfigError, UsageError
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.store import accounts
from acterm.store.db import Store, open_store


def opened_store(*, rebuild: bool = False) -> Store:
    """The store, its accounts brought in line with config.toml."""
    from acterm.engine.configured import accounts_of

    settings = config.load(paths.config_file())
    store = open_store(rebuild=rebuild)
    with store.write() as db:
        accounts.sync_with_config(db, settings, accounts_of(db, settings))
    return store


def accounts_for(store: Store, wanted: str) -> list[Account]:
    """The account whose address begins with `wanted`; all of them for an empty word.

    Raises ConfigError without any account, UsageError for none or several that match.
    """
    known = accounts.all_accounts(store.reader())
    if not known:
        raise ConfigError(
            _("There is no account yet."), _("Open acterm, or run “acterm account add”.")
        )
    if not wanted:
        return known
    exact = [account for account in known if account.address.lower() == wanted.lower()]
    found = exact or [one for one in known if one.address.lower().startswith(wanted.lower())]
    if len(found) == 1:
        return found
    names = ", ".join(account.address for account in (found or known))
    if found:
        raise UsageError(
            _("Several accounts begin with {word}: {names}").format(word=wanted, names=names)
        )
    raise UsageError(
        _("No account begins with {word}; known: {names}").format(word=wanted, names=names)
    )


def account_of_sender(known: Sequence[Account], sender: str) -> Account:
    """The account a mail is from, else the first."""
    return next((one for one in known if one.address.lower() == sender.lower()), known[0])
