"""What is asked before something without a patient is printed, worked with clicks."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from screener.exchange.blank_form import blank_form, themes_of
from screener.ui.shell.print_page import Form, PrintPage
from tests.ui.desks import shipped, show_in_window

CARD = "If you feel in danger, tell somebody.\nEmergency: 112"


class Asked:
    """The page, and what it asked for."""

    def __init__(self, qtbot: QtBot, country: str = "us-label", card: str = CARD, *, may_choose: bool = True) -> None:
        self.page = PrintPage(shipped(), country, card, may_choose=may_choose)
        self.forms: list[Form] = []
        self.cards: list[Any] = []
        self.page.form.connect(self.forms.append)
        self.page.card.connect(lambda many, paper: self.cards.append((many, paper)))
        self._window = show_in_window(qtbot, self.page)

    def choose(self, pathway: str) -> None:
        box = next(w for w in self.page.findChildren(QComboBox) if w.accessibleName() == "Pathway")
        box.setCurrentIndex(box.findData(pathway))
        QTest.qWait(20)

    def button(self, name: str) -> QAbstractButton:
        found = self.page.findChildren(QAbstractButton)
        return next(b for b in found if b.accessibleName() == name and b.isVisibleTo(self.page))

    def click(self, name: str) -> None:
        button = self.button(name)
        self.page.ensureWidgetVisible(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def says(self, text: str) -> bool:
        return any(text in label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


def test_a_whole_form_on_the_paper_and_label_of_the_country_is_two_clicks(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.click("Preview the form")
    (form,) = asked.forms
    assert (form.pathway.id, form.profiles, form.themes, form.paper) == (
        "esketamine-clinic", ("us-label",), None, "us-letter"
    )  # fmt: skip


def test_a_pathway_whose_label_is_open_is_refused_until_one_is_chosen(qtbot: QtBot) -> None:
    asked = Asked(qtbot, country="")
    asked.click("Preview the form")
    assert asked.forms == [] and asked.says("Choose whose label holds")
    asked.click("Whose label holds: EU label")
    asked.click("Preview the form")
    assert asked.forms[0].profiles == ("eu-label",) and asked.forms[0].paper == "a4"


def test_themes_are_chosen_and_none_at_all_is_refused(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.choose("psilocybin-oregon")
    asked.click("No theme")
    asked.click("Preview the form")
    assert asked.forms == [] and asked.says("Choose at least one theme.")
    theme = themes_of(shipped(), "psilocybin-oregon")[0]
    asked.click(f"Themes: {theme.title}")
    asked.click("Paper: A4")
    asked.click("Preview the form")
    (form,) = asked.forms
    assert form.themes == (theme.id,) and form.paper == "a4"
    assert blank_form(shipped(), form.pathway.id, form.profiles, form.themes).title.endswith("(supplement)")
    asked.click("All themes")
    asked.click("Preview the form")
    assert asked.forms[1].themes is None


def test_profiles_that_may_be_added_are_offered(qtbot: QtBot) -> None:
    asked = Asked(qtbot)
    asked.choose("dose-day")
    asked.click("Profiles added: Oregon psilocybin services")
    asked.click("Preview the form")
    assert set(asked.forms[0].profiles) == {"us-label", "oregon"}


@pytest.mark.parametrize(("cards", "many"), [("Cards: One on a page", 1), ("Cards: Four on a page", 4)])
def test_the_card_is_asked_for_once_or_four_times(qtbot: QtBot, cards: str, many: int) -> None:
    asked = Asked(qtbot)
    if many == 4:
        asked.click(cards)
    asked.click("Preview the card")
    assert asked.cards == [(many, "us-letter")]


@pytest.mark.parametrize("may_choose", [True, False])
def test_a_blank_card_says_that_it_is_blank_and_is_not_offered(qtbot: QtBot, may_choose: bool) -> None:
    asked = Asked(qtbot, card=" \n", may_choose=may_choose)
    assert asked.says("The crisis card is blank.")
    names = [b.accessibleName() for b in asked.page.findChildren(QAbstractButton) if b.isVisibleTo(asked.page)]
    assert "Preview the card" not in names
    assert ("Write it in Settings" in names) is may_choose
