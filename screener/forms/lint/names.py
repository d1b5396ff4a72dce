"""Names that a pack's parts use of each other, and the register of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.forms.composition import Places
from screener.forms.findings import Code, Finding, Place
from screener.forms.lint.walking import unknown
from screener.forms.model import Case, Pack, Profile, Rule
from screener.rules.values import Kind

_ROW = re.compile(r"(ket|psy)/[A-Za-z0-9][A-Za-z0-9_-]*(/[a-z0-9_-]+)*")
ROW_KEYS = ("rule", "context", "left_out", "waiting")


def _twice(ids: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(ids).items() if count > 1)


def ids_that_stand_twice(pack: Pack, places: Places) -> Iterator[Finding]:
    """No id stands twice among its kind; options, levels and cases among their neighbours."""
    groups: list[tuple[str, Place | None, list[str]]] = [
        ("question", None, [q.id for theme in pack.themes for q in theme.questions]),
        ("rule", None, [r.id for theme in pack.themes for r in theme.rules]),
        ("theme", None, [theme.id for theme in pack.themes]),
        ("profile", None, [profile.id for profile in pack.profiles]),
        ("pathway", None, [pathway.id for pathway in pack.pathways]),
        ("parameter", None, [parameter.id for profile in pack.profiles for parameter in profile.parameters]),
    ]
    for question in pack.questions.values():
        groups.append(("option", places.of("question", question.id, "options"), [o.id for o in question.options]))
    for profile in pack.profiles:
        for index, parameter in enumerate(profile.parameters):
            place = places.of("profile", profile.id, "parameters", index, "options")
            groups.append(("option", place, [option.id for option in parameter.options]))
    for rule in pack.rules.values():
        groups.append(("level", places.of("rule", rule.id, "levels"), [level.id for level in rule.levels]))
        groups.append(("case", places.of("rule", rule.id, "cases"), [case.name for case in rule.cases]))
    for kind, around, ids in groups:
        for name in _twice(ids):
            place = around or places.of(kind, name)
            yield Finding(Code.DUPLICATE_ID, place, f"the {kind} {name} stands twice", "give one of them another name")


def unknown_names_of_pathways(pack: Pack, places: Places) -> Iterator[Finding]:
    """Pathways name profiles, themes, sources and rows that exist."""
    profiles, themes = [p.id for p in pack.profiles], [t.id for t in pack.themes]
    for pathway in pack.pathways:
        for index, name in ((index, name) for index, options in enumerate(pathway.needed) for name in options):
            if name not in profiles:
                place = places.of("pathway", pathway.id, "needs", index)
                yield unknown(Code.UNKNOWN_PROFILE, place, "profile", name, profiles)
        for index, name in enumerate(pathway.offers):
            if name not in profiles:
                place = places.of("pathway", pathway.id, "offers", index)
                yield unknown(Code.UNKNOWN_PROFILE, place, "profile", name, profiles)
        for index, name in enumerate(pathway.themes):
            if name not in themes:
                place = places.of("pathway", pathway.id, "themes", index)
                yield unknown(Code.UNKNOWN_THEME, place, "theme", name, themes)
        for index, fact in enumerate(pathway.facts):
            if fact.source and fact.source not in pack.sources:
                place = places.of("pathway", pathway.id, "facts", index, "source")
                yield unknown(Code.UNKNOWN_SOURCE, place, "source", fact.source, pack.sources)


def unknown_names_of_profiles(pack: Pack, places: Places) -> Iterator[Finding]:
    """Parameters name pathways and sources that exist, and a state's form the question that dates it."""
    pathways = [p.id for p in pack.pathways]
    for profile in pack.profiles:
        yield from _question_of_state_form(pack, profile, places)
        for at, parameter in enumerate(profile.parameters):
            for name in parameter.pathways:
                if name not in pathways:
                    place = places.of("profile", profile.id, "parameters", at, "pathways")
                    yield unknown(Code.UNKNOWN_PATHWAY, place, "pathway", name, pathways)
            for index, option in enumerate(parameter.options):
                if option.source.ref not in pack.sources:
                    place = places.of("profile", profile.id, "parameters", at, "options", index, "source", "ref")
                    yield unknown(Code.UNKNOWN_SOURCE, place, "source", option.source.ref, pack.sources)


def _question_of_state_form(pack: Pack, profile: Profile, places: Places) -> Iterator[Finding]:
    if profile.state_form is None:
        return
    name, place = profile.state_form.dated, places.of("profile", profile.id, "state_form", "dated")
    question = pack.questions.get(name)
    if question is None:
        yield unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)
    elif question.kind is not Kind.DATE:
        message = f"`dated` names {name}, a {question.kind}"
        yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind date")


def unknown_names_of_questions(pack: Pack, places: Places) -> Iterator[Finding]:
    """Questions name pathways that exist and that show their theme."""
    pathways = {pathway.id: pathway for pathway in pack.pathways}
    for theme in pack.themes:
        for question in theme.questions:
            for index, name in enumerate(question.pathways):
                place = places.of("question", question.id, "pathways", index)
                if name not in pathways:
                    yield unknown(Code.UNKNOWN_PATHWAY, place, "pathway", name, pathways)
                elif theme.id not in pathways[name].themes:
                    message = f"{name} does not show the theme {theme.id}, so {question.id} is never asked there"
                    yield Finding(Code.ABSENT_QUESTION, place, message, "take it out, or add the theme to the pathway")


def unknown_names_of_rules(pack: Pack, places: Places) -> Iterator[Finding]:
    """Rules name profiles, pathways and sources that exist."""
    profiles, pathways = [p.id for p in pack.profiles], [p.id for p in pack.pathways]
    for rule in pack.rules.values():
        for index, name in enumerate(rule.profiles):
            if name not in profiles:
                place = places.of("rule", rule.id, "profiles", index)
                yield unknown(Code.UNKNOWN_PROFILE, place, "profile", name, profiles)
        for index, name in enumerate(rule.pathways):
            if name not in pathways:
                place = places.of("rule", rule.id, "pathways", index)
                yield unknown(Code.UNKNOWN_PATHWAY, place, "pathway", name, pathways)
        if rule.source.ref not in pack.sources:
            place = places.of("rule", rule.id, "source", "ref")
            yield unknown(Code.UNKNOWN_SOURCE, place, "source", rule.source.ref, pack.sources)
        for index, other in enumerate(rule.others):
            if other.ref not in pack.sources:
                place = places.of("rule", rule.id, "others", index, "ref")
                yield unknown(Code.UNKNOWN_SOURCE, place, "source", other.ref, pack.sources)


def unknown_names_of_cases(pack: Pack, places: Places) -> Iterator[Finding]:
    """Cases name a pathway and a level of their rule, and options of parameters that exist."""
    for rule in pack.rules.values():
        for index, case in enumerate(rule.cases):
            yield from _names_of_case(pack, rule, case, places.of("rule", rule.id, "cases", index))


def _names_of_case(pack: Pack, rule: Rule, case: Case, place: Place) -> Iterator[Finding]:
    if case.pathway is not None and case.pathway not in rule.pathways:
        yield unknown(Code.UNKNOWN_PATHWAY, place, f"pathway of {rule.id}", case.pathway, rule.pathways)
    levels = [level.id for level in rule.levels]
    if case.level is not None and case.level not in levels:
        yield unknown(Code.UNKNOWN_LEVEL, place, f"level of {rule.id}", case.level, levels)
    for name, chosen in case.parameters.items():
        parameter = pack.parameters.get(name)
        if parameter is None:
            yield unknown(Code.UNKNOWN_PARAMETER, place, "parameter", name, pack.parameters)
        elif parameter.option(chosen) is None:
            options = [option.id for option in parameter.options]
            yield unknown(Code.UNKNOWN_OPTION, place, f"option of {name}", chosen, options)


def rows_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """Each row of the register says one of: its rules, where it is context, why it is left out, what it waits for."""
    for row, entry in pack.rows.items():
        place = places.of("row", row)
        yield from _row_id(row, place)
        if not _is_row(entry):
            hint = f"write one of {', '.join(ROW_KEYS)}; rule and context hold a list, the others a reason"
            yield Finding(Code.WRONG_SHAPE, place, f"{row} does not say what became of it", hint)
            continue
        for index, name in enumerate(entry.get("rule", ())):
            at = places.of("row", row, "rule", index)
            if name not in pack.rules:
                yield unknown(Code.UNKNOWN_RULE, at, "rule", name, pack.rules)
            elif row not in pack.rules[name].basis:
                message = f"{name} does not name {row} in its basis"
                yield Finding(
                    Code.UNKNOWN_ROW, at, message, f"add {row} to the rule's basis, or take the rule out here"
                )


def _is_row(entry: Any) -> bool:
    if not isinstance(entry, Mapping):
        return False
    if set(entry) == {"rule", "fact"}:
        return _is_list(entry["rule"]) and _is_list(entry["fact"])
    if len(entry) != 1:
        return False
    key, value = next(iter(entry.items()))
    if key in ("rule", "context"):
        return _is_list(value)
    return key in ROW_KEYS and isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def basis_that_is_no_row(pack: Pack, places: Places) -> Iterator[Finding]:
    """A basis names rows by their ids; where the pack has a register, a rule's rows stand in it."""
    for rule in pack.rules.values():
        if not rule.basis and pack.head.extends is None:
            message = f"{rule.id} names no row of the fact bases"
            yield Finding(Code.UNKNOWN_ROW, places.of("rule", rule.id), message, "add `basis:`")
        for index, row in enumerate(rule.basis):
            place = places.of("rule", rule.id, "basis", index)
            yield from _row_id(row, place)
            if pack.rows and _ROW.fullmatch(row) and row not in pack.rows:
                yield unknown(Code.UNKNOWN_ROW, place, "row", row, pack.rows)
    for profile in pack.profiles:
        for at, parameter in enumerate(profile.parameters):
            for option, choice in enumerate(parameter.options):
                for index, row in enumerate(choice.basis):
                    keys = ("parameters", at, "options", option, "basis", index)
                    yield from _row_id(row, places.of("profile", profile.id, *keys))


def _row_id(row: str, place: Place) -> Iterator[Finding]:
    if not _ROW.fullmatch(row):
        yield Finding(Code.UNKNOWN_ROW, place, f"{row!r} is not the id of a row", "write ket/MH-1 or psy/CV-01")


def profiles_that_nothing_uses(pack: Pack, places: Places) -> Iterator[Finding]:
    """Every profile is needed by a pathway or always on."""
    needed = {name for pathway in pack.pathways for options in pathway.needed for name in options}
    needed |= {name for pathway in pack.pathways for name in pathway.offers}
    for profile in pack.profiles:
        if profile.id not in needed and not profile.always:
            place = places.of("profile", profile.id)
            yield Finding(
                Code.UNUSED_PROFILE, place, f"no pathway needs or offers {profile.id}", "name it in a pathway"
            )


def groups_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """Groups hold pathways that exist, and have names of their own."""
    pathways = [p.id for p in pack.pathways]
    for group, members in pack.head.groups.items():
        if group in pathways:
            place = places.of("pack", pack.head.id, "groups", group)
            yield Finding(Code.DUPLICATE_ID, place, f"{group} is a pathway too", "give the group another name")
        for index, name in enumerate(members):
            if name not in pathways:
                place = places.of("pack", pack.head.id, "groups", group, index)
                yield unknown(Code.UNKNOWN_PATHWAY, place, "pathway", name, pathways)
