"""What is wrong with how a page lies there: text cut off, parts over each other, parts where nobody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from screener.ui.widgets.chips import Chip
from screener.ui.widgets.heads import WrappingHeads
from screener.ui.widgets.text import ElidedLabel, WrapLabel

Kind = Literal["cut", "elided", "broken word", "overlap", "outside", "sideways"]
_SLACK_PX = 1
_TIP = Qt.ItemDataRole.ToolTipRole
_MOST_ROUNDS, _STILL = 40, 3
_LONGEST_WORD = 24
"""What is longer than any word of a sentence (a path, a key, an id) may be broken where its line ends."""
_OWN_INSIDE = (QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QHeaderView)
"""Controls of Qt whose inner parts lie as Qt lays them."""

ELIDED_FOR_A_REASON = {
    "ItemCard": "the title of a source, at the foot of a card of the live list: whole in its tip and in the review",
    "TopBar": "the pathway's short name, in a small window: whole in its tip and its name",
    "Gallery": "shows what a cut line looks like",
}
"""Where a line may end in an ellipsis: the class that it stands in, and why. The whole text is its accessible name."""
LIES_OVER_FOR_A_REASON = {
    "Palette": "what can be done here, over the page where it is done; Esc takes it away",
    "_Matches": "names of medicines for what is typed, over what stands below the line, so that nothing moves",
}
"""What lies over its neighbours for as long as somebody uses it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not lie as it should, and where."""

    kind: Kind
    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.said} [{self.where}]"


def faults(page: QWidget) -> list[Fault]:
    """Everything that is wrong with a page that is shown, in its present state."""
    lay_out(page)
    found: list[Fault] = []
    for widget in (page, *page.findChildren(QWidget)):
        if widget.window() is page.window() and widget.isVisible() and not _inside_a_control(widget):
            for check in (_cut, _view, _overlaps, _outside, _sideways):
                found += check(widget)
    return list(dict.fromkeys(found))


def lay_out(page: QWidget) -> None:
    """Let the window work until nothing moves any more."""
    before: list[QRect] = []
    still = 0
    for _ in range(_MOST_ROUNDS):
        QTest.qWait(1)
        now = [widget.geometry() for widget in page.findChildren(QWidget)]
        still = still + 1 if now == before else 0
        if still == _STILL:
            return
        before = now


def where_is(widget: QWidget) -> str:
    """The classes that a widget stands in, from the page inwards, with the nearest name."""
    classes = []
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        if type(part).__module__.startswith(("screener", "tests")) or part is widget:
            classes.append(type(part).__name__)
        part = part.parentWidget()
    return " > ".join(reversed(classes))


def words_of(widget: QWidget) -> str:
    """What a widget says, in short."""
    text = getattr(widget, "text", None)
    said = str(text()) if callable(text) else ""
    said = said or widget.accessibleName() or str(widget.property("look") or "") or type(widget).__name__
    return said if len(said) <= 60 else f"{said[:57]}…"


def _inside_a_control(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, _OWN_INSIDE):
            return True
        parent = parent.parentWidget()
    return False


# Text


def _cut(widget: QWidget) -> Iterator[Fault]:
    match widget:
        case ElidedLabel():
            if widget.shown_text() != widget.text() and not _has_a_reason(widget):
                yield _fault("elided", widget, f"{widget.text()!r} reads {widget.shown_text()!r}")
        case Chip():
            if widget.heightForWidth(widget.width()) > widget.height() and not _has_a_reason(widget):
                yield _fault("elided", widget, f"chip {widget.text()!r}")
        case WrapLabel():
            yield from _too_small(widget)
            yield from _broken(widget)
        case QComboBox():
            yield from _combo(widget)
        case QLineEdit():
            yield from _line(widget)
        case QLabel() | QAbstractButton():
            yield from _too_small(widget)
            yield from _button_words(widget)


def _too_small(widget: QLabel | QAbstractButton) -> Iterator[Fault]:
    if not widget.text():
        return
    least = widget.minimumSizeHint()
    height = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else least.height()
    if isinstance(widget, QAbstractButton) and not widget.hasHeightForWidth():
        height = min(height, widget.fontMetrics().height())  # a little less around its words cuts nothing
    if widget.width() + _SLACK_PX < least.width() or widget.height() + _SLACK_PX < height:
        has = f"{widget.width()}x{widget.height()}"
        yield _fault("cut", widget, f"{words_of(widget)!r} needs {least.width()}x{height}, has {has}")


def _button_words(widget: QLabel | QAbstractButton) -> Iterator[Fault]:
    """Buttons that paint their words themselves and give way further than these are long."""
    if not isinstance(widget, QAbstractButton) or widget.hasHeightForWidth() or "\n" in widget.text():
        return
    words = widget.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), widget.text()).width()
    if widget.text() and words > widget.width() + _SLACK_PX:
        yield _fault("cut", widget, f"{words_of(widget)!r} is {words} wide, has {widget.width()}")


def _broken(widget: WrapLabel) -> Iterator[Fault]:
    room = widget.contentsRect().width()
    metrics = QFontMetrics(widget.font())
    for word in dict.fromkeys(widget.text().replace("-", "- ").split()):
        if len(word) <= _LONGEST_WORD and metrics.horizontalAdvance(word) > room + _SLACK_PX:
            yield _fault("broken word", widget, f"{word!r} in {words_of(widget)!r}, {room} wide")
            return


def _combo(widget: QComboBox) -> Iterator[Fault]:
    option = QStyleOptionComboBox()
    widget.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, widget).width()
    if widget.hasHeightForWidth():  # its words wrap
        if widget.height() + _SLACK_PX < widget.heightForWidth(widget.width()):
            yield _fault("cut", widget, f"{widget.currentText()!r} has a height of {widget.height()}")
        return
    words = widget.fontMetrics().horizontalAdvance(widget.currentText())
    if words > room + _SLACK_PX:
        yield _fault("cut", widget, f"{widget.currentText()!r} is {words} wide, has {room}")


def _line(widget: QLineEdit) -> Iterator[Fault]:
    """What is typed scrolls; what stands there before is to be read whole."""
    if widget.height() + _SLACK_PX < widget.minimumSizeHint().height():
        yield _fault("cut", widget, f"line {widget.accessibleName()!r} is {widget.height()} high")
    hint = widget.placeholderText()
    margins = widget.textMargins()
    room = widget.contentsRect().width() - margins.left() - margins.right()
    words = widget.fontMetrics().horizontalAdvance(hint)
    if hint and not widget.text() and words > room + _SLACK_PX:
        yield _fault("cut", widget, f"{hint!r} is {words} wide, has {room}")


def _has_a_reason(widget: QWidget) -> bool:
    parent: QWidget | None = widget
    while parent is not None:
        if type(parent).__name__ in ELIDED_FOR_A_REASON:
            return True
        parent = parent.parentWidget()
    return False


def _fault(kind: Kind, widget: QWidget, said: str) -> Fault:
    return Fault(kind, where_is(widget), said)


# Lists and tables


def _view(widget: QWidget) -> Iterator[Fault]:
    if isinstance(widget, QTableView):
        yield from _table(widget)


def _table(table: QTableView) -> Iterator[Fault]:
    """Heads and cells that are wider than their column, in what is to be seen of a table."""
    model, head = table.model(), table.horizontalHeader()
    if model is None:
        return
    columns = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    if head.isVisible():
        for column in columns:
            text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            wraps = isinstance(head, WrappingHeads) and head.height_of(column) <= head.height() + _SLACK_PX
            if not wraps and head.fontMetrics().horizontalAdvance(text) > head.sectionSize(column):
                yield _fault("cut", table, f"head {text!r} has {head.sectionSize(column)}")
    for row in range(model.rowCount()):
        for column in columns:
            index = model.index(row, column)
            box = table.visualRect(index)
            if not box.intersects(table.viewport().rect()):
                continue
            wanted = table.sizeHintForIndex(index)
            spans = table.columnSpan(row, column) > 1
            told = table.textElideMode() != Qt.TextElideMode.ElideNone and index.data(_TIP) == index.data()
            if not spans and not told and not table.wordWrap() and wanted.width() > box.width() + _SLACK_PX:
                yield _fault("cut", table, f"cell {str(index.data())[:60]!r} wants {wanted.width()}, has {box.width()}")
            if wanted.height() > box.height() + _SLACK_PX:
                yield _fault("cut", table, f"cell {str(index.data())[:60]!r} wants {wanted.height()} in height")


# Places


def _overlaps(widget: QWidget) -> Iterator[Fault]:
    """Two parts of one parent, one lying over the other."""
    if isinstance(widget, (*_OWN_INSIDE, QAbstractScrollArea, QStackedWidget)):
        return
    there = [part for part in _children(widget) if not part.isWindow() and part.isVisible()]
    parts = [part for part in there if type(part).__name__ not in LIES_OVER_FOR_A_REASON]
    for one, other in combinations(parts, 2):
        shared = _solid(one).intersected(_solid(other))
        if shared.width() > _SLACK_PX and shared.height() > _SLACK_PX:
            said = f"{words_of(one)!r} {_said(one.geometry())} over {words_of(other)!r} {_said(other.geometry())}"
            yield _fault("overlap", widget, said)


def _outside(widget: QWidget) -> Iterator[Fault]:
    """A part that lies partly outside of its parent, where it cannot be scrolled to."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent) or widget.geometry().isEmpty():
        return
    around = parent.rect().adjusted(-_SLACK_PX, -_SLACK_PX, _SLACK_PX, _SLACK_PX)
    if not around.contains(widget.geometry()):
        said = f"{words_of(widget)!r} {_said(widget.geometry())} in {parent.width()}x{parent.height()}"
        yield _fault("outside", widget, said)


def _sideways(widget: QWidget) -> Iterator[Fault]:
    """A page that is wider than what shows it."""
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if isinstance(widget, QScrollArea) and inner is not None:
        shown = widget.viewport()
        if inner.width() > shown.width() + _SLACK_PX:
            yield _fault("sideways", widget, f"{inner.width()} in {shown.width()}; {_widest(inner)}")
        never = widget.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if never and inner.height() > shown.height() + _SLACK_PX:
            yield _fault("outside", widget, f"{inner.height()} high in {shown.height()} without a scroll bar")


def _widest(widget: QWidget) -> str:
    """What makes a page as wide as it is."""
    part, said = widget, [type(widget).__name__]
    while inner := [child for child in _children(part) if child.isVisible() and not child.isWindow()]:
        part = max(inner, key=lambda child: child.minimumSizeHint().expandedTo(child.minimumSize()).width())
        if isinstance(part, _OWN_INSIDE) or part.minimumSizeHint().width() <= 0:
            break
        said.append(f"{type(part).__name__} {part.minimumSizeHint().width()}")
    return " > ".join(said[-4:]) + f" {words_of(part)!r}"


def _children(widget: QWidget) -> list[QWidget]:
    return widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _scrolls(parent: QWidget) -> bool:
    area = parent.parentWidget()
    return isinstance(parent, QAbstractScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    )


def _solid(widget: QWidget) -> QRect:
    """Where a widget stands; nowhere when it lets everything through and shows nothing of its own."""
    through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return QRect() if through and not words_of(widget) else widget.geometry()


def _said(rect: QRect) -> str:
    return f"({rect.x()}, {rect.y()}, {rect.width()}x{rect.height()})"
