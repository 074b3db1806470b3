"""The Secret Service of a Linux desktop (gnome-keyring, KWallet, KeePassXC), over D-Bus.

Attributes are those of the `keyring` library, so that `keyring get acterm ADDRESS` finds them.
Each call opens a connection of its own; any of them may block, see `acterm.vault.deadline`.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault.backend import SERVICE, KeyringAbsent, KeyringFailed, Standing

if TYPE_CHECKING:
    from secretstorage import Collection

# GNOME's private interface: it opens a keyring without a prompt, which SSH has nowhere to show.
_GNOME = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
_PATH = "/org/freedesktop/secrets"


class SecretService:
    """The default collection of the session's Secret Service."""

    patience = 3.0

    def standing(self) -> Standing:
        """OPEN or LOCKED, asked without a prompt. Raises KeyringAbsent."""
        with _collection() as collection:
            return Standing.LOCKED if collection.is_locked() else Standing.OPEN

    def holds(self, name: str) -> bool:
        """Whether there is an entry, known even while it is locked."""
        with _collection() as collection:
            return any(True for _item in collection.search_items(_attributes(name)))

    def read(self, name: str) -> str | None:
        """The entry, None without one."""
        with _collection() as collection:
            for item in collection.search_items(_attributes(name)):
                return item.get_secret().decode("utf-8")
        return None

    def write(self, name: str, value: str) -> None:
        """Add or change the entry."""
        with _collection() as collection:
            attributes = {"application": "acterm", **_attributes(name)}
            collection.create_item(
                f"acterm: {name}", attributes, value.encode("utf-8"), replace=True
            )

    def erase(self, name: str) -> None:
        """Forget the entry."""
        with _collection() as collection:
            for item in collection.search_items(_attributes(name)):
                item.delete()

    def unlock(self, password: Secret) -> bool:
        """Open the collection with the session's password; False when it is not the one."""
        from jeepney import DBusErrorResponse  # type: ignore[import-untyped]  # it has no types
        from secretstorage.util import DBusAddressWrapper, format_secret, open_session

        with _collection() as collection:
            connection = collection.connection
            gnome = DBusAddressWrapper(_PATH, _GNOME, connection)
            session = open_session(connection)
            typed = format_secret(session, password.reveal().encode("utf-8"), "text/plain")
            try:
                gnome.call("UnlockWithMasterPassword", "o(oayays)", _real_path(collection), typed)
            except DBusErrorResponse as refusal:
                if refusal.name.startswith("org.gnome.keyring.Error"):
                    return False
                raise
            return not collection.is_locked()

    def prompt(self, seconds: float) -> bool:
        """Let the desktop ask the person; False when they refuse or `seconds` pass."""
        with _collection() as collection:
            try:
                collection.unlock(timeout=seconds)
            except TimeoutError:
                return False
            return not collection.is_locked()


def _attributes(name: str) -> dict[str, str]:
    return {"service": SERVICE, "username": name}


def _real_path(collection: "Collection") -> str:
    """The path of the default collection itself: the private interface knows no alias."""
    from secretstorage.collection import get_collection_by_alias

    return str(get_collection_by_alias(collection.connection, "default").collection_path)


@contextmanager
def _collection() -> Iterator["Collection"]:
    """The default collection. Nothing is created and nothing prompts."""
    try:
        import secretstorage
        from jeepney import DBusErrorResponse
    except ImportError as error:
        raise KeyringAbsent(_("the library for the system’s keyring is not installed")) from error
    try:
        with closing(secretstorage.dbus_init()) as connection:
            if not secretstorage.check_service_availability(connection):
                raise KeyringAbsent(_("no keyring runs in this session"))
            yield secretstorage.Collection(connection)
    except secretstorage.SecretServiceNotAvailableException as error:
        raise KeyringAbsent(_("there is no D-Bus session here, as often over SSH")) from error
    except secretstorage.ItemNotFoundException as error:
        raise KeyringAbsent(_("the session has no keyring yet")) from error
    except (secretstorage.SecretStorageException, DBusErrorResponse) as error:
        raise KeyringFailed(
            _("the keyring refuses: {reason}").format(reason=_said(error))
        ) from error
    except (OSError, RuntimeError, ValueError, EOFError, TypeError, LookupError) as error:
        raise KeyringAbsent(_("the D-Bus session does not answer")) from error


def _said(error: Exception) -> str:
    """The service's words, without the object paths."""
    data = getattr(error, "data", None)
    return str(data[0]) if data else str(error) or type(error).__name__
