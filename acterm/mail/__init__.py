"""What mail is: frozen values and pure functions. No clocks, no sockets."""
