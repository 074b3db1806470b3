"""Signs that a mail is made to get past filters: pictured links, split words, hidden pages."""

import re

from acterm.i18n import _
from acterm.mail.message import Level, Link, Sign
from acterm.mail.signs.evidence import Evidence

_BARE = 40
_MOST_LINKS = 300
_SCAN = re.compile(
    r"\b(?:scan\w*|flash(?:er|ez)|photographi\w+|appareil photo|camera)\b[^!?]{0,80}"
    r"\b(?:code qr|qr[- ]?code)"
    r"|\b(?:code qr|qr[- ]?code)\b[^!?]{0,80}\b(?:scan\w*|flash(?:er|ez)|appareil photo|camera)\b"
)
# What nobody has to open with a telephone.
_AT_STAKE = re.compile(
    r"\b(?:comptes?|accounts?|mot de passe|password|authenti\w+|mfa|2fa|messagerie|mailbox|webmail"
    r"|identifi\w+|salaires?|salarial\w*|paie|remuneration|payroll|salary|amende|contravention"
    r"|rembours\w+|carte (?:bancaire|vitale)|securi\w+)\b"
    r"|\b(?:document|contrat|fichier)\w*\b[^.!?]{0,40}\b(?:sign\w*|securis\w*|attend|pret)\b"
)
_LETTER = "a-zà-öø-ÿœ"
_SPLIT = re.compile(rf"[{_LETTER}][\u200b-\u200d\u2060\ufeff]+[{_LETTER}]", re.IGNORECASE)
_MANY_SPLIT = 3
_MAX_BODY = 100_000
_IN_LINK = re.compile(r"\bhref\s*=\s*[\"']?\s*(?:data:text/html|javascript:(?!\s*(?:void|;|\W*$)))")


def signs(evidence: Evidence) -> list[Sign]:
    """What no honest sender needs to hide."""
    if evidence.trusted or evidence.bulk:
        return []
    return [*_pictured(evidence), *_split(evidence), *_page(evidence), *_labelled(evidence)]


def _pictured(evidence: Evidence) -> list[Sign]:
    """A link as a QR code: neither a filter nor acterm can read where it leads."""
    picture = "<img" in evidence.page or evidence.message.attachments
    text = evidence.text
    if not picture or not _SCAN.search(text) or not _AT_STAKE.search(text):
        return []
    words = _("The mail wants you to scan a QR code, which hides where it leads.")
    return [Sign("qr-code", Level.VERIFY, words)]


def _split(evidence: Evidence) -> list[Sign]:
    """Words with invisible characters inside them, so that no filter finds them."""
    body = (evidence.message.plain or evidence.message.html or "")[:_MAX_BODY]
    if body.isascii() or len(_SPLIT.findall(body)) < _MANY_SPLIT:
        return []
    words = _("Invisible characters split the words of the mail, so that no filter reads them.")
    return [Sign("split-words", Level.VERIFY, words)]


def _page(evidence: Evidence) -> list[Sign]:
    """A link that holds a page or a program instead of an address (RFC 2397)."""
    if not _IN_LINK.search(evidence.page):
        return []
    words = _("A link holds a page of its own instead of an address: acterm does not show it.")
    return [Sign("disguised-link", Level.SUSPECT, words)]


def _labelled(evidence: Evidence) -> list[Sign]:
    """A link that bears the reader's address, so that a false page greets by it."""
    own = {one.address.lower() for one in evidence.message.to if "@" in one.address}
    for link in evidence.rendered.links[:_MOST_LINKS]:
        if any(_bears(link, address, evidence) for address in own):
            words = _("The link to {host} bears your address: a false page fills it in for you.")
            return [Sign("labelled-link", Level.VERIFY, words.format(host=link.host))]
    return []


def _bears(link: Link, address: str, evidence: Evidence) -> bool:
    """In the fragment, which only such pages read; elsewhere in a mail that is hardly more."""
    if (link.target_host or link.host) not in evidence.strange:
        return False
    before, _hash, fragment = link.url.lower().replace("%40", "@").partition("#")
    bare = len(evidence.bare) < _BARE
    return address in fragment or (bare and address in before)
