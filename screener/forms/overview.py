"""What a pack holds, as tables: by theme, by pathway and by profile, and the rows that it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.forms.coverage import coverage
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack, Pathway, Rule
from screener.forms.visibility import Form

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
Line = Sequence[str | int]
_FIGURES = ("Questions", "Rules", "Drafts", "Cases", "Themes", "Number")


def tables(pack: Pack) -> str:
    """The tables as Markdown, each under its own heading."""
    parts = [
        _section("By theme", ("Theme", "Questions", "Rules", "Drafts", "Cases"), _themes(pack)),
        _section("By pathway", ("Pathway", "Themes", "Questions", "Rules", "Profiles"), _pathways(pack)),
        _section("By profile", ("Profile", "Rules", "Drafts", "Version"), _profiles(pack)),
        _section("In all", ("What", "Number"), _kinds(pack)),
        _section("Rows left out", ("Row", "Why"), _left_out(pack)),
    ]
    return "\n\n".join(parts)


def _section(title: str, heads: Sequence[str], lines: Iterator[Line]) -> str:
    aligned = ["--:" if head in _FIGURES else "---" for head in heads]
    rows = [f"| {' | '.join(map(str, row))} |" for row in (heads, aligned, *lines)]
    return "\n".join([f"### {title}", "", *rows])


def _active(rules: Sequence[Rule]) -> int:
    return sum(rule.status == "active" for rule in rules)


def _drafts(rules: Sequence[Rule]) -> int:
    return sum(rule.status == "draft" for rule in rules)


def _themes(pack: Pack) -> Iterator[Line]:
    for theme in pack.themes:
        cases = sum(len(rule.cases) for rule in theme.rules)
        yield theme.title, len(theme.questions), _active(theme.rules), _drafts(theme.rules), cases
    rules = tuple(pack.rules.values())
    cases = sum(len(rule.cases) for rule in rules)
    yield "**All**", len(pack.questions), _active(rules), _drafts(rules), cases


def _pathways(pack: Pack) -> Iterator[Line]:
    for pathway in pack.pathways:
        form = Form(pack, pathway.id)
        rules = RuleSet(pack, pathway.id, [profile.id for profile in pack.profiles]).rules
        yield pathway.title, len(form.themes), len(form.questions), len(rules), _needed(pathway)


def _needed(pathway: Pathway) -> str:
    needs = [" or ".join(options) for options in pathway.needed]
    offers = f"; offers {', '.join(pathway.offers)}" if pathway.offers else ""
    return f"{', '.join(needs)}{offers}"


def _profiles(pack: Pack) -> Iterator[Line]:
    for profile in pack.profiles:
        rules = [rule for rule in pack.rules.values() if profile.id in rule.profiles]
        yield profile.title, _active(rules), _drafts(rules), profile.version


def _kinds(pack: Pack) -> Iterator[Line]:
    rules = [rule for rule in pack.rules.values() if rule.status == "active"]
    yield "Rules that look for answers that do not agree (tier check)", sum(rule.tier == "check" for rule in rules)
    critical = sum(
        rule.tier == "time-critical" or any(level.tier == "time-critical" for level in rule.levels) for rule in rules
    )
    yield "Rules with a time-critical tier or level", critical
    yield "Efficacy notes, apart from safety", sum(rule.class_ == "efficacy note" for rule in rules)
    yield "Instruments", len(pack.instruments)
    yield "Substances in the dictionary of medicines", len(pack.medicines.substances)
    yield "Names in it, trade names and other spellings included", len(pack.medicines.dictionary.products)
    yield "Classes of medicines", len(pack.medicines.classes)


def _left_out(pack: Pack) -> Iterator[Line]:
    yield from ((row.row, row.said) for row in coverage(pack) if row.standing == "left out")


def into(text: str, pack: Pack) -> str:
    """A text with the tables between its two marks made anew; ValueError where it has no such marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the file has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables(pack)}\n\n{END}{after}"
