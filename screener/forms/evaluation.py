"""The rules of one pathway under its chosen profiles, evaluated over answers, whole or after one change."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from screener.forms.answering import Given, one
from screener.forms.model import TIERS, OutcomeWord, Pack, Rule, Tier
from screener.forms.possible import possible_values
from screener.forms.unread import read_elsewhere
from screener.forms.visibility import Answers, Form
from screener.rules.evaluate import Chosen, Condition, Facts, Ids, Key, compile_condition, compile_node
from screener.rules.explain import Branch, can_change, irreducible, tree
from screener.rules.expressions import AccountsDiffer, Missing, Node, of_the_visit, walk
from screener.rules.facts import Layout
from screener.rules.generated import codes_of, outcomes_of
from screener.rules.truth import Truth
from screener.rules.values import Kind, State, Value, answered, is_exact

WORDS: Mapping[Truth, OutcomeWord] = {Truth.YES: "listed", Truth.NO: "not_listed", Truth.UNKNOWN: "not_established"}

_WORDS: tuple[OutcomeWord, ...] = tuple(WORDS[truth] for truth in sorted(WORDS))
"""The same by number, which is found without asking an enumeration for its hash."""

SEARCH_BUDGET = 400
"""How many evaluations may be spent on finding out which unanswered questions can still change one rule."""


class RuleOutcome(NamedTuple):
    """What came of one rule: the outcome, its level, a sufficient irreducible `because`, and what is `missing`.

    For a listed rule with levels, `missing` names what keeps a higher level open.
    """

    rule: Rule
    outcome: OutcomeWord
    level: str | None
    tier: Tier
    because: Ids
    missing: Ids

    @property
    def could_be_higher(self) -> bool:
        return self.outcome == "listed" and bool(self.missing)

    @property
    def title(self) -> str:
        """The level's title where there is one, else the rule's."""
        return next((level.title for level in self.rule.levels if level.id == self.level), self.rule.title)

    @property
    def statement(self) -> str:
        """The statement with its placeholders, of the level where it has its own."""
        own = next((level.statement for level in self.rule.levels if level.id == self.level), "")
        return own or self.rule.statement


MOST_KEPT = 2000
RUNS_AS_CLOSURES = 30
"""More than a visit has of the same change: what runs more often is on its way to many more."""


class _Ready:
    """One rule ready to run, with what has come of it so far: the same again is the same object, not made anew."""

    __slots__ = ("_run", "_tiers", "condition", "kept", "rule")

    def __init__(self, rule: Rule, condition: Condition) -> None:
        self.rule = rule
        self.condition = condition
        self.kept: dict[Key, RuleOutcome] = {}
        self._run = condition.keyed()
        self._tiers = {level.id: level.tier or rule.tier for level in rule.levels}

    def outcome(self, values: list[object], facts: Facts) -> RuleOutcome:
        """What comes of the rule's closure."""
        key = self._run(values, facts)
        return self.kept.get(key) or self._keep(key)

    def _keep(self, key: Key) -> RuleOutcome:
        truth, level, because, missing = self.condition.told(key)
        tier = self.rule.tier if level is None else self._tiers[level]
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        made = self.kept[key] = RuleOutcome(self.rule, _WORDS[truth], level, tier, because, missing)
        return made


class _Batch:
    """Rules to evaluate together, and those of them that come upon a question in two ways.

    They run as closures, which are there already. Those that run together again and again become one function: to write
    and compile it takes as long as many hundreds of runs, so nobody waits for what would hardly be used.
    """

    __slots__ = ("_left", "_rules", "function", "twice")

    def __init__(self, rules: Iterable[_Ready], twice: Container[str]) -> None:
        self._rules = {rule.rule.id: rule for rule in rules}
        self._left = RUNS_AS_CLOSURES
        self.function: Callable[[list[object], Facts], dict[str, RuleOutcome]] = self.as_closures
        self.twice = tuple(rule_id for rule_id in self._rules if rule_id in twice)

    def run(self, facts: Facts) -> dict[str, RuleOutcome]:
        try:
            return self.function(facts.values, facts)
        except KeyError:  # something comes of a rule for the first time
            return self.as_closures(facts.values, facts)

    def as_closures(self, values: list[object], facts: Facts) -> dict[str, RuleOutcome]:
        self._left -= 1
        if not self._left:
            self.function = outcomes_of([(rule.condition, rule.kept) for rule in self._rules.values()])
        return {rule_id: rule.outcome(values, facts) for rule_id, rule in self._rules.items()}


class RuleSet:
    """The rules of one screening: those of the pathway and of a chosen profile, in the order of the screen."""

    def __init__(
        self,
        pack: Pack,
        pathway_id: str,
        profiles: Iterable[str],
        parameters: Mapping[str, str] | None = None,
        *,
        drafts: bool = False,
    ) -> None:
        self.pack = pack
        self.form = Form(pack, pathway_id)
        self.pathway = pack.pathway(pathway_id)
        self.profiles = tuple(dict.fromkeys([*(p.id for p in pack.profiles if p.always), *profiles]))
        self.parameters = dict(parameters or {})
        statuses = ("active", "draft") if drafts or pack.head.drafts else ("active",)
        self._figures = self._chosen()
        theme_rank = {theme.id: rank for rank, theme in enumerate(self.form.themes)}
        ranked: list[tuple[tuple[int, ...], Rule]] = []
        for rank, rule in enumerate(pack.rules.values()):
            if (
                rule.status in statuses
                and pathway_id in rule.pathways
                and not set(self.profiles).isdisjoint(rule.profiles)
            ):
                theme = theme_rank.get(pack.theme_of[rule.id].id, len(theme_rank))
                ranked.append(((rule.class_ == "efficacy note", TIERS.index(rule.tier), theme, rank), rule))
        self.rules: dict[str, Rule] = {rule.id: rule for _, rule in sorted(ranked, key=lambda entry: entry[0])}
        self.conditions: dict[str, Condition] = {
            rule.id: _condition(rule, self._figures, self.form.layout) for rule in self.rules.values()
        }
        self._closure = {rule_id: self._rests_on(condition) for rule_id, condition in self.conditions.items()}
        self._direct = {
            rule_id
            for rule_id, condition in self.conditions.items()
            if set(self._closure[rule_id]) == condition.reads
            and all(not self.form.rests_on(q)[1:] for q in condition.reads)
        }
        self._possible_values: dict[str, tuple[date, Mapping[str, Sequence[Value] | None]]] = {}
        self._twice = {
            rule_id: self._answers_of(rule_id)
            for rule_id, condition in self.conditions.items()
            if len(self._closure[rule_id]) > 1 and not self._read_once(condition)
        }
        """The rules that come upon a question in two ways, each with what tells its answers from others."""
        self._searched: dict[tuple[object, ...], RuleOutcome] = {}
        self._ready = {
            rule_id: _Ready(self.rules[rule_id], condition) for rule_id, condition in self.conditions.items()
        }
        self._all = self._batch(self.rules)
        self._reading: dict[tuple[str, ...], _Batch] = {}
        """The rules that read these questions, for every change that has come so far: few are possible."""

    @cached_property
    def read_elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """Questions that only rules of other profiles read, each with those profiles."""
        return read_elsewhere(self.pack, self.form, self.pathway.id, self.rules)

    def codes(self) -> Callable[[list[object], Facts], list[int]]:
        """What all rules come to as codes, without what they rest on being named; generated anew at each call."""
        return codes_of(list(self.conditions.values()))

    @property
    def figures(self) -> Chosen:
        """The figures of the chosen options, by parameter."""
        return self._figures

    def _batch(self, rule_ids: Iterable[str]) -> _Batch:
        return _Batch((self._ready[rule_id] for rule_id in rule_ids), self._twice)

    def _chosen(self) -> Chosen:
        found = {}
        for parameter_id, option_id in self.parameters.items():
            parameter = self.pack.parameters.get(parameter_id)
            option = parameter.option(option_id) if parameter else None
            if option is not None:
                found[parameter_id] = dict(option.values)
        return found

    def _rests_on(self, condition: Condition) -> tuple[str, ...]:
        ids = {needed for question_id in condition.reads for needed in self.form.rests_on(question_id)}
        return tuple(question_id for question_id in self.form.questions if question_id in ids)

    def _read_once(self, condition: Condition) -> bool:
        """No recorded question reaches the rule by two ways, gates and formulas included."""
        reached = [needed for question_id in condition.reads for needed in self.form.rests_on(question_id)]
        return condition.read_once and len(reached) == len(set(reached))

    def _answers_of(self, rule_id: str) -> Callable[[Facts, Answers], object]:
        """Gives all of the recorded answers that can decide a rule.

        Where each is seen as it was given, and no test is about recording, the values are all.
        """
        recorded = [q for q in self._closure[rule_id] if self.form.questions[q].kind is not Kind.DERIVED]
        tests = [part for _, node in self.conditions[rule_id].levels for part in walk(node)]
        if all(self._is_plain(q) for q in recorded) and not any(isinstance(t, Missing | AccountsDiffer) for t in tests):
            values = itemgetter(*[self.form.layout.place[q] for q in recorded])
            return lambda facts, answers: values(facts.values)
        return lambda facts, answers: tuple(map(_said, map(answers.get, recorded)))

    def _is_plain(self, question_id: str) -> bool:
        """Whether a question is always shown, with values that are equal where they say the same."""
        return question_id in self.form.layout.alone and self.form.questions[question_id].kind is not Kind.READINGS

    def rests_on(self, rule_id: str) -> tuple[str, ...]:
        """The recorded questions that this rule can depend on, gates included, in form order."""
        return self._closure[rule_id]

    def measures_from_visit(self, rule_id: str) -> bool:
        """Whether the visit's date itself decides something here: in a test, a display condition or an age."""
        asked = [self.form.questions[question_id] for question_id in self._closure[rule_id]]
        roots: list[Node] = [node for _, node in self.conditions[rule_id].levels]
        roots += [question.shown_when for question in asked if question.shown_when is not None]
        ages = any(question.formula is not None and question.formula.name == "age" for question in asked)
        return ages or any(of_the_visit(node) for root in roots for node in walk(root))

    def outcome(self, rule_id: str, facts: Facts, answers: Answers) -> RuleOutcome:
        """Evaluate one rule, with its explanation."""
        return self.outcomes(facts, answers, (rule_id,))[rule_id]

    def outcomes(self, facts: Facts, answers: Answers, only: Iterable[str] | None = None) -> dict[str, RuleOutcome]:
        """Evaluate all rules, or `only` some, in the order of the screen."""
        return self._run(self._all if only is None else self._batch(only), facts, answers)

    def again(self, changed: tuple[str, ...], facts: Facts, answers: Answers) -> dict[str, RuleOutcome]:
        """Evaluate the rules that read one of these questions, in the order of the screen."""
        batch = self._reading.get(changed)
        if batch is None:
            read = set(changed)
            batch = self._reading[changed] = self._batch(r for r in self.rules if self.conditions[r].reads & read)
        if batch.twice:
            return self._run(batch, facts, answers)
        values = facts.values
        try:
            return batch.function(values, facts)
        except KeyError:  # something comes of a rule for the first time
            return batch.as_closures(values, facts)

    def _run(self, batch: _Batch, facts: Facts, answers: Answers) -> dict[str, RuleOutcome]:
        found = batch.run(facts)
        for rule_id in batch.twice:
            outcome = found[rule_id]
            if len(outcome.because) > 1 or len(outcome.missing) > 1:
                found[rule_id] = self._closely(outcome, facts, answers)
        return found

    def _closely(self, outcome: RuleOutcome, facts: Facts, answers: Answers) -> RuleOutcome:
        """The outcome with nothing named that could be left out, for a rule that comes upon a question in two ways."""
        rule_id = outcome.rule.id
        key = rule_id, facts.day, self._twice[rule_id](facts, answers)
        known = self._searched.get(key)
        if known is None:
            if len(self._searched) >= MOST_KEPT:
                self._searched.clear()
            known = self._searched[key] = self._search(outcome, facts, answers)
        return known

    def _search(self, outcome: RuleOutcome, facts: Facts, answers: Answers) -> RuleOutcome:
        condition, because, missing = self.conditions[outcome.rule.id], outcome.because, outcome.missing
        if len(because) > 1:
            because = self._shrink(condition, because, facts, answers)
        if len(missing) > 1:
            missing = self._can_change(condition, missing, facts, answers)
        return outcome._replace(because=because, missing=missing)

    def _shrink(self, condition: Condition, because: Ids, facts: Facts, answers: Answers) -> Ids:
        """The sufficient set without what can be left out. An answer that is absent cannot be left out: it is named."""

        def keep_only(ids: Ids) -> Facts:
            if condition.id in self._direct:
                return facts.only(ids)
            return self.form.facts({q: answers[q] for q in ids if q in answers}, facts.day, condition.reads)

        given = [q for q in self._closure[condition.id] if q in answers and answers[q].state is not State.COME_BACK]
        return irreducible(condition, because, facts, keep_only, reversed(given))

    def _can_change(self, condition: Condition, missing: Ids, facts: Facts, answers: Answers) -> Ids:
        """Of the unanswered questions that a rule came upon, those that can still change it."""
        unknown: dict[str, Sequence[Value]] = {}
        for question_id, values in self._possible(condition, facts.day).items():
            given = answers.get(question_id)
            if given is not None and given.state is State.ANSWERED and is_exact(given.value):
                continue
            if values is None or (given is not None and given.state is State.ANSWERED):
                return missing
            unknown[question_id] = values

        def suppose(values: Mapping[str, Value]) -> Facts:
            if condition.id in self._direct:
                return facts.also({question_id: answered(question_id, value) for question_id, value in values.items()})
            return self.form.facts({**answers, **{q: one(v) for q, v in values.items()}}, facts.day, condition.reads)

        return can_change(condition, missing, unknown, suppose, SEARCH_BUDGET)

    def _possible(self, condition: Condition, day: date) -> Mapping[str, Sequence[Value] | None]:
        """For each recorded question that the rule can depend on, values that stand for all it may be answered with."""
        known = self._possible_values.get(condition.id)
        if known is None or known[0] != day:
            asked = [self.form.questions[q] for q in self._closure[condition.id]]
            gates = [q.shown_when for q in asked if q.shown_when is not None]
            tests = [*(node for _, node in condition.levels), *gates]
            used = {needed for q in asked if q.formula is not None for needed in q.formula.of}
            found = {
                q.id: None if q.id in used else possible_values(q, tests, self._figures, day)
                for q in asked
                if q.kind is not Kind.DERIVED
            }
            known = self._possible_values[condition.id] = (day, found)
        return known[1]

    def trees(self, rule_id: str, facts: Facts) -> list[tuple[str | None, Branch]]:
        """A rule's condition, or that of each level from the highest down, as trees of met, not met, not answered."""
        levels = reversed(self.conditions[rule_id].levels)
        return [(name, tree(compile_node(node, self._figures, self.form.layout), facts)) for name, node in levels]

    def evaluate(self, answers: Answers, day: date) -> tuple[Facts, dict[str, RuleOutcome]]:
        """Everything at once: the facts as the logic sees them, and every rule's outcome."""
        facts = self.form.facts(answers, day)
        return facts, self.outcomes(facts, answers)


def _condition(rule: Rule, chosen: Chosen, layout: Layout) -> Condition:
    levels = [(level.id, level.when) for level in rule.levels] if rule.when is None else [(None, rule.when)]
    return compile_condition(rule.id, levels, chosen, layout)


def _said(given: Given | None) -> object:
    """All of an answer that can decide a rule: the value, or the state that stands in its place."""
    if given is None:
        return None
    account = given.accounts[0] if len(given.accounts) == 1 else given
    return (account.state,) if account.value is None else account.value
