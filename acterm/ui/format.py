"""Numbers, dates and folder names as people read them. No locale module: two languages, ours."""

import datetime
import time
from collections.abc import Iterable

from acterm.i18n import N_, _, language, ngettext
from acterm.mail.folder import ROLE_NAMES, Folder
from acterm.ui.glyphs import marks

DATE_WIDTH = 8
_NARROW_SPACE = "\u202f"

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def number(value: int) -> str:
    """« 1 204 » with a narrow no-break space, “1,204” in English."""
    separator = _NARROW_SPACE if language() == "fr" else ","
    return f"{value:,}".replace(",", separator)


def clock(moment: float) -> str:
    """The time of day here: « 14:02 »."""
    return time.strftime("%H:%M", time.localtime(moment))


def short_date(moment: int, today: datetime.date) -> str:
    """At most DATE_WIDTH cells: « 14:02 », « hier », « lun. 16 », « 3 févr. », « 12/2024 »."""
    try:
        local = time.localtime(moment)
        day = datetime.date(local.tm_year, local.tm_mon, local.tm_mday)
    except (OverflowError, ValueError, OSError):
        return ""
    if day == today:
        return f"{local.tm_hour:02}:{local.tm_min:02}"
    if day == today - datetime.timedelta(days=1):
        return _("yest.")
    if datetime.timedelta(0) < today - day < datetime.timedelta(days=7):
        return _("{weekday} {day}").format(weekday=_(_WEEKDAYS[local.tm_wday]), day=day.day)
    if abs(today - day) < datetime.timedelta(days=300):
        return _("{day} {month}").format(day=day.day, month=_(_MONTHS[day.month - 1]))
    return f"{day.month:02}/{day.year}"


def since(moment: float, today: datetime.date) -> str:
    """When something was last so: the time today, else the day and the time."""
    words = short_date(int(moment), today)
    return words if words == clock(moment) else f"{words} {clock(moment)}"


def folder_name(folder: Folder) -> str:
    """What the folder is for in the interface's language, else the last level of its name."""
    return _(ROLE_NAMES[folder.role]) if folder.role in ROLE_NAMES else folder.leaf


def folder_title(folder: Folder, address: str = "", held: str = "") -> str:
    """« Boîte de réception · 12 non lus sur 1 204 ».

    `address` says whose it is where there are several; `held` stands in the place of the counts.
    """
    held = held or counts(folder.unread, folder.messages)
    return f" {marks.dot} ".join(words for words in (folder_name(folder), address, held) if words)


def folder_path(folder: Folder, account: Iterable[Folder] = ()) -> str:
    """The folder's whole name, for a list without indents.

    `account` are all its folders: one with a role is called by it in the names below, too.
    """
    if folder.role in ROLE_NAMES:
        return _(ROLE_NAMES[folder.role])
    if not folder.delimiter:
        return folder.name
    roles = {one.name: folder_name(one) for one in account if one.role in ROLE_NAMES}
    levels = folder.name.split(folder.delimiter)
    for end in range(len(levels) - 1, 0, -1):
        called = roles.get(folder.delimiter.join(levels[:end]))
        if called:
            return " › ".join((called, *levels[end:]))
    return " › ".join(levels)


def counts(unread: int, messages: int) -> str:
    """« 12 non lus sur 1 204 », « 34 mails », « vide »."""
    if not messages:
        return _("empty")
    if not unread:
        return ngettext("{count} mail", "{count} mails", messages).format(count=number(messages))
    return ngettext("{unread} unread of {count}", "{unread} unread of {count}", unread).format(
        unread=number(unread), count=number(messages)
    )


def size(octets: int) -> str:
    """« 84 Ko », « 1,2 Mo »."""
    units = ((1 << 30, _("GB")), (1 << 20, _("MB")), (1 << 10, _("KB")))
    for unit, name in units:
        if octets >= unit:
            value = octets / unit
            text = f"{value:.1f}" if value < 10 and unit > 1 << 10 else f"{value:.0f}"
            return f"{text.replace('.', ',') if language() == 'fr' else text}\u00a0{name}"
    return ngettext("{count} byte", "{count} bytes", octets).format(count=octets)
