"""The demo's IMAP server, asked by the clients of Python's library and by IMAPClient."""

import imaplib
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from acterm.demo.servers import Servers


def _client(servers: Servers) -> IMAPClient:
    server = servers.account.imap
    return IMAPClient(server.host, server.port, ssl=False, timeout=5)


@pytest.fixture
def client(servers: Servers) -> Iterator[IMAPClient]:
    signed_in = _client(servers)
    signed_in.login(servers.account.login, servers.mailbox.password)
    yield signed_in
    signed_in.logout()


@pytest.fixture
def other(servers: Servers) -> Iterator[IMAPClient]:
    signed_in = _client(servers)
    signed_in.plain_login(servers.account.login, servers.mailbox.password)
    signed_in.select_folder("INBOX")
    yield signed_in
    signed_in.logout()


def _newest(client: IMAPClient, folder: str = "INBOX") -> int:
    client.select_folder(folder)
    return max(client.search("ALL"))


def test_a_wrong_password_is_refused(servers: Servers) -> None:
    client = _client(servers)
    with pytest.raises(LoginError, match="Authentication failed"):
        client.login(servers.account.login, "tarte aux pommes")


def test_nothing_is_told_before_signing_in(servers: Servers) -> None:
    client = _client(servers)
    with pytest.raises(imaplib.IMAP4.error):
        client.select_folder("INBOX")


def test_folders_have_french_names_and_uses(client: IMAPClient) -> None:
    folders = {name: flags for flags, _delimiter, name in client.list_folders()}
    assert b"\\Sent" in folders["Envoyés"]
    assert b"\\Junk" in folders["Indésirables"]
    assert b"\\HasChildren" in folders["Archive"]
    assert "Classe 3eD" in folders
    assert {name for _flags, _delimiter, name in client.list_sub_folders()} == set(folders)


def test_one_level_is_listed_with_a_percent_sign(client: IMAPClient) -> None:
    names = {name for _flags, _delimiter, name in client.list_folders(pattern="%")}
    assert "Archive" in names
    assert not any("/" in name for name in names)


def test_status_counts_the_unread(client: IMAPClient) -> None:
    status = client.folder_status("INBOX", ["MESSAGES", "UNSEEN", "UIDNEXT"])
    assert status[b"MESSAGES"] > 70
    assert status[b"UNSEEN"] == 9
    assert status[b"UIDNEXT"] == status[b"MESSAGES"] + 1


def test_every_mail_can_be_fetched_whole_and_in_its_parts(client: IMAPClient) -> None:
    for _flags, _delimiter, name in client.list_folders():
        client.select_folder(name, readonly=True)
        everything = client.fetch(
            client.search("ALL"),
            ["ENVELOPE", "BODYSTRUCTURE", "RFC822.SIZE", "BODY.PEEK[]", "BODY.PEEK[HEADER]",
             "BODY.PEEK[TEXT]", "BODY.PEEK[1]"],
        )  # fmt: skip
        for mail in everything.values():
            assert len(mail[b"BODY[]"]) == mail[b"RFC822.SIZE"]
            assert mail[b"BODY[HEADER]"] + mail[b"BODY[TEXT]"] == mail[b"BODY[]"]
            assert mail[b"BODY[1]"] in mail[b"BODY[]"]


def test_a_part_comes_with_its_mime_header_and_by_pieces(client: IMAPClient) -> None:
    uid = _newest(client)
    items = ["BODY.PEEK[2.MIME]", "BODY.PEEK[2]", "BODY.PEEK[2]<4.6>"]
    mail = client.fetch([uid], items)[uid]
    assert b"application/pdf" in mail[b"BODY[2.MIME]"]
    assert mail[b"BODY[2]<4>"] == mail[b"BODY[2]"][4:10]


def test_chosen_fields_are_fetched_alone(client: IMAPClient) -> None:
    uid = _newest(client)
    mail = client.fetch([uid], ["BODY.PEEK[HEADER.FIELDS (FROM DATE)]"])[uid]
    header = mail[b"BODY[HEADER.FIELDS (FROM DATE)]"]
    assert header.count(b"\r\n") == 3
    assert b"From:" in header


def test_reading_marks_as_read_and_peeking_does_not(client: IMAPClient) -> None:
    uid = _newest(client)
    client.fetch([uid], ["BODY.PEEK[]"])
    assert uid in client.search("UNSEEN")
    client.fetch([uid], ["BODY[]"])
    assert uid not in client.search("UNSEEN")


def test_flags_are_set_and_cleared_for_everyone(client: IMAPClient, other: IMAPClient) -> None:
    uid = _newest(client)
    client.add_flags([uid], ["\\Answered"])
    other.noop()
    assert b"\\Answered" in other.get_flags([uid])[uid]
    client.remove_flags([uid], ["\\Answered"])
    other.noop()
    assert b"\\Answered" not in other.get_flags([uid])[uid]


def test_search_finds_words_dates_and_flags(client: IMAPClient) -> None:
    client.select_folder("INBOX")
    assert client.search(["TEXT", "batellerie"])
    assert client.search(["SUBJECT", "Conseil de classe", "UNSEEN"])
    assert client.search(["BODY", "barème"], charset="UTF-8")
    assert client.search(["FROM", "Roussel", "NOT", "ANSWERED"])
    assert client.search(["OR", "FLAGGED", "LARGER", "50000"])
    assert client.search(["HEADER", "List-Id", "hg-picardie"])
    assert not client.search(["TEXT", "ornithorynque"])


def test_moving_tells_the_new_uid_and_the_others_see_it(
    client: IMAPClient, other: IMAPClient
) -> None:
    uid = _newest(client)
    client.move([uid], "Archive")
    other.noop()
    assert uid not in other.search("ALL")
    assert client.folder_status("Archive", ["MESSAGES"])[b"MESSAGES"] == 3


def test_copying_keeps_the_original(client: IMAPClient) -> None:
    uid = _newest(client)
    client.copy([uid], "Classe 3eD")
    assert uid in client.search("ALL")
    assert client.folder_status("Classe 3eD", ["MESSAGES"])[b"MESSAGES"] == 7


def test_only_marked_mails_are_expunged(client: IMAPClient) -> None:
    uid = _newest(client)
    client.add_flags([uid, uid - 1], ["\\Deleted"])
    client.uid_expunge([uid])
    assert uid not in client.search("ALL")
    assert uid - 1 in client.search("ALL")


def test_a_mail_is_appended_with_its_flags_and_uid(client: IMAPClient) -> None:
    answer = client.append("Envoyés", b"Subject: Copie\r\n\r\nBonjour", ["\\Seen"])
    uid = int(answer.split(b"APPENDUID")[1].split()[1].rstrip(b"]"))
    client.select_folder("Envoyés")
    assert client.fetch([uid], ["BODY[]"])[uid][b"BODY[]"] == b"Subject: Copie\r\n\r\nBonjour"


def test_idle_tells_a_new_mail_at_once(client: IMAPClient, other: IMAPClient) -> None:
    other.idle()
    client.append("INBOX", b"Subject: Coucou\r\n\r\n")
    told = other.idle_check(timeout=5)
    other.idle_done()
    assert any(name == b"EXISTS" for _number, name in told)


def test_the_mailbox_is_62_percent_full(client: IMAPClient) -> None:
    _roots, quotas = client.get_quota_root("INBOX")
    assert quotas[0].usage * 100 // quotas[0].limit == 62


def test_folders_are_made_renamed_and_deleted(client: IMAPClient) -> None:
    client.create_folder("Été")
    client.rename_folder("Été", "Été 2026")
    assert client.folder_exists("Été 2026")
    client.delete_folder("Été 2026")
    assert not client.folder_exists("Été 2026")


def test_nonsense_is_answered_not_obeyed(client: IMAPClient) -> None:
    client.select_folder("INBOX")
    with pytest.raises(imaplib.IMAP4.error):
        client._imap.xatom("FROTZ")
    with pytest.raises(imaplib.IMAP4.error):
        client._raw_command_untagged(b"FETCH", b"a:b FLAGS")
    assert client.noop()[0] == b"done"
