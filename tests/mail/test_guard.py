"""What must not leave, and what is worth a question."""

import pytest

from acterm.mail.compose import recipients
from acterm.mail.draft import Draft
from acterm.mail.guard import concerns, secrets_in
from acterm.secret import Secret

PASSWORD = Secret("Craie-bleue-12")


def _mail(body: str, subject: str = "x", kind: str = "text/plain") -> bytes:
    return (
        f"From: a@b.example\nTo: c@d.example\nSubject: {subject}\n"
        f"Content-Type: {kind}; charset=utf-8\n\n{body}\n"
    ).encode()


def _with_attachment(text: bytes, charset: str = "utf-8") -> bytes:
    return (
        b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="limite"\n\n'
        b"--limite\nContent-Type: text/plain\n\nVoir\n"
        b"--limite\nContent-Type: text/csv; charset=" + charset.encode() + b"\n"
        b"Content-Disposition: attachment; filename=liste.csv\n\n" + text + b"\n--limite--\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        _mail("Mon NUMEN est 20E9501234ABC."),
        _mail("mon numen : 20 e 95 01234 abc"),
        _mail("rien", subject="20E9501234ABC"),
        _mail("<p>20E95<b>01234</b>ABC</p>", kind="text/html"),
        _with_attachment("nom;numen\nLefèvre;20E9501234ABC".encode("cp1252"), "cp1252"),
    ],
)
def test_a_numen_is_held_back(source: bytes) -> None:
    (sentence,) = secrets_in(source, None)
    assert "NUMEN" in sentence


@pytest.mark.parametrize(
    "source",
    [
        _mail("Mon mot de passe : Craie-bleue-12"),
        _mail("rien", subject="Craie-bleue-12"),
        _with_attachment(b"clefevre;Craie-bleue-12"),
    ],
)
def test_the_password_is_held_back(source: bytes) -> None:
    (sentence,) = secrets_in(source, PASSWORD)
    assert "mot de passe" in sentence


def test_ordinary_mail_goes() -> None:
    assert secrets_in(_mail("Conseil de classe 3eD, salle 12, le 24/11/2026."), PASSWORD) == []


def test_a_short_password_counts_only_as_a_word() -> None:
    assert secrets_in(_mail("abaisser"), Secret("ab")) == []
    assert secrets_in(_mail("code : ab."), Secret("ab"))


def test_a_colleague_would_ask_about_these() -> None:
    crowd = ", ".join(f"p{number}@college.example" for number in range(30))
    draft = Draft(1, to=crowd, body="Vous trouverez ci-joint le compte rendu.")
    assert {concern.code for concern in concerns(draft, recipients(draft))} == {
        "no-subject",
        "no-attachment",
        "crowd",
    }


def test_a_quoted_attachment_is_no_question() -> None:
    draft = Draft(1, to="a@b.example", subject="Re: x", body="Merci\n> ci-joint le compte rendu")
    assert concerns(draft, recipients(draft)) == ()
