"""What rules and display conditions make of the answers, kept up to date answer by answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from screener.forms.answering import Given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Theme
from screener.forms.visibility import Hidden
from screener.rules.evaluate import Facts
from screener.rules.values import State
from screener.screening.change import FlagChange
from screener.screening.progress import ASKED_KINDS, ThemeProgress, count_theme


class Evaluated:
    """Facts, outcomes and what is shown, over answers that somebody else changes and tells of."""

    facts: Facts
    """The answers as the logic sees them."""
    outcomes: dict[str, RuleOutcome]
    """Every rule's outcome, in the order of the screen."""
    shown: frozenset[str]

    def __init__(self, rules: RuleSet, given: Mapping[str, Given], on: date) -> None:
        """`given`: held elsewhere, and read here whenever `answered` says so. `on`: the date of the visit."""
        self._rules, self._form, self._given = rules, rules.form, given
        self.anew(on)

    def anew(self, on: date) -> None:
        """Work out everything for a date."""
        self.facts, self.outcomes = self._rules.evaluate(self._given, on)
        self.shown = frozenset(q for q in self._form.questions if self._form.shown(self.facts, self._given, q))

    def dated(self, on: date) -> list[FlagChange]:
        """The visit has another date: what that changes of the flags."""
        before = self.outcomes
        self.anew(on)
        return [FlagChange(before[rule_id], now) for rule_id, now in self.outcomes.items() if now != before[rule_id]]

    def answered(self, question_id: str) -> list[FlagChange]:
        """One answer is another: run the rules again that it touches. What that changes of the flags."""
        changed = self._form.update(self.facts, self._given, question_id)
        self.shown = self._still_shown(question_id)
        found: list[FlagChange] = []
        for rule_id, now in self._rules.again(changed, self.facts, self._given).items():
            before = self.outcomes[rule_id]
            if now is not before and now != before:
                self.outcomes[rule_id] = now
                found.append(FlagChange(before, now))
        return found

    def hidden(self) -> list[Hidden]:
        """Questions not shown, each with what hides it."""
        return self._form.hidden(self.facts, self._given)

    def count(self, theme: Theme) -> ThemeProgress:
        """How far a theme is: over the questions of it that are shown."""
        asked = [q.id for q in theme.questions if q.id in self.shown and q.kind in ASKED_KINDS]
        given = {q: self._given.get(q) for q in asked}
        return count_theme({q: State.NOT_ASKED if one is None else one.state for q, one in given.items()})

    def _still_shown(self, question_id: str) -> frozenset[str]:
        """What is shown after this answer changed: only what rests on it can appear or go."""
        resting = self._form.dependents(question_id)
        now = {q for q in resting if self._form.shown(self.facts, self._given, q)}
        return self.shown if now == self.shown.intersection(resting) else self.shown.difference(resting) | now
