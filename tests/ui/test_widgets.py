"""Base widgets: what they are called, what keys and clicks do, what they paint, and that they fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.style.sheet import style_sheet
from screener.ui.style.theme import Theme, current
from screener.ui.style.tokens import LIGHT, SCHEMES, Scheme
from screener.ui.widgets import speech
from screener.ui.widgets.chips import cap_words
from screener.ui.widgets.controls import (
    ActionButton,
    CheckRow,
    Chip,
    ElidedLabel,
    KeyCap,
    LinkButton,
    MultiChoice,
    RadioRow,
    Segmented,
    WrapLabel,
    label,
)
from screener.ui.widgets.drop_down import DropDown, WrappingDropDown
from screener.ui.widgets.gallery import Gallery
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage, StripedBanner, clear
from screener.ui.widgets.marks import (
    MARK_NAMES,
    MARKS,
    Mark,
    MarkCount,
    MarkCounts,
    ProgressRing,
    ThinBar,
    paint_mark_at,
)
from screener.ui.widgets.speech import announce
from screener.ui.widgets.walked_links import WalkedLinks
from tests.ui.geometry import faults, lay_out

# Qt's screen that nobody sees says so whenever a window has a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
LEFT = Qt.MouseButton.LeftButton
YES_NO = (("yes", "Yes"), ("no", "No"), ("maybe", "Maybe"))


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Light, at the usual text size, before and after."""
    made = Theme.of(qapp)
    made.apply("light", 1.0)
    yield made
    made.apply("light", 1.0)


@pytest.fixture
def segmented(qtbot: QtBot) -> Segmented:
    made = Segmented("Aneurysm", YES_NO)
    shown(qtbot, made)
    return made


def shown(qtbot: QtBot, widget: QWidget, width: int | None = None) -> None:
    qtbot.addWidget(widget)
    if width is not None:
        widget.resize(width, widget.sizeHint().height())
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def role_of(widget: QWidget) -> QAccessible.Role:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.role()


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


# Segmented


def test_a_click_chooses_and_another_click_takes_it_back(qtbot: QtBot, segmented: Segmented) -> None:
    heard: list[object] = []
    segmented.user_chose.connect(heard.append)
    QTest.mouseClick(segmented.button_of("no"), LEFT)
    assert (heard, segmented.chosen) == (["no"], "no")
    QTest.mouseClick(segmented.button_of("no"), LEFT)
    assert (heard, segmented.chosen) == (["no", None], None)
    assert not segmented.button_of("no").isChecked()


def test_where_there_is_always_one_the_chosen_one_stays_and_nothing_is_said(qtbot: QtBot) -> None:
    made = Segmented("Paper", YES_NO, always=True)
    made.show_chosen("yes")
    shown(qtbot, made)
    heard: list[object] = []
    made.user_chose.connect(heard.append)
    QTest.mouseClick(made.button_of("yes"), LEFT)
    QTest.keyClick(made.button_of("yes"), Qt.Key.Key_Space)
    assert (heard, made.chosen, made.button_of("yes").isChecked()) == ([], "yes", True)
    QTest.mouseClick(made.button_of("no"), LEFT)
    assert (heard, made.chosen, made.button_of("yes").isChecked()) == (["no"], "no", False)


def test_choosing_another_option_leaves_the_first(segmented: Segmented) -> None:
    QTest.mouseClick(segmented.button_of("yes"), LEFT)
    QTest.mouseClick(segmented.button_of("maybe"), LEFT)
    assert [segmented.button_of(option).isChecked() for option, _ in YES_NO] == [False, False, True]


def test_showing_a_choice_says_nothing(qtbot: QtBot, segmented: Segmented) -> None:
    with qtbot.assertNotEmitted(segmented.user_chose):
        segmented.show_chosen("yes")
        segmented.show_chosen(None)
        segmented.show_chosen("no")
    assert segmented.button_of("no").isChecked()


def test_arrows_move_without_choosing_and_space_or_enter_choose(segmented: Segmented) -> None:
    heard: list[object] = []
    segmented.user_chose.connect(heard.append)
    segmented.setFocus(Qt.FocusReason.TabFocusReason)
    assert segmented.button_of("yes").hasFocus()
    QTest.keyClick(segmented.button_of("yes"), Qt.Key.Key_Right)
    assert segmented.button_of("no").hasFocus()
    assert heard == []
    QTest.keyClick(segmented.button_of("no"), Qt.Key.Key_Space)
    assert heard == ["no"]
    QTest.keyClick(segmented.button_of("no"), Qt.Key.Key_Down)
    QTest.keyClick(segmented.button_of("maybe"), Qt.Key.Key_Return)
    assert heard == ["no", "maybe"]
    QTest.keyClick(segmented.button_of("maybe"), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert heard == ["no", "maybe", None]


def test_arrows_stop_at_the_ends(segmented: Segmented) -> None:
    segmented.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(segmented.button_of("yes"), Qt.Key.Key_Left)
    assert segmented.button_of("yes").hasFocus()


def test_a_shortcut_of_the_page_is_not_eaten_by_an_option(segmented: Segmented) -> None:
    heard: list[object] = []
    segmented.user_chose.connect(heard.append)
    segmented.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(segmented.button_of("yes"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == []


def test_tab_enters_at_the_chosen_option_and_leaves_the_group(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    before, choice, after = QLineEdit(), Segmented("Aneurysm", YES_NO), QLineEdit()
    for widget in (before, choice, after):
        column.addWidget(widget)
    choice.show_chosen("no")
    shown(qtbot, holder)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert choice.button_of("no").hasFocus()
    QTest.keyClick(choice.button_of("no"), Qt.Key.Key_Left)
    QTest.keyClick(choice.button_of("yes"), Qt.Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert choice.button_of("yes").hasFocus()


def test_each_option_is_a_named_radio_button_in_a_named_group(segmented: Segmented) -> None:
    assert (name_of(segmented), role_of(segmented)) == ("Aneurysm", QAccessible.Role.Grouping)
    yes = segmented.button_of("yes")
    assert (name_of(yes), role_of(yes)) == ("Aneurysm: Yes", QAccessible.Role.RadioButton)
    segmented.show_chosen("yes")
    interface = QAccessible.queryAccessibleInterface(yes)
    assert interface is not None
    assert interface.state().checked


def test_choosing_moves_nothing(segmented: Segmented) -> None:
    before = [segmented.button_of(option).geometry() for option, _ in YES_NO]
    segmented.choose("no")
    assert [segmented.button_of(option).geometry() for option, _ in YES_NO] == before


def test_segments_join_in_a_row_and_stack_where_there_is_no_room(qtbot: QtBot) -> None:
    choice = Segmented("Aneurysm", YES_NO)
    shown(qtbot, choice, choice.sizeHint().width())
    first, second = choice.button_of("yes").geometry(), choice.button_of("no").geometry()
    assert (first.right() + 1, first.top()) == (second.left(), second.top())
    narrow = choice.sizeHint().width() - 10
    assert choice.heightForWidth(narrow) == 3 * first.height()
    choice.resize(narrow, choice.heightForWidth(narrow))
    QApplication.sendPostedEvents()
    first, second = choice.button_of("yes").geometry(), choice.button_of("no").geometry()
    assert (first.left(), first.bottom() + 1) == (second.left(), second.top())


def test_the_chosen_option_is_filled_with_the_accent(segmented: Segmented) -> None:
    segmented.show_chosen("no")
    corner = QPoint(6, 6)
    assert pixel(segmented.button_of("no"), corner) == current().accent
    assert pixel(segmented.button_of("maybe"), corner) == current().surface


def test_focus_shows_on_chosen_and_unchosen_options(segmented: Segmented) -> None:
    for chosen in (None, "no"):
        segmented.show_chosen(chosen)
        segmented.button_of("no").setFocus(Qt.FocusReason.TabFocusReason)
        assert pixel(segmented.button_of("no"), QPoint(segmented.button_of("no").width() // 2, 0)) == current().focus
    # On the accent a line in the colour of its text sets the ring off.
    assert pixel(segmented.button_of("no"), QPoint(segmented.button_of("no").width() // 2, 2)) == current().on_accent


# Other choices and buttons


def test_any_of_some_options_can_be_checked_by_click_and_key(qtbot: QtBot) -> None:
    choice = MultiChoice("Ever", YES_NO)
    shown(qtbot, choice)
    heard: list[object] = []
    choice.user_chose.connect(heard.append)
    QTest.mouseClick(choice.row_of("maybe"), LEFT, pos=QPoint(choice.row_of("maybe").width() - 3, 4))
    QTest.keyClick(choice.row_of("yes"), Qt.Key.Key_Space)
    QTest.keyClick(choice.row_of("maybe"), Qt.Key.Key_Return)
    assert heard == [("maybe",), ("yes", "maybe"), ("yes",)]
    with qtbot.assertNotEmitted(choice.user_chose):
        choice.show_chosen(("no",))
    assert choice.chosen == ("no",)
    assert name_of(choice.row_of("no")) == "Ever: No"
    assert role_of(choice.row_of("no")) == QAccessible.Role.CheckBox


def test_a_row_to_check_wraps_its_text(qtbot: QtBot) -> None:
    row = CheckRow("A long condition whose name needs several lines in a narrow column " * 2)
    shown(qtbot, row)
    assert row.heightForWidth(200) > 3 * row.fontMetrics().height()


def test_a_button_says_its_text_and_its_key(qtbot: QtBot) -> None:
    button = ActionButton("Jot", "Ctrl+J")
    shown(qtbot, button)
    assert (name_of(button), role_of(button)) == ("Jot", QAccessible.Role.Button)
    assert button.accessibleDescription() == "Key Ctrl+J"
    button.setText("Jot this")
    assert name_of(button) == "Jot this"
    assert ActionButton("Jot this").sizeHint().width() < button.sizeHint().width()


def test_a_button_with_little_room_gives_up_its_cap_before_its_words(qtbot: QtBot) -> None:
    with_key, without = ActionButton("Still open", "Ctrl+O"), ActionButton("Still open")
    assert with_key.minimumSizeHint() == without.sizeHint()
    for button in (with_key, without):
        qtbot.addWidget(button)
        button.resize(without.sizeHint())
    assert with_key.grab().toImage() == without.grab().toImage()


def test_counts_wrap_rather_than_lose_their_figures(qtbot: QtBot) -> None:
    counts = MarkCounts()
    counts.show_counts(dict.fromkeys(MARKS, 12))
    narrow = counts.sizeHint().width() // 2
    shown(qtbot, counts)
    assert counts.heightForWidth(narrow) > counts.heightForWidth(counts.sizeHint().width())
    counts.resize(narrow, counts.heightForWidth(narrow))
    for part in counts.findChildren(MarkCount):
        assert part.size() == part.sizeHint()
        assert counts.rect().contains(part.geometry())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("F9", "F9"),
        ("Ctrl+Return", "Ctrl ↵"),
        ("Ctrl+Shift+C", "Ctrl Shift C"),
        ("Ctrl+PgDown", "Ctrl PgDn"),
        ("Enter", "↵"),
        ("+", "+"),
    ],
)
def test_caps_show_keys_in_short(key: str, words: str) -> None:
    assert cap_words(key) == words


def test_targets_are_at_least_24_by_24(qtbot: QtBot, theme: Theme) -> None:
    theme.apply(text_scale=0.8)
    page = Gallery()
    shown(qtbot, page)
    buttons = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    assert len(buttons) > 20
    small = {button.accessibleName() or button.text(): button.size() for button in buttons if too_small(button.size())}
    assert small == {}


def too_small(size: QSize) -> bool:
    return size.width() < 24 or size.height() < 24


def test_a_disabled_button_looks_other_than_a_usable_one_in_every_scheme(qtbot: QtBot, theme: Theme) -> None:
    usable, off = ActionButton("Sign"), ActionButton("Sign")
    off.setEnabled(False)
    for button in (usable, off):
        shown(qtbot, button)
    for scheme in SCHEMES:
        theme.apply(scheme)
        assert usable.grab().toImage() != off.grab().toImage()


# Marks and progress


def test_marks_differ_by_shape_alone(theme: Theme) -> None:
    shapes = {kind: outline(kind) for kind in MARKS}
    for kind, shape in shapes.items():
        assert 0 < len(shape) < 24 * 24
        assert all(kind == other or len(shape ^ shapes[other]) > 30 for other in shapes)


def outline(kind: str) -> frozenset[tuple[int, int]]:
    """The pixels that a mark covers, whatever their colour."""
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_mark_at(painter, kind, image.rect().toRectF().center(), 20)
    painter.end()
    return frozenset((x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 127)


def test_each_mark_is_named(qtbot: QtBot) -> None:
    for kind in MARKS:
        mark = Mark(kind)
        qtbot.addWidget(mark)
        assert name_of(mark) == MARK_NAMES[kind]


def test_a_count_is_read_with_its_mark(qtbot: QtBot) -> None:
    count = MarkCount("review", 2)
    qtbot.addWidget(count)
    assert name_of(count) == "2 for review"
    count.show_count(3)
    assert name_of(count) == "3 for review"


def test_counts_stand_by_mark_and_are_never_added(qtbot: QtBot) -> None:
    counts = MarkCounts()
    counts.show_counts({"time-critical": 1, "review": 5, "open": 2})
    shown(qtbot, counts)
    assert counts.accessibleName() == "1 time-critical, 5 for review, 2 not established"
    texts = [part.text() for part in counts.findChildren(QLabel) if part.isVisible()]
    assert texts == ["1", "5", "2"]
    counts.show_counts({})
    assert not counts.isVisible()


@pytest.mark.parametrize(("share", "value"), [(0.0, 0), (0.5, 500), (1.0, 1000), (7.0, 1000), (-1.0, 0)])
def test_progress_is_read_as_progress(qtbot: QtBot, share: float, value: int) -> None:
    for made in (ProgressRing(share), ThinBar(share)):
        qtbot.addWidget(made)
        assert (role_of(made), made.value()) == (QAccessible.Role.ProgressBar, value)
        assert name_of(made)


def test_a_finished_ring_is_full_and_holds_no_tick(qtbot: QtBot) -> None:
    ring = ProgressRing(1.0)
    shown(qtbot, ring, 16)
    image = ring.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name().upper() != current().accent
    centre = {image.pixelColor(x, y).name() for x in range(5, 11) for y in range(5, 11)}
    assert len(centre) == 1
    around = [QPoint(8, 1), QPoint(14, 8), QPoint(8, 14), QPoint(1, 8)]
    assert {nearest(image.pixelColor(at)) for at in around} == {"accent"}


def nearest(colour: QColor) -> str:
    def apart(name: str) -> int:
        other = QColor(getattr(current(), name))
        parts = ((colour.red(), other.red()), (colour.green(), other.green()), (colour.blue(), other.blue()))
        return sum(abs(one - two) for one, two in parts)

    return min(("accent", "track", "surface"), key=apart)


# Text and layout


def test_wrapped_text_asks_for_the_height_it_paints(qtbot: QtBot) -> None:
    words = "Any intracerebral haemorrhage, and every word of it is to be seen. " * 4
    made = WrapLabel(words)
    shown(qtbot, made)
    heights = [made.heightForWidth(width) for width in (120, 240, 480)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 2 * heights[2]
    made.resize(240, heights[1] + 40)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    assert painted_rows(made) <= heights[1]
    assert painted_rows(made) > heights[1] - 2 * made.fontMetrics().height()


def painted_rows(widget: QWidget) -> int:
    """The lowest row with ink on it, counted from the top."""
    image = widget.grab().toImage()
    ground = image.pixelColor(image.width() - 1, image.height() - 1)
    rows = [y for y in range(image.height()) if any(image.pixelColor(x, y) != ground for x in range(image.width()))]
    return max(rows) + 1


def test_a_word_longer_than_the_line_is_broken_rather_than_lost(qtbot: QtBot) -> None:
    made = WrapLabel("x" * 200)
    qtbot.addWidget(made)
    assert made.heightForWidth(100) > 5 * made.fontMetrics().height()


@pytest.mark.parametrize("text", ["", "Seen", "Two words", "One line\nand another", "x" * 60, " spaces  around "])
def test_a_label_is_as_high_where_it_has_more_room_than_it_takes_as_where_it_takes_it_all(
    qtbot: QtBot, text: str
) -> None:
    made = WrapLabel(text, "small")
    shown(qtbot, made)
    whole = made.sizeHint().width()
    for width in range(max(1, whole - 6), whole + 30):
        laid_out = WrapLabel(text, "small")
        laid_out.setParent(made)
        laid_out.ensurePolished()
        assert made.heightForWidth(width) == round(laid_out._lines(width)[1]), width


def test_strong_pieces_make_one_text_for_a_screen_reader(qtbot: QtBot) -> None:
    made = WrapLabel()
    qtbot.addWidget(made)
    plain_width = WrapLabel("Visit 23 Nov 2026").sizeHint().width()
    made.show_runs((("Visit ", False), ("23 Nov 2026", True)))
    assert name_of(made) == "Visit 23 Nov 2026"
    assert made.sizeHint().width() > plain_width


def test_a_cut_line_keeps_its_whole_text_for_those_who_hear_it_or_ask(qtbot: QtBot) -> None:
    made = ElidedLabel("One line that is cut where there is no room for the rest of it")
    shown(qtbot, made, 120)
    assert made.shown_text().endswith("…")
    assert name_of(made) == made.toolTip() == made.text()
    made.resize(900, 20)
    assert (made.shown_text(), made.toolTip()) == (made.text(), "")


def test_a_chip_and_a_cap_are_read(qtbot: QtBot) -> None:
    one, two = Chip("Label, warning"), KeyCap("Ctrl+R")
    for made in (one, two):
        qtbot.addWidget(made)
    assert (name_of(one), name_of(two)) == ("Label, warning", "key Ctrl+R")


def test_joined_buttons_ask_for_one_row_before_they_have_their_place(qtbot: QtBot) -> None:
    # A part of a page is narrow until it is laid out: it would make room for a row of each, and the page would jump.
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Segmented("Aneurysm", YES_NO, holder)
    row = made.sizeHint()
    assert row.height() == Segmented("Aneurysm", YES_NO).sizeHint().height()
    made.resize(row.width() // 2, row.height())
    assert made.sizeHint().height() == 3 * row.height()


def test_rows_wrap_and_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap_px=10)
    parts = [ActionButton(text) for text in ("One", "Two", "Three")]
    for part in parts:
        flow.addWidget(part)
    wide = sum(part.sizeHint().width() for part in parts) + 20
    line = parts[0].sizeHint().height()
    assert flow.heightForWidth(wide) == line
    assert flow.heightForWidth(wide - 1) == 2 * line + 10
    shown(qtbot, holder, wide - 1)
    holder.resize(wide - 1, 2 * line + 10)
    assert parts[2].pos() == QPoint(0, line + 10)
    parts[0].hide()
    assert flow.heightForWidth(wide - 1) == line
    clear(flow)
    assert flow.count() == 0


def test_in_a_row_that_is_too_narrow_keys_give_way_before_anything_goes_to_a_second_one(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap_px=10, give_way=True)
    buttons = [
        ActionButton(*named) for named in (("Cover", "F9"), ("My summary", "Ctrl+Shift+S"), ("Report", "Ctrl+P"))
    ]
    for button in buttons:
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        flow.addWidget(button)
    whole, least = ([getattr(button, of)().width() for button in buttons] for of in ("sizeHint", "minimumSizeHint"))
    line = buttons[0].sizeHint().height()

    def widths(room: int) -> list[int]:
        holder.resize(room, flow.heightForWidth(room))
        QApplication.sendPostedEvents()
        assert all(holder.rect().contains(button.geometry()) for button in buttons)
        return [button.width() for button in buttons]

    shown(qtbot, holder, sum(whole) + 20)
    assert widths(sum(whole) + 20) == whole and flow.heightForWidth(sum(whole) + 20) == line
    room = whole[0] + sum(least[1:]) + 20
    assert flow.heightForWidth(room) == line and widths(room) == [whole[0], *least[1:]]
    assert flow.heightForWidth(sum(least) + 20) == line and widths(sum(least) + 20) == least
    assert flow.heightForWidth(sum(least) + 19) == 2 * line + 10
    assert widths(sum(least) + 19)[2] == whole[2] and buttons[2].pos() == QPoint(0, line + 10)


def test_the_last_of_several_stands_at_the_end_of_its_row_and_one_alone_at_its_beginning(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, last_at_end=True)
    first, last = ActionButton("Check answers"), ActionButton("Sign")
    for button in (first, last):
        flow.addWidget(button)
    shown(qtbot, holder, 600)
    holder.resize(600, 60)
    assert (first.x(), last.geometry().right()) == (0, 599)
    last.hide()
    QApplication.sendPostedEvents()
    assert first.x() == 0


def test_rows_are_measured_anew_when_something_in_them_changes(qtbot: QtBot) -> None:
    holder, words = QWidget(), label("Short", wrap=True)
    flow = FlowLayout(holder, gap_px=10)
    flow.addWidget(words)
    qtbot.addWidget(holder)
    before = (flow.heightForWidth(200), flow.sizeHint(), flow.minimumSize())
    words.setText("A sentence that is far longer than the row that it has been put into. " * 3)
    assert flow.heightForWidth(200) > before[0]
    assert flow.sizeHint().width() > before[1].width()
    words.setText("Short")
    assert (flow.heightForWidth(200), flow.sizeHint(), flow.minimumSize()) == before
    words.setMinimumSize(QSize(150, 90))
    assert (flow.heightForWidth(200), flow.minimumSize()) == (90, QSize(150, 90))
    flow.setContentsMargins(0, 5, 0, 5)
    assert flow.heightForWidth(200) == 100
    flow.addWidget(label("Beside it there is no room", wrap=True))
    assert flow.heightForWidth(200) > 110


def test_what_is_wider_than_a_row_gets_the_height_it_needs(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    text = label("A sentence that is far longer than the row that it has been put into. " * 3, wrap=True)
    flow.addWidget(text)
    shown(qtbot, holder, 200)
    holder.resize(200, 400)
    assert flow.heightForWidth(200) == text.heightForWidth(200) > 4 * text.fontMetrics().height()
    assert text.width() == 200


def test_a_page_is_no_wider_than_reads_well_and_brings_the_focus_into_view(qtbot: QtBot) -> None:
    page = ScrollPage("page", 500)
    lines = [QLineEdit() for _ in range(60)]
    for line in lines:
        page.body.addWidget(line)
    shown(qtbot, page)
    page.resize(900, 300)
    assert lines[0].width() == 500
    lines[0].setFocus()
    assert not page.viewport().rect().contains(lines[59].mapTo(page.viewport(), QPoint(0, 0)))
    lines[59].setFocus(Qt.FocusReason.TabFocusReason)
    assert page.viewport().rect().contains(lines[59].mapTo(page.viewport(), lines[59].rect().bottomRight()))


def test_a_page_that_is_gone_does_not_hear_of_the_focus(qtbot: QtBot) -> None:
    page, line = ScrollPage(), QLineEdit()
    shown(qtbot, line)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    line.setFocus()
    line.clearFocus()


# Messages


def test_a_notice_says_its_words_and_goes_when_there_is_nothing_to_say(qtbot: QtBot) -> None:
    card = Card()
    notice = Notice("", "warning", action=LinkButton("Try again"))
    card.body.addWidget(notice)
    shown(qtbot, card)
    assert not notice.isVisible()
    notice.show_text("Not saved since 10:42.")
    assert notice.isVisible()
    assert name_of(notice) == "Not saved since 10:42."


def test_a_notice_that_never_had_anything_to_say_is_made_of_nothing(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_text("")
    assert (notice.text, notice.children()) == ("", [])
    notice.show_text("Not saved since 10:42.")
    assert (notice.text, len(notice.findChildren(QLabel))) == ("Not saved since 10:42.", 2)
    notice.show_text("")
    assert (notice.text, notice.isHidden()) == ("", True)


def test_kinds_of_notice_differ_by_shape(qtbot: QtBot) -> None:
    names = {}
    for kind in ("info", "warning", "doubt"):
        notice = Notice("Words", kind)
        qtbot.addWidget(notice)
        names[kind] = next(part.accessibleName() for part in notice.findChildren(QLabel) if not part.text())
    assert len(set(names.values())) == 3


def test_the_banner_over_made_up_patients_is_read_and_grows_with_its_words(qtbot: QtBot) -> None:
    banner = StripedBanner("TRAINING · made-up patient · nothing here is kept with real records")
    shown(qtbot, banner, 900)
    assert name_of(banner).startswith("TRAINING")
    assert banner.heightForWidth(200) > banner.heightForWidth(900)
    image = banner.grab().toImage()
    stripes = {image.pixelColor(x, 2).name().upper() for x in range(120)}
    assert {current().stripe_one, current().stripe_two} <= stripes


@pytest.mark.parametrize("urgent", [False, True])
def test_an_announcement_reaches_the_accessibility_bridge(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, urgent: bool
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    sent: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Bridge:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802 - Qt's name
            sent.append((event.message(), event.politeness()))

    monkeypatch.setattr(speech, "QAccessible", Bridge)
    announce(widget, "One item added", urgent=urgent)
    politeness = QAccessible.AnnouncementPoliteness
    assert sent == [("One item added", politeness.Assertive if urgent else politeness.Polite)]


# All of them


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_widget_is_painted_in_every_scheme_at_every_size(
    qtbot: QtBot, theme: Theme, scheme: Scheme, scale: float
) -> None:
    theme.apply(scheme, scale)
    page = Gallery()
    shown(qtbot, page, 1000)
    image = page.grab().toImage()
    colours = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 3) for y in range(image.height())}
    assert {current().surface, current().accent, current().text} <= colours


def test_changing_the_scheme_repaints_what_is_on_screen(qtbot: QtBot, theme: Theme) -> None:
    choice = Segmented("Aneurysm", YES_NO)
    choice.show_chosen("yes")
    shown(qtbot, choice)
    for scheme in SCHEMES:
        theme.apply(scheme)
        assert pixel(choice.button_of("yes"), QPoint(6, 6)) == current().accent


def test_every_control_of_the_gallery_has_a_name(qtbot: QtBot) -> None:
    page = Gallery()
    shown(qtbot, page)
    nameless = [type(button).__name__ for button in page.findChildren(QAbstractButton) if not name_of(button)]
    assert nameless == []


def pixel(widget: QWidget, at: QPoint) -> str:
    """The colour of one pixel of a widget as it is painted now."""
    return widget.grab().toImage().pixelColor(at).name().upper()


# Links that are walked


def test_arrows_walk_links_and_tell_what_lies_beyond_either_end(qtbot: QtBot) -> None:
    holder = QWidget()
    column, walked = QVBoxLayout(holder), WalkedLinks(holder)
    links = [LinkButton(name) for name in ("first", "second", "third")]
    for link in links:
        column.addWidget(link)
        walked.add(link)
    column.addWidget(LinkButton("of something else"))
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    told: list[str] = []
    walked.above.connect(lambda: told.append("above"))
    walked.below.connect(lambda: told.append("below"))
    walked.focus_first()
    for key, place in ((Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 2)):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        assert QApplication.focusWidget() is links[place]
    assert told == ["above", "below"]
    links[0].setFocus()
    walked.focus_last()
    assert QApplication.focusWidget() is links[2]


# Lists to choose of


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_chosen_ends_in_an_ellipsis_where_it_has_no_room(qtbot: QtBot, theme: Theme, scale: float) -> None:
    theme.apply("light", scale)
    made = DropDown("Linked to", [("A question with quite a long name of its own", 1), ("Short", 2)])
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    assert made.shown_text == made.currentText()
    made.setFixedWidth(made.width() // 2)
    text = made.shown_text
    assert text.endswith("…") and made.currentText().startswith(text[:-1])
    assert made.fontMetrics().horizontalAdvance(text) < made.width()
    made.show_value(2)
    assert made.shown_text == "Short"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_chosen_wraps_where_it_is_to_be_read_whole(qtbot: QtBot, theme: Theme, scale: float) -> None:
    theme.apply("light", scale)
    holder = QWidget()
    column = QVBoxLayout(holder)
    made = WrappingDropDown("Linked to", [("A question with quite a long name of its own", 1), ("Short", 2)])
    column.addWidget(made)
    column.addStretch(1)
    shown(qtbot, holder, made.sizeHint().width() + 40)
    one_line, line = made.sizeHint().height(), made.fontMetrics().height()
    assert made.height() == one_line
    holder.resize(holder.width() // 2, 400 * round(scale))
    lay_out(holder)
    assert made.height() >= one_line + line and made.shown_text == made.currentText()
    assert faults(holder) == []
    QTest.keyClick(made, Qt.Key.Key_Down)
    lay_out(holder)
    assert made.currentText() == "Short" and made.height() == one_line


@pytest.mark.parametrize("kind", [CheckRow, RadioRow])
def test_a_row_that_can_be_checked_is_mirrored_with_its_window(
    qtbot: QtBot, kind: type[CheckRow] | type[RadioRow]
) -> None:
    """Where one reads from the right, the box stands at the right of its text and not at the far end of the row."""
    row = kind("Never")
    qtbot.addWidget(row)
    row.resize(400, row.heightForWidth(400))

    def inked() -> tuple[int, int]:
        image = row.grab().toImage()
        ground = image.pixelColor(image.width() // 2, 1)
        columns = [
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y) != ground for y in range(2, image.height() - 2))
        ]
        return columns[0], columns[-1]

    first, last = inked()
    assert last < 200
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = inked()
    assert mirrored[1] == row.width() - 1 - first
    assert mirrored[0] == pytest.approx(row.width() - 1 - last, abs=4)


@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("text", ["Visit date", "\u05ea\u05d0\u05e8\u05d9\u05da \u05d1\u05d9\u05e7\u05d5\u05e8"])
def test_a_caption_begins_where_the_window_begins_whichever_way_its_text_is_read(
    qtbot: QtBot, text: str, wrap: bool
) -> None:
    made = label(text, "strong", wrap=wrap)
    made.setStyleSheet("background: white; color: black")
    shown(qtbot, made, 600)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert ink(made)[0] > 300, "once an English one stood at the far end of its field"
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert ink(made)[1] < 300, "what stands at the end is at the left there"
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    if text.isascii():
        assert ink(made)[1] < 300


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_bar_of_what_is_chosen_stands_where_a_line_begins(qtbot: QtBot, mirrored: bool) -> None:
    made = ActionButton("This visit", "", "rail-item")
    made.setCheckable(True)
    made.setChecked(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # no ring around it
    made.setStyleSheet(style_sheet(LIGHT, 1.0, mirrored=mirrored))
    shown(qtbot, made, 240)
    image, middle = made.grab().toImage(), made.height() // 2
    ends = [image.pixelColor(x, middle).name() == LIGHT.accent.lower() for x in (1, image.width() - 2)]
    assert ends == [not mirrored, mirrored]


def ink(widget: QWidget) -> tuple[int, int]:
    """The first and the last column that something is painted in."""
    image = widget.grab().toImage()
    dark = [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]
    return dark[0], dark[-1]
