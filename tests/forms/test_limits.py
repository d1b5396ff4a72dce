"""The figures that charts draw as lines: each once, named by whose it is; the clinic's own once it is chosen."""

from __future__ import annotations

from decimal import Decimal

from screener.forms.evaluation import RuleSet
from screener.forms.limits import Limits
from tests.records.sittings import shipped
from tests.small_pack import PATHWAY


def limits(pathway: str = PATHWAY, *profiles: str, chosen: dict[str, str] | None = None) -> Limits:
    rules = RuleSet(shipped(), pathway, profiles or ("us-label", "clinic"), chosen or {})
    return Limits(shipped(), rules.rules.values(), rules.parameters)


def test_a_figure_of_readings_says_which_part_which_comparison_and_whose() -> None:
    found = limits().of_readings("bp.readings")
    assert found and all(limit.whose and limit.short and limit.part and limit.statistic for limit in found)
    assert [limit.figure for limit in found] == sorted((limit.figure for limit in found), reverse=True)
    keys = [(limit.part, limit.figure, limit.whose) for limit in found]
    assert len(keys) == len(set(keys))
    assert any(limit.part == "systolic" and limit.figure == Decimal(140) for limit in found)


def test_of_one_phase_those_that_name_no_phase_count_too() -> None:
    made = limits()
    every = {(limit.part, limit.figure) for limit in made.of_readings("bp.readings")}
    for phase in ("screening", "before", "about_40_min", "leaving"):
        assert {(limit.part, limit.figure) for limit in made.of_readings("bp.readings", (phase,))} <= every


def test_the_clinic_s_figure_is_there_once_it_was_chosen_and_says_so() -> None:
    chosen = {name: parameter.options[0].id for name, parameter in shipped().parameters.items()}
    assert not [one for one in limits("kap").of_readings("bp.readings") if one.short == "clinic’s choice"]
    own = [one for one in limits("kap", chosen=chosen).of_readings("bp.readings") if one.short == "clinic’s choice"]
    assert own and all("this clinic’s choice" in one.whose for one in own)


def test_what_asks_for_a_mistyped_figure_is_no_line() -> None:
    rules = [rule for rule in shipped().rules.values() if rule.class_ in ("consistency", "completeness")]
    made = Limits(shipped(), rules, {})
    assert made.of_readings("bp.readings") == [] and made.of_number("body.weight") == []


def test_scores_and_numbers_have_their_own() -> None:
    made = limits("ketamine-home", "general")
    assert {limit.part for limit in made.of_score("mood.phq9", "total")} <= {""}
    assert all(limit.whose for limit in made.of_number("body.bmi"))
