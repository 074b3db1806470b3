"""The diagnosis in the app: the same lines as `acterm doctor`, and nothing secret on the page."""

import re
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from acterm.engine import clock
from acterm.engine.messages.assistant import DoctorDone, DoctorLine, RunDoctor
from acterm.engine.messages.mail import NewMail
from acterm.secret import Secret
from acterm.store import accounts
from tests.conftest import Mailbox
from tests.engine.conftest import Server, engine_for, mail
from tests.servers.dovecot import PASSWORD
from tests.servers.waiting import until


def test_every_line_is_told_and_the_page_is_whole(mailbox: Mailbox) -> None:
    with engine_for(mailbox.account) as running:
        running.connect()
        running.submit(RunDoctor())
        page = running.wait(DoctorDone).page
        lines = [one for one in running.past if isinstance(one, DoctorLine)]
        assert {"versions", "clock", "tls", "sign-in", "quota", "session"} <= {
            one.name for one in lines
        }
        assert all(line.text in page for line in lines)
        assert PASSWORD not in page
        assert mailbox.account.login not in page
        assert "sans mot de passe" in page.splitlines()[0]


def test_a_numen_that_serves_as_a_login_is_not_on_the_page(mailbox: Mailbox) -> None:
    account = replace(mailbox.account, login="20E9501234ABC", ca_file=None)
    with engine_for(account, password="") as running:
        with running.store.write() as db:
            accounts.refuse(db, running.account.id, "20E9501234ABC inconnu", 1.0)
        running.start()
        running.vault.remember(running.account, Secret(PASSWORD))
        running.submit(RunDoctor())
        assert "20E9501234ABC" not in running.wait(DoctorDone).page


def test_mail_that_arrives_at_once_shows_that_the_clock_is_right(
    mailbox: Mailbox, server: Server
) -> None:
    with engine_for(mailbox.account) as running:
        running.connect()
        for number in range(2):
            sent = format_datetime(datetime.now().astimezone()).encode()
            source = mail(f"Mail {number}")
            server.put_source(re.sub(rb"(?m)^Date: .*$", b"Date: " + sent + b"\r", source))
            running.wait(NewMail)
        until(lambda: "juste" in clock.words(running.store.reader()), "the clock was learnt")


def test_a_clock_that_is_behind_is_told_by_mail_from_the_future(
    mailbox: Mailbox, server: Server
) -> None:
    with engine_for(mailbox.account) as running:
        running.connect()
        server.put("Un", "Deux")
        running.wait(NewMail)
        rows = running.rows()
        store, now = running.store, float(max(row.date for row in rows)) - 100
        for row in rows:
            with store.write() as db:
                clock.learn(db, [row.id], now)
        assert "en retard d’environ 100 s" in clock.words(store.reader(), now)
        assert "inconnu" in clock.words(store.reader(), now + 30 * 86400)
