"""Where the boilerplate below a mail begins: that of lists, newsletters and offices."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from acterm.mail.fold import fold

_LONGEST = 60
_MAX_LINE = 600
_MOST_ABOVE = 8

_RULE = re.compile(r"\s*(?:[_─—=*#~-][ ]?){4,}\s*|\s*--\s*")
# What the programs of lists and newsletters put below every mail, with a link.
_LIST = re.compile(
    r"\b(?:mailing[ -]?list|liste de (?:diffusion|discussion)|desabonne|desinscri|unsubscribe"
    r"|google groups|groupe google|vous etes (?:abonne|inscrit)|(?:are|have|you) subscribed"
    r"|receiving this"
    r"|ne (?:\w+ )?(?:pas|plus) recevoir|(?:vos|mes) (?:preferences|abonnements)"
    r"|your (?:preferences|subscription)|recevez ce (?:message|mail|courriel|e-mail)"
    r"|dans votre navigateur|mentions legales|bulletin d.information)|/(?:listinfo|sympa|wws)/"
)
# What they say above that, in paragraphs without a link.
_ABOVE = re.compile(
    r"\bcet? (?:e-?mail|mail|courriel|message)(?: vous)? (?:a|est)(?: ete)? (?:envoye|adresse) a\b"
    r"|\b(?:l.avez recu|avez recu cet? \S+|recevez cet? \S+) (?:car|parce)\b"
    r"|©|\bcopyright\b|\btous droits reserves\b|\ball rights reserved\b|\bnotre adresse ?:"
    r"|\bour mailing address"
)
# What offices put below every mail: how it begins, and the words of which it has several.
_NOTICE = re.compile(
    r"\b(?:ce|cet|le present|this|the) (?:message|mail|courriel|courrier|e-?mail|transmission)"
    r"(?: electronique)?,? (?:et|ainsi que|and|est|peut|contient|is|may|contains)\b"
    r"|si vous (?:n.etes pas|avez recu|l.avez recu) |if you (?:are not|have received|received) "
)
_LEGAL = re.compile(
    r"confidenti|privileged|destinataire|recipient|addressee|par erreur|in error|divulg|disclos"
    r"|interdit|prohibit|unauthori|detrui|delete|integrite|responsab|liable|exclusi|falsifi"
)
# What programs add.
_ADDED = re.compile(
    r"avant d.imprimer|before printing|pensez a l.environnement|l.absence de virus|virus-free"
    r"|(?:sans|free of) virus|automatique(?:ment)?[,.;]? .{0,20}(?:ne pas|merci de ne)"
)
# Below those: an address, rights, more links.
_BELOW = re.compile(r"⟦\d+⟧|©|tous droits|all rights|\bcedex\b|\b\d{5} [a-z]|_{8,}|^\s*\w+@\S+\s*$")


def footer_at(lines: Sequence[str]) -> int:
    """The first line of what a program put below the mail, `len(lines)` without it."""
    begins = none = len(lines)
    for first, last in _blocks_upwards(lines):
        block = lines[first : last + 1]
        ruled = bool(_RULE.fullmatch(block[0]))
        told = _footer_line(block, ruled=ruled)
        if ruled:
            alone = begins < none and len(block) == 1
            begins = first if alone or told < len(block) else begins
            break
        short = begins < none and told == len(block) <= _MOST_ABOVE
        if short and _ABOVE.search(fold(" ".join(block))):
            told = 0
        if told < len(block):
            begins = first + told
            if told:
                break
        elif begins < none or not any(_BELOW.search(fold(line)) for line in block):
            break
    return begins if any(map(str.strip, lines[:begins])) else none


def _blocks_upwards(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last lines of the paragraphs at the end, the last one first; a rule begins one."""
    last = -1
    for at in range(len(lines) - 1, max(len(lines) - _LONGEST, 0) - 1, -1):
        blank = not lines[at].strip()
        if lines[at].startswith(">"):
            return
        if last < 0:
            last = -1 if blank else at
        if last >= 0 and blank:
            yield at + 1, last
            last = -1
        elif last >= 0 and _RULE.fullmatch(lines[at]):
            yield at, last
            last = -1


def _footer_line(block: Sequence[str], *, ruled: bool) -> int:
    """The number of the first line that speaks as a footer does, `len(block)` without one."""
    folded = [fold(line[:_MAX_LINE]) for line in block]
    text = " ".join(folded)
    notice = _NOTICE.search(text) if len(set(_LEGAL.findall(text))) > 1 else None
    listed = _LIST.search(text) if ruled or "⟦" in text else None
    told = [one for one in (notice, listed, _ADDED.search(text)) if one]
    found = min(told, key=re.Match.start, default=None)
    if found is None:
        return len(block)
    ends = accumulate(len(line) + 1 for line in folded)
    return next(number for number, end in enumerate(ends) if found.start() < end)
