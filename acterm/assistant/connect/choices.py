"""What the Connexion flow calls each of its ways on."""

from acterm.assistant import menu
from acterm.assistant.connect.state import ELSEWHERE
from acterm.assistant.flow import Choice
from acterm.i18n import N_, _


def choice(key: str) -> Choice:
    """The line of one way on."""
    if key.startswith(ELSEWHERE):
        entry = menu.entry(key.removeprefix(ELSEWHERE))
        return Choice(key, entry.label(), entry.hint())
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


_CHOICES = {
    "use": (N_("Yes, use them"), ""),
    "probe": (
        N_("Look for the usual servers"),
        N_("acterm tries the names that académies mostly use; nothing about you is sent."),
    ),
    "type": (N_("Type other servers"), N_("As your académie’s instructions give them.")),
    "nationale": (
        N_("My mailbox has moved to the national mail"),
        N_("messagerie.education.gouv.fr: whole address and an application password."),
    ),
    "academique": (
        N_("My mailbox is on my académie’s own mail"),
        N_("Identifiant and password of the académie."),
    ),
    "passcode": (N_("I have a passcode"), N_("A PIN and the code of a key, for each sign-in.")),
    "password": (N_("I have a password"), ""),
    "secret": (N_("Type the password again"), ""),
    "login": (N_("Correct the login"), ""),
    "servers": (N_("Correct the servers"), ""),
    "again": (N_("Try once more"), ""),
}
