"""Widgets draw and tell; they know no other widget."""
