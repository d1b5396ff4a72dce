"""What is wrong with a scenario's story: with what is said and when, with papers, shortened versions, and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.forms.findings import Code, Finding, Place
from screener.forms.model import Pack
from screener.forms.neutrality import said as advising
from screener.forms.reading import Keys, Read
from screener.rules.values import Kind
from screener.screening.session import Session
from screener.training.amounts import agrees, outcomes_without, same
from screener.training.scenario import CUTS_MIN, Answers, Fact, Scenario

TO_WRITE = "TO WRITE"
"""Stands wherever something is still to be written."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
# What anybody says at the beginning of any visit is no clue.
_COMMON = """
about after again also anything appointment because been before began begin begun being came care clinic come day
days doctor does done dose drug each else ever every feel feeling felt first found from give given gone good have
having hear heard here hers hour hours into item just keep know known last life like list little long made make
many medicine mentioned minutes month months more morning most much name named need never next nothing once only
other others over part patient people person place question questions ready really reading right room said same
says screening session since some someone something start still take taken taking than that their them then there
these they thing things this those through time times told took treatment under until used very visit wait want
weeks well went were what when where which while whom with within without word words year years yesterday your
"""
_NO_CLUE = frozenset(_COMMON.split())
# What the author says; everything else is somebody's own words, an answer, or a name.
_AUTHORS = frozenset(
    (("title",), ("story",), ("aims",), ("content_warning",), ("facts", "title"), ("facts", "note"),
     ("papers", "title"), ("contradiction", "words"), ("interruption", "ask"), ("expected", "note"),
     ("traps", "looks_like"), ("traps", "note"), ("discussion", "ask"), ("next",))
)  # fmt: skip


def check_story(scenario: Scenario, read: Read, pack: Pack, truth: Session) -> list[Finding]:
    """Everything that is wrong with the story. `truth`: a screening with the true answers."""
    story = _Story(scenario, read, pack, truth)
    return [
        *unwritten(scenario, read),
        *story.told(),
        *story.contradiction(),
        *story.papers(),
        *story.minutes(),
        *story.items(),
        *story.opening_line(),
        *story.cuts(),
        *advice(scenario, read),
    ]


def unwritten(scenario: Scenario, read: Read) -> Iterator[Finding]:
    """Every text that says of itself that it is still to be written."""
    for path, text in _texts(scenario.model_dump(mode="json", exclude={"usual"})):
        if TO_WRITE in text:
            yield Finding(
                Code.TO_WRITE, read.place(path), "this is still to be written", "write it in place of the mark"
            )


def advice(scenario: Scenario, read: Read) -> Iterator[Finding]:
    """Words of the author that advise or decide. What people in the story say is their own."""
    for path, text in _texts(scenario.model_dump(mode="json", exclude={"usual"})):
        if tuple(part for part in path if isinstance(part, str)) in _AUTHORS:
            for one in advising(text):
                message = f"“{one.words}” advises or decides"
                yield Finding(Code.ADVISING_WORD, read.place(path), message, one.entry.instead)


def _texts(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))


class _Story:
    """One scenario beside the content that it is played with."""

    def __init__(self, scenario: Scenario, read: Read, pack: Pack, truth: Session) -> None:
        self.scenario, self.read, self.pack, self.truth = scenario, read, pack, truth

    def told(self) -> Iterator[Finding]:
        """Every fact is asked for, and comes out as it is true; words amount to answers of their own fact."""
        for at, fact in enumerate(self.scenario.facts):
            for question in fact.truth:
                if not self.truth.is_shown(question):
                    message = f"{question} is not shown on the true answers: nobody comes to ask it"
                    suggestion = "answer the question that it depends on, or leave it out"
                    yield Finding(
                        Code.ABSENT_QUESTION, self._place("facts", at, "truth", question), message, suggestion
                    )
                if not any(self._true(fact, question, one.answers) for one in fact.told):
                    message = f"{question} never comes out as it is true, whatever is asked"
                    suggestion = "let one of the words amount to the truth: leave its `answers` out"
                    yield Finding(Code.NEVER_TOLD, self._place("facts", at, "told"), message, suggestion)
            yield from self._strange(at, fact)

    def _true(self, fact: Fact, question: str, answers: Answers | None) -> bool:
        if answers is None:
            return True
        return question in answers and self._same(question, answers[question], fact.truth[question])

    def _strange(self, at: int, fact: Fact) -> Iterator[Finding]:
        for place, one in enumerate(fact.told):
            for question in one.answers or ():
                if question not in fact.truth and question in self.scenario.truth and self.truth.is_shown(question):
                    message = f"{question} is not of this fact: what these words say of it is never put right"
                    where = self._place("facts", at, "told", place, "answers", question)
                    yield Finding(Code.NEVER_TOLD, where, message, "write its true answer under `truth` of this fact")

    def contradiction(self) -> Iterator[Finding]:
        """Two tellings of one fact, or a telling and a paper, do not say the same."""
        fact = self._fact(self.scenario.contradiction.fact)
        tellings = [fact.amounts(one) for one in fact.told]
        tellings += [paper.answers for paper in self.scenario.papers]
        for question in fact.truth:
            given = [answers[question] for answers in tellings if question in answers]
            if any(not self._same(question, given[0], other) for other in given[1:]):
                return
        message = f"nothing that is said about {fact.id} says otherwise than the rest"
        suggestion = "give one of its words `answers` that are not true"
        yield Finding(Code.NO_CONTRADICTION, self._place("contradiction", "fact"), message, suggestion)

    def papers(self) -> Iterator[Finding]:
        """What can be read on a paper is true, or is the contradiction."""
        true = self.scenario.truth
        contradicting = self._fact(self.scenario.contradiction.fact).truth
        for at, paper in enumerate(self.scenario.papers):
            for question, raw in paper.answers.items():
                place = self._place("papers", at, "answers", question)
                if question not in true:
                    yield Finding(Code.PAPER_DISAGREES, place, f"nothing says what is true of {question}", "answer it")
                elif question not in contradicting and not agrees(self.pack.questions[question], raw, true[question]):
                    message = f"{question} is otherwise on this paper than in truth, and is not the contradiction"
                    yield Finding(Code.PAPER_DISAGREES, place, message, "correct it, or name the fact as contradiction")

    def minutes(self) -> Iterator[Finding]:
        """Figures stand in the order of time."""
        last = 0
        for at, figure in enumerate(self.scenario.measured):
            if figure.minute < last:
                message = f"minute {figure.minute} comes after minute {last}"
                yield Finding(
                    Code.OUT_OF_ORDER, self._place("measured", at, "minute"), message, "put it in order of time"
                )
            last = max(last, figure.minute)

    def items(self) -> Iterator[Finding]:
        """No rule is written twice, or as expected and as a trap."""
        seen: set[str] = set()
        written = [("expected", at, item.rule) for at, item in enumerate(self.scenario.expected)]
        written += [("traps", at, trap.rule) for at, trap in enumerate(self.scenario.traps)]
        for part, at, rule in written:
            if rule in seen:
                yield Finding(Code.DUPLICATE_ID, self._place(part, at, "rule"), f"{rule} is written twice", "keep one")
            seen.add(rule)

    def opening_line(self) -> Iterator[Finding]:
        """The first line shares no word with the facts, the expected items, or the medicines that are taken."""
        clues: dict[str, str] = {}
        for fact in self.scenario.facts:
            clues |= dict.fromkeys(_stems([fact.title]), f"the fact {fact.id}")
        for item in self.scenario.expected:
            title = self.pack.rules[item.rule].title if item.rule in self.pack.rules else ""
            clues |= dict.fromkeys(_stems([title]), f"the item {item.rule}")
        clues |= dict.fromkeys(_stems(self._medicines()), "a medicine")
        for word in _WORD.findall(self.scenario.opening_line.replace(TO_WRITE, "")):
            if _stem(word) in clues and _stem(word) not in self._no_clue:
                message = f"“{word}” gives a clue to {clues[_stem(word)]}"
                yield Finding(Code.CLUE, self._place("opening_line"), message, "say it without this word")

    @property
    def _no_clue(self) -> set[str]:
        """Everybody in the room knows what the visit is for."""
        pathway = self.pack.pathway(self.scenario.pathway)
        return _stems([pathway.title, pathway.id.replace("-", " "), self.scenario.product])

    def _medicines(self) -> Iterator[str]:
        for question, raw in self.scenario.truth.items():
            known = self.pack.questions.get(question)
            if known is not None and known.kind is Kind.MEDICINES and isinstance(raw, list):
                yield from (str(one.get("name", "")) for one in raw if isinstance(one, Mapping))

    def cuts(self) -> Iterator[Finding]:
        """Each length is there, and what it leaves to ask still leads to something that is expected."""
        for minutes in map(str, CUTS_MIN):
            if minutes not in self.scenario.cuts:
                message = f"there is no version of {minutes} minutes"
                yield Finding(
                    Code.MISSING_KEY, self._place("cuts"), message, f"name the facts that {minutes} minutes leave"
                )
        if not self._carried([fact.id for fact in self.scenario.facts]):
            return  # whatever is expected comes from figures and ordinary answers
        for minutes, facts in self.scenario.cuts.items():
            if not self._carried(facts):
                message = f"the facts left in {minutes} minutes lead to nothing that is expected"
                suggestion = "leave a fact in it that an expected item comes from"
                yield Finding(Code.CUT_CARRIES_NOTHING, self._place("cuts", minutes), message, suggestion)

    def _carried(self, facts: Iterable[str]) -> bool:
        """Whether an expected item is not there while these facts are not asked."""
        before = outcomes_without(self.truth, {question for name in facts for question in self._fact(name).truth})
        for item in self.scenario.expected:
            now, later = before.get(item.rule), self.truth.outcomes.get(item.rule)
            if now is not None and later is not None and (now.outcome, now.level) != (later.outcome, later.level):
                return True
        return False

    def _fact(self, name: str) -> Fact:
        return next(fact for fact in self.scenario.facts if fact.id == name)

    def _same(self, question: str, one: Any, other: Any) -> bool:
        return same(self.pack.questions[question], one, other)

    def _place(self, *path: str | int) -> Place:
        return self.read.place(path)


def _stem(word: str) -> str:
    return word.lower()[:_STEM]


def _stems(texts: Iterable[str]) -> set[str]:
    """The beginnings of the words that tell something."""
    words = (word.lower() for text in texts for word in _WORD.findall(text))
    return {_stem(word) for word in words if not _NO_CLUE & {word, word.removesuffix("s")}}
