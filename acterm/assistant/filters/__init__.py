"""Filters: simple rules of the server that file mail by themselves."""

from acterm.assistant.filters.steps import State, answered, back, heard, start
from acterm.assistant.filters.words import question
from acterm.assistant.flow import Flow

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
