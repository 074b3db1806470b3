"""What follows from an answer while an account is connected.

One answer to the password question is one CheckAccount, and so one sign-in attempt.
"""

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches

from acterm.academy import directory
from acterm.assistant import hints
from acterm.assistant.connect.events import keep
from acterm.assistant.connect.state import (
    ELSEWHERE,
    NOTHING,
    Stage,
    State,
    profile_of,
    ways,
    with_servers,
)
from acterm.assistant.flow import CheckLine, GoTo, Leave, Turn
from acterm.assistant.typed import parse_address, parse_server
from acterm.engine.messages.account import CheckAccount, FindServers, GiveSecret, Step
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.secret import Secret

SHORTEST_PASSPHRASE = 8


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What follows from an answer. One that cannot be used stays, with `problem` saying why."""
    calm = replace(state, problem="")
    if choice and choice not in ways(state):
        return Turn(state)
    if choice.startswith(ELSEWHERE):
        return Turn(state, onward=GoTo(choice.removeprefix(ELSEWHERE)))
    try:
        return _ANSWERS[state.stage](calm, answer, choice)
    except UsageError as problem:
        return Turn(replace(state, problem=str(problem)))


def back(state: State) -> State:
    """The question before; from the first one, and where acterm works, the same state."""
    stage = _BEFORE.get(state.stage)
    if stage is None:
        return state
    if state.account_id and state.stage is Stage.SECRET:
        if not state.moves:
            return state
        stage = Stage.LOGIN
    secret = state.secret if stage in (Stage.RUNG, Stage.PASSPHRASE) else NOTHING
    return replace(state, stage=stage, problem="", doubted="", secret=secret)


def _address(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    address = parse_address(_text(answer))
    domain = address.rpartition("@")[2].lower()
    official = directory.official_domains()
    close = get_close_matches(domain, sorted(official), n=1, cutoff=0.85)
    if close and domain not in official and state.doubted != address:
        question = _("The académie “{domain}” is not known. Did you mean {close}?")
        problem = question.format(domain=domain, close=close[0])
        return Turn(replace(state, address=address, problem=problem, doubted=address))
    known = replace(state, stage=Stage.SERVERS, address=address, profile=profile_of(address))
    return Turn(with_servers(known))


def _servers(state: State, _answer: str | Secret, choice: str) -> Turn[State]:
    choice = choice or ways(state)[0]
    if choice == "probe":
        waiting = replace(state, stage=Stage.PROBING)
        return Turn(waiting, (FindServers(state.address),))
    if choice in directory.profiles():
        return Turn(with_servers(replace(state, profile=choice)))
    if choice == "use":
        return Turn(replace(state, stage=Stage.LOGIN))
    known_half = (
        state.profile == directory.NATIONAL and state.imap is not None and state.smtp is None
    )
    return Turn(replace(state, stage=Stage.SMTP if known_half else Stage.IMAP))


def _imap(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    return Turn(replace(state, stage=Stage.SMTP, imap=parse_server(_text(answer), 993)))


def _smtp(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    return Turn(replace(state, stage=Stage.LOGIN, smtp=parse_server(_text(answer), 465)))


def _login(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    login = _text(answer)
    if not login:
        raise UsageError(_("The login is needed to sign in."))
    doubt = hints.of_login(login, state.wants_address)
    if doubt and state.doubted != login:
        return Turn(replace(state, login=login, problem=doubt, doubted=login))
    stage = Stage.SECRET if state.moves else Stage.NAME
    return Turn(replace(state, stage=stage, login=login))


def _name(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    named = replace(state, name=_text(answer))
    if state.password_command:
        return keep(replace(named, rung="session"))
    return Turn(replace(named, stage=Stage.SECRET))


def _secret(state: State, answer: str | Secret, choice: str) -> Turn[State]:
    if choice:
        return Turn(replace(state, passcode=choice == "passcode"))
    secret = _secret_in(answer)
    if not secret:
        raise UsageError(_("Nothing was typed."))
    return check(replace(state, secret=secret))


def _unlocking(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    secret = _secret_in(answer)
    if not secret:
        raise UsageError(_("Nothing was typed."))
    return Turn(state, (GiveSecret(state.account_id, secret),), Leave())


def check(state: State) -> Turn[State]:
    """Go down the checklist with the secret that was given: one sign-in."""
    lines = tuple(CheckLine(step) for step in Step)
    checking = replace(state, stage=Stage.CHECKING, checks=lines)
    return Turn(checking, (CheckAccount(state.account, state.secret),))


def _refused(state: State, _answer: str | Secret, choice: str) -> Turn[State]:
    choice = choice or ways(state)[0]
    if choice == "again":
        return check(state)
    stage = {"login": Stage.LOGIN, "servers": Stage.SERVERS}.get(choice, Stage.SECRET)
    return Turn(replace(state, stage=stage, secret=NOTHING))


def _rung(state: State, _answer: str | Secret, choice: str) -> Turn[State]:
    chosen = replace(state, rung=choice or state.rung)
    if chosen.wants:
        return Turn(replace(chosen, stage=Stage.PASSPHRASE))
    return keep(chosen)


def _passphrase(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    passphrase = _secret_in(answer)
    given = replace(state, passphrase=passphrase)
    if state.wants != "new-passphrase":
        return keep(given)
    if len(passphrase.reveal()) < SHORTEST_PASSPHRASE:
        raise UsageError(
            _("The passphrase needs at least {count} characters.").format(
                count=SHORTEST_PASSPHRASE
            ),
            _("Several words in a row are easy to remember and hard to guess."),
        )
    return Turn(replace(given, stage=Stage.AGAIN))


def _again(state: State, answer: str | Secret, _choice: str) -> Turn[State]:
    if _secret_in(answer) != state.passphrase:
        different = _("The two passphrases differ: type it once more, twice.")
        return Turn(replace(state, stage=Stage.PASSPHRASE, problem=different))
    return keep(state)


def _nothing(state: State, _answer: str | Secret, _choice: str) -> Turn[State]:
    return Turn(state)


_ANSWERS: dict[Stage, Callable[[State, str | Secret, str], Turn[State]]] = {
    Stage.ADDRESS: _address,
    Stage.SERVERS: _servers,
    Stage.PROBING: _nothing,
    Stage.IMAP: _imap,
    Stage.SMTP: _smtp,
    Stage.LOGIN: _login,
    Stage.NAME: _name,
    Stage.SECRET: _secret,
    Stage.CHECKING: _nothing,
    Stage.REFUSED: _refused,
    Stage.RUNG: _rung,
    Stage.PASSPHRASE: _passphrase,
    Stage.AGAIN: _again,
    Stage.KEEPING: _nothing,
    Stage.KEPT: _nothing,
    Stage.UNLOCKING: _unlocking,
}
_BEFORE = {
    Stage.SERVERS: Stage.ADDRESS,
    Stage.IMAP: Stage.SERVERS,
    Stage.SMTP: Stage.SERVERS,
    Stage.LOGIN: Stage.SERVERS,
    Stage.NAME: Stage.LOGIN,
    Stage.SECRET: Stage.NAME,
    Stage.REFUSED: Stage.SECRET,
    Stage.PASSPHRASE: Stage.RUNG,
    Stage.AGAIN: Stage.PASSPHRASE,
}


def _text(answer: str | Secret) -> str:
    typed = answer.reveal() if isinstance(answer, Secret) else answer
    return clean(typed, line=True).strip()


def _secret_in(answer: str | Secret) -> Secret:
    return answer if isinstance(answer, Secret) else Secret(answer)
