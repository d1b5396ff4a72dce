"""Every record and unfinished screening of one reference, latest visit first, each with what changed since the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.records.compare import AnswerPair, Comparison
from screener.records.outcomes import ItemPair
from screener.records.sitting import Sitting
from screener.records.timeline import Entry
from screener.text import moment
from screener.ui.records.pairs import item_words
from screener.ui.records.steps import bind_steps
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, WrapLabel, chip, heading, label
from screener.ui.widgets.growing import GrowingPage, Part
from screener.ui.widgets.layout import Card, EmptyState, FlowLayout, Notice, plain
from screener.ui.widgets.marks import Mark, MarkCounts
from screener.ui.widgets.read_card import ReadCard

MOST_SHOWN = 8
"""Changes of one kind that stand in the timeline; the others are a link away."""
_SIGNS = {"changed": "→", "added": "+", "removed": "−"}


class TimelinePage(QWidget):
    """The way to everything that is kept under a reference."""

    closed = Signal()
    trends = Signal()
    compare = Signal(str, str)
    """The ids of two records."""
    rerun = Signal(str)
    open_record = Signal(str)
    export = Signal()
    """The signed screenings of this reference are to be taken out."""

    def __init__(self, reference: str, *, current: str = "") -> None:
        """`current`: the screening that is open; its own entry says so."""
        super().__init__()
        self.setAccessibleName(tr("Records of {reference}").format(reference=reference))
        self._current = current
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(reference))
        self.page = GrowingPage(width_px=960, margin_px=24, gap_px=10)
        column.addWidget(self.page, 1)
        bind_steps(self, self.page)
        self.page.build([Part(partial(Notice, tr("Reading the records…")))])

    def _head(self, reference: str) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label(tr("Records of {reference}").format(reference=reference), "large"))
        deeds = QWidget()
        inner = QHBoxLayout(deeds)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._compare = ActionButton(tr("Two side by side"))
        self._compare.clicked.connect(self._two)
        self._trends = ActionButton(tr("Figures over time"))
        self._trends.clicked.connect(self.trends)
        self._export = ActionButton(tr("Export…"))
        self._export.setAccessibleDescription(tr("The signed screenings of this reference as a table"))
        self._export.clicked.connect(self.export)
        self._export.hide()
        self._close = ActionButton(tr("Back"), "Esc")
        self._close.clicked.connect(self.closed)
        for button in (self._compare, self._trends, self._export, self._close):
            inner.addWidget(button)
        for button in (self._compare, self._trends, self._export):
            button.setEnabled(False)
        row.addWidget(deeds)
        return head

    def show_entries(self, entries: Sequence[Entry], unreadable: Sequence[str], *, figures: bool) -> None:
        """Show what is kept. `unreadable`: unfinished screenings that cannot be read, with why."""
        self._entries = entries
        self._compare.setEnabled(len(entries) > 1)
        self._trends.setEnabled(figures)
        self._export.setEnabled(any(entry.sitting.signed for entry in entries))
        self._trends.setToolTip("" if figures else tr("No pressure, weight or score was recorded"))
        self.page.build(list(self._parts(entries, unreadable)))

    def offer_export(self) -> None:
        """Offer to take the signed screenings out."""
        self._export.show()

    def show_problem(self, said: str) -> None:
        self.page.build([Part(partial(Notice, said, "warning"))])

    def focus_first(self) -> None:
        first = self._compare if self._compare.isEnabled() else self._close
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _two(self) -> None:
        """The latest beside the one before it."""
        last = self._entries[-1]
        before = last.before or self._entries[-2].sitting
        self.compare.emit(before.id, last.sitting.id)

    def _parts(self, entries: Sequence[Entry], unreadable: Sequence[str]) -> Iterator[Part]:
        if not entries:
            yield Part(
                partial(EmptyState, tr("Nothing is kept under this reference yet"), tr("Signed records stand here."))
            )
            return
        lead = tr("Latest visit first. What changed since the record before stands first; what is the same is folded.")
        yield Part(partial(label, lead, "muted", wrap=True))
        for said in unreadable:
            yield Part(partial(Notice, said, "warning"))
        for entry in reversed(entries):
            yield Part(partial(self._entry, entry), stop=True)

    def _entry(self, entry: Entry) -> EntryCard:
        card = EntryCard(entry, current=entry.sitting.screening == self._current and not entry.sitting.signed)
        card.compare.connect(self.compare)
        card.rerun.connect(self.rerun)
        if not self._current:
            card.offer_record()
            card.open_record.connect(self.open_record)
        return card


class EntryCard(Card):
    """One record: when, how far, by whom, its counts by mark, what changed, and where one can go from it."""

    compare = Signal(str, str)
    rerun = Signal(str)
    open_record = Signal(str)

    def __init__(self, entry: Entry, *, current: bool) -> None:
        super().__init__()
        self._entry, sitting = entry, entry.sitting
        self.setAccessibleName(sitting.name)
        self._told = ReadCard(_summary(entry), "bare", padding_px=2)
        self._told.body.setSpacing(6)
        self._head(sitting, current)
        for line in _about(sitting):
            self._told.body.addWidget(label(line, "muted", wrap=True))
        self._changes(entry)
        self.body.addWidget(self._told)
        self.setFocusProxy(self._told)
        self._links = QWidget()
        self._flow = FlowLayout(self._links, gap_px=14)
        if entry.before is not None:
            before = entry.before
            self._link(
                tr("Side by side with {day}").format(day=before.day),
                tr("{name}: side by side with {name_2}").format(name=sitting.name, name_2=before.name),
                self._beside,
            )
        if sitting.signed:
            self._link(
                tr("Today’s content over this record"),
                tr("{name}: today’s content over it").format(name=sitting.name),
                self._rerun,
            )
        self.body.addWidget(self._links)

    def _head(self, sitting: Sitting, current: bool) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        flow.addWidget(label(sitting.day, "large"))
        flow.addWidget(label(sitting.pathway))
        flow.addWidget(chip(sitting.how, kind="outlined" if sitting.signed else "dashed"))
        if current:
            flow.addWidget(chip(tr("open now"), kind="dashed"))
        if sitting.content["incomplete"]:
            flow.addWidget(chip(tr("incomplete")))
        marks = MarkCounts()
        marks.show_counts(sitting.marks())
        flow.addWidget(marks)
        self._told.body.addWidget(holder)

    def _changes(self, entry: Entry) -> None:
        if entry.since is None or entry.before is None:
            self._told.body.addWidget(label(tr("The first record of this reference."), "muted"))
            return
        self._told.body.addWidget(heading(tr("Changed since {name}").format(name=entry.before.name)))
        items, answers = item_changes(entry.since), answer_changes(entry.since)
        for pair in items[:MOST_SHOWN]:
            self._told.body.addLayout(_item_line(pair))
        for answer in answers[:MOST_SHOWN]:
            self._told.body.addLayout(_answer_line(answer))
        self._told.body.addWidget(label(_folded(entry.since, items, answers), "small", wrap=True))

    def offer_record(self) -> None:
        """Offer to open the record itself."""
        if self._entry.sitting.signed:
            self._link(
                tr("Open the record"), tr("{name}: open the record").format(name=self._entry.sitting.name), self._open
            )

    def _link(self, text: str, name: str, slot: object) -> None:
        made = LinkButton(text, name)
        made.clicked.connect(slot)
        self._flow.addWidget(made)

    def _beside(self) -> None:
        assert self._entry.before is not None
        self.compare.emit(self._entry.before.id, self._entry.sitting.id)

    def _rerun(self) -> None:
        self.rerun.emit(self._entry.sitting.id)

    def _open(self) -> None:
        self.open_record.emit(self._entry.sitting.record)


def item_changes(found: Comparison) -> list[ItemPair]:
    """Items that came, went or stand at another level; other outcomes only where one stood for review."""
    return [pair for pair in found.items if pair.how in ("new", "gone", "level", "facts")]


def answer_changes(found: Comparison) -> list[AnswerPair]:
    """Answers that differ, positives of all themes before the others; what is worked out from others is left out."""
    differing = [pair for pair in found.answers if pair.differs and not pair.derived]
    return sorted(differing, key=lambda pair: not pair.positive)


def _item_line(pair: ItemPair) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(9)
    row.addWidget(Mark(pair.mark or "open"), 0, Qt.AlignmentFlag.AlignTop)
    said = WrapLabel()
    said.show_runs(((f"{item_words(pair)}: ", False), (pair.standing.title, True)))
    row.addWidget(said, 1)
    return row


def _answer_line(pair: AnswerPair) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(9)
    sign = label(_SIGNS[pair.how], "strong")
    sign.setFixedWidth(scaled(16))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    said = WrapLabel()
    said.show_runs(_answer_runs(pair))
    row.addWidget(said, 1)
    return row


def _answer_runs(pair: AnswerPair) -> tuple[tuple[str, bool], ...]:
    before = pair.first.brief if pair.first is not None else tr("no question then")
    after = pair.second.brief if pair.second is not None else tr("no question here")
    details = "; ".join(f"{name}: {then} → {now}" for name, then, now in pair.details)
    more = f" ({details})" if details else ""
    return (f"{pair.label}: {before} → ", False), (f"{after}{more}", pair.second is not None and pair.second.positive)


def _folded(found: Comparison, items: Sequence[ItemPair], answers: Sequence[AnswerPair]) -> str:
    """What is not shown: further changes, and what is the same, each counted by itself."""
    more = []
    if (many := len(items) - MOST_SHOWN) > 0:
        more.append(
            tr_n(
                "1 item more changed: side by side they stand in full",
                "{n} items more changed: side by side they stand in full",
                many,
            )
        )
    if (many := len(answers) - MOST_SHOWN) > 0:
        more.append(
            tr_n(
                "1 answer more changed: side by side they stand in full",
                "{n} answers more changed: side by side they stand in full",
                many,
            )
        )
    listed = sum(pair.how == "same" and pair.standing.listed for pair in found.items)
    answered = tr_n("1 answer", "{n} answers", found.count("same") + found.count("told"))
    same = tr("The same: {answered}, {counted}").format(
        answered=answered, counted=tr_n("1 listed item", "{n} listed items", listed)
    )
    nothing = [] if items or answers else [tr("No answer and no listed item differs")]
    return ". ".join((*nothing, *more, same)) + "."


def _about(sitting: Sitting) -> list[str]:
    said = [tr("Signed by {signer}").format(signer=sitting.signer)] if sitting.signed else []
    if sitting.content["incomplete"]:
        said.append(tr("Signed as incomplete: {incomplete}").format(incomplete=sitting.content["incomplete"]))
    for added in sitting.amendments:
        said.append(
            tr("Amended {signed_at} by {signer}: {reason}").format(
                signed_at=moment(added["signed_at"]), signer=added["signer"], reason=added["reason"]
            )
        )
    return said


def _summary(entry: Entry) -> str:
    """All that an entry says, as one text for a screen reader."""
    sitting = entry.sitting
    marks = MarkCounts()
    marks.show_counts(sitting.marks())
    said = [f"{sitting.name}, {sitting.pathway}", marks.words or tr("nothing listed"), *_about(sitting)]
    if entry.since is not None and entry.before is not None:
        items, answers = item_changes(entry.since), answer_changes(entry.since)
        said.append(tr("Changed since {name}").format(name=entry.before.name))
        said += [f"{item_words(pair)[2:]}: {pair.standing.title}" for pair in items[:MOST_SHOWN]]
        said += ["".join(text for text, _ in _answer_runs(pair)) for pair in answers[:MOST_SHOWN]]
        said.append(_folded(entry.since, items, answers))
    marks.deleteLater()
    return ". ".join(said)
