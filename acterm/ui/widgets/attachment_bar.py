"""The files that go with a mail being written, one a line."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from acterm.errors import NoInput, reason
from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.draft import DraftAttachment
from acterm.mail.size import size_words
from acterm.ui.glyphs import marks
from acterm.ui.widgets.choices import Choice, Choices

_MOST_LINES = 4


class AttachmentBar(Choices[DraftAttachment]):
    """Takes no room while there is no file."""

    def list_files(self, files: Sequence[DraftAttachment]) -> None:
        """These files, with the cursor on the last."""
        self.show([Choice(f"+ {one.name}", size_words(one.size), one) for one in files])
        self.display = bool(files)
        self.styles.height = min(len(files), _MOST_LINES)
        self.cursor = len(files) - 1


def attachment_of(path: Path) -> DraftAttachment:
    """A file of this computer as an attachment. Raises NoInput when it cannot be read."""
    if path.exists() and not path.is_file():  # a pipe or a device may never end
        raise NoInput(
            _("{file} is no file that can be attached.").format(file=clean_name(path.name)),
            _("Choose another file."),
        )
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except OSError as error:
        raise NoInput(
            _("{file} cannot be read: {reason}.").format(
                file=clean_name(path.name), reason=reason(error)
            ),
            _("Choose another file."),
        ) from error
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return DraftAttachment(clean_name(path.name), kind, size, path)


def total_words(files: Sequence[DraftAttachment]) -> str:
    """« + 2 · 1,2 Mo », empty without a file."""
    if not files:
        return ""
    return f"+ {len(files)} {marks.dot} {size_words(sum(one.size for one in files))}"
