"""An instrument's numbers as they are typed: items move on, totals stand beside items, what is no answer is named."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.rules.values import Kind
from screener.ui.style.theme import Theme
from tests.ui.cards import OpenCard
from tests.ui.desks import shipped

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

PHQ, EQ, DES = "mood.phq9", "mood.eq5d", "trauma.des"
Key = Qt.Key


def instruments() -> list[tuple[str, str]]:
    """Every question that holds an instrument, with a pathway that asks it."""
    found = []
    for theme in shipped().themes:
        for question in theme.questions:
            if question.kind is Kind.INSTRUMENT:
                pathways = question.pathways or [p.id for p in shipped().pathways if theme.id in p.themes]
                found.append((question.id, pathways[0]))
    return found


def line(card: OpenCard, name: str) -> QLineEdit:
    [found] = [line for line in card.card.findChildren(QLineEdit) if line.accessibleName() == name]
    return found


def test_a_whole_answer_moves_on_to_the_next_item(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    assert card.focus_name == "PHQ-9: item 1"
    card.type("102")
    assert card.focus_name == "PHQ-9: item 4"
    assert card.raw == {"items": {"1": 1, "2": 0, "3": 2}}
    last = card.tab_round()[len(card.question.scoring.items) - 4] if card.question.scoring else ""
    card.type("0000000")
    assert card.focus_name == last  # a total beside all items is typed on purpose, or not at all
    assert card.says("Total by the items: 3")


def test_items_that_are_missing_leave_the_total_an_interval(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("3")
    assert card.says("Total by the items: 3 to 27")


def test_arrows_and_backspace_go_back_to_an_item_and_what_is_typed_stands_for_it(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("12")
    card.press(Key.Key_Backspace)
    assert card.focus_name == "PHQ-9: item 2"
    card.press(Key.Key_Left)
    assert card.focus_name == "PHQ-9: item 1"
    card.type("3")
    assert (card.focus_name, card.raw) == ("PHQ-9: item 2", {"items": {"1": 3, "2": 2}})
    card.press(Key.Key_Right)
    assert card.focus_name == "PHQ-9: item 3"
    card.press(Key.Key_Left)
    card.press(Key.Key_Backspace)
    assert card.raw == {"items": {"1": 3}}
    card.press(Key.Key_Backspace)
    card.press(Key.Key_Backspace)
    card.press(Key.Key_Backspace)
    assert (card.focus_name, card.raw) == ("PHQ-9: item 1", None)


def test_a_total_that_the_items_cannot_come_to_is_kept_and_doubted(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("333000000")
    card.tab_to("PHQ-9: Total")
    card.type("12")
    assert card.raw == {"items": dict.fromkeys("123", 3) | dict.fromkeys("456789", 0), "total": 12}
    assert card.says("Stored as typed; please look again")
    card.press(Key.Key_Backspace)
    card.press(Key.Key_Backspace)
    card.type("9")
    assert card.raw["total"] == 9
    assert not card.says("Stored as typed")


def test_a_total_that_cannot_stand_takes_no_item_with_it(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("21")
    total = line(card, "PHQ-9: Total")
    total.setFocus()
    card.type("-4")
    assert card.raw == {"items": {"1": 2, "2": 1}}
    assert card.says("Not stored: ")


def test_a_total_alone_is_an_answer(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.tab_to("PHQ-9: Total")
    card.type("17")
    assert card.raw == {"total": 17}
    assert not card.says("by the items")


def test_a_figure_that_is_no_answer_is_named_and_the_others_stand(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("12")
    card.type("7")
    assert card.focus_name == "PHQ-9: item 3"
    assert card.raw == {"items": {"1": 1, "2": 2}}
    assert card.says("7 is no answer to 3: 0 to 3.")
    kept = card.card.unfinished
    card.card.show_unfinished(kept)
    assert line(card, "PHQ-9: item 3").text() == "7"
    card.press(Key.Key_Backspace)
    card.type("1")
    assert card.raw == {"items": {"1": 1, "2": 2, "3": 1}}
    assert not card.says("is no answer")


def test_two_scores_stand_side_by_side(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, DES)
    card.tab_to("DES-II: Mean of the items")
    card.type("21.5")
    card.tab_to("DES-II: Mean of the DES-T items")
    card.type("18")
    assert card.raw == {"total": "21.5", "scores": {"taxon": 18}}


def test_the_figure_of_a_scale_stands_beside_its_levels(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, EQ)
    card.type("12113")
    card.tab_to("EQ-5D-5L: Scale, 0 to 100")
    card.type("70")
    assert card.raw == {"items": {"1": 1, "2": 2, "3": 1, "4": 1, "5": 3}, "total": 70}


def test_half_an_answer_is_no_mistake_until_it_is_left(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, DES)
    card.type("3")
    assert (card.focus_name, card.raw) == ("DES-II: item 1", None)
    assert not card.says("is no answer")
    card.type("0")
    assert (card.focus_name, card.raw) == ("DES-II: item 2", {"items": {"1": 30}})
    card.type("10")
    assert card.focus_name == "DES-II: item 2"  # it may become 100
    card.press(Key.Key_Tab)
    card.type("4")
    card.press(Key.Key_Tab)
    assert card.says("4 is no answer to 3: 0 to 100 in steps of 10.")
    assert card.raw == {"items": {"1": 30, "2": 10}}


def test_undo_takes_the_figures_back_and_redo_brings_them(qtbot: QtBot) -> None:
    card = OpenCard(qtbot, PHQ)
    card.type("12")
    card.controller.undo()
    assert card.raw is None
    assert [line(card, f"PHQ-9: item {item}").text() for item in (1, 2)] == ["", ""]
    card.controller.redo()
    assert [line(card, f"PHQ-9: item {item}").text() for item in (1, 2)] == ["1", "2"]


def test_each_item_says_what_may_be_typed(qtbot: QtBot) -> None:
    assert OpenCard(qtbot, "substance.audit").says("Items 1 to 8: 0 to 4. Items 9 and 10: 0, 2 or 4. Total: 0 to 40.")
    assert OpenCard(qtbot, PHQ).says("Each item: 0 to 3. Total: 0 to 27.")


@pytest.mark.parametrize(("question", "pathway"), instruments())
def test_every_figure_has_a_name_of_its_own_and_stays_inside_a_narrow_card(
    qtbot: QtBot, qapp: QApplication, question: str, pathway: str
) -> None:
    Theme.of(qapp).apply("light", 1.0)
    card = OpenCard(qtbot, question, pathway, width=420)
    names = card.tab_round()
    assert len(names) == len(set(names))
    QApplication.sendPostedEvents()
    for widget in card.card.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLineEdit):
            assert widget.mapTo(card.card, widget.rect().topRight()).x() < card.card.width(), widget.accessibleName()
    assert card.card.width() == 420
