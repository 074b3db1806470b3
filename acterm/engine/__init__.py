"""Moves data between store and net. No interface."""
