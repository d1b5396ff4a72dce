"""The logic checks of a pack as findings, each with its place, a suggestion, and the answers that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from screener.forms.analysis.branches import idle_parts
from screener.forms.analysis.search import Found, Searched, at_level, is_no, is_yes
from screener.forms.analysis.worse import Falling, falls
from screener.forms.answering import Given
from screener.forms.cases import DAY
from screener.forms.composition import Places
from screener.forms.evaluation import RuleSet
from screener.forms.findings import LOGIC, Code, Finding
from screener.forms.model import TIERS, Pack, Rule
from screener.forms.words import answer_words, value_words
from screener.rules.expressions import AccountsDiffer, Missing, parameters_read, walk

Hear = Callable[[int, int], object]
"""Told after each rule: so many of so many."""


def check_logic(pack: Pack, places: Places, hear: Hear = lambda done, of: None, day: date = DAY) -> list[Finding]:
    """Every logic check over every rule that may run, in the order of the pack."""
    sets = _Sets(pack, day)
    rules = [rule for rule in pack.rules.values() if rule.status not in ("retired", "off")]
    found: list[Finding] = []
    for done, rule in enumerate(rules, start=1):
        found += _judged(rule, [*_Checked(rule, sets, places).findings()], places)
        hear(done, len(rules))
    return found


def _judged(rule: Rule, found: list[Finding], places: Places) -> Iterator[Finding]:
    """Without what is justified beside the rule; a justification of nothing is a finding of its own."""
    yield from (finding for finding in found if str(finding.code) not in rule.justified)
    for code in rule.justified:
        if code not in {str(finding.code) for finding in found}:
            place = places.of("rule", rule.id, "justified", code)
            known = ", ".join(sorted(str(one) for one in LOGIC - {Code.UNUSED_JUSTIFICATION}))
            hint = "take it out" if code in {str(one) for one in LOGIC} else f"the codes are {known}"
            yield Finding(Code.UNUSED_JUSTIFICATION, place, f"{rule.id}: there is no finding {code} to justify", hint)


class _Sets:
    """The rules of each pathway under every profile at once, so that each rule runs; made when first asked for."""

    def __init__(self, pack: Pack, day: date) -> None:
        self.pack, self._day = pack, day
        # A figure that a clinic chooses: the first that is offered stands for it.
        self._chosen = {name: parameter.options[0].id for name, parameter in pack.parameters.items()}
        self._made: dict[str, tuple[RuleSet, Searched]] = {}

    def of(self, pathway: str) -> tuple[RuleSet, Searched]:
        if pathway not in self._made:
            profiles = [profile.id for profile in self.pack.profiles]
            rules = RuleSet(self.pack, pathway, profiles, self._chosen, drafts=True)
            self._made[pathway] = rules, Searched(rules.form, rules.figures, self._day)
        return self._made[pathway]


@dataclass(frozen=True, slots=True)
class _Checked:
    rule: Rule
    sets: _Sets
    places: Places

    def findings(self) -> Iterator[Finding]:
        by_pathway = {pathway: self._listed(pathway) for pathway in self.rule.pathways}
        yield from self._never_listed(by_pathway)
        if not any(self._impossible(found) for found in by_pathway.values()):
            yield from self._never_off()
            yield from self._levels()
            yield from self._idle()
            yield from self._falling()

    def _listed(self, pathway: str) -> Found | None:
        rules, searched = self.sets.of(pathway)
        condition = rules.conditions.get(self.rule.id)
        return None if condition is None else searched.find(condition, is_yes)

    @staticmethod
    def _impossible(found: Found | None) -> bool:
        return found is not None and found.answers is None

    def _never_listed(self, by_pathway: Mapping[str, Found | None]) -> Iterator[Finding]:
        never = [pathway for pathway, found in by_pathway.items() if self._impossible(found)]
        if not never:
            return
        sure = all(found.sure for found in by_pathway.values() if found is not None and found.answers is None)
        how = "" if sure else " as far as could be tried"
        if len(never) == len(by_pathway):
            message = f"{self.rule.id} is never listed{how}: no answers meet its condition"
            yield self._finding(Code.NEVER_LISTED, message, "look for two parts that cannot both be met")
        else:
            message = f"{self.rule.id} is never listed{how} on {', '.join(never)}, where it stands"
            yield self._finding(Code.NEVER_HERE, message, "take the pathway out, or look what is not asked there")

    def _never_off(self) -> Iterator[Finding]:
        rules, searched = self.sets.of(self.rule.pathways[0])
        if searched.find(rules.conditions[self.rule.id], is_no).answers is None:
            message = f"{self.rule.id} is never not listed: no answers take it off the list"
            yield self._finding(Code.NEVER_NOT_LISTED, message, "what always holds is a fact, not a rule")

    def _levels(self) -> Iterator[Finding]:
        rules, searched = self.sets.of(self.rule.pathways[0])
        for index, level in enumerate(self.rule.levels):
            found = searched.find(rules.conditions[self.rule.id], at_level(level.id))
            if found.answers is None:
                message = f"{self.rule.id} never comes to level {level.id}: what meets it meets a higher one"
                place = self.places.of("rule", self.rule.id, "levels", index)
                yield Finding(Code.LEVEL_NEVER, place, message, "compare its figure with the next level's")

    def _idle(self) -> Iterator[Finding]:
        rules, searched = self.sets.of(self.rule.pathways[0])
        for index, (_, node) in enumerate(rules.conditions[self.rule.id].levels):
            if parameters_read(node) or any(isinstance(part, Missing | AccountsDiffer) for part in walk(node)):
                continue  # under another choice of the clinic it may be met; whether something is recorded is no value
            above = ("when",) if self.rule.when is not None else ("levels", index, "when")
            for part in idle_parts(searched, node):
                inside = ".".join(str(step) for step in part.path)
                met = "met only where another part is met" if part.inside == "any" else "met wherever the others are"
                place = self.places.of("rule", self.rule.id, *above, *part.path)
                yield Finding(Code.IDLE_PART, place, f"{self.rule.id}: the part {inside} is {met}", "leave it out")

    def _falling(self) -> Iterator[Finding]:
        if self.rule.class_ in ("consistency", "completeness") or self.rule.tier == "check":
            return  # two answers that do not fit each other are listed because of how they differ
        rules, searched = self.sets.of(self.rule.pathways[0])
        for fall in falls(searched, rules.conditions[self.rule.id]):
            if not self._taken_over(rules, searched, fall):
                question = searched.form.questions[fall.question]
                better, worse = (value_words(question, value) for value in (fall.better, fall.worse))
                then = f"falls to {fall.then}" if fall.then else "is not listed"
                message = (
                    f"{self.rule.id} is listed with {fall.question} {better}, and {then} with {worse}, "
                    f"which is more adverse; {self._witness(searched, fall.answers)}"
                )
                yield self._finding(Code.WORSE_IS_LESS, message, "see that another rule of this tier holds then")

    def _taken_over(self, rules: RuleSet, searched: Searched, fall: Falling) -> bool:
        """Whether the worse answer lists something else that is looked at as soon."""
        tier = TIERS.index(self.rule.tier)
        for other_id, condition in rules.conditions.items():
            later = TIERS.index(rules.rules[other_id].tier) > tier
            if other_id == self.rule.id or later or fall.question not in rules.rests_on(other_id):
                continue
            outcomes = [searched.outcome(condition, fall.with_value(value)) for value in (fall.better, fall.worse)]
            if is_yes(outcomes[1]) and not is_yes(outcomes[0]):
                return True
        return False

    @staticmethod
    def _witness(searched: Searched, answers: Mapping[str, Given]) -> str:
        said = [f"{name}: {answer_words(searched.form.questions[name], given)}" for name, given in answers.items()]
        return f"answers: {'; '.join(said)}" if said else "no other answers"

    def _finding(self, code: Code, message: str, suggestion: str) -> Finding:
        return Finding(code, self.places.of("rule", self.rule.id), message, suggestion)
