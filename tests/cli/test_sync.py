"""`acterm sync` on the real server."""

import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Acterm
from tests.conftest import Mailbox
from tests.engine.conftest import Server
from tests.servers.dovecot import Dovecot


def test_sync_tells_folders_with_what_came(acterm: Acterm, configured: Mailbox) -> None:
    server = Server(configured)
    server.put("un", "deux")
    first = acterm("sync", "--json")
    assert first.code == 0, first.err
    (account,) = first.json["accounts"]
    inbox = account["folders"][0]
    assert account["account"] == "camille.lefevre@ac-amiens.fr"
    assert (account["outbox"], account["error"]) == (0, None)
    assert inbox == {"name": "INBOX", "role": "inbox", "messages": 2, "unread": 2, "new": 2}
    assert {folder["role"] for folder in account["folders"]} >= {"sent", "trash", "drafts", "junk"}
    server.put("trois")
    (again,) = acterm("sync", "--json").json["accounts"]
    assert (again["folders"][0]["messages"], again["folders"][0]["new"]) == (3, 1)


def test_sync_calls_the_folders_as_the_mailbox_does(acterm: Acterm, configured: Mailbox) -> None:
    told = acterm("sync").out
    for name in ("Boîte de réception", "Brouillons", "Envoyés", "Corbeille"):
        assert f"  {name} " in told
    assert "INBOX" not in told


def test_sync_with_bodies_makes_the_text_searchable(acterm: Acterm, configured: Mailbox) -> None:
    Server(configured).put("réunion", body="Le cœur du sujet est l’élève.")
    assert acterm("sync", "--bodies").code == 0
    (found,) = acterm("search", "coeur eleve", "--json").json
    assert found["subject"] == "réunion"
    assert found["account"] == "camille.lefevre@ac-amiens.fr"
    assert "élève" in found["snippet"]


def test_a_refused_sign_in_is_tried_once_and_waits_for_an_answer(
    acterm: Acterm, configured: Mailbox, home: Path, dovecot: Dovecot
) -> None:
    (home / "secret").write_text("faux\n")
    assert acterm("sync").code == 77
    refused = acterm("sync", "--json")
    assert refused.code == 77
    assert "Authentication failed" in refused.json["accounts"][0]["error"]
    tried = [
        line
        for line in dovecot.log().splitlines()
        if f"<{configured.account.login}>" in line and "auth failed" in line
    ]
    assert len(tried) == 1
    (home / "secret").write_text(f"{configured.password}\n")
    assert acterm("sync", "--retry").code == 0


def test_an_unreachable_server_is_75(acterm: Acterm, configured: Mailbox, home: Path) -> None:
    config = home / "config.toml"
    config.write_text(config.read_text().replace(str(configured.account.imap.port), "9"))
    ran = acterm("sync", "--json")
    assert ran.code == 75
    assert ran.json["accounts"][0]["error"]


def test_an_unknown_issuer_is_77(acterm: Acterm, configured: Mailbox, home: Path) -> None:
    config = home / "config.toml"
    lines = [line for line in config.read_text().splitlines() if "ca_file" not in line]
    config.write_text("\n".join(lines))
    ran = acterm("sync")
    assert ran.code == 77
    assert "certificat" in ran.err


def test_without_an_account_it_says_what_to_do(acterm: Acterm) -> None:
    ran = acterm("sync")
    assert ran.code == 78
    assert "acterm account add" in ran.err


def test_an_account_is_found_by_its_beginning(acterm: Acterm, configured: Mailbox) -> None:
    assert acterm("sync", "--account", "camille").code == 0
    assert acterm("sync", "--account", "personne").code == 64


def test_a_damaged_store_is_rebuilt(acterm: Acterm, configured: Mailbox, home: Path) -> None:
    Server(configured).put("un")
    assert acterm("sync").code == 0
    (home / "acterm.db").write_bytes(b"rien de bon" * 1000)
    damaged = acterm("sync")
    assert damaged.code == 78
    assert "--rebuild" in damaged.err
    assert acterm("sync", "--rebuild").code == 0


def test_a_sync_whose_report_cannot_be_written_says_so(configured: Mailbox) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "acterm", "sync"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ran.returncode == 78
    assert ran.stderr == "acterm: Tout n’a pas pu être écrit\u00a0: le disque est plein.\n"
