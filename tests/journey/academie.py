"""The académie's part in a journey: its servers, a private mailbox, and answering questions."""

import imaplib
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.journey.conftest import ACTERM
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer
from tests.terminal import DOWN, ENTER, Terminal

F2, RIGHT, HOME, LEFT = "\x1bOQ", "\x1b[C", "\x1b[H", "\x1b[D"


@dataclass
class Academie:
    """The servers that play the académie, and a private mailbox beside it."""

    dovecot: Dovecot
    private: Dovecot
    smtp: MailServer
    home: Path
    opened: Path
    environment: dict[str, str]

    def opens_acterm(self) -> Terminal:
        """`acterm`, as typed; links go to a browser that only notes them."""
        return Terminal([ACTERM], environment=self.environment)

    def resets_to(self, password: str) -> None:
        """What the official page does when the person chooses there."""
        self.dovecot.change_password(password)
        self.smtp.password = password

    def sends(self, subject: str, link: str) -> None:
        """A mail arrives in the private mailbox."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "Guichet <ne-pas-repondre@ac-amiens.fr>", "c@perso.example"
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{abs(hash(link))}@ac-amiens.fr>"
        mail.set_content(f"Pour choisir un nouveau mot de passe :\n{link}\n")
        client = imaplib.IMAP4("127.0.0.1", self.private.imap)
        client.login("perso", PASSWORD)
        client.append("INBOX", "", "", mail.as_bytes().replace(b"\n", b"\r\n"))
        client.logout()

    def pages(self) -> list[str]:
        """What the browser was asked to open."""
        return self.opened.read_text().splitlines() if self.opened.exists() else []

    def refusals(self) -> int:
        """How often the académie's server refused."""
        return self.dovecot.log().count("auth failed")


def types(terminal: Terminal, question: str, answer: str) -> None:
    """Wait for the question, and answer it."""
    terminal.wait_for(question)
    terminal.settle(0.1)
    terminal.press(answer + ENTER)


def chooses(terminal: Terminal, line: str) -> None:
    """Bring the cursor to a line, and take it."""
    terminal.wait_for(line)
    terminal.wait_for("▌")
    for _turn in range(20):
        terminal.settle(0.05)
        if any(line in shown and "▌" in shown for shown in terminal.lines):
            break
        terminal.press(DOWN)
    else:
        raise AssertionError(f"the cursor does not come to: {line}\n{terminal}")
    terminal.press(ENTER)
