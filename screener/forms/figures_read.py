"""Which figures a rule depends on: readings by phase and part, numbers, and the main scores of instruments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screener.forms.evaluation import RuleSet
from screener.forms.limits import PRESSURE
from screener.rules.expressions import Node, OfReadings, Score, walk
from screener.rules.readings import BEFORE_ANY_DOSE
from screener.rules.values import Kind


@dataclass(frozen=True, slots=True)
class Figure:
    """What can be measured again and again: of readings these parts in one phase; else a question's one figure."""

    question: str
    phase: str | None = None
    parts: tuple[str, ...] = ()


class FiguresRead:
    """Asked of one rule with its gates. A single item of an instrument is no figure: its total is not what is read."""

    def __init__(self, rules: RuleSet, rule_id: str) -> None:
        self.questions = rules.rests_on(rule_id)
        """The recorded questions that the rule can depend on."""
        self._asked = {question_id: rules.form.questions[question_id] for question_id in self.questions}
        gates = [asked.shown_when for asked in self._asked.values() if asked.shown_when is not None]
        self._nodes = [node for root in (*rules.rules[rule_id].conditions(), *gates) for node in walk(root)]

    def reads(self, figure: Figure) -> bool:
        """Whether another figure here can change what comes of the rule."""
        question = self._asked.get(figure.question)
        if question is None:
            return False
        if question.kind is Kind.READINGS:
            return any(_reads_readings(node, figure) for node in self._nodes)
        if question.kind is Kind.INSTRUMENT:
            main = question.scoring.main if question.scoring is not None else ""
            return any(_reads_main_score(node, figure.question, main) for node in self._nodes)
        return True


def _reads_readings(node: Node, figure: Figure) -> bool:
    return (
        isinstance(node, OfReadings)
        and node.readings == figure.question
        and (node.phase is None or figure.phase in _stand_for(node.phase))
        and not set(figure.parts).isdisjoint(_parts(node))
    )


def _stand_for(phase: str) -> tuple[str | None, ...]:
    """The phases whose readings can count for one that a rule names."""
    if phase == "before":
        return (*BEFORE_ANY_DOSE, None)
    return (phase, None) if phase in BEFORE_ANY_DOSE else (phase,)


def _parts(node: OfReadings) -> Iterator[str]:
    """The parts of a reading that a test looks at; how many there are is asked of readings of pressure."""
    named = node.count.of or PRESSURE if node.count is not None else (node.zero or node.part,)
    for part in named:
        yield from PRESSURE if part == "pulse_pressure" else (part,)


def _reads_main_score(node: Node, question: str, main: str) -> bool:
    return isinstance(node, Score) and node.score == question and node.item is None and node.part in (None, main)
