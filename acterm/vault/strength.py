"""How strong a password is, in words: how it would be guessed, and what the CNIL asks.

The guesses are counted by zxcvbn, with French lists and what is known of the person. The CNIL's
forms (recommandation of 21 July 2022) stand for 80 bits when the signs are drawn at random. They
are tested as forms: 12 signs of 99 are 79.55 bits, so a strict count would refuse the CNIL's own
example. A form alone proves nothing either: « Azerty123456! » has one.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from acterm.academy import numen
from acterm.i18n import N_, _
from acterm.secret import Secret
from acterm.vault.wordlists import (
    common_passwords,
    keyboard_runs,
    known_words,
    phrase_words,
    plain,
)

_NUMEN_LENGTH = 13
_LONGEST = 72  # zxcvbn's own bound; what follows only makes a password stronger
# Powers of ten of guesses from which on the score is 1, 2, 3 and 4. Signs drawn at random count
# ten guesses each there, so 12 of them reach the last.
_SCORES = (4.0, 7.0, 9.0, 11.0)
_GOOD = 3
_SENTENCES = (
    N_("Very weak: it is among the first that are tried."),
    N_("Weak: a program guesses it quickly."),
    N_("Middling: it holds against a person, not against a program."),
    N_("Good: long to guess."),
    N_("Strong: very long to guess, even for a program."),
)


class Form(StrEnum):
    """The three forms the CNIL gives as examples of 80 bits."""

    NONE = ""
    FOUR_KINDS = "four-kinds"
    THREE_KINDS = "three-kinds"
    PHRASE = "phrase"

    @property
    def words(self) -> str:
        """What it is, in words."""
        return _(_FORMS[self])


_FORMS = {
    Form.NONE: N_("none of the CNIL’s three forms"),
    Form.FOUR_KINDS: N_("12 characters or more: capitals, small letters, digits and signs"),
    Form.THREE_KINDS: N_("14 characters or more: capitals, small letters and digits"),
    Form.PHRASE: N_("a phrase of seven words or more"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is thought of a password; nothing of the password itself is in it.

    `score` goes from 0 to 4, `words` says it in a sentence, `advice` what to change, most urgent
    first. `form` is which of the CNIL's forms it has.
    """

    score: int
    words: str
    advice: tuple[str, ...] = ()
    form: Form = Form.NONE

    @property
    def is_good(self) -> bool:
        """Whether it can be taken: long to guess, and in one of the CNIL's forms."""
        return self.score >= _GOOD and self.form is not Form.NONE


def judge(password: Secret, own: Iterable[str] = ()) -> Judgement:
    """Judge a password. `own` is what others know of the person: name, login, address.

    The first time takes about 0.1 s, then some milliseconds.
    """
    typed = password.reveal()
    found = _Findings(typed, tuple(_pieces(own)))
    score = 0 if found.is_common or found.is_own else _score(found.power)
    if found.has_numen:
        score = min(score, 1)
    form = form_of(password)
    doubts = _GRAVE if score == len(_SCORES) else (*_GRAVE, *_SLIGHT)
    advice = tuple(_(words) for applies, words in doubts if applies(found))
    if form is Form.NONE:
        advice += (_too_short(),)
    return Judgement(score, _(_SENTENCES[score]), advice, form)


def form_of(password: Secret) -> Form:
    """Which of the CNIL's forms the password has, however easy to guess."""
    typed = password.reveal()
    words = {plain(word) for word in re.findall(r"[^\W\d_]{2,}", typed)}
    if len(words) >= 7 and len(typed) >= 28:
        return Form.PHRASE
    letters = any(one.isupper() for one in typed) and any(one.islower() for one in typed)
    if not (letters and any(one.isdigit() for one in typed)):
        return Form.NONE
    has_sign = any(not one.isalnum() for one in typed)
    if has_sign and len(typed) >= 12:
        return Form.FOUR_KINDS
    return Form.THREE_KINDS if len(typed) >= 14 else Form.NONE


class _Findings:
    """How a password would be guessed."""

    def __init__(self, typed: str, own: Sequence[str]) -> None:
        from zxcvbn import zxcvbn

        folded = plain(typed)
        lists = (*own, *common_passwords(), *known_words(), *keyboard_runs(), *phrase_words())
        # Capitals count as guesses, so the accents alone are taken off.
        kept = folded if len(folded) != len(typed) else _with_capitals(folded, typed)
        result = zxcvbn(kept[:_LONGEST] or " ", user_inputs=list(dict.fromkeys(lists)))
        given = {*own, *common_passwords()}
        self.power = _power(
            [
                float(one["guesses_log10"])
                for one in result["sequence"]
                if one.get("matched_word") not in given
            ]
        )
        self.kinds = {one["pattern"] for one in result["sequence"]}
        matched = {str(one["matched_word"]) for one in result["sequence"] if "matched_word" in one}
        self.holds_own = bool(matched & set(own))
        self.holds_common = bool(matched & set(common_passwords()))
        self.holds_known = bool(matched & set(known_words()))
        self.holds_run = bool(matched & set(keyboard_runs())) or "spatial" in self.kinds
        self.is_common = folded in common_passwords() or not typed
        self.is_own = folded in own
        self.has_numen = any(
            numen.is_numen(typed[at : at + _NUMEN_LENGTH]) for at in range(len(typed))
        )


_Doubts = tuple[tuple[Callable[[_Findings], bool], str], ...]
_GRAVE: _Doubts = (
    (
        lambda found: found.has_numen,
        N_("It is or holds a NUMEN: others know yours, and its form is quickly tried."),
    ),
    (
        lambda found: found.holds_own or found.is_own,
        N_("Take out your name, login or address: they are tried first."),
    ),
    (
        lambda found: found.holds_common or found.is_common,
        N_("It holds one of the most common passwords: choose something else."),
    ),
)
# A password that is strong all the same may hold them.
_SLIGHT: _Doubts = (
    (
        lambda found: found.holds_run,
        N_("Keys that stand beside each other are guessed like a word."),
    ),
    (
        lambda found: found.holds_known,
        N_("First names, months and words of school are guessed early."),
    ),
    (
        lambda found: bool(found.kinds & {"date", "regex"}),
        N_("Dates and years are guessed early."),
    ),
    (
        lambda found: bool(found.kinds & {"sequence", "repeat"}),
        N_("Series like 1234 and repetitions add nothing."),
    ),
)


def _too_short() -> str:
    return _(
        "The CNIL asks for one of: 12 characters of four kinds, 14 of three kinds, or seven words."
    )


def _power(parts: Sequence[float]) -> float:
    """Powers of ten of guesses for the parts that have to be guessed, in any order.

    zxcvbn itself adds a factor of 10 000 a part: « Camille.Lefevre1 » would count as strong.
    """
    return sum(parts) + math.log10(math.factorial(len(parts)))


def _score(power: float) -> int:
    return sum(power >= least for least in _SCORES)


def _pieces(own: Iterable[str]) -> Iterator[str]:
    """The whole of what is known and its words: « camille.lefevre@… » holds camille, lefevre."""
    for known in own:
        folded = plain(known)
        if folded:
            yield folded
        yield from (piece for piece in re.split(r"[^a-z0-9]+", folded) if len(piece) > 2)


def _with_capitals(folded: str, typed: str) -> str:
    return "".join(
        one.upper() if was.isupper() else one for one, was in zip(folded, typed, strict=True)
    )
