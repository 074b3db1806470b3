"""What is worth telling about a mail, each sign with its reason."""
