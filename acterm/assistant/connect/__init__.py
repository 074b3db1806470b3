"""Connexion: from an address to an account that is kept.

    state = FLOW.start(begun).state
    FLOW.question(state)                    what to show, see `acterm.assistant.flow.Question`
    FLOW.answered(state, "camille@…")       Turn: the next state, and the commands to submit
    FLOW.answered(state, Secret("…"))       when the question's kind is SECRET
    FLOW.answered(state, choice="use")      one of the question's `choices`
    FLOW.heard(state, event)                Turn: for every event of the engine meanwhile
    FLOW.back(state)                        the question before
    FLOW.hints(state, typed)                doubts about what is being typed into the field

Other flows hold its state in theirs and hand answers and events on to it.
"""

from acterm.assistant.connect.events import heard
from acterm.assistant.connect.state import State, start
from acterm.assistant.connect.steps import answered, back
from acterm.assistant.connect.words import hints, question
from acterm.assistant.flow import Flow, Turn

FLOW: Flow[State] = Flow(
    start=lambda _start: Turn(start()),
    question=question,
    answered=answered,
    back=back,
    heard=heard,
    hints=hints,
)
