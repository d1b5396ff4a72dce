"""A fault of every kind that the checks of rules look for is planted, and found with place, suggestion and witness."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.forms.analysis import beyond, search, solver
from screener.forms.analysis.checks import Checks, check_logic
from screener.forms.cases import check_pack
from screener.forms.findings import LOGIC, REMARKS, Code, Finding
from screener.forms.pack import read_pack
from tests.forms.writing import write_pack

RULES, QUESTIONS = "themes/heart/rules.yaml", "themes/heart/questions.yaml"
BLED = 'when: {ask: heart.bleed, is: "yes"}'
RATE = "text: Resting rate"
LABEL = "source: {ref: label, strength: contraindication}"
FAST = "when: {ask: heart.rate, above: 100, unit: /min}"
VERY_FAST = "when: {ask: heart.rate, above: 130, unit: /min}"
RECENT = "- {ask: heart.bleed_on, within: 6 wk}"
DROPS = "id: drops\ntitle: Drops\nshort: Drops\nsummary: Drops\nneeds: [general, clinic]\nthemes: [heart]\n"
FIRST = "- id: heart.bled\n"

Change = tuple[str, str, str]


def rate(test: str) -> str:
    return f"{{ask: heart.rate, {test}, unit: /min}}"


def bled(condition: str) -> Change:
    """The first rule under another condition."""
    return RULES, BLED, f"when: {condition}"


def another(condition: str, *, source: str = LABEL, tier: str = "review") -> Change:
    """One more rule before the first."""
    written = f"""\
- id: heart.another
  title: Another
  class: safety
  tier: {tier}
  profiles: [general]
  pathways: [spray]
  when: {condition}
  statement: Something.
  {source}
  basis: [ket/CV-1]
"""
    return RULES, FIRST, written + FIRST


DROPS_TOO = (
    RULES,
    "id: heart.bled\n  title: Bleeding in the brain\n  class: safety\n  tier: review\n  profiles: [general]\n"
    "  pathways: [spray]",
    "id: heart.bled\n  title: Bleeding in the brain\n  class: safety\n  tier: review\n  profiles: [general]\n"
    "  pathways: [spray, drops]",
)
NOT_ON_DROPS = (QUESTIONS, "brain, ever?\n", "brain, ever?\n    pathways: [spray]\n")
SEEN = f"{BLED}\n"

KINDS: dict[str, tuple[tuple[Change, ...], Code, str, tuple[str, ...]]] = {
    "never listed": (
        (bled('{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.bleed, is: "no"}]}'),),
        Code.NEVER_LISTED,
        "heart.bled is never listed: no answers meet its condition",
        (),
    ),
    "never not listed": (
        (bled(f"{{any: [{rate('below: 100')}, {rate('at_least: 100')}]}}"),),
        Code.NEVER_NOT_LISTED,
        "heart.bled is never not listed",
        (),
    ),
    "never on a pathway": (
        (
            DROPS_TOO,
            NOT_ON_DROPS,
            bled("{all: [{ask: heart.bleed_on, within: 6 wk}, {ask: heart.kind, is: valve}]}"),
        ),
        Code.NEVER_HERE,
        "heart.bled is never listed on drops",
        ("on spray it is listed with", "heart.bleed: yes", "heart.kind: A valve"),
    ),
    "stuck on a hidden question": (
        (DROPS_TOO, NOT_ON_DROPS, bled("{ask: heart.bleed_on, within: 6 wk}")),
        Code.STUCK,
        "heart.bled is never established on drops: whether heart.bleed_on is shown hangs on heart.bleed",
        (),
    ),
    "reads what is not asked on a pathway": (
        (DROPS_TOO, NOT_ON_DROPS),
        Code.ABSENT_QUESTION,
        "heart.bled reads heart.bleed, which is not asked on drops",
        (),
    ),
    "dead branch of any": (
        (bled('{any: [{ask: heart.bleed, is: "yes"}, {ask: heart.bleed_on, within: 6 wk}]}'),),
        Code.IDLE_PART,
        "any.1 is met only where another part is met",
        (),
    ),
    "dead branch of all": (
        (bled(f"{{all: [{rate('above: 90')}, {rate('above: 100')}]}}"),),
        Code.IDLE_PART,
        "all.0 is met wherever the others are",
        (),
    ),
    "level that is never reached": (
        ((RULES, VERY_FAST, f"when: {{any: [{rate('above: 90')}, {rate('below: 40')}]}}"),),
        Code.LEVEL_NEVER,
        "heart.fast never comes to level fast",
        (),
    ),
    "levels out of order": (
        ((RULES, VERY_FAST, f"when: {rate('above: 90')}"),),
        Code.LEVEL_ORDER,
        "very_fast stands above fast, and its line does not lie beyond",
        (),
    ),
    "duplicate": (
        (another('{not: {not: {ask: heart.bleed, is: "yes"}}}'),),
        Code.SAME_CONDITION,
        "heart.bled has the condition of heart.another, and the same source",
        ("heart.bleed: yes",),
    ),
    "implied by a rule of the same place": (
        (another('{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: "valve"}]}'),),
        Code.NEVER_ALONE,
        "heart.another is never listed without heart.bled",
        ("heart.bleed: yes", "heart.kind: A valve"),
    ),
    "gap between levels": (
        ((RULES, FAST, f"when: {rate('between: [100, 110]')}"),),
        Code.BAND_GAP,
        "heart.fast: a figure above fast and below very_fast comes to neither level",
        ("heart.rate: 111 per minute",),
    ),
    "gap between bands": (
        (bled(rate("between: [60, 69]")), another(rate("between: [50, 58]"))),
        Code.BAND_GAP,
        "heart.bled does not begin where heart.another ends",
        ("heart.rate: 59 per minute",),
    ),
    "overlap of bands": (
        (
            bled(rate("between: [60, 69]")),
            another(f"{{all: [{rate('at_least: 50')}, {rate('at_most: 60')}]}}"),
        ),
        Code.BAND_OVERLAP,
        "heart.bled begins inside the band of heart.another",
        ("heart.rate: 60 per minute",),
    ),
    "figure outside the range of its question": (
        (bled(rate("above: 400")),),
        Code.OUT_OF_RANGE,
        "400 lies outside 25 to 220, the plausible range of heart.rate",
        (),
    ),
    "chosen figure outside the range": (
        (("profiles/clinic.yaml", "values: {systolic: 150}", "values: {systolic: 1500}"),),
        Code.OUT_OF_RANGE,
        "1500 lies outside 60 to 280, the plausible range of systolic",
        (),
    ),
    "score outside the range of its instrument": (
        (bled("{score: heart.nine, at_least: 28}"),),
        Code.OUT_OF_RANGE,
        "28 lies outside 0 to 27",
        (),
    ),
    "figure off the step": (
        (bled('{ask: heart.rate, above: "100.5", unit: /min}'),),
        Code.OFF_STEP,
        "100.5 is not on the step 1",
        (),
    ),
    "unit that differs": (
        (bled("{ask: heart.rate, above: 100, unit: Hz}"),),
        Code.UNIT_MISMATCH,
        "the unit 'Hz' is not that of heart.rate",
        (),
    ),
    "worse takes it away": (
        (bled(rate("below: 100")), (QUESTIONS, RATE, f"{RATE}\n    worse: up")),
        Code.WORSE_IS_LESS,
        "heart.bled is listed with heart.rate 99 per minute, and is not listed with 100 per minute",
        ("no other answers",),
    ),
    "worse lowers its level": (
        (
            (
                RULES,
                VERY_FAST,
                f"when: {{all: [{rate('above: 100')}, {{ask: heart.kind, is: valve}}]}}",
            ),
            (QUESTIONS, "text: Which kind?", "text: Which kind?\n    worse: order"),
        ),
        Code.WORSE_IS_LESS,
        "heart.fast is listed with heart.kind A valve, and falls to fast with The rhythm",
        ("heart.rate: 101 per minute",),
    ),
    "open for nothing": (
        (
            bled(
                '{any: [{all: [{ask: heart.kind, is: valve}, {ask: heart.bleed, is: "yes"}]}, '
                '{all: [{ask: heart.kind, is: valve}, {ask: heart.bleed, is: "no"}]}]}'
            ),
        ),
        Code.WIDER,
        "heart.bled is not established while heart.bleed is not answered, and is listed either way",
        ("heart.kind: A valve", "heart.bleed: not answered"),
    ),
    "justified for nothing": (
        ((RULES, SEEN, f"{BLED}\n  justified: {{idle-part: No part is idle}}\n"),),
        Code.UNUSED_JUSTIFICATION,
        "heart.bled: there is no finding idle-part to justify",
        (),
    ),
}


def found_in(folder: Path, *changes: Change, drops: bool = False) -> list[Finding]:
    """What every check finds in the small pack with these changes."""
    root = write_pack(folder, *changes, files={"pathways/drops.yaml": DROPS} if drops else None)
    pack, findings, places = read_pack(root)
    assert pack is not None, findings
    found = check_pack(pack, places)
    wrong = {finding.code for finding in found if finding.stops} - {Code.CASE_FAILS, Code.MISSING_CASES}
    return found if wrong else [*found, *check_logic(pack, places)]


@pytest.mark.parametrize(("changes", "code", "said", "witness"), KINDS.values(), ids=KINDS)
def test_a_fault_of_each_kind_is_found(
    tmp_path: Path, changes: tuple[Change, ...], code: Code, said: str, witness: tuple[str, ...]
) -> None:
    drops = any("drops" in new for _, _, new in changes)
    found = [one for one in found_in(tmp_path, *changes, drops=drops) if one.code is code and said in one.message]
    assert len(found) == 1
    (finding,) = found
    assert finding.place.file.endswith(".yaml") and finding.place.line > 0 and finding.suggestion
    for line in witness:
        assert line in finding.witness
    assert bool(finding.witness) == bool(witness)
    assert finding.stops == (code not in REMARKS)


def test_every_code_of_the_logic_checks_has_a_planted_fault() -> None:
    planted = {code for _, code, _, _ in KINDS.values()}
    assert planted >= LOGIC - {Code.UNDECIDED}, "an undecided search is planted below"


# --- What several rules say -------------------------------------------------------------------------------------------


def codes(found: list[Finding]) -> set[Code]:
    return {finding.code for finding in found} - {Code.MISSING_CASES}


def test_another_source_may_say_the_same_of_the_same_fact(tmp_path: Path) -> None:
    """It is what the program is for: the two stand together, and the rules browser says so."""
    again = another('{ask: heart.bleed, is: "yes"}', source="source: {ref: trial, strength: trial exclusion}")
    root = write_pack(tmp_path, again)
    pack, _, places = read_pack(root)
    assert pack is not None
    assert check_logic(pack, places) == []
    checked = {one.rule: one for one in Checks(pack, places).all()}
    assert checked["heart.another"].always_with == ("heart.bled",)
    assert checked["heart.bled"].always_with == ("heart.another",)


@pytest.mark.parametrize(
    "change",
    [
        another('{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: "valve"}]}', tier="time-critical"),
        another(
            '{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: "valve"}]}',
            source="source: {ref: label, at: '5.1', strength: contraindication}",
        ),
    ],
    ids=["it is looked at sooner", "it stands in another place of the source"],
)
def test_a_rule_that_says_more_than_the_one_it_comes_with_is_no_finding(tmp_path: Path, change: Change) -> None:
    assert codes(found_in(tmp_path, change)) == set()


def test_rules_that_meet_on_no_pathway_or_profile_are_not_compared(tmp_path: Path) -> None:
    name, first, written = another('{ask: heart.bleed, is: "yes"}')
    found = found_in(tmp_path, (name, first, written.replace("[general]", "[clinic]", 1)))
    assert codes(found) == set()


# --- Past the budget --------------------------------------------------------------------------------------------------

HARD = another(
    '{all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: valve}, ' + rate("above: 100") + "]}",
    tier="time-critical",
)


@pytest.fixture
def no_budget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(search.Searched.find, "__defaults__", (2,))
    yield


@pytest.mark.usefixtures("no_budget")
def test_where_the_budget_ends_the_solver_goes_on(tmp_path: Path) -> None:
    assert codes(found_in(tmp_path, HARD)) == set()


@pytest.mark.usefixtures("no_budget")
def test_without_the_solver_it_is_said_what_stayed_open_and_what_would_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (solver, beyond):
        monkeypatch.setattr(module, "at_hand", lambda: False)
    monkeypatch.setattr("screener.forms.analysis.of_rule.at_hand", lambda: False)
    found = [one for one in found_in(tmp_path, HARD) if one.code is Code.UNDECIDED]
    mine = next(one for one in found if one.message.startswith("heart.another"))
    assert "it is open whether any answers list it" in mine.message
    assert mine.suggestion == "the solver z3 goes on past this: pip install 'screener[solver]'"
    assert not mine.stops and mine.place.line > 0
