"""The logic checks of one rule as findings, each with its place, a suggestion, and the answers that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from screener.forms.analysis.asking import at_level, at_level_so_far, is_no, is_yes
from screener.forms.analysis.bands import Misfit, level_gaps, next_band
from screener.forms.analysis.branches import idle_parts, inside
from screener.forms.analysis.everywhere import Everywhere, Here
from screener.forms.analysis.pairs import Pair, adds_nothing, implied, of_values, written_twice
from screener.forms.analysis.search import Found, Searched, Undecided
from screener.forms.analysis.solver import at_hand
from screener.forms.analysis.wider import wider
from screener.forms.analysis.worse import Falling, falls
from screener.forms.answering import Given
from screener.forms.composition import Places
from screener.forms.findings import Code, Finding
from screener.forms.model import TIERS, Rule
from screener.forms.words import answer_words, value_words
from screener.rules.evaluate import Condition, Outcome
from screener.rules.expressions import AccountsDiffer, Missing, parameters_read, questions_read, walk
from screener.rules.truth import Truth
from screener.rules.words import with_unit

_WITH_SOLVER = "the solver came to no end either; with fewer parts that lean on each other it can be decided"
_WITHOUT_SOLVER = "the solver z3 goes on past this: pip install 'screener[solver]'"


class OfRule:
    """One rule, checked on its pathways."""

    def __init__(self, rule: Rule, everywhere: Everywhere, places: Places) -> None:
        self.rule, self._everywhere, self._places = rule, everywhere, places
        self.always_with: list[str] = []
        """Known once the findings were gone through."""
        self._open: list[str] = []
        """What the search ended without deciding."""

    def findings(self) -> Iterator[Finding]:
        by_pathway = {pathway: self._listed(pathway) for pathway in self.rule.pathways}
        yield from self._never_listed(by_pathway)
        if not any(_impossible(found) for found in by_pathway.values()):
            yield from self._never_off()
            yield from self._levels()
            yield from self._bands()
            yield from self._idle()
            yield from self._falling()
            yield from self._wider()
            yield from self._with_others(by_pathway)
        yield from self._undecided()

    @property
    def _here(self) -> Here:
        return self._everywhere.on(self.rule.pathways[0])

    # By itself

    def _listed(self, pathway: str) -> Found | None:
        here = self._everywhere.on(pathway)
        condition = here.rules.conditions.get(self.rule.id)
        return None if condition is None else here.searched.find(condition, is_yes)

    def _never_listed(self, by_pathway: Mapping[str, Found | None]) -> Iterator[Finding]:
        found_on = {pathway: found for pathway, found in by_pathway.items() if found is not None}
        if any(found.ended for found in found_on.values()):
            self._open.append("whether any answers list it")
        never = [pathway for pathway, found in found_on.items() if _impossible(found)]
        stuck = {pathway: waits for pathway in never if (waits := self._waits_for(pathway))}
        for pathway, waits in stuck.items():
            message = f"{self.rule.id} is never established on {pathway}: {waits}"
            yield self._finding(Code.STUCK, message, "ask it there, or take the pathway out of the rule")
        never = [pathway for pathway in never if pathway not in stuck]
        if not never:
            return
        how = "" if all(found_on[pathway].sure for pathway in never) else " as far as could be tried"
        if len(never) == len(by_pathway):
            message = f"{self.rule.id} is never listed{how}: no answers meet its condition"
            yield self._finding(Code.NEVER_LISTED, message, "look for two parts that cannot both be met")
        else:
            message = f"{self.rule.id} is never listed{how} on {', '.join(never)}, where it stands"
            elsewhere = next((p for p, found in found_on.items() if found.answers is not None), None)
            said = [] if elsewhere is None else self._words(elsewhere, found_on[elsewhere].answers or {})
            witness = (f"on {elsewhere} it is listed with", *said) if said else ()
            hint = "take the pathway out, or look what is not asked there"
            yield self._finding(Code.NEVER_HERE, message, hint, witness)

    def _waits_for(self, pathway: str) -> str:
        """What keeps the rule open for good on a pathway: a question that hangs on one that is not asked there."""
        here = self._everywhere.on(pathway)
        if here.searched.find(here.condition(self.rule.id), is_no).answers is not None:
            return ""
        for question_id in here.rules.rests_on(self.rule.id):
            gate = here.rules.form.questions[question_id].shown_when
            for absent in questions_read(gate) if gate is not None else ():
                if absent not in here.rules.form.questions:
                    return f"whether {question_id} is shown hangs on {absent}, which is not asked there"
        return ""

    def _never_off(self) -> Iterator[Finding]:
        found = self._here.searched.find(self._condition, is_no)
        if found.ended:
            self._open.append("whether any answers take it off the list")
        elif found.answers is None:
            message = f"{self.rule.id} is never not listed: no answers take it off the list"
            yield self._finding(Code.NEVER_NOT_LISTED, message, "what always holds is a fact, not a rule")

    def _levels(self) -> Iterator[Finding]:
        for index, level in enumerate(self.rule.levels):
            found = self._here.searched.find(self._condition, at_level(level.id))
            if found.ended:
                self._open.append(f"whether it comes to level {level.id}")
            elif found.answers is None and (found.sure or not self._so_far(level.id)):
                message = f"{self.rule.id} never comes to level {level.id}: what meets it meets a higher one"
                place = self._places.of("rule", self.rule.id, "levels", index)
                yield Finding(Code.LEVEL_NEVER, place, message, "compare its figure with the next level's")

    def _so_far(self, level: str) -> bool:
        """Where answers cannot all be tried: whether the level is reached while one above it is open."""
        return self._here.searched.find(self._condition, at_level_so_far(level)).answers is not None

    def _bands(self) -> Iterator[Finding]:
        pack = self._everywhere.pack
        for index, misfit in level_gaps(self.rule, pack.questions):
            message = f"{self.rule.id}: a figure above {misfit.lower} and below {misfit.upper} comes to neither level"
            place = self._places.of("rule", self.rule.id, "levels", index)
            hint = f"write the lower edge of {misfit.lower} alone"
            yield Finding(Code.BAND_GAP, place, message, hint, self._figure(misfit))
        found = next_band(pack, self.rule)
        if found is not None and found.what == "gap":
            message = f"{self.rule.id} does not begin where {found.lower} ends: a figure lies in neither band"
            yield self._finding(Code.BAND_GAP, message, "let the two bands meet", self._figure(found))
        elif found is not None:
            message = f"{self.rule.id} begins inside the band of {found.lower}: a figure lies in both"
            yield self._finding(
                Code.BAND_OVERLAP, message, "let one band end before the other begins", self._figure(found)
            )

    def _figure(self, misfit: Misfit) -> tuple[str]:
        question = self._everywhere.pack.questions[misfit.question]
        return (f"{misfit.question}: {with_unit(misfit.figure, question.unit)}",)

    def _idle(self) -> Iterator[Finding]:
        for index, (_, node) in enumerate(self._condition.levels):
            if parameters_read(node) or any(isinstance(part, Missing | AccountsDiffer) for part in walk(node)):
                continue  # under another choice of the clinic it may be met; whether something is recorded is no value
            above = ("when",) if self.rule.when is not None else ("levels", index, "when")
            for part in idle_parts(self._here.searched, node):
                if isinstance(part, Undecided):
                    self._open.append(f"whether the part {part.what} can be left out")
                    continue
                met = "met only where another part is met" if part.of == "any" else "met wherever the others are"
                place = self._places.of("rule", self.rule.id, *above, *part.path)
                message = f"{self.rule.id}: the part {inside(part.path)} is {met}"
                yield Finding(Code.IDLE_PART, place, message, "leave it out")

    def _falling(self) -> Iterator[Finding]:
        if self.rule.class_ in ("consistency", "completeness") or self.rule.tier == "check":
            return  # two answers that do not fit each other are listed because of how they differ
        here = self._here
        for fall in falls(here.searched, self._condition):
            if isinstance(fall, Undecided):
                self._open.append(f"whether a more adverse answer to {fall.what} takes it away")
            elif not self._taken_over(here, fall):
                question = here.searched.form.questions[fall.question]
                better, worse = (value_words(question, value) for value in (fall.better, fall.worse))
                then = f"falls to {fall.then}" if fall.then else "is not listed"
                message = (
                    f"{self.rule.id} is listed with {fall.question} {better}, and {then} with {worse}, "
                    f"which is more adverse"
                )
                hint = "see that another rule of this tier holds then"
                said = self._words(self.rule.pathways[0], fall.answers)
                yield self._finding(Code.WORSE_IS_LESS, message, hint, said or ("no other answers",))

    def _taken_over(self, here: Here, fall: Falling) -> bool:
        """Whether the worse answer lists something else that is looked at as soon."""
        tier, searched = TIERS.index(self.rule.tier), here.searched
        for other_id, condition in here.rules.conditions.items():
            later = TIERS.index(here.rules.rules[other_id].tier) > tier
            if other_id == self.rule.id or later or fall.question not in here.rules.rests_on(other_id):
                continue
            outcomes = [searched.outcome(condition, fall.with_value(value)) for value in (fall.better, fall.worse)]
            if is_yes(outcomes[1]) and not is_yes(outcomes[0]):
                return True
        return False

    def _wider(self) -> Iterator[Finding]:
        for found in wider(self._here.searched, self._condition):
            if isinstance(found, Undecided):
                self._open.append(f"whether it waits for {found.what} for nothing")
                continue
            came = _outcome_words(found.outcome)
            message = f"{self.rule.id} is not established while {found.question} is not answered, and {came} either way"
            hint = "ask for it once, or put what decides without it beside it"
            said = (*self._words(self.rule.pathways[0], found.answers), f"{found.question}: not answered")
            yield self._finding(Code.WIDER, message, hint, said)

    # With others

    def _with_others(self, by_pathway: Mapping[str, Found | None]) -> Iterator[Finding]:
        rules = self._everywhere.pack.rules
        for pair in self._pairs(by_pathway):
            other = rules[pair.other]
            said = self._words(self.rule.pathways[0], pair.answers)
            ranks = self._here.rank
            later = ranks[self.rule.id] > ranks.get(other.id, -1)
            if pair.same and written_twice(self.rule, other):
                if later:
                    message = f"{self.rule.id} has the condition of {other.id}, and the same source"
                    yield self._finding(Code.SAME_CONDITION, message, "keep one of the two", said)
            elif not pair.same and adds_nothing(self.rule, other):
                message = (
                    f"{self.rule.id} is never listed without {other.id}, "
                    f"which is looked at as soon and has the same place in the same source"
                )
                hint = f"make it a level of {other.id}, or leave it out"
                yield self._finding(Code.NEVER_ALONE, message, hint, said)
            else:
                self.always_with.append(other.id)

    def _pairs(self, by_pathway: Mapping[str, Found | None]) -> Iterator[Pair]:
        """The rules of a profile of this one that are listed wherever it is, on all pathways that both stand on."""
        if not of_values(self._condition):
            return
        seen: set[str] = set()
        for pathway, found in by_pathway.items():
            here = self._everywhere.on(pathway)
            if found is None or found.answers is None:
                continue
            for other_id in here.meet(self.rule.id):
                other = here.rules.rules[other_id]
                apart = set(other.profiles).isdisjoint(self.rule.profiles)
                if other_id in seen or apart or not of_values(here.condition(other_id)):
                    continue
                seen.add(other_id)
                if self._implies(here, other_id, found.answers) and self._on_all(other, by_pathway):
                    same = implied(here.searched, here.condition(other_id), here.condition(self.rule.id), found.answers)
                    yield Pair(other_id, same, found.answers)

    def _implies(self, here: Here, other_id: str, answers: Mapping[str, Given]) -> bool:
        return implied(here.searched, here.condition(self.rule.id), here.condition(other_id), answers)

    def _on_all(self, other: Rule, by_pathway: Mapping[str, Found | None]) -> bool:
        """Whether it holds on each pathway that both rules stand on."""
        both = [(self._everywhere.on(p), found) for p, found in by_pathway.items() if p in other.pathways]
        return all(
            self._implies(here, other.id, found.answers)
            for here, found in both
            if found is not None and found.answers is not None
        )

    # What was not decided

    def _undecided(self) -> Iterator[Finding]:
        if self._open:
            message = f"{self.rule.id}: the search ended at its budget, and it is open {', '.join(self._open)}"
            yield self._finding(Code.UNDECIDED, message, _WITH_SOLVER if at_hand() else _WITHOUT_SOLVER)

    # Words

    @property
    def _condition(self) -> Condition:
        return self._here.condition(self.rule.id)

    def _words(self, pathway: str, answers: Mapping[str, Given]) -> tuple[str, ...]:
        return tuple(witness_words(self._everywhere.on(pathway).searched, answers))

    def _finding(self, code: Code, message: str, suggestion: str, witness: Iterable[str] = ()) -> Finding:
        return Finding(code, self._places.of("rule", self.rule.id), message, suggestion, tuple(witness))


def _impossible(found: Found | None) -> bool:
    """No answers, as far as the search came to an end."""
    return found is not None and found.answers is None and not found.ended


def _outcome_words(outcome: Outcome) -> str:
    level = f" at {outcome.level}" if outcome.level else ""
    return f"is listed{level}" if outcome.truth is Truth.YES else "is not listed"


def witness_words(searched: Searched, answers: Mapping[str, Given]) -> Iterator[str]:
    """Answers, one a line."""
    questions = searched.form.questions
    yield from (f"{name}: {answer_words(questions[name], given)}" for name, given in answers.items())
