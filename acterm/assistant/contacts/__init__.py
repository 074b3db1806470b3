"""Contacts: whom to call or write to, and when they answer."""

from dataclasses import replace

from acterm.assistant.contacts.steps import PLAIN, answered

FLOW = replace(PLAIN, answered=answered)
