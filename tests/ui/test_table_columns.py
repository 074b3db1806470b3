"""Where the columns of a table begin, as its lines are laid out."""

from acterm.ui.widgets.table_columns import column_starts

NOTES = ["Élève       Note  Moyenne", "Zoé           15     12,5", "Maximilien     9        8"]


def test_columns_are_seen_through_their_numbers() -> None:
    assert column_starts(NOTES) == (0, 12, 18)


def test_a_title_above_does_not_hide_them() -> None:
    assert column_starts(["Relevé des notes du premier trimestre", *NOTES]) == (0, 12, 18)


def test_a_text_has_none() -> None:
    assert column_starts(["Bonjour,", "", "le conseil est jeudi."]) == ()
