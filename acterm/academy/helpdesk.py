"""Whom to ask for help: the contacts of an académie, each with how sure it is."""

from acterm.academy import directory
from acterm.academy.facts import Academy, Confidence, Contact
from acterm.i18n import N_, _

_KINDS = {
    "phone": N_("Switchboard"),
    "address": N_("Postal address"),
    "postcode": N_("Postcode and town"),
    "hours": N_("Opening hours"),
    "helpdesk": N_("Help desk"),
    "helpdesk-phone": N_("IT help desk"),
    "helpdesk-hours": N_("IT help desk hours"),
    "helpdesk-email": N_("IT help desk, by mail"),
    "email": N_("Mail address"),
    "dsden-email": N_("DSDEN, by mail"),
    "fax": N_("Fax"),
    "password-reset": N_("Lost password"),
    "webmail": N_("Webmail"),
    "portal": N_("Portal"),
    "data-protection": N_("Data protection officer"),
}


def contacts(academy: Academy) -> tuple[Contact, ...]:
    """The contacts of an académie, those of its mail system after its own."""
    return academy.contacts + directory.profiles()[academy.profile].contacts


def first(academy: Academy, kind: str) -> Contact | None:
    """The first contact of a kind, the surest one before the others; None without one."""
    found = [contact for contact in contacts(academy) if contact.kind == kind]
    order = list(Confidence)
    return min(found, key=lambda contact: order.index(contact.confidence), default=None)


def label(contact: Contact) -> str:
    """What the contact is, in the person's language."""
    return _(_KINDS[contact.kind])
