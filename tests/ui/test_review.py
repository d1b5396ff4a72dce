"""The review in a window: one response for several items, and how it lies where there is little room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from screener.screening.review import response
from screener.ui.fields.chart import ReadingsChart
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.response import ResponseCard
from screener.ui.widgets.controls import CheckRow
from tests.ui.desks import OpenDesk, session_of

AGE, SETTING, WATCH, SITE = "visit.under_18_us", "day.certified_setting", "day.watch_planned", "day.site"
"""Items of boxed warnings, which are open because none of their questions was asked."""
READINGS = "bp.readings"


class AtReview(OpenDesk):
    """Somebody at the review of a screening in which nothing was asked yet."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot, session_of("esketamine-clinic"))
        self.confirm()
        self.review = self.workspace.review
        self.workspace.pages.show_review()

    @property
    def detail(self) -> ItemDetail:
        [found] = self.review.findChildren(ItemDetail)
        return found

    def response_to(self, rule_id: str) -> ResponseCard:
        self.review.show_item(rule_id)
        card = self.detail.response
        assert card is not None
        return card

    def save(self) -> None:
        self.review._actions["save_response"].trigger()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtReview]:
    made = AtReview(qtbot)
    yield made
    made.close()


def box_of(card: ResponseCard) -> CheckRow | None:
    return card.findChild(CheckRow)


def test_a_response_for_several_items_names_them_and_is_kept_for_each(desk: AtReview) -> None:
    card = desk.response_to(AGE)
    box = box_of(card)
    assert box is not None and box.text().startswith("Also for the 4 other items that are open for the same reason")
    titles = [desk.session.outcomes[rule].title for rule in (SETTING, WATCH, SITE)]
    named = [shown.text() for shown in card.findChildren(QLabel) if all(title in shown.text() for title in titles)]
    assert named == [box.accessibleDescription()]
    card.buttons["reviewed"].setChecked(True)
    card.note.setPlainText("Asked for tomorrow")
    box.click()
    desk.save()
    for rule in (AGE, SETTING, WATCH, SITE):
        assert desk.session.responses[rule].note == "Asked for tomorrow"


def test_a_response_that_stands_is_never_written_over_by_one_for_several_items(desk: AtReview) -> None:
    controller = desk.workspace.controller
    before = response(desk.session, SITE, "discussed_with_colleague", note="With the doctor on duty")
    card = desk.response_to(AGE)
    box = box_of(card)
    assert box is not None
    controller.respond({SITE: before}, origin=card)  # while the card stands there as it was made
    card.buttons["reviewed"].setChecked(True)
    box.click()
    desk.save()
    assert desk.session.responses[SITE] == before
    assert desk.session.responses[SETTING].kind == "reviewed"


def test_a_box_counts_the_items_that_ask_for_a_response_and_goes_with_the_last_of_them(desk: AtReview) -> None:
    controller = desk.workspace.controller
    before = 5
    while (box := box_of(desk.response_to(AGE))) is not None:
        left: list[str] = box.property("rules")
        one = "Also for the other item that is open"
        assert box.text().startswith(one if len(left) == 1 else f"Also for the {len(left)} other items")
        assert len(left) == before - 1
        before = len(left)
        controller.respond({left[-1]: response(desk.session, left[-1], "reviewed")})
    assert before == 1


# Readings


def charts(desk: AtReview) -> list[ReadingsChart]:
    QApplication.sendPostedEvents()
    return [chart for chart in desk.detail.findChildren(ReadingsChart) if chart.isVisibleTo(desk.detail)]


def said(desk: AtReview) -> list[str]:
    return [shown.text() for shown in desk.detail.findChildren(QLabel) if shown.isVisibleTo(desk.detail)]


def test_an_item_of_readings_shows_them_in_a_chart_and_the_same_figures_in_words(desk: AtReview) -> None:
    taken = [(151, 94, "before"), (147, 92, "before"), (160, 100, "about_40_min")]
    raw = [{"systolic": s, "diastolic": d, "phase": phase, "at": "10:22"} for s, d, phase in taken]
    desk.workspace.controller.answer(READINGS, raw)
    on_pressure = next(rule for rule in desk.session.outcomes if READINGS in desk.session.rules.rests_on(rule))
    desk.review.show_item(on_pressure)
    before, after = charts(desk)
    name = desk.session.questions[READINGS].label
    assert before.accessibleName() == after.accessibleName() == f"Chart of {name}"
    assert before.accessibleDescription().startswith("Mean of 2, before dose: 149.0 / 93.0")
    assert "Lines: " in before.accessibleDescription()
    assert {"149.0 / 93.0", "160 / 100", "151/94 (10:22)", "147/92 (10:22)", "160/100 (10:22)"} <= {*said(desk)}
    field = next(iter(desk.workspace.interview.findChildren(ReadingsChart)), None)
    assert field is None or field._limits == before._limits


def test_accounts_of_readings_that_differ_stand_each_under_who_gave_it(desk: AtReview) -> None:
    desk.workspace.controller.answer(READINGS, [{"systolic": 151, "diastolic": 94}])
    desk.workspace.controller.answer(READINGS, [{"systolic": 120, "diastolic": 80}], by="partner")
    on_pressure = next(rule for rule in desk.session.outcomes if READINGS in desk.session.rules.rests_on(rule))
    desk.review.show_item(on_pressure)
    assert [chart.accessibleName().rpartition(" · ")[2] for chart in charts(desk)] == ["patient", "partner"]


def test_an_item_of_which_nothing_was_measured_has_no_chart(desk: AtReview) -> None:
    on_pressure = next(rule for rule in desk.session.outcomes if READINGS in desk.session.rules.rests_on(rule))
    for raw in (None, "none taken", {"state": "declined"}):
        if raw is not None:
            desk.workspace.controller.answer(READINGS, raw)
        desk.review.show_item(on_pressure)
        assert charts(desk) == []
    desk.review.show_item(AGE)
    assert charts(desk) == []
