"""What the logic sees of an answer: for each question a function of its own, made when the form is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from screener.forms.answering import Given
from screener.forms.formulas import work_out
from screener.forms.model import Question
from screener.rules.facts import Facts, Layout
from screener.rules.values import Answer, Kind, State, Value, answered, is_exact

Answers = Mapping[str, Given]
See = Callable[[Answers, Facts], Answer]
Ids = frozenset[str]

AS_GIVEN = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.DATE, Kind.TEXT)
"""The kinds of which tests read the very value that was given."""

# Looked up once: this runs at every keystroke, and reaching into an enumeration costs more than most of what is done.
_ANSWERED, _NOT_ASKED, _NOT_KNOWN, _DIFFERING, _NOT_APPLICABLE = (
    State.ANSWERED,
    State.NOT_ASKED,
    State.NOT_KNOWN,
    State.DIFFERING,
    State.NOT_APPLICABLE,
)
_answer: Callable[[tuple[State, Value | None, Ids, Ids, bool]], Answer] = partial(tuple.__new__, Answer)
"""Makes one in half the time, where all its parts are at hand."""


def recorded(given: Given | None, because: Ids, itself: Ids) -> Answer:
    """What the logic sees of a question that is shown."""
    if given is None:
        return Answer(_NOT_ASKED, None, because, itself)
    if len(given.accounts) == 1:
        account = given.accounts[0]
    elif given.differ:
        return Answer(_DIFFERING, None, because, itself, True)
    else:
        account = given.effective
    return _answer((account.state, account.value, because, itself, False))


def seen_alone(question: Question, blank: Answer) -> See:
    """Of a question that is always shown: what was said, or the blank that stands for nothing."""
    name, itself = question.id, frozenset((question.id,))
    if question.kind not in (Kind.YES_NO, Kind.CHOICE):

        def see(answers: Answers, _: Facts) -> Answer:
            given = answers.get(name)
            return blank if given is None else recorded(given, itself, itself)

        return see
    options: dict[object, Answer] = {option: answered(name, option) for option in question.option_ids}

    def see_option(answers: Answers, _: Facts) -> Answer:
        given = answers.get(name)
        if given is None:
            return blank
        accounts = given.accounts
        made = options.get(accounts[0].value) if len(accounts) == 1 else None
        return made or recorded(given, itself, itself)

    return see_option


def seen_derived(question: Question, layout: Layout) -> See:
    """Of a question that is worked out: a value, or the state of the first input that has none."""
    formula = question.formula
    assert formula is not None
    name = formula.name
    always = together([frozenset((of,)) for of in formula.of]) if layout.alone.issuperset(formula.of) else None
    places = [layout.place.get(of) for of in formula.of]
    if None in places:  # a finding; what is not asked has no answer
        return lambda _, facts: _worked_out(name, [facts.of(of) for of in formula.of], facts, None)

    def see(_: Answers, facts: Facts) -> Answer:
        seen = facts.seen
        return _worked_out(name, [seen[place] for place in places], facts, always)  # type: ignore[index]

    return see


def _worked_out(name: str, inputs: Sequence[Answer], facts: Facts, because: Ids | None) -> Answer:
    """`because` is what all inputs rest on, where that is always the same."""
    open_ones = [answer for answer in inputs if answer.state is not _ANSWERED]
    if open_ones:
        for answer in open_ones:
            if answer.state is _NOT_APPLICABLE:
                return Answer(_NOT_APPLICABLE, None, answer.because)
    if because is None:
        because = together([answer.because for answer in inputs])
    if open_ones:
        return _answer((open_ones[0].state, None, because, together([answer.missing for answer in open_ones]), False))
    values = [answer.value for answer in inputs if answer.value is not None]
    value = work_out(name, values, facts.day)
    if value is None:
        return Answer(_NOT_KNOWN, None, because, because)
    if is_exact(value):
        return _answer((_ANSWERED, value, because, NOBODY, False))
    return Answer(
        _ANSWERED, value, because, together([answer.missing for answer in inputs if not is_exact(answer.value)])
    )


NOBODY: Ids = frozenset()


def together(sets: Sequence[Ids]) -> Ids:
    if len(sets) == 1:
        return sets[0]
    return sets[0].union(*sets[1:]) if sets else NOBODY
