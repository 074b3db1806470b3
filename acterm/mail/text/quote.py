"""Where the mail that is answered begins, when the answer's writer did not mark its lines.

Outlook, Zimbra and telephones put it below, under a line or a block of headers. In a mail passed on
that block is what one is to read, so it is no quotation.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from acterm.mail.fold import fold
from acterm.mail.text import attribution

_MAX_LINE = 400
_MOST_FIELDS = 12

_FORWARDED_SUBJECT = re.compile(
    r"(?:\[[^\[\]]{0,60}\]\s*)?(?:tr|fwd?|wg|i|rv|transf(?:ert|éré)?)\s*:", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"[-_*=\s]*(?:debut du |begin )?(?:(?:message|mail|courriel) )?"
    r"(?:transfere|transmis|reexpedie|forwarded)"
    r"(?: (?:message|mail)| (?:par|by) .{1,200})?[-_*=\s:]*"
    r"|[-_*=\s]*(?:weitergeleitete nachricht|mensaje reenviado|messaggio inoltrato)[-_*=\s:]*"
)
_HINT = re.compile("[:_─—=-]")
_SEPARATOR = re.compile(
    r"[-_*=\s]*(?:message|mail|courriel|courrier) (?:d.origine|original|initial)[-_*=\s:]*"
    r"|[-_*=\s]*original (?:message|mail|appointment)[-_*=\s:]*"
    r"|[-_*=\s]*(?:ursprungliche nachricht|mensaje original|messaggio originale)[-_*=\s:]*"
)
_RULE = re.compile(r"[_─—=-]{8,}")
_FIRST_FIELD = re.compile(r"\W{0,2}(?:de|from|expediteur|von|da)\W{0,2}:\W*[a-z]")
_FIELD = re.compile(
    r"\W{0,2}(?:envoye(?: le)?|sent|date|a|to|pour|cc|copie(?: a)?|objet|subject|sujet"
    r"|gesendet|datum|an|betreff|enviado(?: el)?|fecha|para|asunto|inviato|data|oggetto"
    r"|destinataires?|importance|reply-to|repondre a|pieces jointes|attachments)\W{0,2}:"
)
_MARKED_HEAD = re.compile(r"> ?message du \d")
# What tells such a block from « De : Amiens, À : Paris, Objet : sortie ».
_OF_A_MAIL = re.compile(
    r"@|^\W{0,2}(?:envoye|sent|gesendet|enviado|inviato)\b|^\W{0,2}date\W.*(?:\d{4}|\d\s?[:h]\s?\d{2})"
)
_RAW_FIELD = re.compile(
    r"(?:message-id|mime-version|content-[a-z-]{4,30}|received|x-[a-z-]{2,40}):"
)


def original_at(lines: Sequence[str], subject: str, *, report: bool = False) -> int:
    """The number of the first line of the mail answered, `len(lines)` when none is to be seen.

    `lines` are those of the text as its writer broke them, without marks. In the report of a
    server, headers are part of what it says: only a separator begins the original there.
    """
    if is_passed_on(subject):
        return len(lines)
    return min(_unmarked_at(lines, report=report), _half_marked_at(lines))


def _unmarked_at(lines: Sequence[str], *, report: bool) -> int:
    """Where it begins under a line or a block of headers without marks."""
    none = len(lines)
    written = False
    for number, line in _own(lines):
        folded = fold(line.strip())
        if _FORWARDED.fullmatch(folded):
            return none
        if _SEPARATOR.fullmatch(folded):
            return number if written else none
        if report:
            written = True
            continue
        if _begins_original(folded, lines, number):
            return number if written else none
        said = attribution.ends_at(lines, number)
        if said and _is_unmarked(lines, number):
            return said.first if any(map(str.strip, lines[: said.first])) else none
        written = True
    return none


def forward_at(lines: Sequence[str], subject: str) -> int:
    """The number of the first line of a mail passed on, `len(lines)` when there is none."""
    passed_on = is_passed_on(subject)
    if passed_on and (quoted := _quoted_forward_at(lines)) >= 0:
        return quoted
    for number, line in _own(lines):
        folded = fold(line.strip())
        if _FORWARDED.fullmatch(folded):
            return number
        if passed_on and _begins_original(folded, lines, number):
            return number
    return len(lines)


def _quoted_forward_at(lines: Sequence[str]) -> int:
    """The first line of a mail passed on as a quotation, as Apple does; -1 without one."""
    first = next((at for at, line in enumerate(lines) if line.startswith(">")), -1)
    bare = [line.lstrip("> ") for line in lines[first : first + _MOST_FIELDS]] if first >= 0 else []
    forwarded = any(_FORWARDED.fullmatch(fold(line[:_MAX_LINE])) for line in bare[:2] if line)
    return first if forwarded or (bare and _is_block(bare, 0)) else -1


def is_passed_on(subject: str) -> bool:
    """Whether the subject says so."""
    return bool(_FORWARDED_SUBJECT.match(subject.strip()))


def _own(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What is no blank and no marked quotation; of ordinary lines only the first."""
    begun = False
    for number, line in enumerate(lines):
        if line.startswith(">") or not line.strip():
            continue
        if begun and (len(line) > _MAX_LINE or not _HINT.search(line)):
            continue
        begun = True
        yield number, line[:_MAX_LINE]


def _begins_original(folded: str, lines: Sequence[str], number: int) -> bool:
    if _SEPARATOR.fullmatch(folded):
        return True
    if _RULE.fullmatch(folded):
        below = _next_written(lines, number)
        return below >= 0 and _is_block(lines, below)
    return _is_block(lines, number)


def _half_marked_at(lines: Sequence[str]) -> int:
    """Where it begins with marks before its headers but none before its words, as Orange does."""
    none = len(lines)
    at = next((number for number, line in enumerate(lines) if line.startswith(">")), none)
    if at == none or not _MARKED_HEAD.match(fold(lines[at][:_MAX_LINE])):
        return none
    head = takewhile(lambda line: line.startswith(">"), lines[at + 1 : at + _MOST_FIELDS])
    bare = [fold(line[:_MAX_LINE]).lstrip("> ") for line in head]
    alone = all(not line or _FIELD.match(line) or _FIRST_FIELD.match(line) for line in bare)
    return at if alone and any(map(str.strip, lines[:at])) else none


def _is_unmarked(lines: Sequence[str], number: int) -> bool:
    """Whether the words below an attribution bear no marks."""
    below = _next_written(lines, number)
    return below >= 0 and not lines[below].startswith(">")


def _is_block(lines: Sequence[str], number: int) -> bool:
    """Whether « De : … Envoyé : … Objet : … » begins here: who, and two more fields below.

    The headers of a mail as servers write them are no such block: they are part of a report.
    """
    if not _FIRST_FIELD.match(fold(lines[number].strip()[:_MAX_LINE])):
        return False
    below = [fold(line.strip()[:_MAX_LINE]) for line in lines[number + 1 : number + _MOST_FIELDS]]
    if any(_RAW_FIELD.match(line) for line in below):
        return False
    fields = [line for line in below if _FIELD.match(line)]
    return len(fields) >= 2 and ("@" in lines[number] or any(map(_OF_A_MAIL.search, fields)))


def _next_written(lines: Sequence[str], number: int) -> int:
    """The next line that is not blank, at most a few below; -1 without one."""
    last = min(len(lines), number + 5)
    return next((at for at in range(number + 1, last) if lines[at].strip()), -1)
