"""Who serves an address, how sure that is, and which hosts are official."""

import re
import tomllib
from pathlib import Path

import pytest

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Confidence, LoginForm
from acterm.i18n import set_language
from acterm.server import Security, Server

DATA = Path(directory.__file__).with_name("academies.toml")


def test_amiens_is_complete_and_every_server_is_to_be_checked() -> None:
    found = directory.servers_for("camille.lefevre@ac-amiens.fr")
    assert found.imap == Server("imap.ac-amiens.fr", 993, Security.TLS)
    assert found.smtp == Server("smtp.ac-amiens.fr", 465, Security.TLS)
    assert found.login_form is LoginForm.IDENTIFIANT
    assert found.confidence is Confidence.SINGLE
    assert found.confidence.mark == "à vérifier"


@pytest.mark.parametrize(
    "address", ["Camille@AC-AMIENS.FR", "x@ac-amiens.fr.", '"a@b"@ac-amiens.fr']
)
def test_the_domain_decides_however_it_is_written(address: str) -> None:
    academy = directory.academy_of(address)
    assert academy is not None
    assert academy.name == "Amiens"


@pytest.mark.parametrize("address", ["", "camille", "camille@", "x@ac-amiens.fr.evil.test"])
def test_another_domain_is_no_academie(address: str) -> None:
    assert directory.academy_of(address) is None


def test_what_is_not_known_is_left_out_and_never_made_up() -> None:
    nantes = directory.servers_for("paul.martin@ac-nantes.fr")
    assert nantes.imap is None
    assert nantes.smtp == Server("smtp.ac-nantes.fr", 465)
    nice = directory.servers_for("paul.martin@ac-nice.fr")
    assert (nice.imap, nice.smtp, nice.confidence) == (None, None, Confidence.GUESS)


def test_a_port_that_no_source_gives_makes_the_server_a_guess() -> None:
    assert directory.servers_for("x@ac-dijon.fr").confidence is Confidence.GUESS
    assert directory.servers_for("x@ac-lyon.fr").smtp == Server(
        "smtps.ac-lyon.fr", 587, Security.STARTTLS
    )


def test_the_national_mail_takes_the_address_and_its_sending_server_is_unknown() -> None:
    for found in (
        directory.servers_for("camille.lefevre@ac-amiens.fr", "nationale"),
        directory.servers_for("paul.martin@ac-reunion.fr"),
        directory.servers_for("paul.martin@education.gouv.fr"),
    ):
        assert found.imap == Server("imap.education.gouv.fr", 993)
        assert found.smtp is None
        assert found.login_form is LoginForm.ADDRESS
        assert found.profile.application_password


def test_the_two_mail_systems_have_names_to_choose_from() -> None:
    assert [profile.name for profile in directory.profiles().values()] == [
        "Messagerie académique",
        "Messagerie nationale",
    ]


def test_an_old_domain_is_served_by_the_academie_that_took_it_over() -> None:
    receiving, _sending = directory.probe_hosts("ac-rouen.fr")
    assert receiving[0] == Server("imap.ac-normandie.fr", 993)


def test_hosts_are_tried_in_the_order_of_the_pattern_and_then_the_webmail() -> None:
    receiving, sending = directory.probe_hosts("ac-limoges.fr")
    assert [server.host.split(".")[0] for server in receiving] == [
        *("imap", "webmail", "messagerie", "courrier"),
        "mcc",
    ]
    assert sending[:2] == (
        Server("smtps.ac-limoges.fr", 465),
        Server("smtps.ac-limoges.fr", 587, Security.STARTTLS),
    )
    assert directory.probe_hosts("ecole.test")[0][0] == Server("imap.ecole.test", 993)


@pytest.mark.parametrize(
    ("words", "domain"),
    [
        ("Amiens", "ac-amiens.fr"),
        ("amiens", "ac-amiens.fr"),
        ("académie d’Amiens", "ac-amiens.fr"),
        ("Académie d'Amiens", "ac-amiens.fr"),
        ("creteil", "ac-creteil.fr"),
        ("NANCY METZ", "ac-nancy-metz.fr"),
        ("la reunion", "ac-reunion.fr"),
        ("réunion", "ac-reunion.fr"),
        ("Clermont", "ac-clermont.fr"),
        ("académie de Clermont-Ferrand", "ac-clermont.fr"),
        ("ac-lille.fr", "ac-lille.fr"),
        ("chloe.gerard@ac-lille.fr", "ac-lille.fr"),
    ],
)
def test_an_academie_is_known_by_the_names_people_use(words: str, domain: str) -> None:
    academy = directory.academy_named(words)
    assert academy is not None
    assert academy.domain == domain


@pytest.mark.parametrize("words", ["", "Atlantide", "academie", "x@gmail.test", "ac"])
def test_another_name_is_no_academie(words: str) -> None:
    assert directory.academy_named(words) is None


@pytest.mark.parametrize(
    ("host", "official"),
    [
        ("ac-amiens.fr", True),
        ("portail.AC-amiens.fr.", True),
        ("messagerie.education.gouv.fr", True),
        ("impots.gouv.fr", True),
        ("region-academique-hauts-de-france.fr", True),
        ("www.ac-rouen.tk", False),
        ("xac-amiens.fr", False),
        ("ac-amiens.fr.example.test", False),
        ("ac-arniens.fr", False),
        ("gouv.fr.example.test", False),
        ("", False),
    ],
)
def test_a_host_is_official_by_its_end_at_a_dot(host: str, official: bool) -> None:
    assert directory.is_official_host(host) is official


def test_every_academie_is_an_official_domain() -> None:
    assert set(directory.academies()) <= directory.official_domains()
    assert len(directory.official_domains()) > 50


def test_every_fact_keeps_its_source_and_its_confidence() -> None:
    for academy in directory.academies().values():
        facts = (academy, academy.imap, academy.smtp, *academy.contacts)
        assert all(fact.source for fact in facts if fact is not None)
    for profile in directory.profiles().values():
        assert profile.source
        assert all(contact.source for contact in profile.contacts)


def test_a_confirmed_fact_is_shown_without_a_mark() -> None:
    assert Confidence.CONFIRMED.mark == ""
    set_language("en")
    assert Confidence.GUESS.mark == "to be checked"


def test_the_data_names_no_code_host_and_has_no_key_that_nothing_reads() -> None:
    text = DATA.read_text("utf-8")
    assert not re.search(r"git(hub|lab)|bitbucket|codeberg|pypi", text, re.IGNORECASE)
    tables = tomllib.loads(text)["academies"]
    known = {
        *("name", "numen", "login", "profile", "confidence", "source", "imap", "smtp"),
        *("contacts", "replaced_by", "reset_steps", "activation"),
    }
    assert {key for table in tables.values() for key in table} <= known


def test_amiens_has_the_contacts_that_were_confirmed_and_marks_the_others() -> None:
    amiens = directory.academies()["ac-amiens.fr"]
    contacts = {contact.kind: contact for contact in helpdesk.contacts(amiens)}
    assert contacts["phone"].value == "03 22 82 38 23"
    assert contacts["phone"].confidence is Confidence.CONFIRMED
    assert contacts["helpdesk-phone"].confidence is Confidence.SINGLE
    assert "assistance@ac-amiens.fr" not in DATA.read_text("utf-8")


def test_an_academie_on_the_national_mail_has_its_webmail_among_the_contacts() -> None:
    values = [one.value for one in helpdesk.contacts(directory.academies()["ac-reunion.fr"])]
    assert "https://messagerie.education.gouv.fr/" in values


def test_every_contact_has_a_label_and_telephone_numbers_have_ordinary_spaces() -> None:
    for academy in directory.academies().values():
        for contact in helpdesk.contacts(academy):
            assert helpdesk.label(contact)
            if contact.kind.endswith("phone"):
                assert re.fullmatch(r"[0-9]+( [0-9]+)+", contact.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://bv.ac-amiens.fr",
        "https://bv.ac-amiens.fr/",
        "https://BV.AC-AMIENS.FR:443/x?y=z#t",
        "http://webmail.ac-besancon.fr",
    ],
)
def test_a_page_of_an_official_host_is_official(url: str) -> None:
    assert directory.is_official_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example\\@bv.ac-amiens.fr/",
        "https://bv.ac-amiens.fr@elsewhere.example/",
        "https://x:y@bv.ac-amiens.fr/",
        "https://bv.ac-amiens.fr\\.elsewhere.example/",
        "https:bv.ac-amiens.fr",
        "https://bv\u3002ac-amiens\u3002fr/",
        "https://bv.ac-amiens.fr%2eelsewhere.example/",
        "javascript://bv.ac-amiens.fr/",
        " https://bv.ac-amiens.fr/",
        "https://bv.ac-amiens.fr.elsewhere.example/",
        "",
    ],
)
def test_what_browsers_may_read_otherwise_is_not(url: str) -> None:
    assert not directory.is_official_page(url)
