"""Address completion: those one wrote to first, however they are typed."""

from acterm.mail.address import Address
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Header
from acterm.store import contacts, folders, messages
from acterm.store.search import index_pending
from tests.store.conftest import Box
from tests.store.headers import CAMILLE, CHLOE, HUGO, header

ZOE = Address("Zoé-Lou D'Hérouville", "zoe.dherouville@ac-lille.fr")


def arrive(box: Box, folder: Folder, *headers: Header) -> None:
    with box.store.write() as db:
        messages.add(db, folder.id, headers)
        while index_pending(db):
            pass


def names(box: Box, typed: str) -> list[str]:
    return [one.label for one in contacts.complete(box.store.reader(), typed)]


def test_those_one_wrote_to_come_first_then_recent_senders(box: Box) -> None:
    arrive(box, box.inbox, header(1, sender=Address("Charles", "charles@x.fr")))
    arrive(box, box.inbox, header(2, sender=Address("Chantal", "chantal@x.fr")))
    arrive(box, box.sent, header(1, sender=CAMILLE, to=(CHLOE,), date=5))
    assert names(box, "ch") == ["Chloé Gérard", "Chantal", "Charles"]


def test_any_word_of_name_or_address_may_begin_with_what_is_typed(box: Box) -> None:
    arrive(box, box.inbox, header(1, sender=ZOE), header(2, sender=HUGO))
    for typed in ("zoe", "ZOÉ", "lou", "herou", "d’h", "zoe.dh", "dherouville@ac", "lou her"):
        assert names(box, typed) == [ZOE.name], typed
    assert names(box, "ille") == []
    assert names(box, "lille") == [HUGO.name, ZOE.name]
    assert names(box, "zoe hugo") == []
    assert names(box, "  ") == []
    assert names(box, "%") == []
    assert names(box, "'; --") == []
    assert names(box, "zoe " * 5000) == [ZOE.name]


def test_an_address_typed_whole_is_nobody_else(box: Box) -> None:
    arrive(box, box.inbox, header(1, sender=Address("Fatima El Amrani", "fatima@boite.example")))
    assert names(box, "a@b.example") == []
    assert names(box, "fatima@bo") == ["Fatima El Amrani"]


def test_the_newest_name_of_an_address_is_kept(box: Box) -> None:
    arrive(box, box.inbox, header(1, sender=Address("C. Gérard", CHLOE.address), date=10))
    arrive(box, box.inbox, header(2, sender=Address("", CHLOE.address.upper()), date=30))
    arrive(box, box.inbox, header(3, sender=CHLOE, date=20))
    assert contacts.complete(box.store.reader(), "gerard") == [CHLOE]
    arrive(box, box.inbox, header(4, sender=Address("Chloé Gérard-Roux", CHLOE.address), date=40))
    assert names(box, "roux") == ["Chloé Gérard-Roux"]


def test_junk_the_bin_and_machines_are_not_people(box: Box) -> None:
    junk = folders.with_role(box.store.reader(), box.account.id, Role.JUNK)
    assert junk is not None
    arrive(box, junk, header(1, sender=Address("Gagnez", "gagnez@x.example")))
    arrive(box, box.trash, header(1, sender=Address("Gaspard", "gaspard@x.example")))
    arrive(
        box,
        box.inbox,
        header(1, sender=Address("Gazette", "no-reply@x.example")),
        header(2, sender=Address("Gazette", "ne-pas-repondre@x.example")),
        header(3, sender=Address("Gabriel", "")),
        header(4, sender=Address("Gaëlle", "gaelle@x.example")),
    )
    assert names(box, "ga") == ["Gaëlle"]


def test_only_so_many_are_offered(box: Box) -> None:
    many = [header(n, sender=Address(f"Paul {n}", f"p{n}@x.fr")) for n in range(1, 30)]
    arrive(box, box.inbox, *many)
    assert names(box, "paul") == [f"Paul {n}" for n in range(29, 21, -1)]


def test_the_addresses_trusted_under_a_name_are_told(box: Box) -> None:
    borrowed = Address(CHLOE.name, "chloe.g1743@boite.example")
    private = Address(CHLOE.name, "chloe@maison.example")
    arrive(box, box.inbox, header(1, sender=CHLOE), header(2, sender=borrowed))
    arrive(box, box.sent, header(1, sender=CAMILLE, to=(private,)))
    known = contacts.known(box.store.reader(), CHLOE.name)
    assert sorted(known) == sorted([CHLOE.address, private.address])
    assert contacts.known(box.store.reader(), "") == []
