"""Mails that are more than a letter: invitations, bounces, receipts, lists, signatures, reports."""
