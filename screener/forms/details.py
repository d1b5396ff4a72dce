"""What the browser says of one rule, one question, one source: values in words, made from the pack alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from screener.forms.browsing import (
    CLASS_WORDS,
    STATUS_WORDS,
    asked_in,
    opened_by,
    pathway_titles,
    questions_of,
    statuses,
)
from screener.forms.changes import Difference, Part
from screener.forms.conditions import Line, condition_lines
from screener.forms.coverage import rests_on
from screener.forms.model import SOURCE_CRITICAL, Pack, Question, Rule, Source, SourceRef, Tier
from screener.forms.words import OWN_QUESTION, STRENGTH_WORDS, TIER_WORDS, PackNames
from screener.language import WINDOW, tr, tr_n
from screener.rules.values import Kind
from screener.rules.words import figure_words, in_words, part_words, unit_words, with_unit

Fact = tuple[str, str]
"""What something is called, and what it is."""
KIND_WORDS: Mapping[Kind, str] = {
    Kind.YES_NO: tr("Yes or no"),
    Kind.CHOICE: tr("One of several"),
    Kind.CHOICES: tr("Any of several"),
    Kind.NUMBER: tr("A number"),
    Kind.DATE: tr("A date, as exact as it is known"),
    Kind.TIME: tr("A time of day"),
    Kind.DATETIME: tr("A day and a time"),
    Kind.TEXT: tr("Free text"),
    Kind.READINGS: tr("Readings"),
    Kind.MEDICINES: tr("A list of medicines"),
    Kind.INSTRUMENT: tr("The result of an instrument"),
    Kind.DERIVED: tr("Worked out from other answers, never typed"),
}
_FORMULAS = {
    "bmi": tr("body mass index"),
    "map": tr("mean arterial pressure"),
    "pulse_pressure": tr("pulse pressure"),
    "age": tr("age at the visit"),
    "days_between": tr("days from one to the other"),
}
NOT_RE_READ = tr("Not yet re-read by a named clinician")
_CODE = re.compile(r"\b([PS])\b")
_GAP = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)?)\}")
_READ = {"P": tr("the text itself"), "S": tr("a page that speaks of it")}


def how_far_words(how_far: str) -> str:
    """How far a text was read. The letters of the fact bases stand for the text itself, or a page that speaks of it."""
    return _CODE.sub(lambda found: _READ[found[1]], how_far)


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A rule's condition in words, or that of one of its levels, from the highest down."""

    title: str
    tier: Tier | None
    statement: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What a source says, how strongly, in its own words, and what of it was read."""

    ref: str
    title: str
    line: str
    """Organisation, year, country."""
    at: str
    strength: str
    says: str
    own_words: str
    product: str
    read: str
    link: str


@dataclass(frozen=True, slots=True)
class QuestionUse:
    """A question that a rule reads, or that decides whether one of these is shown."""

    id: str
    label: str
    text: str
    read: bool
    shown: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row of the register that a rule stands for."""

    row: str
    facts: str
    others: tuple[str, ...]
    """The other rules of this row."""


@dataclass(frozen=True, slots=True)
class LocalChange:
    """What a local pack does to one entry of the shipped pack."""

    said: str
    parts: tuple[Part, ...] = ()
    rest: str = ""
    """What holds of all other parts."""


@dataclass(frozen=True, slots=True)
class RuleDetail:
    """One rule, in words."""

    id: str
    title: str
    tier: Tier
    theme: str
    facts: tuple[Fact, ...]
    chips: tuple[str, ...]
    levels: tuple[LevelWords, ...]
    source: SourceWords
    others: tuple[SourceWords, ...]
    questions: tuple[QuestionUse, ...]
    rows: tuple[RowWords, ...]
    reread: str
    note: str
    change: LocalChange | None


def rule_detail(pack: Pack, rule: Rule, difference: Difference | None = None) -> RuleDetail:
    """Everything that is to be said of a rule before it is tried."""
    names = PackNames(pack)
    reread = tr("Re-read by {by}, {on}").format(by=rule.reread.by, on=rule.reread.on) if rule.reread.by else NOT_RE_READ
    return RuleDetail(
        rule.id,
        rule.title,
        rule.tier,
        pack.theme_of[rule.id].title,
        tuple(_rule_facts(pack, rule)),
        (
            *(WINDOW.word(TIER_WORDS[rule.tier]), CLASS_WORDS[rule.class_]),
            *(STATUS_WORDS[status] for status in statuses(rule, difference)),
        ),
        tuple(_levels(rule, names)),
        _source_words(pack, rule.source),
        tuple(
            SourceWords(
                other.ref,
                pack.sources[other.ref].title,
                _of_source(pack.sources[other.ref]),
                other.at,
                WINDOW.word(STRENGTH_WORDS[other.strength]),
                other.says,
                other.own_words,
                pack.sources[other.ref].product,
                _read_words(pack.sources[other.ref]),
                pack.sources[other.ref].url,
            )
            for other in rule.others
        ),
        tuple(_uses(pack, rule, names)),
        tuple(_rows(pack, rule)),
        reread,
        rule.note,
        local_change(difference, "rule", rule.id),
    )


def _rule_facts(pack: Pack, rule: Rule) -> Iterator[Fact]:
    yield tr("Asked on"), all_or(pathway_titles(pack, rule.pathways), len(pack.pathways), tr("every pathway"))
    yield tr("Profiles"), " · ".join(profile.title for profile in pack.profiles if profile.id in rule.profiles)
    if rule.source.strength in SOURCE_CRITICAL:
        yield (
            tr("While it is not established"),
            tr("it stands in the list: its source is a contraindication, boxed warning or law"),
        )


def all_or(titles: list[str], count: int, every: str) -> str:
    """A list of titles, or that it is all of them."""
    return every if len(titles) == count else " · ".join(titles)


def _levels(rule: Rule, names: PackNames) -> Iterator[LevelWords]:
    if rule.when is not None:
        yield LevelWords("", None, statement_words(rule.statement, names), tuple(condition_lines(rule.when, names)))
        return
    for level in reversed(rule.levels):
        lines = tuple(condition_lines(level.when, names))
        said = statement_words(level.statement or rule.statement, names)
        yield LevelWords(level.title, level.tier or rule.tier, said, lines)


def statement_words(statement: str, names: PackNames) -> str:
    """A statement with its gaps named: what an item puts there stands in ‹ ›."""

    def named(found: re.Match[str]) -> str:
        name = found[1]
        return f"‹{names.question(name) if '.' in name else name.replace('_', ' ')}›"

    return _GAP.sub(named, statement)


def _source_words(pack: Pack, ref: SourceRef) -> SourceWords:
    source = pack.sources[ref.ref]
    return SourceWords(
        ref.ref,
        source.title,
        _of_source(source),
        ref.at,
        WINDOW.word(STRENGTH_WORDS[ref.strength]),
        ref.says,
        ref.own_words,
        source.product,
        _read_words(source),
        source.url,
    )


def _of_source(source: Source) -> str:
    return ", ".join(part for part in (source.organisation, source.year, source.country) if part)


def _read_words(source: Source) -> str:
    far = f" ({how_far_words(source.how_far)})" if source.how_far else ""
    return f"{source.read}{far}" + (f", {source.on}" if source.on else "")


def _uses(pack: Pack, rule: Rule, names: PackNames) -> Iterator[QuestionUse]:
    read, needed = set(questions_of(rule)), rests_on(pack, rule)
    for wanted in (True, False):
        for question in pack.questions.values():
            if question.id in needed and (question.id in read) is wanted:
                yield QuestionUse(question.id, question.label, question.text, wanted, shown_words(question, names))


def shown_words(question: Question, names: PackNames) -> str:
    """When a question is shown."""
    if question.kind is Kind.DERIVED and question.formula is not None:
        of = tr(" and ").join(names.question(name) for name in question.formula.of)
        return tr("Worked out: {formula} of {of}").format(formula=_FORMULAS[question.formula.name], of=of)
    if question.shown_when is None:
        return tr("Always shown on its pathways")
    return tr("Shown when {condition}").format(condition=in_words(question.shown_when, names))


def _rows(pack: Pack, rule: Rule) -> Iterator[RowWords]:
    for row in rule.basis:
        entry: Any = pack.rows.get(row)
        entry = entry if isinstance(entry, Mapping) else {}
        facts = "; ".join(_fact_words(pack, str(fact)) for fact in entry.get("fact", ()))
        others = tuple(str(name) for name in entry.get("rule", ()) if name != rule.id)
        yield RowWords(row, facts, others)


def _fact_words(pack: Pack, fact: str) -> str:
    takes, _, name = fact.rpartition("takes:")
    if takes or fact.startswith("takes:"):
        return tr("taken: {medicine}").format(medicine=pack.medicines.dictionary.class_title(name))
    question = pack.questions.get(fact)
    return question.label if question is not None else fact


def local_change(difference: Difference | None, kind: str, name: str) -> LocalChange | None:
    """What the open pack does to one entry of the pack that it extends; None where it leaves it as it is."""
    if difference is None:
        return None
    off = [
        tr("Switched off here: {why}").format(why=one.words)
        for one in difference.off
        if (kind, one.rule) == ("rule", name)
    ]
    replaced = next((one for one in difference.replaced if (one.kind, one.id) == (kind, name)), None)
    if replaced is not None:
        count = len(replaced.parts)
        differ = tr_n("Replaced here: {n} part differs", "Replaced here: {n} parts differ", count)
        said = [*off, differ if count else tr("Replaced here")]
        rest = tr("Every other part is as shipped.") if count else tr("No part of it differs from the shipped one.")
        return LocalChange(" · ".join(said), replaced.parts, rest)
    if any((one.kind, one.id) == (kind, name) for one in difference.added):
        return LocalChange(" · ".join([*off, tr("Added here: the shipped content does not have it")]))
    return LocalChange(off[0], rest=tr("As it stands it is as shipped.")) if off else None


# Questions


@dataclass(frozen=True, slots=True)
class OptionWords:
    id: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class QuestionDetail:
    """One question, in its own words, and what reads it."""

    id: str
    label: str
    text: str
    theme: str
    facts: tuple[Fact, ...]
    options: tuple[OptionWords, ...]
    shown: tuple[Line, ...]
    """Its display condition; empty where it is always shown."""
    hidden: str
    """What holds while it is not shown."""
    opens: tuple[tuple[str, str], ...]
    """The questions that its answer can show: id and label."""
    change: LocalChange | None


def question_detail(pack: Pack, question: Question, difference: Difference | None = None) -> QuestionDetail:
    """Everything that is to be said of a question."""
    names = PackNames(pack)
    shown = () if question.shown_when is None else tuple(condition_lines(question.shown_when, names))
    return QuestionDetail(
        question.id,
        question.label,
        question.text,
        pack.theme_of[question.id].title,
        tuple(fact for fact in _question_facts(pack, question, names) if fact[1]),
        tuple(OptionWords(option.id, option.text, option.help) for option in question.options),
        shown,
        _hidden_words(question, names),
        tuple((other.id, other.label) for other in opened_by(pack, question.id)),
        local_change(difference, "question", question.id),
    )


def _question_facts(pack: Pack, question: Question, names: PackNames) -> Iterator[Fact]:
    yield tr("Answer"), KIND_WORDS[question.kind]
    yield tr("Whose"), WINDOW.word(OWN_QUESTION) if question.own else ""
    if question.formula is not None:
        yield tr("Worked out from"), ", ".join(names.question(name) for name in question.formula.of)
    yield tr("Instrument"), question.scoring.title if question.scoring is not None else question.instrument or ""
    yield (
        tr("Unit"),
        tr(", or ").join(unit_words(unit, say=WINDOW) for unit in (question.unit, *question.units) if unit),
    )
    if question.step is not None:
        yield tr("Step"), figure_words(question.step)
    if question.plausible is not None:
        low, high = question.plausible
        yield tr("Looked at again outside"), _from_to(figure_words(low), with_unit(high, question.unit, WINDOW))
    for part, (low, high) in question.plausible_parts.items():
        named = tr("Looked at again outside, {part}").format(part=WINDOW.word(part_words(part)))
        yield named, _from_to(figure_words(low), figure_words(high))
    yield tr("Help"), question.help
    yield tr("Why it is asked"), question.why
    yield tr("To a patient on screen"), question.for_patient
    yield tr("Asked on"), all_or(asked_in(pack, question), len(pack.pathways), tr("every pathway"))
    yield tr("Earlier answers"), _earlier_words(pack, question)
    yield tr("Sensitive"), tr("put off while somebody else is in the room") if question.sensitive else ""


def _earlier_words(pack: Pack, question: Question) -> str:
    if question.same_for is not None:
        said = tr("asked anew; one of less than {duration} ago is offered to be said again")
        return said.format(duration=with_unit(Decimal(question.same_for.count), question.same_for.unit, WINDOW))
    return tr("never offered: asked anew at every visit") if pack.asked_anew(question.id) else ""


def _from_to(low: str, high: str) -> str:
    return tr("{low} to {high}").format(low=low, high=high)


def _hidden_words(question: Question, names: PackNames) -> str:
    if question.shown_when is None or question.when_hidden is None:
        return ""
    if question.when_hidden == "not applicable":
        return tr("While it is not shown it is not applicable: every test on it is not met.")
    return tr("While it is not shown the answer is {answer}.").format(
        answer=WINDOW.word(names.option(question.id, question.when_hidden))
    )


# Sources


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rests on a source: a rule by its id, or a figure or fact that is no rule."""

    rule: str
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """One source, what of it was read, and what rests on it."""

    ref: str
    title: str
    facts: tuple[Fact, ...]
    link: str
    groups: tuple[tuple[str, tuple[Resting, ...]], ...]
    """Rules by profile, then what is set beside others, then figures and facts."""
    change: LocalChange | None


def source_detail(pack: Pack, ref: str, difference: Difference | None = None) -> SourceDetail:
    """Everything that is to be said of a source."""
    source = pack.sources[ref]
    facts = (
        (tr("Organisation"), source.organisation),
        (tr("Year"), source.year),
        (tr("Country"), source.country),
        (tr("Product"), source.product),
        (tr("Text version read"), source.read),
        (tr("How far it was read"), how_far_words(source.how_far) or tr("not said")),
        (tr("Read on"), source.on or tr("no day is recorded")),
        (tr("Places in it"), source.section_style),
    )
    said = tuple(one for one in facts if one[1])
    change = local_change(difference, "source", ref)
    return SourceDetail(ref, source.title, said, source.url, tuple(_groups(pack, ref)), change)


def _groups(pack: Pack, ref: str) -> Iterator[tuple[str, tuple[Resting, ...]]]:
    rules = [rule for rule in pack.rules.values() if rule.source.ref == ref]
    for profile in pack.profiles:
        alike = [rule for rule in rules if profile.id in rule.profiles]
        if alike:
            yield profile.title, tuple(_resting(rule) for rule in alike)
    beside = [(rule, other) for rule in pack.rules.values() for other in rule.others if other.ref == ref]
    if beside:
        yield (
            tr("Set beside the source of these rules"),
            tuple(
                Resting(rule.id, rule.title, _line((WINDOW.word(STRENGTH_WORDS[other.strength]), other.at, other.says)))
                for rule, other in beside
            ),
        )
    more = tuple(_figures_and_facts(pack, ref))
    if more:
        yield tr("Figures to choose from, and facts"), more


def _resting(rule: Rule) -> Resting:
    return Resting(rule.id, rule.title, _line((WINDOW.word(STRENGTH_WORDS[rule.source.strength]), rule.source.at)))


def _figures_and_facts(pack: Pack, ref: str) -> Iterator[Resting]:
    for parameter in pack.parameters.values():
        for option in parameter.options:
            if option.source.ref == ref:
                said = _line((WINDOW.word(STRENGTH_WORDS[option.source.strength]), option.source.at))
                yield Resting("", f"{parameter.title}: {option.label}", said)
    for pathway in pack.pathways:
        for fact in pathway.facts:
            if fact.source == ref:
                yield Resting(
                    "", f"{pathway.short}, {fact.label}: {fact.text}", tr("a fact on the card of the pathway")
                )
        for due in pathway.course.due if pathway.course is not None else ():
            if due.source == ref:
                after = tr_n("{n} minute after the dose", "{n} minutes after the dose", due.after_min)
                said = f"{pathway.short}, {after}: {due.says}"
                yield Resting("", said, _line((tr("a reading in the list of the day"), due.at)))


def _line(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
