"""Mon compte, the list: its footer tells the truth."""

from acterm.engine.messages.account import SignInWasRefused
from acterm.mail.account import Account
from acterm.store.db import Store
from tests.ui.box import opened


async def test_the_key_that_its_footer_names_signs_in_again(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(SignInWasRefused(account.id, "Authentication failed."))
        await box.press("f2", "f2")
        await box.sees("S'identifier à nouveau")
        assert "F2 se reconnecter" in box.lines[-1]
        await box.press("f2")
        await box.sees("Quel est votre mot de passe ?")


async def test_without_a_refusal_it_names_no_such_key(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f2")
        await box.sees("Mot de passe perdu")
        assert "F2" not in box.lines[-1]
        await box.press("f2")
        await box.sees("Mot de passe perdu")


async def test_a_secret_that_was_shown_is_masked_on_return_and_gone_with_another_way(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(SignInWasRefused(account.id, "Authentication failed."))
        await box.press("f2")
        await box.sees("Quel est votre mot de passe ?")
        await box.press(*"Secret", "f4")
        await box.sees("Secret")
        await box.press("f1")
        await box.sees("Mon compte › Contacts")
        await box.press("escape")
        await box.sees("••••••")
        assert "Secret" not in box.text
        await box.press("down", "down", "enter")
        await box.sees("Mon compte › Mot de passe perdu")
        await box.press("escape")
        await box.sees("Quel est votre mot de passe ?")
        assert "•" not in box.text
