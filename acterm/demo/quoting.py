"""How the people of the sample quote the mail they answer: one style a mail program."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is quoted."""

    name: str
    address: str
    to: str
    subject: str
    moment: datetime.datetime
    text: str

    @property
    def marked(self) -> str:
        """Every line behind a `>`."""
        return "\n".join(f"> {line}" if line[:1] != ">" else f">{line}" for line in self._lines)

    @property
    def _lines(self) -> list[str]:
        return self.text.strip().splitlines()

    @property
    def day(self) -> str:
        """« 17 nov. 2026 »."""
        return f"{self.moment.day} {_MONTHS[self.moment.month - 1]} {self.moment.year}"


def _roundcube(mail: Quoted) -> str:
    return f"Le {mail.moment:%Y-%m-%d %H:%M}, {mail.name} a écrit\u00a0:\n{mail.marked}"


def _thunderbird(mail: Quoted) -> str:
    return f"Le {mail.moment:%d/%m/%Y à %H:%M}, {mail.name} a écrit :\n{mail.marked}"


def _gmail(mail: Quoted) -> str:
    day = f"{_WEEKDAYS[mail.moment.weekday()]} {mail.day}"
    return (
        f"Le {day} à {mail.moment:%H:%M}, {mail.name} <{mail.address}> a\nécrit :\n\n{mail.marked}"
    )


def _apple(mail: Quoted) -> str:
    who = f"{mail.name} <{mail.address}>"
    return f"> Le {mail.day} à {mail.moment:%H:%M}, {who} a écrit :\n> \n{mail.marked}"


def _sogo(mail: Quoted) -> str:
    return f"Le {mail.moment:%d/%m/%y %H:%M}, {mail.name} a écrit:\n{mail.marked}"


def _outlook(mail: Quoted) -> str:
    return (
        f"________________________________\nDe : {mail.name} <{mail.address}>\n"
        f"Envoyé : {mail.day} {mail.moment:%H:%M}\nÀ : {mail.to}\nObjet : {mail.subject}\n\n"
        f"{mail.text.strip()}"
    )


def _origin(mail: Quoted) -> str:
    return (
        f"-----Message d'origine-----\nDe : {mail.name} [mailto:{mail.address}]\n"
        f"Envoyé : {mail.day} {mail.moment:%H:%M}\nÀ : {mail.to}\nObjet : {mail.subject}\n\n"
        f"{mail.text.strip()}"
    )


def _zimbra(mail: Quoted) -> str:
    return (
        f'----- Mail original -----\nDe: "{mail.name}" <{mail.address}>\nÀ: {mail.to}\n'
        f"Envoyé: {mail.day} {mail.moment:%H:%M}\nObjet: {mail.subject}\n\n{mail.text.strip()}"
    )


def _forward(mail: Quoted) -> str:
    return (
        f"-------- Message original --------\nSujet: {mail.subject}\n"
        f"Date: {mail.moment:%Y-%m-%d %H:%M}\nDe: {mail.name} <{mail.address}>\n"
        f"Pour: {mail.to}\n\n{mail.text.strip()}"
    )


STYLES: dict[str, Callable[[Quoted], str]] = {
    "roundcube": _roundcube,
    "thunderbird": _thunderbird,
    "gmail": _gmail,
    "apple": _apple,
    "sogo": _sogo,
    "outlook": _outlook,
    "origine": _origin,
    "zimbra": _zimbra,
    "transfert": _forward,
}
