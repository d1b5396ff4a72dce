"""The rules of each pathway, ready to be searched, with who reads which question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from screener.forms.analysis.search import Searched
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack
from screener.rules.evaluate import Condition


@dataclass(frozen=True, slots=True)
class Here:
    """One pathway."""

    rules: RuleSet
    searched: Searched
    rank: dict[str, int]
    """The rules of the pathway in the order of the pack."""

    def condition(self, rule_id: str) -> Condition:
        return self.rules.conditions[rule_id]

    def meet(self, rule_id: str) -> Iterable[str]:
        """The other rules that rest on a question on which this one rests too."""
        own = set(self.rules.rests_on(rule_id))
        return [other for other in self.rank if other != rule_id and not own.isdisjoint(self.rules.rests_on(other))]


class Everywhere:
    """Each pathway with its rules under every profile at once, so that each rule runs; made when first asked for."""

    def __init__(self, pack: Pack, day: date) -> None:
        self.pack, self._day = pack, day
        # A figure that a clinic chooses: the first that is offered stands for it.
        self._chosen = {name: parameter.options[0].id for name, parameter in pack.parameters.items()}
        self._made: dict[str, Here] = {}

    def on(self, pathway: str) -> Here:
        if pathway not in self._made:
            profiles = [profile.id for profile in self.pack.profiles]
            rules = RuleSet(self.pack, pathway, profiles, self._chosen, drafts=True)
            rank = {rule_id: place for place, rule_id in enumerate(self.pack.rules) if rule_id in rules.rules}
            self._made[pathway] = Here(rules, Searched(rules.form, rules.figures, self._day), rank)
        return self._made[pathway]
