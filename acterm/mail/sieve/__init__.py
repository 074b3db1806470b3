"""Rules on the server (RFC 5228): written, read, and put beside the scripts of others."""
