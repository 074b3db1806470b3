"""Word documents: mammoth makes plain HTML of them, which our own reader shows."""

import io

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers.asked import Asked
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.page import read_page
from acterm.viewers.view import View


def view(asked: Asked) -> View:
    """The text with its headings, lists and tables; pictures are named, fields not followed."""
    import mammoth

    note = macro_note(checked(asked.data))
    made = mammoth.convert_to_html(
        io.BytesIO(asked.data),
        convert_image=mammoth.images.img_element(lambda _picture: {"src": "cid:"}),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    source = clean(made.value).replace("<table>", "<table border=1>")  # its columns mean something
    lines, cut = read_page(source, asked.width)
    empty = "" if lines else _("This document has no text.")
    return View(lines, " ".join(filter(None, (note, empty))), cut=cut)
