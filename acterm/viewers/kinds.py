"""Which viewer shows which type and which ending of a name."""

# One module a family. New families stand here and nowhere else.
_FAMILIES = {
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "vcard",
    "text/x-vcard": "vcard",
    "text/directory": "vcard",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "text/html": "page",
    "application/xhtml+xml": "page",
    "message/rfc822": "mail",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
    "application/x-tar": "tarball",
    "application/gzip": "tarball",
    "application/x-bzip2": "tarball",
    "application/x-xz": "tarball",
    "application/x-7z-compressed": "sevenzip",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/x-ole-storage": "compound",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.oasis.opendocument.text": "opendocument",
    "application/vnd.oasis.opendocument.presentation": "opendocument",
    "application/epub+zip": "epub",
    "application/x-ipynb+json": "notebook",
}
_ENDINGS = {
    ".ics": "calendar",
    ".vcf": "vcard",
    ".csv": "table",
    ".tsv": "table",
    ".eml": "mail",
    ".html": "page",
    ".htm": "page",
    ".zip": "archive",
    ".tar": "tarball",
    ".tgz": "tarball",
    ".gz": "tarball",
    ".bz2": "tarball",
    ".xz": "tarball",
    ".7z": "sevenzip",
    ".pdf": "pdf",
    ".rtf": "rtf",
    ".docx": "word",
    ".docm": "word",
    ".pptx": "slides",
    ".pptm": "slides",
    ".ppsx": "slides",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xlsb": "sheet",
    ".ods": "sheet",
    ".odt": "opendocument",
    ".odp": "opendocument",
    ".doc": "compound",
    ".xls": "compound",
    ".ppt": "compound",
    ".msg": "compound",
    ".epub": "epub",
    ".ipynb": "notebook",
}
_PICTURE_TYPES = (
    *("image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/bmp"),
    *("image/x-ms-bmp", "image/webp", "image/tiff", "image/x-icon", "image/vnd.microsoft.icon"),
    "image/avif",
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ico", ".avif")
# Programs that schools use, by the ending of their files.
SCHOOL_PROGRAMS = {
    ".ggb": "GeoGebra",
    ".ggs": "GeoGebra",
    ".sb2": "Scratch",
    ".sb3": "Scratch",
    ".tns": "TI-Nspire",
    ".notebook": "SMART Notebook",
    ".flipchart": "ActivInspire",
    ".odg": "LibreOffice Draw",
    ".vsdx": "Visio",
    ".pub": "Publisher",
    ".one": "OneNote",
    ".mscz": "MuseScore",
    ".apkg": "Anki",
    ".xmind": "XMind",
    ".h5p": "H5P",
    ".pages": "Pages",
    ".numbers": "Numbers",
    ".key": "Keynote",
    ".psd": "Photoshop",
    ".xcf": "GIMP",
    ".indd": "InDesign",
    ".accdb": "Access",
    ".mdb": "Access",
}
_CODE = (
    *(".py", ".js", ".ts", ".css", ".json", ".xml", ".svg", ".sql", ".sh", ".c", ".h", ".cpp"),
    *(".java", ".php", ".tex", ".bib", ".yml", ".yaml", ".toml", ".ini", ".ps1", ".bat", ".vbs"),
    *(".r", ".rb", ".go", ".rs", ".pl", ".lua", ".md", ".diff", ".patch", ".mm"),
    *(".webloc", ".kml", ".gpx"),
)
CODE_TYPES = (
    *("application/json", "application/xml", "text/xml", "application/javascript"),
    *("text/javascript", "text/css", "text/x-python", "text/x-diff", "text/x-patch"),
    *("text/markdown", "image/svg+xml", "application/x-sh", "text/x-python-script"),
)


def by_type(kind: str) -> str:
    """The module that shows a media type; empty without one."""
    if kind in _FAMILIES:
        return _FAMILIES[kind]
    if kind in _PICTURE_TYPES:
        return "picture"
    if kind in CODE_TYPES:
        return "code"
    return "media" if kind.startswith(("audio/", "video/")) else ""


def by_name(name: str) -> str:
    """The module that shows what a name promises; empty without one."""
    last = ending(name)
    if last in _ENDINGS:
        return _ENDINGS[last]
    if last in SCHOOL_PROGRAMS:
        return "school_file"
    if last in _CODE:
        return "code"
    return "picture" if last in _PICTURES else ""


def ending(name: str) -> str:
    """« .pdf »: the last part of a name, in small letters; empty without one."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""
