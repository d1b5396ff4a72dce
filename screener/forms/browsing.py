"""What can be browsed in a pack: rules, questions and sources as lines, narrowed by words and by kind, in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args

from screener.forms.changes import Difference
from screener.forms.content import Strength
from screener.forms.model import TIERS, Class, Pack, Question, Rule, Source, Tier
from screener.forms.visibility import asked_on
from screener.forms.words import STRENGTH_WORDS, TIER_WORDS, PackNames
from screener.language import WINDOW, tr, tr_n
from screener.rules.expressions import questions_read
from screener.rules.words import in_words

Status = Literal["active", "draft", "off", "retired", "replaced", "added"]
STATUS_WORDS: Mapping[Status, str] = {
    "active": tr("Active"),
    "draft": tr("Draft: no source read"),
    "off": tr("Switched off here"),
    "retired": tr("Retired"),
    "replaced": tr("Replaced here"),
    "added": tr("Added here"),
}
CLASS_WORDS: Mapping[Class, str] = {
    "safety": tr("Safety"),
    "efficacy note": tr("Note on efficacy"),
    "logistics": tr("Logistics"),
    "legal": tr("Law"),
    "consistency": tr("Answers that agree"),
    "completeness": tr("Completeness"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in a list."""

    id: str
    title: str
    theme: str
    theme_title: str
    tier: Tier
    tiers: frozenset[Tier]
    """With those of its levels."""
    class_: Class
    strength: Strength
    source: str
    pathways: frozenset[str]
    profiles: frozenset[str]
    statuses: frozenset[Status]
    words: str = field(repr=False)
    """All that a search looks through, in one case."""

    @property
    def second(self) -> str:
        """The line below the title: what sets the rule apart, and its source with the strength that it has there."""
        apart = [STATUS_WORDS[status] for status in STATUS_WORDS if status != "active" and status in self.statuses]
        return " · ".join([*apart, WINDOW.word(STRENGTH_WORDS[self.strength]), self.source])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of rules is narrowed to; empty: not narrowed by this."""

    text: str = ""
    theme: str = ""
    pathway: str = ""
    profile: str = ""
    tier: str = ""
    class_: str = ""
    strength: str = ""
    status: str = ""

    def without(self, name: str) -> Wanted:
        return replace(self, **{name: ""})

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The names of what narrows, the text left aside."""
        return tuple(one.name for one in fields(self) if one.name != "text" and getattr(self, one.name))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow by: what it is called, and how many rules would be left."""

    value: str
    words: str
    count: int


_HAS: Mapping[str, Callable[[RuleLine, str], bool]] = {
    "theme": lambda line, value: line.theme == value,
    "pathway": lambda line, value: value in line.pathways,
    "profile": lambda line, value: value in line.profiles,
    "tier": lambda line, value: value in line.tiers,
    "class_": lambda line, value: line.class_ == value,
    "strength": lambda line, value: line.strength == value,
    "status": lambda line, value: value in line.statuses,
}
NARROWINGS: tuple[str, ...] = tuple(_HAS)
_VALUES: Mapping[str, Callable[[RuleLine], Iterable[str]]] = {
    "theme": lambda line: (line.theme,),
    "pathway": lambda line: line.pathways,
    "profile": lambda line: line.profiles,
    "tier": lambda line: line.tiers,
    "class_": lambda line: (line.class_,),
    "strength": lambda line: (line.strength,),
    "status": lambda line: line.statuses,
}


def rule_lines(pack: Pack, difference: Difference | None = None) -> tuple[RuleLine, ...]:
    """Every rule of a pack, in the order of the form."""
    names = PackNames(pack)
    return tuple(
        _rule_line(pack, names, theme.id, theme.title, rule, statuses(rule, difference))
        for theme in pack.themes
        for rule in theme.rules
    )


def statuses(rule: Rule, difference: Difference | None) -> tuple[Status, ...]:
    """Whether a rule is in force, and what the open pack does to it."""
    return (rule.status, *_local(difference, "rule", rule.id))


def _local(difference: Difference | None, kind: str, name: str) -> tuple[Status, ...]:
    """Whether the open pack brings an entry, or replaces a shipped one by it."""
    if difference is None:
        return ()
    if any((one.kind, one.id) == (kind, name) for one in difference.replaced):
        return ("replaced",)
    return ("added",) if any((one.kind, one.id) == (kind, name) for one in difference.added) else ()


def _rule_line(
    pack: Pack,
    names: PackNames,
    theme: str,
    theme_title: str,
    rule: Rule,
    held: tuple[Status, ...],
) -> RuleLine:
    source = pack.sources[rule.source.ref]
    said = (
        rule.id,
        rule.title,
        theme_title,
        rule.statement,
        *(text for level in rule.levels for text in (level.title, level.statement)),
        *(in_words(condition, names) for condition in rule.conditions()),
        *questions_of(rule),
        rule.source.ref,
        source.title,
        source.organisation,
        source.year,
        rule.source.at,
        rule.source.own_words,
        rule.source.says,
        *(text for other in rule.others for text in (other.ref, pack.sources[other.ref].title, other.says)),
        *rule.basis,
        rule.note,
    )
    return RuleLine(
        rule.id,
        rule.title,
        theme,
        theme_title,
        rule.tier,
        frozenset([rule.tier, *(level.tier for level in rule.levels if level.tier is not None)]),
        rule.class_,
        rule.source.strength,
        brief_source(source),
        frozenset(rule.pathways),
        frozenset(rule.profiles),
        frozenset(held),
        _one_case(said),
    )


def brief_source(source: Source) -> str:
    """A source as short as it can be told from others: its title and year."""
    return f"{source.title}, {source.year}" if source.year and source.year not in source.title else source.title


def questions_of(rule: Rule) -> list[str]:
    """The questions that a rule reads, each once, as they are written."""
    return list(dict.fromkeys(name for node in rule.conditions() for name in questions_read(node)))


def _one_case(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split()).casefold()


def holds(words: str, text: str) -> bool:
    """Whether every word of a search stands somewhere in `words`, which are in one case."""
    return all(part in words for part in text.casefold().split())


def chosen(lines: Iterable[RuleLine], wanted: Wanted) -> list[RuleLine]:
    """The rules that are left."""
    tests = [(_HAS[name], getattr(wanted, name)) for name in wanted.narrowed]
    return [
        line
        for line in lines
        if (not wanted.text or holds(line.words, wanted.text)) and all(has(line, value) for has, value in tests)
    ]


def by_theme(lines: Iterable[RuleLine]) -> list[tuple[str, list[RuleLine]]]:
    """Rules under the titles of their themes, in the order in which they come."""
    groups: dict[str, list[RuleLine]] = {}
    for line in lines:
        groups.setdefault(line.theme_title, []).append(line)
    return list(groups.items())


def choices(pack: Pack, lines: Sequence[RuleLine], wanted: Wanted, name: str) -> list[Choice]:
    """What the rules can be narrowed to by one name, with how many would be left of what the others leave."""
    left = chosen(lines, wanted.without(name))
    counts: Counter[str] = Counter(value for line in left for value in _VALUES[name](line))
    there: Counter[str] = Counter(value for line in lines for value in _VALUES[name](line))
    return [Choice(value, words, counts[value]) for value, words in _named(pack, name) if there[value]]


def words_of(pack: Pack, name: str, value: str) -> str:
    """What a value to narrow by is called."""
    return next((words for one, words in _named(pack, name) if one == value), value)


def _named(pack: Pack, name: str) -> list[tuple[str, str]]:
    """All values to narrow by one name, in the order of the pack, and what each is called."""
    match name:
        case "theme":
            return [(theme.id, theme.title) for theme in pack.themes]
        case "pathway":
            return [(pathway.id, pathway.title) for pathway in pack.pathways]
        case "profile":
            return [(profile.id, profile.title) for profile in pack.profiles]
        case "tier":
            return [(tier, WINDOW.word(TIER_WORDS[tier])) for tier in TIERS]
        case "class_":
            return list(CLASS_WORDS.items())
        case "strength":
            return [(strength, WINDOW.word(STRENGTH_WORDS[strength])) for strength in get_args(Strength)]
        case _:
            return list(STATUS_WORDS.items())


# Questions and sources


@dataclass(frozen=True, slots=True)
class Entry:
    """One question or source in a list: what it is called, what stands below, the group that it belongs to."""

    id: str
    title: str
    second: str
    group: str
    words: str = field(repr=False)


def _second(said: str, difference: Difference | None, kind: str, name: str) -> str:
    return " · ".join([*(STATUS_WORDS[status] for status in _local(difference, kind, name)), said])


def question_entries(pack: Pack, difference: Difference | None = None) -> tuple[Entry, ...]:
    """Every question, under its theme, with how many rules read it."""
    readers = Counter(name for rule in pack.rules.values() for name in questions_of(rule))
    return tuple(
        Entry(
            question.id,
            question.label,
            _second(f"{question.id} · {many_rules(readers[question.id])}", difference, "question", question.id),
            theme.title,
            _one_case(_question_words(question)),
        )
        for theme in pack.themes
        for question in theme.questions
    )


def _question_words(question: Question) -> tuple[str, ...]:
    options = (text for option in question.options for text in (option.id, option.text))
    return (question.id, question.text, question.short, question.help, question.why, *options)


def source_entries(pack: Pack, difference: Difference | None = None) -> tuple[Entry, ...]:
    """Every source by its title, with how many rules rest on it or set it beside theirs."""
    rests = Counter(rule.source.ref for rule in pack.rules.values())
    beside = Counter(ref for rule in pack.rules.values() for ref in {other.ref for other in rule.others})
    made = []
    for ref, source in pack.sources.items():
        second = tr_n("{n} rule rests on it", "{n} rules rest on it", rests[ref])
        if not rests[ref]:
            second = tr("no rule rests on it")
        if beside[ref]:
            second += tr_n(", {n} names it beside theirs", ", {n} name it beside theirs", beside[ref])
        said = (ref, source.title, source.organisation, source.year, source.country, source.product, source.read)
        group = tr("With rules that rest on them") if rests[ref] else tr("Named beside others, or in facts and figures")
        second = _second(second, difference, "source", ref)
        made.append(Entry(ref, brief_source(source), second, group, _one_case(said)))
    made.sort(key=lambda entry: (not rests[entry.id], entry.title.casefold()))
    return tuple(made)


def many_rules(number: int) -> str:
    return tr_n("{n} rule", "{n} rules", number) if number else tr("no rule")


def found(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries in which every word of a search stands."""
    return [entry for entry in entries if holds(entry.words, text)]


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries under their groups."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return list(groups.items())


def readers_of(pack: Pack, question_id: str) -> list[Rule]:
    """The rules that read a question."""
    return [rule for rule in pack.rules.values() if question_id in questions_of(rule)]


def opened_by(pack: Pack, question_id: str) -> list[Question]:
    """The questions whose showing depends on this one."""
    gated = [question for question in pack.questions.values() if question.shown_when is not None]
    return [q for q in gated if q.shown_when is not None and question_id in questions_read(q.shown_when)]


def pathway_titles(pack: Pack, ids: Iterable[str]) -> list[str]:
    """Pathways by their short names, in the order of the pack; one line says where all of them are meant."""
    wanted = set(ids)
    return [pathway.short for pathway in pack.pathways if pathway.id in wanted]


def asked_in(pack: Pack, question: Question) -> list[str]:
    """The pathways that ask a question, by their short names."""
    return pathway_titles(pack, asked_on(pack, question))


@dataclass(frozen=True)
class Shelves:
    """A pack with all its lines, ready to be browsed."""

    pack: Pack
    difference: Difference | None
    rules: tuple[RuleLine, ...]
    questions: tuple[Entry, ...]
    sources: tuple[Entry, ...]

    def changed(self, kind: str) -> frozenset[str]:
        """The entries of a kind that the open pack adds, replaces or switches off."""
        return self.difference.touched(kind) if self.difference is not None else frozenset()


def shelves(pack: Pack, difference: Difference | None = None) -> Shelves:
    """Everything that lists show of a pack. Takes a tenth of a second for some hundred rules."""
    return Shelves(
        pack,
        difference,
        rule_lines(pack, difference),
        question_entries(pack, difference),
        source_entries(pack, difference),
    )


def held_words(pack: Pack) -> str:
    """How much a pack holds, each by itself."""
    statuses = Counter(rule.status for rule in pack.rules.values())
    said = [tr_n("{n} rule in force", "{n} rules in force", statuses["active"])]
    said += [tr("{n} as draft").format(n=statuses["draft"])] if statuses["draft"] else []
    said += [tr("{n} switched off").format(n=statuses["off"])] if statuses["off"] else []
    said.append(tr_n("{n} question", "{n} questions", len(pack.questions)))
    said.append(tr_n("{n} source", "{n} sources", len(pack.sources)))
    return " · ".join(said)
