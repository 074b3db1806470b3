"""Attachment bytes to lines and pictures a terminal can show, read in a child process."""

from acterm.viewers.child import Child, member, view
from acterm.viewers.view import Entry, Locked, Member, Picture, View

__all__ = ["Child", "Entry", "Locked", "Member", "Picture", "View", "member", "view"]
