"""A scenario made out of a rehearsal is read back; the lint finds in it what is marked to write and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from screener.forms.findings import Code
from screener.text import WorldError
from screener.training.amounts import same
from screener.training.authoring import findings_of, make_scenario, name_of, write_new
from screener.training.checking import answered, read_scenario
from screener.training.scenario import Scenario
from screener.training.story import TO_WRITE
from tests.training.guide import FILES, SCENARIOS, changed, example, scenario_of, shipped
from tests.training.rehearsed import rehearsed


def made(scenario: Scenario, folder: Path = SCENARIOS) -> str:
    rehearsal, session = rehearsed(scenario)
    found = make_scenario(rehearsal, session, "made", folder)
    assert {one.code for one in found.findings} == {Code.TO_WRITE}
    assert all(TO_WRITE in found.text.splitlines()[one.place.line - 1] for one in found.findings if one.place.line > 0)
    return found.text


def test_the_answers_are_taken_over_and_what_is_listed_is_expected() -> None:
    text = made(scenario_of(example()))
    again = scenario_of(text)
    for name, raw in scenario_of(example()).truth.items():
        assert same(shipped().questions[name], again.truth[name], raw), name
    assert [(item.rule, item.outcome) for item in again.expected] == [("neuro.head_injury_psychedelics", "listed")]
    assert [fact.id for fact in again.facts] == ["neuro-head-injury"]
    assert (
        again.facts[0].told[-1].words
        == "In August. From two metres. I don't know how long I lay there, and please don't tell her."
    )
    assert (again.reference, again.pathway, again.begins) == ("MADE-UP-50", "psilocybin-research", "09:30")
    assert [figure.minute for figure in again.measured] == [12, 17]


def test_once_everything_is_written_nothing_is_found() -> None:
    text = made(scenario_of(example()))
    assert findings_of(text.replace(TO_WRITE, "As it was"), "made.yaml", SCENARIOS, shipped()) == []


@pytest.mark.parametrize("file", FILES[::3], ids=lambda file: file.stem)
def test_every_third_scenario_that_ships_can_be_made_out_of_its_own_rehearsal(file: Path) -> None:
    scenario, findings, _ = read_scenario(file)
    assert scenario is not None, findings
    again = scenario_of(made(scenario))
    was, now = (answered(one, shipped(), one.truth).outcomes for one in (scenario, again))
    assert {rule for rule, one in was.items() if one.outcome == "listed"} == {
        rule for rule, one in now.items() if one.outcome == "listed"
    }


@pytest.mark.parametrize(
    "words",
    [
        "yes: no # and",
        "'\"",
        "[a, {b: c}]",
        "- x",
        "a\nb\n\nc",
        "*x &y !z",
        "<<",
        " 012 ",
        "\u202eleft",
        "é😀",
        "null",
        "%TAG",
    ],
)
def test_whatever_was_said_is_written_so_that_it_is_read_back(words: str) -> None:
    scenario = scenario_of(example())
    [fall, ferry] = scenario.facts
    last = fall.told[-1].model_copy(update={"words": words})
    said = scenario.model_copy(update={"facts": (fall.model_copy(update={"told": (fall.told[0], last)}), ferry)})
    assert scenario_of(made(said)).facts[0].told[-1].words == words


def test_half_a_character_becomes_a_question_mark() -> None:
    scenario = scenario_of(example()).model_copy(update={"second_mark": "K \ud800 1974"})
    assert scenario_of(made(scenario)).second_mark == "K ? 1974"


def test_a_rehearsal_in_which_nothing_was_answered_becomes_a_scenario_too() -> None:
    rehearsal, session = rehearsed(scenario_of(example()))
    empty = rehearsal.model_copy(update={"events": ()})
    found = make_scenario(empty, answered(scenario_of(example()), shipped(), {}), "made", SCENARIOS)
    assert {one.code for one in found.findings} == {Code.TO_WRITE}
    said = " ".join(found.text.replace("#", " ").split())
    assert "Not answered in the rehearsal, and therefore as usual: visit.reason, person.age" in said
    assert session.recorded


def test_accounts_that_differ_are_taken_over_as_they_stand() -> None:
    text = changed(
        ("papers:", "ordinary:\n  neuro.seizure:\n    accounts:\n      - {by: patient, value: \"no\"}\n"
         "      - {by: mother, value: \"yes\"}\npapers:"),
    )  # fmt: skip
    again = scenario_of(made(scenario_of(text)))
    assert [one["by"] for one in again.truth["neuro.seizure"]["accounts"]] == ["patient", "mother"]


@pytest.mark.parametrize(
    ("file", "name"),
    [("another.yaml", "another"), ("My Äunt 2.yaml", "my-unt-2"), ("12.yaml", "scenario-12"), ("ü.yaml", "scenario")],
)
def test_a_file_name_says_the_id(file: str, name: str) -> None:
    assert name_of(Path(file)) == name


def test_what_lies_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "new" / "made.yaml"
    write_new(file, "one\n")
    with pytest.raises(WorldError, match="is there already"):
        write_new(file, "two\n")
    assert file.read_text("utf-8") == "one\n"


@pytest.mark.skipif(os.name == "nt", reason="a disk without room is made with a limit that Windows does not know")
def test_a_disk_without_room_keeps_no_half_of_a_scenario_and_it_can_be_written_again(tmp_path: Path) -> None:
    import resource

    file, before = tmp_path / "made.yaml", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(WorldError, match="cannot be written"):
            write_new(file, "a line of it\n" * 1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not file.exists()
    write_new(file, "a line of it\n" * 1_000)
    assert len(file.read_text("utf-8").splitlines()) == 1_000
