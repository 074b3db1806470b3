"""Embedded IMAP and SMTP servers with a sample school mailbox."""
