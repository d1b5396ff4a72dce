"""The check of geometry finds what it is there to find: each fault is planted once, and a sound page has none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.style.sheet import style_sheet
from screener.ui.style.tokens import BY_SCHEME, Tokens
from screener.ui.widgets.text import ElidedLabel, WrapLabel
from tests.ui.geometry import faults

WORDS = "What the patient said about the spring of the long strike"


def _at(parent: QWidget, part: QWidget, *box: int) -> QWidget:
    part.setParent(parent)
    part.setGeometry(*box)
    return part


def _low_text(page: QWidget) -> None:
    _at(page, WrapLabel(WORDS), 10, 10, 120, 20)


def _short_button(page: QWidget) -> None:
    _at(page, QPushButton("Sign as Clinician A"), 10, 10, 60, 34)


def _short_label(page: QWidget) -> None:
    _at(page, QLabel(WORDS), 10, 10, 90, 20)


def _elided(page: QWidget) -> None:
    _at(page, ElidedLabel(WORDS), 10, 10, 90, 20)


def _narrow_word(page: QWidget) -> None:
    _at(page, WrapLabel("Benzodiazepine"), 10, 10, 40, 90)


def _short_list(page: QWidget) -> None:
    box = QComboBox()
    box.addItem(WORDS)
    _at(page, box, 10, 10, 90, 34)


def _long_hint(page: QWidget) -> None:
    line = QLineEdit()
    line.setPlaceholderText(WORDS)
    _at(page, line, 10, 10, 90, 34)


def _one_over_another(page: QWidget) -> None:
    _at(page, QPushButton("Yes"), 10, 10, 80, 34)
    _at(page, QPushButton("No"), 60, 20, 80, 34)


def _beyond_the_edge(page: QWidget) -> None:
    _at(page, QPushButton("Next theme"), page.width() - 40, 10, 120, 34)


def _wider_than_its_page(page: QWidget) -> None:
    area = QScrollArea()
    inner = QLabel("a table")
    inner.setMinimumWidth(900)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    _at(page, area, 10, 10, 300, 200)


PLANTED: dict[Callable[[QWidget], None], str] = {
    _low_text: "cut",
    _short_button: "cut",
    _short_label: "cut",
    _elided: "elided",
    _narrow_word: "broken word",
    _short_list: "cut",
    _long_hint: "cut",
    _one_over_another: "overlap",
    _beyond_the_edge: "outside",
    _wider_than_its_page: "sideways",
}


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_fault_is_found(qtbot: QtBot, plant: Callable[[QWidget], None]) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    plant(page)
    page.show()
    assert {fault.kind for fault in faults(page)} == {PLANTED[plant]}


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_a_page_that_lies_well_has_no_fault(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line = QLineEdit()
    line.setPlaceholderText("SYN-0042")
    for part in (WrapLabel(WORDS), QLabel(WORDS), QPushButton("Sign as Clinician A"), line, ElidedLabel("Said")):
        column.addWidget(part)
    page.resize(600, 400)
    page.show()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_schemes_differ_in_colours_alone_so_that_what_lies_well_in_one_does_in_all(scheme: str) -> None:
    """The walk measures every page in the light scheme; the pictures are measured in each of them."""
    light, other = BY_SCHEME["light"], BY_SCHEME[scheme]  # type: ignore[index]
    assert _without_colours(light) == _without_colours(other)


def _without_colours(tokens: Tokens) -> str:
    sheet = style_sheet(tokens, 1.0)
    for name, colour in sorted(vars_of(tokens).items(), key=lambda item: -len(item[1])):
        sheet = sheet.replace(colour, "colour")
        assert name
    sheet = sheet.replace("transparent", "colour")
    return sheet.replace("chevron-on-dark", "chevron").replace("chevron-on-light", "chevron")


def vars_of(tokens: Tokens) -> dict[str, str]:
    """Every colour of a table of tokens."""
    return {name: value for name in tokens.__slots__ if isinstance(value := getattr(tokens, name), str)}
