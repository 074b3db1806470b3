"""What the app learns and must remember: one JSON value a key."""

import json
import sqlite3
from typing import Any


def get(db: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """The value kept under `key`, else `default`."""
    row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return json.loads(row[0]) if row else default


def put(db: sqlite3.Connection, key: str, value: Any) -> None:
    """Keep a value that JSON can hold."""
    db.execute(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value)),
    )
