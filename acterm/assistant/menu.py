"""Mon compte: every flow of the assistant, in the order in which a worried person looks for it."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from acterm.i18n import N_, _

if TYPE_CHECKING:  # the names of the flows are known before anything of them is loaded
    from acterm.assistant.flow import Flow


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `name` is that of the flow and of its module."""

    name: str
    title: str
    words: str

    def label(self) -> str:
        """Its title in the person's language."""
        return _(self.title)

    def hint(self) -> str:
        """What it is for, in the person's language."""
        return _(self.words)


ENTRIES = (
    Entry("lost_password", N_("Lost password"), N_("The sign-in is refused, or I forgot it.")),
    Entry("first_login", N_("First sign-in"), N_("I have a paper with a provisional password.")),
    Entry("access", N_("Access and address"), N_("Portal, webmail, and whom to ask.")),
    Entry("strong_password", N_("Strong password"), N_("How strong it is; a new one.")),
    Entry("passcode", N_("Passcode"), N_("PIN and one-time code, the key of the code.")),
    Entry("numen", N_("NUMEN"), N_("What it is, where to find it, how it is written.")),
    Entry("identifier", N_("Login"), N_("How it is made of the name.")),
    Entry("phishing", N_("Phishing"), N_("Check a mail; what to do after a click.")),
    Entry("compromised", N_("Account taken over"), N_("Somebody else uses my mailbox.")),
    Entry("quota", N_("Full mailbox"), N_("What takes the room, and how to get it back.")),
    Entry("absence", N_("Absence"), N_("The automatic answer while I am away.")),
    Entry("filters", N_("Filters"), N_("Simple rules that file mail by themselves.")),
    Entry("contacts", N_("Contacts"), N_("Rectorat, DSDEN, help desk, opening hours.")),
    Entry("national", N_("National mail"), N_("My académie moves to the national server.")),
    Entry("shared", N_("Shared computer"), N_("Leave nothing behind; lock the screen.")),
    Entry("doctor", N_("Diagnosis"), N_("Everything checked, one page for the help desk.")),
)


def entry(name: str) -> Entry:
    """The entry of that name; KeyError without one."""
    return _BY_NAME[name]


def flow(name: str) -> "Flow[Any]":
    """The flow of that name, its module imported now; KeyError without one."""
    module = import_module(f"acterm.assistant.{_BY_NAME[name].name}")
    found: Flow[Any] = module.FLOW
    return found


_BY_NAME = {one.name: one for one in ENTRIES}
