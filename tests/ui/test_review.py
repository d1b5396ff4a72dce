"""The review in a window: one response for several items, and how it lies where there is little room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screener.screening.review import before_signing, response
from screener.ui.fields.chart import ReadingsChart
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.item_list import ItemList, ItemRow
from screener.ui.screening.review.response import ResponseCard
from screener.ui.widgets.controls import CheckRow
from tests.ui.desks import OpenDesk, session_of
from tests.ui.geometry import faults, lay_out
from tests.ui.modes import LARGE_AND_SMALL, USUAL, Mode
from tests.ui.names import name_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
AGE, SETTING, WATCH, SITE = "visit.under_18_us", "day.certified_setting", "day.watch_planned", "day.site"
"""Items of boxed warnings, which are open because none of their questions was asked."""
READINGS = "bp.readings"


class AtReview(OpenDesk):
    """Somebody at the review of a screening in which nothing was asked yet."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot, session_of("esketamine-clinic"))
        self.qtbot = qtbot
        self.confirm()
        self.review = self.workspace.review
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
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

    @property
    def list(self) -> ItemList:
        [found] = self.review.findChildren(ItemList)
        return found

    def dress(self, mode: Mode) -> None:
        """Another text size and another window, until everything has its place."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        mode.dress(application)
        self.window.setMinimumSize(1, 1)
        self.window.resize(mode.room)
        lay_out(self.window)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
        """Press a key; returns what has the keyboard then, which is in sight."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        lay_out(self.window)
        now = QApplication.focusWidget()
        assert now is not None and not now.visibleRegion().isEmpty()
        return now

    def save(self) -> None:
        self.review._actions["save_response"].trigger()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtReview]:
    made = AtReview(qtbot)
    yield made
    made.close()


@pytest.fixture
def small(desk: AtReview, request: pytest.FixtureRequest) -> Iterator[AtReview]:
    """The same in a small window, with the largest text."""
    desk.workspace.controller.answer(READINGS, [{"systolic": 192, "diastolic": 112, "at": "10:12"}])
    desk.review.show_item(desk.list.ids[0])
    lay_out(desk.window)
    desk.dress(getattr(request, "param", LARGE_AND_SMALL[0]))
    yield desk
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    USUAL.dress(application)


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


# Little room


IN_EACH = pytest.mark.parametrize("small", LARGE_AND_SMALL, indirect=True, ids=lambda mode: mode.name)
SIGN = "Sign as Clinician A…"


def button(desk: AtReview, text: str) -> QAbstractButton:
    return next(made for made in desk.review.findChildren(QPushButton) if made.text() == text)


@IN_EACH
def test_large_text_in_a_small_window_has_list_and_item_one_at_a_time_and_neither_is_cut(small: AtReview) -> None:
    assert small.list.isVisible() and not small.detail.isVisible()
    assert faults(small.review) == []
    small.press(Qt.Key.Key_Return)
    assert small.detail.isVisible() and not small.list.isVisible()
    assert faults(small.review) == []
    # Saving stays in sight; all else of the foot scrolls with the item.
    assert small.detail.viewport().height() > 0.7 * small.review.height()
    assert button(small, "Save response, next item").isVisible()
    assert small.detail.inner.isAncestorOf(button(small, SIGN))
    small.detail.bring_into_view(button(small, SIGN))
    assert button(small, SIGN).visibleRegion().boundingRect() == button(small, SIGN).rect()
    small.review.show_item(AGE)
    assert faults(small.review) == []
    small.review.show_item(None)
    assert faults(small.review) == []


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_what_can_be_done_in_the_review_is_read_whole_in_the_bar_above_it(desk: AtReview, text_scale: float) -> None:
    """`Back to themes` was six pixels short of its words in a small window with large text."""
    for size in ((1024, 768), (1180, 768), (1366, 768), (1600, 900)):
        desk.dress(Mode("bar", text_scale=text_scale, size=size))
        assert faults(desk.workspace.above) == [], size
        for name in ("Cover", "Back to themes", "My summary", "Report preview"):
            [made] = [b for b in desk.workspace.above.findChildren(QPushButton) if b.accessibleName() == name]
            assert made.isVisible() and made.width() >= made.minimumSizeHint().width(), (name, size)
    desk.dress(USUAL)


@IN_EACH
def test_the_summary_is_read_whole_in_large_text(small: AtReview) -> None:
    small.review.show_summary()
    assert faults(small.review.summary) == []


def test_every_key_of_the_review_works_where_list_and_item_stand_one_at_a_time(small: AtReview) -> None:
    first, second = small.list.ids[:2]
    now = small.press(Qt.Key.Key_J)
    assert isinstance(now, ItemRow) and now.rule_id == second
    now = small.press(Qt.Key.Key_K)
    assert isinstance(now, ItemRow) and now.rule_id == first
    now = small.press(Qt.Key.Key_Return)
    assert small.detail.rule_id == first and small.detail.isAncestorOf(now)
    for key, rule in ((Qt.Key.Key_J, second), (Qt.Key.Key_K, first)):
        now = small.press(key)
        assert small.detail.rule_id == rule and small.detail.isAncestorOf(now)
    now = small.press(Qt.Key.Key_Escape)
    assert isinstance(now, ItemRow) and now.rule_id == first
    small.press(Qt.Key.Key_Escape)
    assert small.workspace.interview.isVisible()


def test_a_response_that_is_out_of_sight_is_seen_before_it_is_saved(small: AtReview) -> None:
    first, second = small.list.ids[:2]
    small.review.show_item(first)
    card = small.detail.response
    assert card is not None
    card.buttons["reviewed"].setChecked(True)
    small.press(Qt.Key.Key_Escape)
    control = Qt.KeyboardModifier.ControlModifier
    small.press(Qt.Key.Key_Return, control)
    assert small.detail.isVisible() and first not in small.session.responses
    now = small.press(Qt.Key.Key_Return, control)
    assert first in small.session.responses
    assert small.detail.rule_id == second and small.detail.isAncestorOf(now)


def test_with_room_again_list_and_item_stand_beside_each_other_and_the_foot_is_whole(small: AtReview) -> None:
    small.press(Qt.Key.Key_Return)
    small.dress(USUAL)
    assert small.list.isVisible() and small.detail.isVisible()
    assert not small.detail.isAncestorOf(button(small, SIGN)) and button(small, SIGN).isVisible()
    assert not button(small, "Back to the items").isVisible()
    now = QApplication.focusWidget()
    assert isinstance(now, ItemRow) and now.rule_id == small.detail.rule_id
    assert faults(small.review) == []


ENDINGS = ["Pause", "Sign a part…", "Sign as incomplete…", SIGN]
NARROW = Mode("narrow", size=(840, 900))


def shown_endings(desk: AtReview) -> list[str]:
    """The buttons that pause and sign, by the names that a screen reader says, as often as they are there."""
    buttons = desk.review.findChildren(QPushButton)
    return [name_of(made) for made in buttons if name_of(made) in ENDINGS and made.isVisible()]


def by_tab(desk: AtReview, first: QWidget) -> list[str]:
    """What Tab comes to in the review from here on, in its order."""
    found, at = [name_of(first)], first.nextInFocusChain()
    while at is not None and at is not first:
        reached = at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and desk.review.isAncestorOf(at):
            found.append(name_of(at))
        at = at.nextInFocusChain()
    return found


def respond_to_all(desk: AtReview) -> None:
    open_items = [outcome.rule.id for outcome in before_signing(desk.session).without_response]
    desk.workspace.controller.respond({rule: response(desk.session, rule, "reviewed") for rule in open_items})
    lay_out(desk.window)


@pytest.fixture
def narrow(desk: AtReview) -> AtReview:
    """The same where the list stands alone and is high enough."""
    desk.dress(NARROW)
    assert desk.list.isVisible() and not desk.detail.isVisible()
    return desk


def test_a_list_that_stands_alone_has_pausing_and_signing_below_it_once_and_in_the_order_of_tab(
    narrow: AtReview,
) -> None:
    assert sorted(shown_endings(narrow)) == sorted(ENDINGS)
    assert not button(narrow, SIGN).isEnabled() and button(narrow, SIGN).toolTip().startswith(
        "Sign as Clinician A: after"
    )
    assert button(narrow, "Sign a part…").accessibleDescription()
    respond_to_all(narrow)
    assert by_tab(narrow, button(narrow, "Check answers"))[:5] == ["Check answers", *ENDINGS]
    assert [made.x() for made in map(partial(button, narrow), ENDINGS)] == sorted(
        made.x() for made in map(partial(button, narrow), ENDINGS)
    )
    assert faults(narrow.review) == []
    with narrow.qtbot.waitSignal(narrow.review.left):
        QTest.mouseClick(button(narrow, "Pause"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(narrow, SIGN), Qt.MouseButton.LeftButton)
    assert narrow.review.signing.isVisible()


def test_pausing_and_signing_go_with_the_half_that_is_shown_and_stand_once_where_both_are(narrow: AtReview) -> None:
    respond_to_all(narrow)
    narrow.press(Qt.Key.Key_Return)
    assert narrow.detail.isVisible() and sorted(shown_endings(narrow)) == sorted(ENDINGS)
    save = button(narrow, "Save response, next item")
    assert by_tab(narrow, save)[:5] == ["Save response, next item", *ENDINGS]
    narrow.press(Qt.Key.Key_Escape)
    assert narrow.list.isVisible() and sorted(shown_endings(narrow)) == sorted(ENDINGS)
    narrow.dress(USUAL)
    assert narrow.list.isVisible() and narrow.detail.isVisible()
    assert sorted(shown_endings(narrow)) == sorted(ENDINGS)
    assert by_tab(narrow, save)[:5] == ["Save response, next item", *ENDINGS]


def test_a_button_keeps_the_keyboard_while_the_window_grows_and_shrinks(narrow: AtReview) -> None:
    respond_to_all(narrow)
    pause = button(narrow, "Pause")
    pause.setFocus(Qt.FocusReason.TabFocusReason)
    for mode in (USUAL, NARROW, Mode("low", size=(840, 560)), NARROW):
        narrow.dress(mode)
        assert pause.hasFocus() and pause.visibleRegion().boundingRect() == pause.rect(), mode.name


@IN_EACH
def test_a_low_list_keeps_pausing_and_signing_in_sight_and_the_others_at_its_end(small: AtReview) -> None:
    respond_to_all(small)
    assert isinstance(QApplication.focusWidget(), ItemRow)
    for name in ("Pause", SIGN):
        made = button(small, name)
        assert made.visibleRegion().boundingRect() == made.rect() and not small.list.isAncestorOf(made)
    for name in ("Sign a part…", "Sign as incomplete…"):
        assert small.list.isAncestorOf(button(small, name))
    last = [made for made in small.list.findChildren(ItemRow) if made.isVisible()][-1]
    assert by_tab(small, last)[1:6] == ["Sign a part…", "Sign as incomplete…", "Check answers", "Pause", SIGN]
    button(small, "Sign as incomplete…").setFocus(Qt.FocusReason.TabFocusReason)
    lay_out(small.window)
    assert (
        button(small, "Sign as incomplete…").visibleRegion().boundingRect()
        == button(small, "Sign as incomplete…").rect()
    )
    assert faults(small.review) == []
    small.press(Qt.Key.Key_J)
    assert isinstance(QApplication.focusWidget(), ItemRow)
    small.press(Qt.Key.Key_Return)
    assert small.detail.isVisible() and sorted(shown_endings(small)) == sorted(ENDINGS)


def test_a_low_list_is_come_to_at_its_item_and_not_at_what_stands_below_it(small: AtReview) -> None:
    small.press(Qt.Key.Key_Escape)
    assert small.workspace.interview.isVisible()
    now = small.press(Qt.Key.Key_F6)
    assert isinstance(now, ItemRow) and now.rule_id == small.detail.rule_id


def test_a_low_list_that_is_made_anew_keeps_the_keyboard_at_its_item(small: AtReview) -> None:
    """What stands below it would get it: it is in sight while new rows are not yet."""
    small.review.open()
    now = QApplication.focusWidget()
    assert isinstance(now, ItemRow) and now.rule_id == small.detail.rule_id
