"""What is wrong with a scenario: against the content, and against what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from screener.clock import FixedClock
from screener.forms.answering import NotAnAnswer, read_given
from screener.forms.evaluation import RuleOutcome
from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.model import Pack
from screener.forms.profiles import not_offered, still_needed
from screener.forms.reading import Read, read_file
from screener.forms.validation import validation_findings
from screener.forms.visibility import Form
from screener.places import forms_folder
from screener.rules.values import Kind
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.training.rehearsal import fill
from screener.training.scenario import Answers, Scenario
from screener.training.story import check_story

USUAL = "usual.yaml"
"""The file beside the scenarios with what is true of anybody."""


def read_scenario(file: Path) -> tuple[Scenario | None, list[Finding], Read]:
    """The scenario that a file holds, what keeps it from being one, and where everything in it stands."""
    read, usual = read_file(file), read_file(usual_of(file.parent))
    if read.findings or usual.findings:
        return None, [*read.findings, *usual.findings], read
    if not isinstance(usual.data, dict):
        return (
            None,
            [Finding(Code.WRONG_SHAPE, Place(USUAL), "this holds no answers", "write `question: answer`")],
            read,
        )
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
    begun = datetime.combine(date.fromisoformat(scenario.visit_date), time.fromisoformat(scenario.begins)).astimezone()
    return Opening(
        reference=scenario.reference,
        second_mark=scenario.second_mark,
        pathway=scenario.pathway,
        profiles=scenario.profiles,
        parameters=dict(scenario.parameters),
        product=scenario.product,
        visit_date=scenario.visit_date,
        clinician=clinician,
        role="clinician",
        begun_at=begun.isoformat(timespec="seconds"),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
        made_up=True,
    )


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
    story = check_story(scenario, read, pack, truth, lambda answers: answered(scenario, pack, answers))
    return in_order([*_items(scenario, read, truth), *story])


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as one works through them: by file and line."""
    return sorted(findings, key=lambda one: (one.place.file, one.place.line, one.place.column))


def _setting(scenario: Scenario, read: Read, pack: Pack) -> Iterator[Finding]:
    pathways = {pathway.id: pathway for pathway in pack.pathways}
    pathway = pathways.get(scenario.pathway)
    if pathway is None:
        yield _unknown(Code.UNKNOWN_PATHWAY, read.place(("pathway",)), "pathway", scenario.pathway, pathways)
        return
    profiles = {profile.id for profile in pack.profiles}
    for index, name in enumerate(scenario.profiles):
        if name not in profiles:
            yield _unknown(Code.UNKNOWN_PROFILE, read.place(("profiles", index)), "profile", name, profiles)
    place = read.place(("profiles",))
    for strange in not_offered(pack, pathway, scenario.profiles):
        yield Finding(Code.UNKNOWN_PROFILE, place, strange.message, strange.suggestion)
    for lacking in still_needed(pack, pathway, scenario.profiles):
        yield Finding(Code.UNKNOWN_PROFILE, place, lacking.message)
    for name, option in scenario.parameters.items():
        place = read.place(("parameters", name))
        if name not in pack.parameters:
            yield _unknown(Code.UNKNOWN_PARAMETER, place, "parameter", name, pack.parameters)
            continue
        options = [entry.id for entry in pack.parameters[name].options]
        if option not in options:
            yield _unknown(Code.UNKNOWN_OPTION, place, f"option of {name}", option, options)


def _answers(scenario: Scenario, read: Read, pack: Pack) -> Iterator[Finding]:
    asked = Form(pack, scenario.pathway).questions
    for path, answers in _written(scenario):
        for name, raw in answers.items():
            place = read.place((*path, name))
            if name not in pack.questions:
                yield _unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)
            elif name not in asked:
                yield Finding(Code.ABSENT_QUESTION, place, f"{name} is not asked on {scenario.pathway}")
            else:
                try:
                    read_given(asked[name], raw)
                except NotAnAnswer as wrong:
                    yield Finding(Code.CASE_UNREADABLE, place, f"{name}: {wrong}", wrong.suggestion)


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
            got = _words(found)
            yield Finding(
                Code.CASE_FAILS, place, f"{item.rule} is {got} on the true answers, written as {item.outcome}"
            )
    for index, trap in enumerate(scenario.traps):
        place = read.place(("traps", index, "rule"))
        found = session.outcomes.get(trap.rule)
        if found is None:
            yield _not_run(place, trap.rule, session)
        elif found.outcome == "listed":
            yield Finding(Code.CASE_FAILS, place, f"{trap.rule} is {_words(found)} on the true answers, and is a trap")
    expected = {item.rule for item in scenario.expected}
    for rule, outcome in session.outcomes.items():
        if outcome.outcome == "listed" and rule not in expected:
            message = f"{rule} is {_words(outcome)} on the true answers, and nothing is said of it"
            yield Finding(Code.CASE_FAILS, read.place(("expected",)), message, "name it under expected, with a note")


def _not_run(place: Place, rule: str, session: Session) -> Finding:
    return _unknown(Code.UNKNOWN_RULE, place, f"rule of {session.opening.pathway} here", rule, session.outcomes)


def _words(outcome: RuleOutcome) -> str:
    return f"{outcome.outcome} ({outcome.level})" if outcome.level else outcome.outcome


def _unknown(code: Code, place: Place, what: str, name: str, known: Any) -> Finding:
    return Finding(code, place, f"{name!r} is no {what}", nearest(name, known))
