"""Signs that a mail borrows the name of a house that everybody knows."""

import re

from acterm.i18n import _
from acterm.mail.fold import fold
from acterm.mail.message import Level, Message, Sign
from acterm.mail.signs import brands, ground, pressure_signs
from acterm.mail.signs.brands import Brand
from acterm.mail.signs.evidence import Evidence, sender_of
from acterm.mail.signs.offices import is_nameless
from acterm.mail.signs.scripts import plain

# What such a mail wants, besides what `pressure_signs` knows.
_WANTS = re.compile(
    r"\b(?:regl(?:er|ez|ement)|pay(?:er|ez)|paiement|payment|rembours\w+|refund|suspen\w+"
    r"|bloqu\w+|impaye\w*"
    r"|frais|amende|coordonnees|carte bancaire|moyen de paiement|informations? (?:personnelles"
    r"|bancaires)"
    r"|colis|livraison|replanifi\w+|reprogramm\w+|expir\w+|droits|identit\w+|securi\w+|factur\w+"
    r"|invoice"
    r"|document|fichier|partage\w*|shared|signature|dossier|convocation)\b"
)
# Free addresses from which their providers write themselves.
_OPERATORS = frozenset(["free.fr", "sfr.fr", "orange.fr", "wanadoo.fr", "bbox.fr"])
_DOCUMENT = re.compile(
    r"\b(?:document|fichier|dossier|facture|contrat|bulletin|file|folder|invoice)\w*\b[^!?]{0,80}?"
    r"\b(?:partage\w*|shared|attend\w*|waiting|securise\w*|signer|sign|disponible|available)\b"
    r"|\b(?:partage|shared|signer|sign)\b[^!?]{0,60}?"
    r"\b(?:document|fichier|dossier|file|contrat|blog|page|espace)"
)
_SIGN_IN = re.compile(
    r"\b(?:connexion requise|(?:identifi|authentifi|connect)(?:ez|er)[- ](?:vous|pour)"
    r"|sign(?:ing)? in"
    r"|(?:vous|s') ?(?:identifier|authentifier|connecter)"
    r"|log ?in (?:to|with|required)|avec votre (?:adresse|e-?mail|compte))\b"
)
_SHARED = re.compile(
    r"\b(?:microsoft|office ?365|onedrive|sharepoint|docusign|wetransfer|dropbox|adobe sign"
    r"|google (?:drive|docs)|swisstransfer)\b"
)


def signs(evidence: Evidence) -> list[Sign]:
    """A name that is not the sender's own, domains that hold such a name."""
    if evidence.trusted or not evidence.message.sender:
        return []
    return [*_name(evidence), *_hosts(evidence), *_behind_a_sign_in(evidence)]


def _name(evidence: Evidence) -> list[Sign]:
    """The sender's name is that of a house whose domain the address is not of."""
    sender = sender_of(evidence.message)
    name = fold(plain(sender.name[:200]))
    brand = _named(name)
    if brand is None:
        return []
    anybodys = evidence.free and sender.domain not in _OPERATORS
    if brands.is_own(brand, sender.domain) and not anybodys:
        return []
    found = brands.pattern(brand).search(name)
    alone = found and (found.start() == 0 or _adds_nothing(name, found[0]))
    begins = alone and not evidence.bulk
    hook = evidence.strange or evidence.pages or _files(evidence.message)
    if not hook and not (begins and evidence.free and "gouv.fr" in brand.domains):
        return []
    wants = _WANTS.search(evidence.text) or pressure_signs.acts(evidence.text)
    if not (wants or begins) or (evidence.bulk and not pressure_signs.hurries(evidence.text)):
        return []
    words = _("“{name}” writes from {address}, which is not an address of that organisation.")
    words = words.format(name=sender.name[:80], address=sender.address)
    loud = evidence.free or sender.domain.rpartition(".")[2] in ground.CHEAP_ENDINGS
    return [Sign("spoofed-sender", Level.SUSPECT if loud else Level.VERIFY, words)]


def _files(message: Message) -> bool:
    """Whether files come with it; what a returned mail brings back is none."""
    return any(
        not item.type.startswith("message/") and item.type != "text/rfc822-headers"
        for item in message.attachments
    )


def _named(name: str) -> Brand | None:
    for brand in brands.BRANDS:
        found = brands.pattern(brand).search(name)
        if found and (found[0] not in brands.WORDY or _adds_nothing(name, found[0])):
            return brand
    return None


def _adds_nothing(name: str, house: str) -> bool:
    """Whether only words of offices stand beside the house's name: « Arena RH »."""
    rest = name.replace(house, " ", 1)
    return not rest.strip() or is_nameless(rest)


def _hosts(evidence: Evidence) -> list[Sign]:
    """A domain that holds the name of a house as one of its words."""
    wants = _WANTS.search(evidence.text) or pressure_signs.acts(evidence.text)
    for host in (evidence.domain, *evidence.strange):
        name = brands.borrowed(host) if host and wants else ""
        if name and not evidence.bulk:
            words = _(
                "The domain {domain} holds the name “{name}”, but is not of that organisation."
            )
            return [Sign("lookalike-domain", Level.VERIFY, words.format(domain=host, name=name))]
    return _shared(evidence)


def _shared(evidence: Evidence) -> list[Sign]:
    """A file that is said to lie with a known service, on a page of somebody else."""
    text = evidence.text
    if not evidence.strange or evidence.bulk or not _SHARED.search(text):
        return []
    if any(brands.is_known_house(host) for host in evidence.ends):
        return []
    if not _WANTS.search(text) or not pressure_signs.acts(text):
        return []
    words = _("The mail names a known service, but its link leads to {host}.")
    return [Sign("link-mismatch", Level.VERIFY, words.format(host=evidence.strange[0]))]


def _behind_a_sign_in(evidence: Evidence) -> list[Sign]:
    """A document that one must sign in for, on a page of nobody known."""
    text = evidence.text
    if evidence.bulk or not evidence.strange:
        return []
    if not _DOCUMENT.search(text) or not _SIGN_IN.search(text):
        return []
    words = _("A document is said to wait behind a sign-in on {host}, a page of nobody known.")
    return [Sign("sign-in-bait", Level.VERIFY, words.format(host=evidence.strange[0]))]
