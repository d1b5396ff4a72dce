"""A burden in the terminal: what is listed, how often, in tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from screener.exchange.burden import LEVEL_HEAD, About, facts, level_rows, title
from screener.exchange.burden_words import KIND_TITLES, few_words, finding_rows, flags, number, part_of
from screener.records.cohort.against import HOWS, Comparison
from screener.records.cohort.burden import KINDS
from screener.records.cohort.outcomes import LISTED, NOT_ESTABLISHED
from screener.records.cohort.shown import ShownBurden
from screener.records.record import standing_line

MOST_PAIRS = 10


def show_burden(console: Console, about: About, shown: ShownBurden, comparison: Comparison | None) -> None:
    """Print the whole, but for rules that were listed nowhere: the report has them all."""
    for term, value in facts(about, shown):
        console.print(Text(f"{term}: {value}"), soft_wrap=True)
    if shown.few:
        console.print(Text(few_words(shown)))
    else:
        _rules(console, shown)
        _levels(console, shown)
        _persons(console, shown)
        _pairs(console, shown)
        _groups(console, shown)
        if comparison is not None:
            _comparison(console, comparison, shown.limit)
    _findings(console, shown)
    console.print(Text(standing_line(about.rules.pack)), soft_wrap=True)


def _table(console: Console, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(title=Text(caption), title_justify="left", title_style="bold", header_style="bold")
    for place, name in enumerate(head):
        table.add_column(Text(name), overflow="fold", justify="left" if not place else "right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _rules(console: Console, shown: ShownBurden) -> None:
    records = shown.of.records
    for kind in KINDS:
        met = [rule for rule in shown.rules if rule.of.kind == kind and rule.counts[LISTED] != 0]
        if not met:
            continue
        rows = [
            [title(rule), *(part_of(rule.counts[place], shown.limit, records) for place in (2, 1, 0))] for rule in met
        ]
        caption = f"{KIND_TITLES[kind]}, of {number(records, 'record')}"
        _table(console, caption, ("Rule", "Listed", "Not established", "Not listed"), rows)
    nowhere = [rule for rule in shown.rules if rule.counts[LISTED] == 0]
    left_open = sum(rule.counts[NOT_ESTABLISHED] != 0 for rule in nowhere)
    said = f"Listed in no record: {number(len(nowhere), 'rule')}, {left_open} of them not established in some."
    console.print(Text(said))


def _levels(console: Console, shown: ShownBurden) -> None:
    rows = level_rows(shown)
    if rows:
        _table(console, "Listed records by level, each at the highest that holds", LEVEL_HEAD, rows)


def _persons(console: Console, shown: ShownBurden) -> None:
    kinds = [
        *((KIND_TITLES[kind], shown.per_person[kind]) for kind in KINDS),
        ("Not established", shown.open_per_person),
    ]
    rows = [
        [kind, ", ".join(f"{flags(one)}: {part_of(one.records, shown.limit, shown.of.records)}" for one in bins)]
        for kind, bins in kinds
    ]
    _table(console, "Flags of one record, each tier by itself", ("Tier", "Flags: records"), rows)


def _pairs(console: Console, shown: ShownBurden) -> None:
    if shown.pairs:
        rows = [
            [pair.first.rule.title, pair.second.rule.title, part_of(pair.records, shown.limit, shown.of.records)]
            for pair in shown.pairs[:MOST_PAIRS]
        ]
        _table(console, "Listed together most often", ("One", "The other", "Records"), rows)


def _groups(console: Console, shown: ShownBurden) -> None:
    if not shown.groups:
        return
    head = ("Rule", *(f"{name} ({size})" for name, size in zip(shown.groups, shown.sizes, strict=True)))
    rows = [
        [
            rule.of.rule.title,
            *(part_of(row[LISTED], shown.limit, size) for row, size in zip(rule.by_group, shown.sizes, strict=True)),
        ]
        for rule in shown.rules
        if rule.counts[LISTED] != 0 and any(row[LISTED] is not None for row in rule.by_group)
    ]
    _table(console, f"Listed by {shown.of.by}", head, rows)


def _comparison(console: Console, comparison: Comparison, limit: int) -> None:
    rows = [
        [rule.rule.title, *(part_of(one, limit, comparison.records) for one in rule.shown(limit))]
        for rule in comparison.rules
        if rule.changes
    ]
    caption = f"{comparison.first}, compared with {comparison.second}"
    if rows:
        _table(console, caption, ("Rule", *(how.capitalize() for how in HOWS)), rows)
    else:
        console.print(Text(f"{caption}: no record comes to another outcome."))
    for said, rules in (("first", comparison.only_first), ("second", comparison.only_second)):
        if rules:
            console.print(Text(f"Only the {said} has: {', '.join(rule.id for rule in rules)}"), soft_wrap=True)


def _findings(console: Console, shown: ShownBurden) -> None:
    rows = finding_rows(shown)
    if rows:
        _table(console, "Found in the table", ("What", "Column", "Question", "Cells", "Made of it"), rows)
    else:
        console.print(Text("Every cell that the map names could be read as the map says."))
