"""The flow of the full mailbox: archived before deleted, and asked before it is for good."""

from dataclasses import replace

from acterm.assistant import menu
from acterm.assistant.flow import Kind, Leave, Start
from acterm.assistant.quota import FLOW
from acterm.assistant.quota.steps import Stage, State
from acterm.engine.messages.base import Done, Failed
from acterm.engine.messages.clearing import (
    ArchiveMails,
    ArchiveProgress,
    Batch,
    BinEmptied,
    EmptyBin,
    FolderSize,
    LookAtSizes,
    MailsArchived,
    SizesSeen,
)
from acterm.engine.messages.mail import Move, QuotaChanged
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.folder import Role
from acterm.mail.message import Envelope, Flag
from acterm.server import Server

_ACCOUNT = Account(
    id=7,
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    imap=Server("imap.ac-amiens.fr", 993),
    smtp=Server("smtp.ac-amiens.fr", 465),
)
_MB = 1 << 20
_PHOTOS = Envelope(
    3, 1, 3, 1_700_000_000, Address("Chloé Gérard", "c@college.example"), "", "photos",
    Flag.SEEN, 12 * _MB, True,
)  # fmt: skip
_SEEN = SizesSeen(
    7,
    190 * _MB,
    200 * _MB,
    (FolderSize(1, "INBOX", Role.INBOX, 5210, 150 * _MB), FolderSize(2, "3e B", Role.NONE, 1, 9)),
    (Batch("attachments", (3,), 12 * _MB, (_PHOTOS,)),),
)


def _diagnosis() -> State:
    begun = FLOW.start(Start(account=_ACCOUNT))
    assert begun.commands == (LookAtSizes(7),)
    assert FLOW.question(begun.state).kind is Kind.WAIT
    return FLOW.heard(begun.state, _SEEN).state


def _archived() -> State:
    chosen = FLOW.answered(_diagnosis(), choice="attachments").state
    working = FLOW.answered(chosen, choice="archive")
    assert working.commands == (ArchiveMails(7, (3,)),)
    return FLOW.heard(working.state, MailsArchived(7, (3,), ("/x/a.mbox",), 12 * _MB)).state


def test_it_is_the_flow_of_the_menu() -> None:
    assert menu.flow("quota") is FLOW


def test_without_an_account_it_says_so() -> None:
    alone = FLOW.start(Start())
    assert alone.commands == ()
    assert FLOW.answered(alone.state, choice="leave").onward == Leave()


def test_what_takes_the_room_is_said_by_folder() -> None:
    asked = FLOW.question(_diagnosis())
    assert "190\u00a0Mo sur 200\u00a0Mo" in asked.why
    assert "95" in asked.why
    assert "150\u00a0Mo" in asked.facts[0]
    assert [choice.key for choice in asked.choices] == ["attachments", "leave"]


def test_the_mails_are_shown_before_anything_is_done() -> None:
    asked = FLOW.question(FLOW.answered(_diagnosis(), choice="attachments").state)
    assert "photos" in asked.facts[0]
    assert asked.choices[0].key == "archive"


def test_only_what_was_archived_goes_to_the_bin() -> None:
    chosen = FLOW.answered(_diagnosis(), choice="attachments").state
    working = FLOW.answered(chosen, choice="archive").state
    halfway = FLOW.heard(working, ArchiveProgress(7, 1, 2)).state
    assert "1" in FLOW.question(halfway).why
    some = replace(halfway, ids=(3, 4))
    archived = FLOW.heard(some, MailsArchived(7, (3,), ("/x/a.mbox",), 5)).state
    assert FLOW.question(archived).facts == ("Dans le dossier /x\u00a0:", "a.mbox")
    assert FLOW.answered(archived, choice="move").commands == (Move((3,), Role.TRASH),)


def test_the_bin_is_emptied_only_after_it_was_asked() -> None:
    moving = FLOW.answered(_archived(), choice="move").state
    moved = FLOW.heard(moving, Done((3,), "")).state
    asked = FLOW.answered(moved, choice="bin")
    assert asked.commands == ()
    assert FLOW.question(asked.state).choices[0].key == "look"
    assert "12\u00a0Mo" in FLOW.question(asked.state).why
    emptying = FLOW.answered(asked.state, choice="empty")
    assert emptying.commands == (EmptyBin(7),)
    emptied = FLOW.heard(emptying.state, BinEmptied(7, 1)).state
    counted = FLOW.heard(emptied, QuotaChanged(7, 178 * _MB, 200 * _MB)).state
    assert FLOW.question(counted).title.startswith("12\u00a0Mo")


def test_a_failure_leads_back_with_its_words() -> None:
    chosen = FLOW.answered(_diagnosis(), choice="attachments").state
    working = FLOW.answered(chosen, choice="archive").state
    failed = FLOW.heard(working, Failed("Disque plein.", "Faites de la place.", (3,))).state
    assert failed.stage is Stage.BATCH
    assert FLOW.question(failed).problem == "Disque plein. Faites de la place."


def test_back_leads_to_what_takes_the_room_but_never_out_of_work() -> None:
    assert FLOW.back(_archived()).stage is Stage.DIAGNOSIS
    working = FLOW.answered(_archived(), choice="move").state
    assert FLOW.back(working) == working


def test_every_question_can_be_shown() -> None:
    for stage in Stage:
        state = replace(_diagnosis(), stage=stage, kind="attachments")
        assert FLOW.question(state).title
