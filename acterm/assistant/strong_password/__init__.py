"""Strong password: how strong one is, and a new one."""

from acterm.assistant.flow import Flow
from acterm.assistant.strong_password.steps import State, answered, back, heard, start
from acterm.assistant.strong_password.words import question

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
