"""acterm: mail client and account assistant for teachers, in a terminal."""

__version__ = "0.1.0"
