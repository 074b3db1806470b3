"""kill -9 between any two steps: what was done reaches the server once, what was sent goes once."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from acterm.engine import once
from acterm.engine.messages.writing import SendingState
from acterm.errors import Exit
from acterm.mail.folder import Role
from acterm.store import drafts, intents, outbox
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, engine_for
from tests.servers.dovecot import PASSWORD
from tests.servers.smtp import MailServer


def _dies(running: Running, what: str, step: int) -> bool:
    """Run the program until it is killed at this step; False when it came to its end before."""
    command = [sys.executable, "-m", "tests.engine.dying", what, str(step)]
    ended = subprocess.run(
        [*command, str(running.account.id), PASSWORD],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr.decode()
    return ended.returncode != 0


def _again(running: Running) -> Exit:
    """The next start: one sync."""
    report = once.sync_account(
        running.store, running.vault, running.account, with_bodies=False, retry=False
    )
    return report.exit_code


def _fresh(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, folder: Path, step: int) -> Mailbox:
    """An empty account and an empty home for each kill."""
    monkeypatch.setenv("ACTERM_HOME", str(folder / f"home{step}"))
    login = f"{mailbox.account.login}k{step}"
    return Mailbox(replace(mailbox.account, login=login), mailbox.password)


def test_what_was_done_offline_reaches_the_server_once_wherever_it_was_killed(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for step in count(1):
        fresh = _fresh(mailbox, monkeypatch, tmp_path, step)
        server = Server(fresh)
        server.put("à classer", "à garder")
        with engine_for(fresh.account) as running:
            assert _again(running) is Exit.DONE
            died = _dies(running, "act", step)
            noted = {
                group.label for group, _undone, _left in intents.recent(running.store.reader())
            }
            assert _again(running) is Exit.DONE
            moved = "1 mail archivé" in noted or "1 mail archived" in noted
            starred = len(noted) == 2
            assert server.subjects("Archive") == ["à classer"] * moved, step
            assert server.subjects() == ["à classer"] * (not moved) + ["à garder"], step
            assert ("\\Flagged" in server.flags()[-1]) is starred, step
            assert running.subjects(Role.ARCHIVE) == ["à classer"] * moved, step
            assert intents.pending(running.store.reader(), running.account.id) == [], step
        server.imap.logout()
        if not died:
            break
    assert step > 20
    assert moved and starred


def test_a_mail_goes_once_or_is_asked_about_wherever_it_was_killed(
    mailbox: Mailbox, smtp: MailServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ends = set()
    for step in count(1):
        fresh = _fresh(mailbox, monkeypatch, tmp_path, step)
        server = Server(fresh)
        smtp.delivered.clear()
        with engine_for(fresh.account) as running:
            assert _again(running) is Exit.DONE
            died = _dies(running, "send", step)
            told = _again(running)
            assert _again(running) is Exit.DONE
            db = running.store.reader()
            mails = outbox.unsettled(db)
            kept = drafts.all_drafts(db)
            if mails:
                assert [mail.state for mail in mails] == [SendingState.UNSURE], step
                assert len(smtp.delivered) <= 1, step
                assert told is Exit.UNSURE, step
                ends.add("asked")
            elif kept:
                assert (kept[0].subject, smtp.delivered) == ("une fois", []), step
                ends.add("still a draft")
            elif smtp.delivered:
                assert len(smtp.delivered) == 1, step
                assert server.subjects("Sent") == ["une fois"], step
                ends.add("sent")
            else:
                assert step <= 2, step  # nothing was written yet
        server.imap.logout()
        if not died:
            break
    assert step > 20
    assert ends == {"asked", "still a draft", "sent"}
    assert os.environ["ACTERM_HOME"]
