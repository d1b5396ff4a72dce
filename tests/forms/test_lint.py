"""Each check of content names what it is for, at its line; the small pack without the slip has no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms.findings import REMARKS, Code, nearest
from screener.forms.lint import CHECKS
from screener.forms.lint.courses import courses_that_do_not_fit
from screener.forms.pack import load_pack, read_pack
from tests.forms.writing import line_of, write_pack

QUESTIONS, RULES, CLINIC = "themes/heart/questions.yaml", "themes/heart/rules.yaml", "profiles/clinic.yaml"
SPRAY, ROWS, PACK = "pathways/spray.yaml", "rows.yaml", "pack.yaml"
NINE, CLASSES, NAMES = "instruments/nine.yaml", "medicines/classes.yaml", "medicines/names.yaml"
FAST, VERY_FAST = "when: {ask: heart.rate, above: 100, unit: /min}", "when: {ask: heart.rate, above: 130, unit: /min}"
READINGS = '- {readings: heart.pressures, mean: systolic, above: {parameter: pressure.systolic}, unit: "mm[Hg]"}'
GATE = '{ask: heart.bleed, is: "yes"}'
NOT_APPLICABLE = "\n    when_hidden: not applicable"
GATED = f"shown_when: {GATE}{NOT_APPLICABLE}"
AGE_OF = "  - {id: heart.age, kind: derived, text: Age, formula: {name: age, of: [%s]}}\n  - id: heart.rate"
COURSE = (
    "themes: [heart]\ncourse:\n  readings: heart.pressures\n  given_at: {given}\n  left_at: heart.bleed_on\n"
    "  product: heart.kind\n  due:\n"
)
DUE = "    - {{phase: leaving, after_min: {after}, products: [{product}], source: {source}, {basis}says: A time}}\n"
TWO = "kind: choice\n    text: Which kind?"


def fast(node: str) -> tuple[str, str, str]:
    return RULES, FAST, f"when: {node}"


def shown(text: str) -> tuple[str, str, str]:
    return QUESTIONS, GATED, text


def look(more: str) -> tuple[str, str, str]:
    return QUESTIONS, "text: Is that all?\n", f"text: Is that all?\n    together: here\n    {more}\n"


def course(
    *after: int, given: str = "heart.bleed_on", product: str = "valve", source: str = "label", basis: str = ""
) -> tuple[str, str, str]:
    dues = (DUE.format(after=minutes, product=product, source=source, basis=basis) for minutes in after)
    return SPRAY, "themes: [heart]\n", COURSE.format(given=given) + "".join(dues)


def also(more: str) -> tuple[str, str, str]:
    file, old, new = course(40)
    return file, old, new.replace("  due:", f"  {more}\n  due:")


def named(names: str) -> tuple[str, str, str]:
    return also(f"names: {names}")


def without(listed: str, complete: str, answers: str) -> tuple[str, str, str]:
    return also(f"without_medicines: {{list: heart.{listed}, complete: heart.{complete}, answers: {{{answers}}}}}")


SLIPS: list[tuple[str, tuple[str, str, str], Code, str]] = [
    (
        "unknown_names_of_pathways",
        (SPRAY, "[general, clinic]", "[general, clinc, clinic]"),
        Code.UNKNOWN_PROFILE,
        "did you mean clinic?",
    ),
    (
        "unknown_names_of_pathways",
        (SPRAY, "themes: [heart]", "themes: [heart, haert]"),
        Code.UNKNOWN_THEME,
        "did you mean heart?",
    ),
    ("unknown_names_of_pathways", (SPRAY, "source: label", "source: labl"), Code.UNKNOWN_SOURCE, "did you mean label?"),
    (
        "unknown_names_of_profiles",
        (CLINIC, "{ref: trial, strength", "{ref: trail, strength"),
        Code.UNKNOWN_SOURCE,
        "did you mean trial?",
    ),
    (
        "unknown_names_of_profiles",
        (CLINIC, "title: Pressure", "title: Pressure\n    pathways: [spry]"),
        Code.UNKNOWN_PATHWAY,
        "did you mean spray?",
    ),
    (
        "unknown_names_of_profiles",
        (CLINIC, "parameters:\n", "state_form: {title: a form, dated: heart.bled_on}\nparameters:\n"),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.bleed_on?",
    ),
    (
        "unknown_names_of_profiles",
        (CLINIC, "parameters:\n", "state_form: {title: a form, dated: heart.rate}\nparameters:\n"),
        Code.TEST_DOES_NOT_FIT,
        "name a question of kind date",
    ),
    (
        "unknown_names_of_questions",
        (QUESTIONS, "text: Resting rate", "text: Resting rate\n    pathways: [spray, spry]"),
        Code.UNKNOWN_PATHWAY,
        "did you mean spray?",
    ),
    (
        "unknown_names_of_rules",
        (RULES, "tier: note\n  profiles: [general]", "tier: note\n  profiles: [generall, general]"),
        Code.UNKNOWN_PROFILE,
        "did you mean general?",
    ),
    (
        "unknown_names_of_rules",
        (
            RULES,
            "tier: note\n  profiles: [general]\n  pathways: [spray]",
            "tier: note\n  profiles: [general]\n  pathways: [spray, spry]",
        ),
        Code.UNKNOWN_PATHWAY,
        "did you mean spray?",
    ),
    (
        "unknown_names_of_rules",
        (RULES, "{ref: trial, strength: evidence}", "{ref: trail, strength: evidence}"),
        Code.UNKNOWN_SOURCE,
        "did you mean trial?",
    ),
    (
        "unknown_names_of_rules",
        (
            RULES,
            "{ref: trial, strength: evidence}",
            "{ref: trial, strength: evidence}\n  others: [{ref: labl, says: 180, strength: warning}]".replace(
                "180", "'180'"
            ),
        ),
        Code.UNKNOWN_SOURCE,
        "did you mean label?",
    ),
    (
        "unknown_names_of_cases",
        (RULES, "level: very_fast", "level: very_fst"),
        Code.UNKNOWN_LEVEL,
        "did you mean very_fast?",
    ),
    (
        "unknown_names_of_cases",
        (
            RULES,
            'given: {heart.bleed: "no", heart.pressures: [[151, 80]]}\n      parameters: {pressure: low}',
            'given: {heart.bleed: "no", heart.pressures: [[151, 80]]}\n      parameters: {pressure: lo}',
        ),
        Code.UNKNOWN_OPTION,
        "did you mean low?",
    ),
    (
        "unknown_names_of_cases",
        (
            RULES,
            'given: {heart.bleed: "no", heart.pressures: [[151, 80]]}\n      parameters: {pressure: low}',
            'given: {heart.bleed: "no", heart.pressures: [[151, 80]]}\n      parameters: {presure: low}',
        ),
        Code.UNKNOWN_PARAMETER,
        "did you mean pressure?",
    ),
    (
        "unknown_names_of_cases",
        (RULES, "given: {heart.rate: 101}, is: listed", "given: {heart.rate: 101}, pathway: spry, is: listed"),
        Code.UNKNOWN_PATHWAY,
        "did you mean spray?",
    ),
    ("ids_that_stand_twice", (QUESTIONS, "{id: rhythm,", "{id: valve,"), Code.DUPLICATE_ID, "name"),
    ("ids_that_stand_twice", (RULES, "name: far above", "name: above"), Code.DUPLICATE_ID, "name"),
    ("ids_that_stand_twice", (CLINIC, "{id: high,", "{id: low,"), Code.DUPLICATE_ID, "name"),
    ("rows_that_do_not_fit", (ROWS, "heart.recent]", "heart.recnt]"), Code.UNKNOWN_RULE, "did you mean heart.recent?"),
    ("rows_that_do_not_fit", (ROWS, "heart.recent]", "heart.recent, heart.fast]"), Code.UNKNOWN_ROW, "basis"),
    (
        "rows_that_do_not_fit",
        (ROWS, "left_out: a copy of another row", "because: a copy"),
        Code.WRONG_SHAPE,
        "left_out",
    ),
    ("rows_that_do_not_fit", (ROWS, "left_out: a copy of another row", "left_out:"), Code.WRONG_SHAPE, "left_out"),
    (
        "rows_that_do_not_fit",
        (
            ROWS,
            "ket/CV-2:\n  left_out: a copy of another row\n",
            "ket/CV-2:\n  left_out: a copy\nCV-3:\n  left_out: a copy\n",
        ),
        Code.UNKNOWN_ROW,
        "ket/MH-1",
    ),
    ("basis_that_is_no_row", (RULES, "basis: [ket/CV-2]", "basis: [ket/CV-2, CV-2]"), Code.UNKNOWN_ROW, "ket/MH-1"),
    (
        "basis_that_is_no_row",
        (RULES, "basis: [ket/CV-2]", "basis: [ket/CV-9]"),
        Code.UNKNOWN_ROW,
        "did you mean ket/CV-",
    ),
    ("profiles_that_nothing_uses", (SPRAY, "[general, clinic]", "[general]"), Code.UNUSED_PROFILE, "pathway"),
    ("shapes_that_do_not_fit", (QUESTIONS, TWO, "kind: text\n    text: Which kind?"), Code.QUESTION_SHAPE, "options"),
    (
        "shapes_that_do_not_fit",
        (QUESTIONS, "    parts: [systolic, diastolic, pulse]\n", ""),
        Code.QUESTION_SHAPE,
        "parts",
    ),
    (
        "shapes_that_do_not_fit",
        (QUESTIONS, TWO, f"{TWO}\n    all_of_these: true"),
        Code.QUESTION_SHAPE,
        "take `all_of_these` out",
    ),
    ("shapes_that_do_not_fit", (QUESTIONS, "step: 1", "step: 0"), Code.QUESTION_SHAPE, "step"),
    ("shapes_that_do_not_fit", (QUESTIONS, "[25, 220]\n  - id", "[220, 25]\n  - id"), Code.QUESTION_SHAPE, "swap"),
    (
        "what_calls_for_questions",
        (QUESTIONS, TWO, f"{TWO}\n    at_need: [heart.blead]"),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.bleed?",
    ),
    ("what_calls_for_questions", (QUESTIONS, TWO, f"{TWO}\n    at_need: [heart.bleed]"), Code.QUESTION_SHAPE, "worse:"),
    ("what_calls_for_questions", (QUESTIONS, TWO, f"{TWO}\n    at_need: [heart.kind]"), Code.QUESTION_SHAPE, "beside"),
    ("lines_that_say_yes", (QUESTIONS, TWO, f"{TWO}\n    says_yes: true"), Code.QUESTION_SHAPE, "out"),
    ("lines_that_say_yes", shown(f"{GATED.replace('yes', 'no')}\n    says_yes: true"), Code.QUESTION_SHAPE, "together"),
    ("looks_that_do_not_fit", (QUESTIONS, TWO, f"{TWO}\n    together: here"), Code.QUESTION_SHAPE, "`together`"),
    ("looks_that_do_not_fit", look('worse: "yes"'), Code.QUESTION_SHAPE, "take `together` out"),
    ("looks_that_do_not_fit", look('worse: "no"\n    for_patient: Is that all?'), Code.QUESTION_SHAPE, "`together`"),
    ("looks_that_do_not_fit", look('worse: "no"'), Code.QUESTION_SHAPE, "two at least"),
    (
        "own_questions_that_are_read",
        (QUESTIONS, "  - id: heart.rate\n", "  - id: heart.rate\n    own: true\n"),
        Code.READ_BY_A_RULE,
        "take `own` out",
    ),
    (
        "formulas_that_do_not_fit",
        (
            QUESTIONS,
            "  - id: heart.rate",
            AGE_OF % "heart.rate",
        ),
        Code.TEST_DOES_NOT_FIT,
        "date",
    ),
    (
        "formulas_that_do_not_fit",
        (
            QUESTIONS,
            "  - id: heart.rate",
            AGE_OF % "heart.bled_on",
        ),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.bleed_on?",
    ),
    ("display_conditions", shown(f"shown_when: {GATE}"), Code.WHEN_HIDDEN, "when_hidden"),
    ("display_conditions", shown("when_hidden: not applicable"), Code.WHEN_HIDDEN, "take it out"),
    ("display_conditions", shown(f'shown_when: {GATE}\n    when_hidden: "no"'), Code.WHEN_HIDDEN, "2026"),
    (
        "display_conditions",
        shown(f"shown_when: {{all: [{{any: [{GATE}]}}]}}\n    when_hidden: not applicable"),
        Code.DISPLAY_SHAPE,
        "asks",
    ),
    (
        "display_conditions",
        shown("shown_when: {ask: heart.rate, above: {parameter: pressure.systolic}, unit: /min}" + NOT_APPLICABLE),
        Code.DISPLAY_SHAPE,
        "figure",
    ),
    (
        "display_cycles",
        (
            QUESTIONS,
            "text: Bleeding in the brain, ever?",
            "text: Bleeding in the brain, ever?\n    shown_when: {ask: heart.bleed_on, within: 1 a}" + NOT_APPLICABLE,
        ),
        Code.DISPLAY_CYCLE,
        "take",
    ),
    ("courses_that_do_not_fit", course(40), Code.TEST_DOES_NOT_FIT, "name a datetime"),
    ("courses_that_do_not_fit", course(40, given="heart.blead_on"), Code.UNKNOWN_QUESTION, "did you mean heart.bleed"),
    ("courses_that_do_not_fit", course(40, product="valv"), Code.UNKNOWN_OPTION, "did you mean valve?"),
    ("courses_that_do_not_fit", course(40, basis="asked_at: heart.bleed_om, "), Code.UNKNOWN_QUESTION, "bleed_on?"),
    ("courses_that_do_not_fit", course(40, basis="asked_at: heart.kind, "), Code.TEST_DOES_NOT_FIT, "name a datetime"),
    ("courses_that_do_not_fit", course(40, basis="asked_whether: heart.bled, "), Code.UNKNOWN_QUESTION, "bleed?"),
    ("courses_that_do_not_fit", named("{valv: [one]}"), Code.UNKNOWN_OPTION, "did you mean valve?"),
    ("courses_that_do_not_fit", named("{valve: [One], rhythm: [two, one]}"), Code.COURSE, "keep one"),
    ("courses_that_do_not_fit", also("planned_at: heart.bleed_no"), Code.UNKNOWN_QUESTION, "did you mean heart.bleed"),
    (
        "courses_that_do_not_fit",
        without("medicines", "medicines_al", "heart.kind: valve"),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.medicines",
    ),
    (
        "courses_that_do_not_fit",
        without("medicines", "medicines_all", "heart.kind: valv"),
        Code.UNKNOWN_OPTION,
        "did you mean valve?",
    ),
    ("courses_that_do_not_fit", course(40, source="labl"), Code.UNKNOWN_SOURCE, "did you mean label?"),
    ("courses_that_do_not_fit", course(40, basis="basis: ket/CV-9, "), Code.UNKNOWN_ROW, "did you mean ket/CV-"),
    ("courses_that_do_not_fit", course(40, 30), Code.COURSE, "due first"),
    (
        "whether_asked_anew_that_is_not_said",
        (QUESTIONS, "text: Resting rate", "text: Resting rate today"),
        Code.ASKED_ANEW,
        "asked_anew: true",
    ),
    *(
        (
            "whether_asked_anew_that_is_not_said",
            (QUESTIONS, "text: Resting rate", f"text: Resting rate{words}"),
            Code.ASKED_ANEW,
            "asked_anew: true",
        )
        for words in (
            " in the past four weeks",
            " in the last 3 months",
            " in the past year",
            " in recent months",
            ", how many months ago",
            "\n    help: Measured lately.",
        )
    ),
    (
        "whether_asked_anew_that_is_not_said",
        (QUESTIONS, "text: The rhythm", 'text: "The rhythm, at present"'),
        Code.ASKED_ANEW,
        "asked_anew: true",
    ),
    (
        "whether_asked_anew_that_is_not_said",
        (QUESTIONS, "text: Readings", "text: Readings\n    asked_anew: false"),
        Code.QUESTION_SHAPE,
        "out",
    ),
    (
        "whether_asked_anew_that_is_not_said",
        (QUESTIONS, "text: Resting rate", "text: Resting rate\n    same_for: 12 mo"),
        Code.QUESTION_SHAPE,
        "take `same_for` out",
    ),
    (
        "unknown_questions",
        fast("{ask: heart.rat, above: 100, unit: /min}"),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.rate?",
    ),
    (
        "unknown_questions",
        shown('shown_when: {ask: heart.blead, is: "yes"}\n    when_hidden: not applicable'),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.bleed?",
    ),
    ("tests_that_do_not_fit", fast("{ask: heart.rate, within: 6 wk}"), Code.TEST_DOES_NOT_FIT, "above"),
    ("tests_that_do_not_fit", fast("{ask: heart.rate, after: visit}"), Code.TEST_DOES_NOT_FIT, "above"),
    (
        "comparisons_that_do_not_fit",
        fast("{compare: heart.bleed_on, minus: heart.bleed_on, at_least: 3}"),
        Code.TEST_DOES_NOT_FIT,
        "within",
    ),
    (
        "comparisons_that_do_not_fit",
        fast("{compare: heart.bleed_on, above: heart.bleed_on, times: 4}"),
        Code.TEST_DOES_NOT_FIT,
        "within",
    ),
    ("tests_that_do_not_fit", fast("{ask: heart.kind, above: 100}"), Code.TEST_DOES_NOT_FIT, "is, one_of"),
    ("tests_that_do_not_fit", fast('{ask: heart.pressures, is: "yes"}'), Code.TEST_DOES_NOT_FIT, "no test"),
    ("tests_that_do_not_fit", fast("{ask: heart.bleed_on, within: 2 h}"), Code.TEST_DOES_NOT_FIT, "days"),
    (
        "tests_that_do_not_fit",
        fast("{ask: heart.bleed_on, within: 2 d, before: heart.rate}"),
        Code.TEST_DOES_NOT_FIT,
        "date",
    ),
    (
        "comparisons_that_do_not_fit",
        fast("{compare: heart.rate, above: heart.bleed_on}"),
        Code.TEST_DOES_NOT_FIT,
        "two numbers",
    ),
    (
        "readings_that_do_not_fit",
        fast("{readings: heart.rate, mean: systolic, above: 100, unit: /min}"),
        Code.TEST_DOES_NOT_FIT,
        "readings",
    ),
    (
        "readings_that_do_not_fit",
        fast('{readings: heart.pressures, phase: befor, mean: systolic, above: 100, unit: "mm[Hg]"}'),
        Code.UNKNOWN_OPTION,
        "did you mean before?",
    ),
    (
        "readings_that_do_not_fit",
        (QUESTIONS, "parts: [systolic, diastolic, pulse]", "parts: [diastolic, pulse]"),
        Code.UNKNOWN_OPTION,
        "diastolic",
    ),
    (
        "options_that_do_not_exist",
        fast("{ask: heart.kind, one_of: [valve, rythm]}"),
        Code.UNKNOWN_OPTION,
        "did you mean rhythm?",
    ),
    (
        "options_that_do_not_exist",
        shown("shown_when: {ask: heart.bleed, is: true_}\n    when_hidden: not applicable"),
        Code.UNKNOWN_OPTION,
        "known: no, yes",
    ),
    ("units_that_differ", fast("{ask: heart.rate, above: 100}"), Code.UNIT_MISMATCH, "/min"),
    ("units_that_differ", fast("{ask: heart.rate, above: 100, unit: Hz}"), Code.UNIT_MISMATCH, "/min"),
    ("units_that_differ", (RULES, READINGS, READINGS.replace("mm[Hg]", "kPa")), Code.UNIT_MISMATCH, "mm[Hg]"),
    (
        "figures_off_step_or_out_of_range",
        fast("{ask: heart.rate, above: 100.5, unit: /min}"),
        Code.OFF_STEP,
        "multiple",
    ),
    (
        "figures_off_step_or_out_of_range",
        fast("{ask: heart.rate, between: [20, 100], unit: /min}"),
        Code.OUT_OF_RANGE,
        "check",
    ),
    (
        "figures_off_step_or_out_of_range",
        (RULES, VERY_FAST, VERY_FAST.replace("130", "300")),
        Code.OUT_OF_RANGE,
        "check",
    ),
    (
        "figures_off_step_or_out_of_range",
        (RULES, READINGS, READINGS.replace("{parameter: pressure.systolic}", "20")),
        Code.OUT_OF_RANGE,
        "check",
    ),
    (
        "figures_off_step_or_out_of_range",
        (RULES, READINGS, "- {readings: heart.pressures, count: {at_least: 2, of: {systolic: {above: 20}}}}"),
        Code.OUT_OF_RANGE,
        "check",
    ),
    (
        "parameters_that_do_not_exist",
        (RULES, "{parameter: pressure.systolic}", "{parameter: presure.systolic}"),
        Code.UNKNOWN_PARAMETER,
        "did you mean pressure?",
    ),
    (
        "parameters_that_do_not_exist",
        (RULES, "{parameter: pressure.systolic}", "{parameter: pressure.sistolic}"),
        Code.UNKNOWN_PARAMETER,
        "did you mean systolic?",
    ),
    ("nodes_for_one_class_only", fast("{missing: heart.rate}"), Code.WRONG_CLASS, "completeness"),
    ("nodes_for_one_class_only", fast("{accounts_differ: heart.rate}"), Code.WRONG_CLASS, "check"),
    (
        "nots_of_what_may_not_apply",
        (RULES, "- {ask: heart.bleed_on, within: 6 wk}", "- {not: {ask: heart.bleed_on, older_than: 6 wk}}"),
        Code.NOT_OF_HIDDEN,
        "meant",
    ),
    ("levels_out_of_order", (RULES, VERY_FAST, VERY_FAST.replace("130", "100")), Code.LEVEL_ORDER, "highest"),
    (
        "instruments_that_do_not_exist",
        (QUESTIONS, "instrument: nine", "instrument: nin"),
        Code.UNKNOWN_INSTRUMENT,
        "nine",
    ),
    (
        "instruments_that_do_not_exist",
        (QUESTIONS, "complete: heart.medicines_all", "complete: heart.medicines_al"),
        Code.UNKNOWN_QUESTION,
        "did you mean heart.medicines_all?",
    ),
    (
        "instruments_that_do_not_exist",
        (QUESTIONS, "complete: heart.medicines_all", "complete: heart.rate"),
        Code.TEST_DOES_NOT_FIT,
        "yes_no",
    ),
    ("instruments_that_do_not_exist", (NINE, "source: trial", "source: trail"), Code.UNKNOWN_SOURCE, "trial"),
    ("instruments_that_do_not_exist", (NINE, "source: label", "source: labl"), Code.UNKNOWN_SOURCE, "label"),
    ("scores_that_do_not_fit", (RULES, 'item: "9"', 'item: "19"'), Code.UNKNOWN_OPTION, "1"),
    (
        "scores_that_do_not_fit",
        (RULES, "nine, at_least: 10", "nine, part: totl, at_least: 10"),
        Code.UNKNOWN_OPTION,
        "total",
    ),
    ("scores_that_do_not_fit", (RULES, "nine, at_least: 10", "nine, at_least: 28"), Code.OUT_OF_RANGE, "check"),
    ("scores_that_do_not_fit", (RULES, 'item: "9", at_least: 1', 'item: "9", at_least: 4'), Code.OUT_OF_RANGE, "check"),
    (
        "scores_that_do_not_fit",
        (RULES, "{score: heart.nine, at_least: 10}", "{score: heart.rate, at_least: 10}"),
        Code.TEST_DOES_NOT_FIT,
        "kind instrument",
    ),
    ("medicines_that_do_not_exist", (RULES, "class: ssri", "class: ssr"), Code.UNKNOWN_MEDICINE, "did you mean ssri?"),
    (
        "medicines_that_do_not_exist",
        (RULES, "class: ssri", "substance: sertralin"),
        Code.UNKNOWN_MEDICINE,
        "did you mean sertraline?",
    ),
    (
        "medicines_that_do_not_exist",
        (RULES, "{class: ssri}, within: 14 d", "{substance: fluvoxamine}, within: 5 half-lives"),
        Code.TEST_DOES_NOT_FIT,
        "half-life",
    ),
    (
        "medicines_that_do_not_exist",
        (RULES, "in: heart.medicines", "in: heart.rate"),
        Code.TEST_DOES_NOT_FIT,
        "medicines",
    ),
    (
        "medicines_that_do_not_exist",
        (RULES, "within: 14 d, in", "within: 14 d, before: heart.rate, in"),
        Code.TEST_DOES_NOT_FIT,
        "date",
    ),
    (
        "dictionary_that_does_not_fit",
        (CLASSES, "parents: [antidepressant]", "parents: [antidepresant]"),
        Code.UNKNOWN_MEDICINE,
        "did you mean antidepressant?",
    ),
    (
        "dictionary_that_does_not_fit",
        (NAMES, "classes: [ssri]\n- name: both", "classes: [ssr]\n- name: both"),
        Code.UNKNOWN_MEDICINE,
        "ssri",
    ),
    (
        "dictionary_that_does_not_fit",
        (NAMES, "holds: [sertraline,", "holds: [sertralin,"),
        Code.UNKNOWN_MEDICINE,
        "ser",
    ),
    ("dictionary_that_does_not_fit", (NAMES, "  holds:", "  classes: [ssri]\n  holds:"), Code.WRONG_SHAPE, "parts"),
    ("dictionary_that_does_not_fit", (NAMES, "source: trial", "source: trail"), Code.UNKNOWN_SOURCE, "trial"),
    (
        "dictionary_that_does_not_fit",
        (NAMES, "- name: both", "- name: both\n  trade: [ZOLOFT]"),
        Code.DUPLICATE_ID,
        "one",
    ),
    ("groups_that_do_not_fit", (PACK, "title:", "groups: {sprays: [spry]}\ntitle:"), Code.UNKNOWN_PATHWAY, "spray"),
    ("groups_that_do_not_fit", (PACK, "title:", "groups: {spray: [spray]}\ntitle:"), Code.DUPLICATE_ID, "another"),
    ("levels_out_of_order", (RULES, "tier: review, when", "tier: check, when"), Code.LEVEL_ORDER, "highest"),
    (
        "placeholders_that_do_not_exist",
        (RULES, "is {heart.rate}.", "is {heart.rat}."),
        Code.UNKNOWN_PLACEHOLDER,
        "did you mean heart.rate?",
    ),
    (
        "placeholders_that_do_not_exist",
        (RULES, "is {heart.rate}.", "is {mean_sistolic}."),
        Code.UNKNOWN_PLACEHOLDER,
        "did you mean mean_systolic?",
    ),
    (
        "placeholders_that_do_not_exist",
        (RULES, "is {heart.rate}.", "is {heart.rate}, with {taken}."),
        Code.UNKNOWN_PLACEHOLDER,
        "",
    ),
    (
        "placeholders_that_do_not_exist",
        (RULES, "is {heart.rate}.", "is {heart.rate}, with {score}."),
        Code.UNKNOWN_PLACEHOLDER,
        "",
    ),
    (
        "placeholders_that_do_not_exist",
        (RULES, "is {heart.rate}.", "is {heart.rate}. {Rate}"),
        Code.UNKNOWN_PLACEHOLDER,
        "figure",
    ),
    (
        "cases_that_are_missing",
        (RULES, "    - {name: not asked, given: {}, is: not_established}\n- id: heart.recent", "- id: heart.recent"),
        Code.MISSING_CASES,
        "add",
    ),
    (
        "cases_that_are_missing",
        (RULES, "    - {name: far above, given: {heart.rate: 131}, is: listed, level: very_fast}\n", ""),
        Code.MISSING_CASES,
        "add",
    ),
]


@pytest.mark.parametrize(
    ("check", "change", "code", "suggestion"), SLIPS, ids=[f"{c}-{e[2][:45]}" for c, e, _, _ in SLIPS]
)
def test_a_slip_is_found_by_its_check_at_its_line(
    check: str, change: tuple[str, str, str], code: Code, suggestion: str, tmp_path: Path
) -> None:
    pack, findings, places = read_pack(write_pack(tmp_path, change))
    assert pack is not None and findings == []
    one = next(one for one in CHECKS if one.__name__ == check)
    found = list(one(pack, places))
    assert code in [finding.code for finding in found]
    finding = next(finding for finding in found if finding.code is code)
    assert suggestion in finding.suggestion
    assert finding.place.file.startswith("small/") and finding.place.line > 0
    assert finding.stops is (code not in REMARKS)


@pytest.mark.parametrize(
    ("change", "suggestion"),
    [
        (also("saturation: heart.kind"), "name a number of this pathway"),
        (without("kind", "medicines_all", "heart.kind: valve"), "name a medicines of this pathway"),
        (without("medicines", "kind", "heart.kind: valve"), "name a yes_no of this pathway"),
        (without("medicines", "medicines_all", "heart.rate: valve"), "name a choice of this pathway"),
    ],
)
def test_a_course_says_which_kind_of_question_it_takes(
    change: tuple[str, str, str], suggestion: str, tmp_path: Path
) -> None:
    pack, _, places = read_pack(write_pack(tmp_path, change))
    assert pack is not None
    assert suggestion in [finding.suggestion for finding in courses_that_do_not_fit(pack, places)]


def test_every_check_has_a_slip_here_or_in_the_neutrality_tests() -> None:
    elsewhere = {"lint_words", "declarations_that_excuse_nothing", "questions_absent_on_a_pathway"}
    assert {check.__name__ for check in CHECKS} == {name for name, *_ in SLIPS} | elsewhere


def test_the_small_pack_has_no_finding(tmp_path: Path) -> None:
    assert load_pack(write_pack(tmp_path), cases=True).findings == ()


OTHER = """\
id: home
title: At home
short: Home
summary: A spray at home
needs: [general]
themes: [heart]
"""


def test_a_rule_that_reads_a_question_absent_on_one_of_its_pathways_is_named(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        (QUESTIONS, "text: Resting rate", "text: Resting rate\n    pathways: [spray]"),
        (
            RULES,
            "tier: note\n  profiles: [general]\n  pathways: [spray]",
            "tier: note\n  profiles: [general]\n  pathways: [spray, home]",
        ),
        files={"pathways/home.yaml": OTHER},
    )
    findings = load_pack(folder).findings
    assert {finding.code for finding in findings} == {Code.ABSENT_QUESTION}
    assert "heart.fast reads heart.rate, which is not asked on home" in findings[0].message


def test_a_question_of_a_pathway_that_does_not_show_its_theme_is_named(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        (QUESTIONS, "text: Resting rate", "text: Resting rate\n    pathways: [spray, home]"),
        files={"pathways/home.yaml": OTHER.replace("[heart]", "[]")},
    )
    (finding,) = load_pack(folder).findings
    assert (finding.code, finding.place.inside) == (Code.ABSENT_QUESTION, "questions.3.pathways.1")


def test_remarks_stop_nothing(tmp_path: Path) -> None:
    found = load_pack(write_pack(tmp_path, (SPRAY, "[general, clinic]", "[general]")))
    assert [finding.code for finding in found.findings] == [Code.UNUSED_PROFILE]
    assert found.pack is not None


def test_a_finding_deep_in_a_condition_has_the_line_of_that_part(tmp_path: Path) -> None:
    (finding,) = load_pack(
        write_pack(tmp_path, (RULES, "ask: heart.bleed_on, within", "ask: heart.bleed_in, within"))
    ).findings
    assert finding.place.line == line_of("- {ask: heart.bleed_on, within: 6 wk}", RULES)
    assert finding.place.inside == "1.when.any.0"


def test_the_nearest_name_is_suggested_and_otherwise_a_few_are_listed() -> None:
    assert nearest("heart.bled", ["heart.bleed", "heart.rate"]) == "did you mean heart.bleed?"
    assert nearest("zzz", [f"name{number:02}" for number in range(20)]).startswith("known: name00, name01")
    assert nearest("zzz", []) == ""
