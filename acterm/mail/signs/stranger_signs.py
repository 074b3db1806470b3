"""Signs that a stranger writes: an address made of nothing, a page on ground that costs nothing."""

import re

from acterm.i18n import _
from acterm.mail.fold import fold
from acterm.mail.message import Level, Sign
from acterm.mail.signs import ground, pressure_signs
from acterm.mail.signs.evidence import Evidence, sender_of
from acterm.mail.web.redirect import is_shortener

_SHORT = 700
_BAIT = 300
_VAGUE = 160
_BAIT_WORDS = re.compile(
    r"\b(?:c'est (?:vraiment |bien )?toi|est-ce (?:vraiment |bien )?toi|is (?:this"
    r"|that) (?:really )?you"
    r"|regarde (?:cette|ta) (?:video|photo)|tu (?:es|apparais) (?:dans|sur) (?:cette"
    r"|la) (?:video|photo)"
    r"|vraiment (?:etrange|bizarre|drole|choquant)|(?:photos?|video) de (?:toi|vous)"
    r"|look at this (?:video|photo)"
    r"|j'ai trouve (?:cette|une) (?:video|photo)|(?:mes|my) (?:photos|pics) (?:privees?|coquin\w*"
    r"|sexy|hot)"
    r"|beau gosse|regarde mes photos)\b"
)
# What a mail that could be for anybody says is the reader's.
_OF_THE_READER = re.compile(
    r"\b(?:documents?|dossiers?|messages?|notifications?|avis|recu|factures?|invoice|comptes?|account"
    r"|virements?|paiements?|payment|cartes?|connexions?|sign-?in|conges?|mailbox|primes?|rapport"
    r"|rembours\w+|prelev\w+|informations?|courriers?|evaluations?|bulletins?|note de service"
    r"|policy|action requise|mot de passe|password|erreurs?)\b"
)
_PAID = re.compile(
    r"\b(?:factures?|invoice|comptes?|account|paiement|payment|colis|parcel|rembours\w+|refund"
    r"|amende|prime|salaire|salary)\b"
)
_SIGN_IN = re.compile(
    r"\b(?:mot de passe|identifiants?|password|log-?in|webmail|messagerie|boite mail|mailbox"
    r"|numen|compte)\b"
)


def signs(evidence: Evidence) -> list[Sign]:
    """Addresses and pages that nobody stands for."""
    if evidence.trusted or not evidence.message.sender:
        return []
    return [*_address(evidence), *_ground(evidence), *_short(evidence)]


def bait(evidence: Evidence) -> list[Sign]:
    """« C'est vraiment toi ? » and a link: what a stolen mailbox sends to all it knows."""
    short = len(evidence.text) < _BAIT and not evidence.bulk
    if not short or not evidence.strange or not _BAIT_WORDS.search(evidence.text):
        return []
    words = _("A few words to make you curious, and a link: ask the person before you open it.")
    return [Sign("bait", Level.VERIFY, words)]


def nameless(evidence: Evidence) -> list[Sign]:
    """« Service », « Notification »: nobody by name, few words, and a page to open."""
    text, known = evidence.text, evidence.trusted or evidence.bulk or evidence.acquainted
    brief = len(text) < _BAIT and not known and bool(evidence.message.sender)
    if not brief or not evidence.strange or not evidence.nameless:
        return []
    wanted = pressure_signs.opens(text) or evidence.button
    vague = evidence.elsewhere or len(text) < _VAGUE
    if not wanted or not vague or not _OF_THE_READER.search(text):
        return []
    words = _("“{name}” does not say for whom it writes, and wants a page of {host} opened.")
    name = sender_of(evidence.message).name[:80]
    return [
        Sign("nameless-sender", Level.VERIFY, words.format(name=name, host=evidence.strange[0]))
    ]


def _address(evidence: Evidence) -> list[Sign]:
    """« Lino Ventura » from 1743ad85zh@…, with a link and little to say."""
    sender = sender_of(evidence.message)
    local = sender.address.rpartition("@")[0].lower()
    if not evidence.strange or evidence.bulk or len(evidence.text) > _SHORT:
        return []
    words_of_name = re.findall(r"[a-z]{3,}", fold(sender.name))
    if len(words_of_name) < 2 or any(word[:4] in local for word in words_of_name):
        return []
    changes = len(re.findall(r"[a-z][0-9]|[0-9][a-z]", local))
    if changes < 2 or sum(letter.isdigit() for letter in local) < 3:
        return []
    words = _("“{name}” writes from {address}, which has nothing of that name, and sends a link.")
    words = words.format(name=sender.name[:80], address=sender.address)
    return [Sign("spoofed-sender", Level.VERIFY, words)]


def _ground(evidence: Evidence) -> list[Sign]:
    """An account's page on a host that is anybody's."""
    if not _SIGN_IN.search(evidence.text) or evidence.bulk:
        return []
    if not (pressure_signs.presses(evidence.text) or pressure_signs.hurries(evidence.text)):
        return []
    for host in evidence.strange:
        if ground.is_open_ground(host) or host.rpartition(".")[2] in ground.CHEAP_ENDINGS:
            words = _("The mail speaks of an account and leads to {host}, a host open to anybody.")
            return [Sign("free-host", Level.VERIFY, words.format(host=host))]
    return []


def _short(evidence: Evidence) -> list[Sign]:
    """A shortened link in a mail that presses, or that speaks of money in a few words."""
    short = next((host for host in evidence.ends if is_shortener(host)), "")
    if not short or evidence.bulk:
        return []
    text = evidence.text
    pressed = pressure_signs.presses(text) or (
        pressure_signs.hurries(text) and pressure_signs.acts(text)
    )
    paid = len(text) < 160 and _PAID.search(text) is not None
    if not pressed and not paid:
        return []
    words = _("A shortened link ({host}) hides where a stranger wants you to go.")
    return [Sign("shortened-link", Level.VERIFY, words.format(host=short))]
