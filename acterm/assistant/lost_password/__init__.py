"""Mot de passe perdu: from a refused sign-in to a new password that works."""

from acterm.assistant.flow import Flow
from acterm.assistant.lost_password.state import State
from acterm.assistant.lost_password.steps import answered, back, heard, kept, resumed, start
from acterm.assistant.lost_password.words import hints, question

FLOW: Flow[State] = Flow(
    start=start,
    question=question,
    answered=answered,
    back=back,
    heard=heard,
    kept=kept,
    resumed=resumed,
    hints=hints,
)
