"""What an académie is: facts with their confidence, and pure rules."""
