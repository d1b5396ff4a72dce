"""Which questions a pathway asks, which of them are shown, and the answers as the logic sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from screener.forms.answering import read_value
from screener.forms.formulas import RATIOS
from screener.forms.model import Pack, Question, Theme
from screener.forms.seeing import AS_GIVEN, NOBODY, See, recorded, seen_alone, seen_derived
from screener.forms.seeing import Answers as Answers
from screener.rules.evaluate import Compiled, compile_node
from screener.rules.expressions import questions_read
from screener.rules.facts import Facts, Layout
from screener.rules.truth import Truth
from screener.rules.values import Answer, Kind, Medicines, State, Value

NOT_APPLICABLE = "not applicable"
# Looked up once: this runs at every keystroke, and reaching into an enumeration costs more than most of what is done.
_YES, _UNKNOWN = Truth.YES, Truth.UNKNOWN
_ANSWERED, _NOT_ASKED, _NOT_KNOWN, _DECLINED, _DIFFERING, _GATE_OPEN, _NOT_APPLICABLE = (
    State.ANSWERED,
    State.NOT_ASKED,
    State.NOT_KNOWN,
    State.DECLINED,
    State.DIFFERING,
    State.GATE_OPEN,
    State.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A question that is not shown, and the recorded questions whose answers hide it."""

    question: str
    because: frozenset[str]


@dataclass(slots=True, eq=False)
class _Entry:
    """What has to be known of a question to say how the logic sees it."""

    id: str
    place: int
    alone: bool
    as_given: bool
    """Whether tests read the very value that was given."""
    gate: Compiled | None
    derived: See | None
    only: tuple[str]
    """The id, alone in a tuple."""
    itself: frozenset[str]
    instead: Value | None
    complete: str | None
    """The question that says whether a list of medicines is all."""
    because: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    """The gate's answers to those with the question itself."""
    behind: tuple[dict[frozenset[str], Answer], ...] = field(default_factory=lambda: ({}, {}))
    """What the logic sees while the gate is NO or UNKNOWN, by the gate's answers: as few as a gate has questions."""
    see: See = field(init=False)
    """What the logic sees of it."""


class Form:
    """The questions of one pathway in their order, with display conditions ready to run.

    The one place that decides what is shown: cases, `evaluate`, cohorts and the session all come here.
    """

    def __init__(self, pack: Pack, pathway_id: str) -> None:
        pathway = pack.pathway(pathway_id)
        by_id = {theme.id: theme for theme in pack.themes}
        self.themes: tuple[Theme, ...] = tuple(by_id[theme_id] for theme_id in pathway.themes if theme_id in by_id)
        asked = [
            question
            for theme in self.themes
            for question in theme.questions
            if not question.pathways or pathway_id in question.pathways
        ]
        self.questions: dict[str, Question] = {question.id: question for question in asked}
        self.layout = _layout(asked)
        self._gates: dict[str, Compiled] = {
            q.id: compile_node(q.shown_when, {}, self.layout) for q in asked if q.shown_when is not None
        }
        self._instead: dict[str, Value | None] = {
            q.id: None if q.when_hidden in (None, NOT_APPLICABLE) else read_value(q, q.when_hidden) for q in asked
        }
        self._needs: dict[str, tuple[str, ...]] = {q.id: self._directly(q) for q in asked}
        self._known_needs: dict[frozenset[str], tuple[_Entry, ...]] = {}
        self._order = self._by_need()
        self._entries = tuple(self._entry(self.questions[question_id]) for question_id in self._order)
        self._dependents: dict[str, tuple[_Entry, ...]] = self._closed_dependents()
        self._alone = {
            entry.id: (entry.see, entry.place, entry.only)
            for entry in self._entries
            if entry.as_given and len(self._dependents[entry.id]) == 1
        }
        """The questions that change nothing but themselves, with all that brings them up to date."""

    @property
    def in_order(self) -> tuple[str, ...]:
        """Every question, after those that it rests on."""
        return self._order

    def instead(self, question_id: str) -> Value | None:
        """The value that stands for a question while it is hidden; None where it is not applicable then."""
        return self._instead[question_id]

    def _directly(self, question: Question) -> tuple[str, ...]:
        gate = questions_read(question.shown_when) if question.shown_when is not None else []
        inputs = question.formula.of if question.formula is not None else ()
        inputs = (*inputs, question.complete) if question.complete is not None else inputs
        return tuple(dict.fromkeys(q for q in (*gate, *inputs) if q in self.questions))

    def _by_need(self) -> tuple[str, ...]:
        """Ids so that what a question needs comes before it. A cycle (a finding) leaves its members in form order."""
        done: dict[str, None] = {}

        def visit(question_id: str, above: frozenset[str]) -> None:
            if question_id in done or question_id in above:
                return
            for needed in self._needs[question_id]:
                visit(needed, above | {question_id})
            done[question_id] = None

        for question_id in self.questions:
            visit(question_id, frozenset())
        return tuple(done)

    def _entry(self, question: Question) -> _Entry:
        gate, alone = self._gates.get(question.id), question.id in self.layout.alone
        itself, place = frozenset((question.id,)), self.layout.place[question.id]
        complete = question.complete if question.complete in self.questions else None
        derived = seen_derived(question, self.layout) if question.kind is Kind.DERIVED else None
        instead, given = self._instead[question.id], alone and question.kind in AS_GIVEN
        entry = _Entry(question.id, place, alone, given, gate, derived, (question.id,), itself, instead, complete)
        if alone:
            entry.see = seen_alone(question, self.layout.blank[place])
        else:
            entry.see = derived if derived is not None and gate is None else partial(self._seen, entry)
        return entry

    def _closed_dependents(self) -> dict[str, tuple[_Entry, ...]]:
        closed: dict[str, set[str]] = {question_id: {question_id} for question_id in self.questions}
        for question_id in reversed(self._order):
            for needed in self._needs[question_id]:
                closed[needed] |= closed[question_id]
        return {q: tuple(entry for entry in self._entries if entry.id in ids) for q, ids in closed.items()}

    def dependents(self, question_id: str) -> list[str]:
        """The questions of which something else may be seen when this one's answer changes: itself, what it opens."""
        return [entry.id for entry in self._dependents.get(question_id, ())]

    def rests_on(self, question_id: str) -> tuple[str, ...]:
        """The recorded questions that decide what the logic sees of this one: itself, its gates, its formula's."""
        found: dict[str, None] = {}

        def visit(current: str) -> None:
            if current in found or current not in self.questions:
                return
            found[current] = None
            for needed in self._needs[current]:
                visit(needed)

        visit(question_id)
        return tuple(found)

    def facts(self, answers: Answers, day: date, only: Iterable[str] | None = None) -> Facts:
        """The answers as the logic sees them, for all questions or for `only` those and what they rest on."""
        facts = Facts({}, day, self.layout)
        for entry in self._entries if only is None else self._needed(frozenset(only)):
            if entry.alone and entry.id not in answers:
                continue  # it stands blank already
            now = entry.see(answers, facts)
            if entry.as_given:
                facts.seen[entry.place], facts.values[entry.place] = now, now.value
            else:
                facts.put(entry.place, now)
        return facts

    def _needed(self, ids: frozenset[str]) -> tuple[_Entry, ...]:
        """These questions and all they rest on, what is needed first."""
        known = self._known_needs.get(ids)
        if known is None:
            found = {needed for question_id in ids for needed in self.rests_on(question_id)}
            known = self._known_needs[ids] = tuple(entry for entry in self._entries if entry.id in found)
        return known

    def update(self, facts: Facts, answers: Answers, question_id: str) -> tuple[str, ...]:
        """Bring `facts` up to date after one recorded answer changed; returns the ids now seen differently.

        An answer behind a gate that is open itself is seen no differently, and still decides what the gate can change:
        its question is returned too.
        """
        alone = self._alone.get(question_id)
        if alone is not None:
            see, place, only = alone
            now = see(answers, facts)
            before = facts.seen[place]
            if now is before or now == before:
                return ()
            facts.seen[place], facts.values[place] = now, now.value
            return only
        changed: tuple[str, ...] = ()
        for entry in self._dependents.get(question_id, ()):
            now, before = entry.see(answers, facts), facts.seen[entry.place]
            if now is not before and now != before:
                facts.put(entry.place, now)
                changed += entry.only
            elif entry.id == question_id and now.state is _GATE_OPEN:
                changed += entry.only
        return changed

    def _seen(self, entry: _Entry, answers: Answers, facts: Facts) -> Answer:
        """What the logic sees of a question that is not always shown, or not by itself."""
        through = NOBODY
        if entry.gate is not None:
            truth, through = entry.gate.run(facts)
            if truth is not _YES:
                return self._behind(entry, truth, through)
        if entry.derived is not None:
            return entry.derived(answers, facts)
        because = entry.because.get(through)
        if because is None:
            because = entry.because[through] = through | entry.itself
        seen = recorded(answers.get(entry.id), because, entry.itself)
        return seen if entry.complete is None else _as_far_as_told(seen, facts.of(entry.complete))

    def _behind(self, entry: _Entry, truth: Truth, through: frozenset[str]) -> Answer:
        """What the logic sees of a question that is hidden, or not known to be shown; made once for each reason."""
        known = entry.behind[truth].get(through)
        if known is None:
            if truth is _UNKNOWN:
                known = Answer(_GATE_OPEN, None, through, through)
            else:
                state = _NOT_APPLICABLE if entry.instead is None else _ANSWERED
                known = Answer(state, entry.instead, through)
            entry.behind[truth][through] = known
        return known

    def shown(self, facts: Facts, answers: Answers, question_id: str) -> bool:
        """Whether the screen shows a question: yes, or its gate was answered not known or declined."""
        gate = self._gates.get(question_id)
        if gate is None:
            return True
        truth, ids = gate.run(facts)
        if truth is not _UNKNOWN:
            return truth is _YES
        states = [answers[q].state for q in ids if q in answers]
        return any(state in (_NOT_KNOWN, _DECLINED, _DIFFERING) for state in states)

    def hidden(self, facts: Facts, answers: Answers) -> list[Hidden]:
        """The questions that are not shown, each with the answers (or the unanswered gates) that hide it."""
        return [
            Hidden(question_id, gate.run(facts)[1])
            for question_id, gate in self._gates.items()
            if not self.shown(facts, answers, question_id)
        ]


def asked_on(pack: Pack, question: Question) -> list[str]:
    """The pathways on which a question is asked: those that show its theme, unless it names its own."""
    theme = pack.theme_of[question.id].id
    shown = [pathway.id for pathway in pack.pathways if theme in pathway.themes]
    return [pathway for pathway in shown if not question.pathways or pathway in question.pathways]


def _as_far_as_told(seen: Answer, complete: Answer) -> Answer:
    """A list of medicines that is said not to be all may lack any of them."""
    if complete.value != "no" or not isinstance(seen.value, Medicines):
        return seen
    missing = seen.missing | complete.missing
    return seen._replace(value=replace(seen.value, complete=False), missing=missing)


def _layout(asked: list[Question]) -> Layout:
    return Layout(
        {question.id: place for place, question in enumerate(asked)},
        single=frozenset(q.id for q in asked if q.kind is not Kind.CHOICES),
        alone=frozenset(
            q.id for q in asked if q.shown_when is None and q.kind is not Kind.DERIVED and q.complete is None
        ),
        scorings={q.id: q.scoring for q in asked if q.scoring is not None},
        ratios=frozenset(q.id for q in asked if q.formula is not None and q.formula.name in RATIOS),
        dictionary=next((q.dictionary for q in asked if q.dictionary is not None), None),
    )
