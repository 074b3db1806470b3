"""The folds of a body laid out: what is quoted, signed or boilerplate, each told in one line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from acterm.i18n import _, ngettext
from acterm.mail.cells import cut
from acterm.mail.fold import fold
from acterm.mail.message import Fold, FoldKind, Line
from acterm.mail.text.passages import Passage

# Fewer lines than that are no burden, and a fold would save nothing.
_LEAST = 3
# Between answers a short quotation is what they answer, and the end of a long one too.
_LONG = 8
_CONTEXT = 2
_LONGEST_NAME = 40
_MOST_OWN = 60
_COLOURS = r"en (?:rouge|bleu|vert|violet|orange|gras|couleur|italique|majuscules)"
# « Voir mes réponses en rouge dans votre texte », « répondu ci-dessous », « my answers below ».
_POINTS_BELOW = re.compile(
    r"\brepon(?:se|du|ds)s?\b[^.!?]{0,60}"
    rf"\b(?:{_COLOURS}|ci-dessous|plus bas|(?:dans|sous) (?:le|ton|votre|ta|vos|tes) \w+)\b"
    r"|\b(?:remarques?|commentaires?|annot\w+|corrections?|modifications?)\b[^.!?]{0,40}"
    rf"\b(?:{_COLOURS}|dans le (?:corps|texte))\b"
    r"|\b(?:voir|cf\.?|lire) (?:(?:le|la|les|mon|son) )?(?:mail|message|courriel|echange|demande)s?"
    r"[^.!?]{0,20}\b(?:ci-dessous|plus bas)\b"
    r"|\b(?:answer|reply|replies|repl\w+|comment)s?\b[^.!?]{0,40}"
    r"\b(?:below|inline|in (?:red|blue|green|bold|capitals))\b"
)


def folds(
    passages: Sequence[Passage], lines: Sequence[Line], sources: Sequence[int]
) -> tuple[Fold, ...]:
    """The folds of `lines`, whose numbers among the lines as written are `sources`, ascending.

    A mail that is nothing but a quotation, a mail passed on, and a quotation that its writer says
    to have answered in, start unfolded.
    """
    places = list(_places(passages, sources))
    inside = {at for _passage, first, last in places for at in range(first, last + 1)}
    own = [at for at, line in enumerate(lines) if line.text.strip() and at not in inside]
    pointing = bool(_POINTS_BELOW.search(fold(" ".join(lines[at].text for at in own[:_MOST_OWN]))))
    found = []
    for passage, first, last in places:
        end = last + 1
        if passage.kind is FoldKind.QUOTE and own and own[-1] > last:
            end = _context_at(lines, first, end)
        if end - first >= _LEAST:
            to_read = passage.kind is FoldKind.FORWARD or (
                pointing and passage.kind is FoldKind.QUOTE
            )
            folded = bool(own) and not to_read
            words = _words(passage, lines[first:end])
            found.append(Fold(first, end - 1, passage.kind, words, folded))
    return tuple(found)


def _context_at(lines: Sequence[Line], first: int, end: int) -> int:
    """Where the end of a quotation begins that stays beside the answer below."""
    if end - first <= _LONG:
        return first
    at = end - _CONTEXT
    while at < end and not lines[at].text.strip("> "):
        at += 1
    return at


def _places(
    passages: Iterable[Passage], sources: Sequence[int]
) -> Iterator[tuple[Passage, int, int]]:
    """Each passage with its first and last line among those laid out."""
    at = 0
    for passage in passages:
        while at < len(sources) and sources[at] < passage.first:
            at += 1
        first = at
        while at < len(sources) and sources[at] <= passage.last:
            at += 1
        if at > first:
            yield passage, first, at - 1


def _words(passage: Passage, lines: Sequence[Line]) -> str:
    """What the folded line says: how much there is, and whose it is."""
    quoted = passage.kind is FoldKind.QUOTE
    count = sum(1 for line in lines if line.text.strip(" >") and (line.quote or not quoted))
    if quoted:
        words = ngettext("{count} quoted line", "{count} quoted lines", count)
    elif passage.kind is FoldKind.FORWARD:
        words = ngettext("forwarded mail, {count} line", "forwarded mail, {count} lines", count)
    elif passage.kind is FoldKind.SIGNATURE:
        words = ngettext("signature, {count} line", "signature, {count} lines", count)
    else:
        words = ngettext("automatic footer, {count} line", "automatic footer, {count} lines", count)
    words = words.format(count=count)
    if not passage.name:
        return words
    return _("{words} · {name}").format(words=words, name=cut(passage.name, _LONGEST_NAME))
