"""What is done with a file of a mail: saved, opened outside, taken home, sent on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from acterm.errors import ActermError, Refused
from acterm.i18n import _, ngettext
from acterm.mail.draft import Draft, DraftAttachment
from acterm.mail.signs.file_danger import runs
from acterm.store import accounts, folders, messages, settings
from acterm.ui import outside
from acterm.ui.errors import guarded
from acterm.viewers.saving import save

if TYPE_CHECKING:
    from acterm.ui.screens.panel import Panel

    _Base = Panel
else:
    _Base = object

_FOLDER = "downloads"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment with its bytes. `mail` and `section` say where it stands, when it stands.

    `charset` is the one that the mail names for a text, empty without.
    """

    name: str
    type: str
    data: bytes
    number: int = 1
    mail: int = 0
    section: str = ""
    charset: str = ""


Use = Callable[[File], None]


class FileVerbs(_Base):
    """Mixed into panels; they give the file that is meant."""

    def with_file(self, use: Use) -> None:
        """Do something with the file that is meant, now or when its bytes have come."""
        raise NotImplementedError

    @property
    def folder(self) -> Path:
        """Where files are saved."""
        chosen = settings.get(self.acterm.store.reader(), _FOLDER, "")
        return Path(chosen) if chosen and Path(chosen).is_dir() else outside.download_folder()

    def keep_folder(self, folder: Path) -> None:
        """Another one, for the next times too."""
        with self.acterm.store.write() as db:
            settings.put(db, _FOLDER, str(folder))

    def action_save_attachment(self) -> None:
        """Under a safe name, in the folder."""
        self.with_file(self.save_one)

    def save_one(self, file: File) -> None:
        """Save a file and say where it is."""
        try:
            path = save(file.data, self.folder, file.name, file.number)
        except ActermError as failure:
            self.acterm.tell(str(failure), 15)
        else:
            self.acterm.tell(_("Saved: {path}").format(path=short(path)), 10)

    def tell_saved(self, paths: list[Path]) -> None:
        """Say how many files are where."""
        words = ngettext(
            "{count} file saved in {folder}", "{count} files saved in {folder}", len(paths)
        )
        self.acterm.tell(words.format(count=len(paths), folder=short(paths[0].parent)), 10)

    def action_open_outside(self) -> None:
        """In the computer's own program."""
        self.with_file(self._open)

    def _open(self, file: File) -> None:
        with guarded(self.acterm.tell):
            outside.need_a_desktop()
            if runs(file.name):
                words = _("“{name}” may be a program: acterm does not start it.")
                raise Refused(words.format(name=file.name), _("Save it if you expected it."))
            path = save(file.data, outside.opened_folder(), file.name, file.number)
            outside.open_file(path)
            self.acterm.tell(_("Opened outside: {name}").format(name=file.name))

    def action_take_home(self) -> None:
        """To the computer one sits at."""
        self.with_file(self._take_home)

    def _take_home(self, file: File) -> None:
        from acterm.ui.screens.take_home import TakeHomeScreen

        self.acterm.tell("")
        self.app.push_screen(TakeHomeScreen(file, self.folder))

    def action_attach_to_new(self) -> None:
        """A new mail with this file."""
        self.with_file(self._attach_file)

    def _attach_file(self, file: File) -> None:
        """Of a stored mail the part is named, so that it need not be kept twice."""
        self.acterm.tell("")
        account_id = self._account_of(file.mail)
        path = None
        with guarded(self.acterm.tell):
            if not file.section:
                path = save(file.data, outside.attached_folder(), file.name, file.number)
            attachment = DraftAttachment(
                file.name, file.type, len(file.data), path=path, section=file.section
            )
            original = file.mail if file.section else 0
            self.acterm.compose_draft(
                Draft(account_id, attachments=(attachment,), original_id=original)
            )

    def _account_of(self, mail: int) -> int:
        db = self.acterm.store.reader()
        row = messages.get(db, mail)
        folder = folders.get(db, row.folder_id) if row else None
        if folder:
            return folder.account_id
        return next((account.id for account in accounts.all_accounts(db)), 0)


def short(path: Path) -> str:
    """« ~/Téléchargements/notes.csv »."""
    home = Path.home()
    if path.is_relative_to(home) and path != home:
        return f"~/{path.relative_to(home)}"
    return str(path)
