"""The SQLite file that holds the mail; the only place with SQL."""
