"""`acterm contacts`: whom to ask for help, each fact with how sure it is."""

import datetime
from collections.abc import Sequence
from contextlib import suppress

from acterm import config, paths
from acterm.academy import directory, helpdesk
from acterm.academy.facts import Academy, Confidence, Contact
from acterm.assistant.contacts import words as contacts_words
from acterm.cli.options import Parser, print_json
from acterm.errors import ActermError, Exit, UsageError
from acterm.i18n import _

_DEFAULT = "ac-amiens.fr"


def run(arguments: Sequence[str]) -> int:
    """Print the contacts of an académie: the one named, that of the account, else Amiens."""
    parser = Parser("acterm contacts", description=_("Print the help-desk contacts of an académie"))
    parser.add_argument("who", nargs="*", metavar=_("ADDRESS|ACADÉMIE"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    academy = _asked_for(" ".join(options.who)) if options.who else _of_the_account()
    contacts = helpdesk.contacts(academy)
    if options.json:
        print_json(
            {"academy": academy.name, "contacts": [_document(contact) for contact in contacts]}
        )
    else:
        _print(academy, contacts)
    return Exit.DONE


def _document(contact: Contact) -> dict[str, str]:
    return {
        "kind": contact.kind,
        "value": contact.value,
        "confidence": contact.confidence,
        "source": contact.source,
    }


def _asked_for(words: str) -> Academy:
    named = directory.academy_named(words)
    academy = directory.in_charge(named.domain) if named else None
    if academy is None:
        names = ", ".join(sorted(one.name for one in directory.academies().values()))
        raise UsageError(
            _("No académie is known as “{words}”.").format(words=words),
            _("Known: {names}.").format(names=names),
        )
    return academy


def _of_the_account() -> Academy:
    """That of the first account; what is wrong with the file or the store is no matter here."""
    with suppress(ActermError):
        for address in _addresses():
            academy = directory.academy_of(address)
            if academy is not None:
                return directory.in_charge(academy.domain) or academy
    return directory.academies()[_DEFAULT]


def _addresses() -> list[str]:
    configured = [entry.address for entry in config.load(paths.config_file()).accounts]
    if configured or (path := paths.existing_store()) is None:
        return configured
    from acterm.store import accounts
    from acterm.store.db import open_store

    store = open_store(path)
    try:
        return [account.address for account in accounts.all_accounts(store.reader())]
    finally:
        store.close()


def _print(academy: Academy, contacts: Sequence[Contact]) -> None:
    print(_("Académie: {name}").format(name=academy.name))
    if not contacts:
        print(_("No public source names a contact: ask your school’s secretariat."))
    width = max((len(helpdesk.label(contact)) for contact in contacts), default=0)
    now = datetime.datetime.now(datetime.UTC)
    for contact in contacts:
        mark = f" ({contact.confidence.mark})" if contact.confidence.mark else ""
        print(f"  {helpdesk.label(contact):<{width}}  {contact.value}{mark}")
        if standing := contacts_words.standing(contact, now):
            print(f"  {'':<{width}}  {standing}")
    if any(contact.confidence is not Confidence.CONFIRMED for contact in contacts):
        print(_("“to be checked”: only one source says so, or it is inferred."))
