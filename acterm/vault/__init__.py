"""Secrets: the ladder from the system's keyring over a sealed file to this session only."""

from acterm.vault.ladder import (
    KEYRING,
    PASSWORD_COMMAND,
    SEALED_FILE,
    SESSION,
    Rung,
    SecretLocked,
    SecretMissing,
    SecretNotKept,
)
from acterm.vault.vault import Vault

__all__ = [
    "KEYRING",
    "PASSWORD_COMMAND",
    "SEALED_FILE",
    "SESSION",
    "Rung",
    "SecretLocked",
    "SecretMissing",
    "SecretNotKept",
    "Vault",
]
