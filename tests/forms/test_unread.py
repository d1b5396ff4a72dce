"""Questions that only rules of other profiles ask for: found, said on the card, passed over on a dose day."""

from __future__ import annotations

import pytest

from screener.forms.evaluation import RuleSet
from screener.language import speak
from screener.ui.screening.elsewhere import read_elsewhere_words
from tests.records.sittings import shipped

ESKETAMINE, DOSE_DAY = "esketamine-clinic", "dose-day"
US_PROGRAMME = ["day.certified", "day.enrolled", "day.dispensed", "day.on_site", "day.watch_hours"]


def rules(pathway: str, *profiles: str) -> RuleSet:
    return RuleSet(shipped(), pathway, profiles)


def test_what_a_label_asks_for_is_asked_for_under_it_alone() -> None:
    assert not rules(ESKETAMINE, "us-label").read_elsewhere
    found = rules(ESKETAMINE, "eu-label").read_elsewhere
    assert set(US_PROGRAMME) <= set(found)
    assert set(found.values()) == {("us-label",)}
    assert not rules(ESKETAMINE, "eu-label", "us-label").read_elsewhere


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_no_rule_of_the_screening_rests_on_what_it_does_not_ask_for(pathway: str) -> None:
    every = rules(pathway)
    for rule_id, rule in every.rules.items():
        rests_on = set(every.rests_on(rule_id))
        assert not rests_on & every.read_elsewhere.keys() or (rule.tier == "check" and len(rests_on) == 1), rule_id


def test_a_question_that_no_rule_reads_at_all_is_there_for_its_own_sake() -> None:
    assert "visit.reason" not in rules(ESKETAMINE, "eu-label").read_elsewhere


def test_a_check_of_nothing_but_itself_asks_for_no_question() -> None:
    assert rules(DOSE_DAY, "us-label").read_elsewhere["person.age"] == ("eu-label",)
    assert "person.age" not in rules(DOSE_DAY, "eu-label").read_elsewhere


def test_the_card_says_whose_rules_ask_for_it() -> None:
    speak("en")
    said = read_elsewhere_words(rules(ESKETAMINE, "eu-label"), "day.certified")
    assert said == "No rule of this screening asks for it. Others do: US label."
    assert read_elsewhere_words(rules(ESKETAMINE, "us-label"), "day.certified") == ""
    trials = rules("psilocybin-research")
    assert read_elsewhere_words(trials, "substance.alcohol_severity").endswith("Others do: Veterans' PTSD trial.")
