"""Archives and office documents made in the tests, locked ones and bombs among them."""

import hashlib
import hmac
import io
import struct
import tarfile
import zipfile
import zlib
from html import escape

import py7zr
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_OFFICE = "http://schemas.openxmlformats.org/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A ZIP of these files, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """A ZIP that says its largest member is only a thousand bytes."""
    return data.replace(struct.pack("<I", size), struct.pack("<I", 1000))


def tarred(members: dict[str, bytes], packing: str = "") -> bytes:
    """A tar archive; `packing` is gz, bz2, xz or nothing."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{packing}") as file:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            file.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("lien")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    return buffer.getvalue()


def locked_zip(name: str, content: bytes, password: bytes) -> bytes:
    """A ZIP with one file under the old encryption (APPNOTE 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def turn(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def hidden(data: bytes) -> bytes:
        made = bytearray()
        for byte in data:
            mixed = keys[2] | 2
            made.append(byte ^ ((mixed * (mixed ^ 1)) >> 8 & 0xFF))
            turn(byte)
        return bytes(made)

    for byte in password:
        turn(byte)
    check = zlib.crc32(content)
    packed = hidden(bytes(11) + bytes([check >> 24]) + content)
    return _one_member(name, packed, len(content), check, method=0)


def aes_zip(name: str, content: bytes, password: bytes) -> bytes:
    """A ZIP with one file under AES-256 (APPNOTE 7.2, AE-2)."""
    salt = bytes(range(16))
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 66)
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = compressor.compress(content) + compressor.flush()
    blocks = b"".join(at.to_bytes(16, "little") for at in range(1, len(plain) // 16 + 2))
    mode = modes.ECB()  # noqa: S305 (the format's own, as a counter)
    stream = Cipher(algorithms.AES(keys[:32]), mode).encryptor().update(blocks)
    secret = bytes(a ^ b for a, b in zip(plain, stream, strict=False))
    seal = hmac.new(keys[32:64], secret, "sha1").digest()[:10]
    packed = salt + keys[64:] + secret + seal
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 8)
    return _one_member(name, packed, len(content), 0, method=99, extra=extra)


def _one_member(
    name: str, packed: bytes, size: int, check: int, method: int, extra: bytes = b""
) -> bytes:
    title = name.encode()
    sizes = struct.pack("<IIHH", len(packed), size, len(title), len(extra))
    fields = struct.pack("<HHHHHI", 20, 1, method, 0, 33, check) + sizes
    local = b"PK\3\4" + fields + title + extra + packed
    central = b"PK\1\2\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + title + extra
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\5\6" + end


def odf(kind: str, body: str, styles: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument of a kind (text, presentation) with this body."""
    names = " ".join(
        f'xmlns:{short}="{_ODF}{long}:1.0"'
        for short, long in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")),
            *(("style", "style"), ("fo", "xsl-fo-compatible")),
        )
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    members: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="m"/>',
        "content.xml": content,
    }
    return zipped(members | (more or {}))


def docx(body: str, more: dict[str, bytes] | None = None) -> bytes:
    """A Word document with this WordprocessingML inside its body."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_OFFICE}package/2006/relationships">'
        f'<Relationship Id="r" Type="{_OFFICE}officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_OFFICE}wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    return zipped(members | (more or {}))


def xlsx(cells: str, styles: str = "") -> bytes:
    """A workbook of one sheet with these cells in one row, and these formats of cells."""
    main = f"{_OFFICE}spreadsheetml/2006/main"
    relations = f"{_OFFICE}officeDocument/2006/relationships"
    members: dict[str, bytes | str] = {
        "_rels/.rels": f'<Relationships xmlns="{_OFFICE}package/2006/relationships">'
        f'<Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="Notes" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/s.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">{cells}</row>'
        "</sheetData></worksheet>",
    }
    return zipped(members)


def paragraph(words: str, style: str = "") -> str:
    """One paragraph of WordprocessingML."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def pptx(*slides: str, beside: dict[str, bytes | str] | None = None) -> bytes:
    """Slides, each the shapes of its tree, and more parts of the package."""
    relations = f"{_OFFICE}officeDocument/2006/relationships"
    names = f'xmlns:a="{_OFFICE}drawingml/2006/main" xmlns:p="{_OFFICE}presentationml/2006/main"'
    count = range(len(slides))
    targets = (f'<Relationship Id="r{at}" Target="slides/s{at}.xml"/>' for at in count)
    ids = "".join(f'<p:sldId id="{256 + at}" r:id="r{at}"/>' for at in count)
    members: dict[str, bytes | str] = {
        "ppt/presentation.xml": f'<p:presentation {names} xmlns:r="{relations}"><p:sldIdLst>{ids}'
        "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{''.join(targets)}</Relationships>",
    }
    for at, shapes in enumerate(slides):
        members[f"ppt/slides/s{at}.xml"] = (
            f"<p:sld {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
    return zipped(members | (beside or {}))


def shape(words: str, kind: str = "body", level: int = 0) -> str:
    """A text of a slide."""
    lines = "".join(
        f'<a:p><a:pPr lvl="{level}"/><a:r><a:t>{escape(line)}</a:t></a:r></a:p>'
        for line in words.split("\n")
    )
    place = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
    return f"<p:sp>{place}<p:txBody>{lines}</p:txBody></p:sp>"


def sevenzip(files: dict[str, bytes], password: str | None = None, *, names: bool = False) -> bytes:
    """A 7z archive of these files; with `names`, their names are locked too."""
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password, header_encryption=names) as file:
        for name, data in files.items():
            file.writestr(data, name)
    return buffer.getvalue()
