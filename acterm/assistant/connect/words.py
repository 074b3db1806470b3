"""What the Connexion flow says at each of its questions."""

from collections.abc import Callable

from acterm.academy import directory
from acterm.academy.facts import Confidence, KnownServer
from acterm.assistant import hints as doubts
from acterm.assistant.connect.choices import choice
from acterm.assistant.connect.state import Stage, State, ways
from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.typed import show_server
from acterm.engine.messages.account import Rung, Step, StepState
from acterm.i18n import N_, _
from acterm.server import Server
from acterm.vault.ladder import rung_label

_STEPS = {
    Step.NAME: N_("Server name"),
    Step.CONNECTION: N_("Connection"),
    Step.CERTIFICATE: N_("Certificate"),
    Step.SIGN_IN: N_("Sign-in"),
    Step.FOLDERS: N_("Folders"),
    Step.SENDING: N_("Sending"),
}
_STATES = {
    StepState.WAITING: N_("waiting"),
    StepState.RUNNING: N_("under way"),
    StepState.DONE: N_("done"),
    StepState.LATER: N_("later"),
    StepState.FAILED: N_("failed"),
}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def hints(state: State, typed: str) -> tuple[str, ...]:
    """Doubts about what is being typed into the field of this question; none forbids it."""
    if state.stage is Stage.SECRET and state.passcode:
        return doubts.of_passcode(typed)
    if state.stage is Stage.SECRET:
        return doubts.of_password(typed, state.login, state.address)
    if state.stage is Stage.LOGIN and typed:
        doubt = doubts.of_login(typed, state.wants_address)
        return (doubt,) if doubt else ()
    return ()


def step_label(step: Step) -> str:
    """What a line of the checklist is about."""
    return _(_STEPS[step])


def state_label(state: StepState) -> str:
    """How a line of the checklist stands, in a word."""
    return _(_STATES[state])


def _address(state: State) -> Question:
    return Question(
        _("What is your mail address?"),
        Kind.TEXT,
        why=_("acterm recognises your académie and its servers by it."),
        then=_("It stays on this machine; nothing is sent yet."),
        value=state.address,
        choices=tuple(choice(key) for key in ways(state)),
        problem=state.problem,
    )


def _servers(state: State) -> Question:
    complete = state.imap is not None and state.smtp is not None
    return Question(
        _("Are these your mail servers?") if complete else _("Which servers hold your mail?"),
        Kind.CHOICE,
        why=_("Your mail is read and sent through them."),
        then=_("Your password will go to these servers and nowhere else."),
        facts=_facts(state),
        choices=tuple(choice(key) for key in ways(state)),
        problem=state.problem,
    )


def _facts(state: State) -> tuple[str, ...]:
    academy = directory.academy_of(state.address)
    profile = directory.profiles()[state.profile]
    facts = [_("Académie: {name}").format(name=academy.name)] if academy else []
    if academy:
        facts.append(_("Mail system: {name}").format(name=profile.name))
    known = (academy, profile) if state.profile == directory.ACADEMIC else (profile,)
    sources = [source for source in known if source is not None]
    for label, server, field in (
        (_("Receiving: {server}"), state.imap, "imap"),
        (_("Sending: {server}"), state.smtp, "smtp"),
    ):
        said = [getattr(source, field) for source in sources]
        facts.append(label.format(server=_server(server, said)))
    return tuple(facts)


def _server(server: Server | None, said: list[KnownServer | None]) -> str:
    """The server, with a mark unless several sources name it."""
    if server is None:
        return _("unknown")
    text = f"{server} ({server.security.upper()})"
    known = next((one for one in said if one is not None and one.server == server), None)
    mark = (known.confidence if known else Confidence.GUESS).mark
    return f"{text}, {mark}" if mark else text


def _probing(state: State) -> Question:
    return Question(_("Looking for the usual servers…"), Kind.WAIT, facts=_facts(state))


def _imap(state: State) -> Question:
    return Question(
        _("Which server receives your mail?"),
        Kind.TEXT,
        why=_("Your académie’s instructions call it IMAP server or incoming server."),
        then=_("acterm speaks to it in TLS only, with a verified certificate."),
        value=show_server(state.imap),
        problem=state.problem,
    )


def _smtp(state: State) -> Question:
    return Question(
        _("Which server sends your mail?"),
        Kind.TEXT,
        why=_("Your académie’s instructions call it SMTP server or outgoing server."),
        then=_("acterm speaks to it in TLS only, with a verified certificate."),
        value=show_server(state.smtp),
        problem=state.problem,
    )


def _login(state: State) -> Question:
    if state.wants_address:
        title, why = _("What is your login?"), _("This mail system takes the whole address.")
    else:
        title = _("What is your identifiant?")
        why = _("It is not the address: mostly first initial and surname, like clefevre.")
    then = _("It is sent to the server with the password.")
    guess = _("It is sent to the server with the password. The proposal is a guess: check it.")
    return Question(
        title,
        Kind.TEXT,
        why=why,
        then=then if state.account_id else guess,
        value=state.login,
        problem=state.problem,
    )


def _name(state: State) -> Question:
    return Question(
        _("Which name will people see?"),
        Kind.TEXT,
        why=_("It stands beside your address in the mails you send."),
        then=_("It can stay empty, and be changed later."),
        value=state.name,
        problem=state.problem,
    )


def _secret(state: State) -> Question:
    host = state.imap.host if state.imap else ""
    if state.passcode:
        title = _("What is your passcode?")
        why = _("Your PIN followed by the code that the key shows, without a space.")
        then = _("It is used once, on {host}. A new one is asked at the first sending.")
    elif directory.profiles()[state.profile].application_password:
        title = _("What is your application password?")
        why = _("It is made in the webmail: Préférences › Mots de passe sécurisés.")
        then = _("It goes to {host} once, encrypted. Where it is kept is asked afterwards.")
    else:
        title = _("What is your password?")
        why = _("The one of your académie’s mail and portal.")
        then = _("It goes to {host} once, encrypted. Where it is kept is asked afterwards.")
    return Question(
        title,
        Kind.SECRET,
        why=why,
        then=then.format(host=host),
        choices=tuple(choice(key) for key in ways(state)),
        problem=state.problem,
    )


def _checking(state: State) -> Question:
    return Question(_("Checking the connection…"), Kind.WAIT, lines=state.checks)


def _refused(state: State) -> Question:
    return Question(
        _("The connection did not succeed. What shall be corrected?"),
        Kind.CHOICE,
        then=_("acterm tries nothing by itself: repeated refusals can lock an account."),
        choices=tuple(choice(key) for key in ways(state)),
        problem=state.problem,
        lines=state.checks,
    )


def _rung(state: State) -> Question:
    usable = {rung.name: rung for rung in state.rungs if rung.usable}
    return Question(
        _("Where shall the password be kept?"),
        Kind.CHOICE,
        why=_("So that you need not type it each time. It is never stored in clear."),
        then=_("You can change your mind later."),
        facts=tuple(_not_here(rung) for rung in state.rungs if not rung.usable),
        choices=tuple(Choice(name, rung_label(name), usable[name].words) for name in ways(state)),
        problem=state.problem,
        lines=state.checks,
    )


def _not_here(rung: Rung) -> str:
    label = rung_label(rung.name)
    words = _("Not here: {rung} ({reason})")
    return words.format(rung=label[:1].lower() + label[1:], reason=rung.words)


def _passphrase(state: State) -> Question:
    if state.wants == "keyring-password":
        title = _("What is the password of your session on this computer?")
        why = _("It opens the keyring, where the mail password will be kept.")
        then = _("It goes to the keyring only. Left empty, the computer asks by itself.")
    elif state.wants == "passphrase":
        title = _("What is the passphrase of the sealed file?")
        why = _("The file already holds a password; the new one goes beside it.")
        then = _("It stays in memory until acterm ends.")
    else:
        title = _("Which passphrase shall seal the file?")
        why = _("acterm asks for it at each start. Without it nobody reads the password.")
        then = _("It is stored nowhere: a lost one cannot be found again.")
    return Question(title, Kind.SECRET, why=why, then=then, problem=state.problem)


def _again(state: State) -> Question:
    return Question(
        _("Once more, the same passphrase?"),
        Kind.SECRET,
        why=_("A slip of the finger would lock the file for good."),
        problem=state.problem,
    )


def _keeping(state: State) -> Question:
    return Question(_("Keeping the account…"), Kind.WAIT, lines=state.checks)


def _kept(state: State) -> Question:
    kept = _("Password kept: {rung}").format(rung=rung_label(state.rung))
    facts = (state.address,) if state.passcode else (state.address, kept)
    return Question(_("You are connected."), Kind.END, facts=facts)


def _unlocking(state: State) -> Question:
    return Question(
        _(_UNLOCKING[state.wanted]),
        Kind.SECRET,
        why=_("acterm cannot connect without it."),
        then=_("It stays in memory until acterm ends."),
        facts=(state.address,),
        problem=state.problem,
    )


_UNLOCKING = {
    "passphrase": N_("What is the passphrase of the sealed file?"),
    "keyring-password": N_("What is the password of your session on this computer?"),
    "passcode": N_("What is your passcode?"),
}
_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.ADDRESS: _address,
    Stage.SERVERS: _servers,
    Stage.PROBING: _probing,
    Stage.IMAP: _imap,
    Stage.SMTP: _smtp,
    Stage.LOGIN: _login,
    Stage.NAME: _name,
    Stage.SECRET: _secret,
    Stage.CHECKING: _checking,
    Stage.REFUSED: _refused,
    Stage.RUNG: _rung,
    Stage.PASSPHRASE: _passphrase,
    Stage.AGAIN: _again,
    Stage.KEEPING: _keeping,
    Stage.KEPT: _kept,
    Stage.UNLOCKING: _unlocking,
}
