"""Codes from the key in the vault, through the engine: each given once, none left on disk."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
import segno

from acterm.engine.engine import Engine
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
from acterm.engine.messages.base import Event
from acterm.engine.passcodes import forget_given, take
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.store import accounts
from acterm.store.db import Store, open_store
from acterm.vault import SEALED_FILE, SESSION, Vault, otp
from tests.conftest import Mailbox
from tests.servers import waiting

KEY = "JBSWY3DPEHPK3PXP"
URI = f"otpauth://totp/Acad%C3%A9mie:clefevre?secret={KEY}"
E = TypeVar("E", bound=Event)
PASSPHRASE = "quatre mots sans aucun lien"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with closing(open_store()) as opened:
        yield opened


@pytest.fixture
def account(store: Store, mailbox: Mailbox) -> Account:
    with store.write() as db:
        return accounts.keep(db, replace(mailbox.account, password_command=("false",)))


class Told:
    """An engine and what it says."""

    def __init__(self, store: Store) -> None:
        self.events: list[Event] = []
        self._changed = threading.Lock()
        self.engine = Engine(store, Vault(), self._hear)
        self.engine.start()

    def _hear(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)

    def wait_for(self, kind: type[E], count: int = 1) -> list[E]:
        def found() -> list[E]:
            with self._changed:
                return [one for one in self.events if isinstance(one, kind)]

        waiting.until(lambda: len(found()) >= count, f"{count} {kind.__name__}")
        return found()


@pytest.fixture
def told(store: Store, account: Account) -> Iterator[Told]:
    started = Told(store)
    yield started
    started.engine.stop()


def test_a_key_is_kept_and_gives_one_code_once(told: Told, account: Account) -> None:
    told.engine.submit(KeepOtp(account.id, Secret(URI), SEALED_FILE, Secret(PASSPHRASE)))
    told.wait_for(OtpKept)
    told.engine.submit(AskOtp(account.id))
    told.engine.submit(AskOtp(account.id))
    given, waited = sorted(told.wait_for(OtpCode, 2), key=lambda one: not one.code)
    assert len(given.code.reveal()) == 6
    assert given.code.reveal() not in repr(given)
    assert time.time() < given.until <= time.time() + 30
    assert waited.code != given.code
    told.engine.submit(AskOtp(account.id))
    assert given.code not in [one.code for one in told.wait_for(OtpCode, 3)[2:]]


def test_a_forgotten_key_is_nowhere(told: Told, account: Account, home: Path) -> None:
    told.engine.submit(KeepOtp(account.id, Secret(URI), SEALED_FILE, Secret(PASSPHRASE)))
    told.wait_for(OtpKept)
    told.engine.submit(ForgetOtp(account.id))
    (gone,) = told.wait_for(OtpFailed)
    assert gone.wants == "key"
    assert not (home / "secrets.sealed").exists()
    for file in home.rglob("*"):
        assert KEY.encode() not in (file.read_bytes() if file.is_file() else b"")


def test_a_locked_file_says_what_opens_it(told: Told, account: Account) -> None:
    Vault().keep_otp(account, Secret(URI), SEALED_FILE, Secret(PASSPHRASE))
    told.engine.submit(AskOtp(account.id))
    (locked,) = told.wait_for(OtpFailed)
    assert locked.wants == "passphrase"
    told.engine.submit(AskOtp(account.id, Secret("pas la bonne")))
    told.wait_for(OtpFailed, 2)
    told.engine.submit(AskOtp(account.id, Secret(PASSPHRASE)))
    told.wait_for(OtpCode)


def test_the_key_is_read_from_a_picture(told: Told, tmp_path: Path) -> None:
    segno.make(URI).save(str(tmp_path / "code.png"), scale=5)
    told.engine.submit(ReadOtpPicture(str(tmp_path / "code.png")))
    (read,) = told.wait_for(OtpRead)
    assert read.key == Secret(URI)
    segno.make("https://exemple.invalid").save(str(tmp_path / "other.png"), scale=5)
    told.engine.submit(ReadOtpPicture(str(tmp_path / "other.png")))
    told.wait_for(OtpFailed)


def test_a_code_is_given_once_over_all_processes(store: Store, account: Account) -> None:
    key, now = otp.parse(Secret(URI)), time.time()
    assert take(store, account, key, now).code
    code = (
        "import time; from acterm.engine.passcodes import take; from acterm.secret import Secret;"
        "from acterm.store import accounts; from acterm.store.db import open_store;"
        "from acterm.vault import otp; store = open_store();"
        "account = accounts.all_accounts(store.reader())[0];"
        f"print(repr(take(store, account, otp.parse(Secret({URI!r})), {now}).code.reveal()))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert other.stdout.decode().strip() == "''"


def test_a_key_that_counts_goes_on_where_it_was(store: Store, account: Account) -> None:
    key = otp.parse(Secret("otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1"))
    codes = [take(store, account, key, 0.0).code.reveal() for _ in range(2)]
    assert codes == ["287082", "359152"]
    forget_given(store, account)
    assert take(store, account, key, 0.0).code.reveal() == "287082"


def test_a_clock_that_is_put_back_gives_no_code_again(store: Store, account: Account) -> None:
    key = otp.parse(Secret(URI))
    assert take(store, account, key, 3000.0).code
    taken = take(store, account, key, 2000.0)
    assert (taken.code, taken.until) == (Secret(""), 3030.0)


def test_the_key_for_this_session_leaves_nothing_on_disk(
    told: Told, account: Account, home: Path
) -> None:
    told.engine.submit(KeepOtp(account.id, Secret(URI), SESSION))
    told.wait_for(OtpKept)
    told.engine.submit(AskOtp(account.id))
    told.wait_for(OtpCode)
    for file in home.rglob("*"):
        assert KEY.encode() not in (file.read_bytes() if file.is_file() else b"")
