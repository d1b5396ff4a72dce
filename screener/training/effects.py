"""What the list did with an answer, and what it would have done with the story's: the real rules run over both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from screener.forms.answering import Account, Given, NotAnAnswer, read_given
from screener.forms.evaluation import RuleOutcome
from screener.forms.model import Question
from screener.forms.statements import mean_words
from screener.forms.words import PHASE_WORDS, answer_words
from screener.rules.evaluate import PARAMETER, Facts
from screener.rules.readings import statistic, values_of
from screener.rules.values import Reading, Readings, State
from screener.training import sentences
from screener.training.parts import Effect, Part
from screener.training.retold import Retold
from screener.training.scenario import Scenario

MOST_ALSO = 3
FLEETING = ("completeness",)
"""Classes of items that come and go while an answer is being given."""
Outcomes = Mapping[str, RuleOutcome]


class Compared:
    """What was recorded, beside the story: by question, and in what the rules make of it."""

    def __init__(self, scenario: Scenario, retold: Retold) -> None:
        self._retold, self._session = retold, retold.session
        self._expected = {item.rule for item in scenario.expected}
        self._truth = scenario.truth
        self._say = retold.say

    @cached_property
    def _true(self) -> Mapping[str, Given]:
        """Every true answer that this content takes."""
        return {name: given for name in self._truth if (given := self._read(name)) is not None}

    def _read(self, name: str) -> Given | None:
        question = self._session.questions.get(name)
        try:
            return None if question is None else read_given(question, self._truth[name])
        except NotAnAnswer:
            return None

    def part(self, name: str) -> Part:
        """One question: recorded, and in the story."""
        question, given, true = self._session.questions[name], self._session.answers.get(name), self._true.get(name)
        not_there = sentences.NOT_RECORDED if self._session.is_shown(name) else sentences.NOT_SHOWN
        recorded = self._said(question, given, not_there)
        story = self._said(question, true, sentences.NOT_TOLD_OF)
        return Part(name, question.label, recorded, story, _same(given, true))

    def _said(self, question: Question, given: Given | None, nothing: str) -> str:
        return self._say.word(nothing) if given is None else answer_words(question, given, brief=True, say=self._say)

    def differs(self, name: str) -> bool:
        """Whether something else was recorded than is true in the story; not where nothing was."""
        given = self._session.answers.get(name)
        return given is not None and name in self._true and not _same(given, self._true[name])

    def with_truth(self, names: Sequence[str]) -> tuple[Mapping[str, Given], Facts, Outcomes]:
        """What would stand with the story's answers to these questions in place of the recorded ones."""
        put = {**self._session.answers, **{name: self._true[name] for name in names if name in self._true}}
        return (put, *self._session.rules.evaluate(put, self._session.visit_date))

    def effects(self, names: Sequence[str]) -> tuple[Effect, ...]:
        """What the list did with these questions' answers, item by item, in the order of the list."""
        parts = [self.part(name) for name in names if name in self._session.questions]
        put, _, truth = self.with_truth(names)
        asked = {part.question for part in parts}
        return tuple(
            self._effect(rule, truth[rule], put, parts)
            for rule in self._session.outcomes
            if asked.intersection(self._session.rules.rests_on(rule)) and self._tells(rule, truth[rule], asked)
        )

    def _tells(self, rule: str, truth: RuleOutcome, asked: set[str]) -> bool:
        """Whether an item has anything to say about these answers.

        What was listed only until an answer was whole says nothing.
        """
        end = self._session.outcomes[rule]
        spans = [span for span in self._retold.spans.get(rule, ()) if asked & span.because]
        if "listed" in (end.outcome, truth.outcome):
            return bool(spans) or _state(end) != _state(truth)
        expected = rule in self._expected
        if spans and (expected or end.rule.class_ not in FLEETING):
            return True
        if expected and asked.intersection((*end.because, *end.missing)):
            return True
        return (expected or end.rule.source_critical) and end.outcome != truth.outcome

    def _effect(self, rule: str, truth: RuleOutcome, put: Mapping[str, Given], parts: Sequence[Part]) -> Effect:
        end, spans = self._session.outcomes[rule], self._retold.spans.get(rule, ())
        asked = {part.question for part in parts}
        last = spans[-1] if spans else None
        responded = self._retold.responded.get(rule)
        also = tuple(self._lines(truth, put, asked)) if truth.outcome == "listed" != end.outcome else ()
        clock = self._retold.clock
        return Effect(
            rule=rule,
            title=end.title,
            mark=end.tier if end.outcome == "listed" else "open" if end.outcome == "not_established" else "",
            end=end.outcome,
            truth=truth.outcome,
            listed_at=None if last is None else last.begun,
            left_at=None if last is None else last.ended,
            responded_at=responded,
            also=also,
            text=sentences.effect(
                end,
                truth,
                recorded=self._quoted(parts, story=False),
                story=self._quoted(parts, story=True),
                listed=None if last is None else clock(last.begun),
                left=None if last is None or last.ended is None else clock(last.ended),
                responded=None if responded is None else clock(responded),
                also=also,
                say=self._say,
            ),
        )

    def _quoted(self, parts: Sequence[Part], *, story: bool) -> str:
        """The answer that makes the difference, as it is said; in general words for several, or a long one."""
        others = [part for part in parts if not part.same] or parts
        if len(others) != 1:
            return self._say.word(sentences.STORYS if story else sentences.RECORDED)
        only = others[0]
        label = only.label if len(parts) > 1 else ""
        return sentences.quoted(only.story if story else only.recorded, label, story=story, say=self._say)

    def _lines(self, outcome: RuleOutcome, put: Mapping[str, Given], asked: set[str]) -> Iterator[str]:
        others = [name for name in self._session.questions if name in outcome.because and name not in asked]
        for name in others[:MOST_ALSO]:
            if name in put and not name.startswith(PARAMETER):
                question = self._session.questions[name]
                yield f"{question.label}: {answer_words(question, put[name], brief=True, say=self._say)}"

    def means(self, name: str) -> Iterator[str]:
        """The mean of each phase with two readings or more, with and without the last of them."""
        given = self._session.answers.get(name)
        value = None if given is None else given.value
        if not isinstance(value, Readings):
            return
        for phase in dict.fromkeys(one.phase for one in value.items):
            inside = [one for one in value.items if one.phase == phase]
            if len(inside) > 1:
                without = tuple(one for one in value.items if one is not inside[-1])
                yield sentences.means(
                    self._say.word(PHASE_WORDS.get(phase or "", "")),
                    _mean(inside),
                    _mean(inside[:-1]),
                    self._gone_without(name, Readings(without)),
                    self._say,
                )

    def _gone_without(self, name: str, readings: Readings) -> list[tuple[str, bool]]:
        """Items that would be listed, or not, with these readings: (title, whether it would be)."""
        put = {**self._session.answers, name: Given((Account("patient", State.ANSWERED, readings),))}
        _, other = self._session.rules.evaluate(put, self._session.visit_date)
        return [
            (now.title, other[rule].outcome == "listed")
            for rule, now in self._session.outcomes.items()
            if (now.outcome == "listed") != (other[rule].outcome == "listed")
        ]


def _mean(readings: Sequence[Reading]) -> str:
    """`147.0/91.7`, as a statement writes it; a dash where nothing was taken."""
    figures = [statistic("mean", values_of(tuple(readings), part)) for part in ("systolic", "diastolic")]
    return "/".join("–" if figure is None else mean_words(figure) for figure in figures)


def _state(outcome: RuleOutcome) -> tuple[str, str | None]:
    return outcome.outcome, outcome.level


def _same(given: Given | None, true: Given | None) -> bool:
    if given is None or true is None:
        return given is true
    return (given.state, given.value) == (true.state, true.value)
