"""What an answer amounts to: whether two ways of giving it say the same, and how a screening holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.forms.answering import Given, read_given
from screener.forms.model import Question
from screener.rules.values import State
from screener.screening.answers import PATIENT, Recorded
from screener.screening.session import Session
from screener.training.scenario import Answers


def same(question: Question, one: Any, other: Any) -> bool:
    """Whether two answers, as a scenario writes them, say the same, whoever says so. NotAnAnswer for what is none."""
    return _said(read_given(question, one)) == _said(read_given(question, other))


def agrees(question: Question, part: Any, whole: Any) -> bool:
    """Whether an answer says nothing that another does not: the same, or some entries of the same list."""
    if same(question, part, whole):
        return True
    if not isinstance(part, list | tuple) or not isinstance(whole, list | tuple):
        return False
    return all(any(_within(entry, other) for other in whole) for entry in part)


def _within(entry: Any, other: Any) -> bool:
    """A bottle says less of a medicine than a conversation does; what it says, it says alike."""
    if isinstance(entry, Mapping) and isinstance(other, Mapping):
        return all(str(other.get(key)) == str(value) for key, value in entry.items())
    return bool(entry == other)


def _said(given: Given) -> tuple[State, Any]:
    return given.state, (None if given.differ else given.effective.value)


def answers_of(session: Session) -> dict[str, Any]:
    """Everything that a screening holds, by question, as a scenario writes answers."""
    return {name: written(recorded) for name, recorded in session.recorded.items()}


def written(recorded: Recorded) -> Any:
    """What was recorded under a question, as a scenario writes it: briefly where it is the patient's word alone."""
    accounts = [
        {"by": entry.by}
        | ({"value": entry.raw} if entry.state is State.ANSWERED else {"state": str(entry.state)})
        | ({"note": entry.note} if entry.note else {})
        for entry in recorded.entries
    ]
    return briefly(accounts, recorded.used)


def briefly(accounts: list[dict[str, Any]], used: str | None) -> Any:
    """Accounts as one answer: the patient's own word alone needs no account."""
    [first, *others] = accounts
    if others or used:
        return {"accounts": accounts} | ({"used": used} if used else {})
    if "state" in first:
        return {name: value for name, value in first.items() if (name, value) != ("by", PATIENT)}
    if first["by"] == PATIENT and "note" not in first:
        return first["value"]
    return {"accounts": accounts}


def differing(answers: Answers, usual: Answers, questions: Mapping[str, Question]) -> dict[str, Any]:
    """The answers that are not the usual ones."""
    return {
        name: raw
        for name, raw in answers.items()
        if name in questions and (name not in usual or not same(questions[name], raw, usual[name]))
    }
