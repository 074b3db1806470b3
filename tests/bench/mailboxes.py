"""Big mailboxes, written straight into Dovecot's Maildir so that no server has to append them."""

import base64
import os
import random
import shutil
import subprocess
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from tests.servers.certificates import make as make_certificates
from tests.servers.dovecot import PASSWORD, Dovecot

NEWEST = 1_795_000_000
_VOCABULARY = (
    "conseil classe réunion parents élèves bulletin absence sortie musée devoir évaluation groupe"
    " salle horaire planning calendrier documents orientation stage convention lecture oral"
    " exposé carte histoire projet équipe vendredi rendez-vous réponse question merci bonjour"
    " cordialement trimestre examen brevet convocation circulaire formation ressources numérique"
)
_WORDS = _VOCABULARY.split()
_PEOPLE = [
    f"{first} {last}"
    for first in ["Chloé", "Amélie", "Karim", "Sophie", "Thomas", "Hélène", "Nadia", "Julien"]
    for last in ["Gérard", "Roussel", "Haddad", "Caron", "Lemaire", "Marchand", "Benali", "Petit"]
]
_ENCODED = {
    name: f"=?utf-8?b?{base64.b64encode(name.encode()).decode()}?=" if not name.isascii() else name
    for name in _PEOPLE
}


@dataclass(frozen=True)
class Mailbox:
    """A login on the server with `count` mails; `token` stands in the newest one's subject."""

    server: Dovecot
    login: str
    count: int

    @property
    def token(self) -> str:
        """A word that only the newest mail has."""
        return f"Zx{self.count:07}"

    @property
    def maildir(self) -> Path:
        """Where the server keeps it."""
        return self.server.home / "mail" / self.login / "Maildir"


def server(folder: Path) -> Dovecot:
    """A Dovecot on Maildirs."""
    certificate = make_certificates(folder).good
    return Dovecot(certificate, location="maildir:~/Maildir:INDEX=~/index", quota="100G").start()


def fill(dovecot: Dovecot, count: int) -> Mailbox:
    """Write `count` mails of a school's mixture, the last one 500 KB of HTML at rank 3."""
    mailbox = Mailbox(dovecot, f"bench{count}", count)
    chance = random.Random(count)  # noqa: S311 (the same mails at every run)
    for name in ("cur", "new", "tmp"):
        (mailbox.maildir / name).mkdir(parents=True, exist_ok=True)
    cur = mailbox.maildir / "cur"
    for number in range(1, count + 1):
        source = _mail(number, count, chance)
        stamp = NEWEST - (count - number) * 60
        read = "" if chance.random() < 0.05 else "S"
        path = cur / f"{stamp}.M{number:07}P1.bench,S={len(source)}:2,{read}"
        path.write_bytes(source)
        os.utime(path, (stamp, stamp))
    _hand_over(mailbox.maildir.parent)
    return mailbox


def _mail(number: int, count: int, chance: random.Random) -> bytes:
    sender = chance.choice(_PEOPLE)
    words = " ".join(chance.choices(_WORDS, k=5))
    token = f" Zx{number:07}" if number == count else ""
    address = sender.split(maxsplit=1)[1].lower().replace("é", "e")
    body = "\n".join(" ".join(chance.choices(_WORDS, k=11)) for _line in range(11))
    kind = "text/plain"
    if number == count - 2:
        kind, body = "text/html", _newsletter(chance)
    elif number % 5 == 0:
        kind = "text/html"
        body = "".join(f"<tr><td><p>{line}</p></td></tr>" for line in body.splitlines())
        body = f"<html><body><table>{body}</table></body></html>"
    subject = base64.b64encode(words.encode()).decode()
    head = (
        f"Return-Path: <{address}@ac-amiens.fr>\n"
        f"Received: from relais.example by imap.example; {formatdate(NEWEST)}\n"
        f"Date: {formatdate(NEWEST - (count - number) * 60)}\n"
        f"From: {_ENCODED[sender]} <{address}@ac-amiens.fr>\n"
        "To: camille.lefevre@ac-amiens.fr\n"
        f"Subject:{token} =?utf-8?b?{subject}?=\n"
        f"Message-ID: <{number}.bench@ac-amiens.fr>\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return f"{head}corps-{number:07} {body}\n".encode()


def _newsletter(chance: random.Random) -> str:
    """Half a megabyte of layout."""
    cells = (
        '<table width="600" style="border:0;mso-table-lspace:0"><tr><td style="padding:12px;'
        f'font-family:Arial;color:#333"><h2>{" ".join(chance.choices(_WORDS, k=4))}</h2><p>'
        f'{" ".join(chance.choices(_WORDS, k=60))}</p><a href="https://lettre.example/{number}">'
        "Lire</a></td></tr></table>\n"
        for number in range(660)
    )
    return "<html><body>" + "".join(cells) + "</body></html>"


def _hand_over(folder: Path) -> None:
    """To the user under whom Dovecot reads mail."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "mail:mail", folder], check=True)


def warm(mailbox: Mailbox) -> None:
    """Let the server index the mails: it is not what is measured."""
    import imaplib

    client = imaplib.IMAP4("127.0.0.1", mailbox.server.imap)
    client.login(mailbox.login, PASSWORD)
    client.select("INBOX")
    fields = "DATE FROM TO CC SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES LIST-ID CONTENT-TYPE"
    client.fetch("1:*", f"(FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({fields})])")
    client.logout()


def empty(path: Path) -> Path:
    """A new, empty folder in place of what may be there."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path
