"""What is wrong with a scenario: against the content, and against what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from screener.clock import FixedClock
from screener.forms.evaluation import RuleOutcome
from screener.forms.findings import Code, Finding, Place, in_order, nearest
from screener.forms.model import Pack
from screener.forms.reading import Read, read_file, read_text
from screener.forms.validation import validation_findings
from screener.forms.visibility import Form
from screener.places import forms_folder
from screener.rules.values import Kind
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.training.fitting import answer_misfits, opening_for, question_misfits, setting_misfits
from screener.training.rehearsal import fill
from screener.training.scenario import Answers, Scenario
from screener.training.story import check_story

USUAL = "usual.yaml"
"""The file beside the scenarios with what is true of anybody."""


def read_scenario(file: Path, name: str | None = None) -> tuple[Scenario | None, list[Finding], Read]:
    """The scenario that a file holds, what keeps it from being one, and where everything in it stands.

    `name`: what findings call the file.
    """
    return _scenario(read_file(file, name), file.parent)


def read_made(text: str, name: str, folder: Path) -> tuple[Scenario | None, list[Finding], Read]:
    """The same for a text that is to lie in a folder."""
    return _scenario(read_text(text, name), folder)


def _scenario(read: Read, folder: Path) -> tuple[Scenario | None, list[Finding], Read]:
    usual = read_file(usual_of(folder))
    if read.findings or usual.findings:
        return None, [*read.findings, *usual.findings], read
    if not isinstance(usual.data, dict):
        empty = Finding(Code.WRONG_SHAPE, Place(USUAL), "this holds no answers", "write them as `question: answer`")
        return None, [empty], read
    data = read.data
    if isinstance(data, dict):
        if "usual" in data:
            place, message = read.place(("usual",)), f"'usual' is a file of its own, {USUAL}"
            return None, [Finding(Code.UNKNOWN_KEY, place, message, "write it under `ordinary`")], read
        data = {**data, "usual": usual.data}
    try:
        return Scenario.model_validate(data), [], read
    except ValidationError as wrong:
        return None, validation_findings(wrong, read, (), Scenario), read


def usual_of(folder: Path) -> Path:
    """The file with what is true of anybody: the folder's own, or the shipped one where it has none."""
    own = folder / USUAL
    return own if own.is_file() else forms_folder() / "scenarios" / USUAL


def opening_of(scenario: Scenario, pack: Pack, clinician: str = "Trainee") -> Opening:
    """The opening of a rehearsal of it, on the day and at the hour that it is written for."""
    day = date.fromisoformat(scenario.visit_date)
    begun = datetime.combine(day, time.fromisoformat(scenario.begins)).astimezone()
    return opening_for(scenario, pack, on=day, begun=begun, clinician=clinician)


def answered(scenario: Scenario, pack: Pack, answers: Answers) -> Session:
    """A screening of it with these answers and no others."""
    opening = opening_of(scenario, pack)
    session = Session(pack, opening, FixedClock(datetime.fromisoformat(opening.begun_at)))
    fill(session, answers)
    return session


def check(scenario: Scenario, read: Read, pack: Pack) -> list[Finding]:
    """Everything that is wrong with it; none where it can be played as it is written."""
    found = [*_setting(scenario, read, pack)] or [*_answers(scenario, read, pack)]
    if found:
        return found
    truth = answered(scenario, pack, scenario.truth)
    story = check_story(scenario, read, pack, truth)
    return in_order([*_items(scenario, read, truth), *story])


def _setting(scenario: Scenario, read: Read, pack: Pack) -> Iterator[Finding]:
    for misfit in setting_misfits(scenario, pack):
        yield Finding(misfit.code, read.place(misfit.path), misfit.message, misfit.suggestion)


def _answers(scenario: Scenario, read: Read, pack: Pack) -> Iterator[Finding]:
    asked = Form(pack, scenario.pathway).questions
    for path, answers in _written(scenario):
        strange = question_misfits(answers, pack, scenario.pathway, asked)
        for misfit in (*strange, *answer_misfits(answers, asked)):
            yield Finding(misfit.code, read.place((*path, *misfit.path)), misfit.message, misfit.suggestion)
    for misfit in answer_misfits(scenario.usual, asked):
        yield Finding(misfit.code, Place(USUAL, path=misfit.path), misfit.message, misfit.suggestion)


def _written(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Every mapping of answers, with its place."""
    yield ("ordinary",), scenario.ordinary
    for at, fact in enumerate(scenario.facts):
        yield ("facts", at, "truth"), fact.truth
        for place, told in enumerate(fact.told):
            yield ("facts", at, "told", place, "answers"), told.answers or {}
    for at, paper in enumerate(scenario.papers):
        yield ("papers", at, "answers"), paper.answers
    for at, figure in enumerate(scenario.measured):
        whole = [figure.gives] if isinstance(figure.gives, Mapping) else figure.gives
        yield ("measured", at), {figure.question: whole}


def _items(scenario: Scenario, read: Read, session: Session) -> Iterator[Finding]:
    for name, question in session.questions.items():
        if session.is_shown(name) and name not in session.answers and question.kind is not Kind.DERIVED:
            message = f"{name} is asked, and nothing says what is true"
            yield Finding(Code.MISSING_KEY, read.place(("ordinary",)), message, f"answer it here, or in {USUAL}")
    for index, item in enumerate(scenario.expected):
        place = read.place(("expected", index, "rule"))
        found = session.outcomes.get(item.rule)
        if found is None:
            yield _not_run(place, item.rule, session)
        elif found.outcome != item.outcome or item.level not in ("", found.level):
            message = f"{item.rule} is {_words(found)} on the true answers, written as {item.outcome}"
            yield Finding(Code.CASE_FAILS, place, message, "correct the true answers, or what is expected")
    for index, trap in enumerate(scenario.traps):
        place = read.place(("traps", index, "rule"))
        found = session.outcomes.get(trap.rule)
        if found is None:
            yield _not_run(place, trap.rule, session)
        elif found.outcome == "listed":
            message = f"{trap.rule} is {_words(found)} on the true answers, and is a trap"
            yield Finding(Code.CASE_FAILS, place, message, "move it to expected, or choose another rule")
    expected = {item.rule for item in scenario.expected}
    for rule, outcome in session.outcomes.items():
        if outcome.outcome == "listed" and rule not in expected:
            message = f"{rule} is {_words(outcome)} on the true answers, and nothing is said of it"
            yield Finding(Code.CASE_FAILS, read.place(("expected",)), message, "name it under expected, with a note")


def _not_run(place: Place, rule: str, session: Session) -> Finding:
    message = f"{rule!r} is no rule of {session.opening.pathway} here"
    return Finding(Code.UNKNOWN_RULE, place, message, nearest(rule, session.outcomes))


def _words(outcome: RuleOutcome) -> str:
    return f"{outcome.outcome} ({outcome.level})" if outcome.level else outcome.outcome
