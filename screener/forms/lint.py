"""Checks of what a pack's parts say of each other: one small check per function, each yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from screener.forms.findings import Code, Finding, Place, nearest
from screener.forms.model import OneOf, Pack, Question, Rule
from screener.forms.pack import Places
from screener.rules.expressions import (
    AccountsDiffer,
    All,
    Any_,
    Ask,
    Compare,
    Missing,
    Node,
    Not,
    OfReadings,
    parameters_read,
    questions_read,
    walk,
)
from screener.rules.values import Kind

Check = Callable[[Pack, Places], Iterator[Finding]]
_TEXT_TESTS = ("is", "one_of")
_NUMBER_TESTS = ("above", "at_least", "at_most", "below", "between")
_FITS: dict[Kind, tuple[str, ...]] = {
    Kind.YES_NO: _TEXT_TESTS,
    Kind.CHOICE: _TEXT_TESTS,
    Kind.CHOICES: _TEXT_TESTS,
    Kind.NUMBER: _NUMBER_TESTS,
    Kind.DERIVED: _NUMBER_TESTS,
    Kind.DATE: ("within", "older_than"),
    Kind.DATETIME: ("within", "older_than"),
    Kind.TIME: (),
    Kind.TEXT: (),
    Kind.READINGS: (),
    Kind.MEDICINES: (),
    Kind.INSTRUMENT: (),
}


def lint(pack: Pack, places: Places) -> list[Finding]:
    """All checks over a pack, in the order of this file."""
    from screener.forms.neutrality import lint_words

    checks: tuple[Check, ...] = (
        duplicate_ids,
        unknown_names_of_pathways,
        unknown_names_of_rules,
        unknown_names_of_conditions,
        tests_that_do_not_fit,
        options_that_do_not_exist,
        units_that_differ,
        figures_off_step_or_out_of_range,
        parameters_that_do_not_exist,
        display_conditions,
        display_cycles,
        questions_absent_on_a_pathway,
        words_for_one_class_only,
        placeholders_that_do_not_exist,
        cases_that_are_missing,
        profiles_that_nothing_uses,
        lint_words,
    )
    return [finding for check in checks for finding in check(pack, places)]


def duplicate_ids(pack: Pack, places: Places) -> Iterator[Finding]:
    """No id stands twice among questions, among rules, among profiles and pathways."""
    for kind, ids in (
        ("question", [q.id for theme in pack.themes for q in theme.questions]),
        ("rule", [r.id for theme in pack.themes for r in theme.rules]),
        ("theme", [theme.id for theme in pack.themes]),
        ("profile", [profile.id for profile in pack.profiles]),
        ("pathway", [pathway.id for pathway in pack.pathways]),
    ):
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield Finding(
                Code.DUPLICATE_ID,
                places.of(kind, name),
                f"the {kind} {name} stands twice",
                "give one of them another id",
            )


def _unknown(code: Code, place: Place, what: str, name: str, known: Iterable[str]) -> Finding:
    return Finding(code, place, f"there is no {what} {name!r}", nearest(name, known))


def unknown_names_of_pathways(pack: Pack, places: Places) -> Iterator[Finding]:
    """Pathways name profiles, themes and sources that exist."""
    profiles, themes = [p.id for p in pack.profiles], [t.id for t in pack.themes]
    for pathway in pack.pathways:
        for need in pathway.needs:
            for name in need.one_of if isinstance(need, OneOf) else (need,):
                if name not in profiles:
                    yield _unknown(
                        Code.UNKNOWN_PROFILE, places.of("pathway", pathway.id, "needs"), "profile", name, profiles
                    )
        for name in pathway.themes:
            if name not in themes:
                yield _unknown(Code.UNKNOWN_THEME, places.of("pathway", pathway.id, "themes"), "theme", name, themes)
        for index, fact in enumerate(pathway.facts):
            if fact.source and fact.source not in pack.sources:
                place = places.of("pathway", pathway.id, "facts", index, "source")
                yield _unknown(Code.UNKNOWN_SOURCE, place, "source", fact.source, pack.sources)


def unknown_names_of_rules(pack: Pack, places: Places) -> Iterator[Finding]:
    """Rules and parameters name profiles, pathways and sources that exist."""
    profiles, pathways = [p.id for p in pack.profiles], [p.id for p in pack.pathways]
    for rule in pack.rules.values():
        for index, name in enumerate(rule.profiles):
            if name not in profiles:
                place = places.of("rule", rule.id, "profiles", index)
                yield _unknown(Code.UNKNOWN_PROFILE, place, "profile", name, profiles)
        for index, name in enumerate(rule.pathways):
            if name not in pathways:
                place = places.of("rule", rule.id, "pathways", index)
                yield _unknown(Code.UNKNOWN_PATHWAY, place, "pathway", name, pathways)
        if rule.source.ref not in pack.sources:
            place = places.of("rule", rule.id, "source", "ref")
            yield _unknown(Code.UNKNOWN_SOURCE, place, "source", rule.source.ref, pack.sources)
        for index, other in enumerate(rule.others):
            if other.ref not in pack.sources:
                place = places.of("rule", rule.id, "others", index, "ref")
                yield _unknown(Code.UNKNOWN_SOURCE, place, "source", other.ref, pack.sources)
    for parameter in pack.parameters.values():
        for option in parameter.options:
            if option.source.ref not in pack.sources:
                yield _unknown(
                    Code.UNKNOWN_SOURCE, Place(f"parameter {parameter.id}"), "source", option.source.ref, pack.sources
                )


def _conditions(pack: Pack, places: Places) -> Iterator[tuple[Rule, Node, Place]]:
    for rule in pack.rules.values():
        for index, condition in enumerate(rule.conditions()):
            at = ("when",) if rule.when is not None else ("levels", index, "when")
            yield rule, condition, places.of("rule", rule.id, *at)


def _nodes(pack: Pack, places: Places) -> Iterator[tuple[Node, Place]]:
    """Every node of every rule and display condition."""
    for _, condition, place in _conditions(pack, places):
        for node in walk(condition):
            yield node, place
    for question in pack.questions.values():
        if question.shown_when is not None:
            for node in walk(question.shown_when):
                yield node, places.of("question", question.id, "shown_when")


def unknown_names_of_conditions(pack: Pack, places: Places) -> Iterator[Finding]:
    """Conditions and formulas read questions that exist."""
    for node, place in _nodes(pack, places):
        if node.children():
            continue
        for name in questions_read(node):
            if name not in pack.questions:
                yield _unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)
    for question in pack.questions.values():
        for name in question.formula.of if question.formula else ():
            if name not in pack.questions:
                place = places.of("question", question.id, "formula")
                yield _unknown(Code.UNKNOWN_QUESTION, place, "question", name, pack.questions)


def _asked(pack: Pack, places: Places) -> Iterator[tuple[Ask, Question, Place]]:
    for node, place in _nodes(pack, places):
        if isinstance(node, Ask) and node.ask in pack.questions:
            yield node, pack.questions[node.ask], place


def tests_that_do_not_fit(pack: Pack, places: Places) -> Iterator[Finding]:
    """A test suits the kind of its question."""
    for node, question, place in _asked(pack, places):
        fits = _FITS[question.kind]
        if node.test not in fits:
            hint = f"a {question.kind} takes {', '.join(fits)}" if fits else f"a {question.kind} takes no test by `ask`"
            yield Finding(
                Code.TEST_DOES_NOT_FIT, place, f"`{node.test}` does not fit {question.id}, a {question.kind}", hint
            )
    for part, place in _nodes(pack, places):
        if isinstance(part, OfReadings):
            found = pack.questions.get(part.readings)
            if found is not None and found.kind is not Kind.READINGS:
                message = f"{part.readings} holds no readings"
                yield Finding(Code.TEST_DOES_NOT_FIT, place, message, "name a question of kind readings")


def options_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """`is` and `one_of` name options of the question."""
    for node, question, place in _asked(pack, places):
        if node.test in _TEXT_TESTS and question.option_ids:
            for name in node.one_of or (node.is_ or "",):
                if name not in question.option_ids:
                    yield _unknown(Code.UNKNOWN_OPTION, place, f"option of {question.id}", name, question.option_ids)


def units_that_differ(pack: Pack, places: Places) -> Iterator[Finding]:
    """A rule that compares a measured figure repeats the question's unit."""
    for node, place in _nodes(pack, places):
        match node:
            case Ask() if node.test in _NUMBER_TESTS:
                name, unit = node.ask, node.unit
            case OfReadings() if node.count is None:
                name, unit = node.readings, node.unit
            case Compare(minus=str()):
                name, unit = node.compare, node.unit
            case _:
                continue
        question = pack.questions.get(name)
        if question is None or not question.unit:
            continue
        wanted = ("/min", question.unit) if isinstance(node, OfReadings) and node.part == "pulse" else (question.unit,)
        if unit not in wanted:
            said = f"the unit {unit!r} is not that of {name}" if unit else f"the unit of {name} is not repeated"
            yield Finding(Code.UNIT_MISMATCH, place, said, f'write unit: "{wanted[0]}"')


def figures_off_step_or_out_of_range(pack: Pack, places: Places) -> Iterator[Finding]:
    """A figure lies on the question's step and inside its plausible range."""
    for node, question, place in _asked(pack, places):
        figures: list[Decimal] = list(node.between or ())
        if node.comparison is not None and isinstance(node.limit, Decimal):
            figures.append(node.limit)
        for figure in figures:
            if question.step and figure % question.step != 0:
                yield Finding(
                    Code.OFF_STEP,
                    place,
                    f"{figure} is not on the step {question.step} of {question.id}",
                    "use a step's multiple",
                )
            if question.plausible and not question.plausible[0] <= figure <= question.plausible[1]:
                low, high = question.plausible
                yield Finding(
                    Code.OUT_OF_RANGE,
                    place,
                    f"{figure} lies outside {low} to {high} of {question.id}",
                    "check the figure",
                )
    for part, place in _nodes(pack, places):
        if isinstance(part, OfReadings) and part.count is None and isinstance(part.limit, Decimal):
            holder = pack.questions.get(part.readings)
            if holder is None or part.statistic == "spread" or part.part not in holder.plausible_parts:
                continue
            low, high = holder.plausible_parts[part.part]
            if not low <= part.limit <= high:
                yield Finding(
                    Code.OUT_OF_RANGE,
                    place,
                    f"{part.limit} lies outside {low} to {high} of {part.part}",
                    "check the figure",
                )


def parameters_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """Parameters that conditions mention exist, and one of their options has that figure."""
    for _, condition, place in _conditions(pack, places):
        for ref in parameters_read(condition):
            parameter = pack.parameters.get(ref.id)
            if parameter is None:
                yield _unknown(Code.UNKNOWN_PARAMETER, place, "parameter", ref.id, pack.parameters)
            elif not any(ref.part in option.values for option in parameter.options):
                parts = sorted({part for option in parameter.options for part in option.values})
                yield _unknown(Code.UNKNOWN_PARAMETER, place, f"figure of {ref.id}", ref.part, parts)


def display_conditions(pack: Pack, places: Places) -> Iterator[Finding]:
    """`shown_when` is one `ask`, or one all/any of asks, with a `when_hidden` that can be stored."""
    from screener.forms.answering import NotAnAnswer, read_value
    from screener.forms.visibility import NOT_APPLICABLE

    for question in pack.questions.values():
        place = places.of("question", question.id, "shown_when")
        if question.shown_when is None:
            if question.when_hidden is not None:
                yield Finding(
                    Code.WHEN_HIDDEN,
                    places.of("question", question.id),
                    "`when_hidden` without `shown_when`",
                    "take it out",
                )
            continue
        if isinstance(question.shown_when, All | Any_) and not all(
            isinstance(p, Ask) for p in question.shown_when.children()
        ):
            yield Finding(
                Code.DISPLAY_SHAPE,
                place,
                "a display condition holds asks only",
                "write one ask, or one all/any of asks",
            )
        if parameters_read(question.shown_when):
            yield Finding(Code.DISPLAY_SHAPE, place, "a display condition reads no parameter", "write the figure")
        if question.when_hidden is None:
            message = f"{question.id} has no `when_hidden`"
            yield Finding(Code.WHEN_HIDDEN, place, message, "write when_hidden: not applicable, or a value")
        elif question.when_hidden != NOT_APPLICABLE:
            try:
                read_value(question, question.when_hidden)
            except NotAnAnswer as wrong:
                yield Finding(Code.WHEN_HIDDEN, place, f"`when_hidden`: {wrong}", wrong.suggestion)


def display_cycles(pack: Pack, places: Places) -> Iterator[Finding]:
    """No question decides, through others, whether it is itself shown."""
    needs = {
        q.id: {*(questions_read(q.shown_when) if q.shown_when else ()), *(q.formula.of if q.formula else ())}
        for q in pack.questions.values()
    }
    for name in needs:
        seen: set[str] = set()
        front = set(needs[name])
        while front:
            seen |= front
            front = {n for f in front for n in needs.get(f, ())} - seen
        if name in seen:
            place = places.of("question", name, "shown_when")
            yield Finding(Code.DISPLAY_CYCLE, place, f"{name} decides about itself", "take one of the conditions out")


def questions_absent_on_a_pathway(pack: Pack, places: Places) -> Iterator[Finding]:
    """On each of its pathways a rule reads only questions that are asked there."""
    asked = {
        pathway.id: {
            q.id
            for theme in pack.themes
            if theme.id in pathway.themes
            for q in theme.questions
            if not q.pathways or pathway.id in q.pathways
        }
        for pathway in pack.pathways
    }
    for rule, condition, place in _conditions(pack, places):
        for pathway_id in rule.pathways:
            for name in dict.fromkeys(questions_read(condition)):
                if name in pack.questions and name not in asked.get(pathway_id, {name}):
                    message = f"{rule.id} reads {name}, which is not asked on {pathway_id}"
                    yield Finding(
                        Code.ABSENT_QUESTION, place, message, "ask it there, or take the pathway out of the rule"
                    )


def words_for_one_class_only(pack: Pack, places: Places) -> Iterator[Finding]:
    """`missing` only in completeness rules, `accounts_differ` only in checks; `not` over what may not apply is noted."""
    for rule, condition, place in _conditions(pack, places):
        for node in walk(condition):
            if isinstance(node, Missing) and rule.class_ != "completeness":
                yield Finding(
                    Code.WRONG_CLASS,
                    place,
                    "`missing` stands in a rule that is not of class completeness",
                    "change the class",
                )
            if isinstance(node, AccountsDiffer) and rule.tier != "check":
                yield Finding(
                    Code.WRONG_CLASS,
                    place,
                    "`accounts_differ` stands in a rule that is not of tier check",
                    "change the tier",
                )
            if isinstance(node, Not):
                for name in questions_read(node):
                    question = pack.questions.get(name)
                    if question is not None and question.when_hidden == "not applicable":
                        message = f"`not` over {name}: where it does not apply, the `not` is met"
                        yield Finding(Code.NOT_OF_HIDDEN, place, message, "check that this is meant")


_FIGURES = {f"{s}_{p}" for s in ("mean", "highest", "last") for p in ("systolic", "diastolic", "pulse")}


def placeholders_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """Statements fill in only what there is."""
    from screener.forms.words import placeholders

    for rule in pack.rules.values():
        known = {*pack.questions, *_FIGURES, "count", "parameter", "limit"}
        texts = [("statement", rule.statement), *((f"level {level.id}", level.statement) for level in rule.levels)]
        for where, text in texts:
            for name in placeholders(text):
                if name not in known:
                    place = places.of("rule", rule.id, "statement")
                    yield _unknown(Code.UNKNOWN_PLACEHOLDER, place, f"placeholder in the {where}", name, known)


def cases_that_are_missing(pack: Pack, places: Places) -> Iterator[Finding]:
    """A rule has cases for listed, not listed and not established."""
    for rule in pack.rules.values():
        if rule.status == "retired":
            continue
        found = {case.is_ for case in rule.cases}
        possible = (
            {"listed", "not_listed"} if rule.class_ == "completeness" else {"listed", "not_listed", "not_established"}
        )
        missing = sorted(possible - found)
        if missing:
            words = ", ".join(word.replace("_", " ") for word in missing)
            yield Finding(
                Code.MISSING_CASES, places.of("rule", rule.id), f"{rule.id} has no case that is {words}", "add one"
            )


def profiles_that_nothing_uses(pack: Pack, places: Places) -> Iterator[Finding]:
    """Every profile is needed by a pathway or always on."""
    needed = {
        n for p in pack.pathways for need in p.needs for n in (need.one_of if isinstance(need, OneOf) else (need,))
    }
    for profile in pack.profiles:
        if profile.id not in needed and not profile.always:
            yield Finding(
                Code.UNUSED_PROFILE,
                places.of("profile", profile.id),
                f"no pathway needs {profile.id}",
                "name it in a pathway",
            )
