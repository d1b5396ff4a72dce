"""Checking answers: what was recorded, of one theme or of the whole screening, in the order in which it is looked over.

First what a listed item stands on, then what is not established or not answered, then everything else. Answers to
questions that are not asked any more stand apart, with the answer that hides each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from screener.forms.model import Question
from screener.forms.words import STATE_WORDS, account_words
from screener.language import WINDOW
from screener.rules.values import State
from screener.screening.answers import Recorded
from screener.screening.listing import live_list, still_open
from screener.screening.not_asked import answers_in_words
from screener.screening.progress import ASKED_KINDS
from screener.screening.session import Session


class Part(StrEnum):
    """Where an answer stands on the page."""

    LISTED = "listed"
    """A listed item stands on it."""
    OPEN = "open"
    """Not established, or not answered."""
    REST = "rest"
    HIDDEN = "hidden"
    """Answered, and not asked now."""


@dataclass(frozen=True, slots=True)
class Said:
    """One informant's account in words, with the time it was recorded and the note, if any."""

    by: str
    words: str
    at: str
    note: str = ""
    used: bool = False
    """It is the one named as used, of several."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One question with what was recorded under it."""

    question: str
    theme: str
    label: str
    part: Part
    answer: str
    """In words: the value, the state, or that it was not asked."""
    said: tuple[Said, ...] = ()
    items: tuple[str, ...] = ()
    """The titles of the listed items that stand on it, or of those that wait for it."""
    jots: int = 0
    """How many of the patient's own words are linked to it."""
    hidden_by: tuple[str, ...] = ()
    """The answers that keep it from being asked, each as `label: answer`."""
    deciding: tuple[str, ...] = ()
    """The questions of those answers."""


def check_answers(session: Session, theme_id: str = "") -> list[Checked]:
    """The answers of one theme, or of all: part after part, each in form order."""
    found = [*_shown(session, theme_id), *_hidden(session, theme_id)]
    order = list(Part)
    return sorted(found, key=lambda checked: order.index(checked.part))


def _shown(session: Session, theme_id: str) -> Iterator[Checked]:
    listed, waiting = _standing_on(session), _waiting_for(session)
    for theme in session.form.themes:
        if theme_id not in ("", theme.id):
            continue
        for question in session.shown_in(theme.id):
            if question.kind not in ASKED_KINDS:
                continue
            state = session.state(question.id)
            if question.id in listed and state is not State.NOT_ASKED:
                yield _checked(session, question, Part.LISTED, listed[question.id])
            elif state is not State.ANSWERED or question.id in waiting:
                yield _checked(session, question, Part.OPEN, waiting.get(question.id, ()))
            else:
                yield _checked(session, question, Part.REST)


def _standing_on(session: Session) -> dict[str, tuple[str, ...]]:
    """The listed items by the questions that they stand on. That nothing was recorded is no such item."""
    listed = [o for o in live_list(session).listed if o.rule.class_ != "completeness"]
    return _by_question((question, outcome.title) for outcome in listed for question in outcome.because)


def _waiting_for(session: Session) -> dict[str, tuple[str, ...]]:
    """The items that are not established by the questions that they wait for."""
    return _by_question((one.question, item.rule.title) for one in still_open(session) for item in one.items)


def _by_question(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for question, title in pairs:
        found.setdefault(question, {})[title] = None
    return {question: tuple(titles) for question, titles in found.items()}


def _hidden(session: Session, theme_id: str) -> Iterator[Checked]:
    hidden = {one.question: one.because for one in session.hidden() if one.question in session.recorded}
    for question_id in (q for q in session.questions if q in hidden):
        if theme_id in ("", session.pack.theme_of[question_id].id):
            deciding = tuple(q for q in session.questions if q in hidden[question_id])
            because = tuple(answers_in_words(session, deciding, WINDOW))
            question = session.questions[question_id]
            yield _checked(session, question, Part.HIDDEN, hidden_by=because, deciding=deciding)


def _checked(
    session: Session,
    question: Question,
    part: Part,
    items: tuple[str, ...] = (),
    hidden_by: tuple[str, ...] = (),
    deciding: tuple[str, ...] = (),
) -> Checked:
    recorded = session.recorded.get(question.id)
    said = () if recorded is None else tuple(_said(question, recorded))
    return Checked(
        question=question.id,
        theme=session.pack.theme_of[question.id].id,
        label=question.label,
        part=part,
        answer=_answer(recorded, said),
        said=said,
        items=items,
        jots=sum(jot.question == question.id for jot in session.jots.values()),
        hidden_by=hidden_by,
        deciding=deciding,
    )


def _said(question: Question, recorded: Recorded) -> Iterator[Said]:
    for entry, account in zip(recorded.entries, recorded.given.accounts, strict=True):
        used = len(recorded.entries) > 1 and recorded.used == entry.by
        yield Said(entry.by, account_words(question, account, say=WINDOW), entry.at, entry.note, used)


def _answer(recorded: Recorded | None, said: tuple[Said, ...]) -> str:
    if recorded is None:
        return WINDOW.word(STATE_WORDS[State.NOT_ASKED])
    if len(said) == 1:
        return said[0].words
    if recorded.given.state is State.DIFFERING:
        return WINDOW.word(STATE_WORDS[State.DIFFERING])
    return next((one.words for one in said if one.used), said[0].words)


def to_go_to(session: Session, checked: Checked) -> str:
    """Where the keyboard goes for changing an answer: of a question that is not asked, to the one that hides it."""
    if checked.part is not Part.HIDDEN:
        return checked.question
    return next((q for q in checked.deciding if session.is_shown(q)), checked.question)
