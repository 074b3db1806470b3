"""The whole thread: a newcomer connects, reads, answers, archives, changes her mind, quits."""

from tests.journey.conftest import Person
from tests.servers.smtp import MailServer
from tests.servers.waiting import until
from tests.terminal import DOWN, ENTER, ERASE_LINE, ESCAPE, Terminal

PHRASE = "tilleuls place du marché"


def _answers(terminal: Terminal, question: str, answer: str, instead_of: str = "") -> None:
    """Wait for the question, empty its field of a proposal, answer."""
    terminal.wait_for(question)
    if instead_of:
        terminal.wait_until(lambda seen: _proposed(seen, instead_of), instead_of)
        terminal.press(ERASE_LINE)
        terminal.wait_until(lambda seen: not _proposed(seen, instead_of), "an empty field")
    terminal.press(answer + ENTER)


def _proposed(terminal: Terminal, text: str) -> bool:
    """Whether the text stands alone in a line, as in a field."""
    return text in (line.strip() for line in terminal.lines)


def _connects(terminal: Terminal, person: Person) -> None:
    account = person.account
    _answers(terminal, "Quelle est votre adresse mail ?", account.address)
    _answers(terminal, "Vos serveurs de mail sont-ils ceux-ci ?", DOWN + DOWN)
    reception, sending = "imap.ac-amiens.fr:993", "smtp.ac-amiens.fr:465"
    _answers(terminal, "Quel serveur reçoit vos mails ?", str(account.imap), reception)
    _answers(terminal, "Quel serveur envoie vos mails ?", str(account.smtp), sending)
    _answers(terminal, "Quel est votre identifiant ?", account.login, "clefevre")
    _answers(terminal, "Quel nom vos correspondants verront-ils ?", "")
    _answers(terminal, "Quel est votre mot de passe ?", person.password)
    terminal.wait_for("Où garder le mot de passe ?")
    for step in ("Certificat", "Identification", "Dossiers", "Envoi"):
        terminal.wait_for(f"✓ {step}")
    terminal.press(ENTER)
    _answers(terminal, "Quelle phrase secrète scellera le fichier ?", PHRASE)
    _answers(terminal, "Encore une fois, la même phrase secrète ?", PHRASE)


def test_a_first_evening(person: Person, smtp: MailServer) -> None:
    with person.opens_acterm() as terminal:
        _connects(terminal, person)
        terminal.wait_for("connecté")
        terminal.wait_for("Sortie scolaire 4eC")

        terminal.press(ENTER)
        terminal.wait_for("Tu viens avec nous ?")
        until(lambda: person.count("INBOX", "UNSEEN") == 0, "the mail is read on the server")

        terminal.press("r")
        terminal.wait_for("Amélie Roussel a écrit :")
        terminal.press("Oui, volontiers.")
        terminal.wait_for("Oui, volontiers.")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("e")
        terminal.wait_until(lambda _: smtp.delivered, "the mail is at the SMTP server", 30)
        (sent,) = smtp.delivered
        assert sent.recipients == ["amelie.roussel@ac-amiens.fr"]
        assert b"In-Reply-To: <premier@ac-amiens.fr>" in sent.content
        terminal.wait_until(lambda _: person.count("Sent") == 1, "a copy is in Sent")
        terminal.wait_until(lambda _: person.count("INBOX", "ANSWERED"), "the mail is answered")
        terminal.wait_until(lambda _: person.count("Drafts") == 0, "no draft is left")

        terminal.press(ESCAPE)
        terminal.wait_gone("1 sur 1")
        terminal.wait_for("Boîte de réception · 1 mail")
        terminal.press("a")
        terminal.wait_for("1 mail archivé")
        terminal.wait_until(lambda _: person.count("Archive") == 1, "it is archived")
        terminal.press("z")
        terminal.wait_for("Annulé : 1 mail archivé")
        terminal.wait_until(lambda _: person.count("INBOX") == 1, "it is back")

        terminal.press("Q")
        assert terminal.ended() == 0
    assert smtp.sign_ins == [(person.account.login, True)] * len(smtp.sign_ins)
