"""Absence: the automatic answer while one is away."""

from acterm.assistant.absence.steps import State, answered, back, heard, start
from acterm.assistant.absence.words import hints, question
from acterm.assistant.flow import Flow

FLOW: Flow[State] = Flow(
    start=start, question=question, answered=answered, back=back, heard=heard, hints=hints
)
