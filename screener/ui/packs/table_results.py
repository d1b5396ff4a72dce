"""What came of a table, over the whole pack: every rule, what changes, counts per person, pairs, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.records.cohort.asking import Counted
from screener.records.cohort.shown import ShownRule
from screener.records.cohort.small import Shown
from screener.ui.packs.burden_table import BY_RULE, HEADS, BurdenTable, Column, RuleRow
from screener.ui.packs.comparing import ComparingWith
from screener.ui.packs.in_table import (
    LISTED,
    NOT_ESTABLISHED,
    NOT_LISTED,
    InTable,
    beside_words,
)
from screener.ui.packs.parts import bare_card, facts_grid, spoken_facts
from screener.ui.packs.table_parts import cells_card, pairs_card, persons_card
from screener.ui.packs.table_words import KINDS, counted_words, facts, few_words, of_all, shares
from screener.ui.widgets.controls import ActionButton, Segmented, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, FlowLayout

_ALL, _SOME, _OPEN, _CHANGED = "all", "some", "open", "changed"


class Results(QWidget):
    """Shows what was counted; what is to be counted otherwise is asked of others."""

    go = Signal(str, str)
    part_by = Signal(str)
    compare = Signal(str, object)
    save = Signal(str)

    def __init__(self, state: InTable, counted: Counted) -> None:
        super().__init__()
        self._state, self._counted = state, counted
        self._kept, self._group, self._words = _ALL, -1, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._facts())
        self.table = BurdenTable(tr("Rules in this table"))
        shown = counted.shown
        assert shown is not None
        if shown.few:
            column.addWidget(label(few_words(shown), wrap=True))
        else:
            column.addWidget(self._rules())
            column.addWidget(persons_card(shown))
            column.addWidget(pairs_card(shown, self.go.emit))
        column.addWidget(cells_card(counted))
        column.addWidget(self._ways_out())
        self._fill()

    @property
    def brief(self) -> str:
        """What came of it, in a line."""
        return tr("Counted. {about}").format(about=counted_words(self._counted))

    # Building

    def _facts(self) -> QWidget:
        told = facts(self._counted)
        title = tr("What was counted")
        card = Card()
        read = bare_card(f"{title}. {spoken_facts(told)}")
        read.body.addWidget(heading(title))
        read.body.addWidget(facts_grid(told))
        card.setAccessibleName(title)
        card.body.addWidget(read)
        return card

    def _rules(self) -> Card:
        card = Card()
        card.setAccessibleName(tr("Rules"))
        card.body.addWidget(heading(tr("Rules")))
        card.body.addWidget(self._choices())
        self._kinds = Segmented(tr("Rules that are shown"), self._kept_options(), always=True)
        self._kinds.show_chosen(_ALL)
        self._kinds.user_chose.connect(self._keep)
        card.body.addWidget(self._kinds)
        comparing = ComparingWith(self._state)
        comparing.chosen.connect(self.compare)
        card.body.addWidget(comparing)
        if self._counted.comparison is not None:
            card.body.addWidget(self._comparison())
        self._left = label("", "small", wrap=True)
        card.body.addWidget(self._left)
        self.table.opened.connect(self._open)
        self.table.sorted_by.connect(self._sort)
        card.body.addWidget(self.table)
        said = tr(
            "In a bar, listed is filled, not established is hatched, not listed is empty; what is hidden is left blank."
        )
        card.body.addWidget(label(said, "small", wrap=True))
        return card

    def _kept_options(self) -> list[tuple[str, str]]:
        options = [(_ALL, tr("All")), (_SOME, tr("Listed in some")), (_OPEN, tr("Open in every record"))]
        if self._counted.comparison is not None:
            options.append((_CHANGED, tr("Changed")))
        return options

    def _choices(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        self._sorting = DropDown(
            tr("Sort by"),
            [
                (tr("Sort: as in the pack"), BY_RULE),
                *((tr("Sort: {head}").format(head=HEADS[column]), int(column)) for column in self._sortable()),
            ],
        )
        self._sorting.activated.connect(self._sorted)
        flow.addWidget(self._sorting)
        shown = self._counted.shown
        assert shown is not None
        if self._counted.columns:
            by = DropDown(
                tr("Part by a column"),
                [
                    (tr("Parted by no column"), ""),
                    *((tr("By {column}").format(column=one), one) for one in self._counted.columns),
                ],
            )
            by.show_value(shown.of.by)
            by.activated.connect(partial(self._by_chosen, by))
            flow.addWidget(by)
        if shown.groups:
            groups = self._groups_list = DropDown(
                tr("Records"),
                [
                    (tr("All records"), -1),
                    *(
                        (f"{shown.of.by}: {name} ({size:,})", place)
                        for place, (name, size) in enumerate(zip(shown.groups, shown.sizes, strict=True))
                    ),
                ],
            )
            groups.activated.connect(partial(self._group_chosen, groups))
            flow.addWidget(groups)
        return holder

    def _sortable(self) -> list[Column]:
        last = len(Column) if self._counted.comparison is not None else Column.NEWLY
        return [column for column in Column if column is not Column.BAR and column < last]

    def _comparison(self) -> QWidget:
        comparison = self._counted.comparison
        assert comparison is not None
        changed = sum(one.changes for one in comparison.rules)
        lines = [
            tr("Compared with {other}; the changes are those under it.").format(other=beside_words(self._state)),
            tr_n(
                "1 rule comes to another outcome in some record.",
                "{n} rules come to another outcome in some record.",
                changed,
            )
            if changed
            else tr("No record comes to another outcome of any rule that both have."),
        ]
        for said, rules in (
            (tr("Only here"), comparison.only_first),
            (tr("Only there"), comparison.only_second),
        ):
            if rules:
                names = ", ".join(rule.id for rule in rules[:8]) + ("…" if len(rules) > 8 else "")
                lines.append(f"{said}: {tr_n('1 rule', '{n} rules', len(rules))} ({names}).")
        card = bare_card(" ".join(lines))
        for line in lines:
            card.body.addWidget(label(line, wrap=True))
        return card

    def _ways_out(self) -> Card:
        card = Card()
        card.setAccessibleName(tr("Take the counts out"))
        card.body.addWidget(heading(tr("Take the counts out")))
        said = tr(
            "The report holds counts alone, with small numbers hidden. The table of outcomes holds a row for each "
            "record."
        )
        card.body.addWidget(label(said, "muted", wrap=True))
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        for text, ending in (
            (tr("Report as PDF…"), "pdf"),
            (tr("Report as HTML…"), "html"),
            (tr("Outcomes as CSV…"), "csv"),
        ):
            button = ActionButton(text)
            button.clicked.connect(partial(self.save.emit, ending))
            flow.addWidget(button)
        card.body.addWidget(holder)
        return card

    # What is shown

    def narrow(self, words: str) -> None:
        """Leave the rules in which all these words stand."""
        self._words = words
        self.table.narrow(words)
        self._say_left()

    @property
    def left_words(self) -> str:
        """How many rules are shown of how many that were run."""
        shown = self._counted.shown
        assert shown is not None
        every = len(shown.rules)
        return tr("{left} of {every} rules that were run").format(left=self.table.left, every=every)

    def _say_left(self) -> None:
        if hasattr(self, "_left"):
            self._left.setText(self.left_words)

    def _fill(self) -> None:
        shown, comparison = self._counted.shown, self._counted.comparison
        assert shown is not None
        changes = {} if comparison is None else {one.rule.id: one.shown(shown.limit)[:3] for one in comparison.rules}
        rows = [self._row(rule, changes.get(rule.of.rule.id, ())) for rule in shown.rules if self._is_kept(rule)]
        self.table.show_rows(rows, compared=comparison is not None)
        self._say_left()

    def _row(self, rule: ShownRule, changes: Sequence[Shown]) -> RuleRow:
        shown = self._counted.shown
        assert shown is not None
        counts, records = rule.counts, shown.of.records
        if self._group >= 0:
            counts, records = rule.by_group[self._group], shown.sizes[self._group]
        of_outcomes = [counts[place] for place in (LISTED, NOT_ESTABLISHED, NOT_LISTED)]
        kind, of = KINDS[rule.of.kind], rule.of
        return RuleRow(
            of.rule.id,
            of.rule.title,
            kind,
            shares(counts, records),
            (
                *(of_all(count, records) for count in of_outcomes),
                *(of_all(count, shown.of.records) for count in changes),
            ),
            (*of_outcomes, *changes),
            f"{of.rule.id} {of.rule.title} {of.theme} {kind}".casefold(),
        )

    def _is_kept(self, rule: ShownRule) -> bool:
        shown, comparison = self._counted.shown, self._counted.comparison
        assert shown is not None
        if self._kept == _SOME:
            return rule.counts[LISTED] != 0
        if self._kept == _OPEN:
            return rule.counts[NOT_ESTABLISHED] == shown.of.records
        if self._kept == _CHANGED and comparison is not None:
            return any(one.changes for one in comparison.rules if one.rule.id == rule.of.rule.id)
        return True

    # The user

    def _keep(self, kept: object) -> None:
        self._kept = str(kept)
        self._fill()

    def _sorted(self, place: int) -> None:
        self.table.sort_by(int(self._sorting.itemData(place)))

    def _sort(self, column: int) -> None:
        """A head was pressed: the list says the same."""
        wanted = Column.LISTED if column == Column.BAR else Column(column)
        with QSignalBlocker(self._sorting):
            self._sorting.show_value(int(wanted))
        self.table.sort_by(wanted)

    def _by_chosen(self, chosen: DropDown, place: int) -> None:
        self.part_by.emit(str(chosen.itemData(place) or ""))

    def _group_chosen(self, chosen: DropDown, place: int) -> None:
        self._group = int(chosen.itemData(place))
        self._fill()

    def _open(self, rule: str) -> None:
        self.go.emit("rule", rule)
