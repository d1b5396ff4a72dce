"""How often each rule is listed in a cohort, as a document: counts that stand beside each other, no score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.exchange.burden_words import (
    HIDDEN,
    KIND_TITLES,
    few_words,
    finding_rows,
    flags,
    left_out_words,
    number,
    part_of,
    share,
    visits,
)
from screener.forms.evaluation import RuleSet
from screener.records.cohort.against import HOWS, Comparison
from screener.records.cohort.burden import KINDS
from screener.records.cohort.outcomes import LISTED, NOT_ESTABLISHED
from screener.records.cohort.shown import Bin, ShownBurden, ShownRule
from screener.records.document import (
    Bar,
    Bars,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Run,
    Table,
    words,
)
from screener.records.record import standing_line

TITLE = "How often each item would be listed"
SAYS = (
    "Counts of the records of one table under one set of rules, for those who write and choose rules. They say nothing "
    "about any one person, and nothing about whether treatment takes place."
)
OUTCOME_HEAD = ("Listed", "Not established", "Not listed")
LEVEL_HEAD = ("Rule", "Level", "Listed")
_ORDER = (2, 1, 0)
"""Of the outcomes: listed, not established, not listed."""
MOST_IN_CHART = 20
GROUPS_A_TABLE = 5
Row = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a burden was counted from."""

    table: str
    rules: RuleSet
    drafts: bool = False


def burden_document(about: About, shown: ShownBurden, comparison: Comparison | None = None) -> Document:
    """The whole report; small numbers stay hidden."""
    pathway, records = about.rules.pathway, number(shown.of.records, "record")
    return Document(
        title=TITLE,
        subtitle=" · ".join((about.table, pathway.title, *((records,) if not shown.hides_size else ()))),
        language="en",
        standing=standing_line(about.rules.pack),
        blocks=tuple(_blocks(about, shown, comparison)),
    )


def _blocks(about: About, shown: ShownBurden, comparison: Comparison | None) -> Iterator[Block]:
    yield Paragraph(words(SAYS), tone="note")
    yield Heading("What was counted")
    yield Facts(tuple((term, words(value)) for term, value in facts(about, shown)))
    if shown.few:
        said = few_words(shown)
        yield Paragraph((Run(said, strong=True),))
    else:
        yield from _rules(shown)
        yield from _persons(shown)
        yield from _pairs(shown)
        yield from _groups(shown)
        if comparison is not None:
            yield from _comparison(comparison, shown.limit)
    yield from _findings(shown)


def facts(about: About, shown: ShownBurden) -> Iterator[tuple[str, str]]:
    """What the numbers rest on, as terms and values."""
    burden, pack = shown.of, about.rules.pack
    yield "Table", about.table
    yield "Records", left_out_words(shown)
    yield "Visits", visits(shown)
    yield "Pathway", about.rules.pathway.title
    yield "Profiles", ", ".join(pack.profile(name).title for name in about.rules.profiles)
    chosen = [
        f"{pack.parameters[name].title}: {option.label}"
        for name, chosen in about.rules.parameters.items()
        if name in pack.parameters and (option := pack.parameters[name].option(chosen)) is not None
    ]
    yield "Figures of the clinic", "; ".join(chosen) or "none chosen: rules that need one are not established"
    yield "Content", f"{pack.head.id} {pack.head.version}, {pack.head.standing}, {pack.hash[:12]}"
    if about.drafts or pack.head.drafts:
        yield "Drafts", "draft rules are counted too: no source was read for them"
    if burden.weight:
        yield "Weights", f"from the column {burden.weight}, as shares of the weighted total beside the counts"
    if shown.limit > 1:
        yield (
            "Small numbers",
            (
                f"below {shown.limit} they are hidden, with others from which they could be worked out. "
                "0 is shown where nothing is worked out from it"
            ),
        )
    for question, many in burden.filled.items():
        # A blank that is read as an answer is never passed over.
        cells = part_of(many, shown.limit)
        yield "Blanks read as an answer", f"{cells} of {question}, because the map says so"


# --- rules ------------------------------------------------------------------------------------------------------------


def _rules(shown: ShownBurden) -> Iterator[Block]:
    yield Heading("Rules")
    chart = _chart(shown)
    if chart is not None:
        yield chart
    for kind in KINDS:
        of_kind = [rule for rule in shown.rules if rule.of.kind == kind]
        if not of_kind:
            continue
        yield Heading(KIND_TITLES[kind], 2)
        never = [rule for rule in of_kind if rule.counts == (shown.of.records, 0, 0)]
        always_open = [rule for rule in of_kind if rule.counts == (0, shown.of.records, 0)]
        apart = [rule for rule in of_kind if rule not in never and rule not in always_open]
        if apart:
            yield _rule_table(kind, apart, shown)
        yield from _named("Listed in no record, and open in none", never)
        yield from _named("Open in every record: nothing in the table decides them", always_open)
    yield from _levels(shown)


def _named(said: str, rules: Sequence[ShownRule]) -> Iterator[Block]:
    """Rules that stand alike, by their names alone."""
    if rules:
        head = Run(f"{said} ({number(len(rules), 'rule')}): ", strong=True)
        yield Paragraph((head, Run("; ".join(title(rule) for rule in rules))))


def title(rule: ShownRule) -> str:
    """A rule as a reader finds it again."""
    draft = ", draft: no source read" if rule.of.rule.status == "draft" else ""
    return f"{rule.of.rule.title} ({rule.of.rule.id}{draft})"


def _rule_table(kind: str, rules: Sequence[ShownRule], shown: ShownBurden) -> Table:
    weighted = bool(shown.of.weight)
    head = ("Rule", *OUTCOME_HEAD, *(("Listed, weighted",) if weighted else ()))
    widths = (4.6, 1.7, 1.7, 1.7, *((1.6,) if weighted else ()))
    caption = f"{KIND_TITLES[kind]}: records by outcome, of {shown.of.records}"
    return Table(caption, head, tuple(_rule_row(rule, shown, weighted) for rule in rules), widths)


def _rule_row(rule: ShownRule, shown: ShownBurden, weighted: bool) -> Row:
    counts = [words(part_of(rule.counts[outcome], shown.limit, shown.of.records)) for outcome in _ORDER]
    share_of = rule.weighted[LISTED] if rule.weighted else None
    return (
        words(title(rule)),
        *counts,
        *((words(HIDDEN if share_of is None else share(share_of)),) if weighted else ()),
    )


def _levels(shown: ShownBurden) -> Iterator[Block]:
    rows = level_rows(shown)
    if rows:
        yield Heading("Levels", 2)
        yield Paragraph(
            words("Of a rule with levels, each record that it is listed in stands at the highest that holds.")
        )
        made = tuple(tuple(words(cell) for cell in row) for row in rows)
        yield Table("Listed records by level, from the lowest", LEVEL_HEAD, made, (4, 4, 1.7))


def level_rows(shown: ShownBurden) -> list[tuple[str, str, str]]:
    """Rule, level and its listed records, of the rules with levels that are listed anywhere."""
    return [
        (title(rule), _level_title(rule, place), part_of(count, shown.limit, shown.of.records))
        for rule in shown.rules
        if rule.counts[LISTED] != 0
        for place, count in enumerate(rule.levels)
    ]


def _level_title(rule: ShownRule, place: int) -> str:
    """A level, with its tier where that is not the rule's."""
    level = rule.of.rule.levels[place]
    kind = rule.of.kind_of(place)
    return level.title if kind == rule.of.kind else f"{level.title} ({KIND_TITLES[kind].lower()})"


def _chart(shown: ShownBurden) -> Bars | None:
    """The rules that are listed most often, where every number of theirs is shown."""
    whole = [rule for rule in shown.rules if None not in rule.counts and rule.counts[LISTED]]
    most = sorted(whole, key=lambda rule: -(rule.counts[LISTED] or 0))[:MOST_IN_CHART]
    if not most:
        return None
    records = shown.of.records
    bars = tuple(
        Bar(
            rule.of.rule.title,
            f"{part_of(rule.counts[LISTED], shown.limit, records)} listed",
            tuple((rule.counts[outcome] or 0) / records for outcome in _ORDER),
        )
        for rule in most
    )
    parts = tuple(name.lower() for name in OUTCOME_HEAD)
    return Bars(f"What is listed most often ({len(most)} of {number(len(shown.rules), 'rule')})", parts, bars)


# --- persons ----------------------------------------------------------------------------------------------------------


def _persons(shown: ShownBurden) -> Iterator[Block]:
    yield Heading("Flags of one record")
    said = (
        "Each tier by itself: flags of several tiers are not added up. Neighbouring numbers stand together where few."
    )
    yield Paragraph(words(said), tone="muted")
    rows: list[Row] = []
    bars: list[Bar] = []
    records = shown.of.records
    open_ones = ("not established", shown.open_per_person)
    for kind, bins in (*((KIND_TITLES[kind], shown.per_person[kind]) for kind in KINDS), open_ones):
        for one in bins:
            label = f"{kind}: {flags(one)}"
            rows.append((words(kind), words(flags(one)), words(part_of(one.records, shown.limit, records))))
            bars.append(Bar(label, share(one.records / records), (one.records / records,)))
    yield Bars("Records by their number of flags", ("share of all records",), tuple(bars))
    yield Table("Records by their number of flags", ("Tier", "Flags", "Records"), tuple(rows), (2, 2, 2))


def _pairs(shown: ShownBurden) -> Iterator[Block]:
    yield Heading("Listed together")
    if not shown.pairs:
        yield Paragraph(words("No two rules were listed together in enough records to be shown."))
        return
    rows = tuple(
        (
            words(f"{pair.first.rule.title} ({pair.first.rule.id})"),
            words(f"{pair.second.rule.title} ({pair.second.rule.id})"),
            words(part_of(pair.records, shown.limit, shown.of.records)),
        )
        for pair in shown.pairs
    )
    yield Table("Pairs of rules that are listed in the same record, most frequent first",
                ("One", "The other", "Records"), rows, (4, 4, 1.7))  # fmt: skip


def _groups(shown: ShownBurden) -> Iterator[Block]:
    if not shown.groups:
        return
    yield Heading(f"By {shown.of.by}")
    said = "Of each group, how many records a rule is listed in, and in how many more it is not established."
    yield Paragraph(words(said), tone="muted")
    listed = [rule for rule in shown.rules if rule.counts[LISTED] != 0]
    met = [rule for rule in listed if any(None not in row or row[LISTED] is not None for row in rule.by_group)]
    for first in range(0, len(shown.groups), GROUPS_A_TABLE):
        places = range(first, min(first + GROUPS_A_TABLE, len(shown.groups)))
        head = ("Rule", *(f"{shown.groups[place]} ({shown.sizes[place]})" for place in places))
        rows = tuple(
            (words(title(rule)), *(words(_in_group(rule.by_group[place], shown, place)) for place in places))
            for rule in met
        )
        names = f"{shown.groups[places[0]]} to {shown.groups[places[-1]]}"
        if rows:
            yield Table(f"Listed by {shown.of.by}: {names}", head, rows, (3.4, *(1.6,) * len(places)))
    hidden = [rule for rule in listed if rule not in met]
    yield from _named("Listed in too few records to be parted", hidden)


def _in_group(counts: Sequence[int | None], shown: ShownBurden, place: int) -> str:
    listed = part_of(counts[LISTED], shown.limit, shown.sizes[place])
    left_open = counts[NOT_ESTABLISHED]
    if left_open == 0 or (left_open is None and listed == HIDDEN):
        return listed
    return f"{listed}; open {HIDDEN if left_open is None else left_open}"


# --- two rule sets ----------------------------------------------------------------------------------------------------


def _comparison(comparison: Comparison, limit: int) -> Iterator[Block]:
    yield Heading("Compared with another rule set")
    yield Facts((("These numbers", words(comparison.first)), ("Compared with", words(comparison.second))))
    changed = [rule for rule in comparison.rules if rule.changes]
    if changed:
        rows = tuple(
            (
                words(f"{rule.rule.title} ({rule.rule.id})"),
                *(words(part_of(count, limit, comparison.records)) for count in rule.shown(limit)),
            )
            for rule in changed
        )
        head = ("Rule", *(how.capitalize() for how in HOWS))
        yield Table("Records that come to another outcome under the second", head, rows, (3.4, 1.5, 1.6, 1.6, 1.6))
    else:
        yield Paragraph(words("No record comes to another outcome of any rule that both have."))
    for said, rules in (("first", comparison.only_first), ("second", comparison.only_second)):
        if rules:
            yield Paragraph(words(f"Only the {said} has:"))
            yield Bullets(tuple(words(f"{rule.title} ({rule.id})") for rule in rules))


# --- what could not be read -------------------------------------------------------------------------------------------


def _findings(shown: ShownBurden) -> Iterator[Block]:
    yield Heading("What was found in the table")
    rows = finding_rows(shown)
    if not rows:
        yield Paragraph(words("Every cell that the map names could be read as the map says."))
        return
    said = (
        "A cell that cannot be read leaves its question not asked in that record: rules that need it are not "
        "established. What is kept was taken as it stands. The file of findings names each row."
    )
    yield Paragraph(words(said), tone="muted")
    head = ("What", "Column", "Question", "Cells", "Made of it")
    yield Table("Findings, most frequent first", head, tuple(tuple(words(cell) for cell in row) for row in rows),
                (2.6, 1.8, 2.2, 1, 1.6))  # fmt: skip


__all__ = ["About", "Bin", "burden_document", "facts", "title"]
