"""`acterm otp`: the passcode of this moment, when its key is kept."""

import re
import sys
from contextlib import closing

from acterm.secret import Secret
from acterm.store import accounts
from acterm.store.db import open_store
from acterm.vault import SEALED_FILE, Vault
from tests.cli.conftest import Acterm
from tests.conftest import Mailbox
from tests.terminal import ENTER, Terminal

PASSPHRASE = "quatre mots sans aucun lien"
URI = "otpauth://totp/Acad%C3%A9mie:clefevre?secret=JBSWY3DPEHPK3PXP"


def test_without_a_key_it_says_so(acterm: Acterm, configured: Mailbox) -> None:
    ran = acterm("otp", "--json")
    assert (ran.code, ran.out) == (78, "")
    assert "aucune clé de passcode" in ran.err


def test_without_an_account_it_says_what_to_do(acterm: Acterm) -> None:
    assert acterm("otp").code == 78


def test_a_key_in_the_sealed_file_is_opened_at_the_terminal(
    acterm: Acterm, configured: Mailbox
) -> None:
    acterm("account", "list")
    store = open_store()
    (account,) = accounts.all_accounts(store.reader())
    store.close()
    Vault().keep_otp(account, Secret(URI), SEALED_FILE, Secret(PASSPHRASE))
    locked = acterm("otp")
    assert locked.code == 78
    assert "verrouillé" in locked.err
    with Terminal([sys.executable, "-m", "acterm", "otp"], columns=120) as terminal:
        terminal.wait_for("phrase secrète")
        terminal.press(PASSPHRASE + ENTER)
        terminal.wait_for("encore")
        assert any(re.fullmatch(r"\d{6}", line) for line in terminal.lines)


def test_the_same_code_is_printed_to_nobody_twice(acterm: Acterm, configured: Mailbox) -> None:
    acterm("account", "list")
    with closing(open_store()) as store:
        (account,) = accounts.all_accounts(store.reader())
    Vault().keep_otp(account, Secret(f"{URI}&period=10"), SEALED_FILE, Secret(PASSPHRASE))
    commands = [sys.executable, "-m", "acterm", "otp", "--json"]
    codes = []
    for _ in range(2):
        with Terminal(commands, columns=120) as terminal:
            terminal.wait_for("phrase secrète")
            terminal.press(PASSPHRASE + ENTER)
            terminal.wait_for('"seconds_left"', 20)
            found = re.search(r'"code": "(\d{6})"', str(terminal))
            assert found
            codes.append(found[1])
    assert codes[0] != codes[1]
