"""`acterm send`: once, or held back, or queued, and the exit code says which."""

from pathlib import Path

from acterm.store import outbox
from acterm.store.db import open_store
from tests.cli.conftest import Acterm
from tests.conftest import Mailbox
from tests.engine.conftest import Server
from tests.servers.smtp import MailServer

MAIL = (
    b"To: chloe.gerard@ac-amiens.fr\nSubject: Conseil\nMessage-ID: <m1@ac-amiens.fr>\n\nBonjour\n"
)


def test_a_mail_is_sent_and_filed(acterm: Acterm, configured: Mailbox, smtp: MailServer) -> None:
    ran = acterm("send", "--json", stdin=MAIL)
    assert ran.code == 0, ran.err
    assert ran.json == {
        "message_id": "m1@ac-amiens.fr",
        "state": "sent",
        "refused": [],
        "error": None,
    }
    (delivery,) = smtp.delivered
    assert delivery.recipients == ["chloe.gerard@ac-amiens.fr"]
    assert b"\nFrom: camille.lefevre@ac-amiens.fr" in delivery.content.replace(b"\r", b"")
    acterm("sync")
    assert Server(configured).subjects("Sent") == ["Conseil"]


def test_an_unreachable_server_queues_and_sync_delivers(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    smtp.stop()
    ran = acterm("send", "--json", stdin=MAIL)
    assert (ran.code, ran.json["state"]) == (75, "queued")
    smtp.start()
    synced = acterm("sync", "--json")
    assert synced.json["accounts"][0]["outbox"] == 0
    assert len(smtp.delivered) == 1
    acterm("sync")
    assert len(smtp.delivered) == 1


def test_a_lost_answer_is_unsure_and_never_sent_again(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    smtp.drop_after_data = True
    ran = acterm("send", "--json", stdin=MAIL)
    assert (ran.code, ran.json["state"]) == (76, "unsure")
    smtp.drop_after_data = False
    acterm("sync")
    assert len(smtp.delivered) == 1


def test_a_refusal_is_69_with_the_server_s_words(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    smtp.replies["RCPT"] = "550 boîte inconnue"
    ran = acterm("send", "--json", stdin=MAIL)
    assert (ran.code, ran.json["state"]) == (69, "refused")
    assert "550" in ran.json["error"]


def test_a_numen_is_held_back_and_not_queued(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    held = acterm("send", stdin=MAIL.replace(b"Bonjour", b"NUMEN : 20E9501234ABC"))
    assert held.code == 65
    assert "NUMEN" in held.err
    assert acterm("sync", "--json").json["accounts"][0]["outbox"] == 0
    forced = acterm("send", "--force", stdin=MAIL.replace(b"Bonjour", b"20E9501234ABC"))
    assert forced.code == 0
    assert len(smtp.delivered) == 1


def test_the_password_is_held_back(acterm: Acterm, configured: Mailbox, smtp: MailServer) -> None:
    held = acterm("send", "--json", stdin=MAIL.replace(b"Bonjour", configured.password.encode()))
    assert held.code == 65
    assert "mot de passe" in held.err
    assert configured.password not in held.out + held.err
    assert smtp.delivered == []


def test_a_mail_queued_without_the_password_is_looked_at_before_it_leaves(
    acterm: Acterm, configured: Mailbox, smtp: MailServer, home: Path
) -> None:
    (home / "secret").rename(home / "elsewhere")
    queued = acterm("send", "--json", stdin=MAIL.replace(b"Bonjour", configured.password.encode()))
    insisted = acterm("send", "--force", stdin=MAIL.replace(b"Bonjour", b"20E9501234ABC"))
    assert (queued.json["state"], insisted.code) == ("queued", queued.code)
    (home / "elsewhere").rename(home / "secret")
    assert acterm("sync", "--json").json["accounts"][0]["outbox"] == 0
    (delivery,) = smtp.delivered
    assert b"20E9501234ABC" in delivery.content
    store = open_store()
    (held,) = outbox.unsettled(store.reader())
    store.close()
    assert held.state == "refused"
    assert "votre mot de passe" in held.words


def test_what_is_no_mail_is_65_and_a_missing_file_66(acterm: Acterm, configured: Mailbox) -> None:
    assert acterm("send", stdin=b"pas un mail").code == 65
    assert acterm("send", stdin=b"Subject: x\n\nx\n").code == 65
    absent = acterm("send", "absent.eml")
    assert absent.code == 66
    assert "il n’existe pas" in absent.err


def test_what_a_sync_could_not_send_is_told(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    smtp.stop()
    acterm("send", stdin=MAIL)
    smtp.replies["RCPT"] = "550 boîte inconnue"
    smtp.start()
    refused = acterm("sync")
    assert refused.code == 69
    assert "«\xa0Conseil\xa0»" in refused.err
    assert "550" in refused.err
    assert acterm("sync").code == 0


def test_a_sync_that_loses_the_answer_is_unsure(
    acterm: Acterm, configured: Mailbox, smtp: MailServer
) -> None:
    smtp.stop()
    acterm("send", stdin=MAIL)
    smtp.drop_after_data = True
    smtp.start()
    unsure = acterm("sync")
    assert unsure.code == 76
    assert "«\xa0Conseil\xa0»" in unsure.err
