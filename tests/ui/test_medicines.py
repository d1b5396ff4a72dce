"""The medicines list as it is typed: found in spite of slips, dates as people say them, nothing lost on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.style.theme import Theme
from tests.ui.cards import OpenCard

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

LIST = "medicines.list"
ADD = "Medicines: add a medicine by its name or trade name"
NONE = "Medicines: no medicines"
Key = Qt.Key


@pytest.fixture
def open_card(qtbot: QtBot) -> OpenCard:
    return OpenCard(qtbot, LIST)


def add(card: OpenCard, text: str) -> None:
    card.tab_to(ADD)
    card.type(text)
    card.press(Key.Key_Return)


def offered(card: OpenCard) -> list[str]:
    [found] = card.card.findChildren(QListWidget)
    return [found.item(row).text() for row in range(found.count())] if found.isVisible() else []


def lines(card: OpenCard, name: str) -> list[str]:
    """What stands in the lines of this name."""
    return [line.text() for line in card.card.findChildren(QLineEdit) if line.accessibleName() == name]


def test_a_trade_name_with_a_slip_is_found_and_enter_adds_it_with_its_dose(open_card: OpenCard) -> None:
    assert open_card.focus_name == ADD
    open_card.type("zolofft 50 mg")
    assert offered(open_card)[0] == "Zoloft – sertraline"
    open_card.press(Key.Key_Return)
    assert open_card.raw == [{"name": "Zoloft", "dose": "50 mg"}]
    assert open_card.focus_name == "Zoloft: use: Taken now"
    assert open_card.says("sertraline · SSRI antidepressant")
    open_card.press(Key.Key_Space)
    assert open_card.raw == [{"name": "Zoloft", "dose": "50 mg", "use": "current"}]


def test_a_name_that_is_only_a_little_like_a_known_one_is_never_what_enter_adds(open_card: OpenCard) -> None:
    # Once "fluxonil" and Enter recorded Fluanxol, an antipsychotic that nobody had named.
    open_card.type("fluxonil")
    assert offered(open_card)[0] == "Add “fluxonil” as typed: not in the dictionary"
    assert any(text.startswith("Fluanxol") for text in offered(open_card))
    open_card.press(Key.Key_Return)
    assert open_card.raw == [{"name": "fluxonil"}]
    assert open_card.says("not in the dictionary")


def test_arrows_go_through_what_is_offered_while_the_line_keeps_the_keyboard(open_card: OpenCard) -> None:
    open_card.type("sertr")
    names = offered(open_card)
    assert names[0] == "sertraline" and names[-1].startswith("Add “sertr” as typed")
    for _ in names:
        open_card.press(Key.Key_Down)
    assert open_card.focus_name == ADD
    open_card.press(Key.Key_Return)
    assert open_card.raw == [{"name": "sertr"}]


def test_escape_takes_back_what_was_typed_and_nothing_else(open_card: OpenCard) -> None:
    add(open_card, "lithium")
    open_card.tab_to(ADD)
    open_card.type("seroquel")
    open_card.press(Key.Key_Escape)
    assert (offered(open_card), lines(open_card, ADD)) == ([], [""])
    assert open_card.raw == [{"name": "lithium"}]


def test_a_date_as_people_say_it_is_stored_and_counted_back_in_days(open_card: OpenCard) -> None:
    add(open_card, "lithium")
    open_card.press(Key.Key_Right)
    open_card.press(Key.Key_Space)
    open_card.tab_to("lithium: last taken")
    open_card.type("3w")
    assert open_card.raw == [{"name": "lithium", "use": "stopped", "last_taken": "2026-11-02"}]
    assert open_card.says("last taken 21 days before the visit")
    open_card.press(Key.Key_Tab)
    assert lines(open_card, "lithium: last taken") == ["2026-11-02"]
    open_card.tab_to("lithium: last taken")
    open_card.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    open_card.type("October 2026")
    assert open_card.says("last taken 23 to 53 days before the visit")


def test_a_date_that_cannot_be_read_is_named_and_the_rest_is_kept(open_card: OpenCard) -> None:
    add(open_card, "lithium 300 mg")
    open_card.tab_to("lithium: started")
    open_card.type("03/04/2019")
    assert open_card.raw == [{"name": "lithium", "dose": "300 mg"}]
    assert open_card.says(
        "lithium, started: “03/04/2019” can be 2019-04-03 or 2019-03-04. Write the one that is meant."
    )
    kept = open_card.card.unfinished
    open_card.card.show_unfinished(kept)
    assert lines(open_card, "lithium: started") == ["03/04/2019"]
    assert lines(open_card, "lithium: dose") == ["300 mg"]


def test_a_name_left_in_the_line_is_said_to_be_in_no_list_yet(open_card: OpenCard) -> None:
    open_card.type("sertraline")
    open_card.press(Key.Key_Tab)
    assert open_card.raw is None
    assert open_card.says("“sertraline” is not in the list yet: Enter in its line adds it.")
    assert open_card.card.unfinished == {"rows": [], "line": "sertraline"}
    open_card.tab_to(ADD)
    open_card.press(Key.Key_Return)
    assert open_card.raw == [{"name": "sertraline"}]
    assert not open_card.says("is not in the list yet")
    assert open_card.card.unfinished is None


def test_what_else_is_known_of_a_medicine_is_kept_with_it(open_card: OpenCard) -> None:
    add(open_card, "diazepam")
    open_card.tab_to("diazepam: route")
    open_card.press(Key.Key_Down)
    open_card.tab_to("diazepam: known from")
    open_card.type("the bottle")
    open_card.press(Key.Key_Tab)
    assert open_card.raw == [{"name": "diazepam", "route": "oral", "told_by": "the bottle"}]


def test_a_medicine_is_removed_and_comes_back_with_undo_as_it_was(open_card: OpenCard) -> None:
    add(open_card, "lithium 300 mg")
    open_card.press(Key.Key_Space)
    add(open_card, "Zoloft")
    stood = open_card.raw
    open_card.tab_to("lithium: remove")
    open_card.press(Key.Key_Space)
    assert open_card.raw == [{"name": "Zoloft"}]
    assert open_card.focus_name == ADD
    open_card.controller.undo()
    assert open_card.raw == stood
    assert lines(open_card, "lithium: dose") == ["300 mg"]


def test_each_medicine_that_is_added_is_a_step_of_its_own(open_card: OpenCard) -> None:
    # Once all of them together were one: undo took the whole list away.
    for name in ("lithium", "Zoloft", "diazepam"):
        add(open_card, name)
    open_card.controller.undo()
    assert [entry["name"] for entry in open_card.raw] == ["lithium", "Zoloft"]
    assert open_card.focus_name == ADD
    open_card.controller.undo()
    assert [entry["name"] for entry in open_card.raw] == ["lithium"]
    open_card.controller.redo()
    assert [entry["name"] for entry in open_card.raw] == ["lithium", "Zoloft"]


def test_a_name_is_corrected_and_what_was_told_of_it_stays(open_card: OpenCard) -> None:
    add(open_card, "fluxonil 20 mg")
    open_card.press(Key.Key_Space)
    open_card.tab_to("fluxonil: correct the name")
    open_card.press(Key.Key_Space)
    assert open_card.focus_name.startswith("fluxonil: its right name")
    open_card.type("fluoxetine")
    open_card.press(Key.Key_Return)
    assert open_card.raw == [{"name": "fluoxetine", "dose": "20 mg", "use": "current"}]
    assert open_card.focus_name == "fluoxetine: use: Taken now"
    assert not open_card.says("not in the dictionary")


def test_a_correction_is_left_by_escape_and_nothing_has_changed(open_card: OpenCard) -> None:
    add(open_card, "fluxonil")
    open_card.tab_to("fluxonil: correct the name")
    open_card.press(Key.Key_Space)
    open_card.type("fluo")
    open_card.press(Key.Key_Escape)
    assert open_card.focus_name == "fluxonil: correct the name"
    assert (open_card.raw, lines(open_card, ADD)) == ([{"name": "fluxonil"}], [""])


def test_no_medicines_is_an_answer_and_takes_nothing_away(open_card: OpenCard) -> None:
    open_card.tab_to(NONE)
    open_card.press(Key.Key_Space)
    assert open_card.raw == []
    add(open_card, "lithium")
    assert open_card.raw == [{"name": "lithium"}]
    assert NONE not in open_card.tab_round()
    open_card.tab_to("lithium: remove")
    open_card.press(Key.Key_Space)
    assert open_card.raw is None
    open_card.tab_to(NONE)


def test_the_same_name_twice_is_told_apart(open_card: OpenCard) -> None:
    for _ in range(2):
        add(open_card, "lithium")
    assert open_card.focus_name == "lithium (2): use: Taken now"
    names = open_card.tab_round()
    assert len(names) == len(set(names))
    open_card.tab_to("lithium: remove")
    open_card.press(Key.Key_Space)
    assert "lithium: remove" in open_card.tab_round()
    assert "lithium (2): remove" not in open_card.tab_round()


def test_tab_goes_through_a_medicine_as_it_reads_and_on_to_the_line(open_card: OpenCard) -> None:
    add(open_card, "lithium")
    open_card.tab_to("lithium: correct the name")
    assert open_card.tab_round()[:9] == [
        "lithium: correct the name",
        "lithium: remove",
        "lithium: use: Taken now",
        "lithium: dose",
        "lithium: route",
        "lithium: started",
        "lithium: last taken",
        "lithium: known from",
        ADD,
    ]


def test_what_was_said_of_use_stands_as_it_was_said(open_card: OpenCard) -> None:
    add(open_card, "lithium")
    add(open_card, "Zoloft")
    for _ in range(2):
        open_card.press(Key.Key_Right)
    open_card.press(Key.Key_Space)
    assert open_card.raw == [{"name": "lithium"}, {"name": "Zoloft", "use": "not_known"}]
    open_card.card.refresh()
    checked = [button.accessibleName() for button in open_card.card.findChildren(QPushButton) if button.isChecked()]
    assert checked == ["Zoloft: use: Not known"]


@pytest.mark.parametrize(("width", "scale"), [(480, 1.0), (720, 1.0), (1080, 2.0)])
def test_a_medicine_stays_inside_its_card(qtbot: QtBot, qapp: QApplication, width: int, scale: float) -> None:
    Theme.of(qapp).apply("light", scale)
    try:
        card = OpenCard(qtbot, LIST, width=width)
        add(card, "ethinylestradiol with levonorgestrel and some more words of a name")
        QTest.qWait(0)
        assert card.card.width() == width
        assert [shown for shown in QApplication.topLevelWidgets() if shown.isVisible()] == [card.card]
        for widget in card.card.findChildren(QWidget):
            if widget.isVisible() and widget.accessibleName():
                right = widget.mapTo(card.card, widget.rect().topRight()).x()
                assert right < width, widget.accessibleName()
    finally:
        Theme.of(qapp).apply("light", 1.0)
        QTest.qWait(0)
