"""Signs about who a mail says it comes from, and whom an answer would reach."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.fold import fold
from acterm.mail.message import Level, Message, Sign
from acterm.mail.signs import brands, lookalike, pressure_signs
from acterm.mail.signs.bulk import is_bulk
from acterm.mail.signs.evidence import Evidence, is_anybodys, is_free, sender_of
from acterm.mail.signs.scripts import mixed_word, plain
from acterm.mail.special.parts import field
from acterm.mail.web.links import same_site

KnownAddresses = Callable[[str], Iterable[str]]

_MAX_NAME = 300
_MOST_WORDS = 5
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
# Services nobody outside speaks for.
_OFFICIAL_NAME = re.compile(
    r"\b(?:rectorat|dsden|dsi academi\w+|education nationale|ac-[a-z]+|region academique"
    r"|ministere de l'education|webmail|web mail|zimbra|roundcube|i-?prof|portail arena|numen"
    r"|messagerie (?:academique|nationale|electronique|professionnelle)"
    r"|(?:assistance|service|support|equipe|centre|bureau|administrateur|administration|admin)"
    r"(?: d'| de la | de | du )? ?(?:messagerie|e-?mail|mail|webmail|quota|rectorat|academique)"
    r"|(?:e-?mail|mail|quota|webmail|mailbox) (?:admin|administrator|support|service|team|desk)"
    r"|service quota|gestion(?:naire)? (?:de la )?paie)\b"
)
# Services that every house has: they count when the mail is about the reader's mailbox.
_ANY_SERVICE = re.compile(
    r"\b(?:(?:assistance|service|support|equipe|centre|bureau|administrateur|administration|admin)"
    r"(?: d'| de la | de | du )? ?(?:informatique|technique)|it (?:admin|administrator|support"
    r"|service"
    r"|team|desk|dep(?:artment|t))|help ?desk|(?:it|system) administrator)\b"
)
# People who have an official address, and no need to write from a free one.
_OFFICIAL_PERSON = re.compile(
    r"\b(?:recteur|rectrice|dasen|ia dasen|inspect(?:eur|rice)|proviseure?|principale?"
    r"|head ?(?:teacher|master|mistress)|chef(?:fe)? d'etablissement|directeur academique"
    r"|directrice academique"
    r"|(?:secretariat|intendance|gestion(?:naire)?|direct(?:ion|eur|rice))\b.{0,40}\b(?:college"
    r"|lycee"
    r"|etablissement)|(?:college|lycee|etablissement)\b.{0,40}\b(?:secretariat|intendance"
    r"|gestion(?:naire)?|direct(?:ion|eur|rice)))\b"
)
_NOBODY = re.compile(
    r"(?:[\w.+-]*[-_.+])?(?:no-?_?reply|ne-?_?pas-?_?repondre|do-?_?not-?_?reply"
    r"|notifications?)[\w.+-]*@",
    re.IGNORECASE,
)
_OFFICIAL_LOCAL = r"rectorat|dsden|education[._-]?(?:nationale|gouv)|gouv[._-]fr"
_PROGRAM = re.compile(r"(?:postmaster|mailer-daemon|double-bounce)@", re.IGNORECASE)
_GROUP = re.compile(r"^[^<>\"@,]{1,200}:.*;")
_REMARK = re.compile(r"\(([^()]{0,200}@[^()]{0,200})\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def signs(evidence: Evidence, known_addresses: KnownAddresses | None) -> list[Sign]:
    """Borrowed names, imitated domains, several senders, answers that go elsewhere."""
    message = evidence.message
    if not message.sender:
        return []
    sender = sender_of(message)
    found = named_by(sender, known_addresses) or _any_service(evidence)
    found += alphabets_of_subject(message.subject)
    people = [one for one in message.sender if one.domain]
    if len({one.domain for one in people}) > 1:
        names = ", ".join(one.address for one in people[:3])
        words = _("The mail names several senders: {addresses}.").format(addresses=names)
        found.append(Sign("spoofed-sender", Level.VERIFY, words))
    return [*found, *_tricks(message, sender), *_answer(evidence, sender)]


def named_by(sender: Address, known_addresses: KnownAddresses | None) -> list[Sign]:
    """What the sender's name and address alone tell: enough for a line of the list."""
    found = _alphabets(sender.name, _("The sender’s name"))
    if not sender.domain or directory.is_official_host(sender.domain):
        return found
    found += _borrowed_name(sender, known_addresses)
    twin = lookalike.twin_of(sender.domain, directory.official_domains())
    if twin:
        words = _("The sender’s domain {domain} imitates {twin}.")
        words = words.format(domain=sender.domain, twin=twin)
        found.append(Sign("lookalike-domain", Level.SUSPECT, words))
    elif "xn--" in sender.domain or not sender.domain.isascii():
        found += lookalike.spelling(sender.domain)
    return found


def _any_service(evidence: Evidence) -> list[Sign]:
    """« Support technique » of nobody known, about the reader's mailbox."""
    sender = sender_of(evidence.message)
    if evidence.trusted or directory.is_official_host(sender.domain):
        return []
    about = pressure_signs.of_mailbox(evidence.text) and pressure_signs.acts(evidence.text)
    if not (about or evidence.free) or not _ANY_SERVICE.search(
        fold(plain(sender.name[:_MAX_NAME]))
    ):
        return []
    return [_not_official(sender)]


def _not_official(sender: Address) -> Sign:
    words = _("“{name}” writes from {address}, which is not an official address.")
    words = words.format(name=sender.name[:80], address=sender.address)
    level = Level.SUSPECT if is_anybodys(sender) else Level.VERIFY
    return Sign("spoofed-sender", level, words)


def alphabets_of_subject(subject: str) -> list[Sign]:
    """Letters of another alphabet inside a word of the subject."""
    return _alphabets(subject, _("The subject"))


def _alphabets(text: str, where: str) -> list[Sign]:
    """Letters of another alphabet inside a word."""
    word = mixed_word(text[:_MAX_NAME])
    if not word:
        return []
    words = _("{where} mixes two alphabets in “{word}”, to look like another.")
    return [Sign("homoglyph", Level.SUSPECT, words.format(where=where, word=word))]


def _borrowed_name(sender: Address, known_addresses: KnownAddresses | None) -> list[Sign]:
    """A name that belongs to somebody else: an address as name, a service, a known colleague."""
    shown = plain(sender.name[:_MAX_NAME])
    named = _ADDRESS.search(shown) or _ADDRESS.search(sender.address.rpartition("@")[0])
    if named and not same_site(named[1].lower(), sender.domain):
        if _passed_on(sender, shown, named[1].lower()):
            return []
        words = _("The name shows {named}, the mail comes from {address}.")
        words = words.format(named=named[0], address=sender.address)
        return [Sign("spoofed-sender", Level.SUSPECT, words)]
    name, free = fold(shown), is_anybodys(sender)
    if not free and (_PROGRAM.match(sender.address) or brands.is_known_house(sender.domain)):
        return []
    local = sender.address.partition("@")[0].lower()
    if free and _official_local().search(local):
        words = _("{address} bears an official name, but is an address that anybody can get.")
        return [Sign("spoofed-sender", Level.SUSPECT, words.format(address=sender.address))]
    if _OFFICIAL_NAME.search(name) or _is_academy(name) or (free and _is_official_person(sender)):
        return [_not_official(sender)]
    return _known_colleague(sender, known_addresses) if known_addresses and name else []


def _passed_on(sender: Address, shown: str, named: str) -> bool:
    """« luc@x.example via Doodle »: a service that writes for somebody and says so."""
    if brands.is_known_house(sender.domain) and not is_anybodys(sender):
        return True
    return not directory.is_official_host(named) and (
        bool(_NOBODY.match(sender.address)) or "via " in shown
    )


@cache
def _official_local() -> re.Pattern[str]:
    """What a free address bears to look official: `luc.petit.ac-amiens`."""
    domains = directory.official_domains()
    names = [re.escape(one.rpartition(".")[0]) for one in domains if one.startswith("ac-")]
    return re.compile(rf"(?:^|[._-])(?:{'|'.join(names)})(?:$|[._-])|{_OFFICIAL_LOCAL}")


def _is_official_person(sender: Address) -> bool:
    """By the name, or by a school's office in the name and in the address together."""
    local = sender.address.partition("@")[0]
    words = re.sub(r"[._-]", " ", f"{plain(sender.name[:_MAX_NAME])} {local}")
    return _OFFICIAL_PERSON.search(fold(words)) is not None


def _is_academy(name: str) -> bool:
    """« Académie d'Amiens », but no « Académie de musique »."""
    if "academi" not in name:
        return False
    if re.search(r"\b(?:messagerie|portail|assistance|support|compte|courriel) academi", name):
        return True
    towns = "|".join(re.escape(fold(one.name)) for one in directory.academies().values())
    return re.search(rf"academie (?:de |d'|de la )?(?:{towns})\b", name) is not None


def _known_colleague(sender: Address, known_addresses: KnownAddresses) -> list[Sign]:
    known = [address for name in _ways(sender.name) for address in known_addresses(name)]
    official = [one for one in known if directory.is_official_host(one.rpartition("@")[2])]
    if not official or sender.address.lower() in (one.lower() for one in known):
        return []
    words = _("You know “{name}” as {known}; this mail comes from {address}.")
    words = words.format(name=sender.name[:80], known=official[0], address=sender.address)
    return [Sign("spoofed-sender", Level.VERIFY, words)]


def _ways(name: str) -> tuple[str, ...]:
    """A name as others may write it: « DELATTRE Sophie » is « Sophie Delattre »."""
    words = plain(name[:_MAX_NAME]).split()
    turned = " ".join([*words[1:], *words[:1]])
    ways = (name, turned, name.title(), turned.title())
    return tuple(dict.fromkeys(ways)) if 1 < len(words) < _MOST_WORDS else (name,)


def _tricks(message: Message, sender: Address) -> list[Sign]:
    """A group in place of a sender, an address hidden in a remark (RFC 5322 §3.2.2, §3.4)."""
    given = field(message, "from")[:_MAX_NAME]
    bare = _QUOTED.sub("", given)
    remark = _REMARK.search(bare)
    shown = _ADDRESS.search(remark[1]) if remark else None
    if shown and not same_site(shown[1].lower(), sender.domain):
        words = _("The sender’s field hides {named} in a remark, the mail comes from {address}.")
        words = words.format(named=shown[0], address=sender.address)
        return [Sign("spoofed-sender", Level.VERIFY, words)]
    if _GROUP.match(bare):
        words = _("The sender’s field names a group instead of a person: {field}")
        return [Sign("spoofed-sender", Level.VERIFY, words.format(field=given[:120]))]
    return []


def _answer(evidence: Evidence, sender: Address) -> list[Sign]:
    """An answer that would go to somebody else; lists and programs are allowed to."""
    message, official = evidence.message, directory.is_official_host(sender.domain)
    for reply in message.reply_to:
        if not reply.domain or not sender.domain or directory.is_official_host(reply.domain):
            continue
        if _NOBODY.match(reply.address) or (not official and _NOBODY.match(sender.address)):
            continue
        many = evidence.bulk or (is_bulk(message) and not is_free(reply.domain))
        if same_site(reply.domain, sender.domain) or (many and not official):
            continue
        if field(message, "list-id"):
            continue
        words = _("An answer would go to {address}, not to the sender.")
        words = words.format(address=reply.address)
        loud = official and is_free(reply.domain)
        return [Sign("reply-to-elsewhere", Level.SUSPECT if loud else Level.VERIFY, words)]
    return []
