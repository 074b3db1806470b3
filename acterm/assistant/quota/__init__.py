"""Full mailbox: what takes the room, and how to get it back."""

from acterm.assistant.flow import Flow
from acterm.assistant.quota.steps import State, answered, back, heard, start
from acterm.assistant.quota.words import question

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
