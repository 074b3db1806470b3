"""The journal of a stolen account, to hand in; and the mails that are prepared beside it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from acterm.academy import directory, helpdesk
from acterm.assistant.flow import Start
from acterm.i18n import N_, _, ngettext
from acterm.mail.account import Account
from acterm.mail.clean import clean
from acterm.mail.days import day_words
from acterm.mail.sieve.plan import Script
from acterm.mail.sieve.reading import LEAVING, Deed, deeds
from acterm.mail.signs.sent_signs import SentMail, SentSigns

_PARIS = "Europe/Paris"
_MOST_LISTED = 20
_MOST_SOURCE = 2000
_DEEDS = {
    "redirect": N_("forwards mail to {what}"),
    "notify": N_("announces mail to {what}"),
    "vacation": N_("answers by itself"),
    "discard": N_("throws mail away unread"),
    "reject": N_("refuses mail"),
    "ereject": N_("refuses mail"),
    "pipe": N_("hands mail to a program"),
    "execute": N_("hands mail to a program"),
}


def name_of(script: Script) -> str:
    """A script's name, fit for a screen."""
    return clean(script.name, line=True)[:60] or "?"


def deed_words(deed: Deed) -> str:
    """One telling command in words."""
    return _(_DEEDS[deed.name]).format(what=deed.what or "?")


def is_forwarding(script: Script) -> bool:
    """Whether mail or word of it leaves the mailbox."""
    return any(deed.name in LEAVING for deed in deeds(script.text))


def script_words(script: Script) -> str:
    """One script in a line: whether it is active, and what it does that matters."""
    told = list(dict.fromkeys(deed_words(deed) for deed in deeds(script.text)))
    does = ", ".join(told[:4]) or _("files or marks mail only")
    state = _("active") if script.active else _("not active")
    return _("“{name}” ({state}): {does}").format(name=name_of(script), state=state, does=does)


def mail_words(mail: SentMail) -> str:
    """One sent mail in a line."""
    people = ngettext("{count} person", "{count} people", mail.people).format(count=mail.people)
    subject = clean(mail.subject, line=True)[:60] or _("(no subject)")
    return f"{_moment(mail.date)} · {people} · {subject}"


def noticed(text: str) -> str:
    """What the person noticed."""
    return _("What I noticed:") + "\n" + "\n".join(f"  {line}" for line in text.split("\n") if line)


def taken_up(begun: Start) -> str:
    """The flow was left, and goes on."""
    return _("Taken up again on {moment}").format(moment=_written(begun.now))


def password() -> str:
    """The password was changed."""
    return _("I have changed the password.")


def scripts(found: Sequence[Script]) -> str:
    """What stands on the server."""
    if not found:
        return _("Rules on the mail server: none.")
    return "\n".join([_("Rules on the mail server:"), *(f"  {script_words(one)}" for one in found)])


def removed(script: Script) -> str:
    """A script that was deleted, with its text as evidence."""
    lead = _("I have deleted the rules “{name}”. This was their text:")
    return _with_text(lead.format(name=name_of(script)), script)


def switched_off(script: Script) -> str:
    """A script that was switched off, with its text as evidence."""
    lead = _("I have switched off the rules “{name}”. This is their text:")
    return _with_text(lead.format(name=name_of(script)), script)


def looked(found: SentSigns) -> str:
    """How many sent mails were looked at."""
    return ngettext(
        "Sent mails of the last 14 days: {count} looked at.",
        "Sent mails of the last 14 days: {count} looked at.",
        found.looked,
    ).format(count=found.looked)


def sent(found: SentSigns) -> str:
    """What was strange among the sent mails."""
    strange = found.all
    if not strange:
        none = _("None is strange by its hour, recipients or number.")
        return f"{looked(found)} {none}"
    return "\n".join([looked(found), *(f"  {mail_words(one)}" for one in strange[:_MOST_LISTED])])


def mine() -> str:
    """The person knows these mails."""
    return _("I know all these sent mails: they are mine.")


def warned() -> str:
    """A warning was prepared."""
    return _("I have prepared a mail that warns my correspondents.")


def whole(begun: Start, notes: Sequence[str]) -> str:
    """The journal as a text file."""
    account = begun.account
    lines = [_("Journal of a stolen mail account"), ""]
    lines.append(_("Begun on {moment} (Paris time)").format(moment=_written(begun.now)))
    if account:
        lines.append(_("Account: {address}").format(address=account.address))
        lines.append(_("Identifiant: {login}").format(login=account.login))
    for number, note in enumerate(notes, 1):
        lines += ["", f"{number}. {note}"]
    lines += ["", _("Written with acterm. It holds no password, NUMEN or code.")]
    return "\n".join(lines) + "\n"


def file_name(begun: Start) -> str:
    """Named by its day."""
    day = datetime.fromtimestamp(begun.now, ZoneInfo(_PARIS)).date()
    return _("account-journal-{day}.txt").format(day=day.isoformat())


def report(begun: Start, notes: Sequence[str]) -> str:
    """The mail to the help desk, the journal in it."""
    account = begun.account
    lines = [
        _("Hello,"),
        "",
        _("I believe that somebody else has used my mailbox."),
        _("Could you look at its sign-ins, and at forwarding that I cannot see?"),
        "",
        whole(begun, notes),
    ]
    return "\n".join(lines) + (f"\n{account.name}\n" if account and account.name else "")


def report_subject() -> str:
    """The subject of the mail to the help desk."""
    return _("My mail account was used by somebody else")


def help_desk(academy: str) -> str:
    """Where the report goes: the help desk's address when one is known, else to be filled in."""
    known = directory.academies().get(academy)
    found = helpdesk.first(known, "helpdesk-email") if known else None
    return found.value if found else ""


def warning_subject() -> str:
    """The subject of the warning."""
    return _("Do not trust recent mails from my address")


def warning(account: Account) -> str:
    """What correspondents are told: short, without a link."""
    lines = [
        _("Hello,"),
        "",
        _("Somebody else has used my mailbox. Mails of these days may not be from me."),
        _("Open none of their links or attachments, and give no code or money they ask for."),
        _("If you have done so, change your password and tell your help desk."),
        "",
        account.name,
    ]
    return "\n".join(lines).rstrip() + "\n"


def _with_text(lead: str, script: Script) -> str:
    """Empty lines parted the notes of a journal that is taken up again."""
    text = clean(script.text.encode("utf-8", "replace").decode())[:_MOST_SOURCE]
    return "\n".join([lead, *(f"  | {line}" for line in text.split("\n") if line.strip())])


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, ZoneInfo(_PARIS)):%d/%m/%Y %H:%M}"


def _written(seconds: float) -> str:
    here = datetime.fromtimestamp(seconds, ZoneInfo(_PARIS))
    return _("{day}, {time}").format(day=day_words(here), time=f"{here:%H:%M}")
