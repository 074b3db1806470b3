"""Headers as sync brings them, with what a test does not care about filled in."""

from dataclasses import replace

from acterm.mail.address import Address
from acterm.mail.message import Flag, Header

CHLOE = Address("Chloé Gérard", "chloe.gerard@ac-amiens.fr")
HUGO = Address("Hugo Petit", "hugo.petit@ac-lille.fr")
CAMILLE = Address("Camille Lefèvre", "camille.lefevre@ac-amiens.fr")
MONDAY = 1_763_971_200  # 24 November 2025, 8:00 UTC

_PLAIN = Header(
    uid=1,
    flags=Flag.NONE,
    size=2000,
    date=MONDAY,
    sent=MONDAY,
    sender=CHLOE,
    to=(CAMILLE,),
    cc=(),
    subject="Conseil de classe",
    message_id="",
    in_reply_to="",
    references=(),
    list_id="",
    attachments=False,
)


def header(uid: int, subject: str = "Conseil de classe", **fields: object) -> Header:
    """One header; its date goes with the uid, one minute apart, unless given."""
    fields = {"date": MONDAY + uid * 60, "message_id": f"{uid}@ac-amiens.fr"} | fields
    return replace(_PLAIN, uid=uid, subject=subject, **fields)  # type: ignore[arg-type]
