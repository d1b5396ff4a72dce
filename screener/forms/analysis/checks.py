"""The logic checks of a pack: of each rule what was found, what of it is justified, and what always stands with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from screener.forms.analysis.everywhere import Everywhere
from screener.forms.analysis.of_rule import OfRule
from screener.forms.cases import DAY
from screener.forms.composition import Places
from screener.forms.findings import LOGIC, Code, Finding, Place
from screener.forms.model import Pack, Rule

Hear = Callable[[int, int], object]
"""Told after each rule: so many of so many."""


@dataclass(frozen=True, slots=True)
class Justified:
    """A finding that is meant so, with the reason that stands beside the rule."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the logic checks came to for one rule."""

    rule: str
    findings: tuple[Finding, ...] = ()
    justified: tuple[Justified, ...] = ()
    always_with: tuple[str, ...] = ()
    """The rules that are listed wherever this one is, where that is no finding."""

    def moved(self, to: Callable[[Place], Place]) -> Checked:
        """The same, with each finding at another place."""
        findings = tuple(replace(one, place=to(one.place)) for one in self.findings)
        justified = tuple(
            replace(one, finding=replace(one.finding, place=to(one.finding.place))) for one in self.justified
        )
        return replace(self, findings=findings, justified=justified)


def check_logic(pack: Pack, places: Places, hear: Hear = lambda done, of: None, day: date = DAY) -> list[Finding]:
    """What every check finds over every rule that may run, in the order of the pack; nothing that is justified."""
    return [finding for checked in Checks(pack, places, day).all(hear) for finding in checked.findings]


class Checks:
    """The checks of a pack, to be done all at once or some rules at a time."""

    def __init__(self, pack: Pack, places: Places, day: date = DAY) -> None:
        self._everywhere, self._places = Everywhere(pack, day), places
        self.rules = tuple(rule for rule in pack.rules.values() if rule.status not in ("retired", "off"))

    def all(self, hear: Hear = lambda done, of: None) -> Iterator[Checked]:
        for done, rule in enumerate(self.rules, start=1):
            yield self.of(rule)
            hear(done, len(self.rules))

    def of(self, rule: Rule) -> Checked:
        checks = OfRule(rule, self._everywhere, self._places)
        found = [*checks.findings()]
        justified = [Justified(one, rule.justified[one.code]) for one in found if one.code in rule.justified]
        left = [one for one in found if one.code not in rule.justified]
        return Checked(rule.id, (*left, *self._for_nothing(rule, found)), tuple(justified), tuple(checks.always_with))

    def _for_nothing(self, rule: Rule, found: Sequence[Finding]) -> Iterator[Finding]:
        """A justification of nothing is a finding of its own."""
        for code in rule.justified:
            if code not in {str(finding.code) for finding in found}:
                place = self._places.of("rule", rule.id, "justified", code)
                known = ", ".join(sorted(str(one) for one in LOGIC - {Code.UNUSED_JUSTIFICATION}))
                hint = "take it out" if code in {str(one) for one in LOGIC} else f"the codes are {known}"
                yield Finding(
                    Code.UNUSED_JUSTIFICATION, place, f"{rule.id}: there is no finding {code} to justify", hint
                )
