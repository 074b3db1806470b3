"""What mail is: frozen values and pure functions. No files, clocks or sockets."""
