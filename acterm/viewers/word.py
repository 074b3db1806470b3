"""Word documents: mammoth makes plain HTML of them, which our own reader shows."""

import io

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.viewers.asked import Asked
from acterm.viewers.packages import checked, macro_note
from acterm.viewers.page import read_page
from acterm.viewers.view import View

# The library keeps a tree in memory, twenty times as large as the text and its marks.
MAX_TEXT = 8 << 20


def view(asked: Asked) -> View:
    """The text with its headings, lists and tables; pictures are named, fields not followed."""
    import mammoth

    package = checked(asked.data)
    note = macro_note(package)
    if sum(part.file_size for part in package.infolist() if _is_text(part.filename)) > MAX_TEXT:
        raise BadData(_("It is too large to be shown here."))
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


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
