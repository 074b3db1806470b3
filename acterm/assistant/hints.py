"""What may have gone wrong while a secret was typed, told before a server refuses it."""

from acterm.academy import identifier, numen
from acterm.i18n import _

# What the digit keys give: on AZERTY without Shift, on QWERTY with it.
_AZERTY_ROW = "&é\"'(-è_çà"
_QWERTY_ROW = "!@#$%^*()"


def of_password(typed: str, login: str = "", address: str = "") -> tuple[str, ...]:
    """Doubts about a password as it is typed, most likely first. None of them forbids it."""
    if not typed:
        return ()
    found = []
    letters = [character for character in typed if character.isalpha()]
    if len(letters) > 1 and typed == typed.upper() and not numen.is_numen(typed):
        found.append(_("All its letters are capitals: is Caps Lock on?"))
    if typed.casefold() in (login.casefold(), address.casefold()):
        found.append(_("This is your login, not your password."))
    if typed != typed.strip():
        found.append(_("It begins or ends with a space: was it copied?"))
    found += _of_the_keyboard(typed)
    if numen.is_numen(typed):
        found.append(_of_numen(typed))
    return tuple(found)


def of_passcode(typed: str) -> tuple[str, ...]:
    """Doubts about a passcode: the PIN followed by the code that the key shows."""
    digits = typed.replace(" ", "")
    if not typed:
        return ()
    if not (digits.isascii() and digits.isdigit()):
        return (_("A passcode has only digits: your PIN, then the code of the key."),)
    if len(digits) <= 6:
        return (_("Your PIN goes before the six digits of the key."),)
    return ()


def of_login(typed: str, wants_address: bool) -> str:
    """A doubt about a login, empty without one: address and identifiant are often mixed up."""
    if identifier.is_address(typed) and not wants_address:
        return _("This is an address. The identifiant has no @: first initial and surname.")
    if wants_address and not identifier.is_address(typed):
        return _("This mail system takes the whole address as the login.")
    return ""


def _of_the_keyboard(typed: str) -> list[str]:
    has_digit = any(character.isdigit() for character in typed)
    if not has_digit and _longest_run(typed, _AZERTY_ROW) >= 3:
        return [_("Digits need Shift on an AZERTY keyboard: are these signs meant?")]
    if not has_digit and _longest_run(typed, _QWERTY_ROW) >= 2:
        return [_("Is the keyboard in QWERTY? Digits typed with Shift became signs.")]
    if not typed.isascii():
        return [_("It has an accent or a special letter: is it really part of the password?")]
    return []


def _of_numen(typed: str) -> str:
    if typed != typed.upper():
        return _("A NUMEN is written in capitals.")
    return _("This looks like a NUMEN, the first password: change it soon.")


def _longest_run(typed: str, signs: str) -> int:
    longest = run = 0
    for character in typed:
        run = run + 1 if character in signs else 0
        longest = max(longest, run)
    return longest
