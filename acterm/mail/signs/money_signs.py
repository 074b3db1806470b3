"""Signs that a mail is after money: gift cards, account numbers, fees, threats, fortunes."""

import re
from dataclasses import dataclass

from acterm.i18n import N_, _
from acterm.mail.message import Level, Sign
from acterm.mail.signs import money_words as words
from acterm.mail.signs import pressure_signs
from acterm.mail.signs.evidence import Evidence

_ANY, _SHORT, _FEW_WORDS, _A_LINE = 1_000_000, 700, 120, 80
_HASTE = N_("Somebody asks for a favour in haste, as swindles begin: ring the person first.")
_RICHES = N_("A stranger promises a large sum of money: do not answer.")
_IN_NEED = N_("Somebody in need wants money at once: ring the person first.")
_CARDS = N_(
    "The mail wants gift cards or their codes, which nobody pays back: ring the person first."
)
_CANCEL = N_(
    "A purchase you did not make is to be cancelled by telephone: do not ring that number."
)
_COINS = N_("The mail wants to be paid in a currency that nobody can take back: do not pay.")
_GAINS = N_("The mail promises gains that no honest investment makes.")
_PRIZE = N_("A prize is promised that you did not play for: do not answer.")
_CHANGED = N_("The mail changes an account number: ring the person before you pay.")


@dataclass(frozen=True, slots=True)
class _Lure:
    """A pattern of swindle: all of its words are there. `longest`: in a text that is no longer."""

    told: str
    all_of: tuple[re.Pattern[str], ...]
    level: Level = Level.VERIFY
    longest: int = _ANY

    def is_in(self, text: str) -> bool:
        """Whether a folded text is such a mail."""
        return len(text) <= self.longest and all(one.search(text) for one in self.all_of)


_THREAT = _Lure(
    N_("The mail threatens and wants to be paid: do not pay, do not answer."),
    (words.EXTORTION, words.SPIED),
    Level.SUSPECT,
)
# What needs no link: it is done by answering, in a shop, by telephone or at the bank.
_SPOKEN = (
    _Lure(
        N_("No police accuses anybody by mail: do not answer."),
        (words.POLICE, words.ACCUSED),
        Level.SUSPECT,
    ),
    _Lure(_CARDS, (words.GIFT_CARDS, words.SECRETLY)),
    _Lure(_CARDS, (words.PREPAID,)),
    _Lure(_HASTE, (words.ARE_YOU_THERE, words.SMALL_FAVOUR), longest=_SHORT),
    _Lure(_HASTE, (words.WIRE, words.SMALL_FAVOUR), longest=_SHORT),
    _Lure(_HASTE, (words.ENTRUST, words.PRIVATE_LINE), longest=_SHORT),
    _Lure(_CHANGED, (words.ACCOUNT_NUMBER, words.PAY_SLIP)),
    _Lure(_CHANGED, (words.ACCOUNT_NUMBER, words.TO_PAY)),
    _Lure(_IN_NEED, (words.STRANDED, words.LEND)),
    _Lure(_COINS, (words.EXTORTION, words.PAY_BY_COIN)),
    _Lure(_COINS, (words.WALLET, words.EXTORTION)),
    _Lure(_CANCEL, (words.SUM, words.CALL_TO_CANCEL, words.CHARGED, words.BOUGHT)),
    _Lure(_CANCEL, (words.SUM, words.CALL_TO_CANCEL, words.FRAUD)),
    _Lure(
        N_("Nobody warns by mail of a virus on your computer, nor wants to be rung for it."),
        (words.VIRUS, words.CALL_TO_CANCEL),
    ),
    _Lure(_GAINS, (words.INVEST,)),
    _Lure(_GAINS, (words.SAVINGS, words.FAST_GAIN)),
    _Lure(_GAINS, (words.SAVINGS, words.WAGE)),
    _Lure(_GAINS, (words.PASSIVE, words.SUM)),
    _Lure(
        N_("Easy work for much money: do not answer, you would be made to pay."),
        (words.WORK_AT_HOME, words.WAGE, words.EASY),
    ),
    _Lure(
        N_("A gift of which only the transport is to be paid: pay nothing, it never comes."),
        (words.GIVEN_AWAY, words.CARRIAGE, words.AT_YOUR_COST),
    ),
    _Lure(_RICHES, (*words.FORTUNE, words.SUM)),
    _Lure(_RICHES, (words.LOAN, words.SUM)),
)
_FROM_A_FREE_ADDRESS = (
    _Lure(_IN_NEED, (words.LEND_SUM, words.IN_TROUBLE)),
    _Lure(_CHANGED, (words.GIVE_ACCOUNT, words.PAY_SLIP)),
    _Lure(_HASTE, (words.FAVOUR_ASKED, words.IN_PRIVATE), longest=_SHORT),
    _Lure(_HASTE, (words.ARE_YOU_THERE, words.ANSWER_ME), longest=_FEW_WORDS),
    _Lure(_HASTE, (words.ARE_YOU_THERE, words.NO_DAY), longest=_A_LINE),
    _Lure(
        N_("A stranger looks for company by mail: do not answer, money is asked for next."),
        (words.LONELY, words.WRITE_ME),
        longest=_SHORT,
    ),
    _Lure(_CHANGED, (words.ACCOUNT_NUMBER, words.WAGES)),
    _Lure(_IN_NEED, (words.LEND_ME, words.TO_ACCOUNT)),
)
# What is done on a page.
_LINKED = (
    _Lure(
        N_("A small sum is to be paid on a strange page: pay nothing there."),
        (words.WAITING, words.FEES),
    ),
    _Lure(_PRIZE, (words.PRIZE, words.PRIZES)),
    _Lure(_PRIZE, (words.WON, words.TAKE_PART)),
    _Lure(_PRIZE, (words.PRIZE, words.SMALL_COST)),
    _Lure(_PRIZE, (words.GIFT_DUE, words.SUM)),
    _Lure(
        N_("A payment that you did not make is to be cancelled on a strange page: ask your bank."),
        (words.DISPUTED, words.CANCEL, words.PAYMENT),
    ),
    _Lure(
        N_("Money is promised for a click on a strange page: give no account number there."),
        (words.REFUND_DUE, words.SUM),
    ),
)


def signs(evidence: Evidence) -> list[Sign]:
    """One sign at most: what the mail is after."""
    if evidence.bulk:
        return []
    lures: list[_Lure] = [_THREAT]
    if not evidence.trusted:
        lures += [one for one in _SPOKEN if not (evidence.acquainted and one.told == _HASTE)]
        lures += _FROM_A_FREE_ADDRESS if evidence.free and not evidence.acquainted else ()
        lures += _LINKED if _baited(evidence) else ()
    for lure in lures:
        if lure.is_in(evidence.claimed):
            return [Sign("asks-money", lure.level, _(lure.told))]
    return [] if evidence.trusted else _promised(evidence)


def _baited(evidence: Evidence) -> bool:
    """Whether there is a page to be led to, but not the sender's own under its own name."""
    own = evidence.named_alike and evidence.at_home and not evidence.pages
    return bool(evidence.strange or evidence.pages) and not own


def _promised(evidence: Evidence) -> list[Sign]:
    """A parcel or money of a public body, for a click on a strange page."""
    text = evidence.text
    if not _baited(evidence):
        return []
    if words.PARCEL.search(text) and pressure_signs.acts(text):
        told = _(
            "A parcel waits for a click on a strange page: follow it on the carrier’s own site."
        )
        return [Sign("asks-money", Level.VERIFY, told)]
    named = words.PUBLIC_NAME.search(evidence.claimed) and words.MONEY_BACK.search(text)
    if named and words.CLAIM.search(text) and (words.SUM.search(text) or "rembours" in text):
        told = _("A public body is said to owe money, on a strange page: look on its own site.")
        return [Sign("asks-money", Level.VERIFY, told)]
    return []
