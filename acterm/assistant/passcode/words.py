"""What the flow of passcodes says.

Sources for the facts: pages of the académies of Nancy-Metz, Toulouse and Nantes; what holds for
another académie is marked as to be checked.
"""

import time
from collections.abc import Callable

from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.passcode.steps import Stage, State, ways
from acterm.i18n import N_, _
from acterm.vault.ladder import rung_label

_CHOICES = {
    "about": (N_("What a passcode is"), N_("PIN, code of the key, and what to do after an error.")),
    "code": (N_("The code of now"), N_("When the key was given to acterm.")),
    "warning": (
        N_("Give acterm the key of the code"),
        N_("From a QR code or a text; think twice."),
    ),
    "forget": (N_("Forget the key"), N_("acterm gives no code any more.")),
    "menu": (N_("Back to what acterm can do"), ""),
    "picture": (N_("The key is in a picture"), N_("The QR code of the portal, saved as a file.")),
    "typed": (N_("Type the key"), N_("The text beside the QR code, or an otpauth:// address.")),
    "leave": (N_("That is all"), ""),
}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def _choices(state: State) -> tuple[Choice, ...]:
    told = [(key, *_CHOICES[key]) for key in ways(state)]
    return tuple(Choice(key, _(label), _(words) if words else "") for key, label, words in told)


def _menu(state: State) -> Question:
    if not state.account_id:
        facts = (_("Codes are kept for an account; there is none yet."),)
    elif state.passcode:
        facts = (_("{address} signs in with a passcode.").format(address=state.address),)
    else:
        facts = (_("{address} signs in with a password.").format(address=state.address),)
    return Question(
        _("What about the passcode?"),
        Kind.CHOICE,
        why=_("Some portals ask for it instead of the password, or after it."),
        facts=facts,
        choices=_choices(state),
        problem=state.problem,
    )


def _about(state: State) -> Question:
    return Question(
        _("What a passcode is"),
        Kind.CHOICE,
        why=_("Sources: pages of several académies; yours may differ (to be checked)."),
        then=_("Where a mailbox wants one, acterm asks for it at each sign-in and keeps nothing."),
        facts=(
            _("Your PIN, then the code that the key shows: 1234 and 567890 make 1234567890."),
            _("The code changes every minute or half minute and serves once."),
            _("After an error, wait for the next code: the same one again can lock the key."),
            _("Without a key, a code may come by mail (ODA): acterm shows it in the mail."),
            _("Nobody has the right to ask for PIN or code, by mail or by telephone."),
            _("Mail programs mostly take the password alone; portals take the passcode."),
        ),
        choices=_choices(state),
    )


def _warning(state: State) -> Question:
    return Question(
        _("Shall acterm hold the key of the code?"),
        Kind.CHOICE,
        why=_("The code protects because it is not where the password is."),
        then=_("The key would go into the vault of this computer, sealed, and nowhere else."),
        facts=(
            _("With both here, whoever takes over this computer has both."),
            _("A telephone or the académie’s key keeps them apart: that is better."),
            _("It helps where no telephone may be used, or when the key is lost for a while."),
        ),
        choices=_choices(state),
    )


def _picture(state: State) -> Question:
    return Question(
        _("Where is the picture of the QR code?"),
        Kind.TEXT,
        why=_("acterm reads the key in it. The portal shows the code once: save it as a picture."),
        then=_("Delete the picture afterwards: whoever has it has your codes."),
        problem=state.problem,
    )


def _typed(state: State) -> Question:
    return Question(
        _("What is the key?"),
        Kind.SECRET,
        why=_("The letters and digits that stand beside the QR code, or the otpauth:// address."),
        then=_("It goes into the vault, and is not shown again."),
        problem=state.problem,
    )


def _rung(state: State) -> Question:
    usable = {rung.name: rung for rung in state.rungs if rung.usable}
    facts = [_("Key of: {label}").format(label=state.label)] if state.label else []
    if state.is_short:
        facts.append(_("The key is shorter than is advised today; the portal decides that."))
    return Question(
        _("Where shall the key be kept?"),
        Kind.CHOICE,
        why=_("The same places as for the password; it is never stored in clear."),
        facts=tuple(facts),
        choices=tuple(Choice(name, rung_label(name), usable[name].words) for name in ways(state)),
        problem=state.problem,
    )


def _passphrase(state: State) -> Question:
    titles = {
        "keyring-password": _("What is the password of your session on this computer?"),
        "passphrase": _("What is the passphrase of the sealed file?"),
    }
    return Question(
        titles.get(state.wants) or _("Which passphrase shall seal the file?"),
        Kind.SECRET,
        why=_("It opens the place where the key is kept."),
        problem=state.problem,
    )


def _again(state: State) -> Question:
    return Question(
        _("Once more, the same passphrase?"),
        Kind.SECRET,
        why=_("A slip of the finger would lock the file for good."),
        problem=state.problem,
    )


def _kept(state: State) -> Question:
    facts = [_("Key kept: {rung}").format(rung=rung_label(state.rung))]
    if state.label:
        facts.append(_("Key of: {label}").format(label=state.label))
    return Question(
        _("acterm holds the key."),
        Kind.CHOICE,
        why=_("The portal mostly asks for a first code, to see that all is right."),
        then=_("Delete the picture or the text that you had it from."),
        facts=tuple(facts),
        choices=_choices(state),
    )


def _code(state: State) -> Question:
    clock = _("Clock of this computer: {words}").format(words=state.clock)
    has_ended = bool(state.until) and time.time() >= state.until
    if not state.code or has_ended:
        return _no_code(state, clock, has_ended=has_ended)
    code = state.code.reveal()
    return Question(
        _("The code of now"),
        Kind.CHOICE,
        why=_("Your PIN goes before it where a passcode is asked for."),
        then=_("It serves once: acterm gives the same code to nobody again."),
        facts=(f"{code[: len(code) // 2]} {code[len(code) // 2 :]}", clock),
        choices=_choices(state),
        copy=code,
        until=state.until,
    )


def _no_code(state: State, clock: str, *, has_ended: bool) -> Question:
    words = _("The code of now was given already.")
    if has_ended:
        words = _("The next code is there.") if state.is_too_late else _("This code has ended.")
    elif state.is_too_late:
        words = _("The code of now ends before it can be typed.")
    return Question(
        words,
        Kind.CHOICE,
        why=_("A code serves once: trying one again can lock the key."),
        then="" if has_ended else _("The next one comes when the time has run out."),
        facts=(clock,),
        choices=tuple(reversed(_choices(state))) if has_ended else _choices(state),
        until=0.0 if has_ended else state.until,
    )


def _working(_state: State) -> Question:
    return Question(_("One moment…"), Kind.WAIT)


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.MENU: _menu,
    Stage.ABOUT: _about,
    Stage.WARNING: _warning,
    Stage.PICTURE: _picture,
    Stage.TYPED: _typed,
    Stage.RUNG: _rung,
    Stage.PASSPHRASE: _passphrase,
    Stage.AGAIN: _again,
    Stage.KEPT: _kept,
    Stage.CODE: _code,
    Stage.UNLOCK: _passphrase,
    Stage.WORKING: _working,
}
