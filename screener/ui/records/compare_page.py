"""Two records side by side: what they were made under, items by mark, answers by theme; what differs, or all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.records.compare import AnswerPair, Comparison, FramePart, compare
from screener.records.outcomes import ItemPair
from screener.records.sitting import Sitting
from screener.ui.records.growing import GrowingPage, Part, bind_steps
from screener.ui.records.pairs import AnswerCard, FoldedCard, ItemCard, Names, PairCard
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import FlowLayout, plain
from screener.ui.widgets.read_card import ReadCard

SHOWN = (("differing", "Only what differs"), ("all", "All"))
MARK_TITLES = {
    "time-critical": "Items: time-critical",
    "review": "Items: for review",
    "note": "Items: notes",
    "check": "Items: answers to check",
    "open": "Items: not established",
    "": "Not listed",
}
_FRAME_DIFFERS = {
    "Pathway": "The pathways differ: a question or an item of one need not exist in the other.",
    "Content": "The content differs: a question or a rule may read otherwise in one than in the other.",
    "Profiles": "The profiles differ: other rules ran.",
    "Clinic’s choices": "The clinic’s choices differ: a rule may have read another figure.",
    "Product": "The products differ.",
}


class ComparePage(QWidget):
    """Any two of a reference's records, chosen here. J and K go from difference to difference."""

    closed = Signal()

    def __init__(self, sittings: Sequence[Sitting]) -> None:
        super().__init__()
        self.setAccessibleName("Two records side by side")
        self._sittings = {sitting.id: sitting for sitting in sittings}
        self._all = False
        self.found: Comparison | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.page = GrowingPage()
        column.addWidget(self.page, 1)
        bind_steps(self, self.page)

    def _head(self) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label("Side by side", "large"))
        options = [(sitting.name, name) for name, sitting in self._sittings.items()]
        self.first, self.second = DropDown("First record", options), DropDown("Second record", options)
        for choice in (self.first, self.second):
            choice.activated.connect(self._chosen)
        row.addWidget(self.first)
        row.addWidget(label("beside", "muted"))
        row.addWidget(self.second)
        self._filter = Segmented("Show", SHOWN)
        self._filter.show_chosen("differing")
        self._filter.user_chose.connect(self._filter_chosen)
        row.addWidget(self._filter)
        for button in step_buttons(self._step):
            row.addWidget(button)
        self._close = ActionButton("Back", "Esc")
        self._close.clicked.connect(self.closed)
        row.addWidget(self._close)
        return head

    def open(self, first: str, second: str) -> None:
        """Show two records, by their ids."""
        self.first.show_value(first)
        self.second.show_value(second)
        self._show()

    def focus_first(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the user did

    def _chosen(self) -> None:
        self._show()

    def _filter_chosen(self, chosen: str | None) -> None:
        self._all = (chosen or ("all" if self._all else "differing")) == "all"
        self._filter.show_chosen("all" if self._all else "differing")
        self._show()

    def _step(self, by: int) -> None:
        self.page.step(by)

    # Showing

    def _show(self) -> None:
        first, second = (self._sittings[box.currentData()] for box in (self.first, self.second))
        self.found = compare(first.content, second.content)
        self.page.show_parts(list(_parts(self.found, first, second, whole=self._all)))


def step_buttons(step: Callable[[int], object]) -> list[ActionButton]:
    """To the next difference and to the one before, which the page's keys do too."""
    made = []
    for text, key, by in (("Next", "J", 1), ("Previous", "K", -1)):
        button = ActionButton(text, key)
        button.setAccessibleName(f"{text} difference")
        button.clicked.connect(partial(step, by))
        made.append(button)
    return made


def names_of(first: Sitting, second: Sitting) -> Names:
    """What two records are called in a column: their days, or of one day how they stand."""
    if first.day != second.day:
        return first.day, second.day
    return f"{first.day}, {first.how}", f"{second.day}, {second.how}"


def _parts(found: Comparison, first: Sitting, second: Sitting, *, whole: bool) -> Iterator[Part]:
    names = names_of(first, second)
    yield Part(partial(_frame, found, first, second))
    if not found.differs:
        same = "These are one and the same record." if first.id == second.id else "No answer and no item differs."
        yield Part(partial(label, same, "large"))
    for mark, title in MARK_TITLES.items():
        yield from item_parts(title, [pair for pair in found.items if pair.mark == mark], names, whole=whole)
    for theme in found.themes:
        yield from _theme(theme.title, theme.pairs, names, whole=whole)


def item_parts(
    title: str, pairs: Sequence[ItemPair], names: Names, *, whole: bool, about: dict[str, str] | None = None
) -> Iterator[Part]:
    """The items of one mark: those that differ, and where all are shown also the others; not listed ones folded."""
    more = about or {}
    shown = [pair for pair in pairs if pair.differs or (whole and not _folds(pair))]
    folded = [pair for pair in pairs if _folds(pair)] if whole else []
    if shown or folded:
        yield Part(partial(label, title, "large"))
    for pair in shown:
        yield Part(partial(ItemCard, pair, names, more.get(pair.rule, "")), stop=pair.differs)
    for mark, how, said in _FOLDED:
        lines = [pair.standing.title for pair in folded if (pair.mark, pair.how) == (mark, how)]
        if lines:
            yield Part(partial(FoldedCard, said, lines))


_FOLDED = (
    ("open", "same", "Not established in both, without a response"),
    ("open", "only", "Not established, and ran in one of them only"),
    ("", "same", "Not listed in both"),
    ("", "only", "Not listed, and ran in one of them only"),
)


def _folds(pair: ItemPair) -> bool:
    """Whether a pair stands in one line: nothing is listed, nothing differs, and nobody has responded to it."""
    responded = any(side is not None and side.response is not None for side in (pair.first, pair.second))
    return pair.mark in ("open", "") and not pair.differs and not responded


def _theme(title: str, pairs: Sequence[AnswerPair], names: Names, *, whole: bool) -> Iterator[Part]:
    shown = [pair for pair in pairs if pair.differs or (whole and pair.how == "told")]
    same = (
        [f"{pair.label}: {pair.second.words}" for pair in pairs if pair.how == "same" and pair.second] if whole else []
    )
    nothing = [pair.label for pair in pairs if pair.how == "nothing"] if whole else []
    if shown or same or nothing:
        yield Part(partial(label, f"Answers: {title}", "large"))
    for pair in shown:
        yield Part(partial(AnswerCard, pair, names), stop=pair.differs)
    if same:
        yield Part(partial(FoldedCard, "The same in both", same))
    if nothing:
        yield Part(partial(FoldedCard, "Recorded in neither", ["; ".join(nothing)]))


def _frame(found: Comparison, first: Sitting, second: Sitting) -> QWidget:
    """What the two were made under; what differs is said in words and stands in two columns."""
    said = [_FRAME_DIFFERS[part.name] for part in found.frame if part.differs]
    said += _kept(found, first, second)
    told = found.count("told")
    if told:
        many = "1 answer is" if told == 1 else f"{told} answers are"
        said.append(f"{many} the same, told, noted or worded otherwise: shown under All.")
    same = "; ".join(f"{part.name}: {part.short}" for part in found.frame if part.short and not part.differs)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    about = [f"{sitting.name}, {sitting.pathway}{_signer(sitting)}" for sitting in (first, second)]
    lines = [*about, *said, *([f"The same for both: {same}"] if same else [])]
    card = ReadCard(". ".join(lines), padding_px=14)
    for place, line in enumerate(lines):
        card.body.addWidget(
            label(line, "strong" if place < 2 else "muted" if line.startswith("The same") else "", wrap=True)
        )
    column.addWidget(card)
    for part in found.frame:
        if part.differs:
            column.addWidget(FrameCard(part, names_of(first, second)))
    return holder


class FrameCard(PairCard):
    """Something that the two records were not made alike under."""

    def __init__(self, part: FramePart, names: Names) -> None:
        super().__init__(part.name, "→ differs", names, ([part.first or "none"], [part.second or "none"]))


def _signer(sitting: Sitting) -> str:
    return f", by {sitting.signer}" if sitting.signer else ""


def _kept(found: Comparison, first: Sitting, second: Sitting) -> list[str]:
    return [
        f"Kept in {sitting.day} and not evaluated there: {', '.join(unread)}."
        for sitting, unread in zip((first, second), found.unread, strict=True)
        if unread
    ]
