"""Where acterm keeps its files. `ACTERM_HOME`, when set, holds everything."""

import os
from pathlib import Path

from acterm.errors import ConfigError, reason
from acterm.i18n import _


def _folder(kind: str) -> Path:
    home = os.environ.get("ACTERM_HOME", "")
    if home:
        return Path(home).expanduser()
    import platformdirs

    folders = platformdirs.PlatformDirs("acterm", appauthor=False)
    if kind == "config":
        return folders.user_config_path
    return folders.user_log_path if kind == "log" else folders.user_data_path


def _made(folder: Path) -> Path:
    """The folder, created for its owner alone when missing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            _("The folder {folder} cannot be created: {reason}.").format(
                folder=folder, reason=reason(error)
            ),
            _("Check ACTERM_HOME, the disk and the folder's permissions."),
        ) from error
    return folder


def config_file() -> Path:
    """config.toml; it belongs to its owner and need not exist."""
    return _folder("config") / "config.toml"


def data_folder() -> Path:
    """The folder of the store, the sealed file and the locks, created 0700."""
    return _made(_folder("data"))


def store_file() -> Path:
    """The one SQLite file that holds the mail."""
    return data_folder() / "acterm.db"


def log_file() -> Path:
    """Diagnostics: no secret, no mail content."""
    return _made(_folder("log")) / "acterm.log"


def existing_store() -> Path | None:
    """The store when there is one; nothing is created."""
    path = _folder("data") / "acterm.db"
    return path if path.is_file() else None


def is_shared() -> bool:
    """Whether this session runs on a shared machine: its home is gone when it ends."""
    from acterm.temporary_home import is_temporary

    return is_temporary(Path(os.environ.get("ACTERM_HOME", "")), "shared")
