"""From the bytes of a mail to values: never raises, whatever the bytes are."""
