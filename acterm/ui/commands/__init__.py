"""Every command, one file a family. The node that has the place does `action_<name>`.

A widget or screen takes part by `class Reader(Keyed, Widget)` with `places = (Place.READER,)` and a
method `action_open_links` for `OpenLinks`. A node without the method leaves the command out, so
footer, palette and help show only what works here.
"""

from acterm.ui.commands import attachments, flow, general, going, outbox, reading, triage, writing

__all__ = ["attachments", "flow", "general", "going", "outbox", "reading", "triage", "writing"]
