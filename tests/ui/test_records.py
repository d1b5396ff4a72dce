"""Records of a reference in the window: what each page says, by its keys alone, and that every control has its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.records.earlier import Earlier
from screener.records.rerun import rerun
from screener.records.sitting import signed_sittings
from screener.store.vault import Vault
from screener.ui.jobs import Jobs
from screener.ui.key_switches import LETTERS, SingleKeys
from screener.ui.records.area import HistoryArea, Kept, Tools
from screener.ui.records.compare_page import ComparePage
from screener.ui.records.pairs import AnswerCard, ItemCard
from screener.ui.records.rerun_page import NOTHING_CHANGES, RerunPage
from screener.ui.records.timeline_page import EntryCard
from screener.ui.records.trends_page import TrendsPage
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.earlier import EarlierItems
from screener.ui.screening.review.earlier_figures import EarlierFigures
from screener.ui.trends.chart import TrendChart
from screener.ui.trends.figures import FiguresTable
from screener.ui.trends.view import ChartPlace
from screener.ui.widgets.controls import KeyCap, LinkButton
from screener.ui.widgets.growing import GrowingPage
from tests.ui.desks import CLOCK, OpenDesk, shipped, show_in_window
from tests.ui.geometry import faults, lay_out
from tests.ui.histories import NOVEMBER, REFERENCE, kept, sign_all, unfinished, visit
from tests.ui.modes import LARGE_AND_SMALL, MODES, USUAL, Mode
from tests.ui.names import name_of
from tests.ui.test_pages import LEAST_TARGET_PX, controls, nameless, twice


@pytest.fixture(scope="module")
def everything() -> Iterator[tuple[Kept, Earlier]]:
    """July and October as signed, November as it stands."""
    clock = FixedClock(CLOCK.moment)
    with Vault.in_memory(clock, name="Clinician A") as vault:
        sign_all(vault.shelf, clock)
        yield kept(vault.shelf, unfinished()), Earlier(signed_sittings(vault.shelf.signed_under(REFERENCE)))


@pytest.fixture
def area(qtbot: QtBot, everything: tuple[Kept, Earlier]) -> Iterator[HistoryArea]:
    jobs = Jobs("history")
    made = HistoryArea(REFERENCE, Tools(jobs, "intake today", lambda sitting: rerun(sitting.content, shipped())))
    window = show_in_window(qtbot, made)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert "Reading the records…" in said(made)
    made.show_kept(everything[0])
    qtbot.waitUntil(lambda: made.timeline.page.whole)
    yield made
    jobs.close()
    window.close()


def said(page: QWidget) -> str:
    return "\n".join(shown.text() for shown in page.findChildren(QLabel) if shown.isVisibleTo(page))


def key(area: QWidget, *keys: Qt.Key) -> None:
    for one in keys:
        QApplication.sendPostedEvents()
        QTest.keyClick(QApplication.focusWidget() or area, one)
    QApplication.sendPostedEvents()


def press(page: QWidget, name: str) -> None:
    (found,) = [b for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page) and name_of(b) == name]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    QApplication.sendPostedEvents()


def focus_says() -> str:
    QApplication.sendPostedEvents()
    focus = QApplication.focusWidget()
    return "" if focus is None else name_of(focus)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def ids(area: HistoryArea) -> list[str]:
    return [card._entry.sitting.id for card in area.findChildren(EntryCard)]


def test_the_timeline_stands_with_the_latest_visit_first_and_what_changed_first(area: HistoryArea) -> None:
    entries = area.findChildren(EntryCard)
    assert [name_of(card).partition(",")[0] for card in entries] == ["23 Nov 2026", "12 Oct 2026", "20 Jul 2026"]
    october = said(entries[1])
    assert "Changed since 20 Jul 2026, signed 11:34" in october
    assert "+ newly listed, not established before: Psychosis ever" in october
    assert "Psychosis ever: no → yes" in october
    assert october.index("newly listed") < october.index("Psychosis ever: no") < october.index("The same: ")
    july = said(entries[2])
    assert "Signed as incomplete: the bus left" in july
    assert "Amended 2026-07-24 09:00 by Clinician A: Letter came" in july
    assert "The first record of this reference." in july


def test_what_is_not_established_now_is_not_called_no_longer_listed(area: HistoryArea) -> None:
    october = said(area.findChildren(EntryCard)[1])
    assert "− listed before, not established now: PHQ-9 item 9 above 0" in october
    assert "no longer listed: PHQ-9" not in october


def test_a_screen_reader_is_told_all_of_an_entry_where_tab_or_j_comes_to_it(area: HistoryArea) -> None:
    key(area, Qt.Key.Key_J, Qt.Key.Key_J)
    told = focus_says()
    assert told.startswith("12 Oct 2026, signed 11:34, Ketamine at home. ")
    assert "newly listed, not established before: Psychosis ever" in told and "Psychosis ever: no → yes" in told
    key(area, Qt.Key.Key_K)
    assert focus_says().startswith("23 Nov 2026, unfinished")


def test_every_control_of_every_page_has_a_name_of_its_own_and_room_for_a_finger(
    qtbot: QtBot, area: HistoryArea
) -> None:
    november, october = ids(area)[:2]
    pair, over = partial(area.show_pair, october, november), partial(area.show_rerun, october)
    shows: tuple[Callable[[], object], ...] = (bool, area.show_trends, pair, over)
    for show in shows:
        area._to_timeline()
        show()
        for page in area.page.findChildren(GrowingPage):
            page.finish()
        QApplication.sendPostedEvents()
        assert (nameless(area.page), twice(area.page)) == ([], [])
        small = [name_of(w) for w in controls(area.page) if min(w.width(), w.height()) < LEAST_TARGET_PX]
        assert small == []


def test_two_records_are_chosen_and_gone_through_by_keys(area: HistoryArea) -> None:
    press(area, "12 Oct 2026, signed 11:34: side by side with 20 Jul 2026, signed 11:34")
    page = area.page
    assert isinstance(page, ComparePage) and page.found is not None
    page.page.finish()
    assert focus_says() == "First record"
    key(area, Qt.Key.Key_J)
    first = focus_says()
    key(area, Qt.Key.Key_J)
    second = focus_says()
    assert first != second and "20 Jul 2026: " in first and "12 Oct 2026: " in first
    key(area, Qt.Key.Key_K)
    assert focus_says() == first
    stops = sum(pair.differs for pair in page.found.answers) + sum(pair.differs for pair in page.found.items)
    heard = []
    for _ in range(stops + 2):
        key(area, Qt.Key.Key_J)
        heard.append(focus_says())
    assert len(set(heard)) == stops - 1  # the first was left behind, and the last one stays
    key(area, Qt.Key.Key_Escape)
    assert area.page is area.timeline
    assert focus_says() == "12 Oct 2026, signed 11:34: side by side with 20 Jul 2026, signed 11:34"


def test_what_the_two_were_made_under_is_said_plainly_where_it_differs(area: HistoryArea) -> None:
    october, july = ids(area)[1:]
    area.show_pair(july, october)
    shown = said(area.page)
    assert "The pathways differ: a question or an item of one need not exist in the other." in shown
    assert "The profiles differ: other rules ran." in shown
    area._to_timeline()
    area.show_pair(october, october)
    assert "These are one and the same record." in said(area.page)


def test_only_what_differs_is_shown_until_all_is_asked_for(area: HistoryArea) -> None:
    area.show_pair(*reversed(ids(area)[:2]))
    page = area.page
    assert isinstance(page, ComparePage) and page.found is not None
    page.page.finish()
    few = [card.accessibleName() for card in page.findChildren(AnswerCard)]
    assert len(few) == sum(pair.differs for pair in page.found.answers)
    assert len(page.findChildren(ItemCard)) == sum(pair.differs for pair in page.found.items)
    press(page, "Show: All")
    page.page.finish()
    QApplication.sendPostedEvents()
    assert "The same in both" in said(page) and "Recorded in neither" in said(page)
    assert "Response: Reviewed (Clinician A, 2026-10-12 10:22)" in said(page)


def test_each_way_of_differing_has_a_sign_and_a_word(area: HistoryArea) -> None:
    area.show_pair(*reversed(ids(area)[:2]))
    page = area.page
    assert isinstance(page, ComparePage)
    page.page.finish()
    QApplication.sendPostedEvents()
    shown = said(page)
    for words in ("→ other answer", "+ newly listed", "≈ listed on other facts", "→ other outcome"):
        assert words in shown, words


def test_figures_stand_in_a_table_that_arrows_go_through_and_tab_leaves(qtbot: QtBot, area: HistoryArea) -> None:
    press(area, "Figures over time")
    page = area.page
    assert isinstance(page, TrendsPage)
    tables = page.findChildren(FiguresTable)
    assert tables[0].hasFocus() and name_of(tables[0]) == "Figures: Pressure, before dose"
    model = tables[0].model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert rows[0] == ["20 Jul 2026", "10:31", "132", "84"]
    seen, heard = (
        [model.headerData(column, Qt.Orientation.Horizontal, role) for column in range(4)]
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    )
    assert seen == ["Visit", "Time", "Systolic", "Diastolic"] and "Pressure, before dose (mmHg)" in said(page)
    assert heard == ["Visit", "Time", "Systolic (mmHg)", "Diastolic (mmHg)"]
    key(area, Qt.Key.Key_Down)
    assert tables[0].currentIndex().row() == 1
    key(area, Qt.Key.Key_Tab)
    assert not tables[0].hasFocus()
    qtbot.waitUntil(lambda: page.whole, timeout=20_000)


def test_charts_are_drawn_after_the_page_stands_and_are_named(qtbot: QtBot, area: HistoryArea) -> None:
    area.show_trends()
    page = area.page
    assert isinstance(page, TrendsPage)
    assert "The chart is being drawn…" in said(page)
    qtbot.waitUntil(lambda: page.whole, timeout=20_000)
    QApplication.sendPostedEvents()
    charts = page.findChildren(TrendChart)
    assert [chart.accessibleName() for chart in charts][:2] == [
        "Chart of Pressure, before dose",
        "Chart of Pressure, about 40 min after",
    ]
    assert all("The same figures stand in the table beside it." in chart.accessibleDescription() for chart in charts)
    assert "Systolic: filled circles on a solid line. Diastolic: hollow squares on a dashed line." in said(page)
    assert "Systolic, at least 140: Guideline on high blood pressure in adults (guideline)" in said(page)
    assert "A bar: the figure lies somewhere between its ends." in said(page)
    assert "The chart is being drawn…" not in said(page)


def test_todays_content_over_a_record_says_that_nothing_is_changed_or_saved(qtbot: QtBot, area: HistoryArea) -> None:
    press(area, "20 Jul 2026, signed 11:34: today’s content over it")
    page = area.page
    assert isinstance(page, RerunPage)
    qtbot.waitUntil(lambda: NOTHING_CHANGES in said(page))
    assert "It is the same content, to the letter." in said(page)
    assert "The same comes of every rule that runs then and now." in said(page)
    press(page, "Show: All")
    page.page.finish()
    QApplication.sendPostedEvents()
    assert "Now, intake today" in said(page)
    key(area, Qt.Key.Key_Escape)
    assert area.page is area.timeline


def test_escape_leaves_the_timeline(qtbot: QtBot, area: HistoryArea) -> None:
    with qtbot.waitSignal(area.closed):
        key(area, Qt.Key.Key_Escape)


# In an open screening


@pytest.fixture
def desk(qtbot: QtBot, everything: tuple[Kept, Earlier]) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, visit("2026-11-23", {}))
    made.confirm()
    made.workspace.controller.take_earlier(everything[1])
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def test_an_earlier_answer_is_offered_and_fills_nothing_in_by_itself(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("psychosis.ever")
    QApplication.sendPostedEvents()
    assert "12 Oct, not asked today: yes" in said(desk.workspace)
    assert "psychosis.ever" not in desk.session.recorded
    QTest.keyClick(focus(), Qt.Key.Key_E)
    (entry,) = desk.session.recorded["psychosis.ever"].entries
    assert (entry.raw, entry.by) == ("yes", "record of 12 Oct 2026")
    assert entry.note.startswith(
        "From the record of 12 Oct 2026, signed 2026-10-12 11:34 by Clinician A; said by patient"
    )
    assert "not asked today: yes" not in said(desk.workspace)
    QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "psychosis.ever" not in desk.session.recorded
    QApplication.sendPostedEvents()
    assert "12 Oct, not asked today: yes" in said(desk.workspace)


def test_what_is_offered_once_the_records_are_read_is_on_the_way_of_tab_where_it_stands(
    qtbot: QtBot, everything: tuple[Kept, Earlier]
) -> None:
    made = OpenDesk(qtbot, visit("2026-11-23", {}))
    made.confirm()
    interview = made.workspace.interview
    interview.go_to("psychosis.ever")
    qtbot.waitUntil(lambda: interview.whole)
    before = by_tab(made)
    made.workspace.controller.take_earlier(everything[1])
    QApplication.sendPostedEvents()
    label = made.session.questions["psychosis.ever"].label
    offered = [f"{label}: asked today, same", f"{label}: use the earlier answer"]
    after = by_tab(made)
    who = f"{label}: add another account"
    place, follows = after.index(who), before[before.index(who) + 1]
    assert after[place : place + 4] == [who, *offered, follows]
    made.close()


def by_tab(desk: OpenDesk) -> list[str]:
    """What Tab comes to in the window, in its order."""
    found, at = [], desk.window.nextInFocusChain()
    while at is not None and at is not desk.window:
        if at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at.accessibleName())
        at = at.nextInFocusChain()
    return found


def test_asked_today_and_the_same_is_said_today_and_marked_by_one_key(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("psychosis.ever")
    QApplication.sendPostedEvents()
    QTest.keyClick(focus(), Qt.Key.Key_S)
    (entry,) = desk.session.recorded["psychosis.ever"].entries
    assert (entry.raw, entry.by, entry.note) == ("yes", "patient", "")
    assert entry.carried is not None and (entry.carried.visit_date, entry.carried.asked) == ("2026-10-12", True)
    assert len(entry.carried.sha256) == 64
    QApplication.sendPostedEvents()
    assert "Asked today, same as 12 Oct: yes" in said(desk.workspace)
    press(desk.workspace, "Psychosis ever: No")
    (entry,) = desk.session.recorded["psychosis.ever"].entries
    assert (entry.raw, entry.carried) == ("no", None)
    QApplication.sendPostedEvents()
    assert "12 Oct, signed record: yes" in said(desk.workspace)


def test_the_keys_of_an_earlier_answer_are_drawn_as_they_work(desk: OpenDesk, keys: SingleKeys) -> None:
    def drawn() -> set[str]:
        return {cap.accessibleName() for cap in desk.workspace.findChildren(KeyCap) if cap.isVisible()}

    desk.workspace.interview.go_to("psychosis.ever")
    QApplication.sendPostedEvents()
    assert {"key S", "key E"} <= drawn()
    keys.turn(LETTERS, on=False)
    assert {"key Alt+S", "key Alt+E"} <= drawn() and not {"key S", "key E"} & drawn()
    use = next(made for made in desk.workspace.findChildren(LinkButton) if made.text() == "Use it" and made.isVisible())
    assert use.accessibleDescription().endswith("Key Alt+E")
    QTest.keyClick(focus(), Qt.Key.Key_E)
    assert "psychosis.ever" not in desk.session.recorded
    QTest.keyClick(focus(), Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert "psychosis.ever" in desk.session.recorded
    assert "S, E" in LETTERS.text, "the switch names what it switches"


def test_beside_an_answer_of_today_the_earlier_one_stays_and_cannot_be_taken(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("psychosis.ever")
    desk.workspace.controller.answer("psychosis.ever", "no")
    QApplication.sendPostedEvents()
    assert "12 Oct, signed record: yes" in said(desk.workspace)
    QTest.keyClick(focus(), Qt.Key.Key_E)
    QTest.keyClick(focus(), Qt.Key.Key_S)
    assert [entry.by for entry in desk.session.recorded["psychosis.ever"].entries] == ["patient"]


def test_while_somebody_else_is_in_the_room_a_sensitive_earlier_answer_is_not_shown(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("psychosis.ever")
    desk.workspace.controller.set_visit("room", "with partner or family")
    QApplication.sendPostedEvents()
    assert desk.session.questions["psychosis.ever"].sensitive
    assert "not asked today" not in said(desk.workspace)


def test_a_figure_is_taken_in_the_unit_it_was_typed_in_while_the_line_is_typed_into(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("body.weight")
    QApplication.sendPostedEvents()
    QTest.keyClick(focus(), Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    (entry,) = desk.session.recorded["body.weight"].entries
    assert entry.raw == {"value": 187, "unit": "[lb_av]"}


@pytest.mark.parametrize("question", ["bp.readings", "mood.phq9"])
def test_readings_and_scores_of_another_day_are_not_offered(desk: OpenDesk, question: str) -> None:
    desk.workspace.interview.go_to(question)
    QApplication.sendPostedEvents()
    card = desk.workspace.interview.findChildren(QWidget)
    shown = [w for w in card if type(w).__name__ == "QuestionCard" and w.question.id == question]  # type: ignore[attr-defined]
    assert "not asked today" not in said(shown[0])


def test_the_strip_leads_to_the_records_and_the_bars_stay(
    qtbot: QtBot, desk: OpenDesk, everything: tuple[Kept, Earlier]
) -> None:
    jobs = Jobs("history")
    inside = HistoryArea(REFERENCE, Tools(jobs, "intake", lambda s: rerun(s.content, shipped())), current="s-open")
    with qtbot.waitSignal(desk.workspace.history_asked):
        press(desk.workspace, "2 earlier records of this reference")
    desk.workspace.pages.show_inside(inside)
    inside.closed.connect(desk.workspace.pages.close_inside)
    inside.show_kept(everything[0])
    QApplication.sendPostedEvents()
    assert desk.workspace.identity.isVisible() and desk.workspace.above.top.isVisible()
    assert "open now" in said(inside)
    assert "Open the record" not in said(inside)
    with qtbot.assertNotEmitted(desk.workspace.history_asked):
        QTest.keyClick(desk.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    key(inside, Qt.Key.Key_Escape)
    assert desk.workspace.interview.isVisible()
    jobs.close()


def test_an_item_under_review_shows_how_it_stood_before_with_the_response_of_then(desk: OpenDesk) -> None:
    answer_november(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    desk.workspace.review.show_item("psychosis.ever_ketamine")
    QApplication.sendPostedEvents()
    (card,) = [made for made in desk.workspace.review.findChildren(EarlierItems) if made.isVisible()]
    shown = said(card)
    assert shown.index("12 Oct 2026") < shown.index("20 Jul 2026")
    assert "Listed: " in shown and "Response: Reviewed (Clinician A, 2026-10-12 10:22)" in shown


# Figures of earlier records, at the item


def answer_november(desk: OpenDesk) -> None:
    for question, raw in NOVEMBER.items():
        if question in desk.session.questions:
            desk.workspace.controller.answer(question, raw)


def earlier_figures(desk: OpenDesk) -> EarlierFigures | None:
    """What the item that is under review shows of them."""
    QApplication.sendPostedEvents()
    found = [made for made in desk.workspace.review.findChildren(EarlierFigures) if made.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def figures_at(desk: OpenDesk, rule: str) -> dict[str, list[tuple[str, ...]]]:
    """The tables that stand at an item, by name."""
    desk.workspace.review.show_item(rule)
    card = earlier_figures(desk)
    tables = card.findChildren(FiguresTable) if card is not None else []
    models = {name_of(table): table.model() for table in tables}
    return {
        name: [
            tuple(model.index(row, column).data() for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]
        for name, model in models.items()
    }


@pytest.fixture
def reviewed(desk: OpenDesk) -> OpenDesk:
    answer_november(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    return desk


def test_an_item_of_readings_shows_those_of_earlier_records_in_the_phases_that_its_rule_reads(
    reviewed: OpenDesk,
) -> None:
    before = [
        ("20 Jul 2026", "10:31", "132", "84"),
        ("20 Jul 2026", "10:34", "136", "86"),
        ("12 Oct 2026", "09:58", "144", "91"),
        ("12 Oct 2026", "10:02", "141", "89"),
    ]
    after = [("20 Jul 2026", "11:20", "151", "92"), ("12 Oct 2026", "10:51", "160", "not taken")]
    assert figures_at(reviewed, "home.pressure_before_dose") == {"Figures: Pressure, before dose": before}
    assert figures_at(reviewed, "bp.stage") == {
        "Figures: Pressure, before dose": before,
        "Figures: Pressure, about 40 min after": after,
    }


def test_weight_and_scores_of_earlier_records_stand_at_the_items_that_read_them(reviewed: OpenDesk) -> None:
    assert figures_at(reviewed, "medical.bmi_35") == {
        "Figures: Weight": [
            ("20 Jul 2026", "signed 11:34", "86.5 kg"),
            ("12 Oct 2026", "signed 11:34", "84.8 kg (typed as 187 lb)"),
        ]
    }
    assert figures_at(reviewed, "mood.phq9_lines") == {
        "Figures: PHQ-9": [
            ("20 Jul 2026", "signed 11:34", "16"),
            ("12 Oct 2026", "signed 11:34", "from 5 to 23: items are missing"),
        ]
    }
    assert "Only what was recorded is shown: no mean, no estimate. A line across" in said(reviewed.workspace.review)


@pytest.mark.parametrize("rule", ["psychosis.ever_ketamine", "suicide.item_9", "bp.pulse_above_110"])
def test_an_item_that_reads_no_figure_or_one_that_was_not_recorded_shows_none(reviewed: OpenDesk, rule: str) -> None:
    reviewed.workspace.review.show_item(rule)
    assert earlier_figures(reviewed) is None


def test_without_an_earlier_record_nothing_stands_at_the_item(qtbot: QtBot) -> None:
    made = OpenDesk(qtbot, visit("2026-11-23", NOVEMBER))
    made.confirm()
    made.workspace.review.show_item("bp.stage")
    assert earlier_figures(made) is None
    made.close()


def test_the_chart_of_earlier_figures_is_loaded_and_drawn_once_it_is_in_sight_and_is_named(
    qtbot: QtBot, reviewed: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = "screener.ui.trends.chart"
    monkeypatch.delitem(sys.modules, drawing, raising=False)
    review = reviewed.workspace.review
    reviewed.window.resize(1280, 720)
    review.show_item("bp.stage")
    lay_out(reviewed.window)
    card = earlier_figures(reviewed)
    assert card is not None and name_of(card) == "Figures of earlier records"
    assert card.visibleRegion().isEmpty() and drawing not in sys.modules
    height = card.height()

    first, second = card.findChildren(FiguresTable)
    tab_to(first)
    qtbot.waitUntil(partial(has_chart, card))
    assert drawing in sys.modules
    drawn = charts_of(card)["Chart of Pressure, before dose"]
    assert drawn.accessibleDescription() == ("Systolic, Diastolic. The same figures stand in the table beside it.")
    key(review, Qt.Key.Key_Tab)
    assert second.hasFocus()
    qtbot.waitUntil(lambda: len(charts_of(card)) == 2)
    lay_out(reviewed.window)
    assert card.height() == height, "nothing moves when a chart comes"


def charts_of(card: QWidget) -> dict[str, QWidget]:
    named = {made.accessibleName(): made for made in card.findChildren(QWidget)}
    return {name: made for name, made in named.items() if name.startswith("Chart of ")}


def has_chart(card: QWidget) -> bool:
    return bool(charts_of(card))


def tab_to(wanted: QWidget) -> None:
    for _ in range(200):
        if wanted.hasFocus():
            return
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name_of(wanted)}")


def test_arrows_go_through_earlier_figures_and_letters_still_go_from_item_to_item(reviewed: OpenDesk) -> None:
    review = reviewed.workspace.review
    review.show_item("bp.stage")
    card = earlier_figures(reviewed)
    assert card is not None
    table = card.findChildren(FiguresTable)[0]
    tab_to(table)
    key(review, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    key(review, Qt.Key.Key_J)
    assert review.findChildren(ItemDetail)[0].rule_id != "bp.stage"


@pytest.fixture(params=[*LARGE_AND_SMALL, MODES["small-window"], USUAL], ids=lambda mode: mode.name)
def dressed(qapp: QApplication, reviewed: OpenDesk, request: pytest.FixtureRequest) -> Iterator[OpenDesk]:
    """The review in another text size and another window."""
    mode: Mode = request.param
    mode.dress(qapp)
    reviewed.window.setMinimumSize(1, 1)
    reviewed.window.resize(mode.room)
    yield reviewed
    USUAL.dress(qapp)


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_earlier_figures_lie_well_in_every_size(qtbot: QtBot, dressed: OpenDesk) -> None:
    review = dressed.workspace.review
    for rule in ("bp.stage", "mood.phq9_lines", "medical.bmi_35"):
        review.show_item(rule)
        lay_out(dressed.window)
        card = earlier_figures(dressed)
        assert card is not None
        review.findChildren(ItemDetail)[0].bring_into_view(card.findChildren(ChartPlace)[0])
        qtbot.waitUntil(partial(has_chart, card))
        assert faults(review) == []
