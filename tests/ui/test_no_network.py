"""Reading asks nobody: every connection and every name that is looked for is noticed."""

import sys
from collections.abc import Iterator

import pytest

from acterm.store import bodies, messages
from acterm.store.db import Store
from tests.ui.box import opened

_ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
_asked: list[str] = []
_listening = [False]


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if _listening[0] and event in _ASKING:
        _asked.append(f"{event} {arguments!r}")


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What was asked of the network. An audit hook stays for ever, so there is one."""
    if not _listening[0]:
        sys.addaudithook(_notice)
    _asked.clear()
    _listening[0] = True
    yield _asked
    _listening[0] = False


NEWSLETTER = """\
From: La lettre <lettre@cafe.example>
Subject: Lettre
Message-ID: <l@cafe.example>
DKIM-Signature: v=1; a=rsa-sha256; d=cafe.example; s=x; h=from; bh=AA==; b=AA==
Disposition-Notification-To: lettre@cafe.example
List-Unsubscribe: <https://cafe.example/sortie>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<html><head><link rel="stylesheet" href="http://style.example/a.css">
<style>@import url(http://style.example/b.css); p {background: url(http://fond.example/c.png)}</style>
<script src="http://script.example/d.js"></script></head>
<body background="http://fond.example/e.png"><img src="http://image.example/f.png">
<img src="http://compteur.example/g.gif" width=1 height=1><iframe src="http://cadre.example"></iframe>
<p>Voici la lettre, <a href="https://click.example/t?u=https%3A%2F%2Fcafe.example">lisez</a>.</p>
<video src="http://film.example/h.mp4"></video></body></html>
--b
Content-Type: text/html; name="page.html"
Content-Disposition: attachment; filename="page.html"

<img src="http://image.example/i.png"><p>Une page jointe.</p>
--b
Content-Type: image/svg+xml; name="dessin.svg"
Content-Disposition: attachment; filename="dessin.svg"

<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "http://entite.example/j">]>
<svg xmlns="http://www.w3.org/2000/svg"><image href="http://image.example/k.png"/><text>&x;</text></svg>
--b--
"""


async def test_nothing_in_a_mail_makes_reading_ask_the_network(
    store: Store, inbox: int, asked: list[str]
) -> None:
    row = messages.first_page(store.reader(), inbox)[0].id
    with store.write() as db:
        bodies.keep(db, row, NEWSLETTER.encode(), False)
    async with opened(store) as box:
        await box.press("enter")
        await box.sees("Voici la lettre")
        await box.press("h", "h", "H", "H", "A", "left", "right", "P", "w")
        await box.sees("click.example")
        await box.press("t", "escape", "escape", "p", "enter")
        await box.sees("Une page jointe.")
        await box.press("q", "j", "enter")
        await box.until(lambda: "dessin.svg" in box.lines[0], "the drawing")
        await box.press("q", "q", "c", "S", "q", "enter", "j", "enter")
        await box.sees("https://cafe.example/sortie")
    assert asked == []
