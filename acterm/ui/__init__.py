"""Textual: draws what the store holds and turns keys into commands."""
