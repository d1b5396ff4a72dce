"""The same fact on two pathways, or under two profiles, gives each its own item: what is listed beside what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest

from screener.forms.answering import read_given
from screener.forms.cases import Cases, as_written
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder

VISIT = date(2026, 11, 23)
SESSION = "2026-11-24"
Ids = tuple[str, ...]
Pair = tuple[str, Ids, Mapping[str, Any], Ids, Ids]
"""Pathway, profiles beside those always chosen, answers, rules listed, rules not listed."""


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@cache
def rules_of(pathway: str, profiles: Ids) -> RuleSet:
    assert set(profiles) <= {profile.id for profile in shipped().profiles}
    return RuleSet(shipped(), pathway, profiles)


def listed(pathway: str, profiles: Ids, answers: Mapping[str, Any]) -> set[str]:
    rules = rules_of(pathway, profiles)
    given = {name: read_given(rules.form.questions[name], value) for name, value in answers.items()}
    _, outcomes = rules.evaluate(given, VISIT)
    return {rule_id for rule_id, outcome in outcomes.items() if outcome.outcome == "listed"}


def medicine(name: str, last_taken: str = "") -> dict[str, Any]:
    """Answers with one medicine, taken now, or last on a day, before the session of 24 November."""
    entry = (
        {"name": name, "use": "stopped", "last_taken": last_taken} if last_taken else {"name": name, "use": "current"}
    )
    return {"medicines.list": [entry], "visit.dose_on": SESSION}


def pressure(systolic: int, diastolic: int) -> dict[str, Any]:
    return {"bp.readings": [[systolic, diastolic]]}


def last_met(day: str, severity: str = "") -> dict[str, Any]:
    """A disorder with a substance other than alcohol and cannabis, its signs last present on a day."""
    found = {
        "substance.disorder_ever": "yes",
        "substance.disorder_which": ["other"],
        "substance.other_active": "no",
        "substance.other_met_on": day,
    }
    return found | ({"substance.other_severity": severity} if severity else {})


PSI, LSD, DMT, MICRO = "psilocybin-research", "lsd-research", "dmt-research", "microdosing"
MDMA, OREGON, COLORADO = "mdma-research", "psilocybin-oregon", "psilocybin-colorado"
AU_MDMA, AU_PSI = "australia-mdma", "australia-psilocybin"

LITHIUM_NOW = medicine("lithium")
LITHIUM: list[Pair] = [
    (
        OREGON,
        ("oregon",),
        LITHIUM_NOW,
        ("medicines.lithium_oregon", "medicines.lithium_psychedelics"),
        ("medicines.lithium_colorado",),
    ),
    (OREGON, (), LITHIUM_NOW, ("medicines.lithium_psychedelics",), ("medicines.lithium_oregon",)),
    (
        OREGON,
        ("oregon",),
        medicine("lithium", "2026-10-25"),
        ("medicines.lithium_oregon",),
        ("medicines.lithium_psychedelics",),
    ),
    (
        OREGON,
        ("oregon",),
        medicine("lithium", "2026-10-24"),
        (),
        ("medicines.lithium_oregon", "medicines.lithium_psychedelics"),
    ),
    (
        COLORADO,
        ("colorado",),
        LITHIUM_NOW,
        ("medicines.lithium_colorado", "medicines.lithium_psychedelics"),
        ("medicines.lithium_oregon",),
    ),
    (
        COLORADO,
        ("colorado",),
        medicine("lithium", "2026-11-10"),
        ("medicines.lithium_colorado",),
        ("medicines.lithium_psychedelics",),
    ),
    (
        COLORADO,
        ("colorado",),
        medicine("lithium", "2026-11-09"),
        (),
        ("medicines.lithium_colorado", "medicines.lithium_psychedelics"),
    ),
    *(
        (
            pathway,
            (),
            LITHIUM_NOW,
            ("medicines.lithium_psychedelics",),
            ("medicines.lithium_oregon", "medicines.lithium_colorado"),
        )
        for pathway in (PSI, LSD, DMT, MICRO, MDMA, AU_PSI, AU_MDMA)
    ),
]
MEANS = ("bp.mean_psilocybin", "bp.mean_lsd", "bp.mean_microdosing")
PRESSURE: list[Pair] = [
    *(
        (pathway, (), pressure(140, 90), (), MEANS)
        for pathway in (PSI, OREGON, COLORADO, AU_PSI, LSD, MICRO, MDMA, DMT)
    ),
    *(
        (pathway, (), pressure(141, 90), ("bp.mean_psilocybin",), MEANS[1:])
        for pathway in (PSI, OREGON, COLORADO, AU_PSI)
    ),
    (PSI, (), pressure(140, 91), ("bp.mean_psilocybin",), ()),
    (LSD, (), pressure(150, 95), (), MEANS),
    (LSD, (), pressure(151, 95), ("bp.mean_lsd",), ("bp.mean_psilocybin", "bp.mean_microdosing")),
    (LSD, (), pressure(150, 96), ("bp.mean_lsd",), ()),
    (MICRO, (), pressure(160, 90), (), MEANS),
    (MICRO, (), pressure(161, 90), ("bp.mean_microdosing",), ("bp.mean_psilocybin", "bp.mean_lsd")),
    (MICRO, (), pressure(150, 91), ("bp.mean_microdosing",), ("bp.mean_lsd",)),
    (MDMA, (), pressure(180, 110), (), (*MEANS, "bp.three_occasions_mdma")),
    (DMT, (), {**pressure(180, 110), "visit.dmt_product": "dmt"}, (), (*MEANS, "bp.normotension_dmt")),
    (DMT, (), {"visit.dmt_product": "dmt", "bp.outside_site_range": "yes"}, ("bp.normotension_dmt",), ()),
    (DMT, (), {"visit.dmt_product": "five_meo", "heart.hypertension": "yes"}, (), ("bp.normotension_dmt",)),
]
STATES_21 = ("visit.under_21_oregon", "visit.under_21_colorado")
AGE: list[Pair] = [
    (
        OREGON,
        ("oregon",),
        {"person.age": 20},
        ("visit.under_21_oregon",),
        ("visit.under_18_psilocybin", "visit.under_21_colorado"),
    ),
    (
        COLORADO,
        ("colorado",),
        {"person.age": 20},
        ("visit.under_21_colorado",),
        ("visit.under_18_psilocybin", "visit.under_21_oregon"),
    ),
    (OREGON, ("oregon",), {"person.age": 21}, (), ("visit.under_21_oregon",)),
    (COLORADO, ("colorado",), {"person.age": 21}, (), ("visit.under_21_colorado",)),
    (OREGON, ("oregon",), {"person.age": 17}, ("visit.under_21_oregon", "visit.under_18_psilocybin"), ()),
    (PSI, (), {"person.age": 20}, (), ("visit.under_18_psilocybin", *STATES_21)),
    (PSI, (), {"person.age": 17}, ("visit.under_18_psilocybin",), STATES_21),
    *((pathway, (), {"person.age": 17}, ("visit.under_18_psychedelics",), ()) for pathway in (LSD, DMT, MDMA, MICRO)),
    (PSI, ("trial-embrace",), {"person.age": 66}, ("visit.over_65_embrace",), ()),
    (PSI, ("trial-embrace",), {"person.age": 65}, (), ("visit.over_65_embrace",)),
    (PSI, (), {"person.age": 90}, (), ("visit.over_65_embrace",)),
    (LSD, ("trial-mm120",), {"person.age": 75}, ("visit.over_74_mm120",), ()),
    (LSD, ("trial-mm120",), {"person.age": 74}, (), ("visit.over_74_mm120",)),
    (DMT, ("trial-bpl003",), {"person.age": 76}, ("visit.over_75_bpl003",), ()),
    (DMT, ("trial-spl026",), {"person.age": 76}, (), ("visit.over_75_bpl003",)),
]
FIRST, SECOND = {"psychosis.first_degree": "yes"}, {"psychosis.second_degree": "yes"}
RELATIVES: list[Pair] = [
    *((pathway, (), FIRST, ("psychosis.first_degree_psilocybin",), ()) for pathway in (PSI, OREGON, COLORADO, AU_PSI)),
    (LSD, (), FIRST, ("psychosis.first_degree_lsd",), ("psychosis.first_degree_psilocybin",)),
    (DMT, (), FIRST, ("psychosis.first_degree_dmt",), ()),
    (MICRO, (), FIRST, ("psychosis.first_degree_microdosing",), ()),
    *((pathway, (), FIRST, ("psychosis.first_degree_mdma",), ()) for pathway in (MDMA, AU_MDMA)),
    (
        PSI,
        ("trial-psi-vet-ptsd",),
        SECOND,
        ("psychosis.second_degree_psilocybin",),
        ("psychosis.first_degree_psilocybin",),
    ),
    (PSI, ("trial-embrace",), SECOND, (), ("psychosis.second_degree_psilocybin", "psychosis.first_degree_psilocybin")),
    (PSI, (), {"mood.relative_bipolar": "yes", "mood.relative_bipolar_one": "no"}, (), ("mood.relative_bipolar_one",)),
    (
        PSI,
        ("trial-psi-vet-ptsd",),
        {"mood.relative_bipolar": "yes", "mood.relative_bipolar_one": "no"},
        ("mood.relative_bipolar_psi_vet_ptsd",),
        ("mood.relative_bipolar_one",),
    ),
    (LSD, (), {"mood.relative_bipolar": "yes"}, ("mood.relative_bipolar_lsd",), ("mood.relative_bipolar_one",)),
    (
        DMT,
        (),
        {"mood.relative_bipolar": "yes", "visit.dmt_product": "five_meo"},
        ("mood.relative_bipolar_five_meo",),
        (),
    ),
    (DMT, (), {"mood.relative_bipolar": "yes", "visit.dmt_product": "dmt"}, (), ("mood.relative_bipolar_five_meo",)),
    (LSD, (), {"neuro.seizure": "no", "neuro.seizure_family": "yes"}, ("neuro.seizure_lsd",), ()),
    (PSI, (), {"neuro.seizure": "yes", "neuro.seizure_kind": ["febrile"]}, (), ("neuro.seizure_psilocybin",)),
    (LSD, (), {"neuro.seizure": "yes", "neuro.seizure_kind": ["febrile"]}, ("neuro.seizure_lsd",), ()),
]
EVER = {"psychosis.ever": "yes"}
TYPE_TWO = {"mood.bipolar_ever": "yes", "mood.bipolar_type": "type_2"}
MIND: list[Pair] = [
    (OREGON, ("oregon",), EVER, ("psychosis.oregon_form",), ("psychosis.ever_psychedelics",)),
    (OREGON, (), EVER, (), ("psychosis.oregon_form",)),
    (COLORADO, ("colorado",), EVER, ("psychosis.ever_psychedelics",), ("psychosis.oregon_form",)),
    (PSI, (), TYPE_TWO, ("mood.bipolar_psychedelics", "mood.bipolar_two"), ("mood.bipolar_mdma",)),
    (MDMA, (), TYPE_TWO, ("mood.bipolar_mdma",), ("mood.bipolar_psychedelics", "mood.bipolar_two")),
    (MICRO, (), {"mood.ptsd": "yes"}, ("trauma.ptsd_microdosing",), ("trauma.ptsd_lsd", "trauma.no_ptsd_mdma")),
    (LSD, (), {"mood.ptsd": "yes"}, ("trauma.ptsd_lsd",), ("trauma.ptsd_microdosing",)),
    (MDMA, (), {"mood.ptsd": "yes"}, (), ("trauma.no_ptsd_mdma", "trauma.ptsd_lsd", "trauma.ptsd_microdosing")),
    (MDMA, (), {"mood.ptsd": "no"}, ("trauma.no_ptsd_mdma",), ()),
    *(
        (pathway, (), {"mood.ptsd": "yes"}, (), ("trauma.ptsd_lsd", "trauma.ptsd_microdosing"))
        for pathway in (PSI, OREGON, DMT)
    ),
    (AU_MDMA, ("australia",), {"mood.main_diagnosis": "ptsd"}, (), ("consent.au_mdma_use",)),
    (
        AU_MDMA,
        ("australia",),
        {"mood.main_diagnosis": "mdd_trd"},
        ("consent.au_mdma_use",),
        ("consent.au_psilocybin_use",),
    ),
    (AU_PSI, ("australia",), {"mood.main_diagnosis": "mdd_trd"}, (), ("consent.au_psilocybin_use",)),
    (AU_PSI, ("australia",), {"mood.main_diagnosis": "ptsd"}, ("consent.au_psilocybin_use",), ("consent.au_mdma_use",)),
    (MICRO, ("trial-psi-micro-or",), {"mood.phq9": {"total": 21}}, ("mood.microdosing_study_scores",), ()),
    (MICRO, ("trial-lsddep1",), {"mood.phq9": {"total": 21}}, (), ("mood.microdosing_study_scores",)),
    (
        MICRO,
        ("trial-lsddep1",),
        {"suicide.cssrs": {"items": {"3": 1}}},
        ("suicide.three_months_lsd", "suicide.thoughts"),
        (),
    ),
    (
        MICRO,
        ("trial-mdlsd",),
        {"suicide.cssrs": {"items": {"3": 1}}},
        ("suicide.thoughts",),
        ("suicide.three_months_lsd",),
    ),
]
ATTEMPT = {"suicide.attempt_ever": "yes", "suicide.attempt_serious": "no", "suicide.attempt_on": "2026-06"}
SERIOUS = {**ATTEMPT, "suicide.attempt_serious": "yes"}
WINDOWED = ("suicide.attempt_any", "suicide.attempt_12_months", "suicide.attempt_serious_ever")
ATTEMPTS: list[Pair] = [
    (
        MICRO,
        ("trial-psi-micro-or",),
        ATTEMPT,
        ("suicide.attempt_any",),
        ("suicide.attempt_serious_ever", "suicide.attempt_12_months"),
    ),
    (PSI, ("trial-psi-micro-or",), ATTEMPT, ("suicide.attempt_any",), ("suicide.attempt_12_months",)),
    (MICRO, ("trial-lsddep1", "trial-mdlsd"), ATTEMPT, (), WINDOWED),
    *((pathway, (), ATTEMPT, (), WINDOWED) for pathway in (PSI, MDMA, MICRO, OREGON)),
    *(
        (pathway, (), SERIOUS, ("suicide.attempt_serious_ever",), ("suicide.attempt_any",))
        for pathway in (PSI, MDMA, MICRO, OREGON)
    ),
]
MICRO_TRIALS = ("trial-lsddep1", "trial-mdlsd", "trial-psi-micro-or")
THREE, SIX_L, SIX_O = (
    "substance.three_months_mdlsd",
    "substance.six_months_lsddep1",
    "substance.six_months_micro_oregon",
)
YEARS = ("substance.year_bpl003", "substance.year_veterans", "substance.year_mapp2")
USED = {"substance.psychedelic_ever": "yes"}
SUBSTANCES: list[Pair] = [
    (MICRO, MICRO_TRIALS, last_met("2026-08-23"), (THREE, SIX_L, SIX_O), ()),
    (MICRO, MICRO_TRIALS, last_met("2026-08-22"), (SIX_L, SIX_O), (THREE,)),
    (MICRO, MICRO_TRIALS, last_met("2026-05-22"), (), (THREE, SIX_L, SIX_O)),
    (MICRO, ("trial-mdlsd",), last_met("2026-09-30"), (THREE,), (SIX_L, SIX_O)),
    (DMT, ("trial-bpl003",), last_met("2025-11-23"), ("substance.year_bpl003",), ()),
    (DMT, ("trial-bpl003",), last_met("2025-11-22"), (), YEARS),
    (PSI, ("trial-psi-vet-ptsd",), last_met("2025-11-23", "moderate"), ("substance.year_veterans",), ()),
    (PSI, ("trial-psi-vet-ptsd",), last_met("2025-11-23", "mild"), (), YEARS),
    (MDMA, ("trial-mapp2",), last_met("2025-11-23"), ("substance.year_mapp2",), ()),
    *((pathway, (), last_met("2026-10-30"), (), (THREE, SIX_L, SIX_O, *YEARS)) for pathway in (PSI, DMT, MDMA, MICRO)),
    (
        DMT,
        ("trial-spl026",),
        {**USED, "substance.psychedelic_on": "2026-05-23"},
        ("substance.psychedelic_six_months_spl026",),
        (),
    ),
    (
        DMT,
        ("trial-spl026",),
        {**USED, "substance.psychedelic_on": "2026-05-22"},
        (),
        ("substance.psychedelic_six_months_spl026",),
    ),
    (
        MICRO,
        MICRO_TRIALS,
        {**USED, "substance.psychedelic_on": "2026-01-31"},
        ("substance.psychedelic_year_mdlsd", "substance.psychedelic_year_lsddep1"),
        (),
    ),
    (PSI, (), {**USED, "substance.psychedelic_on": "2020"}, ("substance.psychedelic_recent_psilocybin",), ()),
]
SERTRALINE, PHENELZINE = medicine("sertraline"), medicine("phenelzine")
MEDICINES: list[Pair] = [
    (
        PSI,
        ("trial-psi-ris",),
        SERTRALINE,
        ("medicines.antidepressant_psi_ris", "medicines.ssri_effect"),
        ("medicines.reuptake_mdma",),
    ),
    (
        PSI,
        (),
        SERTRALINE,
        ("medicines.ssri_effect", "medicines.antidepressant_two_weeks"),
        ("medicines.antidepressant_psi_ris",),
    ),
    (
        PSI,
        ("trial-psi-ris",),
        medicine("sertraline", "2026-11-09"),
        ("medicines.ssri_effect",),
        ("medicines.antidepressant_psi_ris",),
    ),
    (MDMA, (), SERTRALINE, ("medicines.reuptake_mdma",), ("medicines.ssri_effect", "medicines.cyp2d6_mdma")),
    (
        MDMA,
        (),
        medicine("paroxetine"),
        ("medicines.reuptake_mdma", "medicines.cyp2d6_mdma"),
        ("medicines.bupropion_mdma",),
    ),
    (MDMA, (), medicine("duloxetine"), ("medicines.reuptake_mdma", "medicines.cyp2d6_mdma"), ()),
    (
        MDMA,
        (),
        medicine("bupropion"),
        ("medicines.bupropion_mdma",),
        ("medicines.cyp2d6_mdma", "medicines.reuptake_mdma"),
    ),
    (
        MDMA,
        (),
        medicine("fluoxetine"),
        ("medicines.reuptake_mdma",),
        ("medicines.cyp2d6_mdma", "medicines.cyp2d6_mdma_others"),
    ),
    (PSI, (), medicine("bupropion"), ("medicines.bupropion_psilocybin",), ("medicines.ssri_effect",)),
    (
        DMT,
        (),
        {**medicine("duloxetine"), "visit.dmt_product": "five_meo"},
        ("medicines.cyp2d6_5meo",),
        ("medicines.ssri_effect_dmt",),
    ),
    (
        DMT,
        (),
        {**SERTRALINE, "visit.dmt_product": "dmt"},
        ("medicines.ssri_effect_dmt",),
        ("medicines.ayahuasca_serotonergic",),
    ),
    (
        DMT,
        (),
        {**SERTRALINE, "visit.dmt_product": "ayahuasca"},
        ("medicines.ayahuasca_serotonergic", "medicines.ssri_two_weeks_ayahuasca"),
        ("medicines.ssri_effect_dmt",),
    ),
    (
        DMT,
        ("trial-spl026",),
        medicine("sertraline", "2026-06-01"),
        ("medicines.antidepressant_spl026",),
        ("medicines.maoi_spl026",),
    ),
    (
        DMT,
        ("trial-spl026",),
        medicine("phenelzine", "2026-08-24"),
        ("medicines.maoi_spl026",),
        ("medicines.maoi_classic",),
    ),
    (
        DMT,
        ("trial-bpl003",),
        medicine("phenelzine", "2026-08-24"),
        (),
        ("medicines.maoi_spl026", "medicines.antidepressant_spl026"),
    ),
    *(
        (pathway, (), PHENELZINE, ("medicines.maoi_classic",), ("medicines.maoi_mdma",))
        for pathway in (PSI, LSD, DMT, MICRO, OREGON)
    ),
    *((pathway, (), PHENELZINE, ("medicines.maoi_mdma",), ("medicines.maoi_classic",)) for pathway in (MDMA, AU_MDMA)),
    (MDMA, (), medicine("moclobemide", "2026-11-20"), (), ("medicines.maoi_mdma", "medicines.moclobemide_days")),
    (MDMA, (), medicine("phenelzine", "2026-11-10"), ("medicines.maoi_mdma",), ()),
    (
        PSI,
        (),
        medicine("fluoxetine", "2026-10-27"),
        ("medicines.fluoxetine_windows", "medicines.fluoxetine_six_weeks"),
        (),
    ),
    (
        PSI,
        (),
        medicine("fluoxetine", "2026-10-20"),
        ("medicines.fluoxetine_six_weeks",),
        ("medicines.fluoxetine_windows",),
    ),
    (MICRO, (), {**medicine("probenecid"), "visit.microdose": "psilocybin"}, ("medicines.ugt_microdosing",), ()),
    (
        MICRO,
        (),
        {**medicine("probenecid"), "visit.microdose": "lsd"},
        (),
        ("medicines.ugt_microdosing", "medicines.ugt_psilocybin"),
    ),
    (PSI, ("trial-psi-ris",), medicine("disulfiram"), ("medicines.ugt_psi_ris", "medicines.ugt_psilocybin"), ()),
    (
        COLORADO,
        ("colorado",),
        medicine("valproate"),
        ("medicines.practice_boxes_colorado",),
        ("medicines.ugt_psilocybin",),
    ),
    (OREGON, ("oregon",), medicine("valproate"), (), ("medicines.practice_boxes_colorado", "medicines.ugt_psilocybin")),
    (MDMA, (), medicine("ritonavir"), ("medicines.booster_mdma",), ("medicines.booster_lsd",)),
    (LSD, (), medicine("ritonavir"), (), ("medicines.booster_mdma", "medicines.booster_lsd")),
]
STROKE = {"heart.stroke": ["stroke"]}
VIRUS = {"organ.virus": ["hepatitis_c"]}
BODY: list[Pair] = [
    *(
        (pathway, (), STROKE, ("heart.stroke_psilocybin",), ("heart.stroke_psychedelics",))
        for pathway in (PSI, OREGON, COLORADO, AU_PSI)
    ),
    *(
        (pathway, (), STROKE, ("heart.stroke_psychedelics",), ("heart.stroke_psilocybin",))
        for pathway in (LSD, DMT, MICRO, MDMA)
    ),
    *(
        (pathway, (), {"heart.aneurysm": "yes"}, ("heart.aneurysm_psilocybin",), ())
        for pathway in (PSI, LSD, DMT, MICRO, MDMA)
    ),
    (DMT, (), {**VIRUS, "visit.dmt_product": "dmt"}, ("organ.virus_dmt",), ("organ.virus_mdma",)),
    (DMT, (), {**VIRUS, "visit.dmt_product": "five_meo"}, (), ("organ.virus_dmt",)),
    (MDMA, (), VIRUS, ("organ.virus_mdma",), ("organ.virus_dmt",)),
    (LSD, ("trial-mm120",), {"body.weight": 49.9}, ("medical.size_mm120",), ()),
    (LSD, (), {"body.weight": 49.9}, (), ("medical.size_mm120",)),
    (MICRO, ("trial-mdlsd",), {"body.weight": 120.1}, ("medical.weight_mdlsd",), ("medical.bmi_lsddep1",)),
    (MICRO, ("trial-lsddep1",), {"body.weight": 120.1}, (), ("medical.weight_mdlsd",)),
    (
        PSI,
        (),
        {"heart.attack": "yes", "heart.attack_on": "2020"},
        ("heart.attack_psilocybin",),
        ("heart.attack_psychedelics",),
    ),
    (
        LSD,
        (),
        {"heart.attack": "yes", "heart.attack_on": "2020"},
        ("heart.attack_psychedelics",),
        ("heart.attack_psilocybin",),
    ),
]
STATES: list[Pair] = [
    (OREGON, ("oregon",), {"suicide.harm_now": "yes"}, ("suicide.harm_now_oregon",), ("suicide.harm_now",)),
    (COLORADO, ("colorado",), {"suicide.harm_now": "yes"}, ("suicide.harm_now",), ("suicide.harm_now_oregon",)),
    (
        OREGON,
        ("oregon",),
        {"trauma.touch_form": "no"},
        ("trauma.touch_oregon",),
        ("trauma.touch_colorado", "trauma.touch_elsewhere"),
    ),
    (
        COLORADO,
        ("colorado",),
        {"trauma.touch_form": "no"},
        ("trauma.touch_colorado",),
        ("trauma.touch_oregon", "trauma.touch_elsewhere"),
    ),
    (
        PSI,
        (),
        {"trauma.touch_form": "no"},
        ("trauma.touch_elsewhere",),
        ("trauma.touch_oregon", "trauma.touch_colorado"),
    ),
    (
        OREGON,
        ("oregon",),
        {"consent.support_plan": "no"},
        ("consent.support_plan_oregon",),
        ("consent.support_plan_colorado",),
    ),
    (
        COLORADO,
        ("colorado",),
        {"consent.support_plan": "no"},
        ("consent.support_plan_colorado",),
        ("consent.support_plan_oregon",),
    ),
    (OREGON, ("oregon",), {"medical.mushroom_allergy": "yes"}, ("medical.mushrooms",), ("medical.mushrooms_colorado",)),
    (
        COLORADO,
        ("colorado",),
        {"medical.mushroom_allergy": "yes"},
        ("medical.mushrooms_colorado",),
        ("medical.mushrooms",),
    ),
]
PSYCHEDELIC: Sequence[Pair] = [
    *LITHIUM,
    *PRESSURE,
    *AGE,
    *RELATIVES,
    *MIND,
    *ATTEMPTS,
    *SUBSTANCES,
    *MEDICINES,
    *BODY,
    *STATES,
]


ESKETAMINE, CLINIC, KAP, HOME, DOSE_DAY = "esketamine-clinic", "ketamine-clinic", "kap", "ketamine-home", "dose-day"
OFF_LABEL = (CLINIC, KAP, HOME)
US: Ids = ("us-label",)
EU: Ids = ("eu-label",)
LABELS: Ids = (*US, *EU)


def given_today(product: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"visit.dose_product": product, **answers}


def attack(day: str) -> Mapping[str, Any]:
    return {"heart.attack": "yes", "heart.attack_on": day}


def aged(years: int, systolic: int, diastolic: int) -> Mapping[str, Any]:
    return {"person.age": years, "bp.readings": [[systolic, diastolic]]}


def takes_by_mouth(diagnosis: str, *names: str) -> Mapping[str, Any]:
    taken = [{"name": name, "use": "current"} for name in names]
    return {"mood.main_diagnosis": diagnosis, "medicines.list": taken}


AVM, NEW_AVM = {"heart.avm": "yes"}, {"day.new_event": ["avm"]}
PAST_STROKE: Mapping[str, Any] = {"heart.stroke": ["stroke"], "heart.stroke_on": "2026-05-23"}
NEW_STROKE = {"day.new_event": ["stroke"]}
OTHER_EVENT: Mapping[str, Any] = {
    "heart.attack": "no",
    "heart.other_event": ["other"],
    "heart.other_event_on": "2026-10-12",
}
VESSELS: list[Pair] = [
    (ESKETAMINE, US, AVM, ("heart.avm_us",), ()),
    (ESKETAMINE, EU, AVM, (), ("heart.avm_us",)),
    (DOSE_DAY, US, given_today("esketamine", NEW_AVM), ("day.new_avm_us",), ()),
    (DOSE_DAY, EU, given_today("esketamine", NEW_AVM), (), ("day.new_avm_us",)),
    (DOSE_DAY, US, given_today("ketamine", NEW_AVM), (), ("day.new_avm_us",)),
    (ESKETAMINE, EU, attack("2026-10-12"), ("heart.event_six_weeks_eu", "heart.attack_esketamine"), ()),
    (ESKETAMINE, EU, attack("2026-10-11"), ("heart.attack_esketamine",), ("heart.event_six_weeks_eu",)),
    (ESKETAMINE, US, attack("2026-10-12"), ("heart.attack_esketamine",), ("heart.event_six_weeks_eu",)),
    (ESKETAMINE, EU, OTHER_EVENT, ("heart.event_six_weeks_eu",), ("heart.attack_esketamine",)),
    (ESKETAMINE, US, OTHER_EVENT, (), ("heart.event_six_weeks_eu", "heart.attack_esketamine")),
    *((p, (), attack("2026-05-23"), ("heart.attack_six_months_ketamine",), ()) for p in OFF_LABEL),
    *((p, (), attack("2026-05-22"), (), ("heart.attack_six_months_ketamine",)) for p in OFF_LABEL),
    (ESKETAMINE, EU, PAST_STROKE, ("heart.stroke_esketamine", "heart.stroke_six_months_eu"), ()),
    (ESKETAMINE, US, PAST_STROKE, ("heart.stroke_esketamine",), ("heart.stroke_six_months_eu",)),
    (
        ESKETAMINE,
        EU,
        {**PAST_STROKE, "heart.stroke_on": "2026-05-22"},
        ("heart.stroke_esketamine",),
        ("heart.stroke_six_months_eu",),
    ),
    *((p, (), PAST_STROKE, ("heart.stroke_ketamine",), ("heart.tia_ketamine",)) for p in OFF_LABEL),
    *((p, (), {"heart.stroke": ["tia"]}, ("heart.tia_ketamine",), ("heart.stroke_ketamine",)) for p in OFF_LABEL),
    (DOSE_DAY, (), given_today("esketamine", NEW_STROKE), ("day.new_stroke_esketamine",), ("day.new_stroke_ketamine",)),
    (DOSE_DAY, (), given_today("ketamine", NEW_STROKE), ("day.new_stroke_ketamine",), ("day.new_stroke_esketamine",)),
    (ESKETAMINE, LABELS, {"heart.severe": "yes"}, ("heart.coronary_severe_esketamine",), ()),
    (HOME, (), {"heart.severe": "yes"}, ("heart.coronary_severe",), ()),
]
US_LINE, EU_LINE = "bp.label_reference", "bp.eu_reference"
US_DAY, EU_DAY = "day.pressure_us", "day.pressure_eu"
LABEL_PRESSURE: list[Pair] = [
    *((ESKETAMINE, LABELS, aged(years, 140, 90), (), (US_LINE, EU_LINE)) for years in (64, 65)),
    (ESKETAMINE, LABELS, aged(64, 141, 80), (US_LINE, EU_LINE), ()),
    (ESKETAMINE, LABELS, aged(65, 141, 80), (US_LINE,), (EU_LINE,)),
    (ESKETAMINE, LABELS, aged(65, 150, 90), (US_LINE,), (EU_LINE,)),
    (ESKETAMINE, LABELS, aged(65, 151, 80), (US_LINE, EU_LINE), ()),
    (ESKETAMINE, LABELS, aged(65, 120, 91), (US_LINE, EU_LINE), ()),
    (ESKETAMINE, US, aged(64, 141, 80), (US_LINE,), (EU_LINE,)),
    (ESKETAMINE, EU, aged(64, 141, 80), (EU_LINE,), (US_LINE,)),
    (DOSE_DAY, LABELS, given_today("esketamine", aged(65, 150, 90)), (US_DAY,), (EU_DAY,)),
    (DOSE_DAY, LABELS, given_today("esketamine", aged(64, 141, 90)), (US_DAY, EU_DAY), ()),
    (DOSE_DAY, LABELS, given_today("ketamine", aged(64, 190, 110)), (), (US_DAY, EU_DAY)),
    *((p, ("clinic",), aged(64, 200, 110), ("bp.stage",), ("bp.clinic_limit", US_LINE, EU_LINE)) for p in OFF_LABEL),
    (HOME, (), pressure(161, 90), ("home.pressure_before_dose",), ()),
    (CLINIC, (), pressure(161, 90), (), ("home.pressure_before_dose",)),
    (
        DOSE_DAY,
        (),
        given_today("ketamine", {"bp.readings": [[120, 80, 101]]}),
        ("day.pulse_above_100",),
        ("day.pulse_above_110",),
    ),
    (
        DOSE_DAY,
        (),
        given_today("esketamine", {"bp.readings": [[120, 80, 150]]}),
        (),
        ("day.pulse_above_100", "day.pulse_above_110"),
    ),
]
UNDER_18 = ("visit.under_18_us", "visit.under_18_eu", "visit.under_18_ketamine")
FIRST_DOSE_US, FIRST_DOSE_EU, FALLS = (
    "visit.from_65_first_dose_us",
    "visit.from_65_first_dose_eu",
    "visit.from_65_falls",
)
LABEL_AGE: list[Pair] = [
    (ESKETAMINE, US, {"person.age": 17}, UNDER_18[:1], UNDER_18[1:]),
    (ESKETAMINE, EU, {"person.age": 17}, UNDER_18[1:2], (UNDER_18[0], UNDER_18[2])),
    *((p, (), {"person.age": 17}, UNDER_18[2:], UNDER_18[:2]) for p in OFF_LABEL),
    *((p, LABELS, {"person.age": 18}, (), UNDER_18) for p in (ESKETAMINE, *OFF_LABEL)),
    *((ESKETAMINE, US, {"person.age": age}, ("suicide.age_18_24_us",), ()) for age in (18, 24)),
    *((ESKETAMINE, US, {"person.age": age}, (), ("suicide.age_18_24_us",)) for age in (17, 25)),
    (ESKETAMINE, EU, {"person.age": 18}, (), ("suicide.age_18_24_us",)),
    (ESKETAMINE, US, {"person.age": 65}, (FIRST_DOSE_US,), (FIRST_DOSE_EU, FALLS)),
    (ESKETAMINE, EU, {"person.age": 65}, (FIRST_DOSE_EU, FALLS), (FIRST_DOSE_US,)),
    (ESKETAMINE, LABELS, {"person.age": 65}, (FIRST_DOSE_US, FIRST_DOSE_EU, FALLS), ()),
    (ESKETAMINE, LABELS, {"person.age": 64}, (), (FIRST_DOSE_US, FIRST_DOSE_EU, FALLS)),
]
WITHOUT_US, WITHOUT_EU = "earlier.without_antidepressant_us", "earlier.without_ssri_eu"
ONE_TRIED = {"mood.main_diagnosis": "mdd_trd", "earlier.episode_count": 1}
INDICATION: list[Pair] = [
    (ESKETAMINE, US, takes_by_mouth("mdd_trd"), (), (WITHOUT_US, WITHOUT_EU)),
    (ESKETAMINE, EU, takes_by_mouth("mdd_trd"), (WITHOUT_EU,), (WITHOUT_US,)),
    (ESKETAMINE, US, takes_by_mouth("mdd_suicidal"), (WITHOUT_US,), (WITHOUT_EU,)),
    (ESKETAMINE, LABELS, takes_by_mouth("mdd_trd", "mirtazapine"), (WITHOUT_EU,), (WITHOUT_US,)),
    (ESKETAMINE, LABELS, takes_by_mouth("mdd_suicidal", "mirtazapine"), (WITHOUT_EU,), (WITHOUT_US,)),
    (ESKETAMINE, LABELS, takes_by_mouth("mdd_suicidal", "sertraline"), (), (WITHOUT_US, WITHOUT_EU)),
    (ESKETAMINE, US, ONE_TRIED, ("earlier.two_us",), ("earlier.two_eu",)),
    (ESKETAMINE, EU, ONE_TRIED, ("earlier.two_eu",), ("earlier.two_us",)),
    (
        ESKETAMINE,
        US,
        {"day.watch_hours": 1.75, "day.certified": "no"},
        ("day.watch_planned", "day.certified_setting"),
        (),
    ),
    (
        ESKETAMINE,
        EU,
        {"day.watch_hours": 1.75, "day.certified": "no"},
        (),
        ("day.watch_planned", "day.certified_setting"),
    ),
    (ESKETAMINE, US, {"day.watch_hours": 2}, (), ("day.watch_planned",)),
    (DOSE_DAY, US, given_today("esketamine", {"day.oximeter_today": "no"}), ("day.site_today",), ()),
    (DOSE_DAY, EU, given_today("esketamine", {"day.oximeter_today": "no"}), (), ("day.site_today",)),
]
POSITIVE = ("repro.positive_today_esketamine", "repro.positive_today_ketamine", "repro.positive_today_psychedelics")
TESTED = {"repro.possible_today": "yes", "repro.test_today": "positive"}
CLASS_B, CLASS_C = ({"organ.liver": "yes", "organ.child_pugh": letter} for letter in "bc")
INTENT = {"suicide.cssrs": {"items": {"4": 1}}}
PREGNANT = {"person.pregnancy_applies": "yes", "repro.possible": "yes", "repro.pregnant": "yes"}
PRODUCT: list[Pair] = [
    (DOSE_DAY, (), given_today("esketamine", TESTED), POSITIVE[:1], POSITIVE[1:]),
    (DOSE_DAY, (), given_today("ketamine", TESTED), POSITIVE[1:2], (POSITIVE[0], POSITIVE[2])),
    (DOSE_DAY, (), given_today("mdma", TESTED), POSITIVE[2:], POSITIVE[:2]),
    (ESKETAMINE, (), PREGNANT, ("repro.pregnant_esketamine",), ()),
    (KAP, (), PREGNANT, ("repro.pregnant_ketamine",), ()),
    (ESKETAMINE, (), CLASS_B, ("organ.liver_longer_watch",), ("organ.liver_esketamine",)),
    (ESKETAMINE, (), CLASS_C, ("organ.liver_esketamine",), ("organ.liver_longer_watch",)),
    *((p, (), CLASS_C, ("organ.liver_ketamine",), ()) for p in OFF_LABEL),
    *(
        (
            p,
            (),
            {"organ.thyroid": ["overactive"], "organ.thyroid_controlled": "no"},
            (f"organ.hyperthyroid_{product}",),
            (),
        )
        for p, product in ((ESKETAMINE, "esketamine"), (CLINIC, "ketamine"))
    ),
    *(
        (p, (), {"neuro.head_injury": "yes"}, (f"neuro.head_injury_{product}",), ())
        for p, product in ((ESKETAMINE, "esketamine"), (CLINIC, "ketamine"))
    ),
    *((p, (), {"psychosis.first_degree": "yes"}, ("psychosis.first_degree_ketamine",), ()) for p in OFF_LABEL),
    *((p, (), {"heart.preeclampsia": "yes", **PREGNANT}, ("heart.preeclampsia_ketamine",), ()) for p in OFF_LABEL),
    (HOME, (), INTENT, ("suicide.home_service", "suicide.thoughts"), ()),
    *((p, (), INTENT, ("suicide.thoughts",), ("suicide.home_service",)) for p in (ESKETAMINE, CLINIC, KAP)),
    (HOME, (), {"medical.apnoea": "yes"}, ("home.breathing", "medical.sleep_apnoea"), ()),
    (CLINIC, (), {"medical.apnoea": "yes"}, ("medical.sleep_apnoea",), ("home.breathing",)),
    (
        ESKETAMINE,
        (),
        medicine("theophylline"),
        ("medicines.norway_ketamine", "medicines.pressure_raising_ketamine"),
        ("medicines.theophylline_ketamine",),
    ),
    (CLINIC, (), medicine("theophylline"), ("medicines.norway_ketamine", "medicines.theophylline_ketamine"), ()),
    (
        ESKETAMINE,
        (),
        medicine("levothyroxine"),
        ("medicines.pressure_raising_ketamine",),
        ("medicines.norway_ketamine",),
    ),
    (ESKETAMINE, (), medicine("naltrexone"), ("medicines.naltrexone_ketamine",), ()),
    (ESKETAMINE, (), medicine("lamotrigine"), (), ("medicines.lamotrigine_ketamine",)),
    (KAP, (), medicine("lamotrigine"), ("medicines.lamotrigine_ketamine",), ()),
    (KAP, (), medicine("clopidogrel"), ("medicines.cyp2b6_inhibitor",), ()),
    (CLINIC, (), medicine("clopidogrel"), (), ("medicines.cyp2b6_inhibitor",)),
    *(
        (HOME, (), {"medicines.grapefruit": "yes", "visit.route": route}, ("medicines.grapefruit_ketamine",), ())
        for route in ("oral", "sl")
    ),
    (HOME, (), {"medicines.grapefruit": "yes", "visit.route": "nasal"}, (), ("medicines.grapefruit_ketamine",)),
]
KETAMINE: Sequence[Pair] = [*VESSELS, *LABEL_PRESSURE, *LABEL_AGE, *INDICATION, *PRODUCT]


def named(pair: Pair) -> str:
    pathway, profiles, answers, is_listed, not_listed = pair
    return " ".join([pathway, *profiles, *answers, *is_listed, *not_listed])[:120]


@pytest.mark.parametrize("pair", [*KETAMINE, *PSYCHEDELIC], ids=named)
def test_each_pathway_and_profile_lists_what_its_own_sources_name(pair: Pair) -> None:
    pathway, profiles, answers, is_listed, not_listed = pair
    assert {*is_listed, *not_listed} <= set(shipped().rules)
    found = listed(pathway, profiles, answers)
    assert [rule_id for rule_id in is_listed if rule_id not in found] == []
    assert [rule_id for rule_id in not_listed if rule_id in found] == []


@pytest.mark.parametrize("rule_id", sorted({rule_id for pair in (*KETAMINE, *PSYCHEDELIC) for rule_id in pair[3]}))
def test_what_is_listed_somewhere_is_not_listed_where_nothing_was_asked(rule_id: str) -> None:
    rule = shipped().rules[rule_id]
    for pathway in rule.pathways:
        assert rule_id not in listed(pathway, rule.profiles, {})


@pytest.mark.parametrize("pathway", sorted(pathway.id for pathway in shipped().pathways))
def test_the_cases_of_a_rule_come_out_the_same_on_each_of_its_pathways(pathway: str) -> None:
    cases = Cases(shipped())
    otherwise, outcomes = [], set()
    for rule in shipped().rules.values():
        if rule.status == "retired" or pathway not in rule.pathways:
            continue
        for case in rule.cases:
            there = case.model_copy(update={"pathway": pathway})
            asked = cases.rules_for(rule, there).form.questions
            if not set(case.given) <= set(asked):
                continue
            found = cases.run(rule, there)
            outcomes.add((rule.id, found.outcome))
            if not as_written(case, found.outcome, found.level):
                otherwise.append((rule.id, case.name, found.outcome))
        for outcome in ("listed", "not_listed"):
            assert (rule.id, outcome) in outcomes
    assert otherwise == []
