"""Connecting: one question at a time, the server's words, the rung before it is used."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    AddAccount,
    AnswerSignIn,
    AskRungs,
    CheckAccount,
    CheckStep,
    GiveSecret,
    Rung,
    Rungs,
    SecretWanted,
    SignInWasRefused,
    Step,
    StepState,
)
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.store import accounts
from acterm.store.db import Store, open_store
from tests.ui.box import Box, opened


@pytest.fixture
def empty(home: Path) -> Iterator[Store]:
    """A store without any account."""
    fresh = open_store()
    yield fresh
    fresh.close()


async def _to_password(box: Box) -> None:
    await box.sees("Quelle est votre adresse mail ?")
    await box.press(*"camille.lefevre@ac-amiens.fr", "enter")
    await box.sees("imap.ac-amiens.fr:993")
    await box.press("enter")
    await box.sees("Quel est votre identifiant ?")
    await box.press("enter")
    await box.press("enter")
    await box.sees("Quel est votre mot de passe ?")


async def test_a_first_account_is_connected(empty: Store) -> None:
    async with opened(empty) as box:
        await _to_password(box)
        await box.press(*"CRAIE")
        await box.sees("Verr. Maj")
        assert "CRAIE" not in box.text
        await box.press("f4")
        await box.sees("CRAIE")
        await box.press("enter")
        (check,) = [one for one in box.submitted if isinstance(one, CheckAccount)]
        assert (check.account.login, check.secret) == ("clefevre", Secret("CRAIE"))
        await box.tell(CheckStep(Step.SIGN_IN, StepState.DONE, "clefevre"))
        await box.sees("✓")
        await box.tell(AccountChecked(True))
        assert AskRungs() in box.submitted
        ladder = (Rung("keyring", False, "pas de D-Bus"), Rung("session", True, "rien sur disque"))
        await box.tell(Rungs(ladder))
        await box.sees("pas de D-Bus")
        assert not any(isinstance(one, AddAccount) for one in box.submitted)
        await box.press("enter")
        (added,) = [one for one in box.submitted if isinstance(one, AddAccount)]
        assert added.rung == "session"
        await box.tell(AccountAdded(1, "session"))
        assert "mot de passe" not in box.text


async def test_a_refusal_shows_the_server_s_words_and_is_not_repeated(empty: Store) -> None:
    async with opened(empty) as box:
        await _to_password(box)
        await box.press(*"faux", "enter")
        await box.tell(
            CheckStep(Step.SIGN_IN, StepState.FAILED, "Authentication failed."),
            AccountChecked(False, "Le serveur refuse.", "Vérifiez."),
        )
        await box.sees("Authentication failed.")
        await box.sees("Le serveur refuse. Vérifiez.")
        assert len([one for one in box.submitted if isinstance(one, CheckAccount)]) == 1


async def test_the_lost_password_begins_with_the_server_s_words(empty: Store) -> None:
    async with opened(empty) as box:
        await _to_password(box)
        await box.press(*"faux", "enter")
        await box.tell(
            CheckStep(Step.SIGN_IN, StepState.FAILED, "Account is locked."),
            AccountChecked(False, "Le serveur refuse."),
        )
        await box.sees("Que faut-il corriger ?")
        await box.press("down", "enter")
        await box.sees("Le serveur dit : « Account is locked. »")
        await box.sees("▌ Mot de passe expiré, ou compte verrouillé")


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("passphrase", "Quelle est la phrase secrète du fichier scellé ?"),
        ("keyring-password", "Quel est le mot de passe de votre session"),
        ("passcode", "Quel est votre passcode ?"),
    ],
)
async def test_what_is_locked_is_asked_for_by_its_name(
    store: Store, inbox: int, kind: str, question: str
) -> None:
    async with opened(store) as box:
        await box.tell(SecretWanted(1, kind))
        await box.press("f2")
        await box.sees(question)
        await box.press(*"mots", "enter")
        assert GiveSecret(1, Secret("mots")) in box.submitted


async def test_a_password_command_is_asked_once_more(
    store: Store, account: Account, inbox: int
) -> None:
    with store.write() as db:
        accounts.keep(db, replace(account, password_command=("pass", "academie")))
    async with opened(store) as box:
        await box.tell(SignInWasRefused(account.id, "Authentication failed."))
        await box.press("f2")
        assert AnswerSignIn(account.id) in box.submitted
        await box.sees("La commande du mot de passe")
