"""The shipped dictionary of medicines: how much it holds, how names are found, what each of some is."""

from __future__ import annotations

from functools import cache

import pytest

from screener.forms.local import read_pack
from screener.forms.medicine_search import MedicineSearch
from screener.forms.medicines import MedicineList
from screener.places import forms_folder
from screener.rules.expressions import Takes, walk

SUBSTANCES, NAMES = 400, 1000


@cache
def medicines() -> MedicineList:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack.medicines


@cache
def search() -> MedicineSearch:
    return MedicineSearch(medicines())


def classes_of(name: str) -> set[str]:
    product = medicines().dictionary.find(name)
    assert product is not None, name
    return {class_id for part in product.parts for class_id in part.classes}


def test_it_holds_as_many_substances_and_names_as_the_design_asks() -> None:
    assert len(medicines().substances) >= SUBSTANCES
    assert len(medicines().dictionary.products) >= NAMES


def test_every_class_that_a_rule_reads_has_members_and_so_has_every_parent() -> None:
    pack, _, _ = read_pack(forms_folder() / "intake")
    assert pack is not None
    tests = [
        n for rule in pack.rules.values() for root in rule.conditions() for n in walk(root) if isinstance(n, Takes)
    ]
    asked = {name for test in tests for name in test.takes.class_ or ()}
    held = {class_id for entry in medicines().names if not entry.holds for class_id in classes_of(entry.name)}
    assert len(asked) > 30
    assert asked <= held


IN_CLASSES: list[tuple[str, set[str]]] = [
    ("Prozac", {"ssri", "antidepressant", "cyp2d6_inhibitor_strong", "serotonergic"}),
    ("Effexor XR", {"snri"}),
    ("Nardil", {"maoi", "maoi_irreversible", "antidepressant"}),
    ("moclobemide", {"maoi", "maoi_reversible"}),
    ("linezolid", {"maoi"}),
    ("methylene blue", {"maoi"}),
    ("lithium carbonate", {"lithium", "mood_stabiliser"}),
    ("Seroquel", {"antipsychotic", "serotonin_2a_blocker"}),
    ("Valium", {"benzodiazepine", "cns_depressant"}),
    ("eszopiclone", {"z_drug"}),
    ("pregabalin", {"gabapentinoid"}),
    ("OxyContin", {"opioid", "cns_depressant"}),
    ("tramadol", {"opioid", "serotonergic"}),
    ("Vivitrol", {"opioid_antagonist"}),
    ("Concerta", {"stimulant"}),
    ("Imitrex", {"triptan", "serotonergic"}),
    ("losartan", {"arb", "antihypertensive"}),
    ("sildenafil", {"pde5_inhibitor"}),
    ("ritonavir", {"antiretroviral_booster", "cyp3a4_inhibitor_strong"}),
    ("grapefruit juice", {"cyp3a4_inhibitor"}),
    ("St John's wort", {"cyp3a4_inducer", "serotonergic"}),
    ("rifampicin", {"cyp3a4_inducer"}),
    ("ticlopidine", {"cyp2b6_inhibitor"}),
    ("cabergoline", {"five_ht2b_agonist"}),
    ("theophylline", {"xanthine"}),
    ("Sudafed", {"decongestant"}),
    ("fluticasone nasal spray", {"nasal_steroid"}),
    ("levothyroxine", {"thyroid_hormone"}),
    ("dextromethorphan", {"serotonergic"}),
    ("metformin", {"glucose_lowering"}),
    ("Ozempic", {"glp1_agonist"}),
]


@pytest.mark.parametrize(("name", "wanted"), IN_CLASSES)
def test_what_a_medicine_is(name: str, wanted: set[str]) -> None:
    assert wanted <= classes_of(name)


NOT_IN: list[tuple[str, str]] = [
    ("reboxetine", "snri"),
    ("metformin", "antihypertensive"),
    ("paracetamol", "opioid"),
    ("buspirone", "benzodiazepine"),
    ("naltrexone", "opioid"),
    ("dapoxetine", "antidepressant"),
]


@pytest.mark.parametrize(("name", "other"), NOT_IN)
def test_what_a_medicine_is_not(name: str, other: str) -> None:
    assert other not in classes_of(name)


TYPED: list[tuple[str, str]] = [
    ("sertralin", "sertraline"),
    ("sertaline", "sertraline"),
    ("zolof", "sertraline"),
    ("fluoxitine", "fluoxetine"),
    ("lamotragine", "lamotrigine"),
    ("quetiapene", "quetiapine"),
    ("lithum", "lithium"),
    ("diazapam", "diazepam"),
    ("tranylcypramine", "tranylcypromine"),
    ("amitriptylin", "amitriptyline"),
    ("wellbutrin xl", "bupropion"),
    ("viagra", "sildenafil"),
    ("st johns wort", "st john's wort"),
    ("metoprolol succ", "metoprolol"),
    ("Élavil", "amitriptyline"),
]


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_a_name_spelt_nearly_right_is_offered_among_the_first(typed: str, meant: str) -> None:
    offered = [match.entry.name for match in search().find(typed)]
    held = [name for entry in offered for name in (entry, *(medicines().dictionary.find(entry).parts[0].name,))]  # type: ignore[union-attr]
    assert meant in held[:6], offered


@pytest.mark.parametrize("typed", ["", "x", "the little white one, for blood pressure", "zzzzzz"])
def test_what_is_no_name_is_not_made_one(typed: str) -> None:
    assert search().find(typed) == []


def test_an_eye_drop_is_no_beta_blocker_by_mouth_and_a_combination_holds_its_parts() -> None:
    drop = medicines().dictionary.find("timolol eye drops")
    assert drop is not None and drop.routes == {"eye"}
    assert {"opioid"} <= classes_of("co-codamol")
    assert {"opioid_antagonist", "antidepressant"} <= classes_of("Contrave")


def test_every_half_life_has_its_source_and_lies_in_order() -> None:
    held = [entry for entry in medicines().names if entry.half_life is not None]
    assert len(held) >= 22
    for entry in held:
        found = medicines().dictionary.find(entry.name)
        assert found is not None and found.parts[0].half_life is not None
        low, high = found.parts[0].half_life
        assert 0 < low <= high, entry.name
