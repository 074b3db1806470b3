"""Signs that a mail wants a secret: it asks for one, or holds a form to type it into."""

import re

from acterm.i18n import _
from acterm.mail.message import Level, Sign
from acterm.mail.signs import pressure_signs
from acterm.mail.signs.evidence import Evidence

# What nobody official asks for by mail (folded: no accents, lower case). A NUMEN is one's own; a
# password may be anybody's, so that only « votre mot de passe » counts.
_OWN = (
    r"(?:numen|codes? pin|pin codes?|passcode|codes? otp|code (?:a )?usage unique|one[- ]time code"
    r"|code (?:recu|envoye)(?: par (?:sms|mail))?|code (?:you )?received)"
)
_OWNED = (
    r"(?:mots? de passe|mdp|codes? secrets?|identifiants|passwords?|pass ?word|login details"
    r"|credentials|pin|verification code|numeros? de carte|card numbers?|cryptogramme|cvv"
    r"|codes? de verification|codes? de securite|coordonnees de carte|log-?in and password"
    r"|user ?name and password|code confidentiel|codes? d'acces"
    r"|codes?(?= ?(?:[.,;!?]|et |pour |afin|$)))"
)
_ASKED = rf"(?:{_OWN}|(?:votre|vos|ton|tes|your)\b[ ,]*(?:[\w'-]{{1,20}}[ ,]+){{0,4}}?{_OWNED})"
_BORN = re.compile(r"\b(?:(?:votre|vos) dates? de naissance|your date of birth)\b")
# Verbs that make it go to somebody.
_GIVE = (
    r"(?:communiqu\w*|fourni\w*|envo[yi]\w*|transmet\w*|repond\w*|retourn\w*|indiqu\w*|donn(?:er"
    r"|ez)"
    r"|renvo[yi]\w*|repl(?:y|ying)|send(?:ing)?|provid\w*|giv(?:e|ing)|return)"
)
# Verbs that nobody needs for a secret one knows already.
_CONFIRM = (
    r"(?:confirm\w*|valid\w*|verif\w*|mettre a jour|mettez a jour|actualis\w*|reactiv\w*|conserv\w*"
    r"|updat\w*|keep|re-?validate)"
)
# Verbs of any page where one signs in.
_TYPE = (
    r"(?:saisi\w*|renseign\w*|entr(?:er|ez)|tap(?:er|ez)|rempli(?:r|ssez)|enter(?:ing)?|submit\w*)"
)
# A list of what to fill in: « identifiant, mot de passe ».
_LISTED = re.compile(
    r"\b(?:envo[yi]\w+|fourni\w*|communiqu\w*|remplir|remplissez|complet\w+|indiqu\w+|fill\w*"
    r"|send|provid\w*"
    r"|reply|repond\w*)\b[^.!?]{0,90}?\b(?:noms? d'utilisateur|identifiants?|user ?name|e-?mail"
    r"|login)"
    r"[ ,:;/_*.-]{1,12}(?:et |and )?(mots? de passe|password)\b"
)
_NEAR = r"[^.!?;]{0,90}?"


def _either_order(verb: str) -> re.Pattern[str]:
    return re.compile(rf"\b{verb}\b{_NEAR}\b{_ASKED}\b|\b{_ASKED}\b{_NEAR}\b{verb}\b")


_GIVEN, _CONFIRMED, _TYPED = map(_either_order, (_GIVE, _CONFIRM, _TYPE))
# One's own account of school, wanted on a page of somebody else.
_WORK_ACCOUNT = re.compile(
    r"\b(?:avec|par|with|use|using|utilis\w+|via)\b (?:vos|votre|your|ton|tes) (?:\w+ )?"
    r"(identifiants? (?:academiques?|professionnels?|de messagerie|habituels?|i-?prof|education)"
    r"|codes? (?:habituels?|academiques?|de messagerie|d'acces)|mot de passe (?:academique"
    r"|de messagerie"
    r"|habituel)|compte (?:academique|de messagerie)|(?:e-?mail|school|work|webmail"
    r"|office) (?:password"
    r"|credentials|account)|usual (?:password|credentials))\b"
)
_ANY_ACCOUNT = re.compile(r"\b(?:avec|with|using) (?:vos|votre|your) (identifiants?|credentials)\b")
_CARD_COPY = re.compile(
    r"\b(?:copie|photo|scan|recto)\b[^.!?]{0,30}"
    r"\b(carte bancaire|de (?:la|votre) carte(?= ?[.,;!?]))"
    r"|\b(carte bancaire) recto"
    r"|\brib\b[^.!?]{0,40}\b(?:et|avec|ainsi que)\b[^.!?]{0,20}(piece d'identite|carte d'identite)"
    r"[^.!?]{0,60}\bretour\b"
)
_NAMED = re.compile(rf"\b(?:{_OWN}|{_OWNED})\b")
_NEGATED = re.compile(
    r"\b(?:jamais|ne (?:\w+ )?(?:communiqu\w+|donn\w+|transmet\w+|demand\w+|repond\w+|fourni\w+)"
    r"|ni (?:votre|vos) |n'(?:y|en) (?:repond|donn)\w+|never|do not|don't|not (?:send|give"
    r"|share)|(?:numen|mot de passe) (?:masque|cache|efface|raye|barre|occulte)"
    r"|sans (?:votre |le |son )?(?:numen|mot de passe))\b"
)
# Words of somebody who hands a secret over instead of asking for it.
_OFFERED = re.compile(
    r"\b(?:(?:nous|je) vous (?!demand|pri|invit|remerci|recommand|rappel|sollicit|conseill|saur)"
    r"|vous (?:seront|sera|sont|est|a ete|ont ete|recevrez|trouverez|avez recu|choisirez)|voici"
    r"|ci-joint"
    r"|figur(?:e|ent)|se trouv\w+|inscrits? (?:sur|dans)"
    r"|(?<!code )(?:fourni|transmis|communique|donne|envoye|indique|remis|recu)e?s?"
    r" (?:par|lors|dans|sur|au|a la|en|ci)\b"
    r"|we (?:have |are |will )?(?:send|sent|provid)\w*|here (?:is|are)|has been sent"
    r"|have been sent)"
)
# What an office asks for on its own page is one thing, what it wants by mail another.
_BY_MAIL = re.compile(
    r"\b(?:communiqu|envo[yi]|transmet|repond|renvo[yi]|retourn|par retour|en reponse|send|reply)"
)
# How an office really asks for what is confidential.
_ON_PAPER = re.compile(
    r"\b(?:par (?:courrier(?! electronique)|(?:la )?voie (?:postale|hierarchique))"
    r"|sous (?:couvert|pli)"
    r"|en main propre|au secretariat|au guichet)\b"
)
# What a site writes to somebody who asked for a new password.
_RESET = re.compile(
    r"(?:vous avez (?:demande|oublie)|avez fait une demande|suite a votre demande|reinitialis\w+"
    r"|si vous n'etes pas a l'origine|si vous n'avez pas demande|bienvenue|you (?:have )?requested"
    r"|reset your password|if you did(?: not|n't) request|welcome to)"
)
_PASSWORD_FIELD = re.compile(r"<input\b[^<>]{0,500}type\s*=\s*[\"']?password")
_FORM = re.compile(r"<form\b")


def signs(evidence: Evidence) -> list[Sign]:
    """What the writer's own words ask for, and whether there is a form."""
    asked = _outright(evidence) or _asked(evidence)
    return [*asked, *_form(evidence.page)]


def _outright(evidence: Evidence) -> list[Sign]:
    """What no stranger may want: both sides of a card, a list of fields with the password."""
    if evidence.official or evidence.bulk:
        return []
    card, listed = _CARD_COPY.search(evidence.text), _LISTED.search(evidence.text)
    if card:
        return [_sign(Level.VERIFY if card[3] else Level.SUSPECT, card[1] or card[2] or card[3])]
    return [_sign(Level.SUSPECT, listed[1])] if listed else []


def _asked(evidence: Evidence) -> list[Sign]:
    """One's password, NUMEN or code, wanted by answer or on a page."""
    text, outside = evidence.text, not evidence.official
    if not outside and not evidence.strange and not _BY_MAIL.search(text):
        return []
    wanted = (_GIVEN, _CONFIRMED, _TYPED) if _NAMED.search(text) else ()
    given, confirmed, typed = [_first(one, text) for one in wanted] or ("", "", "")
    numen = next((one for one in (given, confirmed, typed) if "numen" in one), "")
    on_paper = not outside and not evidence.strange and _ON_PAPER.search(text)
    if numen and (outside or given) and not on_paper:
        return [_sign(Level.SUSPECT, numen)]
    if (given and not on_paper) or (numen and evidence.strange):
        return [_sign(Level.SUSPECT if outside else Level.VERIFY, given or numen)]
    if evidence.trusted and not confirmed and not typed:
        return []
    pressed = pressure_signs.presses(text)
    if evidence.trusted or (_RESET.search(text) and not evidence.elsewhere and not pressed):
        lured = evidence.official and evidence.strange and (confirmed or (typed and pressed))
        return [_sign(Level.VERIFY, confirmed or typed)] if lured else []
    if typed and evidence.strange and pressure_signs.of_mailbox(evidence.claimed):
        pressed = True
    own = _work_account(evidence) if evidence.strange and not evidence.bulk else None
    return _softly(text, confirmed, typed, pressed) or (
        [_sign(Level.VERIFY, own[1])] if own else []
    )


def _work_account(evidence: Evidence) -> re.Match[str] | None:
    """The reader's own account of school, wanted on a strange page."""
    own = _WORK_ACCOUNT.search(evidence.text)
    mailbox = pressure_signs.of_mailbox(evidence.claimed)
    pressed = mailbox or pressure_signs.threatens(evidence.text)
    return own or (_ANY_ACCOUNT.search(evidence.text) if pressed else None)


def _softly(text: str, confirmed: str, typed: str, pressed: bool) -> list[Sign]:
    """A stranger who wants a secret confirmed or typed, or the birth date under pressure."""
    if confirmed or (typed and pressed):
        return [_sign(Level.SUSPECT if pressed else Level.VERIFY, confirmed or typed)]
    born = _BORN.search(text)
    return [_sign(Level.VERIFY, born[0])] if born and pressed else []


def asks_for_itself(text: str) -> bool:
    """Whether a folded text answers somebody who asked a site for an account or a password."""
    return _RESET.search(text) is not None


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The secret that is asked for and not warned of, empty without one."""
    for hit in pattern.finditer(text):
        before = max(0, hit.start() - 60)
        offered = pattern is _GIVEN and _OFFERED.search(text, before, hit.end() + 30)
        if not offered and not _NEGATED.search(text, before, hit.end() + 10):
            named = _NAMED.search(hit[0])
            return named[0] if named else ""
    return ""


def _form(page: str) -> list[Sign]:
    password = _PASSWORD_FIELD.search(page) is not None
    if not password and not _FORM.search(page):
        return []
    words = _("The mail holds a form: what is typed into it goes to the sender.")
    return [Sign("html-form", Level.SUSPECT if password else Level.VERIFY, words)]


def _sign(level: Level, secret: str) -> Sign:
    words = _("The mail asks for “{secret}”: nobody official asks for it by mail.")
    return Sign("asks-secret", level, words.format(secret=secret))
