"""Signs about who a mail says it comes from, and whom an answer would reach."""

import re
from collections.abc import Callable, Iterable

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail import lookalike
from acterm.mail.address import Address
from acterm.mail.bulk import is_bulk
from acterm.mail.fold import fold
from acterm.mail.links import same_site
from acterm.mail.message import Level, Message, Sign

KnownAddresses = Callable[[str], Iterable[str]]

_FREE_MAIL = frozenset(
    [
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr"),
        *("live.fr", "live.com", "msn.com", "yahoo.com", "yahoo.fr", "ymail.com", "laposte.net"),
        *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr"),
        *("gmx.com", "gmx.fr", "proton.me", "protonmail.com", "icloud.com", "me.com", "aol.com"),
        *("mail.com", "yandex.com", "yandex.ru", "mail.ru", "tutanota.com", "zoho.com"),
    ]
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
# Services nobody outside speaks for.
_OFFICIAL_NAME = re.compile(
    r"\b(?:rectorat|dsden|education nationale|ac-[a-z]+"
    r"|ministere de l'education|webmail|web mail|i-?prof|messagerie academique"
    r"|(?:assistance|service|support|equipe|centre|bureau|administrateur|administration|admin)"
    r"(?: d'| de la | de | du )? ?(?:messagerie|informatique|technique|mail|webmail|quota|rectorat)"
    r"|(?:mail|quota|webmail|it) (?:admin|administrator|support|service|team|desk)"
    r"|service quota|help ?desk|(?:it|system) administrator)\b"
)
# People who have an official address, and no need to write from a free one.
_OFFICIAL_PERSON = re.compile(
    r"\b(?:recteur|rectrice|dasen|ia-dasen|inspect(?:eur|rice)|proviseure?|principale?"
    r"|chef(?:fe)? d'etablissement|directeur academique|directrice academique)\b"
)
# Programs that answer for a mail server, and addresses nobody reads.
_PROGRAM = re.compile(r"(?:postmaster|mailer-daemon|double-bounce)@", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:no-?_?reply|ne-?_?pas-?_?repondre|do-?_?not-?_?reply)[\w.+-]*@", re.IGNORECASE
)
_METHOD = re.compile(r"\b(spf|dkim|dmarc|compauth)\s*=\s*(\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def signs(message: Message, known_addresses: KnownAddresses | None) -> list[Sign]:
    """Borrowed names, imitated domains, several senders, answers that go elsewhere."""
    if not message.sender:
        return []
    sender = message.sender[0]
    found: list[Sign] = []
    if sender.domain and not directory.is_official_host(sender.domain):
        found += _borrowed_name(sender, known_addresses)
        twin = lookalike.twin_of(sender.domain, directory.official_domains())
        if twin:
            words = _("The sender’s domain {domain} imitates {twin}.")
            words = words.format(domain=sender.domain, twin=twin)
            found.append(Sign("lookalike-domain", Level.SUSPECT, words))
    if len({one.domain for one in message.sender}) > 1:
        names = ", ".join(one.address for one in message.sender[:3])
        words = _("The mail names several senders: {addresses}.").format(addresses=names)
        found.append(Sign("spoofed-sender", Level.VERIFY, words))
    return found + _answer(message, sender)


def authentication(message: Message, border: str) -> list[Sign]:
    """What the border server could not confirm (RFC 8601).

    Only the topmost field counts, and only of one's own server: the sender can forge the others.
    """
    value = next(
        (value for name, value in message.headers if name.lower() == "authentication-results"), ""
    )
    server, _semicolon, results = _COMMENT.sub("", value[:10_000]).partition(";")
    server = server.strip().split(" ")[0].lower()
    trusted = server == border.lower() if border else directory.is_official_host(server)
    if not server or not trusted:
        return []
    verdicts = {name.lower(): verdict.lower() for name, verdict in _METHOD.findall(results)}
    failed = [name for name, verdict in verdicts.items() if verdict in ("fail", "permerror")]
    if verdicts.get("dmarc") != "fail" and not {"spf", "dkim"} <= set(failed):
        return []
    words = _("The server {server} could not confirm the sender ({methods}).")
    words = words.format(server=server, methods=", ".join(failed).upper())
    return [Sign("auth-failed", Level.VERIFY, words)]


def _borrowed_name(sender: Address, known_addresses: KnownAddresses | None) -> list[Sign]:
    """A name that belongs to somebody else: an address as name, a service, a known colleague."""
    named = _ADDRESS.search(sender.name[:300])
    if named and not same_site(named[1].lower(), sender.domain):
        words = _("The name shows {named}, the mail comes from {address}.")
        words = words.format(named=named[0], address=sender.address)
        return [Sign("spoofed-sender", Level.SUSPECT, words)]
    name, free = fold(sender.name[:300]), sender.domain in _FREE_MAIL
    if not free and _PROGRAM.match(sender.address):
        return []
    if _OFFICIAL_NAME.search(name) or _is_academy(name) or (free and _OFFICIAL_PERSON.search(name)):
        words = _("“{name}” writes from {address}, which is not an official address.")
        words = words.format(name=sender.name[:80], address=sender.address)
        return [Sign("spoofed-sender", Level.SUSPECT if free else Level.VERIFY, words)]
    return _known_colleague(sender, known_addresses) if known_addresses and name else []


def _is_academy(name: str) -> bool:
    """« Académie d'Amiens », but no « Académie de musique »."""
    if "academie" not in name:
        return False
    towns = "|".join(re.escape(fold(one.name)) for one in directory.academies().values())
    return re.search(rf"academie (?:de |d'|de la )?(?:{towns})\b", name) is not None


def _known_colleague(sender: Address, known_addresses: KnownAddresses) -> list[Sign]:
    known = list(known_addresses(sender.name))
    official = [one for one in known if directory.is_official_host(one.rpartition("@")[2])]
    if not official or sender.address.lower() in (one.lower() for one in known):
        return []
    words = _("You know “{name}” as {known}; this mail comes from {address}.")
    words = words.format(name=sender.name[:80], known=official[0], address=sender.address)
    return [Sign("spoofed-sender", Level.VERIFY, words)]


def _answer(message: Message, sender: Address) -> list[Sign]:
    """An answer that would go to somebody else; lists and programs are allowed to."""
    official = directory.is_official_host(sender.domain)
    for reply in message.reply_to:
        if not reply.domain or not sender.domain or directory.is_official_host(reply.domain):
            continue
        if _NOBODY.match(reply.address):
            continue
        if same_site(reply.domain, sender.domain) or (is_bulk(message) and not official):
            continue
        if any(name.lower() == "list-id" for name, _value in message.headers):
            continue
        words = _("An answer would go to {address}, not to the sender.")
        words = words.format(address=reply.address)
        return [Sign("reply-to-elsewhere", Level.VERIFY, words)]
    return []
