"""Servers; the only place with sockets."""
