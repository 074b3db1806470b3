"""smime.p7m: what stands inside a signature is read; what is encrypted is said to be."""

from tests.mail.mails import part
from tests.mail.parsing.test_opaque import element, signature
from tests.viewers.looking import look, take, text
from tests.viewers.test_pdf import LETTER, pages

LOCKED = element(0x30, bytes.fromhex("06092a864886f70d010703"), element(0xA0, b"\x30\x00"))


def test_a_mail_is_read_and_its_files_are_opened() -> None:
    inside = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + part("Rendez-vous jeudi, Zoé.")
        + b"\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment;"
        b" filename=notes.csv\r\n\r\nnom;note\r\n--b--\r\n"
    )
    shown = look(signature(inside), "smime.p7m", "application/pkcs7-mime")
    assert [line.text for line in shown.lines if line.text] == [
        "Rendez-vous jeudi, Zoé.",
        "+ notes.csv (8\xa0octets)",
    ]
    assert [entry.name for entry in shown.entries] == ["notes.csv"]
    assert take(signature(inside), "smime.p7m", 1) == b"nom;note"


def test_a_signed_file_is_shown_as_what_it_is() -> None:
    assert text(signature(pages(LETTER)), "acte.pdf.p7m").startswith("Collège Jean Moulin")
    assert text(signature(b"nom;note\nLuc;12\n"), "notes.csv.p7m") == "nom  note\nLuc    12"


def test_what_is_encrypted_is_said_to_be() -> None:
    shown = look(LOCKED, "smime.p7m", "application/pkcs7-mime")
    assert shown.note == "C’est chiffré pour ses destinataires, ou abîmé."
