"""`acterm doctor`: a page for the help desk, whatever is broken, without a secret in it."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acterm.engine.doctor import checks, local, sign_in
from acterm.engine.doctor.checks import Check, Task
from acterm.engine.signin import Keys
from acterm.secret import Secret
from acterm.server import Server
from acterm.store import accounts
from acterm.store.db import open_store
from acterm.vault import Vault
from tests.cli.conftest import Acterm, Ran
from tests.conftest import Mailbox
from tests.servers import waiting
from tests.servers.dovecot import Dovecot


def _by_name(ran: Ran) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for check in ran.json["checks"]:
        assert set(check) == {"name", "state", "text"}
        assert check["state"] in ("ok", "note", "failed")
        found.setdefault(check["name"], []).append(check)
    return found


@pytest.fixture
def stalled() -> Iterator[Server]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Server("127.0.0.1", listener.getsockname()[1])


def test_it_works_without_an_account(acterm: Acterm) -> None:
    ran = acterm("doctor", "--json")
    assert ran.code == 0, ran.err
    checks = _by_name(ran)
    for name in (
        *("versions", "clock", "configuration", "store", "permissions"),
        *("keyring", "sealed-file", "session", "terminal"),
    ):
        assert name in checks
    assert "tls" not in checks


def test_a_healthy_account_is_all_right(
    acterm: Acterm, configured: Mailbox, dovecot: Dovecot
) -> None:
    ran = acterm("doctor", "--json")
    checks = _by_name(ran)
    assert ran.code == 0, ran.out
    for name in ("names", "tls", "capabilities", f"port-{configured.account.imap.port}"):
        assert all(check["state"] == "ok" for check in checks[name]), checks[name]
    assert "TLSv1." in checks["tls"][0]["text"]
    assert "AUTH=PLAIN" in checks["capabilities"][0]["text"]
    assert {"port-993", "port-465", "port-587"} <= set(checks)
    assert "CONDSTORE" in checks["sign-in"][0]["text"]
    assert "QUOTA" in checks["sign-in"][0]["text"]
    waiting.until(lambda: _sign_ins(configured, dovecot), "the sign-in in the log")
    assert _sign_ins(configured, dovecot) == 1
    assert "%" in checks["quota"][0]["text"]


def test_a_refused_sign_in_is_told_and_not_tried_again(
    acterm: Acterm, configured: Mailbox, dovecot: Dovecot, home: Path
) -> None:
    (home / "secret").write_text("pas le bon\n")
    first = acterm("doctor", "--json")
    assert first.code == 77
    assert _by_name(first)["sign-in"][0]["state"] == "failed"
    tries = dovecot.log().count(f"user=<{configured.account.login}>")
    again = acterm("doctor", "--json")
    (check,) = _by_name(again)["sign-in"]
    assert check["state"] == "note"
    assert "attend votre réponse" in check["text"]
    assert dovecot.log().count(f"user=<{configured.account.login}>") == tries


def test_an_account_with_a_passcode_is_not_signed_in(
    mailbox: Mailbox, dovecot: Dovecot, home: Path
) -> None:
    with closing(open_store()) as store:
        with store.write() as db:
            account = accounts.keep(db, replace(mailbox.account, passcode=True))
        keys = Keys(Vault(session_only=True))
        keys.give(account, Secret(mailbox.password))
        (check,) = sign_in.checks(store, keys, account)
    assert check.state == "note"
    assert "passcode" in check.text
    assert _sign_ins(mailbox, dovecot) == 0


def _sign_ins(configured: Mailbox, dovecot: Dovecot) -> int:
    return dovecot.log().count(f"Login: user=<{configured.account.login}>")


def test_there_is_no_secret_and_no_login_on_the_page(
    acterm: Acterm, configured: Mailbox, home: Path
) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text().replace(configured.account.login, "20E9501234ABC"))
    for ran in (acterm("doctor"), acterm("doctor", "--json")):
        assert configured.password not in ran.out + ran.err
        assert "20E9501234ABC" not in ran.out + ran.err
        assert "camille.lefevre@ac-amiens.fr" in ran.out


def test_a_port_where_nothing_listens_is_75(
    acterm: Acterm, configured: Mailbox, home: Path
) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text().replace(str(configured.account.imap.port), "9"))
    ran = acterm("doctor", "--json")
    assert ran.code == 75
    (check,) = _by_name(ran)["port-9"]
    assert check["state"] == "failed"
    assert "localhost:9" in check["text"]


def test_a_name_that_is_not_found_is_told(acterm: Acterm, configured: Mailbox, home: Path) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text().replace('"localhost"', '"imap.nowhere.invalid"'))
    ran = acterm("doctor", "--json")
    assert ran.code == 75
    assert _by_name(ran)["names"][0]["state"] == "failed"


def test_an_unknown_issuer_is_77(acterm: Acterm, configured: Mailbox, home: Path) -> None:
    config = home / "config.toml"
    lines = [line for line in config.read_text().splitlines() if "ca_file" not in line]
    config.write_text("\n".join(lines))
    ran = acterm("doctor")
    assert ran.code == 77
    assert "certificat" in ran.out


def test_a_silent_server_holds_up_nothing(
    acterm: Acterm, configured: Mailbox, home: Path, stalled: Server
) -> None:
    config = home / "config.toml"
    config.write_text(
        config.read_text().replace(str(configured.account.imap.port), str(stalled.port))
    )
    begun = time.monotonic()
    ran = acterm("doctor", "--json")
    assert time.monotonic() - begun < 12
    checks = _by_name(ran)
    assert checks["capabilities"][0]["state"] == "failed"
    assert checks[f"port-{stalled.port}"][0]["state"] == "ok"


def test_a_broken_configuration_is_one_line_among_the_others(acterm: Acterm, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text("x = 1\n")
    ran = acterm("doctor", "--json")
    assert ran.code == 78
    checks = _by_name(ran)
    assert "ligne 1, x" in checks["configuration"][0]["text"]
    assert checks["store"][0]["state"] == "note"


def test_a_damaged_store_and_a_damaged_sealed_file_are_told(acterm: Acterm, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "acterm.db").write_bytes(b"rien de bon" * 1000)
    (home / "secrets.sealed").write_text("rien")
    ran = acterm("doctor", "--json")
    assert ran.code == 78
    checks = _by_name(ran)
    assert checks["store"][0]["state"] == "failed"
    assert "abîmé" in checks["sealed-file"][0]["text"]


def test_loose_permissions_are_told_and_not_refused(acterm: Acterm, home: Path) -> None:
    acterm("doctor")
    (home / "acterm.db").chmod(0o644)
    ran = acterm("doctor", "--json")
    assert ran.code == 0
    (check,) = _by_name(ran)["permissions"]
    assert (check["state"], "acterm.db (0644)" in check["text"]) == ("note", True)


def test_a_clock_that_is_behind_is_told() -> None:
    assert local.of_clock(time.time()).state == "ok"
    assert local.of_clock(86400.0).state == "failed"


def test_a_check_that_never_ends_is_said_to_hang() -> None:
    import threading

    held = threading.Event()

    def wait() -> list[Check]:
        held.wait()
        return [Check("slow", "ok", "")]

    done = Task("quick", "b", lambda: [Check("quick", "ok", "fait")])
    slow, quick = checks.side_by_side([Task("slow", "a", wait), done], 0.2)
    held.set()
    assert (slow.state, quick.state) == ("failed", "ok")
    assert "0.2" in slow.text


def test_it_speaks_the_language_of_the_file(acterm: Acterm, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text('language = "en"\n')
    assert "The clock says" in acterm("doctor").out
    assert "L’horloge" in acterm("--lang", "fr", "doctor").out


def test_a_full_disk_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {check.name: check.state for check in local.of_machine()}["disk"] == "ok"
    monkeypatch.setattr(local, "_LITTLE_ROOM", 10**12)
    full = {check.name: check for check in local.of_machine()}["disk"]
    assert (full.state, full.exit_code) == ("failed", 78)
    assert "est plein" in full.text
