"""Attachment bytes to lines a terminal can show; one module a family, libraries lazy."""

from acterm.viewers.view import View, view

__all__ = ["View", "view"]
