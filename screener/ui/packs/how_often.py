"""How often one rule would be listed in the table that somebody loaded, and what changes under another limit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from screener.forms.model import Pack, Rule
from screener.language import tr
from screener.ui.packs.comparing import ComparingWith
from screener.ui.packs.in_table import (
    LISTED,
    NOT_ESTABLISHED,
    NOT_LISTED,
    InTable,
    beside_words,
    parameters_of,
)
from screener.ui.packs.parts import bare_card
from screener.ui.packs.share_bar import ShareBar
from screener.ui.packs.table_words import KINDS, change_words, counted_words, counts_words, few_words, of_all, shares
from screener.ui.widgets.controls import LinkButton, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, clear, hairline

if TYPE_CHECKING:
    from screener.records.cohort.asking import Counted
    from screener.records.cohort.shown import ShownRule

_TITLE = tr("How often it would be listed")


class HowOftenCard(Card):
    """Fills itself when a table was counted; until then it leads to where one is chosen."""

    go = Signal(str, str)
    compare = Signal(str, object)
    """Under what the records are to be counted as well."""

    def __init__(self, pack: Pack, rule: Rule, state: InTable) -> None:
        super().__init__()
        self._pack, self._rule = pack, rule
        self._shown: InTable | None = None
        self.setAccessibleName(_TITLE)
        self.body.addWidget(heading(_TITLE))
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        self.show_table(state)

    def show_table(self, state: InTable) -> bool:
        """The table has come further; whether anything here is other than before."""
        alike = self._shown is not None and (
            (self._shown.counted, self._shown.working, self._shown.problem, self._shown.why, self._shown.beside)
            == (state.counted, state.working, state.problem, state.why, state.beside)
        )
        if alike:
            return False
        self._shown = state
        clear(self._column)
        counted = state.counted
        if state.why:
            self._say(state.why)
        elif state.working:
            self._say(state.working + "…")
            self._link(tr("To the table"))
        elif counted is None or state.stopped:
            self._nothing(state)
        else:
            self._fill(state, counted)
        return True

    # What stands in it

    def _nothing(self, state: InTable) -> None:
        if state.stopped or state.problem:
            self._say(tr("The table could not be counted: what was found stands beside it."))
            self._link(tr("To the table"))
            return
        self._say(
            tr(
                "No table is loaded. A table of records and its map are chosen once; then it stands at every rule how "
                "often it would be listed in them."
            )
        )
        self._link(tr("Choose a table…"))

    def _say(self, text: str) -> None:
        self._column.addWidget(label(text, "muted", wrap=True))

    def _link(self, text: str) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=4)
        to = LinkButton(text, f"{_TITLE}: {text}")
        to.clicked.connect(partial(self.go.emit, "table", ""))
        flow.addWidget(to)
        self._column.addWidget(holder)

    def _fill(self, state: InTable, counted: Counted) -> None:
        shown, rule = counted.shown, counted.rule(self._rule.id)
        assert shown is not None and counted.rules is not None
        about = counted_words(counted)
        if shown.few:
            self._say(few_words(shown))
        elif rule is None:
            self._say(
                tr(
                    "It is not among the rules that were run: those in force on the pathway {pathway} and the profiles "
                    "of the map."
                ).format(pathway=counted.rules.pathway.title)
            )
        else:
            self._counts(rule, shown.of.records, about)
            if rule.levels and rule.counts[LISTED] != 0:
                self._levels(rule, shown.of.records)
            if rule.by_group and shown.groups:
                self._groups(rule, shown.of.by, shown.groups, shown.sizes)
            self._compared(state, counted)
        self._column.addWidget(label(about, "small", wrap=True))
        self._link(tr("All rules in this table"))

    def _counts(self, rule: ShownRule, records: int, about: str) -> None:
        said = counts_words(rule.counts, records)
        card = bare_card(f"{_TITLE}. {said} {about}")
        of_bar = shares(rule.counts, records)
        if of_bar is not None:
            card.body.addWidget(ShareBar(of_bar, said))
        card.body.addWidget(label(said, wrap=True))
        self._column.addWidget(card)

    def _levels(self, rule: ShownRule, records: int) -> None:
        kinds = [rule.of.kind_of(place) for place in range(len(rule.levels))]
        names = [
            level.title if kind == rule.of.kind else f"{level.title}, {KINDS[kind].lower()}"
            for level, kind in zip(rule.of.rule.levels, kinds, strict=True)
        ]
        counts = [of_all(count, records) for count in rule.levels]
        title = tr("Listed by level, each record at the highest that holds")
        said = [f"{name}: {count}." for name, count in zip(names, counts, strict=True)]
        card = bare_card(f"{title}. {' '.join(said)}")
        card.body.addWidget(heading(title))
        holder, grid = _grid((tr("Level"), tr("Listed")), (6, 3))
        for row, cells in enumerate(zip(names, counts, strict=True), start=1):
            for place, text in enumerate(cells):
                grid.addWidget(label(text, wrap=True), row, place, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(holder)
        self._column.addWidget(card)

    def _groups(self, rule: ShownRule, by: str, groups: tuple[str, ...], sizes: tuple[int, ...]) -> None:
        lines = [
            f"{name}: {counts_words(counts, size)}"
            for name, size, counts in zip(groups, sizes, rule.by_group, strict=True)
        ]
        title = tr("By {column}").format(column=by)
        card = bare_card(f"{title}. {' '.join(lines)}")
        card.body.addWidget(heading(title))
        heads = (tr("Group"), tr("Listed"), tr("Not established"), tr("Not listed"))
        holder, grid = _grid(heads, (3, 3, 4, 3))
        for number, (name, size, counts) in enumerate(zip(groups, sizes, rule.by_group, strict=True), start=1):
            cells = (
                f"{name} ({size:,})",
                *(of_all(counts[place], size) for place in (LISTED, NOT_ESTABLISHED, NOT_LISTED)),
            )
            for place, text in enumerate(cells):
                grid.addWidget(label(text, wrap=True), number, place, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(holder)
        self._column.addWidget(card)

    def _compared(self, state: InTable, counted: Counted) -> None:
        comparing = ComparingWith(state, parameters_of(self._rule))
        comparing.chosen.connect(self.compare)
        if comparing.offers or state.beside:
            self._column.addWidget(hairline())
            self._column.addWidget(comparing)
        words = beside_words(state)
        comparison = counted.comparison
        if comparison is None or counted.shown is None:
            return
        changed = next((one for one in comparison.rules if one.rule.id == self._rule.id), None)
        if changed is None:
            said = tr("Compared with {other}: it is not among the rules there.").format(other=words)
        else:
            counts = change_words(changed.shown(counted.shown.limit), comparison.records)
            said = tr("Compared with {other}. Under it: {counts}").format(other=words, counts=counts)
        card = bare_card(said)
        card.body.addWidget(label(said, wrap=True))
        self._column.addWidget(card)


def _grid(heads: Sequence[str], widths: Sequence[int]) -> tuple[QWidget, QGridLayout]:
    """Cells below small heads, and what holds them."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        grid.addWidget(label(head, "small", wrap=True), 0, place)
        grid.setColumnStretch(place, width)
    return holder, grid
