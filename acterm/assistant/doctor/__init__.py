"""Diagnosis: everything checked, one page for the help desk."""

from acterm.assistant.doctor.steps import State, answered, back, heard, start
from acterm.assistant.doctor.words import question
from acterm.assistant.flow import Flow

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
