"""What a file is by its first bytes, which names and mailers do not decide."""

import binascii
import io
import re
import struct

_EPUB = "application/epub+zip"
_MOST_TOLD = 100
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCX = _OOXML + "wordprocessingml.document"
_PPTX = _OOXML + "presentationml.presentation"
_XLSX = _OOXML + "spreadsheetml.sheet"
# The main part of an Office Open XML package, and what it makes the package.
_OFFICE = {
    "word/document.xml": _DOCX,
    "ppt/presentation.xml": _PPTX,
    "xl/workbook.xml": _XLSX,
    "xl/workbook.bin": _XLSX,
}
_HEADS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"{\\rtf", "application/rtf"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"#!AMR", "audio/amr"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic"}
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{40,}={0,2}\s*\Z")
_HEAD, _MOST_ENCODED = 1 << 12, 32 << 20


def nature(data: bytes) -> str:
    """The media type that the bytes themselves tell; empty when they do not."""
    kind = by_head(data)
    return _packed(data) if kind == "application/zip" else kind


def by_head(data: bytes) -> str:
    """The same from the first bytes alone, which are only compared."""
    for head, kind in _HEADS:
        if data.startswith(head):
            return kind if kind != "image/bmp" or _is_bmp(data) else ""
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        known = "audio/mp4" if brand == b"M4A " else "image/avif" if brand == b"avif" else ""
        return _BRANDS.get(brand) or known or "video/mp4"
    if data[257:262] == b"ustar":
        return "application/x-tar"
    return "text/html" if _PAGE.match(data[:300]) else ""


def decoded_twice(data: bytes) -> bytes:
    """The file that base64 text holds, where a mail names the wrong transfer encoding.

    The data themselves when they are anything else.
    """
    if len(data) > _MOST_ENCODED or not _BASE64.match(data[:_HEAD]):
        return data
    try:
        found = binascii.a2b_base64(data)
    except binascii.Error:
        return data
    return found if nature(found) else data


def charset_of(data: bytes) -> str:
    """A charset that only the bytes of a text tell; empty for the many others.

    UTF-16 of Western text without its mark, and that of old Macs, whose lines end as no others do.
    """
    head = data[: _HEAD // 2 * 2]
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) > 0.4 * len(head) and not min(first, second):
        return "utf-16-le" if second else "utf-16-be"
    return "macintosh" if b"\r" in head and b"\n" not in head and b"\x8e" in head else ""


def _is_bmp(data: bytes) -> bool:
    return len(data) > 26 and struct.unpack_from("<I", data, 14)[0] in (
        12,
        40,
        52,
        56,
        64,
        108,
        124,
    )


def _packed(data: bytes) -> str:
    """What a ZIP is: a document by what it says or by its main part, else an archive."""
    import zipfile
    import zlib

    broken = (zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, zlib.error)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            told = ""
            if "mimetype" in names:  # ODF 1.3, part 2, §3.3, and EPUB 3.3
                with archive.open("mimetype") as file:
                    told = file.read(_MOST_TOLD).decode("ascii", "ignore").strip()
    except (*broken, ValueError, OSError, EOFError):
        return "application/zip"
    if told == _EPUB or (told.startswith(_ODF) and "content.xml" in names):
        return told.removesuffix("-template")
    return next((kind for part, kind in _OFFICE.items() if part in names), "application/zip")
