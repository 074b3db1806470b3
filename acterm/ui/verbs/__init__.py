"""What a person does: to a mail, a conversation, the open mail, a card, an invitation, a file."""
