"""Signs that a mail frightens: a full mailbox, a closed account, a day's time, held mail."""

import re

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.message import Level, Sign
from acterm.mail.signs.evidence import Evidence

_BOX = (
    r"(?:boites?(?: aux lettres| mail| e-?mail| de reception| electronique)?|messagerie\w*|webmail"
    r"|mailbox|e-?mail account|compte (?:de )?(?:messagerie|mail|e-?mail|courriel|webmail)"
    r"|compte academique|inbox|bal|zimbra|roundcube|convergence|e-?mails?|courriels?)"
)
_ACCOUNT = (
    rf"(?:{_BOX}|comptes?|acces|accounts?|access|abonnement|identifiants?|profil"
    r"|sessions?)"
)
_THREAT = (
    r"(?:suspen\w+|desactiv\w+|bloqu\w+|ferm(?:e|ee|es|eture|ure|er|era)|supprim\w+|expir\w+"
    r"|depass\w+|satur\w+|limit(?:e|ee|es|er|ed)|verrouill\w+|deactivat\w+|disabled?|clos(?:ed|ure)"
    r"|deleted|exceeded|locked|terminat\w+|resili\w+|restrein\w+|restrict\w+|cloture\w*|perdr\w+"
    r"|interromp\w+|interruption|compromis\w*|effac\w+|blocked|blocking|loss of|lose|perte d\w*)"
)
_THREATENED = re.compile(
    rf"\b{_ACCOUNT}\b[^.!?]{{0,60}}?\b{_THREAT}\b|\b{_THREAT}\b[^.!?]{{0,40}}?\b{_ACCOUNT}\b"
)
_BOX_THREATENED = re.compile(
    rf"\b{_BOX}\b[^.!?]{{0,60}}?\b{_THREAT}\b|\b{_THREAT}\b[^.!?]{{0,40}}?\b{_BOX}\b"
)
_ENDS = re.compile(
    r"\b(?:(?:seront|sera|etre|ont ete|a ete|est|sont|is|are|was|been) (?:perdu|supprime|bloque"
    r"|suspendu|limite|annule"
    r"|verrouille"
    r"|restreint)\w*|expir\w+|obsolete|limited|on hold|appareil inconnu|nouvel appareil"
    r"|new device|unknown device|unusual"
    r"|suspicious|connexion (?:inconnue|suspecte|inhabituelle)|activite (?:suspecte|inhabituelle)"
    r"|fuite de donnees|retenue?|echoue\w*|n'a pas (?:pu|abouti)"
    r"|impaye\w*)"
)
_FULL = re.compile(
    r"\b(?:quotas?|stockage|storage|espace(?: disque)?|limite|boites?|messagerie|mailbox|inbox"
    r"|bal|compte mail|account)\b[^.!?]{0,60}?\b(?:pleine?s?|satur\w+|depass\w+|atteinte?s?"
    r"|exceed\w*"
    r"|full|insuffisante?|epuise\w*|reached|over ?quota|(?:8|9)\d ?%|100 ?%)"
    r"|\b(?:depass\w+|satur\w+|exceeded|reached)\b[^.!?]{0,40}?\b(?:quotas?|stockage|storage|limite"
    r"|capacite|mailbox)\b|\bquota (?:de )?(?:messagerie|mail|depasse)"
)
_DEADLINE = re.compile(
    r"\b(?:(?:sous|dans(?: les)?|within|avant|d'ici|in|pendant|next)(?: les| the| next"
    r"| un delai de)* ?"
    r"(?:12|24|36|48|72|vingt-quatre|quarante-huit) ?(?:h|heures?|hours?|hrs)|24 ?h(?:eures)?\b"
    r"|48 ?h(?:eures)?\b"
    r"|avant (?:ce soir|minuit|demain)|aujourd'hui|immediat\w*|sans delai"
    r"|dans les plus brefs delais"
    r"|au plus vite|des (?:maintenant|reception|a present)|dernier(?:e)? (?:rappel|avertissement"
    r"|avis|relance|chance)"
    r"|final (?:notice|warning|reminder)|last (?:warning|notice)|urgent\w*|asap|right away"
    r"|definitivement"
    r"|permanently|obligatoire\w*|mandatory|sous peine|passe ce delai|today|tonight|faute de quoi"
    r"|failure to)"
)
_ACT = re.compile(
    r"\b(?:cliqu\w+|click\w*|confirm\w*|valid(?:er|ez|ation|ate)|verif\w+|mett(?:re|ez) a jour"
    r"|mise a jour"
    r"|updat\w+|actualis\w+|reactiv\w+|re-?activat\w+|connect(?:er|ez)|identifi(?:er|ez)"
    r"|(?:re-?)?authenti(?:fi|ca)\w+"
    r"|log ?-?in|sign(?:ing)? ?-?in|conserv(?:er|ez)|keep|re-?valid\w+|increas\w+|augment\w+"
    r"|debloqu\w+"
    r"|deverrouill\w+"
    r"|restaur\w+|restore|unlock|regularis\w+|suivre (?:le|ce) lien|lien (?:ci-dessous|suivant)"
    r"|migr\w+"
    r"|upgrad\w+|fix|annul(?:er|ez)|cancel|bloqu(?:er|ez)|regl(?:er|ez)|resolve|resoudre"
    r"|corrig(?:er|ez)|retrieve|recover"
    r"|securis(?:er|ez)|proteg(?:er"
    r"|ez)|enrol\w+|appeal|review|contest(?:er|ez)"
    r"|complet(?:er|ez|e)|activ(?:er|ez|ate)|recuper\w+|liber(?:er|ez)|release"
    r"|renouvel\w+|renew)\b"
)
_OPEN = re.compile(
    r"\b(?:consult\w+|ouvr(?:ir|ez|e)|voir|voyez|lire|lisez|affich(?:er|ez)|telecharg\w+|acced(?:er|ez)"
    r"|visualis\w+|decouvr\w+|en savoir plus|prendre connaissance|ecout\w+|vot(?:er|ez)|repond\w+"
    r"|view|open|read|see|download|access|listen|learn more|acknowledge|ici|here)\b"
)
_PASSWORD_ENDS = re.compile(
    r"\b(?:mot de passe|password|mdp)\b[^.!?]{0,60}?\b(?:expir\w*|perime\w*|obsolete"
    r"|doit etre (?:change|renouvele)|must be (?:changed|renewed))"
)
_SAME_PASSWORD = re.compile(
    r"\b(?:conserver|garder|keep)\b[^.!?]{0,30}\b(?:meme|current|same|actuel)\b[^.!?]{0,20}"
    r"\b(?:mot de passe|password)"
)
_HELD = re.compile(
    r"\b(?:messages?|mails?|e-?mails?|courriels?|documents?|fax"
    r"|emails?)\b[^.!?]{0,50}?\b(?:en attente|non (?:distribue|delivre|remis|recu)\w*"
    r"|bloque\w*|retenus?|held|pending|undelivered|on hold|quarantine\w*)"
    r"|\b(?:pending|undelivered|incoming|held)\b[^.!?]{0,20}\b(?:messages?|e?-?mails?)"
)
_VOICE = re.compile(
    r"\b(?:message vocal|voice ?mail|voice message)\b[^!?]{0,120}?"
    r"\b(?:\w*ecout\w+|listen|play|lire)\b"
)
_RENEWED = re.compile(
    r"\b(?:mise a (?:jour|niveau)|migr\w+|maintenance|upgrad\w+|nouvelle version|new version"
    r"|renouvel\w+"
    r"|authentification|securis\w+|activite (?:inhabituelle|suspecte)|connexion (?:inhabituelle"
    r"|suspecte)"
    r"|unusual (?:sign|log|activity)\w*|suspicious (?:sign|log|activity)\w*|incident de securite)\b"
)
_BOX_NAMED = re.compile(
    rf"\b{_BOX}\b[^.!?@]{{0,30}}?\b([\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.-]{{0,60}}\w)"
)
_MAILBOX = re.compile(rf"\b{_BOX}\b")
_BY_ANSWER = re.compile(r"(?<![\w-])(?:repond\w+|reply|par retour)(?![\w@-])")
_LESS_THAN_FULL = 85


def signs(evidence: Evidence, fill: int) -> list[Sign]:
    """A mailbox said to be full, an account said to close. `fill` is in percent, -1 unknown."""
    if evidence.report or not _hook(evidence):
        return []
    return _full(evidence, fill) or _threat(evidence)


def presses(text: str) -> bool:
    """Whether a folded text speaks of an account that closes, or of a full mailbox."""
    return bool(_THREATENED.search(text) or _FULL.search(text) or re.search(r"\bquota\b", text))


def threatens(text: str) -> bool:
    """Whether a folded text says that something of one's own ends or closes."""
    return bool(_THREATENED.search(text) or _ENDS.search(text))


def hurries(text: str) -> bool:
    """Whether a folded text gives no time to think."""
    return bool(_DEADLINE.search(text))


def of_mailbox(text: str) -> bool:
    """Whether a folded text speaks of the reader's mail, or of mail kept back."""
    return bool(_MAILBOX.search(text) or _HELD.search(text))


def acts(text: str) -> bool:
    """Whether a folded text wants something clicked, confirmed or updated."""
    return bool(_ACT.search(text))


def opens(text: str) -> bool:
    """Whether a folded text wants a page or a file looked at, if nothing more."""
    return acts(text) or bool(_OPEN.search(text))


def _full(evidence: Evidence, fill: int) -> list[Sign]:
    """What the mail says of the quota, beside the quota itself."""
    text, known = evidence.text, 0 <= fill < _LESS_THAN_FULL
    if not _FULL.search(text) or not (known or _ACT.search(text)):
        return []
    if not _MAILBOX.search(text) or _of_another(evidence):
        return []
    if evidence.trusted and not (known or evidence.official):
        return []
    hurried = known or _DEADLINE.search(text)
    level = Level.SUSPECT if hurried and not evidence.trusted else Level.VERIFY
    if known:
        words = _("The mail says that your mailbox is full; it is {percent} % full.")
        words = words.format(percent=fill)
    elif evidence.strange:
        words = _("The mail says that your mailbox is full, and wants you to act on {host}.")
        words = words.format(host=evidence.strange[0])
    else:
        words = _("The mail says that your mailbox is full, and wants you to act at once.")
    return [Sign("quota-pressure", level, words)]


def _of_another(evidence: Evidence) -> bool:
    """Whether the mailbox it names is not the reader's: a shared one, kept by somebody else."""
    message = evidence.message
    own = {one.address.lower() for one in (*message.to, *message.cc, *message.bcc)}
    named = _BOX_NAMED.search(evidence.said)
    return named is not None and bool(own) and named[1] not in own


def _threat(evidence: Evidence) -> list[Sign]:
    """An account that closes, a password that ends, mail that waits: and something to click."""
    text = evidence.text
    if evidence.trusted and not (evidence.official and evidence.strange):
        return []
    if (weight := _weight(evidence)) < 3:
        return []
    if evidence.trusted:
        if not _BOX_THREATENED.search(text) or not _ACT.search(text):
            return []
        weight = 3
    if evidence.strange and not (threatens(text) or hurries(text)) and _HELD.search(text):
        words = _("Messages are said to be kept back, so that you act on {host}.")
        words = words.format(host=evidence.strange[0])
    elif evidence.strange:
        words = _("The mail threatens or hurries, so that you act on {host} before you think.")
        words = words.format(host=evidence.strange[0])
    else:
        words = _("The mail threatens or hurries, so that you act before you think.")
    return [Sign("pressure", Level.SUSPECT if weight >= 5 else Level.VERIFY, words)]


def _weight(evidence: Evidence) -> int:
    """How much of the pattern is there; 0 when its heart is missing."""
    text = evidence.text
    voice = bool(_VOICE.search(text)) and not evidence.bulk
    if not voice and not _ACT.search(text) and not evidence.button:
        return 0
    mailbox, hurry = bool(_MAILBOX.search(text)), bool(_DEADLINE.search(text))
    ends = 2 * bool(_PASSWORD_ENDS.search(text)) + 3 * bool(_SAME_PASSWORD.search(text))
    held = bool(_HELD.search(text))
    threat, renewed = bool(_THREATENED.search(text)), bool(_RENEWED.search(text))
    if evidence.bulk and not (mailbox and threat and hurry):
        return 0
    if not (threat or ends or voice or (held and mailbox) or (mailbox and renewed)):
        return 0
    away = bool(evidence.elsewhere) or evidence.free or evidence.pages
    boxed = bool(_BOX_THREATENED.search(text))
    return threat + hurry + mailbox + away + boxed + ends + 2 * held + renewed + 3 * voice


def _hook(evidence: Evidence) -> bool:
    """Whether there is something to fall for: a strange link, a page, a form, an answer wanted."""
    if evidence.strange or evidence.pages or "<form" in evidence.page:
        return True
    return bool(_BY_ANSWER.search(evidence.text)) and not directory.is_official_host(
        evidence.domain
    )
