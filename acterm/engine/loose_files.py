"""The attachments of a mail that is a draft again, as files of this machine until it is sent."""

import os
import shutil
from pathlib import Path

from acterm.mail.draft import Draft, DraftAttachment
from acterm.mail.message import Message
from acterm.mail.parsing.mime import part
from acterm.store.db import Store


def keep(store: Store, name: str, message: Message, source: bytes) -> tuple[DraftAttachment, ...]:
    """Write the attachments of a mail beside the store, safe on disk. Raises NoInput."""
    from acterm.viewers.saving import save

    kept = []
    for attachment in message.attachments:
        if attachment.in_text:
            continue
        folder = _folder(store) / name / str(attachment.number)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = save(part(source, attachment.section), folder, attachment.name, attachment.number)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        kept.append(DraftAttachment(path.name, attachment.type, path.stat().st_size, path))
    return tuple(kept)


def forget(store: Store, draft: Draft | None) -> None:
    """Remove the files that were written for a draft; a person's own files are not among them."""
    mine = _folder(store)
    for attachment in draft.attachments if draft else ():
        if attachment.path is not None and attachment.path.is_relative_to(mine):
            shutil.rmtree(attachment.path.parent, ignore_errors=True)


def _folder(store: Store) -> Path:
    return store.path.parent / "taken back"
