"""What came of every rule in one record, and two of them side by side: listed newly, no longer, at another level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import TIERS, OutcomeWord, Tier
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import render_statement
from screener.forms.visibility import Answers
from screener.language import WINDOW, tr
from screener.records.browse import Json
from screener.records.shown import lines_shown
from screener.rules.facts import Facts
from screener.text import moment

How = Literal["new", "gone", "level", "outcome", "facts", "same", "only"]
"""From the first to the second: listed only in the second, listed only in the first, listed in both at another level,
another outcome with neither listed, listed in both upon other facts, the same; not listed, and a rule of one only."""
DIFFERING: tuple[How, ...] = ("new", "gone", "level", "outcome", "facts")
_MIRRORED: Mapping[How, How] = {"new": "gone", "gone": "new"}
MARKS: tuple[str, ...] = (*TIERS, "open", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one rule, in words that need no pack."""

    rule: str
    title: str
    theme: str
    tier: Tier
    outcome: OutcomeWord
    level: str | None = None
    statement: str = ""
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    could_be_higher: bool = False
    response: Json | None = None
    because_shown: tuple[str, ...] = field(default=(), compare=False)
    missing_shown: tuple[str, ...] = field(default=(), compare=False)
    """The same lines as the window says them."""

    @property
    def listed(self) -> bool:
        return self.outcome == "listed"

    @property
    def mark(self) -> str:
        """The mark it stands under: its tier, `open` while it is not established, none where it is not listed."""
        return self.tier if self.listed else "open" if self.outcome == "not_established" else ""


def outcomes_of(content: Json) -> dict[str, Outcome]:
    """What came of every rule that ran in a record, as it was sealed."""
    questions = [question for theme in content["themes"] for question in theme["questions"]]
    found = {item["rule"]: _sealed(item, item["outcome"], questions) for item in content["items"]}
    found |= {item["rule"]: _sealed(item, "not_established", questions) for item in content["otherwise_open"]}
    return found | {item["rule"]: _sealed(item, "not_listed", questions) for item in content["not_listed"]}


def _sealed(item: Json, outcome: OutcomeWord, questions: Sequence[Json]) -> Outcome:
    because = tuple(item.get("because", ())) if outcome == "listed" else ()
    missing = tuple(item.get("missing", ()))
    return Outcome(
        rule=item["rule"],
        title=item["title"],
        theme=item["theme"],
        tier=item["tier"],
        outcome=outcome,
        level=item.get("level"),
        statement=item.get("statement", "") if outcome == "listed" else "",
        because=because,
        missing=missing,
        could_be_higher=bool(item.get("could_be_higher")),
        response=item.get("response"),
        because_shown=lines_shown(questions, because),
        missing_shown=lines_shown(questions, missing),
    )


def outcome_now(outcome: RuleOutcome, rules: RuleSet, answers: Answers, facts: Facts) -> Outcome:
    """What comes of a rule as a pack that is open says it."""
    listed = outcome.outcome == "listed"
    return Outcome(
        rule=outcome.rule.id,
        title=outcome.title,
        theme=rules.pack.theme_of[outcome.rule.id].title,
        tier=outcome.tier,
        outcome=outcome.outcome,
        level=outcome.level,
        statement=render_statement(outcome, rules, answers, facts) if listed else "",
        because=tuple(because_lines(outcome, rules, answers, facts)) if listed else (),
        missing=tuple(missing_lines(outcome, rules, answers)) if outcome.missing else (),
        could_be_higher=outcome.could_be_higher,
        because_shown=tuple(because_lines(outcome, rules, answers, facts, WINDOW)) if listed else (),
        missing_shown=tuple(missing_lines(outcome, rules, answers, WINDOW)) if outcome.missing else (),
    )


@dataclass(frozen=True, slots=True)
class ItemPair:
    """One rule in two records; None where its rule did not run there."""

    rule: str
    first: Outcome | None
    second: Outcome | None
    how: How

    @property
    def differs(self) -> bool:
        return self.how in DIFFERING

    @property
    def standing(self) -> Outcome:
        """The one that gives the pair its mark and its place: what is listed, and of two the second."""
        both = [outcome for outcome in (self.second, self.first) if outcome is not None]
        return next((outcome for outcome in both if outcome.listed), both[0])

    @property
    def mark(self) -> str:
        """The mark that the pair stands under, the first of what either side has."""
        marks = [outcome.mark for outcome in (self.first, self.second) if outcome is not None]
        return self.standing.mark if self.standing.listed else min(marks, key=MARKS.index)

    @property
    def mirrored(self) -> ItemPair:
        """The same with the two changed about."""
        return replace(self, first=self.second, second=self.first, how=_MIRRORED.get(self.how, self.how))


def pair_outcomes(first: Mapping[str, Outcome], second: Mapping[str, Outcome]) -> tuple[ItemPair, ...]:
    """Every rule of either, by mark, within a mark what differs first, then in the order of the screen."""
    rules = dict.fromkeys([*second, *first])
    pairs = [
        ItemPair(rule, first.get(rule), second.get(rule), _how(first.get(rule), second.get(rule))) for rule in rules
    ]
    return tuple(sorted(pairs, key=lambda pair: (MARKS.index(pair.mark), _RANK[pair.how])))


_RANK: Mapping[str, int] = {how: rank for rank, how in enumerate((*DIFFERING, "same", "only"))}


def _how(first: Outcome | None, second: Outcome | None) -> How:
    before, after = first is not None and first.listed, second is not None and second.listed
    if before != after:
        return "new" if after else "gone"
    if first is None or second is None:
        return "only"
    if not before:
        return "same" if first.outcome == second.outcome else "outcome"
    if (first.level, first.tier) != (second.level, second.tier):
        return "level"
    return "same" if _facts(first) == _facts(second) else "facts"


def _facts(outcome: Outcome) -> Any:
    return outcome.statement, outcome.because


_RESPONSES = {
    "reviewed": tr("Reviewed"),
    "more_information": tr("More information needed"),
    "discussed_with_patient": tr("Discussed with the patient"),
    "discussed_with_colleague": tr("Discussed with, or referred to, a colleague"),
}


def response_words(outcome: Outcome) -> str:
    """The response that was given to an item, in one line, as the window says it; empty where there was none."""
    given = outcome.response
    if given is None:
        return ""
    details = [_RESPONSES[given["kind"]]]
    details += [tr("from {source}").format(source=given["from_whom"])] if given["from_whom"] else []
    details += [tr("by {until}").format(until=given["until"])] if given["until"] else []
    said = tr("Response (given for an earlier state): {said}") if given["lapsed"] else tr("Response: {said}")
    note = f": {given['note']}" if given["note"] else ""
    return said.format(said=f"{', '.join(details)}{note} ({given['by']}, {moment(given['at'])})")
