"""The body of a mail as lines of a terminal: HTML, plain text, quotations, folds, the page."""
