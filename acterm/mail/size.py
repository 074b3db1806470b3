"""Sizes and types of files in words."""

from acterm.i18n import _, language

_UNITS_FRENCH = ("octets", "Ko", "Mo", "Go")
_UNITS_ENGLISH = ("bytes", "KB", "MB", "GB")


def size_words(size: int) -> str:
    """« 84 Ko », « 1,2 Mo »: at most three figures, units of 1024."""
    french = language() == "fr"
    units = _UNITS_FRENCH if french else _UNITS_ENGLISH
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(units) - 1:
        amount, unit = amount / 1024, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    text = text.removesuffix(".0")
    if not unit and (size == 1 or (french and size == 0)):
        return f"{text}\u00a0{units[0].removesuffix('s')}"
    return f"{text.replace('.', ',') if french else text}\u00a0{units[unit]}"


def type_words(kind: str) -> str:
    """What a file is, for a person: « image PNG », « tableur »."""
    main, _slash, sub = kind.partition("/")
    known = {
        "application/pdf": _("PDF document"),
        "text/calendar": _("invitation"),
        "text/vcard": _("contact card"),
        "text/x-vcard": _("contact card"),
        "text/csv": _("table"),
        "text/html": _("web page"),
        "message/rfc822": _("mail"),
        "message/delivery-status": _("delivery report"),
        "message/disposition-notification": _("reading receipt"),
        "text/rfc822-headers": _("header of a mail"),
        "application/pgp-signature": _("signature"),
        "application/pkcs7-signature": _("signature"),
        "application/pkcs7-mime": _("signed or encrypted mail"),
        "application/x-pkcs7-mime": _("signed or encrypted mail"),
        "application/zip": _("ZIP archive"),
        "application/x-zip-compressed": _("ZIP archive"),
        "application/ms-tnef": _("Outlook files (winmail.dat)"),
        "application/msword": _("Word document"),
        "application/vnd.ms-excel": _("spreadsheet"),
        "application/vnd.oasis.opendocument.text": _("text document"),
        "application/vnd.oasis.opendocument.spreadsheet": _("spreadsheet"),
    }
    if kind in known:
        return known[kind]
    if "wordprocessingml" in sub:
        return _("Word document")
    if "spreadsheetml" in sub:
        return _("spreadsheet")
    if "presentation" in sub:
        return _("slides")
    named = {"image": _("image"), "audio": _("sound"), "video": _("video"), "text": _("text")}
    return named.get(main, _("file"))
