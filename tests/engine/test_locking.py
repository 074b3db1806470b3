"""What opens the locked screen is compared in this process; guessing gets slower and slower."""

import time

from acterm.engine.messages.assistant import ChoosePin, TryUnlock, UnlockTried
from acterm.secret import Secret
from tests.conftest import Mailbox
from tests.engine.conftest import engine_for
from tests.servers.dovecot import PASSWORD, Dovecot


def test_the_password_of_the_session_opens_it_without_asking_the_server(
    mailbox: Mailbox, dovecot: Dovecot
) -> None:
    with engine_for(mailbox.account) as running:
        running.connect()
        running.submit(TryUnlock(Secret("")))
        assert running.wait(UnlockTried) == UnlockTried(opened=False, known=True)
        before = dovecot.log().count(mailbox.account.login)
        running.submit(TryUnlock(Secret("Craie-rouge-12")))
        assert running.wait(UnlockTried) == UnlockTried(opened=False, known=True, wrong=True)
        running.submit(TryUnlock(Secret(PASSWORD)))
        assert running.wait(UnlockTried).opened
        assert dovecot.log().count(mailbox.account.login) == before


def test_without_a_password_a_pin_is_chosen_and_opens_it(mailbox: Mailbox) -> None:
    with engine_for(mailbox.account, password="") as running:
        running.start()
        running.submit(TryUnlock(Secret("2468")))
        assert running.wait(UnlockTried) == UnlockTried(opened=False, known=False)
        running.submit(ChoosePin(Secret("2468")))
        assert running.wait(UnlockTried) == UnlockTried(opened=False, known=True)
        running.submit(TryUnlock(Secret("2468")))
        assert running.wait(UnlockTried).opened


def test_each_wrong_answer_makes_the_next_one_wait_longer(mailbox: Mailbox) -> None:
    with engine_for(mailbox.account) as running:
        running.connect()
        begun = time.monotonic()
        for wrong in ("a", "b", "c"):
            running.submit(TryUnlock(Secret(wrong)))
        for _ in range(3):
            assert running.wait(UnlockTried).wrong
        assert time.monotonic() - begun >= 0.5 + 1 + 2
