"""What is of its day: the course of a dose day, and questions whose answers of another day are never offered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from screener.forms.composition import Places
from screener.forms.course import Course
from screener.forms.findings import Code, Finding, Place
from screener.forms.lint.walking import unknown
from screener.forms.model import LASTING, Pack, Pathway, Question
from screener.forms.reading import Keys
from screener.rules.values import Kind

_KINDS = {
    "readings": Kind.READINGS,
    "given_at": Kind.DATETIME,
    "left_at": Kind.DATETIME,
    "product": Kind.CHOICE,
    "planned_at": Kind.DATETIME,
    "saturation": Kind.NUMBER,
}
_OF_THE_DAY = re.compile(
    r"\b(today|now|(?:at )?present|at (?:the|this) moment|currently|current|these days|lately|(?<!most )recent(?:ly)?"
    r"|(?:this|each|last) visit|last session|(?:hours|days|weeks|months|years) ago"
    r"|(?:past|last|recent) (?:[\w-]+ )?(?:hours?|days?|weeks?|months?|years?))\b",
    re.IGNORECASE,
)
"""Words of a day, and of a span of time that ends on it."""


def courses_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """A course names questions that its pathway asks, of the kinds it needs, and what is due in the order of time."""
    for pathway in pack.pathways:
        if pathway.course is not None:
            asked = _asked_on(pack, pathway)
            yield from _questions(places, pathway, pathway.course, asked)
            yield from _names(pack, places, pathway, pathway.course)
            yield from _without_medicines(places, pathway, pathway.course, asked)
            yield from _last_session(places, pathway, pathway.course, asked)
            yield from _due(pack, places, pathway, pathway.course, asked)


def _questions(places: Places, pathway: Pathway, course: Course, asked: Mapping[str, Question]) -> Iterator[Finding]:
    for name, kind in _KINDS.items():
        question = getattr(course, name)
        if question is not None:
            yield from _question(places.of("pathway", pathway.id, "course", name), name, kind, question, asked)


def _question(
    place: Place, name: str, kind: Kind, question_id: str, asked: Mapping[str, Question]
) -> Iterator[Finding]:
    question = asked.get(question_id)
    if question is None:
        yield unknown(Code.UNKNOWN_QUESTION, place, "question on this pathway", question_id, asked)
    elif question.kind is not kind:
        message = f"{question.id} is a {question.kind}, and `{name}` takes a {kind}"
        yield Finding(Code.TEST_DOES_NOT_FIT, place, message, f"name a {kind} of this pathway")


def _names(pack: Pack, places: Places, pathway: Pathway, course: Course) -> Iterator[Finding]:
    """What a product is called names an option that there is, and one alone."""
    product, seen = pack.questions.get(course.product), set[str]()
    for option, texts in course.names.items() if product is not None else ():
        place = places.of("pathway", pathway.id, "course", "names", option)
        if product is not None and option not in product.option_ids:
            yield unknown(Code.UNKNOWN_OPTION, place, "option", option, product.option_ids)
        for text in texts:
            if text.casefold() in seen:
                yield Finding(Code.COURSE, place, f"{text} names two products", "keep one of the two")
            seen.add(text.casefold())


def _without_medicines(
    places: Places, pathway: Pathway, course: Course, asked: Mapping[str, Question]
) -> Iterator[Finding]:
    said = course.without_medicines
    if said is not None:
        path: Keys = ("course", "without_medicines")
        for name, kind in (("list", Kind.MEDICINES), ("complete", Kind.YES_NO)):
            place = places.of("pathway", pathway.id, *path, name)
            yield from _question(place, name, kind, getattr(said, name), asked)
        for question, option in said.answers.items():
            place = places.of("pathway", pathway.id, *path, "answers", question)
            yield from _question(place, "answers", Kind.CHOICE, question, asked)
            found = asked.get(question)
            if found is not None and found.kind is Kind.CHOICE and option not in found.option_ids:
                yield unknown(Code.UNKNOWN_OPTION, place, "option", option, found.option_ids)


def _last_session(places: Places, pathway: Pathway, course: Course, asked: Mapping[str, Question]) -> Iterator[Finding]:
    last = course.last_session
    if last is not None:
        place = places.of("pathway", pathway.id, "course", "last_session")
        yield from _question(place, "had", Kind.YES_NO, last.had, asked)
        for question in (*last.before.values(), *last.highest.values()):
            yield from _question(place, "last_session", Kind.NUMBER, question, asked)


def _due(
    pack: Pack, places: Places, pathway: Pathway, course: Course, asked: Mapping[str, Question]
) -> Iterator[Finding]:
    product = pack.questions.get(course.product)
    before = 0
    for index, due in enumerate(course.due):
        path: Keys = ("course", "due", index)
        for name, kind in (("asked_whether", Kind.YES_NO), ("asked_at", Kind.DATETIME)):
            question = getattr(due, name)
            if question is not None:
                yield from _question(places.of("pathway", pathway.id, *path, name), name, kind, question, asked)
        if due.source not in pack.sources:
            place = places.of("pathway", pathway.id, *path, "source")
            yield unknown(Code.UNKNOWN_SOURCE, place, "source", due.source, pack.sources)
        if due.basis and due.basis not in pack.rows:
            place = places.of("pathway", pathway.id, *path, "basis")
            yield unknown(Code.UNKNOWN_ROW, place, "row", due.basis, pack.rows)
        for option in due.products:
            if product is not None and option not in product.option_ids:
                place = places.of("pathway", pathway.id, *path, "products")
                yield unknown(Code.UNKNOWN_OPTION, place, "option", option, product.option_ids)
        if due.after_min < before:
            place = places.of("pathway", pathway.id, *path, "after_min")
            yield Finding(Code.COURSE, place, "what is due stands out of order", "write what is due first at the top")
        before = due.after_min


def _asked_on(pack: Pack, pathway: Pathway) -> dict[str, Question]:
    return {
        question.id: question
        for theme in pack.themes
        if theme.id in pathway.themes
        for question in theme.questions
        if not question.pathways or pathway.id in question.pathways
    }


def whether_asked_anew_that_is_not_said(pack: Pack, places: Places) -> Iterator[Finding]:
    """A question whose words speak of the day says whether it is asked anew; one of a kind that always is, does not."""
    for question in pack.questions.values():
        place = places.of("question", question.id, "asked_anew")
        if question.same_for is not None and not (question.kind in LASTING and pack.asked_anew(question.id)):
            message = f"`same_for` shortens nothing: {question.id} is always offered, or never"
            here = places.of("question", question.id, "same_for")
            yield Finding(Code.QUESTION_SHAPE, here, message, "take `same_for` out")
        if question.kind not in LASTING:
            if question.asked_anew is False:
                message = f"a {question.kind} is always asked anew"
                yield Finding(Code.QUESTION_SHAPE, place, message, "take `asked_anew` out")
        elif question.asked_anew is None and not pack.theme_of[question.id].asked_anew:
            found = next((hit for text in _words(question) if (hit := _OF_THE_DAY.search(text))), None)
            if found is not None:
                message = (
                    f"{question.id} speaks of “{found[0]}” and does not say whether it is asked anew at every visit"
                )
                hint = "write asked_anew: true, so that no earlier answer is offered, or asked_anew: false"
                yield Finding(Code.ASKED_ANEW, places.of("question", question.id), message, hint)


def _words(question: Question) -> Iterator[str]:
    """What decides of which time an answer is: the question, what it offers, and the help beside it."""
    yield question.text
    yield from (option.text for option in question.options)
    yield question.help
