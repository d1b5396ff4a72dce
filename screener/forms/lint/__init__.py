"""Checks of what a pack's parts say of each other: one small check per function, each yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screener.forms.composition import Places
from screener.forms.findings import Finding
from screener.forms.lint import conditions, courses, instruments, names, questions, rules
from screener.forms.model import Pack
from screener.forms.neutrality import declarations_that_excuse_nothing, lint_words

Check = Callable[[Pack, Places], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    names.ids_that_stand_twice,
    names.unknown_names_of_pathways,
    names.unknown_names_of_profiles,
    names.unknown_names_of_questions,
    names.unknown_names_of_rules,
    names.unknown_names_of_cases,
    names.rows_that_do_not_fit,
    names.basis_that_is_no_row,
    names.profiles_that_nothing_uses,
    names.groups_that_do_not_fit,
    questions.shapes_that_do_not_fit,
    questions.what_calls_for_questions,
    questions.lines_that_say_yes,
    questions.looks_that_do_not_fit,
    questions.own_questions_that_are_read,
    questions.formulas_that_do_not_fit,
    questions.display_conditions,
    questions.display_cycles,
    courses.courses_that_do_not_fit,
    courses.whether_asked_anew_that_is_not_said,
    conditions.unknown_questions,
    conditions.tests_that_do_not_fit,
    conditions.comparisons_that_do_not_fit,
    conditions.readings_that_do_not_fit,
    conditions.options_that_do_not_exist,
    conditions.units_that_differ,
    conditions.figures_off_step_or_out_of_range,
    conditions.parameters_that_do_not_exist,
    instruments.instruments_that_do_not_exist,
    instruments.scores_that_do_not_fit,
    instruments.medicines_that_do_not_exist,
    instruments.dictionary_that_does_not_fit,
    rules.questions_absent_on_a_pathway,
    rules.nodes_for_one_class_only,
    rules.nots_of_what_may_not_apply,
    rules.levels_out_of_order,
    rules.placeholders_that_do_not_exist,
    rules.cases_that_are_missing,
    lint_words,
    declarations_that_excuse_nothing,
)


def lint(pack: Pack, places: Places) -> list[Finding]:
    """All checks over a pack, in the order of `CHECKS`."""
    return [finding for check in CHECKS for finding in check(pack, places)]
