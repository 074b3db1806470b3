"""Signs that a mail wants a secret: it asks for one, or holds a form to type it into."""

import re

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.fold import fold
from acterm.mail.message import Level, Message, Rendered, Sign

_MAX_TEXT = 50_000
_MAX_HTML = 2_000_000

# What nobody official asks for by mail (folded: no accents, lower case). A NUMEN is one's own; a
# password may be anybody's, so that only « votre mot de passe » counts.
_OWN = (
    r"(?:numen|codes? pin|pin codes?|passcode|codes? otp|code (?:a )?usage unique|one[- ]time code)"
)
_OWNED = (
    r"(?:mots? de passe|mdp|codes? secrets?|identifiants|passwords?|pass ?word|login details"
    r"|credentials|pin|verification code|numero de carte|card number)"
)
_ASKED = rf"(?:{_OWN}|(?:votre|vos|ton|tes|your)\b[ ,]*(?:[\w'-]{{1,20}}[ ,]+){{0,4}}?{_OWNED})"
_BORN = re.compile(r"\b(?:(?:votre|vos) dates? de naissance|your date of birth)\b")
# Verbs that make it go to somebody.
_GIVE = (
    r"(?:communiqu\w*|fourni\w*|envo[yi]\w*|transmet\w*|repond\w*|retourn\w*|indiqu\w*|donn(?:er|ez)"
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
_NEAR = r"[^.!?]{0,90}?"


def _either_order(verb: str) -> re.Pattern[str]:
    return re.compile(rf"\b{verb}\b{_NEAR}\b{_ASKED}\b|\b{_ASKED}\b{_NEAR}\b{verb}\b")


_GIVEN, _CONFIRMED, _TYPED = map(_either_order, (_GIVE, _CONFIRM, _TYPE))
_NAMED = re.compile(rf"\b(?:{_OWN}|{_OWNED})\b")
_ACCOUNT = r"(?:compte|boite|acces|messagerie|webmail|account|mailbox|access|e-?mail)"
_THREAT = (
    r"(?:suspen\w+|desactiv\w+|bloqu\w+|ferm(?:e|ee|es|eture|ure)|supprim\w+|expir\w+|depass\w+"
    r"|satur\w+|plein[es]?|limit\w+|verrouill\w+|deactivat\w+|closed|deleted|exceeded|full|locked"
    r"|terminat\w+)"
)
_PRESSURE = re.compile(
    rf"\b{_ACCOUNT}\b[^.!?]{{0,60}}?\b{_THREAT}\b|\b{_THREAT}\b[^.!?]{{0,40}}?\b{_ACCOUNT}\b|\bquota\b"
)
_NEGATED = re.compile(
    r"\b(?:jamais|ne (?:\w+ )?(?:communiqu\w+|donn\w+|transmet\w+|demand\w+|repond\w+|fourni\w+)"
    r"|ni (?:votre|vos) |never|do not|don't|not (?:send|give|share))\b"
)
_PASSWORD_FIELD = re.compile(r"<input\b[^<>]{0,500}type\s*=\s*[\"']?password", re.IGNORECASE)
_FORM = re.compile(r"<form\b", re.IGNORECASE)


def signs(message: Message, rendered: Rendered) -> list[Sign]:
    """What the writer's own words ask for, and whether there is a form."""
    own = " ".join(line.text for line in rendered.lines if not line.quote)[:_MAX_TEXT]
    text = " ".join(fold(f"{message.subject}. {own}").split())
    return [*_asked(message, text), *_form(message.html or "")]


def _asked(message: Message, text: str) -> list[Sign]:
    outside = not message.sender or not directory.is_official_host(message.sender[0].domain)
    pressed = bool(_PRESSURE.search(text))
    given, confirmed, typed = (_first(one, text) for one in (_GIVEN, _CONFIRMED, _TYPED))
    numen = next((one for one in (given, confirmed, typed) if "numen" in one), "")
    if numen and (outside or given):
        return [_sign(Level.SUSPECT, numen)]
    if given or numen:
        return [_sign(Level.SUSPECT if outside else Level.VERIFY, given or numen)]
    if outside and (confirmed or (typed and pressed)):
        return [_sign(Level.SUSPECT if pressed else Level.VERIFY, confirmed or typed)]
    born = _BORN.search(text)
    if born and outside and pressed:
        return [_sign(Level.VERIFY, born[0])]
    return []


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The secret that is asked for and not warned of, empty without one."""
    for hit in pattern.finditer(text):
        if not _NEGATED.search(text, max(0, hit.start() - 60), hit.end()):
            named = _NAMED.search(hit[0])
            return named[0] if named else ""
    return ""


def _form(html: str) -> list[Sign]:
    page = html[:_MAX_HTML]
    password = bool(_PASSWORD_FIELD.search(page))
    if not password and not _FORM.search(page):
        return []
    words = _("The mail holds a form: what is typed into it goes to the sender.")
    return [Sign("html-form", Level.SUSPECT if password else Level.VERIFY, words)]


def _sign(level: Level, secret: str) -> Sign:
    words = _("The mail asks for “{secret}”: nobody official asks for it by mail.")
    return Sign("asks-secret", level, words.format(secret=secret))
