"""Phishing: a mail looked at together, and what to do after a click."""

from acterm.assistant.flow import Flow
from acterm.assistant.phishing.steps import State, answered, back, heard, start
from acterm.assistant.phishing.words import question

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
