"""The whole vocabulary between the interface and the engine: Commands go down, Events come up.

All are frozen and plain. An event says that something changed; the store says what it is now.

One file a subject, so that what is rarely said costs nothing at the start.
"""
