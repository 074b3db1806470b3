"""The flow of passcodes: explained, enrolled only after a warning, a code that is given once."""

import time
from dataclasses import replace

from acterm.assistant import menu
from acterm.assistant.flow import Kind, Start, Turn
from acterm.assistant.passcode import FLOW
from acterm.assistant.passcode.steps import Stage, State
from acterm.engine.messages.account import AskRungs, Rung, Rungs
from acterm.engine.messages.assistant import (
    AskOtp,
    ForgetOtp,
    KeepOtp,
    OtpCode,
    OtpFailed,
    OtpKept,
    OtpRead,
    ReadOtpPicture,
)
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

URI = "otpauth://totp/Acad%C3%A9mie:clefevre?secret=JBSWY3DPEHPK3PXP"
_ACCOUNT = Account(
    id=7,
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    imap=Server("imap.ac-amiens.fr", 993),
    smtp=Server("smtp.ac-amiens.fr", 465),
)
_SEALED = Rung("sealed-file", True, "", wants="new-passphrase")
_SESSION = Rung("session", True, "")


def _chosen(*choices: str) -> Turn[State]:
    turn = FLOW.start(Start(account=_ACCOUNT))
    for choice in choices:
        turn = FLOW.answered(turn.state, choice=choice)
    return turn


def _asked_for_rung() -> State:
    typed = FLOW.answered(_chosen("warning", "typed").state, Secret(URI))
    assert typed.commands == (AskRungs(),)
    return FLOW.heard(typed.state, Rungs((_SEALED, _SESSION))).state


def test_it_is_the_flow_of_the_menu() -> None:
    assert menu.flow("passcode") is FLOW


def test_without_an_account_there_is_only_what_to_read() -> None:
    asked = FLOW.question(FLOW.start(Start()).state)
    assert [choice.key for choice in asked.choices] == ["about"]
    about = FLOW.question(FLOW.answered(FLOW.start(Start()).state, choice="about").state)
    assert any("1234567890" in fact for fact in about.facts)


def test_the_key_is_enrolled_only_after_it_was_told_why_not_to() -> None:
    asked = FLOW.question(_chosen("warning").state)
    assert asked.choices[0].key == "menu"
    assert "les deux" in asked.facts[0]


def test_a_typed_key_goes_to_the_vault_and_out_of_the_state() -> None:
    choosing = _asked_for_rung()
    assert FLOW.question(choosing).facts[0] == "Clé de\u00a0: Académie:clefevre"
    assert "JBSWY" not in repr(choosing) + repr(FLOW.question(choosing))
    turn = FLOW.answered(choosing, choice="session")
    assert turn.commands == (KeepOtp(7, Secret(URI), "session", None),)
    kept = FLOW.heard(turn.state, OtpKept(7, "session")).state
    assert kept.stage is Stage.KEPT
    assert not kept.key


def test_the_sealed_file_asks_for_its_passphrase_twice() -> None:
    state = FLOW.answered(_asked_for_rung(), choice="sealed-file").state
    assert FLOW.question(state).kind is Kind.SECRET
    state = FLOW.answered(state, Secret("court")).state
    assert "8 caractères" in FLOW.question(state).problem
    state = FLOW.answered(state, Secret("quatre mots sans lien")).state
    wrong = FLOW.answered(state, Secret("quatre mots avec lien")).state
    assert (wrong.stage, bool(wrong.passphrase)) == (Stage.PASSPHRASE, False)
    turn = FLOW.answered(state, Secret("quatre mots sans lien"))
    expected = KeepOtp(7, Secret(URI), "sealed-file", Secret("quatre mots sans lien"))
    assert turn.commands == (expected,)


def test_what_is_no_key_is_told_without_being_repeated() -> None:
    state = FLOW.answered(_chosen("warning", "typed").state, Secret("pas une clé")).state
    assert state.stage is Stage.TYPED
    assert state.problem
    assert "pas une clé" not in FLOW.question(state).problem


def test_the_key_may_come_from_a_picture() -> None:
    turn = FLOW.answered(_chosen("warning", "picture").state, "  '/tmp/code.png' ")
    assert turn.commands == (ReadOtpPicture("/tmp/code.png"),)  # noqa: S108 (a path as typed)
    failed = FLOW.heard(turn.state, OtpFailed("Aucun QR code.", "Prenez-en une autre.")).state
    assert FLOW.question(failed).problem == "Aucun QR code. Prenez-en une autre."
    assert failed.stage is Stage.PICTURE
    assert FLOW.heard(turn.state, OtpRead(Secret(URI))).commands == (AskRungs(),)


def test_the_code_is_shown_until_it_ends_and_copied() -> None:
    turn = _chosen("code")
    assert turn.commands == (AskOtp(7),)
    until = time.time() + 20
    shown = FLOW.heard(turn.state, OtpCode(7, Secret("123456"), until, "juste")).state
    asked = FLOW.question(shown)
    assert (asked.copy, asked.until, asked.facts[0]) == ("123456", until, "123 456")
    assert "123" not in repr(shown) + repr(asked)


def test_a_code_that_has_ended_is_not_shown_any_more() -> None:
    shown = FLOW.heard(_chosen("code").state, OtpCode(7, Secret("123456"), 1000.0)).state
    asked = FLOW.question(shown)
    assert (asked.copy, asked.until) == ("", 0.0)
    assert "expiré" in asked.title
    assert asked.choices[0].key == "code"
    assert FLOW.answered(shown, choice="code").commands == (AskOtp(7),)


def test_a_code_that_ends_before_it_can_be_typed_is_not_shown() -> None:
    until = time.time() + 1.5
    late = OtpCode(7, Secret("123456"), until)
    shown = FLOW.heard(_chosen("code").state, late).state
    asked = FLOW.question(shown)
    assert (asked.copy, asked.until) == ("", until)
    assert "avant qu’on puisse le taper" in asked.title
    assert "123" not in "".join(asked.facts)
    asked = FLOW.question(replace(shown, until=until - 2))
    assert "Le code suivant est là" in asked.title
    assert asked.choices[0].key == "code"


def test_a_code_that_was_given_is_waited_out() -> None:
    until = time.time() + 20
    asked = FLOW.question(FLOW.heard(_chosen("code").state, OtpCode(7, Secret(""), until)).state)
    assert (asked.copy, asked.until) == ("", until)
    assert "déjà été donné" in asked.title


def test_a_locked_vault_asks_for_what_opens_it() -> None:
    locked = FLOW.heard(_chosen("code").state, OtpFailed("Verrouillé.", wants="passphrase")).state
    assert (locked.stage, locked.problem) == (Stage.UNLOCK, "")
    turn = FLOW.answered(locked, Secret("quatre mots sans lien"))
    assert turn.commands == (AskOtp(7, Secret("quatre mots sans lien")),)
    again = FLOW.heard(turn.state, OtpFailed("Ce n’est pas la bonne.")).state
    assert (again.stage, again.problem) == (Stage.UNLOCK, "Ce n’est pas la bonne.")


def test_no_key_is_said_on_the_first_page() -> None:
    state = FLOW.heard(_chosen("code").state, OtpFailed("Aucune clé.", wants="key")).state
    assert (state.stage, FLOW.question(state).problem) == (Stage.MENU, "Aucune clé.")
    assert _chosen("forget").commands == (ForgetOtp(7),)


def test_every_way_back_forgets_what_was_secret() -> None:
    choosing = _asked_for_rung()
    assert not FLOW.back(choosing).key
    assert FLOW.back(_chosen("warning", "typed").state).stage is Stage.WARNING
    shown = FLOW.heard(_chosen("code").state, OtpCode(7, Secret("123456"), 0.0)).state
    assert not FLOW.back(shown).code
    assert FLOW.kept is None
