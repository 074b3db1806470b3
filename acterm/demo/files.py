"""Small valid files for the sample attachments, made with the standard library alone."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from html import escape
from pathlib import PurePath

from acterm.demo.locked_zip import locked_zip
from acterm.demo.winmail import winmail

_PAGE = (595, 842)
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = "http://schemas.openxmlformats.org/"


def pdf(title: str, text: str) -> bytes:
    """A4 pages, the text of each separated by a line `---`."""
    pages = [part.strip().splitlines() for part in text.strip().split("\n---\n")]
    contents = [_pdf_page(title if not at else "", lines) for at, lines in enumerate(pages)]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (*_PAGE, 5 + 2 * at)
        )
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(content)
        objects.append(head + b"\nstream\n" + content + b"\nendstream")
    return _pdf_file(objects)


def _pdf_page(title: str, lines: list[str]) -> bytes:
    """What draws one page."""
    rows = [f"BT /F1 18 Tf 60 770 Td ({_pdf_text(title)}) Tj ET"]
    for number, line in enumerate(lines):
        rows.append(f"BT /F1 11 Tf 60 {735 - number * 17} Td ({_pdf_text(line)}) Tj ET")
    return zlib.compress("\n".join(rows).encode("cp1252", "replace"))


def _pdf_file(objects: list[bytes]) -> bytes:
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


def _zip(members: dict[str, bytes | str]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 8, 0, 0)), content, stored)
    return buffer.getvalue()


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
    """A workbook: rows are lines, cells stand between `;`, a line `# Name` begins a sheet."""
    sheets = _sheets(title, text)
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = f"{_OFFICE}officeDocument/2006/relationships"
    files = {name: f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(sheets, 1)}
    listed = "".join(
        f'<sheet name="{escape(name)[:31]}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{relations}/worksheet"'
        f' Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    return _office(
        "xl/workbook.xml",
        f"{main}.sheet.main+xml",
        f'<workbook xmlns="{_OFFICE}spreadsheetml/2006/main" xmlns:r="{relations}"><sheets>'
        f"{listed}</sheets></workbook>",
        {
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}package/2006/'
            f'relationships">{related}</Relationships>',
            **{files[name]: _sheet(lines) for name, lines in sheets.items()},
        },
        dict.fromkeys(files.values(), f"{main}.worksheet+xml"),
    )


def _sheets(title: str, text: str) -> dict[str, list[str]]:
    """The lines of each sheet by its name."""
    sheets: dict[str, list[str]] = {}
    name = title
    for line in text.strip().splitlines():
        if line.startswith("# "):
            name = line[2:]
        else:
            sheets.setdefault(name, []).append(line)
    return sheets


def _sheet(lines: list[str]) -> str:
    rows = "".join("<row>" + "".join(map(_cell, line.split(";"))) + "</row>" for line in lines)
    return (
        f'<worksheet xmlns="{_OFFICE}spreadsheetml/2006/main"><sheetData>{rows}</sheetData>'
        "</worksheet>"
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
    """A ZIP with one small file for each line of the text, locked when the title is a password."""
    members = {name: f"{name}\n" * 40 for name in text.strip().splitlines()}
    return locked_zip(members, title) if title else _zip({**members})


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
    ".dat": ("application/ms-tnef", winmail),
    ".eml": ("message/rfc822", plain),
    ".csv": ("text/csv; charset=utf-8", plain),
    ".ics": ("text/calendar; charset=utf-8", plain),
    ".vcf": ("text/vcard; charset=utf-8", plain),
    ".html": ("text/html; charset=utf-8", plain),
    ".txt": ("text/plain; charset=utf-8", plain),
}


def make(name: str, title: str, text: str) -> tuple[str, bytes]:
    """Content type and bytes of an attachment of that name."""
    kind, maker = _MAKERS.get(PurePath(name).suffix, ("application/octet-stream", plain))
    usual = "" if maker is archive else PurePath(name).stem
    return kind, maker(title or usual, text)
