"""What is said while the server's rules are reached, and how one rule and one script are named."""

from acterm.academy import directory, helpdesk
from acterm.assistant.flow import Choice, Kind, Page, Question
from acterm.assistant.server_rules.visit import Phase, Visit, leaks, ways
from acterm.assistant.typed import show_server
from acterm.engine.messages.rules import ReadRules, RulesTrouble
from acterm.i18n import N_, _
from acterm.mail.clean import clean
from acterm.mail.folder import ROLE_NAMES
from acterm.mail.sieve.script import Action, Place, Rule, Where
from acterm.server import Security, Server

_CHOICES = {
    "connect": (N_("Set up an account"), N_("Address, login and password.")),
    "again": (N_("Try once more"), ""),
    "server": (N_("My académie names another server"), N_("Its name and port, if you know them.")),
    "contacts": (N_("Whom to call"), N_("Ask for “ManageSieve, port 4190”.")),
    "sign-in": (N_("Sign in again"), N_("With the new or corrected password.")),
    "lost_password": (N_("I have lost the password"), ""),
    "undo": (N_("Undo"), N_("As it was before.")),
    "former": (N_("Go back to the former rules"), N_("acterm’s own are kept, switched off.")),
    "compromised": (N_("Account taken over"), N_("Somebody else uses my mailbox.")),
    "leave": (N_("That is all"), ""),
}
_SECRETS = {
    RulesTrouble.PASSCODE: N_("What is your passcode?"),
    RulesTrouble.PASSPHRASE: N_("What is the passphrase of the sealed file?"),
    RulesTrouble.KEYRING: N_("What is the password of your session on this computer?"),
    RulesTrouble.PASSWORD: N_("What is your password?"),
}
_RULES = {
    (Where.FROM, Action.FILE): N_("Sender with “{words}”: filed in {folder}"),
    (Where.FROM, Action.FLAG): N_("Sender with “{words}”: flagged"),
    (Where.FROM, Action.READ): N_("Sender with “{words}”: marked as read"),
    (Where.FROM, Action.BIN): N_("Sender with “{words}”: to the bin"),
    (Where.TO, Action.FILE): N_("Recipient with “{words}”: filed in {folder}"),
    (Where.TO, Action.FLAG): N_("Recipient with “{words}”: flagged"),
    (Where.TO, Action.READ): N_("Recipient with “{words}”: marked as read"),
    (Where.TO, Action.BIN): N_("Recipient with “{words}”: to the bin"),
    (Where.SUBJECT, Action.FILE): N_("Subject with “{words}”: filed in {folder}"),
    (Where.SUBJECT, Action.FLAG): N_("Subject with “{words}”: flagged"),
    (Where.SUBJECT, Action.READ): N_("Subject with “{words}”: marked as read"),
    (Where.SUBJECT, Action.BIN): N_("Subject with “{words}”: to the bin"),
    (Where.LIST, Action.FILE): N_("Mailing list “{words}”: filed in {folder}"),
    (Where.LIST, Action.FLAG): N_("Mailing list “{words}”: flagged"),
    (Where.LIST, Action.READ): N_("Mailing list “{words}”: marked as read"),
    (Where.LIST, Action.BIN): N_("Mailing list “{words}”: to the bin"),
}


def choices(keys: tuple[str, ...]) -> tuple[Choice, ...]:
    """The lines of ways that several flows have."""
    told = [(key, *_CHOICES[key]) for key in keys]
    return tuple(Choice(key, _(label), _(words) if words else "") for key, label, words in told)


def question(visit: Visit) -> Question:
    """The visit's own question."""
    if visit.phase is Phase.NO_ACCOUNT:
        return _no_account(visit)
    if visit.phase is Phase.SECRET:
        return _secret(visit)
    if visit.phase is Phase.SERVER:
        return _server(visit)
    if visit.phase is Phase.REFUSED:
        return _refused(visit)
    if visit.phase is Phase.NO_SERVER:
        return _no_server(visit)
    reading = isinstance(visit.asked, ReadRules)
    return Question(
        _("Asking the server for its rules…") if reading else _("Writing the rules…"), Kind.WAIT
    )


def rule_words(rule: Rule, places: tuple[Place, ...]) -> str:
    """One rule in a sentence."""
    found = next((place for place in places if place.name == rule.folder), None)
    folder = place_label(found) if found else clean(rule.folder, line=True)
    words = _(_RULES[rule.where, rule.action])
    return words.format(words=clean(rule.words, line=True)[:60], folder=folder)


def place_label(place: Place) -> str:
    """A folder as the list of folders names it."""
    return _(ROLE_NAMES[place.role]) if place.role in ROLE_NAMES else place.label


def former_words(visit: Visit) -> tuple[str, ...]:
    """What is said about rules that were there before; nothing without any."""
    rules = visit.rules
    if not rules.former:
        return ()
    name = clean(rules.former, line=True)[:60]
    if not visit.works:
        words = _("“{name}”, made elsewhere, decides now. acterm leaves it as it is.")
    elif rules.beside and not visit.offers("include"):
        words = _("A copy of “{name}” still works; what is changed there later is not followed.")
    elif rules.beside:
        words = _("“{name}”, made elsewhere, still works, after acterm’s rules.")
    else:
        words = _("“{name}”, made elsewhere, is kept, switched off.")
    return (words.format(name=name),)


def leak_words(visit: Visit) -> tuple[str, ...]:
    """A warning for each script in use that sends mail elsewhere."""
    words = _("Careful: “{name}” sends mail to {what}. Not your doing? See “Account taken over”.")
    return tuple(
        words.format(name=clean(script.name, line=True)[:40], what=deed.what)
        for script, deed in leaks(visit)
    )[:3]


def webmail(academy: str) -> Page | None:
    """The académie’s webmail, where rules can be set by hand."""
    known = directory.academies().get(academy)
    found = [one for one in helpdesk.contacts(known) if one.kind == "webmail"] if known else []
    if not found:
        return None
    mark = f" ({found[0].confidence.mark})" if found[0].confidence.mark else ""
    return Page(found[0].value, _("Webmail") + mark)


def _no_account(visit: Visit) -> Question:
    return Question(
        _("Which mailbox is it about?"),
        Kind.CHOICE,
        why=_("The rules live on the server of your mailbox; acterm knows none yet."),
        then=_("Without acterm, the webmail can do it as well."),
        choices=choices(ways(visit)),
        page=webmail(visit.academy),
    )


def _secret(visit: Visit) -> Question:
    return Question(
        _(_SECRETS[visit.trouble]),
        Kind.SECRET,
        why=_("The server of the rules wants its own sign-in."),
        then=_("It is tried once, over an encrypted link, and not kept for this."),
        problem=visit.problem,
    )


def _no_server(visit: Visit) -> Question:
    nobody = visit.trouble is RulesTrouble.NO_SERVER
    title = _("The académie’s server does not offer its rules to mail programs.")
    return Question(
        title if nobody else _("The rules on the server cannot be read."),
        Kind.CHOICE,
        why=_("Absence and filters need a service of the server named ManageSieve."),
        then=_("In the webmail they are mostly under “Préférences” or “Filtres” (to be checked)."),
        choices=choices(ways(visit)),
        problem=visit.problem,
        page=webmail(visit.academy),
    )


def _server(visit: Visit) -> Question:
    host = visit.account.imap.host if visit.account else ""
    return Question(
        _("Which server keeps the rules?"),
        Kind.TEXT,
        why=_("Your académie’s help desk calls it ManageSieve or Sieve, mostly on port 4190."),
        then=_("Your password goes there only when the host is official or your mail server."),
        value=show_server(Server(host, 4190, Security.TLS)),
        problem=visit.problem,
    )


def _refused(visit: Visit) -> Question:
    return Question(
        _("The server refused the sign-in."),
        Kind.CHOICE,
        why=_("acterm tried once and does not try again: repeated refusals lock an account."),
        then=_("It may be that the password was changed, by you or by somebody else."),
        choices=choices(ways(visit)),
        problem=visit.problem,
    )
