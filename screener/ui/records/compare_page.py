"""Two records side by side: what they were made under, items by mark, answers by theme; what differs, or all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import WINDOW, tr, tr_n
from screener.records.compare import AnswerPair, Comparison, FramePart, compare
from screener.records.sitting import Sitting
from screener.ui.records.differences import DifferencesPage, items_by_mark
from screener.ui.records.pairs import AnswerCard, FoldedCard, Names, PairCard
from screener.ui.widgets.controls import label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.growing import Part
from screener.ui.widgets.read_card import ReadCard

_FRAME_DIFFERS = {
    "Pathway": tr("The pathways differ: a question or an item of one need not exist in the other."),
    "Content": tr("The content differs: a question or a rule may read otherwise in one than in the other."),
    "Profiles": tr("The profiles differ: other rules ran."),
    "Clinic’s choices": tr("The clinic’s choices differ: a rule may have read another figure."),
    "Product": tr("The products differ."),
}


class ComparePage(DifferencesPage):
    """Any two of a reference's records, chosen here."""

    def __init__(self, sittings: Sequence[Sitting]) -> None:
        self._sittings = {sitting.id: sitting for sitting in sittings}
        self.found: Comparison | None = None
        options = [(sitting.name, name) for name, sitting in self._sittings.items()]
        self.first, self.second = DropDown(tr("First record"), options), DropDown(tr("Second record"), options)
        beside = label(tr("beside"), "muted")
        super().__init__(
            tr("Two records side by side"), label(tr("Side by side"), "large"), self.first, beside, self.second
        )
        for choice in (self.first, self.second):
            choice.activated.connect(self._chosen)

    def open(self, first: str, second: str) -> None:
        """Show two records, by their ids."""
        self.first.show_value(first)
        self.second.show_value(second)
        self._show()

    def focus_first(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self._show()

    def _show(self) -> None:
        first, second = (self._sittings[box.currentData()] for box in (self.first, self.second))
        self.found = compare(first.content, second.content)
        self.page.build(list(_parts(self.found, first, second, whole=self._all)))


def names_of(first: Sitting, second: Sitting) -> Names:
    """What two records are called in a column: their days, or of one day how they stand."""
    if first.day != second.day:
        return first.day, second.day
    return f"{first.day}, {first.how}", f"{second.day}, {second.how}"


def _parts(found: Comparison, first: Sitting, second: Sitting, *, whole: bool) -> Iterator[Part]:
    names = names_of(first, second)
    yield Part(partial(_frame, found, first, second))
    if not found.differs:
        same = (
            tr("These are one and the same record.") if first.id == second.id else tr("No answer and no item differs.")
        )
        yield Part(partial(label, same, "large"))
    yield from items_by_mark(found.items, names, whole=whole)
    for theme in found.themes:
        yield from _theme(theme.title, theme.pairs, names, whole=whole)


def _theme(title: str, pairs: Sequence[AnswerPair], names: Names, *, whole: bool) -> Iterator[Part]:
    shown = [pair for pair in pairs if pair.differs or (whole and pair.how == "told")]
    same = (
        [f"{pair.label}: {pair.second.words}" for pair in pairs if pair.how == "same" and pair.second] if whole else []
    )
    nothing = [pair.label for pair in pairs if pair.how == "nothing"] if whole else []
    if shown or same or nothing:
        yield Part(partial(label, tr("Answers: {title}").format(title=title), "large"))
    for pair in shown:
        yield Part(partial(AnswerCard, pair, names), stop=pair.differs)
    if same:
        yield Part(partial(FoldedCard, tr("The same in both"), same))
    if nothing:
        yield Part(partial(FoldedCard, tr("Recorded in neither"), ["; ".join(nothing)]))


def _frame(found: Comparison, first: Sitting, second: Sitting) -> QWidget:
    """What the two were made under; what differs is said in words and stands in two columns."""
    said = [_FRAME_DIFFERS[part.name] for part in found.frame if part.differs]
    said += _kept(found, first, second)
    told = found.count("told")
    if told:
        said.append(
            tr_n(
                "1 answer is the same, told, noted or worded otherwise: shown under All.",
                "{n} answers are the same, told, noted or worded otherwise: shown under All.",
                told,
            )
        )
    same = "; ".join(
        f"{WINDOW.word(part.name)}: {part.short}" for part in found.frame if part.short and not part.differs
    )
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    about = [f"{sitting.name}, {sitting.pathway}{_signer(sitting)}" for sitting in (first, second)]
    lines = [*about, *said, *([tr("The same for both: {same}").format(same=same)] if same else [])]
    card = ReadCard(". ".join(lines), padding_px=14)
    for place, line in enumerate(lines):
        card.body.addWidget(
            label(line, "strong" if place < 2 else "muted" if same and place == len(lines) - 1 else "", wrap=True)
        )
    column.addWidget(card)
    for part in found.frame:
        if part.differs:
            column.addWidget(FrameCard(part, names_of(first, second)))
    return holder


class FrameCard(PairCard):
    """Something that the two records were not made alike under."""

    def __init__(self, part: FramePart, names: Names) -> None:
        columns = ([part.first or tr("none")], [part.second or tr("none")])
        super().__init__(WINDOW.word(part.name), tr("→ differs"), names, columns)


def _signer(sitting: Sitting) -> str:
    return tr(", by {signer}").format(signer=sitting.signer) if sitting.signer else ""


def _kept(found: Comparison, first: Sitting, second: Sitting) -> list[str]:
    return [
        tr("Kept in {day} and not evaluated there: {unread}.").format(day=sitting.day, unread=", ".join(unread))
        for sitting, unread in zip((first, second), found.unread, strict=True)
        if unread
    ]
