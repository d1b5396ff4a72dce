"""Cards below the rules of a table: flags of one record, rules listed together, what was found in the table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from screener.forms.model import Rule
from screener.language import tr
from screener.records.cohort.asking import Counted
from screener.records.cohort.burden import KINDS as KINDS_IN_ORDER
from screener.records.cohort.part import CellFinding
from screener.records.cohort.shown import ShownBurden
from screener.ui.packs.links import TextLink
from screener.ui.packs.parts import Go, Table, bare_card, link_to
from screener.ui.packs.share_bar import ShareBar
from screener.ui.packs.table_words import KINDS, bin_words, of_all
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card, hairline

_MOST_CELLS = 50


def persons_card(shown: ShownBurden) -> Card:
    """How many records have how many flags, each kind by itself: kinds are never added up."""
    card = Card()
    title = tr("Flags of one record")
    card.setAccessibleName(title)
    card.body.addWidget(heading(title))
    said = tr("Each kind by itself; kinds are not added up. Neighbouring numbers stand together where few.")
    card.body.addWidget(label(said, "muted", wrap=True))
    records = shown.of.records
    listed = [(KINDS[kind], shown.per_person[kind]) for kind in KINDS_IN_ORDER if len(shown.per_person[kind]) > 1]
    for kind, bins in (*listed, (tr("Not established"), shown.open_per_person)):
        lines = [(bin_words(one), of_all(one.records, records), one.records / records) for one in bins]
        card.body.addWidget(hairline())
        card.body.addWidget(_kind(kind, lines))
    return card


def _kind(kind: str, lines: Sequence[tuple[str, str, float]]) -> QWidget:
    read = bare_card(f"{kind}. " + "; ".join(tr("{flags}: {records}").format(flags=a, records=b) for a, b, _ in lines))
    read.body.addWidget(label(kind, "strong", wrap=True))
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for place, (flags, records, part) in enumerate(lines):
        grid.addWidget(label(flags, wrap=True), place, 0)
        grid.addWidget(label(records, wrap=True), place, 1)
        grid.addWidget(ShareBar((part, 0.0), f"{flags}: {records}"), place, 2, Qt.AlignmentFlag.AlignVCenter)
    for column, stretch in enumerate((2, 3, 5)):
        grid.setColumnStretch(column, stretch)
    read.body.addWidget(holder)
    return read


def pairs_card(shown: ShownBurden, go: Go) -> Card:
    """Pairs of rules that are listed in the same record, most frequent first."""
    title = tr("Listed together, most frequent first")
    if shown.pairs:
        rows = [
            (
                _of_pair(number, pair.first.rule, go),
                _of_pair(number, pair.second.rule, go),
                label(of_all(pair.records, shown.of.records), wrap=True),
            )
            for number, pair in enumerate(shown.pairs, start=1)
        ]
        return Table(title, (tr("One"), tr("The other"), tr("Records")), rows, (5, 5, 2))
    card = Card()
    card.setAccessibleName(title)
    card.body.addWidget(heading(title))
    card.body.addWidget(
        label(tr("No two rules were listed together in enough records to be shown."), "muted", wrap=True)
    )
    return card


def _of_pair(number: int, rule: Rule, go: Go) -> TextLink:
    """A rule stands in several pairs: each link says of which."""
    made = link_to("rule", rule.id, rule.title, go)
    made.setAccessibleName(
        tr("Pair {number}: open the rule {rule}: {title}").format(number=number, rule=rule.id, title=rule.title)
    )
    return made


def cells_card(counted: Counted) -> Card:
    """What could not be read, or looks mistyped: row, column, what stands there, what was expected."""
    card = Card()
    title = tr("What was found in the table")
    card.setAccessibleName(title)
    card.body.addWidget(heading(title))
    if not counted.cells:
        said = tr("Every cell that the map names could be read as the map says.")
        card.body.addWidget(label(said, "muted", wrap=True))
        return card
    said = tr(
        "A cell that cannot be read leaves its question not asked in that record: rules that need it are not "
        "established. What is kept was taken as it stands."
    )
    card.body.addWidget(label(said, "muted", wrap=True))
    for cell in counted.cells[:_MOST_CELLS]:
        card.body.addWidget(hairline())
        card.body.addWidget(_cell(cell))
    more = counted.found - min(_MOST_CELLS, len(counted.cells))
    if more:
        said = tr("{more} more are not shown here; the table of outcomes is written with all of them beside it.")
        card.body.addWidget(label(said.format(more=f"{more:,}"), "muted", wrap=True))
    return card


def _cell(cell: CellFinding) -> QWidget:
    column = cell.column.lstrip("\0")
    place = tr("Row {row}, column {column}") if column else tr("Row {row}")
    where = place.format(row=cell.row, column=column)
    if not cell.row:
        where = column or tr("Another table")
    made_of = tr("kept") if cell.kept else tr("not asked") if cell.question else tr("left out")
    head = " · ".join(part for part in (where, cell.question, made_of) if part)
    read = bare_card(". ".join(part for part in (head, cell.said, cell.expected) if part))
    read.body.setSpacing(2)
    read.body.addWidget(label(head, "small-strong", wrap=True))
    read.body.addWidget(label(cell.said, wrap=True))
    if cell.expected:
        read.body.addWidget(label(cell.expected, "muted", wrap=True))
    return read
