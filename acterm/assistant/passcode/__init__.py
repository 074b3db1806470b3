"""Passcode: PIN and one-time code, and the key of the code in the vault."""

from acterm.assistant.flow import Flow
from acterm.assistant.passcode.steps import State, answered, back, heard, start
from acterm.assistant.passcode.words import question

FLOW: Flow[State] = Flow(start=start, question=question, answered=answered, back=back, heard=heard)
