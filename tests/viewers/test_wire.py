"""What a child answers is believed only as far as it keeps to the form."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.errors import BadData
from acterm.mail.message import Line, Span, Style
from acterm.viewers import Entry, Locked, Picture, View, wire

ANY = r"[\s\S]*"
VIEW = View(
    lines=(Line("Bonjour", (Span(0, 3, Style.BOLD),), 1), Line("")),
    note="Une note.",
    cut=True,
    wide=True,
    head=1,
    picture=Picture(bytes(2 * 3 * 3), 2, 3),
    page=2,
    pages=3,
    names=("un", "deux", "trois"),
    entries=(Entry(1, "a/b.txt", "text/plain", -1, True),),
)


def changed(**fields: object) -> bytes:
    """The answer of VIEW with other fields."""
    head, body = wire.received(io.BytesIO(b"".join(wire.of_view(VIEW))))
    return b"".join(wire.packed(head | fields, body))


def test_a_view_comes_through_whole() -> None:
    assert wire.to_view(b"".join(wire.of_view(VIEW))) == VIEW


@pytest.mark.parametrize(
    "fields",
    [
        {"lines": "x"},
        {"lines": [["x"]]},
        {"lines": [["x", 0, [0, 9, "bold", 0]]]},
        {"lines": [["x", 0, [0, 1, "blink", 0]]]},
        {"lines": [["", 0]] * 30_000},
        {"picture": [2, 4]},
        {"picture": [2]},
        {"picture": [100_000, 100_000]},
        {"picture": []},
        {"page": 0},
        {"page": True},
        {"pages": "3"},
        {"note": None},
        {"entries": [[1, "a", "b", -2, False]]},
        {"entries": [[1, "a", "b", 2]]},
        {"cut": 1},
        {"names": [1]},
    ],
)
def test_a_lie_is_no_view(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=ANY):
        wire.to_view(changed(**fields))


def test_no_word_of_it_reaches_the_terminal_unfiltered() -> None:
    shown = wire.to_view(
        changed(
            lines=[["\x1b[2Ja\u202eb", 0]],
            note="\x1b]52;c;x\x07",
            names=["a\nb"],
            entries=[[1, "\x1b[31m\u200ba", "text/\x1b", 1, False]],
        )
    )
    told = json.dumps([shown.lines[0].text, shown.note, shown.names, shown.entries[0].name])
    assert not any(sign in told for sign in ("\\u001b", "\\u0007", "\\u202e", "\\u200b", "\\n"))


def test_a_refusal_is_raised() -> None:
    with pytest.raises(Locked, match="Un mot de passe"):
        wire.to_view(b"".join(wire.of_refusal(Locked("Un mot de passe."))))
    with pytest.raises(BadData, match="Non"):
        wire.to_member(b"".join(wire.of_refusal(BadData("Non."))))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_noise_is_no_answer(noise: bytes) -> None:
    for read in (wire.to_view, wire.to_member):
        with pytest.raises(ValueError, match=ANY):
            read(noise)
    whole = b"".join(wire.of_view(VIEW))
    with pytest.raises(ValueError, match=ANY):
        wire.to_view(whole + noise + b"x")
