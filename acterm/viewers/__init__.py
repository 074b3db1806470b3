"""Attachment bytes to lines a terminal can show; one module a family, libraries lazy."""
