"""Questions by themselves: what their kind needs, their formulas, when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from screener.forms.answering import NotAnAnswer, read_value
from screener.forms.composition import Places
from screener.forms.findings import Code, Finding
from screener.forms.lint.walking import unknown
from screener.forms.model import Pack, Question
from screener.forms.visibility import NOT_APPLICABLE
from screener.rules.expressions import All, Any_, Ask, parameters_read, questions_read
from screener.rules.values import Kind

_CHOICES = (Kind.CHOICE, Kind.CHOICES)
_INPUTS: dict[str, tuple[Kind, ...]] = {
    "bmi": (Kind.NUMBER, Kind.NUMBER),
    "map": (Kind.NUMBER, Kind.NUMBER),
    "pulse_pressure": (Kind.NUMBER, Kind.NUMBER),
    "age": (Kind.DATE,),
    "days_between": (Kind.DATE, Kind.DATE),
}
# What only some kinds have: the field, whether it is written, the kinds, whether these kinds cannot do without.
_FIELDS: tuple[tuple[str, Callable[[Question], bool], tuple[Kind, ...], bool], ...] = (
    ("options", lambda q: bool(q.options), _CHOICES, True),
    ("parts", lambda q: bool(q.parts), (Kind.READINGS,), True),
    ("plausible_parts", lambda q: bool(q.plausible_parts), (Kind.READINGS,), False),
    ("instrument", lambda q: q.instrument is not None, (Kind.INSTRUMENT,), True),
    ("all_of_these", lambda q: q.all_of_these, (Kind.CHOICES,), False),
    ("planned", lambda q: q.planned, (Kind.DATE, Kind.DATETIME), False),
    ("complete", lambda q: q.complete is not None, (Kind.MEDICINES,), False),
    ("formula", lambda q: q.formula is not None, (Kind.DERIVED,), True),
    ("step", lambda q: q.step is not None, (Kind.NUMBER, Kind.DERIVED, Kind.READINGS), False),
    ("plausible", lambda q: q.plausible is not None, (Kind.NUMBER, Kind.DERIVED), False),
    ("units", lambda q: bool(q.units), (Kind.NUMBER,), False),
    ("unit", lambda q: bool(q.unit), (Kind.NUMBER, Kind.DERIVED, Kind.READINGS), False),
)


def shapes_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """A question has what its kind needs, and nothing that its kind cannot use."""
    for question in pack.questions.values():
        for name, written, kinds, needed in _FIELDS:
            place = places.of("question", question.id, name)
            if written(question) and question.kind not in kinds:
                message = f"a {question.kind} has no `{name}`"
                yield Finding(Code.QUESTION_SHAPE, place, message, f"take `{name}` out, or correct the kind")
            elif needed and question.kind in kinds and not written(question):
                message = f"a {question.kind} needs `{name}`"
                yield Finding(Code.QUESTION_SHAPE, place, message, f"add `{name}`")
        if question.step is not None and question.step <= 0:
            place = places.of("question", question.id, "step")
            yield Finding(Code.QUESTION_SHAPE, place, "a step is above 0", "write a step such as 1 or 0.1")
        ranges = [
            ("plausible", question.plausible),
            *(("plausible_parts", r) for r in question.plausible_parts.values()),
        ]
        for name, limits in ranges:
            if limits is not None and limits[0] >= limits[1]:
                place = places.of("question", question.id, name)
                yield Finding(Code.QUESTION_SHAPE, place, f"`{name}` needs the lower figure first", "swap the two")


def what_calls_for_questions(pack: Pack, places: Places) -> Iterator[Finding]:
    """What is asked at need names questions of its own theme that call for it: of a yes or no, it is said which one."""
    for question in pack.questions.values():
        for index, name in enumerate(question.at_need):
            place = places.of("question", question.id, "at_need", index)
            caller = pack.questions.get(name)
            if caller is None:
                yield unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)
            elif caller.id == question.id or pack.theme_of[caller.id] is not pack.theme_of[question.id]:
                message = f"{name} is no other question of the same theme"
                yield Finding(Code.QUESTION_SHAPE, place, message, "name one that is asked beside it")
            elif caller.kind is Kind.YES_NO and caller.worse is None:
                message = f"{name} does not say which answer calls for {question.id}"
                yield Finding(Code.QUESTION_SHAPE, place, message, "write worse: beside that question")


def lines_that_say_yes(pack: Pack, places: Places) -> Iterator[Finding]:
    """What is typed in one line with a yes_no hangs on its yes, and the two stand one after the other."""
    for theme in pack.themes:
        for before, question in pairwise((None, *theme.questions)):
            shown = question.shown_when if question is not None else None
            if question is None or not question.says_yes:
                continue
            place = places.of("question", question.id, "says_yes")
            if question.kind not in (Kind.TEXT, Kind.DATE, Kind.TIME, Kind.DATETIME):
                yield Finding(Code.QUESTION_SHAPE, place, f"a {question.kind} is not typed", "take `says_yes` out")
            elif before is None or shown != Ask(ask=before.id, is_="yes"):
                message = f"{question.id} does not hang on the yes of the question before it"
                yield Finding(Code.QUESTION_SHAPE, place, message, "take `says_yes` out, or write the two together")


def looks_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """Questions of one look stand beside each other, and the clinician answers each of them with yes or no.

    None of them is put to the patient: what a person says is asked one by one.
    """
    for theme in pack.themes:
        for question in theme.questions:
            if not question.together:
                continue
            place = places.of("question", question.id, "together")
            with_it = [other for other in theme.questions if other.together == question.together]
            first = theme.questions.index(with_it[0])
            beside = theme.questions[first : first + len(with_it)]
            if question.kind is not Kind.YES_NO or question.worse != "no":
                message = f"{question.id} is no yes_no whose adverse answer is no"
                yield Finding(Code.QUESTION_SHAPE, place, message, "take `together` out")
            elif question.for_patient or question.sensitive:
                message = f"{question.id} is put to the patient, who is asked one question at a time"
                yield Finding(Code.QUESTION_SHAPE, place, message, "take `together` out")
            elif len(with_it) < 2 or tuple(with_it) != beside:
                message = f"the questions of the look “{question.together}” do not stand beside each other"
                yield Finding(Code.QUESTION_SHAPE, place, message, "write them one after another, two at least")


def own_questions_that_are_read(pack: Pack, places: Places) -> Iterator[Finding]:
    """A clinic's own question says that no rule reads it: none does, and nothing is worked out from it."""
    read: dict[str, str] = {}
    for rule in pack.rules.values():
        for condition in rule.conditions():
            read |= dict.fromkeys(questions_read(condition), f"the rule {rule.id}")
    for question in pack.questions.values():
        parts = question.formula.of if question.formula is not None else ()
        read |= dict.fromkeys(parts, f"the question {question.id}")
    for question in pack.questions.values():
        if question.own and question.id in read:
            place = places.of("question", question.id, "own")
            message = f"{read[question.id]} reads {question.id}, which says that no rule does"
            yield Finding(Code.READ_BY_A_RULE, place, message, "take `own` out")


def formulas_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """A formula takes questions that exist, as many and of the kinds that it works with."""
    for question in pack.questions.values():
        formula = question.formula
        if formula is None:
            continue
        place = places.of("question", question.id, "formula")
        for name in formula.of:
            if name not in pack.questions:
                yield unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)
        kinds = tuple(pack.questions[name].kind for name in formula.of if name in pack.questions)
        if len(kinds) == len(formula.of) and kinds != _INPUTS[formula.name]:
            wanted = ", ".join(_INPUTS[formula.name])
            message = f"{formula.name} does not take {', '.join(kinds) or 'nothing'}"
            yield Finding(Code.TEST_DOES_NOT_FIT, place, message, f"it takes, in this order: {wanted}")


def display_conditions(pack: Pack, places: Places) -> Iterator[Finding]:
    """`shown_when` is one `ask`, or one all/any of asks, with a `when_hidden` that can be stored."""
    for question in pack.questions.values():
        if question.shown_when is None:
            if question.when_hidden is not None:
                place = places.of("question", question.id, "when_hidden")
                yield Finding(Code.WHEN_HIDDEN, place, "`when_hidden` without `shown_when`", "take it out")
            continue
        yield from _shown_when(question, places)
        yield from _when_hidden(question, places)


def _shown_when(question: Question, places: Places) -> Iterator[Finding]:
    place = places.of("question", question.id, "shown_when")
    shown = question.shown_when
    if isinstance(shown, All | Any_) and not all(isinstance(part, Ask) for part in shown.children()):
        hint = "write one ask, or one all/any of asks"
        yield Finding(Code.DISPLAY_SHAPE, place, "a display condition holds asks only", hint)
    if shown is not None and parameters_read(shown):
        yield Finding(Code.DISPLAY_SHAPE, place, "a display condition reads no parameter", "write the figure")


def _when_hidden(question: Question, places: Places) -> Iterator[Finding]:
    if question.when_hidden is None:
        place = places.of("question", question.id, "shown_when")
        hint = "write when_hidden: not applicable, or a value"
        yield Finding(Code.WHEN_HIDDEN, place, f"{question.id} has no `when_hidden`", hint)
    elif question.when_hidden != NOT_APPLICABLE:
        try:
            read_value(question, question.when_hidden)
        except NotAnAnswer as wrong:
            place = places.of("question", question.id, "when_hidden")
            yield Finding(Code.WHEN_HIDDEN, place, f"`when_hidden`: {wrong}", wrong.suggestion)


def display_cycles(pack: Pack, places: Places) -> Iterator[Finding]:
    """No question decides, through others, whether it is itself shown or what it is worked out from."""
    needs = {
        q.id: {*(questions_read(q.shown_when) if q.shown_when else ()), *(q.formula.of if q.formula else ())}
        for q in pack.questions.values()
    }
    for name in needs:
        seen: set[str] = set()
        front = set(needs[name])
        while front:
            seen |= front
            front = {n for f in front for n in needs.get(f, ())} - seen
        if name in seen:
            circle = sorted(other for other in seen if name in _reached(other, needs))
            place = places.of("question", name, "shown_when")
            message = f"{name} decides about itself, through {', '.join(circle)}"
            yield Finding(Code.DISPLAY_CYCLE, place, message, "take one of the conditions out")


def _reached(name: str, needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    front = set(needs.get(name, ()))
    while front:
        seen |= front
        front = {n for f in front for n in needs.get(f, ())} - seen
    return seen
