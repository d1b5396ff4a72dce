"""What pages of differences have in common: only what differs or all, J and K, items by mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.records.outcomes import ItemPair
from screener.ui.records.pairs import FoldedCard, ItemCard, Names
from screener.ui.records.steps import bind_steps
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.growing import GrowingPage, Part
from screener.ui.widgets.layout import FlowLayout, plain

_SHOWN = (("differing", tr("Only what differs")), ("all", tr("All")))
_MARK_TITLES = {
    "time-critical": tr("Items: time-critical"),
    "review": tr("Items: for review"),
    "note": tr("Items: notes"),
    "check": tr("Items: answers to check"),
    "open": tr("Items: not established"),
    "": tr("Not listed"),
}


class DifferencesPage(QWidget):
    """A head with a choice of what is shown, below it two columns. J and K go from difference to difference."""

    closed = Signal()

    def __init__(self, name: str, *head: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(head))
        self.page = GrowingPage(margin_px=24, gap_px=10)
        column.addWidget(self.page, 1)
        bind_steps(self, self.page)

    def _head(self, parts: Sequence[QWidget]) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        for part in parts:
            row.addWidget(part)
        self._filter = Segmented(tr("Show"), _SHOWN, always=True)
        self._filter.show_chosen("differing")
        self._filter.user_chose.connect(self._show)
        row.addWidget(self._filter)
        for text, key, by in ((tr("Next"), "J", 1), (tr("Previous"), "K", -1)):
            button = ActionButton(text, key)
            button.setAccessibleName(tr("{text} difference").format(text=text))
            button.clicked.connect(partial(self._step, by))
            row.addWidget(button)
        self._close = ActionButton(tr("Back"), "Esc")
        self._close.clicked.connect(self.closed)
        row.addWidget(self._close)
        return head

    def focus_first(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        self.page.step(by)

    @property
    def _all(self) -> bool:
        return self._filter.chosen == "all"

    def _show(self) -> None:
        """Show what there is, again."""
        raise NotImplementedError


def items_by_mark(
    items: Sequence[ItemPair], names: Names, *, whole: bool, about: Mapping[str, str] | None = None
) -> Iterator[Part]:
    """The items of every mark. `about`: what there is to say of a rule beside it."""
    for mark, title in _MARK_TITLES.items():
        yield from _items(title, [pair for pair in items if pair.mark == mark], names, about or {}, whole=whole)


def _items(
    title: str, pairs: Sequence[ItemPair], names: Names, about: Mapping[str, str], *, whole: bool
) -> Iterator[Part]:
    """The items of one mark: those that differ, and where all are shown also the others; not listed ones folded."""
    shown = [pair for pair in pairs if pair.differs or (whole and not _folds(pair))]
    folded = [pair for pair in pairs if _folds(pair)] if whole else []
    if shown or folded:
        yield Part(partial(label, title, "large"))
    for pair in shown:
        yield Part(partial(ItemCard, pair, names, about.get(pair.rule, "")), stop=pair.differs)
    for mark, how, said in _FOLDED:
        lines = [pair.standing.title for pair in folded if (pair.mark, pair.how) == (mark, how)]
        if lines:
            yield Part(partial(FoldedCard, said, lines))


_FOLDED = (
    ("open", "same", tr("Not established in both, without a response")),
    ("open", "only", tr("Not established, and ran in one of them only")),
    ("", "same", tr("Not listed in both")),
    ("", "only", tr("Not listed, and ran in one of them only")),
)


def _folds(pair: ItemPair) -> bool:
    """Whether a pair stands in one line: nothing is listed, nothing differs, and nobody has responded to it."""
    responded = any(side is not None and side.response is not None for side in (pair.first, pair.second))
    return pair.mark in ("open", "") and not pair.differs and not responded
