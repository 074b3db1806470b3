"""Attachments as lines, and saved."""
