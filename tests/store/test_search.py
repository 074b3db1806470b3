"""Search: the newest that match, however they are written, wherever they are now."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.config import Config
from acterm.mail.address import Address
from acterm.mail.folder import Role
from acterm.mail.message import Flag, Header
from acterm.store import accounts, bodies, folders, messages
from acterm.store.db import Store, open_store
from acterm.store.search import index_pending, search
from tests.store.conftest import CAMILLE, Box, furnish
from tests.store.headers import CHLOE, HUGO, header


def fill(box: Box, *headers: Header, role: Role = Role.INBOX) -> list[int]:
    """Headers arriving, and indexed."""
    with box.store.write() as db:
        folder = folders.with_role(db, box.account.id, role)
        assert folder is not None
        ids = messages.add(db, folder.id, headers)
        index(db)
    return ids


def index(db: object) -> None:
    while index_pending(db):  # type: ignore[arg-type]
        pass


def keep(box: Box, message_id: int, text: str) -> None:
    """A mail's text arriving."""
    source = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
    with box.store.write() as db:
        bodies.keep(db, message_id, source, skeleton=False)


def found(box: Box, typed: str, limit: int = 50) -> list[int]:
    """The UIDs that are found, in order."""
    return [one.envelope.uid for one in search(box.store.reader(), typed, limit)]


def test_the_newest_come_first_whatever_order_they_came_in(box: Box) -> None:
    fill(box, header(2), header(9))
    fill(box, header(1), header(5))
    assert found(box, "conseil") == [9, 5, 2, 1]
    assert found(box, "conseil", limit=2) == [9, 5]


def test_accents_ligatures_apostrophes_and_case_do_not_matter(box: Box) -> None:
    fill(box, header(1, "L’œuvre de l’ÉLÈVE"), header(2, "ŒUVRES d'eleves"))
    for typed in ("oeuvre", "œuvre", "Eleve", "l'élève", "L’ŒUVRE", "d’élève"):
        assert found(box, typed) == [2, 1], typed


def test_two_letters_or_figures_begin_a_word(box: Box) -> None:
    fill(box, header(1, "Salle 9996"), header(2, "CA de novembre"))
    assert found(box, "99") == [1]
    assert found(box, "de no") == [2]
    assert found(box, "no ") == []


def test_texts_that_come_before_the_header_was_indexed_are_found_once(box: Box) -> None:
    with box.store.write() as db:
        one, two = messages.add(db, box.inbox.id, [header(1), header(2)])
        read = [bodies.read(row, b"Subject: x\r\n\r\nmusee", skeleton=False) for row in (two, one)]
        bodies.keep_all(db, [*read, replace(read[0], message_id=999)])
        index(db)
    assert found(box, "musée") == [2, 1]
    assert found(box, "conseil musée") == [2, 1]
    assert not bodies.has(box.store.reader(), 999)


def test_all_words_must_be_there_and_the_last_may_be_half_typed(box: Box) -> None:
    fill(box, header(1, "Conseil de classe"), header(2, "Conseil pédagogique"))
    assert found(box, "classe conseil") == [1]
    assert found(box, "conseil péd") == [2]
    assert found(box, "cons classe") == []
    assert found(box, '"conseil de classe"') == [1]
    assert found(box, '"de conseil"') == []
    assert found(box, "conseil -classe") == [2]
    assert found(box, "-classe") == [2]
    assert found(box, "classe OU pédagogique ") == [2, 1]


def test_people_are_found_by_name_and_address(box: Box) -> None:
    fill(
        box,
        header(1, "a", sender=HUGO, to=(CAMILLE_ADDRESS,)),
        header(2, "b", sender=CHLOE, to=(HUGO,), cc=(Address("Zoé", "zoe@ac-lille.fr"),)),
    )
    assert found(box, "hugo") == [2, 1]
    assert found(box, "de:hugo") == [1]
    assert found(box, "à:hugo") == [2]
    assert found(box, "à:zoe@ac-lille.fr") == [2]
    assert found(box, "from:chloe.gerard@ac-amiens.fr") == [2]
    assert found(box, "objet:hugo") == []


CAMILLE_ADDRESS = Address("Camille Lefèvre", CAMILLE.address)


def test_conditions_alone_and_with_words(box: Box) -> None:
    fill(
        box,
        header(1, "Note", flags=Flag.SEEN),
        header(2, "Note", attachments=True),
        header(3, "Voyage", flags=Flag.SEEN | Flag.FLAGGED, attachments=True),
    )
    fill(box, header(4, "Note", flags=Flag.SEEN), role=Role.TRASH)
    assert found(box, "est:non-lu") == [2]
    assert found(box, "est:lu note") == [4, 1]
    assert found(box, "est:suivi") == [3]
    assert found(box, "avec:pj") == [3, 2]
    assert found(box, "-avec:pj") == [4, 1]
    assert found(box, "note dossier:corbeille") == [4]
    assert found(box, "dossier:réception") == [3, 2, 1]
    assert found(box, "-dossier:corbeille note ") == [2, 1]
    assert found(box, "dossier:zzz note") == []


def test_dates_cut_the_list(box: Box) -> None:
    days = [header(n, date=1_700_000_000 + n * 86_400) for n in range(1, 60)]
    fill(box, *days)
    assert found(box, "conseil avant:2023-11-17") == found(box, "avant:2023-11-17")
    inside = found(box, "conseil après:2023-12-01 avant:01/01/2024")
    assert inside == sorted(inside, reverse=True)
    assert len(inside) == 31
    assert found(box, "après:9999 conseil") == []


def test_mails_before_1970_and_far_in_the_future_are_found(box: Box) -> None:
    fill(box, header(1, date=-5), header(2, date=0), header(3, date=1 << 40))
    assert sorted(found(box, "conseil")) == [1, 2, 3]
    assert found(box, "conseil")[0] == 3
    assert found(box, "-classique") == [3, 2, 1]


def test_text_is_found_once_it_is_stored_and_shown_around_the_match(box: Box) -> None:
    (one, _two) = fill(box, header(1, "Sortie"), header(2, "Sortie"))
    assert found(box, "musée") == []
    keep(box, one, "Bonjour à tous. " * 40 + "Nous irons au musée de Picardie. " + "Merci. " * 40)
    (hit,) = search(box.store.reader(), "sortie musee")
    assert hit.envelope.uid == 1
    assert "irons au musée de Picardie" in hit.snippet
    assert len(hit.snippet) < 160
    assert hit.account == CAMILLE.address
    assert hit.folder == "INBOX"
    without_text, with_text = search(box.store.reader(), "objet:sortie")
    assert without_text.snippet == ""
    unread = search(box.store.reader(), "objet:sortie", snippets=False)
    assert [one.snippet for one in unread] == ["", ""]
    assert with_text.snippet.startswith("Bonjour à tous.")


def test_a_text_that_comes_before_the_index_does_is_not_lost(box: Box) -> None:
    with box.store.write() as db:
        (one,) = messages.add(db, box.inbox.id, [header(1, "Sortie")])
    keep(box, one, "musée")
    with box.store.write() as db:
        index(db)
    assert found(box, "sortie musée") == [1]


def test_a_text_kept_again_replaces_the_first(box: Box) -> None:
    (one,) = fill(box, header(1, "Sortie"))
    keep(box, one, "musée")
    keep(box, one, "piscine")
    assert found(box, "musée") == []
    assert found(box, "sortie piscine") == [1]


def test_a_mail_that_is_gone_is_not_found_and_its_words_go_in_time(box: Box) -> None:
    (one, _two) = fill(box, header(1), header(2))
    keep(box, one, "musée")
    with box.store.write() as db:
        messages.remove(db, box.inbox.id, [1])
    assert found(box, "conseil") == [2]
    assert found(box, "musée") == []
    with box.store.write() as db:
        index(db)
        assert db.execute("SELECT count(*) FROM words").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM stale_words").fetchone() == (0,)
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_a_mail_that_moved_is_found_where_it_is_now(box: Box) -> None:
    (one,) = fill(box, header(1))
    with box.store.write() as db:
        messages.move(db, [one], box.trash.id)
    (hit,) = search(box.store.reader(), "conseil")
    assert hit.folder == "Corbeille"


def test_one_account_can_be_searched_alone(box: Box) -> None:
    fill(box, header(1))
    db = box.store.reader()
    assert len(search(db, "conseil", account_id=box.account.id)) == 1
    assert search(db, "conseil", account_id=box.account.id + 1) == []


def test_nothing_typed_finds_nothing(box: Box) -> None:
    fill(box, header(1))
    for typed in ("", "   ", "-", '"', "de:", "***"):
        assert search(box.store.reader(), typed) == []


def test_indexing_goes_in_steps_and_ends(box: Box) -> None:
    with box.store.write() as db:
        messages.add(db, box.inbox.id, [header(uid) for uid in range(1, 1201)])
    steps = []
    while not steps or steps[-1]:
        with box.store.write() as db:
            steps.append(index_pending(db, 500))
    assert steps == [500, 500, 200, 0]
    assert len(found(box, "conseil", limit=2000)) == 1200


def test_an_account_taken_out_of_the_configuration_is_not_searched(box: Box) -> None:
    fill(box, header(1))
    with box.store.write() as db:
        accounts.keep(db, box.account, from_config=True)
        accounts.sync_with_config(db, Config(), [])
    assert found(box, "conseil") == []
    assert found(box, "est:non-lu") == []


def one_mail_store(folder: str) -> tuple[Store, Box]:
    store = open_store(Path(folder) / "acterm.db")
    return store, furnish(store)


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_query_fails_on_any_mail(typed: str, subject: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, box = one_mail_store(folder)
        clean = "".join(one for one in subject if one.isprintable())
        fill(box, header(1, clean))
        assert search(store.reader(), typed) is not None
        store.close()


@given(st.text(alphabet="éÈœßæ’aZç- ñüřŁøđªŉ3²", min_size=1, max_size=30))
@settings(max_examples=150, deadline=None)
def test_a_mail_is_found_by_each_word_of_its_subject(subject: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, box = one_mail_store(folder)
        fill(box, header(1, subject))
        for word in subject.split():
            if any(letter.isalnum() for letter in word.strip("-’")) and not word.startswith("-"):
                assert found(box, f"objet:{word} ") == [1], word
        store.close()
