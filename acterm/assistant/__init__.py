"""Account help as state machines: (state, answer) -> state. Decides, performs nothing."""
