"""Small valid files for the sample attachments, made with the standard library alone."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from html import escape
from pathlib import PurePath

_PAGE = (595, 842)
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = "http://schemas.openxmlformats.org/"


def pdf(title: str, text: str) -> bytes:
    """One A4 page."""
    rows = [f"BT /F1 18 Tf 60 770 Td ({_pdf_text(title)}) Tj ET"]
    for number, line in enumerate(text.strip().splitlines()):
        rows.append(f"BT /F1 11 Tf 60 {735 - number * 17} Td ({_pdf_text(line)}) Tj ET")
    content = zlib.compress("\n".join(rows).encode("cp1252", "replace"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R" % _PAGE
        + b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content)
        + content
        + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file) + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
        + b"startxref\n%d\n%%%%EOF\n" % len(file)
    )


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _zip(members: dict[str, bytes | str], *, encrypted: bool = False) -> bytes:
    """A ZIP archive; `encrypted` only says so in its entries, for a mail that pretends."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 8, 0, 0)), content, stored)
    raw = buffer.getvalue()
    if encrypted:
        raw = raw.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0")
        raw = raw.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0")
    return raw


def odt(title: str, text: str) -> bytes:
    """An OpenDocument text."""
    kind = "application/vnd.oasis.opendocument.text"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.strip().splitlines())
    return _zip(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
            f' xmlns:manifest="{_OPEN}manifest:1.0"><manifest:file-entry manifest:full-path="/"'
            f' manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>',
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content'
            f' xmlns:office="{_OPEN}office:1.0" xmlns:text="{_OPEN}text:1.0" office:version="1.2">'
            f'<office:body><office:text><text:h text:outline-level="1">{escape(title)}</text:h>'
            f"{lines}</office:text></office:body></office:document-content>",
        }
    )


def docx(title: str, text: str) -> bytes:
    """A Word document."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in (title, *text.strip().splitlines())
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _office(
        "word/document.xml",
        main,
        f'<w:document xmlns:w="{_OFFICE}wordprocessingml/2006/main"><w:body>{lines}</w:body>'
        "</w:document>",
    )


def xlsx(title: str, text: str) -> bytes:
    """A workbook of one sheet; the text's rows are separated by lines, its cells by `;`."""
    rows = "".join(
        "<row>" + "".join(map(_cell, line.split(";"))) + "</row>"
        for line in text.strip().splitlines()
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheet = f'<worksheet xmlns="{_OFFICE}spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
    relations = f"{_OFFICE}officeDocument/2006/relationships"
    return _office(
        "xl/workbook.xml",
        f"{main}.sheet.main+xml",
        f'<workbook xmlns="{_OFFICE}spreadsheetml/2006/main" xmlns:r="{relations}"><sheets>'
        f'<sheet name="{escape(title)[:31]}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        {
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}package/2006/'
            f'relationships"><Relationship Id="rId1" Type="{relations}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet + "</worksheet>",
        },
        {"xl/worksheets/sheet1.xml": f"{main}.worksheet+xml"},
    )


def _cell(value: str) -> str:
    number = value.strip().replace(",", ".")
    if number.replace(".", "", 1).isdigit():
        return f"<c><v>{number}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value.strip())}</t></is></c>'


def _office(
    name: str,
    kind: str,
    document: str,
    more: dict[str, bytes | str] | None = None,
    kinds: dict[str, str] | None = None,
) -> bytes:
    """An Office Open XML package around its main document."""
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{each}"/>'
        for part, each in ({name: kind} | (kinds or {})).items()
    )
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OFFICE}package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_OFFICE}package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument/2006/relationships/'
            f'officeDocument" Target="{name}"/></Relationships>',
            name: document,
            **(more or {}),
        }
    )


def png(title: str, text: str) -> bytes:
    """A picture: sun over striped fields; the text gives its size (« 640 420 »)."""
    width, height = map(int, text.split())
    rows = b"".join(b"\0" + _picture_row(at, width, height) for at in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _picture_row(at: int, width: int, height: int) -> bytes:
    """One row of RGB pixels."""
    horizon, radius = height * 2 // 3, height // 7
    if at >= horizon:
        stripe = (at - horizon) * 9 // (height - horizon)
        return bytes((86 + stripe * 5, 124 - stripe * 4, 52)) * width
    depth = at * 110 // horizon
    sky, sun = bytes((110 + depth, 150 + depth * 2 // 3, 230)), b"\xff\xe9\xa8"
    reach = radius**2 - (at - horizon + radius // 2) ** 2
    half = int(reach**0.5) if reach > 0 else 0
    left = width * 2 // 3 - half
    return sky * left + sun * (2 * half) + sky * (width - left - 2 * half)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def archive(title: str, text: str) -> bytes:
    """A ZIP with one small file for each line of the text; its title may be « chiffré »."""
    names = text.strip().splitlines()
    return _zip(
        {name: f"{name}\n" * 40 for name in names},
        encrypted=title == "chiffré",
    )


def plain(title: str, text: str) -> bytes:
    """The text itself."""
    return text.strip("\n").replace("\n", "\r\n").encode() + b"\r\n"


_MAKERS: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    ".pdf": ("application/pdf", pdf),
    ".odt": ("application/vnd.oasis.opendocument.text", odt),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    ".png": ("image/png", png),
    ".zip": ("application/zip", archive),
    ".csv": ("text/csv; charset=utf-8", plain),
    ".ics": ("text/calendar; charset=utf-8", plain),
    ".vcf": ("text/vcard; charset=utf-8", plain),
    ".html": ("text/html; charset=utf-8", plain),
    ".txt": ("text/plain; charset=utf-8", plain),
}


def make(name: str, title: str, text: str) -> tuple[str, bytes]:
    """Content type and bytes of an attachment of that name."""
    kind, maker = _MAKERS.get(PurePath(name).suffix, ("application/octet-stream", plain))
    return kind, maker(title or PurePath(name).stem, text)
