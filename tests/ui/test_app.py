"""Status, banner, notices, departure of mails, colours, keys, quitting."""

import time

import pytest

from acterm import i18n
from acterm.engine.messages.account import SecretWanted, SignInWasRefused
from acterm.engine.messages.base import Crashed
from acterm.engine.messages.mail import Link, LinkChanged, Progress, QuotaChanged, Refresh
from acterm.engine.messages.writing import OutboxChanged, SendingChanged, SendingState, SendNow
from acterm.mail.account import Account
from acterm.store import accounts, outbox, settings
from acterm.store.db import Store
from acterm.store.outbox import Outgoing
from acterm.ui import palettes
from tests.ui.box import LARGE, SMALL, Box, opened
from tests.ui.conftest import make_account


async def test_the_status_line_says_how_the_account_stands(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(LinkChanged(account.id, Link.CONNECTING))
        assert box.lines[0].endswith("connexion…")
        await box.tell(LinkChanged(account.id, Link.CONNECTED), QuotaChanged(account.id, 62, 100))
        assert box.lines[0].endswith("connecté · 62 %")
        await box.tell(Progress(account.id, inbox, 3200, 100_000))
        assert box.lines[0].endswith("mails reçus : 3 200 sur 100 000 · 62 %")
        await box.tell(Progress(account.id, inbox, 100_000, 100_000), OutboxChanged(2))
        assert box.lines[0].endswith("connecté · 62 % · 2 à envoyer")


async def test_offline_is_said_with_its_age(store: Store, account: Account, inbox: int) -> None:
    noon = time.mktime((*time.localtime()[:3], 0, 1, 0, 0, 0, -1))
    async with opened(store) as box:
        await box.tell(LinkChanged(account.id, Link.OFFLINE, since=noon))
        assert box.lines[0].endswith("hors ligne, à jour à 00:01")


async def test_what_waiting_does_not_mend_stays_on_screen(
    store: Store, account: Account, inbox: int
) -> None:
    broken = LinkChanged(
        account.id, Link.OFFLINE, 0, "Le certificat a expiré.", "Vérifiez la date."
    )
    async with opened(store) as box:
        await box.tell(broken)
        assert box.lines[1] == " !! Le certificat a expiré."
        assert "Vérifiez la date." in box.lines[2]
        await box.tell(LinkChanged(account.id, Link.CONNECTED))
        assert "expiré" not in box.text


async def test_a_refused_sign_in_stays_until_it_is_answered(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(
            LinkChanged(account.id, Link.REFUSED),
            SignInWasRefused(account.id, "[AUTHENTICATIONFAILED] [/] Échec."),
        )
        await box.sees("Le serveur a refusé la connexion : « [AUTHENTICATIONFAILED] [/] Échec »")
        await box.sees("F2 : se reconnecter, ou mot de passe perdu")
        assert "F2 se reconnecter" in box.lines[-1]
        await box.press("j", "k")
        await box.sees("AUTHENTICATIONFAILED")
        await box.tell(LinkChanged(account.id, Link.CONNECTING))
        assert "AUTHENTICATIONFAILED" not in box.text
        assert "F2" not in box.lines[-1]


async def test_a_code_wanted_for_sending_is_asked_for_until_it_is_given(
    store: Store, account: Account, inbox: int
) -> None:
    row = _leaving(store, account, -9)
    async with opened(store) as box:
        await box.tell(
            LinkChanged(account.id, Link.CONNECTED),
            SendingChanged(row, SendingState.QUEUED),
            SecretWanted(account.id, "passcode"),
            LinkChanged(account.id, Link.WORKING),
            LinkChanged(account.id, Link.CONNECTED),
        )
        await box.sees("Un nouveau passcode est nécessaire pour envoyer le mail")
        assert "envoi dans" not in box.text
        await box.tell(SendingChanged(row, SendingState.SENDING))
        assert "passcode" not in box.text


async def test_a_refusal_of_the_last_time_is_still_there(store: Store, account: Account) -> None:
    with store.write() as db:
        accounts.refuse(db, account.id, "compte bloqué", time.time())
    async with opened(store) as box:
        await box.sees("« compte bloqué »")


def _leaving(store: Store, account: Account, seconds: float) -> int:
    mail = Outgoing(account.id, "1@example.test", account.address, ("zoe@example.test",), b"x")
    with store.write() as db:
        row = outbox.put(db, mail)
        outbox.postpone(db, row, time.time() + seconds)
    return row


async def test_a_mail_about_to_leave_counts_down(
    store: Store, account: Account, inbox: int
) -> None:
    row = _leaving(store, account, 10)
    async with opened(store) as box:
        await box.tell(SendingChanged(row, SendingState.QUEUED))
        await box.sees("envoi dans 10 s · z l'annule")
        await box.tell(SendingChanged(row, SendingState.SENDING))
        await box.sees("Envoi en cours…")
        await box.tell(SendingChanged(row, SendingState.SENT))
        await box.sees("Le mail est envoyé.")
        assert "envoi dans" not in box.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            SendingState.REFUSED,
            "Le serveur a refusé le mail : « 5.1.1 inconnu ». g o : boîte d'envoi",
        ),
        (SendingState.UNSURE, "Il n'est pas sûr que le mail soit parti. g o : décider"),
    ],
)
async def test_a_mail_that_did_not_leave_says_where_to_decide(
    store: Store, account: Account, inbox: int, state: SendingState, words: str
) -> None:
    async with opened(store, LARGE) as box:
        await box.tell(SendingChanged(1, state, "5.1.1 inconnu"))
        await box.sees(words)


async def test_quitting_waits_for_a_mail_in_its_ten_seconds(
    store: Store, account: Account, inbox: int
) -> None:
    row = _leaving(store, account, 10)
    async with opened(store) as box:
        await box.tell(SendingChanged(row, SendingState.QUEUED))
        await box.press("Q")
        await box.sees("Envoi de 1 mail… Q encore : il partira à la prochaine ouverture.")
        assert SendNow() in box.submitted
        await box.tell(SendingChanged(row, SendingState.SENDING))
        assert box.app.is_running
        await box.tell(SendingChanged(row, SendingState.SENT))
        await box.until(lambda: not box.app.is_running, "the end")


async def test_a_mail_that_could_not_leave_yet_says_why(
    store: Store, account: Account, inbox: int
) -> None:
    async with opened(store) as box:
        await box.tell(SendingChanged(1, SendingState.QUEUED, "smtp.test ne répond pas."))
        await box.sees("Le mail n'est pas encore parti. smtp.test ne répond pas.")


async def test_a_mail_taken_back_is_no_longer_said_to_leave(
    store: Store, account: Account, inbox: int
) -> None:
    row = _leaving(store, account, 10)
    async with opened(store) as box:
        await box.tell(OutboxChanged(1), SendingChanged(row, SendingState.QUEUED))
        await box.sees("envoi dans 10 s")
        assert "1 à envoyer" not in box.text, "it is said once"
        with store.write() as db:
            outbox.cancel(db, row)
        await box.tell(OutboxChanged(0))
        assert "envoi dans" not in box.text
        await box.press("Q")
        await box.until(lambda: not box.app.is_running, "the end, with nothing to wait for")


async def test_q_quits_at_once_when_nothing_waits(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("Q")
        await box.until(lambda: not box.app.is_running, "the end")


async def test_a_bug_of_a_thread_is_told_and_the_app_goes_on(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.tell(Crashed("Une erreur est survenue.", "acterm.log"))
        await box.sees("Une erreur est survenue.")
        await box.press("j")
        assert box.selected.startswith("Absence")


async def test_a_bug_in_a_command_is_told_and_the_app_goes_on(
    store: Store, inbox: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_command: object) -> None:
        raise RuntimeError("secret value")

    async with opened(store, LARGE) as box:
        monkeypatch.setattr(box.engine, "submit", broken)
        await box.press("f5")
        await box.sees("acterm a fait une erreur. Rien n'est perdu")
        await box.press("j")
        assert box.selected.startswith("Absence")


async def test_a_long_sentence_is_read_whole(store: Store, inbox: int) -> None:
    long = "Cette phrase secrète n’ouvre pas le fichier scellé. Vérifiez les majuscules, puis"
    async with opened(store) as box:
        above = box.lines[:-2]
        box.app.tell(f"{long} retapez-la.")
        await box.sees("\n  puis retapez-la.")
        assert box.lines[:-2] == above
        box.app.tell("Court.")
        await box.sees("? aide")
        box.app.tell(f"{long} retapez-la.")
        await box.press("g")
        assert "g … " in box.text


async def test_refresh_asks_every_account(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        await box.press("f5")
        assert box.submitted[-1] == Refresh()


async def test_theme_and_keys_are_kept_for_the_next_time(store: Store, inbox: int) -> None:
    async with opened(store) as box:
        before = box.app.theme
        await box.press("colon")
        await box.type_ahead("theme suivant")
        await box.press("enter")
        await box.until(lambda: box.app.theme != before, "other colours")
        await box.press("colon")
        await box.type_ahead("autres touches")
        await box.press("enter")
        await box.until(lambda: "e archiver" in box.lines[-1], "other keys")
    assert settings.get(store.reader(), "theme") == palettes.after(before)
    async with opened(store) as box:
        assert box.app.theme == palettes.after(before)
        assert "e archiver" in box.lines[-1]


async def test_english_has_the_letters_of_gmail(store: Store, inbox: int) -> None:
    i18n.set_language("en")
    async with opened(store) as box:
        assert box.lines[0] == " Inbox · 3 unread of 8"
        assert "e archive  d bin  r reply  f forward" in box.lines[-1]


async def _room(box: Box, size: tuple[int, int]) -> None:
    await box.pilot.resize_terminal(*size)
    await box.pilot.pause()


async def test_a_terminal_without_room_says_what_is_needed(store: Store, inbox: int) -> None:
    async with opened(store, (20, 5)) as box:
        assert "acterm a besoin de" in box.text
        await _room(box, SMALL)
        await box.sees("Conseil de classe")
        await _room(box, (59, 24))
        await box.sees("60 colonnes")
        await _room(box, (100, 30))
        await box.sees("Conseil de classe")


@pytest.mark.parametrize("width", [60, 79, 80, 99, 100, 120, 139, 140, 160, 220])
async def test_every_width_shows_folder_subject_and_date(
    store: Store, inbox: int, width: int
) -> None:
    async with opened(store, (width, 24)) as box:
        assert box.lines[0].startswith(" Boîte de réception · 3 non lus sur 8")
        assert "Conseil de classe 3eD –" in box.text
        assert "00:00" in box.text
        assert all(len(line) <= width for line in box.lines)


async def test_two_accounts_have_their_own_status(store: Store, account: Account) -> None:
    other = make_account(store, "dominique.martin@ac-lille.fr")
    async with opened(store) as box:
        await box.tell(LinkChanged(other.id, Link.CONNECTED))
        assert "connecté" not in box.lines[0]
        await box.tell(LinkChanged(account.id, Link.CONNECTED))
        assert "connecté" in box.lines[0]
