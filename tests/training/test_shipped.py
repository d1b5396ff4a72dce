"""Every scenario that ships, played from its first line to its end, whole and shortened: it holds what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.screening.session import Session
from screener.training.checking import answered, check, read_scenario
from screener.training.conversation import Asking, Conversation
from screener.training.scenario import PATIENT, Release, Scenario
from screener.training.script import Cut, Kind, Script, give
from screener.training.staging import script_of
from tests.training.guide import FILES, shipped

CUTS: tuple[Cut | None, ...] = (None, 10, 20, 40)
ENOUGH = 16
"""So many scenarios there are when every pathway has one."""
_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = ".!?:;\"“”'‘(*-–"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Weds Christmas Easter"
MONTHS = "January February March April May June July August September October November December"
NO_NAMES = frozenset(
    (*DAYS.split(), *(f"{day}s" for day in DAYS.split()), *MONTHS.split(), "Mum", "Dad", "Mother", "Latin", "God", "OK")
)
"""Words that are written with a capital and name nobody and no place."""
GIVEN = """
Adam Ahmed Alex Alice Alan Amy Ana Andrew Anna Anne Anthony Ben Bob Carl Carol Charles Chris Claire Daniel David
Diana Dylan Elena Eli Emily Emma Eric Eva Frank Fred George Grace Hannah Helen Henry Ian Isabel Jack James Jane
Janet Jean Jim Joan Joe John Joseph Julia Karen Kate Kevin Laura Leo Linda Lisa Lucy Luke Maria Mario Martha
Martin Mary Matthew Max Michael Mike Mohammed Nancy Nick Nina Oliver Olivia Pat Paul Peter Rachel Rebecca Robert
Rosa Ruth Sam Sarah Simon Sofia Sophie Steve Susan Thomas Tim Tom Tony Vera Victor William
"""


@cache
def scenario(file: Path) -> Scenario:
    found, findings, _ = read_scenario(file)
    assert found is not None, findings
    return found


@cache
def script(file: Path, cut: Cut | None) -> Script:
    return script_of(scenario(file), shipped(), cut)


def played(file: Path, cut: Cut | None) -> Session:
    """A real screening in which the whole script was recorded."""
    session = answered(scenario(file), shipped(), {})
    give(session, script(file, cut).before)
    for step in script(file, cut).steps:
        give(session, step.records)
    return session


every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@every
def test_the_lint_finds_nothing(file: Path) -> None:
    one, _, read = read_scenario(file)
    assert one is not None
    assert check(one, read, shipped()) == []
    assert one.id == file.stem


@every
@pytest.mark.parametrize("cut", CUTS)
def test_played_to_its_end_it_lists_what_is_expected_and_no_trap(file: Path, cut: Cut | None) -> None:
    session, one = played(file, cut), scenario(file)
    for item in one.expected:
        found = session.outcomes[item.rule]
        assert (item.rule, found.outcome) == (item.rule, item.outcome)
        assert item.level in ("", found.level)
    assert [trap.rule for trap in one.traps if session.outcomes[trap.rule].outcome == "listed"] == []
    listed = {rule for rule, found in session.outcomes.items() if found.outcome == "listed"}
    assert listed == {item.rule for item in one.expected if item.outcome == "listed"}


@every
def test_every_word_of_it_is_said_in_its_play(file: Path) -> None:
    one, play = scenario(file), script(file, None)
    said = [(step.fact, step.told) for step in play.steps if step.kind is Kind.SAID]
    assert said == [(fact.id, place) for fact in one.facts for place in range(len(fact.told))]
    assert sorted(step.paper for step in play.steps if step.paper) == sorted(paper.id for paper in one.papers)
    figures = [step.place for step in play.steps if step.kind is Kind.MEASURED]
    assert sorted(place for place in figures if place is not None) == list(range(len(one.measured)))
    assert sum(step.kind is Kind.DISCUSS for step in play.steps) == len(one.discussion)
    assert sum(step.kind is Kind.BROKE_IN for step in play.steps) == 1


@every
def test_every_word_of_it_can_be_got_from_the_patient_card(file: Path) -> None:
    one = scenario(file)
    talk = Conversation(one, lambda question, raw: str(raw))
    for fact in one.facts:
        question = next(iter(fact.truth))
        for who in dict.fromkeys(told.by for told in fact.told):
            for _ in range(len(fact.told) + 2):
                talk.ask(Asking(question, to=who))
            for openly, alone in ((True, False), (False, True), (True, True)):
                for _ in fact.told:
                    talk.ask(Asking(question, to=who, openly=openly, alone=alone))
        assert sorted(talk.told[fact.id]) == list(range(len(fact.told)))


@every
def test_it_has_what_a_rehearsal_needs(file: Path) -> None:
    one = scenario(file)
    assert one.reference.startswith("MADE-UP")
    assert set(one.cuts) == {"10", "20", "40"}
    assert any(told.when is not Release.FIRST for fact in one.facts for told in fact.told)
    assert any(told.by == PATIENT for fact in one.facts for told in fact.told)


@every
def test_it_names_no_person_and_no_real_place(file: Path) -> None:
    """Words with a capital inside a sentence are those of the content, and given names stand nowhere."""
    raw = json.loads(scenario(file).model_dump_json(exclude={"usual", "pathway", "profiles", "parameters"}))
    strange = []
    for text in (text.replace("St John's wort", "") for text in texts(raw)):
        for word in _WORD.finditer(text):
            before = text[: word.start()].rstrip()
            inside = before and before[-1] not in _BEGINS
            capital = word[0][0].isupper() and len(word[0]) > 1
            if word[0] in GIVEN.split() or (capital and inside and word[0] not in NO_NAMES | of_content()):
                strange.append(text[max(0, word.start() - 30) : word.end() + 10])
    assert strange == []


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


@cache
def of_content() -> frozenset[str]:
    """The words of what is asked and listed, and of medicines; those of its sources name people."""
    pack = shipped()
    parts = [*pack.themes, *pack.pathways, *pack.instruments, pack.medicines]
    found = {word for part in parts for word in _WORD.findall(part.model_dump_json(exclude={"source", "others"}))}
    return frozenset({*found, *(word.capitalize() for word in found if word.islower())})


def test_each_is_another_patient() -> None:
    for name in ("id", "title", "reference", "opening_line", "stop_word"):
        values = [getattr(scenario(file), name) for file in FILES]
        assert len(values) == len(set(values)), name


def test_once_there_are_enough_every_pathway_and_every_level_has_one() -> None:
    pathways = {scenario(file).pathway for file in FILES}
    assert pathways <= {pathway.id for pathway in shipped().pathways}
    if len(FILES) >= ENOUGH:
        assert pathways == {pathway.id for pathway in shipped().pathways}
        assert {scenario(file).level for file in FILES} == {"easy", "middle", "hard"}
