"""Rules as wholes: where they can be read, what their class allows, levels, statements, cases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screener.forms.composition import Places
from screener.forms.findings import Code, Finding
from screener.forms.lint.walking import of_rules, unknown
from screener.forms.model import TIERS, Level, Pack, Rule
from screener.forms.visibility import NOT_APPLICABLE
from screener.rules.expressions import AccountsDiffer, Ask, Missing, Node, Not, OfReadings, questions_read, walk


def questions_absent_on_a_pathway(pack: Pack, places: Places) -> Iterator[Finding]:
    """On each of its pathways a rule reads only questions that are asked there."""
    shown = {pathway.id: _asked_on(pack, pathway.id) for pathway in pack.pathways}
    for rule, node, place in of_rules(pack, places):
        for name in () if node.children() else dict.fromkeys(questions_read(node)):
            for pathway_id in rule.pathways:
                if name in pack.questions and name not in shown.get(pathway_id, {name}):
                    message = f"{rule.id} reads {name}, which is not asked on {pathway_id}"
                    hint = "ask it there, or take the pathway out of the rule"
                    yield Finding(Code.ABSENT_QUESTION, place, message, hint)


def _asked_on(pack: Pack, pathway_id: str) -> set[str]:
    themes = pack.pathway(pathway_id).themes
    return {
        question.id
        for theme in pack.themes
        if theme.id in themes
        for question in theme.questions
        if not question.pathways or pathway_id in question.pathways
    }


def nodes_for_one_class_only(pack: Pack, places: Places) -> Iterator[Finding]:
    """`missing` stands only in rules of class completeness, `accounts_differ` only in rules of tier check."""
    for rule, node, place in of_rules(pack, places):
        if isinstance(node, Missing) and rule.class_ != "completeness":
            message = "`missing` stands in a rule that is not of class completeness"
            yield Finding(Code.WRONG_CLASS, place, message, "write class: completeness")
        if isinstance(node, AccountsDiffer) and rule.tier != "check":
            message = "`accounts_differ` stands in a rule that is not of tier check"
            yield Finding(Code.WRONG_CLASS, place, message, "write tier: check")


def nots_of_what_may_not_apply(pack: Pack, places: Places) -> Iterator[Finding]:
    """Where a question does not apply, every test of it is NO, so its `not` is met: a remark."""
    for _, node, place in of_rules(pack, places):
        for name in dict.fromkeys(questions_read(node)) if isinstance(node, Not) else ():
            question = pack.questions.get(name)
            if question is not None and question.when_hidden == NOT_APPLICABLE:
                message = f"`not` over {name}: where it does not apply, the `not` is met"
                yield Finding(Code.NOT_OF_HIDDEN, place, message, "check that this is meant")


def levels_out_of_order(pack: Pack, places: Places) -> Iterator[Finding]:
    """Levels are written from the lowest up: tiers never fall, and lines of the same test rise."""
    for rule in pack.rules.values():
        for index, (lower, higher) in enumerate(zip(rule.levels, rule.levels[1:], strict=False), start=1):
            place = places.of("rule", rule.id, "levels", index)
            if _rank(rule, higher) > _rank(rule, lower):
                message = f"{higher.id} stands above {lower.id} and has a lower tier"
                yield Finding(Code.LEVEL_ORDER, place, message, "write levels from the lowest to the highest")
            if _never_reached(lower.when, higher.when):
                message = f"{higher.id} stands above {lower.id}, and its line does not lie beyond"
                yield Finding(Code.LEVEL_ORDER, place, message, "write levels from the lowest to the highest")


def _rank(rule: Rule, level: Level) -> int:
    return TIERS.index(level.tier or rule.tier)


def _never_reached(lower: Node, higher: Node) -> bool:
    """Both are the same test, and the higher one's figure does not lie beyond the lower one's."""
    if not isinstance(lower, Ask | OfReadings) or not isinstance(higher, Ask | OfReadings):
        return False
    word = lower.comparison
    if word is None or word != higher.comparison:
        return False
    same = lower.model_copy(update={word: None}) == higher.model_copy(update={word: None})
    low, high = lower.limit, higher.limit
    if not same or not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return False
    return high <= low if word in ("above", "at_least") else high >= low


def placeholders_that_do_not_exist(pack: Pack, places: Places) -> Iterator[Finding]:
    """Statements fill in what the rule reads: its questions, figures of its readings, its parameter."""
    from screener.forms.statements import (
        FURTHER_PLACEHOLDERS,
        PARAMETER_PLACEHOLDERS,
        READINGS_PLACEHOLDERS,
        placeholders,
    )

    for rule in pack.rules.values():
        nodes = [node for condition in rule.conditions() for node in walk(condition)]
        filled = {name for name, kind in FURTHER_PLACEHOLDERS.items() if any(isinstance(n, kind) for n in nodes)}
        known = {*pack.questions, *READINGS_PLACEHOLDERS, *PARAMETER_PLACEHOLDERS, *filled}
        texts = [(places.of("rule", rule.id, "statement"), rule.statement)]
        for index, level in enumerate(rule.levels):
            texts.append((places.of("rule", rule.id, "levels", index, "statement"), level.statement))
        for place, text in texts:
            names = placeholders(text)
            for name in names:
                if name not in known:
                    yield unknown(Code.UNKNOWN_PLACEHOLDER, place, "placeholder", name, known)
            if text.count("{") != len(names) or text.count("}") != len(names):
                message = "a brace in the statement opens or closes no placeholder"
                yield Finding(Code.UNKNOWN_PLACEHOLDER, place, message, "write {question.id} or a figure's name")


def cases_that_are_missing(pack: Pack, places: Places) -> Iterator[Finding]:
    """A rule has cases for listed, not listed and not established, and one for each of its levels."""
    for rule in pack.rules.values():
        if rule.status in ("retired", "off"):
            continue
        wanted = {"listed", "not_listed"} | (set() if rule.class_ == "completeness" else {"not_established"})
        missing = [word.replace("_", " ") for word in sorted(wanted - {case.is_ for case in rule.cases})]
        reached = {case.level for case in rule.cases}
        missing += [f"listed at {level.id}" for level in rule.levels if level.id not in reached]
        if missing:
            place = places.of("rule", rule.id)
            message = f"{rule.id} has no case that is {', '.join(missing)}"
            yield Finding(Code.MISSING_CASES, place, message, "add one")
