"""How wide text is in a terminal."""

import pytest

from acterm.mail.cells import breaks, cells


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Élève", 5),
        ("e\u0301", 1),
        ("中文", 4),
        ("❤\ufe0f", 2),
        ("⭐\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
    ],
)
def test_a_text_is_as_wide_as_a_terminal_draws_it(text: str, width: int) -> None:
    assert cells(text) == width


def test_no_line_of_coloured_signs_is_wider_than_its_pane() -> None:
    text = "⚠\ufe0f Attention ❤\ufe0f " * 20
    assert all(cells(text[start:end]) <= 40 for start, end in breaks(text, 40))
