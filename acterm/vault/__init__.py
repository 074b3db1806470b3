"""Secrets: the system's keyring, else a sealed file, else this session only."""
