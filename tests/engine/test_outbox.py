"""A mail goes once, whatever the server, the link or the person does; a draft is never lost."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from acterm.engine import outbox, undo
from acterm.engine.messages.base import Done, Failed, Undone
from acterm.engine.messages.mail import Undo
from acterm.engine.messages.writing import (
    AbandonDraft,
    AnswerUnsure,
    CancelSending,
    DraftKept,
    KeepDraft,
    OutboxChanged,
    Send,
    SendingChanged,
    SendingState,
    SendNow,
    SendSource,
)
from acterm.mail.draft import Draft, DraftAttachment, Kind
from acterm.mail.folder import Role
from acterm.mail.parsing.mime import parse, part
from acterm.store import bodies, drafts
from acterm.store import outbox as rows
from acterm.store.db import open_store
from acterm.store.outbox import Outgoing
from tests.engine.conftest import Running, Server
from tests.servers.smtp import MailServer
from tests.servers.waiting import until

NUMEN = "20E9501234ABC"


def _draft(running: Running, subject: str = "une fois", **fields: object) -> Draft:
    return Draft(running.account.id, to="chloe.gerard@ac-amiens.fr", subject=subject,
                 body="Oui.", **fields)  # type: ignore[arg-type]  # fmt: skip


def _state(running: Running, state: SendingState) -> SendingChanged:
    return running.wait(SendingChanged, lambda event: event.state is state)


def test_a_reply_is_sent_filed_and_marks_the_original(
    running: Running, server: Server, smtp: MailServer
) -> None:
    server.put("question")
    running.connect()
    row = running.row("question")
    running.submit(
        Send(_draft(running, kind=Kind.REPLY, original_id=row.id, in_reply_to="q@x"), delay=0)
    )
    _state(running, SendingState.SENT)
    (delivery,) = smtp.delivered
    assert delivery.recipients == ["chloe.gerard@ac-amiens.fr"]
    assert parse(delivery.content).in_reply_to == "q@x"
    until(lambda: server.subjects("Sent") == ["une fois"], "filed in Sent")
    until(lambda: "\\Answered" in server.flags()[0], "the original is marked")
    assert drafts.all_drafts(running.store.reader()) == []
    until(lambda: running.subjects(Role.SENT) == ["une fois"], "listed in Sent")
    assert "\\Seen" in server.flags("Sent")[0]


def test_a_server_that_files_by_itself_has_one_copy(
    running: Running, server: Server, smtp: MailServer
) -> None:
    running.connect().stop()
    kept = _kept(running, _draft(running))
    mail = outbox.freeze(running.store, running.account, kept, time.time())
    row_id = outbox.queue(running.store, mail, None, force=False)
    outbox.settle(running.store, _row(running, row_id), SendingState.SENT)
    server.put_source(mail.source, "Sent")
    running.connect()
    until(lambda: not rows.unfiled(running.store.reader(), running.account.id), "seen to")
    assert server.subjects("Sent") == ["une fois"]


def test_sending_is_undone_within_its_delay(running: Running, smtp: MailServer) -> None:
    running.connect()
    running.submit(Send(_draft(running, "trop vite"), delay=60))
    _state(running, SendingState.QUEUED)
    assert running.wait(OutboxChanged).waiting == 1
    assert drafts.all_drafts(running.store.reader()) == []
    running.submit(Undo())
    undone = running.wait(Undone)
    kept = drafts.get(running.store.reader(), undone.draft_id)
    assert kept is not None
    assert kept.subject == "trop vite"
    assert [one.id for one in drafts.all_drafts(running.store.reader())] == [undone.draft_id]
    assert smtp.delivered == []


def test_an_answer_to_an_invitation_that_is_taken_back_leaves_nothing_to_write(
    running: Running, smtp: MailServer
) -> None:
    running.connect()
    answer = (
        b"From: camille.lefevre@ac-amiens.fr\r\nTo: chloe.gerard@ac-amiens.fr\r\n"
        b"Subject: Accept\r\nMessage-ID: <reply@ac-amiens.fr>\r\n"
        b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
    )
    running.submit(SendSource(running.account.id, answer, delay=60))
    _state(running, SendingState.QUEUED)
    running.submit(Undo())
    undone = running.wait(Undone)
    assert undone.answer and not undone.draft_id
    assert drafts.all_drafts(running.store.reader()) == []
    assert smtp.delivered == []


def test_quitting_sends_at_once_but_not_what_is_for_later(
    running: Running, smtp: MailServer
) -> None:
    running.connect()
    running.submit(Send(_draft(running, "maintenant"), delay=10))
    running.submit(Send(_draft(running, "demain"), delay=86400))
    _state(running, SendingState.QUEUED)
    _state(running, SendingState.QUEUED)
    running.submit(SendNow())
    _state(running, SendingState.SENT)
    assert [parse(one.content).subject for one in smtp.delivered] == ["maintenant"]
    assert [mail.subject for mail in rows.unsettled(running.store.reader())] == ["demain"]


def test_what_is_for_later_can_be_taken_back(running: Running) -> None:
    running.connect()
    running.submit(Send(_draft(running, "demain"), delay=86400))
    queued = _state(running, SendingState.QUEUED)
    running.submit(CancelSending(queued.outbox_id))
    kept = drafts.get(running.store.reader(), running.wait(Undone).draft_id)
    assert kept is not None
    assert kept.subject == "demain"
    running.submit(CancelSending(queued.outbox_id))
    assert "Trop tard" in running.wait(Failed).title


def test_what_another_process_sent_is_no_longer_said_to_wait(running: Running) -> None:
    running.connect()
    running.submit(Send(_draft(running), delay=86400))
    row = _state(running, SendingState.QUEUED).outbox_id
    running.wait(OutboxChanged, lambda event: event.waiting == 1)
    other = open_store(running.store.path)
    with other.write() as db:
        rows.settle(db, row, SendingState.SENT)
    other.close()
    running.wait(OutboxChanged, lambda event: event.waiting == 0)


def test_a_queued_mail_without_a_draft_is_taken_back_with_its_attachments(
    running: Running, smtp: MailServer
) -> None:
    store, account = running.store, running.account
    file = store.path.parent / "sortie.txt"
    file.write_bytes(b"Autorisation\n")
    attachment = DraftAttachment("sortie.txt", "text/plain", 13, file)
    draft = Draft(account.id, to="a@college.example", subject="sortie", attachments=(attachment,))
    queued = outbox.freeze(store, account, draft, time.time(), delay=86400)
    row_id = outbox.queue(store, replace(queued, draft_id=0), None, force=True)
    file.unlink()
    kept = drafts.get(store.reader(), undo.cancel_sending(store, row_id).draft_id)
    assert kept is not None
    (back,) = kept.attachments
    assert back.path is not None
    assert (back.name, back.path.read_bytes()) == ("sortie.txt", b"Autorisation\n")
    running.connect()
    running.submit(Send(kept, delay=0))
    _state(running, SendingState.SENT)
    (sent,) = smtp.delivered
    assert [one.name for one in parse(sent.content).attachments] == ["sortie.txt"]
    until(lambda: not back.path.exists(), "its file is gone")


def test_a_numen_is_held_back_and_the_draft_kept(running: Running, smtp: MailServer) -> None:
    running.connect()
    draft = _draft(running, f"mon NUMEN {NUMEN}")
    running.submit(Send(draft, delay=0))
    failed = running.wait(Failed)
    assert failed.held
    assert "NUMEN" in failed.title
    kept = drafts.get(running.store.reader(), failed.draft_id)
    assert kept is not None
    assert rows.unsettled(running.store.reader()) == []
    running.submit(Send(kept, delay=0, force=True))
    _state(running, SendingState.SENT)
    assert len(smtp.delivered) == 1


def test_the_password_is_held_back(running: Running, mailbox: object) -> None:
    running.connect()
    secret = running.vault.get(running.account).reveal()
    draft = Draft(running.account.id, to="a@college.example", subject="x", body=f"C’est {secret} !")
    running.submit(Send(draft, delay=0))
    failed = running.wait(Failed)
    assert failed.held
    assert secret not in failed.title + failed.advice


def test_what_cannot_be_built_is_said_and_the_draft_kept(running: Running, tmp_path: Path) -> None:
    running.connect()
    lost = DraftAttachment("photo.png", "image/png", 3, path=tmp_path / "photo.png")
    running.submit(Send(_draft(running, attachments=(lost,)), delay=0))
    failed = running.wait(Failed)
    assert "photo.png" in failed.title
    assert not failed.held
    assert drafts.get(running.store.reader(), failed.draft_id) is not None
    running.submit(Send(Draft(running.account.id, subject="à personne"), delay=0))
    assert "destinataire" in running.wait(Failed).title


def test_the_frozen_mail_does_not_change_with_its_files(
    running: Running, smtp: MailServer, tmp_path: Path
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("avant")
    running.connect()
    attached = DraftAttachment("note.txt", "text/plain", 5, path=file)
    running.submit(Send(_draft(running, attachments=(attached,)), delay=10))
    _state(running, SendingState.QUEUED)
    file.write_text("après")
    running.submit(SendNow())
    _state(running, SendingState.SENT)
    assert part(smtp.delivered[0].content, "2") == b"avant"


def test_attachments_of_a_forwarded_mail_are_fetched_before_it_leaves(
    running: Running, server: Server, smtp: MailServer
) -> None:
    big = b"QUJD" * 200_000
    server.put_source(
        b"From: a@college.example\r\nSubject: gros\r\nMessage-ID: <gros@college.example>\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nvoici\r\n--b\r\n'
        b"Content-Type: application/pdf; name=gros.pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=gros.pdf\r\n\r\n" + big + b"\r\n--b--\r\n"
    )
    running.connect()
    row = running.row("gros")
    until(lambda: bodies.has(running.store.reader(), row.id), "the text is here")
    body = bodies.get(running.store.reader(), row.id)
    assert body is not None
    assert body.skeleton
    carried = DraftAttachment("gros.pdf", "application/pdf", 600_000, section="2")
    draft = _draft(
        running, "Tr : gros", kind=Kind.FORWARD, original_id=row.id, attachments=(carried,)
    )
    running.submit(Send(draft, delay=0))
    _state(running, SendingState.SENT)
    assert part(smtp.delivered[0].content, "2") == b"ABC" * 200_000


def test_a_busy_server_is_tried_again_later(running: Running, smtp: MailServer) -> None:
    smtp.replies["RCPT"] = "451 revenez plus tard"
    running.connect()
    running.submit(Send(_draft(running), delay=0))
    _state(running, SendingState.QUEUED)
    waits = running.wait(
        SendingChanged, lambda event: event.state is SendingState.QUEUED and bool(event.words)
    )
    assert "revenez plus tard" in waits.words
    (mail,) = rows.unsettled(running.store.reader())
    assert mail.not_before > time.time()
    del smtp.replies["RCPT"]
    _state(running, SendingState.SENT)
    assert len(smtp.delivered) == 1


def test_a_refusal_is_told_and_gives_the_draft_back(running: Running, smtp: MailServer) -> None:
    smtp.replies["RCPT"] = "550 boîte inconnue"
    running.connect()
    running.submit(Send(_draft(running), delay=0))
    refused = _state(running, SendingState.REFUSED)
    assert "550" in refused.words
    running.submit(CancelSending(refused.outbox_id))
    assert drafts.get(running.store.reader(), running.wait(Undone).draft_id) is not None


def test_recipients_that_were_refused_are_named(running: Running, smtp: MailServer) -> None:
    smtp.replies["RCPT parti@college.example"] = "550 parti"
    running.connect()
    draft = Draft(
        running.account.id,
        to="chloe.gerard@ac-amiens.fr, parti@college.example",
        subject="à deux",
    )
    running.submit(Send(draft, delay=0))
    assert "parti@college.example" in _state(running, SendingState.SENT).words
    assert smtp.delivered[0].recipients == ["chloe.gerard@ac-amiens.fr"]


def test_a_lost_answer_is_asked_about_and_never_sent_again_by_itself(
    running: Running, smtp: MailServer, server: Server
) -> None:
    smtp.drop_after_data = True
    running.connect()
    running.submit(Send(_draft(running), delay=0))
    unsure = _state(running, SendingState.UNSURE)
    smtp.drop_after_data = False
    running.stop()
    running.connect()
    assert len(smtp.delivered) == 1
    running.submit(AnswerUnsure(unsure.outbox_id, send_again=False))
    _state(running, SendingState.SENT)
    until(lambda: server.subjects("Sent") == ["une fois"], "filed as sent")
    assert len(smtp.delivered) == 1
    running.submit(AnswerUnsure(unsure.outbox_id, send_again=True))
    running.wait(Failed)


def test_the_person_may_send_an_unsure_mail_again(running: Running, smtp: MailServer) -> None:
    smtp.drop_after_data = True
    running.connect()
    running.submit(Send(_draft(running), delay=0))
    unsure = _state(running, SendingState.UNSURE)
    smtp.drop_after_data = False
    running.submit(AnswerUnsure(unsure.outbox_id, send_again=True))
    _state(running, SendingState.SENT)
    assert len(smtp.delivered) == 2


def test_an_unsure_mail_that_is_in_sent_was_sent(
    running: Running, smtp: MailServer, server: Server
) -> None:
    running.connect().stop()
    kept = _kept(running, _draft(running))
    mail = outbox.freeze(running.store, running.account, kept, time.time())
    row_id = outbox.queue(running.store, mail, None, force=False)
    with running.store.write() as db:
        assert rows.claim(db, row_id)
    server.put_source(mail.source, "Sent")
    running.start()
    _state(running, SendingState.UNSURE)
    _state(running, SendingState.SENT)
    assert (smtp.delivered, server.subjects("Sent")) == ([], ["une fois"])
    assert drafts.get(running.store.reader(), kept.id) is None


def test_a_full_mailbox_hinders_the_copy_not_the_account(
    running: Running, smtp: MailServer, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acterm.errors import Refused
    from acterm.net.imap import Imap

    def full(*_arguments: object, **_options: object) -> int:
        raise Refused("La boîte est pleine.")

    monkeypatch.setattr(Imap, "append", full)
    running.connect()
    running.submit(Send(_draft(running), delay=0))
    _state(running, SendingState.SENT)
    assert "La boîte est pleine" in running.wait(Failed).title
    server.put("arrive quand même")
    until(lambda: running.subjects() == ["arrive quand même"], "mail still comes")
    running.stop()
    monkeypatch.undo()
    monkeypatch.setenv("ACTERM_HOME", str(running.store.path.parent))
    running.connect()
    until(lambda: server.subjects("Sent") == ["une fois"], "filed at the next start")


def test_a_draft_has_one_copy_on_the_server(
    running: Running, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acterm.engine.writing._SERVER_DRAFT_EVERY", 0.05)
    running.connect()
    running.submit(KeepDraft(_draft(running, "ébauche"), to_server=True))
    draft_id = running.wait(DraftKept).draft_id
    until(lambda: len(server.subjects("Drafts")) == 1, "the draft is on the server")
    for subject in ("ébauche 2", "ébauche 3"):
        running.submit(KeepDraft(_draft(running, subject, id=draft_id), to_server=True))
        until(lambda: _drafts_on(server) == [subject], "replaced")  # noqa: B023
    assert "\\Draft" in server.flags("Drafts")[0]
    running.submit(Send(_draft(running, "pour de bon", id=draft_id), delay=0))
    _state(running, SendingState.SENT)
    until(lambda: server.subjects("Drafts") == [], "the server's draft has gone")
    assert drafts.get(running.store.reader(), draft_id) is None


def test_a_composer_that_closes_brings_the_server_s_draft_in_step_at_once(
    running: Running, server: Server
) -> None:
    running.connect()
    running.submit(KeepDraft(_draft(running, "ébauche"), to_server=True))
    draft_id = running.wait(DraftKept).draft_id
    until(lambda: _drafts_on(server) == ["ébauche"], "the draft is on the server")
    newer = _draft(running, "ébauche 2", id=draft_id)
    running.submit(KeepDraft(newer, to_server=True))
    running.submit(KeepDraft(newer, to_server=True, at_once=True))
    until(lambda: _drafts_on(server) == ["ébauche 2"], "seconds later, not a minute")


def test_half_an_address_and_a_lost_file_do_not_hinder_the_server_s_draft(
    running: Running, server: Server, tmp_path: Path
) -> None:
    running.connect()
    lost = DraftAttachment("x", "text/plain", 1, path=tmp_path / "x")
    draft = Draft(
        running.account.id, to="chloe.gerard@ac-amiens.fr, mar", subject="moitié",
        attachments=(lost,),
    )  # fmt: skip
    running.submit(KeepDraft(draft, to_server=True))
    until(lambda: _drafts_on(server) == ["moitié"], "on the server")


def test_a_draft_that_was_put_aside_comes_back(running: Running, server: Server) -> None:
    running.connect()
    running.submit(KeepDraft(_draft(running, "ébauche"), to_server=True))
    draft_id = running.wait(DraftKept).draft_id
    until(lambda: len(server.subjects("Drafts")) == 1, "the draft is on the server")
    running.submit(AbandonDraft(draft_id))
    running.wait(Done)
    assert drafts.all_drafts(running.store.reader()) == []
    until(lambda: server.subjects("Drafts") == [], "the server's draft has gone")
    running.submit(Undo())
    assert running.wait(Undone).draft_id == draft_id
    assert [one.subject for one in drafts.all_drafts(running.store.reader())] == ["ébauche"]


def test_what_became_a_mail_is_not_brought_back_as_a_draft(
    running: Running, smtp: MailServer
) -> None:
    running.start()
    running.submit(Send(_draft(running), delay=0))
    _state(running, SendingState.SENT)
    running.submit(Undo())
    running.wait(Failed)
    assert drafts.all_drafts(running.store.reader()) == []


def _mail(**fields: object) -> Outgoing:
    return Outgoing(1, "m", "a@x", ("b@x",), b"", **fields)  # type: ignore[arg-type]


def test_due_is_what_waits_no_longer() -> None:
    late, soon = _mail(not_before=5.0), _mail(not_before=15.0)
    unsure = _mail(state="unsure")
    assert outbox.due([late, soon, unsure], 10.0) == [late]
    assert outbox.next_due([unsure]) == 0
    assert outbox.next_due([soon, late]) == 5.0


def test_at_once_forgives_back_off_but_not_send_later() -> None:
    retried, later = _mail(not_before=900.0, attempts=2), _mail(not_before=900.0)
    assert outbox.due([retried, later], 10.0, at_once=True) == [retried]
    assert outbox.may_be_taken_back(later, 10.0)
    assert not outbox.may_be_taken_back(retried, 10.0)


def _drafts_on(server: Server) -> list[str]:
    import email.header

    return [
        str(email.header.make_header(email.header.decode_header(subject)))
        for subject in server.subjects("Drafts")
    ]


def _kept(running: Running, draft: Draft) -> Draft:
    with running.store.write(durable=True) as db:
        draft_id = drafts.keep(db, draft)
    kept = drafts.get(running.store.reader(), draft_id)
    assert kept is not None
    return kept


def _row(running: Running, row_id: int) -> Outgoing:
    found = rows.get(running.store.reader(), row_id)
    assert found is not None
    return found
