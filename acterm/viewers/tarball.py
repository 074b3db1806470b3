"""What a tar archive holds, packed or not; and files packed alone (.gz, .bz2, .xz)."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator
from typing import IO

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers.asked import Asked
from acterm.viewers.listing import MAX_ENTRIES, entry, listing, missing
from acterm.viewers.packages import MAX_MEMBER, swollen
from acterm.viewers.view import Member, View

# What is unpacked at most to find one's way; nothing of it is kept.
_MAX_TOTAL = 256 << 20
# The headers of tar are small; a larger one is there to fill the memory.
_MAX_HEADER = 1 << 20
_BLOCK = 512
_ENDINGS = (".gz", ".bz2", ".xz")


class _Counted(io.RawIOBase):
    """An unpacked stream that ends in a refusal when it goes on for too long."""

    def __init__(self, stream: "IO[bytes]") -> None:
        self._stream = stream
        self.most = _MAX_HEADER

    def read(self, size: int = -1) -> bytes:
        """So many bytes, never all."""
        if not 0 <= size <= self.most or self._stream.tell() > _MAX_TOTAL:
            raise swollen()
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Onwards or back."""
        if whence == 0 and offset > _MAX_TOTAL:
            raise swollen()
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Where it stands."""
        return self._stream.tell()


def view(asked: Asked) -> View:
    """Names and sizes of the files; links and devices are passed over."""
    archive = _archive(asked.data)
    if archive is None:
        alone = entry(1, _name_alone(asked.name), -1)
        return listing([alone], asked.width, 1)
    files = []
    count = 0
    for count, one in enumerate(_files(archive), 1):
        if count <= MAX_ENTRIES:
            files.append(entry(count, one.name, one.size))
    return listing(files, asked.width, count)


def member(asked: Asked, number: int) -> Member:
    """A file of the archive, or the one that is packed alone."""
    archive = _archive(asked.data)
    if archive is None:
        alone = entry(1, _name_alone(asked.name), -1)
        return Member(alone.name, alone.type, _bounded(_stream(asked.data)))
    for count, one in enumerate(_files(archive), 1):
        if count == number:
            found = entry(count, one.name, one.size)
            return Member(found.name, found.type, _content(archive, one))
    raise missing(asked.name)


def _stream(data: bytes) -> "IO[bytes]":
    raw = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]  # reads as one does
    if data.startswith(b"BZh"):
        return bz2.BZ2File(raw)
    if data.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile(raw)
    return raw


def _archive(data: bytes) -> tarfile.TarFile | None:
    """The archive; None for a file packed alone. Raises ValueError for neither."""
    stream = _stream(data)
    alone = not isinstance(stream, io.BytesIO)
    if alone and not stream.read(_BLOCK).strip(b"\0"):
        return None
    stream.seek(0)
    try:
        return tarfile.open(fileobj=_Counted(stream), mode="r:")
    except tarfile.TarError as problem:
        if alone:
            return None
        raise ValueError(str(problem)) from problem


def _files(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    try:
        for one in archive:
            archive.members.clear()  # type: ignore[attr-defined]  # a million headers are not kept
            if one.isfile():
                yield one
    except (tarfile.TarError, EOFError, lzma.LZMAError, OSError) as problem:
        raise ValueError(str(problem)) from problem


def _content(archive: tarfile.TarFile, one: tarfile.TarInfo) -> bytes:
    if one.size > MAX_MEMBER:
        raise swollen()
    if isinstance(archive.fileobj, _Counted):
        archive.fileobj.most = MAX_MEMBER
    content = archive.extractfile(one)
    if content is None:
        raise BadData(_("The file is damaged, or empty."))
    return content.read(MAX_MEMBER)


def _bounded(stream: "IO[bytes]") -> bytes:
    data = stream.read(MAX_MEMBER + 1)
    if len(data) > MAX_MEMBER:
        raise swollen()
    return data


def _name_alone(name: str) -> str:
    """« notes.csv.gz » holds « notes.csv »."""
    low = name.lower()
    if low.endswith(".tgz"):
        return name[:-4] + ".tar"
    ending = next((one for one in _ENDINGS if low.endswith(one)), "")
    return name[: -len(ending)] if ending else name
