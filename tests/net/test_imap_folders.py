"""The folder list: names of all kinds, nesting, and what each folder is for."""

import pytest

from acterm.mail.folder import ListedFolder, Role
from acterm.net.imap import Imap
from acterm.secret import Secret
from tests.net.conftest import SignIn, source
from tests.servers import liar
from tests.servers.liar import Liar


def _listed(lines: bytes, capabilities: str = "IMAP4rev1") -> list[ListedFolder]:
    """What the client makes of these LIST answers."""
    replies: dict[str, liar.Reply] = {
        "LIST": lines + b"%t OK done\r\n",
        "STATUS": b"%t NO not now\r\n",
        "NAMESPACE": b'* NAMESPACE (("INBOX." ".")) NIL NIL\r\n%t OK done\r\n',
    }
    with Liar(liar.imap(replies, capabilities=capabilities)) as server:
        imap = Imap.connect(server.server, deadline=5)
        imap.sign_in("x", Secret("y"))
        folders = imap.folders()
        imap.close()
    return folders


def _roles(*names: str) -> dict[str, Role]:
    lines = "".join(f'* LIST () "/" "{name}"\r\n' for name in names)
    return {folder.name: folder.role for folder in _listed(lines.encode())}


def test_each_folder_has_its_role_and_its_counts(inbox: Imap) -> None:
    listed = {folder.path: folder for folder in inbox.folders()}
    assert {folder.path: folder.role for folder in listed.values()} == {
        "INBOX": Role.INBOX,
        "Drafts": Role.DRAFTS,
        "Sent": Role.SENT,
        "Junk": Role.JUNK,
        "Trash": Role.TRASH,
        "Archive": Role.ARCHIVE,
    }
    opened = inbox.open("INBOX")
    assert (listed["INBOX"].messages, listed["INBOX"].unread) == (5, 4)
    assert listed["INBOX"].uidnext == opened.uidnext
    assert listed["INBOX"].highest_modseq == opened.highest_modseq


def test_folders_known_before_are_counted_in_the_same_round_trip(
    inbox: Imap, sign_in: SignIn
) -> None:
    fresh = sign_in()

    def seen(*known: str) -> dict[str, ListedFolder]:
        return {folder.path: folder for folder in fresh.folders(known)}

    plain = {folder.path: folder for folder in inbox.folders()}
    assert seen(*plain, "disparu") == plain
    assert seen("INBOX") == plain
    assert seen(*(f"dossier {number}" for number in range(300))) == plain


def test_folders_weigh_what_their_mails_do(inbox: Imap) -> None:
    weights = inbox.sizes(["INBOX", "Drafts", "disparu"])
    assert weights == {"INBOX": sum(header.size for header in inbox.newest(5)), "Drafts": 0}


@pytest.mark.parametrize(
    "name",
    [
        "Élèves de 3e B",
        "Été/Sorties/Musée d’Orsay",
        "R&D & co",
        'guill"emet',
        "barre\\oblique",
        "100 % *",
        "{12}",
        "日本語",
        "(parenthèses)",
        "12",
        "NIL",
        "[ac] ~tilde",
    ],
)
def test_any_name_can_be_made_listed_opened_and_filled(sign_in: SignIn, name: str) -> None:
    imap = sign_in()
    path = imap.create_folder(name)
    [folder] = [folder for folder in imap.folders() if folder.name == name]
    assert folder.path == path
    assert path.isascii()
    imap.append(path, source(1))
    assert imap.open(path).messages == 1


def test_folders_above_others_may_hold_no_mail(sign_in: SignIn) -> None:
    imap = sign_in()
    imap.create_folder("Classes/3e B")
    listed = {folder.name: folder for folder in imap.folders()}
    assert listed["Classes/3e B"].selectable
    assert not listed["Classes"].selectable


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("&AMk-l&AOk-ments envoy&AOk-s", Role.SENT),
        ("Sent Items", Role.SENT),
        ("Gesendet", Role.SENT),
        ("Corbeille", Role.TRASH),
        ("&AMk-l&AOk-ments supprim&AOk-s", Role.TRASH),
        ("Brouillons", Role.DRAFTS),
        ("Entw&APw-rfe", Role.DRAFTS),
        ("Courrier ind&AOk-sirable", Role.JUNK),
        ("Pourriel", Role.JUNK),
        ("Archives", Role.ARCHIVE),
        ("Projets", Role.NONE),
        ("Classe/Corbeille", Role.NONE),
    ],
)
def test_well_known_names_tell_what_a_folder_is_for(name: str, role: Role) -> None:
    assert next(iter(_roles(name).values())) is role


def test_only_the_likeliest_of_two_folders_has_a_role() -> None:
    assert _roles("Sent", "Envoy&AOk-s") == {"Sent": Role.NONE, "Envoyés": Role.SENT}


def test_special_use_counts_more_than_a_name() -> None:
    lines = (
        b'* LIST () "/" Corbeille\r\n'
        b'* LIST (\\HasNoChildren \\Trash) "/" "Poubelle verte"\r\n'
        b'* LIST (\\Trash) "/" Deux\r\n'
        b'* LIST (\\All) "/" Tous\r\n'
    )
    roles = {folder.name: folder.role for folder in _listed(lines)}
    assert roles == {
        "Corbeille": Role.NONE,
        "Poubelle verte": Role.TRASH,
        "Deux": Role.NONE,
        "Tous": Role.ALL,
    }


@pytest.mark.parametrize("inbox_name", ["INBOX", "Inbox", "inbox"])
def test_the_inbox_is_known_in_any_case(inbox_name: str) -> None:
    assert _roles(inbox_name) == {inbox_name: Role.INBOX}


def test_counts_of_the_inbox_are_understood_in_any_case() -> None:
    lines = b'* LIST () "/" Inbox\r\n* STATUS INBOX (MESSAGES 7 UNSEEN 2)\r\n'
    [folder] = _listed(lines, "IMAP4rev1 LIST-STATUS")
    assert (folder.messages, folder.unread) == (7, 2)


def test_the_prefix_of_courier_is_not_shown() -> None:
    lines = b'* LIST () "." INBOX\r\n* LIST () "." INBOX.Trash\r\n* LIST () "." INBOX.a.b\r\n'
    folders = _listed(lines, "IMAP4rev1 NAMESPACE")
    assert [(folder.name, folder.path) for folder in folders] == [
        ("INBOX", "INBOX"),
        ("Trash", "INBOX.Trash"),
        ("a.b", "INBOX.a.b"),
    ]
    assert folders[1].role is Role.TRASH


def test_odd_lines_hide_no_other_folder() -> None:
    lines = (
        b"* LIST (((\r\n"
        b"* LIST nonsense\r\n"
        b'* LIST () "/" {8}\r\nx\r\nz FOO\r\n'
        b'* LIST () NIL "&broken"\r\n'
        b'* LIST () "/" "\xe9t\xe9"\r\n'
        b'* LIST () "/" "\x1b]52;c;x\x07rouge"\r\n'
        b'* LIST (\\Noselect) "/" Nulle\r\n'
        b'* LIST () "/" Nulle\r\n'
        b'* LIST () "/" 2026\r\n'
    )
    folders = _listed(lines)
    assert [folder.path for folder in folders] == [
        "&broken",
        "été",
        "\x1b]52;c;x\x07rouge",
        "Nulle",
        "2026",
    ]
    assert folders[0].delimiter == ""
    assert all("\x1b" not in folder.name for folder in folders)
