"""What is worth telling about a mail, each sign with its reason in one sentence.

Never « sûr »: nothing, a plain note, « À vérifier » or « Très suspect ». Decided offline, from the
mail alone and from what is passed in.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail import lookalike
from acterm.mail.address import Address
from acterm.mail.domains import registrable
from acterm.mail.fold import fold
from acterm.mail.links import named_host
from acterm.mail.message import Level, Message, Rendered, Sign

_ORDER = (Level.SUSPECT, Level.VERIFY, Level.NOTE)
_FREE_MAIL = frozenset(
    [
        "gmail.com",
        "hotmail.com",
        "hotmail.fr",
        "outlook.com",
        "outlook.fr",
        "live.fr",
        "yahoo.com",
        "yahoo.fr",
        "laposte.net",
        "orange.fr",
        "free.fr",
        "sfr.fr",
        "gmx.com",
        "gmx.fr",
        "proton.me",
        "protonmail.com",
        "icloud.com",
        "aol.com",
    ]
)
_OFFICIAL_NAME = re.compile(
    r"\b(rectorat|academie|dsden|education nationale|ac-[a-z]+|ministere|assistance informatique"
    r"|service informatique|webmail|messagerie academique|support informatique)\b"
)
_ASKED_FOR = (
    r"(numen|code pin|passcode|code otp|mot(?:s)? de passe|identifiants? (?:et|ou) mots? de passe"
    r"|password|date de naissance|date of birth|code d.acces|code secret|carte bancaire)"
)
_ASK = (
    r"(confirm\w*|valid\w*|verifi\w*|saisi\w*|renseign\w*|communiqu\w*|fournir|fournissez|envoy\w*"
    r"|transmett\w*|repond\w*|indiqu\w*|mettre a jour|mettez a jour|actualis\w*|reactiv\w*|enter"
    r"|provide|submit|update|verify|send|reply with|retourn\w*)"
)
_ASKS = re.compile(
    rf"\b{_ASK}\b[^.!?\n]{{0,80}}\b{_ASKED_FOR}\b|\b{_ASKED_FOR}\b[^.!?\n]{{0,60}}\b{_ASK}\b"
)
_PRESSURE = re.compile(
    r"\b(quota|boite (?:est )?(?:pleine|saturee)|suspen\w+|desactiv\w+|bloqu\w+|24 ?h\w*|48 ?h\w*"
    r"|expir\w+|ferm(?:e|ee|eture)|mailbox (?:is )?full|suspended|deactivat\w+|immediat\w*)\b"
)
_NEGATED = re.compile(
    r"\b(jamais|ne (?:communiquez|donnez|transmettez|demande\w*)|never|do not|don't)\b"
)
_DANGEROUS = (
    ".exe",
    ".scr",
    ".com",
    ".bat",
    ".cmd",
    ".pif",
    ".msi",
    ".js",
    ".jse",
    ".vbs",
    ".vbe",
    ".wsf",
    ".wsh",
    ".hta",
    ".ps1",
    ".lnk",
    ".jar",
    ".iso",
    ".img",
    ".vhd",
    ".reg",
    ".cpl",
    ".chm",
    ".dll",
    ".apk",
    ".docm",
    ".xlsm",
    ".pptm",
    ".html",
    ".htm",
    ".svg",
    ".one",
    ".library-ms",
    ".url",
)
_DOCUMENT_DOUBLE = re.compile(
    r"\.(pdf|docx?|xlsx?|odt|jpe?g|png|txt)\s*\.[a-z0-9]{2,4}$", re.IGNORECASE
)
_AUTH_RESULT = re.compile(r"\b(spf|dkim|dmarc|compauth)\s*=\s*(\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_REDIRECTOR = re.compile(
    r"https?://(?:[\w-]+\.safelinks\.protection\.outlook\.com|(?:www\.)?google\.[a-z.]+/url\?)",
    re.IGNORECASE,
)
_SHORTENERS = frozenset(
    [
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "t.co",
        "ow.ly",
        "is.gd",
        "buff.ly",
        "rebrand.ly",
        "cutt.ly",
        "rb.gy",
        "shorturl.at",
    ]
)


def signs(
    message: Message,
    rendered: Rendered,
    *,
    known_addresses: Callable[[str], Iterable[str]] | None = None,
    border: str = "",
) -> tuple[Sign, ...]:
    """Every sign, the loudest first, each code once.

    `known_addresses` gives the addresses a display name is known under; `border` is the
    authserv-id of one's own server, the only one whose Authentication-Results count.
    """
    found = [
        *message.signs,
        *rendered.signs,
        *_sender_signs(message, known_addresses),
        *_link_signs(message, rendered),
        *_text_signs(message, rendered),
        *_attachment_signs(message),
        *_authentication_signs(message, border),
    ]
    once: dict[str, Sign] = {}
    for sign in sorted(found, key=lambda one: _ORDER.index(one.level)):
        once.setdefault(sign.code, sign)
    return tuple(once.values())


def is_official(domain: str) -> bool:
    """Whether an académie or a ministry answers for this domain."""
    return directory.is_official_host(domain)


def _sender_signs(
    message: Message, known_addresses: Callable[[str], Iterable[str]] | None
) -> list[Sign]:
    signs: list[Sign] = []
    if not message.sender:
        return signs
    sender = message.sender[0]
    domain = sender.domain
    if domain and not is_official(domain):
        signs += _borrowed_name(sender, known_addresses)
        twin = lookalike.twin_of(domain, directory.official_domains())
        if twin:
            words = _("The sender’s domain {domain} imitates {twin}.")
            signs.append(_sign("lookalike-domain", Level.SUSPECT, words, domain=domain, twin=twin))
    if len(message.sender) > 1 and len({one.domain for one in message.sender}) > 1:
        words = _("The mail names several senders: {addresses}.")
        names = ", ".join(one.address for one in message.sender[:3])
        signs.append(_sign("spoofed-sender", Level.VERIFY, words, addresses=names))
    signs += _reply_signs(message, sender)
    return signs


def _borrowed_name(
    sender: Address, known_addresses: Callable[[str], Iterable[str]] | None
) -> list[Sign]:
    """A name that belongs to somebody else: an address as name, a service, a known colleague."""
    named = re.search(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", sender.name)
    if named and registrable(named[1].lower()) != registrable(sender.domain):
        words = _("The name shows {named}, the mail comes from {address}.")
        return [
            _sign("spoofed-sender", Level.SUSPECT, words, named=named[0], address=sender.address)
        ]
    if _OFFICIAL_NAME.search(fold(sender.name)):
        words = _("“{name}” writes from {address}, which is not an official address.")
        level = Level.SUSPECT if sender.domain in _FREE_MAIL else Level.VERIFY
        return [_sign("spoofed-sender", level, words, name=sender.name, address=sender.address)]
    if known_addresses and sender.name:
        others = [
            one for one in known_addresses(sender.name) if is_official(one.rpartition("@")[2])
        ]
        if others and sender.address.lower() not in (one.lower() for one in others):
            words = _("You know “{name}” as {known}; this mail comes from {address}.")
            return [
                _sign(
                    "spoofed-sender",
                    Level.VERIFY,
                    words,
                    name=sender.name,
                    known=others[0],
                    address=sender.address,
                )
            ]
    return []


def _reply_signs(message: Message, sender: Address) -> list[Sign]:
    """An answer that would go to somebody else; lists and their software are allowed to."""
    listed = any(name.lower() in ("list-id", "list-post") for name, _value in message.headers)
    for reply in message.reply_to:
        if not reply.domain or not sender.domain or listed:
            continue
        if registrable(reply.domain) == registrable(sender.domain) or is_official(reply.domain):
            continue
        if reply.domain in _FREE_MAIL or is_official(sender.domain):
            words = _("An answer would go to {address}, not to the sender.")
            return [_sign("reply-to-elsewhere", Level.VERIFY, words, address=reply.address)]
    return []


def _link_signs(message: Message, rendered: Rendered) -> list[Sign]:
    signs: list[Sign] = []
    official = directory.official_domains()
    for link in rendered.links:
        if link.warning:
            serious = is_official(named_host(link.text)) and not is_official(link.host)
            level = Level.SUSPECT if serious else Level.VERIFY
            if serious or not _is_redirector(link.url, message):
                words = _("The link “{text}” leads to {host}.")
                signs.append(
                    _sign("link-mismatch", level, words, text=link.text[:60], host=link.host)
                )
        if link.host and not is_official(link.host):
            twin = lookalike.twin_of(link.host, official)
            if twin:
                words = _("The link’s domain {domain} imitates {twin}.")
                signs.append(
                    _sign("lookalike-domain", Level.SUSPECT, words, domain=link.host, twin=twin)
                )
        if registrable(link.host) in _SHORTENERS:
            words = _("A shortened link ({host}) hides where it leads.")
            signs.append(_sign("shortened-link", Level.NOTE, words, host=link.host))
    return signs


def _is_redirector(url: str, message: Message) -> bool:
    """Whether the link goes through the sender's own mailing tool, as newsletters do."""
    bulk = any(
        name.lower() in ("list-unsubscribe", "list-id", "feedback-id", "x-mailer-recptid")
        for name, _value in message.headers
    )
    return bulk or bool(_REDIRECTOR.match(url))


def _text_signs(message: Message, rendered: Rendered) -> list[Sign]:
    own = "\n".join(line.text for line in rendered.lines if not line.quote)[:50_000]
    folded = re.sub(r"\s+", " ", fold(f"{message.subject}. {own}"))
    signs: list[Sign] = []
    outside = not message.sender or not is_official(message.sender[0].domain)
    found = next(
        (
            hit
            for hit in _ASKS.finditer(folded)
            if not _NEGATED.search(folded[max(0, hit.start() - 60) : hit.end()])
        ),
        None,
    )
    html = (message.html or "")[:2_000_000]
    form = re.search(r"<form\b|<input\b[^<>]{0,500}type\s*=\s*[\"']?password", html, re.IGNORECASE)
    if form:
        words = _("The mail holds a form: what is typed into it goes to the sender.")
        password = "password" in form[0].lower()
        signs.append(_sign("html-form", Level.SUSPECT if password else Level.VERIFY, words))
    if found and (outside or "numen" in found[0]):
        secret = next(
            (word for word in found.groups() if word and re.fullmatch(_ASKED_FOR, word)), ""
        )
        pressed = outside and bool(_PRESSURE.search(folded))
        words = _("The mail asks for “{secret}”: nobody official asks for it by mail.")
        level = Level.SUSPECT if pressed or "numen" in secret else Level.VERIFY
        signs.append(_sign("asks-secret", level, words, secret=secret))
    return signs


def _attachment_signs(message: Message) -> list[Sign]:
    signs: list[Sign] = []
    for item in message.attachments:
        name = item.name.lower().rstrip(". ")
        if item.inline and not name:
            continue
        if name.endswith(_DANGEROUS):
            words = _("The attachment “{name}” can run a program or hide a false page.")
            level = Level.SUSPECT if _DOCUMENT_DOUBLE.search(name) else Level.VERIFY
            signs.append(_sign("dangerous-attachment", level, words, name=item.name))
    return signs


def _authentication_signs(message: Message, border: str) -> list[Sign]:
    """Only the topmost field, and only of one's own server: the sender can forge the others."""
    for name, value in message.headers:
        if name.lower() != "authentication-results":
            continue
        server, _semicolon, results = _COMMENT.sub("", value).partition(";")
        server = server.strip().split(" ")[0].lower()
        trusted = server == border.lower() if border else is_official(server)
        if not trusted:
            return []
        verdicts: Mapping[str, str] = {
            method.lower(): verdict.lower() for method, verdict in _AUTH_RESULT.findall(results)
        }
        failed = [
            method for method, verdict in verdicts.items() if verdict in ("fail", "permerror")
        ]
        if verdicts.get("dmarc") == "fail" or {"spf", "dkim"} <= set(failed):
            words = _("The server {server} could not confirm the sender ({methods}).")
            methods = ", ".join(failed).upper()
            return [_sign("auth-failed", Level.VERIFY, words, server=server, methods=methods)]
        return []
    return []


def _sign(code: str, level: Level, words: str, **values: str) -> Sign:
    return Sign(code, level, words.format(**values))
