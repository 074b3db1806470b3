"""Compte piraté: the password first, then what a thief leaves behind, whom to tell, a journal.

Nothing is decided here without the person: rules are shown, and removed only when they say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from acterm.academy import numen
from acterm.assistant.compromised import journal
from acterm.assistant.flow import GoTo, Leave, Start, Turn, Write
from acterm.assistant.server_rules import visit as server
from acterm.assistant.server_rules.visit import Moved, Phase, Visit
from acterm.engine.messages.assistant import LookAtSent, SaveText, SentSeen, TextSaved
from acterm.engine.messages.base import Event, Failed
from acterm.engine.messages.rules import ActivateScript, PutScript, RemoveScript
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.draft import Draft
from acterm.mail.sieve.plan import Script
from acterm.mail.signs.sent_signs import SentSigns
from acterm.secret import Secret

_LONGEST = 4000
SCRIPT = "script:"


class Stage(StrEnum):
    """The steps, in the order in which they matter. SCRIPT looks at one script of RULES."""

    PASSWORD = "password"  # noqa: S105 (a stage)
    NOTICED = "noticed"
    RULES = "rules"
    SCRIPT = "script"
    SENT = "sent"
    SIGN_INS = "sign-ins"
    WARN = "warn"
    CALL = "call"
    LAW = "law"
    JOURNAL = "journal"


ORDER = tuple(stage for stage in Stage if stage is not Stage.SCRIPT)


@dataclass(frozen=True, slots=True)
class State:
    """`notes` are the lines of the journal; `script` is the name of the one that is looked at."""

    begun: Start
    visit: Visit = Visit()  # noqa: RUF009 (frozen)
    stage: Stage = Stage.PASSWORD
    notes: tuple[str, ...] = ()
    script: str = ""
    sent: SentSigns | None = None
    saved: str = ""
    problem: str = ""

    @property
    def shown(self) -> Script | None:
        """The script that is looked at."""
        return next((one for one in self.visit.scripts if one.name == self.script), None)


def start(given: Start) -> Turn[State]:
    """Begin with the password: as long as the old one works, nothing else lasts."""
    return Turn(State(given))


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    if state.stage is Stage.RULES:
        return _rules_ways(state)
    if state.stage is Stage.SCRIPT:
        active = state.shown is not None and state.shown.active
        return ("remove", "switch-off", "keep") if active else ("remove", "keep")
    if state.stage is Stage.SENT and state.sent is None and state.begun.account:
        return ("next",)
    found = _WAYS[state.stage]
    if state.begun.account is None:
        found = tuple(way for way in found if way not in ("write", "help", "draft"))
    return found


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """One step on; the visit at the server answers its own questions."""
    if choice and choice not in ways(state):
        return Turn(state)
    visiting = state.stage is Stage.RULES and state.visit.phase is not Phase.READY
    if visiting and choice not in ("next", "leave"):
        return _turn(state, server.answered(state.visit, answer, choice))
    choice = choice or next(iter(ways(state)), "")
    calm = replace(state, problem="")
    try:
        return _ANSWERS[state.stage](calm, "" if isinstance(answer, Secret) else answer, choice)
    except UsageError as problem:
        return Turn(replace(state, problem=str(problem)))


def heard(state: State, event: Event) -> Turn[State]:
    """What the server's rules are, what was sent, where the journal is."""
    if isinstance(event, SentSeen) and state.stage is Stage.SENT:
        return Turn(_noted(replace(state, sent=event.found), journal.sent(event.found)))
    if isinstance(event, TextSaved) and state.stage is Stage.JOURNAL:
        return Turn(replace(state, saved=event.path))
    if isinstance(event, Failed) and state.stage is Stage.JOURNAL:
        return Turn(replace(state, problem=f"{event.title} {event.advice}".rstrip()))
    visit = server.heard(state.visit, event)
    if visit is state.visit:
        return Turn(state)
    told = replace(state, visit=visit)
    if visit.phase is Phase.READY and not visit.problem:
        told = _noted(told, journal.scripts(visit.scripts))
    return Turn(told)


def back(state: State) -> State:
    """The step before."""
    if state.stage is Stage.SCRIPT:
        return replace(state, stage=Stage.RULES)
    if state.stage is Stage.RULES and state.visit.phase is Phase.SERVER:
        return replace(state, visit=server.back(state.visit))
    before = ORDER[max(ORDER.index(state.stage) - 1, 0)]
    return replace(state, stage=before, problem="")


def kept(state: State) -> Mapping[str, str]:
    """The step and the journal; the journal holds no secret, it is there to be handed in."""
    if state.stage is Stage.PASSWORD and not state.notes:
        return {}
    return {"stage": state.stage, "notes": "\n\n".join(state.notes)}


def resumed(given: Start, left: Mapping[str, str]) -> Turn[State]:
    """At the step that was left."""
    notes = tuple(note for note in left.get("notes", "").split("\n\n") if note)
    stage = left.get("stage", "")
    known = Stage(stage) if stage in tuple(Stage) else Stage.PASSWORD
    at = Stage.RULES if known is Stage.SCRIPT else known
    return _entered(_noted(State(given, notes=notes), journal.taken_up(given)), at)


_WAYS = {
    Stage.PASSWORD: ("lost_password", "changed", "next"),
    Stage.NOTICED: (),
    Stage.SENT: ("next", "mine"),
    Stage.SIGN_INS: ("next",),
    Stage.WARN: ("write", "next"),
    Stage.CALL: ("help", "contacts", "next"),
    Stage.LAW: ("next",),
    Stage.JOURNAL: ("save", "draft", "leave"),
}


def _rules_ways(state: State) -> tuple[str, ...]:
    visit = state.visit
    if visit.phase in (Phase.WAITING, Phase.SECRET, Phase.SERVER):
        return ("next",)
    if visit.phase is not Phase.READY:
        return ("next", *(way for way in server.ways(visit) if way != "leave"))
    undo = ("undo",) if visit.undo else ()
    numbered = [(f"{SCRIPT}{number}", one) for number, one in enumerate(visit.scripts)]
    leaking = tuple(key for key, script in numbered if journal.is_forwarding(script))
    others = tuple(key for key, script in numbered if key not in leaking)
    return (*leaking, "next", *undo, *others)


def _turn(state: State, moved: Moved) -> Turn[State]:
    return Turn(replace(state, visit=moved.visit), moved.commands, moved.onward)


def _entered(state: State, stage: Stage) -> Turn[State]:
    """On to a step; two of them look at something first."""
    at = replace(state, stage=stage, problem="")
    account = state.begun.account
    if stage is Stage.RULES and at.visit.phase is not Phase.READY:
        return _turn(at, server.begin(state.begun))
    if stage is Stage.SENT and account is not None and at.sent is None:
        return Turn(at, (LookAtSent(account.id),))
    return Turn(at)


def _next(state: State) -> Turn[State]:
    return _entered(state, ORDER[ORDER.index(state.stage) + 1])


def _noted(state: State, *notes: str) -> State:
    new = tuple(note for note in notes if note and note not in state.notes)
    return replace(state, notes=state.notes + new)


def _noticed(state: State, answer: str, _choice: str) -> Turn[State]:
    text = clean(answer).strip()
    if numen.find(text):
        raise UsageError(_("The text contains a NUMEN: it has no place in a journal."))
    if len(text) > _LONGEST:
        raise UsageError(_("A few lines are enough."))
    note = journal.noticed(text) if text else ""
    return _next(_noted(state, note))


def _password(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "lost_password":
        return Turn(state, onward=GoTo("lost_password"))
    return _next(_noted(state, journal.password()) if choice == "changed" else state)


def _rules(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "undo":
        return _turn(state, server.undone(state.visit))
    if choice.startswith(SCRIPT):
        name = state.visit.scripts[int(choice.removeprefix(SCRIPT))].name
        return Turn(replace(state, stage=Stage.SCRIPT, script=name))
    return _next(state)


def _script(state: State, _answer: str, choice: str) -> Turn[State]:
    at, script, account = replace(state, stage=Stage.RULES), state.shown, state.begun.account
    if choice == "keep" or script is None or account is None:
        return Turn(at)
    if choice == "remove":
        undo = PutScript(account.id, script)
        moved = server.submitted(state.visit, RemoveScript(account.id, script.name), undo)
        return _turn(_noted(at, journal.removed(script)), moved)
    back_on = ActivateScript(account.id, script.name)
    moved = server.submitted(state.visit, ActivateScript(account.id, ""), back_on)
    return _turn(_noted(at, journal.switched_off(script)), moved)


def _sent(state: State, _answer: str, choice: str) -> Turn[State]:
    return _next(_noted(state, journal.mine()) if choice == "mine" else state)


def _warn(state: State, _answer: str, choice: str) -> Turn[State]:
    account = state.begun.account
    if choice != "write" or account is None:
        return _next(state)
    draft = Draft(account.id, subject=journal.warning_subject(), body=journal.warning(account))
    return Turn(_noted(state, journal.warned()), onward=Write(draft))


def _call(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "contacts":
        return Turn(state, onward=GoTo("contacts"))
    return Turn(state, onward=Write(_report(state))) if choice == "help" else _next(state)


def _law(state: State, _answer: str, _choice: str) -> Turn[State]:
    return _next(state)


def _journal(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "leave":
        return Turn(State(state.begun), onward=Leave())
    if choice == "draft":
        return Turn(state, onward=Write(_report(state)))
    text = journal.whole(state.begun, state.notes)
    return Turn(state, (SaveText(journal.file_name(state.begun), text),))


def _report(state: State) -> Draft:
    account = state.begun.account
    text = journal.report(state.begun, state.notes)
    to = journal.help_desk(state.begun.academy)
    return Draft(account.id if account else 0, to=to, subject=journal.report_subject(), body=text)


_ANSWERS: dict[Stage, Callable[[State, str, str], Turn[State]]] = {
    Stage.PASSWORD: _password,
    Stage.NOTICED: _noticed,
    Stage.RULES: _rules,
    Stage.SCRIPT: _script,
    Stage.SENT: _sent,
    Stage.SIGN_INS: _law,
    Stage.WARN: _warn,
    Stage.CALL: _call,
    Stage.LAW: _law,
    Stage.JOURNAL: _journal,
}
