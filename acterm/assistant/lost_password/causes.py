"""What the flow of a lost password says before anything is reset: why the sign-in may fail."""

from acterm.assistant.flow import Kind, Question
from acterm.assistant.lost_password.state import State
from acterm.i18n import _


def causes(state: State) -> Question:
    """What is likeliest, and the way to a new password."""
    facts = []
    if state.begun.refused:
        facts.append(_("The server says: “{words}”.").format(words=state.begun.refused))
    if state.offline:
        facts.append(_("acterm does not reach the server: {words}").format(words=state.offline))
    if facts:
        why = _("A new password is not always needed: look at the likeliest cause first.")
    else:
        why = _("You know it is lost: go straight on. If it is refused, look at the cause first.")
    return Question(
        _("What may be wrong?"),
        Kind.CHOICE,
        why=why,
        then=_("acterm tries no password by itself: repeated failures can lock an account."),
        facts=tuple(facts),
    )


def typing(_state: State) -> Question:
    """The password as it is usually typed."""
    return Question(
        _("Type the password as you usually do"),
        Kind.SECRET,
        why=_("acterm looks for capitals, a QWERTY keyboard, accents, a space that was copied."),
        then=_("It is sent nowhere and forgotten when you leave. F4 shows what you type."),
    )


def typed(state: State) -> Question:
    """What may have gone wrong on the keyboard."""
    if state.doubts:
        return Question(
            _("This may be why"),
            Kind.CHOICE,
            facts=state.doubts,
            then=_("Each refused attempt counts: after two or three, stop and reset."),
        )
    return Question(
        _("Nothing strange in what you typed"),
        Kind.CHOICE,
        facts=(_("No sign of Caps Lock, of a QWERTY keyboard, of an accent or of a space."),),
        then=_("If you are sure of it, it has expired, or the account is locked."),
    )


def login(state: State) -> Question:
    """The login as it is usually typed."""
    account = state.begun.account
    return Question(
        _("Which login do you type?"),
        Kind.TEXT,
        why=_("The identifiant (clefevre) and the address (prenom.nom@…) are two things."),
        then=_("It is only compared, and sent nowhere."),
        value=account.login if account else "",
    )


def login_said(state: State) -> Question:
    """Whether it is the one that the server expects."""
    right = (_("It has the form that your mail server expects."),)
    title = _("This may be why") if state.doubts else _("The login looks right")
    return Question(title, Kind.CHOICE, facts=state.doubts or right)


def expired(_state: State) -> Question:
    """What a server does not say."""
    return Question(
        _("Expired or locked: the server often says only “refused”"),
        Kind.CHOICE,
        facts=(
            _("Expired: several académies ask for a new password every year (to be checked)."),
            _(
                "Locked: several failures in a row close the account for a while; each new attempt"
                " can prolong it. Stop every device that tries by itself: phone, tablet, computer."
            ),
        ),
        why=_("In both cases the official page makes a new password."),
        then=_("If the page itself says “locked”, only the help desk can open the account."),
    )


def down(state: State) -> Question:
    """Whether it is the server."""
    facts = [_("A server that is down refuses everybody: your password is not in question.")]
    if state.offline:
        facts.append(_("acterm does not reach it: {words}").format(words=state.offline))
    elif state.begun.refused:
        facts.append(_("But it answered acterm: “{words}”.").format(words=state.begun.refused))
    return Question(
        _("Does the server answer?"),
        Kind.CHOICE,
        facts=tuple(facts),
        why=_("Change nothing: wait half an hour, and ask a colleague whether it works."),
        then=_("Your mails of before stay readable here; what you write leaves later."),
    )
