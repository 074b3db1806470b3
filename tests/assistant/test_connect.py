"""The Connexion flow from the first question to a kept account, without a screen or a server."""

from dataclasses import replace

import pytest

from acterm.assistant.connect import FLOW
from acterm.assistant.connect.events import heard
from acterm.assistant.connect.state import Stage, State, start
from acterm.assistant.connect.steps import answered, back
from acterm.assistant.flow import Kind, Turn
from acterm.config import AccountConfig
from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    AddAccount,
    AskRungs,
    CheckAccount,
    CheckStep,
    FindServers,
    Rung,
    Rungs,
    ServersFound,
    Step,
    StepState,
)
from acterm.engine.messages.base import Event, Failed
from acterm.secret import Secret
from acterm.server import Security, Server

ADDRESS = "camille.lefevre@ac-amiens.fr"
PASSWORD = Secret("Craie-bleue-12")
LADDER = Rungs(
    (
        Rung("keyring", False, "aucun trousseau ne fonctionne dans cette session"),
        Rung("sealed-file", True, "un fichier", wants="new-passphrase"),
        Rung("session", True, "jusqu’à la fermeture"),
    )
)


def _through(state: State, *answers: str | Secret) -> Turn[State]:
    turn: Turn[State] = Turn(state)
    for answer in answers:
        turn = answered(turn.state, answer)
    return turn


def _hearing(state: State, *events: Event) -> Turn[State]:
    turn: Turn[State] = Turn(state)
    for event in events:
        turn = heard(turn.state, event)
    return turn


@pytest.fixture
def asked_for_the_password() -> State:
    """An Amiens teacher who has said yes to everything so far."""
    return _through(start(), ADDRESS, "", "clefevre", "Camille Lefèvre").state


@pytest.fixture
def checking(asked_for_the_password: State) -> State:
    """The password is given, the check runs."""
    return answered(asked_for_the_password, PASSWORD).state


@pytest.fixture
def choosing(checking: State) -> State:
    """The check went well, the ladder is known."""
    return _hearing(checking, AccountChecked(accepted=True), LADDER).state


def test_an_amiens_address_fills_in_the_servers() -> None:
    state = answered(start(), f" {ADDRESS} ").state
    assert state.stage is Stage.SERVERS
    assert state.imap == Server("imap.ac-amiens.fr", 993, Security.TLS)
    assert state.smtp == Server("smtp.ac-amiens.fr", 465, Security.TLS)
    question = FLOW.question(state)
    assert "Académie\u00a0: Amiens" in question.facts
    assert "Réception\u00a0: imap.ac-amiens.fr:993 (TLS), à vérifier" in question.facts
    assert question.choices[0].key == "use"


def test_the_identifiant_is_proposed_and_asked_all_the_same() -> None:
    turn = _through(start(), ADDRESS, "")
    assert turn.state.stage is Stage.LOGIN
    assert FLOW.question(turn.state).value == "clefevre"
    assert turn.commands == ()


@pytest.mark.parametrize("typed", ["", "camille.lefevre", "a@", "@x.test", "a b@x.test", "a@b@c"])
def test_what_is_no_address_is_asked_again(typed: str) -> None:
    state = answered(start(), typed).state
    assert state.stage is Stage.ADDRESS
    assert "adresse mail entière" in FLOW.question(state).problem


def test_a_slip_in_the_academie_is_questioned_once() -> None:
    slip = "camille.lefevre@ac-amien.fr"
    state = answered(start(), slip).state
    assert (state.stage, state.imap) == (Stage.ADDRESS, None)
    assert "ac-amiens.fr" in state.problem
    assert answered(state, slip).state.stage is Stage.SERVERS
    assert answered(state, ADDRESS).state.imap is not None


@pytest.mark.parametrize("domain", ["ac-cned.fr", "region-academique-corse.fr", "ecole.test"])
def test_a_domain_that_is_right_or_far_from_any_is_not_questioned(domain: str) -> None:
    assert answered(start(), f"paul.martin@{domain}").state.stage is Stage.SERVERS


def test_unknown_servers_are_looked_for_only_when_the_person_says_so() -> None:
    turn = answered(start(), "paul.martin@ac-nice.fr")
    assert turn.commands == ()
    assert FLOW.question(turn.state).choices[0].key == "probe"
    turn = answered(turn.state, choice="probe")
    assert turn.commands == (FindServers("paul.martin@ac-nice.fr"),)
    assert FLOW.question(turn.state).kind is Kind.WAIT
    imap, smtp = Server("imap.ac-nice.fr", 993), Server("smtps.ac-nice.fr", 465)
    found = heard(turn.state, ServersFound("paul.martin@ac-nice.fr", imap, smtp)).state
    assert (found.imap, found.smtp) == (imap, smtp)
    facts = FLOW.question(found).facts
    assert "Réception\u00a0: imap.ac-nice.fr:993 (TLS), à vérifier" in facts


def test_what_is_known_stays_when_only_the_rest_is_found() -> None:
    state = answered(start(), "paul.martin@ac-nantes.fr").state
    state = answered(state, choice="probe").state
    imap, other = Server("imap.ac-nantes.fr", 993), Server("smtps.ac-nantes.fr", 587)
    state = heard(state, ServersFound("paul.martin@ac-nantes.fr", imap, other)).state
    assert (state.imap, state.smtp) == (imap, Server("smtp.ac-nantes.fr", 465))


def test_servers_that_are_not_found_are_typed() -> None:
    state = answered(start(), "paul.martin@ecole.test").state
    state = answered(state, choice="probe").state
    state = heard(state, ServersFound("paul.martin@ecole.test", None, None)).state
    assert state.problem
    assert FLOW.question(state).choices[0].key == "type"
    state = _through(state, "", "mail.ecole.test", "mail.ecole.test:587").state
    assert state.stage is Stage.LOGIN
    assert state.imap == Server("mail.ecole.test", 993, Security.TLS)
    assert state.smtp == Server("mail.ecole.test", 587, Security.STARTTLS)


def test_a_server_in_clear_is_refused_off_this_machine() -> None:
    state = _through(start(), "paul.martin@ecole.test").state
    state = answered(state, choice="type").state
    state = answered(state, "mail.ecole.test:143 plain").state
    assert state.stage is Stage.IMAP
    assert "lisible en chemin" in state.problem or "tls ou starttls" in state.problem


def test_the_national_mail_takes_the_address_and_asks_for_its_sending_server() -> None:
    state = answered(start(), ADDRESS).state
    state = answered(state, choice="nationale").state
    assert state.imap == Server("imap.education.gouv.fr", 993)
    assert state.smtp is None
    state = answered(state, choice="type").state
    assert state.stage is Stage.SMTP
    state = answered(state, "smtp.example.test").state
    question = FLOW.question(state)
    assert question.value == ADDRESS
    state = _through(state, ADDRESS, "Camille").state
    assert "application" in FLOW.question(state).title


def test_an_academie_that_has_moved_begins_with_the_national_mail() -> None:
    state = answered(start(), "paul.martin@ac-reunion.fr").state
    assert state.profile == "nationale"
    state = answered(state, choice="academique").state
    assert state.imap is None


def test_an_address_in_place_of_the_identifiant_is_questioned_once() -> None:
    state = _through(start(), ADDRESS, "", ADDRESS).state
    assert state.stage is Stage.LOGIN
    assert "n’a pas de @" in state.problem
    assert answered(state, ADDRESS).state.stage is Stage.NAME


def test_the_name_is_proposed_from_the_address_and_may_be_empty() -> None:
    state = _through(start(), ADDRESS, "", "clefevre").state
    assert FLOW.question(state).value == "Camille Lefevre"
    assert answered(state, "").state.account.name == ""


def test_one_password_is_one_check(asked_for_the_password: State) -> None:
    turn = answered(asked_for_the_password, PASSWORD)
    assert turn.commands == (CheckAccount(turn.state.account, PASSWORD),)
    assert turn.state.account.login == "clefevre"
    assert [line.step for line in turn.state.checks] == list(Step)
    assert answered(turn.state, PASSWORD).commands == (), "a second Entrée asks nothing more"


def test_an_empty_password_checks_nothing(asked_for_the_password: State) -> None:
    turn = answered(asked_for_the_password, Secret(""))
    assert (turn.state.stage, turn.commands) == (Stage.SECRET, ())


def test_the_checklist_follows_the_engine(checking: State) -> None:
    state = _hearing(
        checking,
        CheckStep(Step.CONNECTION, StepState.RUNNING, "imap.ac-amiens.fr:993"),
        CheckStep(Step.NAME, StepState.DONE, "imap.ac-amiens.fr"),
    ).state
    lines = {line.step: line for line in FLOW.question(state).lines}
    assert lines[Step.NAME].state is StepState.DONE
    assert lines[Step.CONNECTION].words == "imap.ac-amiens.fr:993"
    assert lines[Step.SENDING].state is StepState.WAITING


def test_a_refused_password_is_not_tried_again_as_it_is(checking: State) -> None:
    turn = _hearing(
        checking,
        CheckStep(Step.SIGN_IN, StepState.FAILED, "Authentication failed."),
        AccountChecked(False, "Refusé : Authentication failed.", "Vérifiez.", 77),
    )
    assert turn.commands == ()
    question = FLOW.question(turn.state)
    assert "Authentication failed." in question.problem
    assert "again" not in [choice.key for choice in question.choices]
    state = answered(turn.state, choice="secret").state
    assert (state.stage, state.secret) == (Stage.SECRET, Secret(""))
    assert answered(turn.state, choice="login").state.stage is Stage.LOGIN


def test_a_server_that_did_not_answer_may_be_tried_again(checking: State) -> None:
    state = _hearing(
        checking,
        CheckStep(Step.CONNECTION, StepState.FAILED, "ne répond pas"),
        AccountChecked(False, "Le serveur ne répond pas.", "", 75),
    ).state
    turn = answered(state, choice="again")
    assert turn.commands == (CheckAccount(state.account, PASSWORD),)


def test_the_place_is_shown_before_the_password_is_kept(checking: State) -> None:
    turn = heard(checking, AccountChecked(accepted=True))
    assert turn.commands == (AskRungs(),)
    turn = heard(turn.state, LADDER)
    question = FLOW.question(turn.state)
    assert turn.commands == ()
    assert [choice.key for choice in question.choices] == ["sealed-file", "session"]
    assert any("Pas ici\u00a0: le trousseau" in fact for fact in question.facts)


def test_an_open_keyring_keeps_the_password_without_a_further_question(checking: State) -> None:
    ladder = Rungs((Rung("keyring", True, "ouvert"), Rung("session", True, "")))
    state = _hearing(checking, AccountChecked(accepted=True), ladder).state
    turn = answered(state)
    assert turn.commands == (AddAccount(state.account, PASSWORD, "keyring", None),)
    kept = heard(turn.state, AccountAdded(1, "keyring")).state
    assert (kept.stage, kept.account_id, kept.secret) == (Stage.KEPT, 1, Secret(""))
    assert any("trousseau" in fact for fact in FLOW.question(kept).facts)


def test_a_new_sealed_file_asks_its_passphrase_twice(choosing: State) -> None:
    state = answered(choosing, choice="sealed-file").state
    assert answered(state, Secret("court")).state.stage is Stage.PASSPHRASE
    state = answered(state, Secret("quatre mots sans lien")).state
    assert state.stage is Stage.AGAIN
    assert answered(state, Secret("autre")).state.stage is Stage.PASSPHRASE
    turn = answered(state, Secret("quatre mots sans lien"))
    (command,) = turn.commands
    assert command == AddAccount(
        state.account, PASSWORD, "sealed-file", Secret("quatre mots sans lien")
    )


def test_a_locked_keyring_asks_for_the_password_of_the_session(checking: State) -> None:
    ladder = Rungs((Rung("keyring", True, "verrouillé", wants="keyring-password"),))
    state = _hearing(checking, AccountChecked(accepted=True), ladder).state
    state = answered(state).state
    assert "session" in FLOW.question(state).title
    turn = answered(state, Secret("Craie-verte-7"))
    assert turn.commands == (
        AddAccount(state.account, PASSWORD, "keyring", Secret("Craie-verte-7")),
    )
    wrong = heard(turn.state, Failed("Ce mot de passe n’ouvre pas le trousseau.", "")).state
    assert wrong.stage is Stage.PASSPHRASE
    assert "n’ouvre pas" in wrong.problem


def test_a_rung_that_does_not_hold_leads_back_to_the_others(checking: State) -> None:
    ladder = Rungs((Rung("keyring", True, "ouvert"), Rung("session", True, "")))
    state = _hearing(checking, AccountChecked(accepted=True), ladder).state
    state = heard(answered(state).state, Failed("Le trousseau refuse.", "")).state
    assert (state.stage, state.problem) == (Stage.RUNG, "Le trousseau refuse.")


def test_a_passcode_is_used_once_and_not_kept(asked_for_the_password: State) -> None:
    state = answered(asked_for_the_password, choice="passcode").state
    assert "PIN" in FLOW.question(state).why
    turn = answered(state, Secret("1984654321"))
    assert turn.state.account.passcode
    turn = heard(turn.state, AccountChecked(accepted=True))
    assert [type(command) for command in turn.commands] == [AddAccount]
    kept = heard(turn.state, AccountAdded(1, "session")).state
    assert FLOW.question(kept).facts == (ADDRESS,)


def test_a_passcode_that_has_served_is_not_tried_again(asked_for_the_password: State) -> None:
    state = answered(asked_for_the_password, choice="passcode").state
    state = answered(state, Secret("1984654321")).state
    state = _hearing(
        state,
        CheckStep(Step.FOLDERS, StepState.FAILED, "perdu"),
        AccountChecked(False, "Le lien est perdu.", "", 75),
    ).state
    assert FLOW.question(state).choices[0].key == "secret"


def test_an_account_of_the_file_is_asked_only_for_what_it_lacks() -> None:
    entry = AccountConfig(
        ADDRESS, imap=Server("imap.test", 993), smtp=Server("smtp.test", 465), name="C. Lefèvre"
    )
    state = start(entry)
    assert (state.stage, state.imap) == (Stage.SERVERS, Server("imap.test", 993))
    assert FLOW.question(_through(state, "", "clefevre").state).value == "C. Lefèvre"


def test_the_command_of_the_file_gives_the_password() -> None:
    entry = AccountConfig(ADDRESS, login="clefevre", password_command=("pass", "academie"))
    turn = _through(start(entry), "", "clefevre", "Camille")
    (command,) = turn.commands
    assert isinstance(command, AddAccount)
    assert (command.account.password_command, command.rung) == (("pass", "academie"), "session")


def test_echap_goes_back_and_forgets_what_was_typed_secretly(choosing: State) -> None:
    state = _through(start(), ADDRESS, "", "clefevre", "Camille").state
    stages = []
    while state.stage is not Stage.ADDRESS:
        state = back(state)
        stages.append(state.stage)
    assert stages == [Stage.NAME, Stage.LOGIN, Stage.SERVERS, Stage.ADDRESS]
    assert back(state) == state
    assert back(choosing) == choosing, "the check is done: there is nothing to take back"
    sealing = answered(choosing, choice="sealed-file").state
    assert back(sealing).secret == PASSWORD


def test_an_answer_or_event_that_does_not_belong_here_changes_nothing(checking: State) -> None:
    assert answered(checking, "x").state == checking
    assert heard(start(), AccountAdded(1, "session")).state == start()
    assert answered(start(), choice="probe").state == start()
    asked = answered(start(), ADDRESS).state
    assert heard(asked, ServersFound(ADDRESS, None, None)).state == asked


def test_no_state_shows_a_secret(choosing: State) -> None:
    assert PASSWORD.reveal() not in repr(choosing)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_question_is_one_title_that_can_be_drawn(choosing: State, stage: Stage) -> None:
    state = replace(choosing, stage=stage, rung="session", wanted="passcode")
    question = FLOW.question(state)
    assert question.title
    if question.kind is Kind.CHOICE:
        assert question.choices or stage is not Stage.RUNG
    if question.kind in (Kind.TEXT, Kind.SECRET):
        assert question.why
    assert answered(replace(choosing, stage=stage)).state.address == ADDRESS


def test_an_account_on_the_national_mail_is_asked_for_its_application_password() -> None:
    from acterm.assistant.connect.state import again
    from acterm.mail.account import Account

    server = Server("imap.education.gouv.fr", 993)
    state = again(Account(ADDRESS, ADDRESS, server, server, id=7))
    assert "application" in FLOW.question(state).title
