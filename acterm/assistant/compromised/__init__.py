"""Compte piraté: what a thief leaves behind, whom to tell, a journal."""

from acterm.assistant.compromised.steps import State, answered, back, heard, kept, resumed, start
from acterm.assistant.compromised.words import question
from acterm.assistant.flow import Flow

FLOW: Flow[State] = Flow(
    start=start,
    question=question,
    answered=answered,
    back=back,
    heard=heard,
    kept=kept,
    resumed=resumed,
)
