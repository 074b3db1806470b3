"""Sizes in words."""

import pytest

from acterm.mail.size import size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (2, "2 octets"),
        (999, "999 octets"),
        (1024, "1 Ko"),
        (86_016, "84 Ko"),
        (1_258_291, "1,2 Mo"),
    ],
)
def test_a_size_is_in_the_unit_that_reads_best(size: int, words: str) -> None:
    assert size_words(size) == words.replace(" ", "\u00a0")
