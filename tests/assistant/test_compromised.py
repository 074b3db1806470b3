"""A stolen account, step by step, without a server."""

from datetime import date

import pytest

from acterm.assistant.compromised import FLOW
from acterm.assistant.compromised.steps import (
    ORDER,
    Stage,
    State,
    answered,
    back,
    heard,
    start,
)
from acterm.assistant.flow import GoTo, Kind, Leave, Question, Start, Turn, Write
from acterm.engine.messages.assistant import LookAtSent, SaveText, SentSeen, TextSaved
from acterm.engine.messages.base import Failed
from acterm.engine.messages.rules import (
    ActivateScript,
    PutScript,
    ReadRules,
    RemoveScript,
    RulesFailed,
    RulesTrouble,
)
from acterm.mail.sieve.plan import Script
from acterm.mail.sieve.script import Absence, Rules
from acterm.mail.signs.sent_signs import SentMail, signs
from acterm.secret import Secret
from tests.assistant.scripts import ACCOUNT, NOW, ours, read

THIEF = Script(
    "roundcube", b'# par d\xc3\xa9faut\r\nredirect :copy "voleur@ailleurs.example";\r\n', True
)
NIGHT = SentMail(7, int(NOW) - 10 * 3600, 45, "Facture")
_SPACES = str.maketrans("\u00a0\u202f", "  ")


def _begun() -> State:
    return start(Start(account=ACCOUNT, now=NOW)).state


def _at(stage: Stage) -> State:
    """At a step, what is read on the way being read."""
    turn: Turn[State] = Turn(_begun())
    while turn.state.stage is not stage:
        turn = answered(turn.state, choice="" if turn.state.stage is Stage.NOTICED else "next")
        if turn.state.stage is Stage.RULES:
            turn = heard(turn.state, read(THIEF))
        elif turn.state.stage is Stage.SENT:
            turn = heard(turn.state, SentSeen(1, signs([NIGHT])))
    return turn.state


def _asks(state: State) -> Question:
    return FLOW.question(state)


def _title(state: State) -> str:
    return _asks(state).title.translate(_SPACES)


def test_the_password_comes_first() -> None:
    state = _begun()
    assert "mot de passe" in _title(state)
    assert _asks(state).choices[0].key == "lost_password"
    assert answered(state, choice="lost_password").onward == GoTo("lost_password")
    after = answered(state, choice="changed").state
    assert after.stage is Stage.NOTICED
    assert after.notes == ("J’ai changé le mot de passe.",)


def test_what_was_noticed_goes_into_the_journal() -> None:
    turn = answered(_at(Stage.NOTICED), "Lundi soir, des mails\nque je n’ai pas écrits.")
    assert turn.state.stage is Stage.RULES
    assert turn.commands == (ReadRules(ACCOUNT.id),)
    assert "que je n’ai pas écrits." in turn.state.notes[0]


def test_nothing_noticed_is_fine_and_a_numen_is_not() -> None:
    assert answered(_at(Stage.NOTICED), "").state.stage is Stage.RULES
    refused = answered(_at(Stage.NOTICED), "on m’a pris 20E9501234ABC").state
    assert refused.stage is Stage.NOTICED
    assert refused.notes == ()
    assert "NUMEN" in _asks(refused).problem


def test_forwarding_is_seen_and_said() -> None:
    state = _at(Stage.RULES)
    assert "envoient vos mails ailleurs" in _title(state)
    assert "voleur@ailleurs.example" in _asks(state).facts[0]
    assert [choice.key for choice in _asks(state).choices] == ["script:0", "next"]
    assert "sortent" in _asks(state).choices[0].words


def test_rules_can_be_looked_at_deleted_and_brought_back() -> None:
    state = answered(_at(Stage.RULES), choice="script:0").state
    assert any("redirect" in line for line in _asks(state).facts)
    turn = answered(state, choice="remove")
    assert turn.commands == (RemoveScript(ACCOUNT.id, "roundcube"),)
    after = heard(turn.state, read()).state
    assert "aucune règle" in _title(after)
    assert "redirect :copy" in after.notes[-2] + after.notes[-1]
    undo = answered(after, choice="undo")
    assert undo.commands == (PutScript(ACCOUNT.id, THIEF),)


def test_rules_can_only_be_switched_off() -> None:
    state = answered(_at(Stage.RULES), choice="script:0").state
    turn = answered(state, choice="switch-off")
    assert turn.commands == (ActivateScript(ACCOUNT.id, ""),)
    after = heard(turn.state, read(Script(THIEF.name, THIEF.source, False))).state
    assert answered(after, choice="undo").commands == (ActivateScript(ACCOUNT.id, "roundcube"),)


def test_rules_of_ones_own_are_kept() -> None:
    state = answered(_at(Stage.RULES), choice="script:0").state
    turn = answered(state, choice="keep")
    assert (turn.commands, turn.state.stage) == ((), Stage.RULES)


@pytest.mark.parametrize(
    "trouble", [RulesTrouble.NO_SERVER, RulesTrouble.SIGN_IN, RulesTrouble.PASSCODE]
)
def test_rules_that_cannot_be_read_stop_nothing(trouble: RulesTrouble) -> None:
    state = answered(_at(Stage.NOTICED), "").state
    state = heard(state, RulesFailed(ACCOUNT.id, trouble, "Non.")).state
    assert "next" in [choice.key for choice in _asks(state).choices]
    turn = answered(state, choice="next")
    assert turn.state.stage is Stage.SENT
    assert turn.commands == (LookAtSent(ACCOUNT.id),)


def test_a_passcode_for_the_rules_is_not_in_the_journal() -> None:
    state = answered(_at(Stage.NOTICED), "").state
    state = heard(state, RulesFailed(ACCOUNT.id, RulesTrouble.PASSCODE, "x")).state
    assert _asks(state).kind is Kind.SECRET
    turn = answered(state, Secret("1234567890"))
    assert turn.commands == (ReadRules(ACCOUNT.id, Secret("1234567890")),)
    assert "1234567890" not in str(FLOW.kept and FLOW.kept(turn.state))


def test_strange_sent_mails_are_listed_with_their_hour_and_number() -> None:
    state = _at(Stage.SENT)
    assert "1 regardé" in _asks(state).facts[0]
    assert "45 personnes" in _asks(state).facts[1]
    assert "03:00" in _asks(state).facts[1]
    assert "Facture" in state.notes[-1]
    assert "de moi" in answered(state, choice="mine").state.notes[-1]


def test_the_server_tells_no_sign_ins_and_the_flow_says_so() -> None:
    assert "ne le dit pas" in _title(_at(Stage.SIGN_INS))


def test_correspondents_are_warned_by_a_mail_without_a_link() -> None:
    turn = answered(_at(Stage.WARN), choice="write")
    assert isinstance(turn.onward, Write)
    draft = turn.onward.draft
    assert (draft.to, draft.cc, draft.bcc) == ("", "", "")
    assert "http" not in draft.body
    assert draft.body.endswith("Camille Lefèvre\n")


def test_whom_to_call_has_its_confidence_and_the_report_the_journal() -> None:
    state = _at(Stage.CALL)
    facts = "\n".join(_asks(state).facts).translate(_SPACES)
    assert "03 22 82 38 23" in facts
    assert "à vérifier" in facts
    assert "dpd@region-academique-hauts-de-france.fr (à vérifier)" in facts
    turn = answered(state, choice="help")
    assert isinstance(turn.onward, Write)
    assert "voleur@ailleurs.example" in turn.onward.draft.body
    assert answered(state, choice="contacts").onward == GoTo("contacts")


def test_the_law_is_told_with_its_articles() -> None:
    facts = " ".join(_asks(_at(Stage.LAW)).facts)
    for source in ("323-1", "226-4-1", "RGPD, art. 33", "L121-7", "F34010"):
        assert source in facts


def test_the_journal_is_saved_as_a_dated_text() -> None:
    state = _at(Stage.JOURNAL)
    (command,) = answered(state, choice="save").commands
    assert isinstance(command, SaveText)
    assert command.name == "journal-compte-2026-11-24.txt"
    text = command.text.translate(_SPACES)
    assert "mardi 24 novembre 2026, 13:00 (heure de Paris)" in text
    assert "voleur@ailleurs.example" in text
    saved = heard(state, TextSaved("/home/x/Documents/journal.txt")).state
    assert "journal.txt" in _asks(saved).facts[0]
    failed = heard(state, Failed("Disque plein.", "Faites de la place.")).state
    assert "Disque plein" in _asks(failed).problem
    assert answered(state, choice="leave").onward == Leave()


def test_the_flow_is_taken_up_again_where_it_was_with_its_journal() -> None:
    state = _at(Stage.SIGN_INS)
    assert FLOW.kept is not None
    assert FLOW.resumed is not None
    left = FLOW.kept(state)
    again = FLOW.resumed(Start(account=ACCOUNT, now=NOW + 86_400), left).state
    assert (again.stage, again.notes[:-1]) == (state.stage, state.notes)
    assert "mercredi 25 novembre 2026" in again.notes[-1]
    rules = FLOW.resumed(Start(account=ACCOUNT, now=NOW), {"stage": "rules", "notes": ""})
    assert rules.commands == (ReadRules(ACCOUNT.id),)
    assert FLOW.resumed(Start(now=NOW), {"stage": "banane"}).state.stage is Stage.PASSWORD
    assert FLOW.kept(_begun()) == {}


def test_without_an_account_every_step_still_advises() -> None:
    state = start(Start(now=NOW)).state
    for stage in ORDER[1:]:
        turn = answered(state, choice="next" if state.stage is not Stage.NOTICED else "")
        assert turn.commands == ()
        state = turn.state
        assert state.stage is stage
        assert _asks(state).title
        assert not {"write", "help", "draft"} & {choice.key for choice in _asks(state).choices}


def test_a_hostile_script_is_clean_on_screen_and_in_the_journal() -> None:
    script = Script("\x1b[2Jx\u202e", b'redirect "a\x1b]52;c;eA==\x07@b.example";\xff', True)
    state = heard(answered(_at(Stage.NOTICED), "").state, read(script)).state
    look = answered(state, choice="script:0").state
    removed = answered(look, choice="remove").state
    shown = (*_asks(state).facts, *_asks(look).facts, _title(look), *removed.notes)
    for unsafe in ("\x1b", "\x07", "\u202e", "\udcff"):
        assert all(unsafe not in line for line in shown)


def test_every_step_leads_back() -> None:
    state, seen = _at(Stage.JOURNAL), []
    while back(state) != state:
        state = back(state)
        seen.append(state.stage)
    assert seen == list(reversed(ORDER[:-1]))


def test_a_long_script_leaves_room_for_the_ways_on_and_is_readable() -> None:
    absent = Absence("Je suis en congé. " * 40, first=date(2026, 12, 19), last=date(2027, 1, 5))
    state = heard(answered(_at(Stage.NOTICED), "").state, read(ours(Rules(absence=absent)))).state
    facts = _asks(answered(state, choice="script:0").state).facts
    assert len(facts) <= 10
    assert all(len(line) <= 76 for line in facts)
    assert any("vacation" in line for line in facts)
    assert not any("acterm:" in line for line in facts)
