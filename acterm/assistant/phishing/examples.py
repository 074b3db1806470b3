"""Mails to learn by, all fictitious, after campaigns that académies have told of (DOMAIN §4.1)."""

from dataclasses import dataclass

from acterm.i18n import N_


@dataclass(frozen=True, slots=True)
class Example:
    """One mail, and what one can see in it. The texts are msgids."""

    sender: str
    subject: str
    text: tuple[str, ...]
    is_fake: bool
    signs: tuple[str, ...]


EXAMPLES = (
    Example(
        "Service informatique du rectorat <support.rectorat@gmail.com>",
        N_("Compulsory migration of your mailbox"),
        (
            N_("The rectorat moves every mailbox tonight. Confirm yours before 6 p.m.:"),
            "http://www.ac-amiens.connexion.example/",
        ),
        True,
        (
            N_("A service of the rectorat does not write from a Gmail address."),
            N_("Only the end of a host counts: this one is “connexion.example”, not ac-amiens.fr."),
            N_("Hurry and a threat are there to keep you from thinking."),
        ),
    ),
    Example(
        "Lucas Morel <1743ad85zh@hotmail.com>",
        N_("It is really strange"),
        (
            N_("Hello, I have found these photographs, it is really strange, is it you?"),
            "https://photos-classe.example/voir?id=88213",
        ),
        True,
        (
            N_("You know the colleague’s name, but not this address: a name is easily borrowed."),
            N_("Nothing in it is about school, and there is only a link to click on."),
            N_("In doubt, ask the colleague by telephone, not by answering."),
        ),
    ),
    Example(
        "Secrétariat <ce.0800000x@ac-amiens.fr>",
        N_("Class council 3eB: new room"),
        (
            N_("The class council on Thursday is held in room 204 instead of 108, at 5.15 p.m."),
            N_("Good day to all."),
        ),
        False,
        (
            N_("The address is official, nothing is asked, nothing is to be opened."),
            N_("Not every mail is a trap: most are just work."),
        ),
    ),
    Example(
        "Messagerie académique <quota@messagerie-ac-amiens.example>",
        N_("Your mailbox is at 99 % of its quota"),
        (
            N_("Without validation within 24 h your account will be suspended."),
            N_("Raise my quota: https://portail.ac-amiens.fr"),
            N_("(the link leads to http://ac-arniens.example/login)"),
        ),
        True,
        (
            N_("acterm shows the real quota at the top: compare, do not click."),
            N_(
                "The text names the portal, the link leads to “ac-arniens”: an r and an n for an m."
            ),
            N_("The domain of the sender is not official."),
        ),
    ),
    Example(
        "Direction des ressources humaines <drh@ac-amiens.fr>",
        N_("Update of your career file"),
        (
            N_("To keep your seniority, answer this mail with your NUMEN, your birth date"),
            N_("and the PIN of your key."),
        ),
        True,
        (
            N_("Nobody official asks for NUMEN, PIN or password by mail, whatever the address."),
            N_("A sender’s address can be forged, even your own."),
        ),
    ),
    Example(
        "Ne pas répondre <noreply@ent-des-colleges.example>",
        N_("Your password has been changed"),
        (
            N_("The password of your account was changed on 12 November at 10.04 a.m."),
            N_("If it was not you, contact your help desk. Please do not answer."),
        ),
        False,
        (
            N_("Real services do not always write from ac-….fr: this one is the school’s ENT."),
            N_("It asks for nothing and has no link: one checks by opening the site oneself."),
        ),
    ),
    Example(
        "Comptabilité <facturation@fournisseur-scolaire.example>",
        N_("Unpaid invoice no. 20418"),
        (
            N_("See the attached invoice; the password to open it is 4821."),
            N_("Attachment: facture_20418.zip (encrypted)"),
        ),
        True,
        (
            N_("An encrypted archive hides its content from the académie’s virus check."),
            N_("Its password in the same mail protects nothing: it only passes the check."),
            N_("Did you order anything? If not, do not open it."),
        ),
    ),
)
