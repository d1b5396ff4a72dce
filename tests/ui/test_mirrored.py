"""What is painted stands on the other side in a window that is read from the right, and figures keep their order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.rules.values import Reading
from screener.ui.fields.readings import said_of
from screener.ui.packs.entries import EntryList
from screener.ui.packs.entries import Row as Entry
from screener.ui.packs.share_bar import paint_shares
from screener.ui.screening.check_list import CheckList
from screener.ui.screening.check_list import Row as Answer
from screener.ui.shell.screening_row import GAP_PX, Cells, Column, Columns, Row, needs_of
from screener.ui.style.theme import Theme, current
from screener.ui.widgets.buttons import ActionButton
from screener.ui.widgets.row_list import RowList

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
CELLS = Cells(
    "SYN-0042", "K 1974", "Esketamine, clinic", "2026-11-27 15:00", 3, 111, {"review": 2, "note": 1}, "Paused",
    "Clinician A", "open", "discard",
)  # fmt: skip


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    Theme.of(qapp).apply("light", 1.0)
    yield
    qapp.setLayoutDirection(LEFT)


def turn(direction: Qt.LayoutDirection) -> None:
    """The whole program, as a language does it: what is painted asks it."""
    QGuiApplication.setLayoutDirection(direction)


def inked(widget: QWidget, top: int = 0, bottom: int | None = None) -> list[int]:
    """The columns of its picture in which something is painted."""
    image = widget.grab().toImage()
    high = range(top, image.height() if bottom is None else bottom)
    grounds = {QColor(image.pixel(image.width() // 2, y)).rgb() for y in high if y in (top, top + 2)}
    return [x for x in range(image.width()) if any(image.pixelColor(x, y).rgb() not in grounds for y in high)]


def row(qtbot: QtBot) -> tuple[Row, Columns]:
    made = Row(CELLS)
    qtbot.addWidget(made)
    made.resize(1100, 40)
    columns = Columns.within(needs_of([made], made.font()), 1072, 14)
    made.show_columns(columns)
    return made, columns


def test_no_cell_of_a_screening_is_painted_over_the_next_one(qtbot: QtBot) -> None:
    made, columns = row(qtbot)
    order = list(columns.places)
    for direction in (LEFT, RIGHT):
        turn(direction)
        made.show_columns(columns)
        painted = set(inked(made, 4, 36))
        for column in order[1:]:
            # Of the gap before each column the middle: a link keeps a little room of its own.
            gap = range(columns.places[column][0] - GAP_PX + 4, columns.places[column][0] - 6)
            seen = {x if direction == LEFT else made.width() - 1 - x for x in gap}
            assert not seen & painted, f"{direction.name}: something stands before {column}"


def test_the_links_of_a_screening_stand_on_the_other_side(qtbot: QtBot) -> None:
    made, columns = row(qtbot)
    assert made.discard is not None
    before = made.link.geometry().left(), made.discard.geometry().left()
    turn(RIGHT)
    made.show_columns(columns)
    after = made.link.geometry().right(), made.discard.geometry().right()
    assert after == tuple(made.width() - 1 - x for x in before)
    made.resize(1000, made.height())
    QApplication.sendPostedEvents()
    assert Column.REFERENCE in columns.places
    made.show()
    assert made.link.geometry().right() == made.width() - 1 - before[0]


@pytest.mark.parametrize("kind", [CheckList, EntryList])
def test_the_rows_of_a_list_are_mirrored(qtbot: QtBot, kind: type[CheckList | EntryList]) -> None:
    shown: RowList = kind("Answers") if kind is EntryList else CheckList()
    qtbot.addWidget(shown)
    rows = (
        [Entry("a", "Psychosis ever", "Policy", "review")] if kind is EntryList else [Answer("a", "Height", "170 cm")]
    )
    shown.rows.show_rows(rows)
    shown.resize(700, 60)
    shown.show()
    qtbot.waitExposed(shown)
    view = shown.viewport()
    before = inked(view, 6, 30)
    turn(RIGHT)
    after = inked(view, 6, 30)
    assert before[0] < view.width() // 8
    assert after[-1] == pytest.approx(view.width() - 1 - before[0], abs=6)
    assert after[0] == pytest.approx(view.width() - 1 - before[-1], abs=6)


def test_change_is_pressed_where_it_stands(qtbot: QtBot) -> None:
    shown = CheckList()
    qtbot.addWidget(shown)
    shown.rows.show_rows([Answer("body.height", "Height", "170 cm")])
    shown.resize(700, 60)
    turn(RIGHT)
    shown.show()
    qtbot.waitExposed(shown)
    entered: list[str] = []
    shown.entered.connect(entered.append)
    line = shown.visualRect(shown.rows.index(0))
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(line.right() - 20, line.top() + 14))
    assert entered == []
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(line.left() + 30, line.top() + 14))
    assert entered == ["body.height"]


def test_the_key_of_a_button_stands_after_its_words(qtbot: QtBot) -> None:
    button = ActionButton("Next", "Ctrl+R", "quiet")
    qtbot.addWidget(button)
    button.resize(300, 30)
    before = inked(button, 4, 26)
    turn(RIGHT)
    after = inked(button, 4, 26)
    assert [after[0], after[-1]] == pytest.approx(
        [button.width() - 1 - before[-1], button.width() - 1 - before[0]], abs=3
    )
    assert after != before


def test_a_mean_reads_systolic_before_diastolic() -> None:
    readings = [Reading(systolic=Decimal(top), diastolic=Decimal(low)) for top, low in ((151, 94), (147, 92))]
    assert said_of(readings, "before")[1] == "149.0 / 93.0"
    turn(RIGHT)
    assert said_of(readings, "before")[1] == "\u2066149.0 / 93.0\u2069"
    assert said_of(readings[:1], "before")[1] == "\u2066151 / 94\u2069"


def test_a_bar_of_shares_begins_where_a_line_does() -> None:
    filled = []
    for direction in (LEFT, RIGHT):
        picture = QImage(200, 20, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        paint_shares(painter, QRectF(50, 2, 100, 16), (0.25, 0.0), direction)
        painter.end()
        listed = QColor(current().review).rgb()
        filled.append([x for x in range(200) if picture.pixel(x, 10) == listed])
    left, right = filled
    assert left and left[-1] < 80 and right[0] > 120
    assert right == pytest.approx([199 - x for x in reversed(left)], abs=1)
