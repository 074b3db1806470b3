"""Addresses that only pass on: read where they say where to, told where they do not."""

import base64
import json
import time
import zlib
from urllib.parse import quote

import pytest

from acterm.mail.web.links import numbered
from acterm.mail.web.redirect import host_of, redirector_of, target_of

END = "https://www.ecole.example/page?a=1"
CODED = base64.urlsafe_b64encode(END.encode()).decode().rstrip("=")
MANDRILL = base64.b64encode(
    json.dumps({"s": "x", "p": json.dumps({"u": 1, "url": END})}).encode()
).decode()
MAILGUN = base64.urlsafe_b64encode(zlib.compress(f"h=1&l={quote(END, safe='')}".encode(), 6))
SAFE = f"https://eur01.safelinks.protection.outlook.com/?url={quote(END, safe='')}&data=05"

READABLE = {
    "Safe Links": SAFE,
    "Proofpoint 1": f"https://urldefense.proofpoint.com/v1/url?u={quote(END, safe='')}&k=x",
    "Proofpoint 2": "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.ecole.example_page-3Fa-3D1"
    "&d=x",
    "Proofpoint 3": "https://urldefense.com/v3/__https://www.ecole.example/page*a=1__;Pw!!x$",
    "Proofpoint 3, a slash lost": "https://urldefense.com/v3/__https:/www.ecole.example/page?a=1__;!!x$",
    "Google": f"https://www.google.com/url?q={quote(END, safe='')}&sa=D",
    "Google in France": f"https://www.google.fr/url?sa=t&url={quote(END, safe='')}",
    "Facebook": f"https://l.facebook.com/l.php?u={quote(END, safe='')}&h=x",
    "Instagram": f"https://l.instagram.com/?u={quote(END, safe='')}",
    "LinkedIn": f"https://www.linkedin.com/safety/go?url={quote(END, safe='')}",
    "YouTube": f"https://www.youtube.com/redirect?q={quote(END, safe='')}",
    "Barracuda": f"https://linkprotect.cudasvc.com/url?a={quote(END, safe='')}&c=E",
    "Cisco": f"https://secure-web.cisco.com/1abcdefghijklmnopqrstuv/{quote(END, safe='')}",
    "Sophos": f"https://eu-west-1.protection.sophos.com/?d=ecole.example&u={CODED}&i=1",
    "Mailjet": f"https://x1z0.mjt.lu/lnk/AAAA/1/abcdef/{CODED}",
    "Mandrill": f"https://mandrillapp.com/track/click/123/ecole.example?p={MANDRILL}",
    "Mailgun": f"https://email.mg.x.example/c/{MAILGUN.decode()}",
    "Amazon": f"https://r.eu.awstrack.me/L0/{quote(END, safe='')}/1/01020/abc",
    "Bing": f"https://www.bing.com/ck/a?u=a1{CODED}",
    "one inside another": f"https://www.google.com/url?q={quote(SAFE, safe='')}",
}


@pytest.mark.parametrize("url", READABLE.values(), ids=READABLE.keys())
def test_the_end_is_read_from_the_address(url: str) -> None:
    assert target_of(url) == END
    assert redirector_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.us1.list-manage.com/track/click?u=1&id=2&e=3",
        "https://u1.ct.sendgrid.net/ls/click?upn=abc",
        "https://links.lettre.example/ls/click?upn=abc",
        "https://x.r.a.d.sendibm1.com/mk/cl/f/sh/abc/def",
        "https://r.lettre.example/tr/cl/abc-def",
        "https://bit.ly/abc",
        "https://www.tinyurl.com/abc",
    ],
)
def test_a_counter_that_says_nothing_is_named_and_no_end_is_made_up(url: str) -> None:
    (link,) = numbered([("Lire la suite", url)])
    assert link.target == "" and link.target_host == ""
    assert link.redirector == link.host != ""


@pytest.mark.parametrize(
    "url",
    [
        "https://www.ecole.example/?url=https://portail.ac-amiens.fr/",
        "https://www.google.com/search?q=https://portail.ac-amiens.fr/",
        "https://www.mailjet.com/fr/",
        "mailto:camille.lefevre@ac-amiens.fr",
        "https://google.com.vol.example/url?q=https://portail.ac-amiens.fr/",
        "http://[broken",
    ],
)
def test_an_address_that_leads_to_itself_is_left_as_it_is(url: str) -> None:
    assert target_of(url) == url and redirector_of(url) == ""


def test_the_host_of_a_link_stays_the_one_that_is_asked_first() -> None:
    (link,) = numbered([("www.ecole.example", SAFE)])
    assert link.host == "eur01.safelinks.protection.outlook.com"
    assert link.target_host == "www.ecole.example"
    assert link.warning == ""


def test_no_control_character_comes_out_of_a_code() -> None:
    code = base64.urlsafe_b64encode(b"https://x.example/\x1b]52;c;\x07\xe2\x80\xae").decode()
    assert target_of(f"https://x.mjt.lu/lnk/AA/1/b/{code}") == "https://x.example/]52;c;"


@pytest.mark.parametrize(
    "url",
    [
        "https://" + "a." * 50_000,
        "https://urldefense.com/v3/__https://x.example/" + "*" * 50_000 + "__;" + "A" * 9000 + "!",
        "https://x.example/c/eJ" + "A" * 100_000,
        "https://x.example/?" + "a=b&" * 50_000,
    ],
    ids=["labels", "asterisks", "code", "parameters"],
)
def test_an_address_made_to_keep_the_reader_busy_costs_little(url: str) -> None:
    begun = time.process_time()
    target_of(url)
    redirector_of(url)
    assert time.process_time() - begun < 0.2


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (r"https://evil.example\@bv.ac-amiens.fr/", "evil.example"),
        (r"https:\\evil.example/bv.ac-amiens.fr", "evil.example"),
        ("https:///evil.example/", "evil.example"),
        ("https:evil.example", "evil.example"),
        ("https://bv.ac-amiens.fr%2eevil.example/", "bv.ac-amiens.fr.evil.example"),
        ("https://evil。example/", "evil.example"),
        ("https://ＥＶＩＬ.example/", "evil.example"),
        ("https://bv.ac-amiens.fr@evil.example/", "evil.example"),
        ("https://bv.ac-amiens.fr/?@evil.example", "bv.ac-amiens.fr"),
    ],
)
def test_a_host_is_the_one_a_browser_goes_to(url: str, host: str) -> None:
    assert host_of(url) == host
