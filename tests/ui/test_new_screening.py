"""Beginning a screening: fourteen pathways in their sections, what may be added to each, and facts that stay calm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.model import Pack
from screener.records.browse import LastVisit
from screener.records.references import References
from screener.ui.shell.new_screening import Beginning, NewScreeningPage
from screener.ui.shell.pathway_choice import FACTS_AT_FIRST, PathwayDetails, PathwayRow, sections_of
from screener.ui.style.theme import Theme
from screener.ui.widgets.buttons import LinkButton
from screener.ui.widgets.error_summary import ErrorSummary
from screener.ui.widgets.layout import ScrollPage
from tests.small_pack import small_pack
from tests.ui.desks import CLOCK, shipped, show_in_window

Key = Qt.Key
_held: list[QWidget] = []
"""The window that is shown: without a name of its own it would be gone at once."""


@pytest.fixture
def page(qtbot: QtBot) -> NewScreeningPage:
    return opened(qtbot)


def opened(qtbot: QtBot, country: str = "", pack: Pack | None = None) -> NewScreeningPage:
    made = NewScreeningPage(pack or shipped(), CLOCK.now().date(), country, "clinician", {})
    window = show_in_window(qtbot, made)
    window.activateWindow()
    _held[:] = [window]
    made.focus_first()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.reference)
    return made


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    QApplication.sendPostedEvents()  # as between two keys of a hand


def tab_to(name: str) -> QWidget:
    for _ in range(40):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return focus
        press(Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name}")


def go_to(pathway_id: str) -> PathwayRow:
    """By Tab to the pathways, and on by arrows."""
    tab_to("Pathway: Esketamine nasal spray, in a clinic")
    press(Key.Key_Space)
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert isinstance(focus, PathwayRow)
        if focus.pathway.id == pathway_id:
            return focus
        press(Key.Key_Down)
    raise AssertionError(f"arrows never came to {pathway_id}")


def begun(qtbot: QtBot, page: NewScreeningPage) -> Beginning:
    page.reference.setText(page.reference.text() or "SYN-0042")
    with qtbot.waitSignal(page.begin) as heard:
        QTest.keyClick(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args is not None
    found: Beginning = heard.args[0]
    return found


def details_of(page: NewScreeningPage) -> PathwayDetails:
    [found] = page.findChildren(PathwayDetails)
    return found


def texts(page: QWidget) -> list[str]:
    return [shown.text() for shown in page.findChildren(QLabel) if shown.isVisible()]


def test_every_pathway_stands_once_under_its_section() -> None:
    sections = {title: [pathway.id for pathway in pathways] for title, pathways in sections_of(shipped())}
    assert list(sections) == ["Ketamine", "Psilocybin", "Other psychedelics", "On the day"]
    assert sections["Ketamine"] == ["esketamine-clinic", "ketamine-clinic", "kap", "ketamine-home"]
    assert sections["On the day"] == ["dose-day"]
    assert sorted(chain(*sections.values())) == sorted(pathway.id for pathway in shipped().pathways)


def test_a_pack_without_groups_has_its_pathways_in_one_row_of_their_own(qtbot: QtBot) -> None:
    assert [(title, len(pathways)) for title, pathways in sections_of(small_pack())] == [("", 1)]
    page = opened(qtbot, pack=small_pack())
    tab_to("Pathway: Esketamine")
    press(Key.Key_Space)
    assert begun(qtbot, page).profiles == ("general",)


def summary_of(page: NewScreeningPage) -> ErrorSummary:
    [found] = page.findChildren(ErrorSummary)
    return found


def top_of(field: QWidget) -> int:
    return field.mapTo(field.window(), QPoint(0, 0)).y()


def refused(page: NewScreeningPage) -> ErrorSummary:
    """Begun with three things missing or wrong."""
    page.visit.setText("some day")
    page._begin.click()
    QTest.qWait(20)
    summary = summary_of(page)
    assert summary.isVisible() and len(links(summary)) == 3, links(summary)
    return summary


def links(summary: ErrorSummary) -> list[str]:
    return [link.text() for link in summary.findChildren(LinkButton) if link.isVisible()]


def test_lines_of_the_summary_leave_as_their_fields_are_mended_and_nothing_moves_below_the_hand(
    page: NewScreeningPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("screener.ui.widgets.error_summary.announce", lambda _, text, **__: heard.append(text))
    summary = refused(page)
    assert heard == [summary.accessibleName()]
    page.reference.setFocus()
    before = top_of(page.reference)
    QTest.keyClicks(page.reference, "SYN-0042")
    QTest.qWait(20)
    assert links(summary) == ["Visit date", "What is being considered"]
    assert page.reference.hasFocus() and top_of(page.reference) == before
    assert heard[1:] == ["2 fields keep this back. Each line leads to its field."]
    press(Key.Key_Tab)
    QTest.qWait(20)
    assert top_of(page.reference) < before, "its room went with the keyboard"
    page.visit.setFocus()
    before = top_of(page.visit)
    page.visit.selectAll()
    QTest.keyClicks(page.visit, "2026-11-23")
    QTest.qWait(20)
    assert links(summary) == ["What is being considered"] and top_of(page.visit) == before
    assert summary.accessibleName().startswith("1 field keeps this back. The line leads to it. Choose what is being")
    tab_to("Pathway: Esketamine nasal spray, in a clinic")
    press(Key.Key_Space)
    QTest.qWait(20)
    assert not summary.isVisible() and heard[-1] == "Each of these fields is mended."
    press(Key.Key_Tab)
    QTest.qWait(20)
    assert top_of(page.visit) < before, "nothing of it is left"


def test_what_becomes_wrong_again_is_said_when_it_is_begun_again(page: NewScreeningPage) -> None:
    summary = refused(page)
    page.reference.setFocus()
    QTest.keyClicks(page.reference, "S")
    QTest.keyClick(page.reference, Key.Key_Backspace)
    assert links(summary) == ["Visit date", "What is being considered"]
    page._begin.click()
    QTest.qWait(20)
    assert links(summary) == ["Patient reference", "Visit date", "What is being considered"] and summary.hasFocus()


def test_scrolled_down_the_field_that_is_gone_to_stays_where_it_is_when_lines_went(page: NewScreeningPage) -> None:
    page.window().resize(1024, 500)
    page.choose("esketamine-clinic")
    summary = refused(page)
    page.reference.setFocus()
    QTest.keyClicks(page.reference, "SYN-0042")
    target, [scrolling] = details_of(page).product, page.findChildren(ScrollPage)
    bar = scrolling.verticalScrollBar()
    bar.setValue(bar.value() + top_of(target) - 250)
    before, high = top_of(target), summary.height()
    assert before == 250
    target.setFocus()
    QTest.qWait(20)
    assert summary.height() < high, "its room went"
    assert top_of(target) == before


def test_one_thing_that_is_said_at_the_foot_goes_when_it_is_mended(page: NewScreeningPage) -> None:
    page.choose("dose-day")
    page._begin.click()
    assert "A reference is needed" in "".join(texts(page)) and page.reference.hasFocus()
    QTest.keyClicks(page.reference, "S")
    assert "A reference is needed" not in "".join(texts(page)) and page.reference.hasFocus()


def test_arrows_move_through_all_sections_as_one_group_and_tab_leaves_it(page: NewScreeningPage) -> None:
    order = [pathway.id for _, pathways in sections_of(shipped()) for pathway in pathways]
    tab_to("Pathway: Esketamine nasal spray, in a clinic")
    press(Key.Key_Space)
    heard = []
    for _ in order:
        focus = QApplication.focusWidget()
        assert isinstance(focus, PathwayRow) and focus.isChecked()
        heard.append(focus.pathway.id)
        assert details_of(page).pathway.id == focus.pathway.id
        press(Key.Key_Down)
    assert heard == order
    press(Key.Key_Home)
    press(Key.Key_Right)
    press(Key.Key_Left)
    focus = QApplication.focusWidget()
    assert isinstance(focus, PathwayRow) and focus.pathway.id == order[0]
    press(Key.Key_Tab)
    assert not isinstance(QApplication.focusWidget(), PathwayRow)
    QTest.keyClick(QApplication.focusWidget() or page, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is focus


def test_tab_goes_past_the_pathways_without_choosing_one(page: NewScreeningPage) -> None:
    tab_to("Pathway: Esketamine nasal spray, in a clinic")
    press(Key.Key_Tab)
    assert QApplication.focusWidget() is not None
    assert not isinstance(QApplication.focusWidget(), PathwayRow)
    assert not page.findChildren(PathwayDetails)


def test_trials_that_are_offered_are_added_when_they_are_ticked_and_only_then(
    qtbot: QtBot, page: NewScreeningPage
) -> None:
    go_to("dmt-research")
    assert "Figures of these trials too" in texts(page)
    for name in shipped().pathway("dmt-research").offers:
        tab_to(f"Figures of these trials too: {shipped().profile(name).title}")
        press(Key.Key_Space)
    press(Key.Key_Space)  # the last one again: taken back
    assert begun(qtbot, page).profiles == ("general", *shipped().pathway("dmt-research").offers[:-1])


def test_on_the_day_of_a_dose_labels_states_and_the_clinic_may_be_added(qtbot: QtBot) -> None:
    page = opened(qtbot, "eu-label")
    go_to("dose-day")
    assert "Under which rules the dose is given" in texts(page)
    assert details_of(page).profiles == ("general", "eu-label")  # the clinic's own label, as chosen in its settings
    tab_to("Under which rules the dose is given: Policy of this clinic")
    press(Key.Key_Space)
    assert begun(qtbot, page).profiles == ("general", "eu-label", "clinic")


def test_without_a_country_nothing_that_is_offered_stands_chosen(page: NewScreeningPage, qtbot: QtBot) -> None:
    go_to("dose-day")
    assert begun(qtbot, page).profiles == ("general",)


def test_the_rules_that_apply_are_named_as_they_are_chosen(page: NewScreeningPage) -> None:
    go_to("esketamine-clinic")
    label = shipped().profile("eu-label").title
    assert label not in texts(page)
    tab_to("Profile: whose label holds: US label")
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert label in texts(page)


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_the_first_facts_are_shown_and_the_others_when_they_are_asked_for(page: NewScreeningPage, pathway: str) -> None:
    go_to(pathway)
    details, facts = details_of(page), shipped().pathway(pathway).facts
    seen = texts(details)
    assert [fact.text for fact in facts if fact.text in seen] == [fact.text for fact in facts[:FACTS_AT_FIRST]]
    if len(facts) <= FACTS_AT_FIRST:
        return
    more = [button for button in details.findChildren(QPushButton) if "more fact" in button.text()]
    tab_to(more[0].accessibleName())
    press(Key.Key_Return)
    assert {fact.text for fact in facts} <= set(texts(details))
    assert QApplication.focusWidget() is more[0] and more[0].text() == "Fewer facts"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.of(qapp)
    yield made
    made.apply("light", 1.0)


@pytest.mark.parametrize(("width", "height", "scale"), [(1024, 768, 1.0), (1280, 720, 2.0)])
def test_no_pathway_makes_the_page_wider_than_a_small_screen(
    qtbot: QtBot, theme: Theme, width: int, height: int, scale: float
) -> None:
    page = opened(qtbot)
    theme.apply("light", scale)
    page.window().resize(width, height)
    go_to("esketamine-clinic")
    for pathway in shipped().pathways:
        row = next(row for row in page.findChildren(PathwayRow) if row.pathway.id == pathway.id)
        row.setChecked(True)
        QApplication.sendPostedEvents()
        details = details_of(page)
        assert page.window().width() == width
        right = details.mapTo(page, details.rect().topRight()).x()
        assert right <= page.width(), pathway.id


# Somebody who was here before

LAST = LastVisit("SYN-0107", "M 1969", "2026-11-19", "dose-day", ("general", "us-label"), "Spravato 56 mg")


def test_the_last_visit_is_filled_in_and_says_where_it_is_from(qtbot: QtBot, page: NewScreeningPage) -> None:
    page.choose(LAST.pathway)
    page.fill_in(LAST)
    said = [part.text() for part in page.findChildren(QLabel) if part.isVisibleTo(page)]
    assert (
        "Reference, second mark, pathway, rules and product: as at the visit of 19 Nov 2026. "
        "The age is not filled in; the form asks for it." in said
    )
    wanted = begun(qtbot, page)
    assert (wanted.reference, wanted.second_mark, wanted.age) == ("SYN-0107", "M 1969", None)
    assert (wanted.pathway, wanted.product, wanted.visit_date) == ("dose-day", "Spravato 56 mg", "2026-11-23")
    assert wanted.profiles == ("general", "us-label")


def test_another_reference_keeps_nothing_of_the_person_before(qtbot: QtBot, page: NewScreeningPage) -> None:
    page.choose(LAST.pathway)
    page.fill_in(LAST)
    page.focus_first()
    press(Key.Key_End)
    press(Key.Key_8)
    assert (page.reference.text(), page.second.text()) == ("SYN-01078", "")
    said = [part.text() for part in page.findChildren(QLabel) if part.isVisibleTo(page)]
    assert not any("as at the visit of" in text for text in said)
    assert begun(qtbot, page).product == ""


def test_references_that_are_easily_taken_for_it_are_named_as_one_or_as_several(page: NewScreeningPage) -> None:
    page.show_known(References({"SYN-0101": "K 1974", "SYN-0102": ""}))
    page.reference.setText("SYN-0102")
    page._look_at_reference("SYN-0102")
    said = " ".join(texts(page))
    assert "SYN-0102 has been screened before, without a second mark." in said
    assert "Looks like SYN-0101, which is another reference here." in said
    page.show_known(References({"SYN-0101": "K 1974", "SYN-0103": ""}))
    assert "Looks like SYN-0101, SYN-0103, which are other references here." in " ".join(texts(page))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("maria gonzalez", "This looks like a name."), ("1974-05-12", "This looks like a number of a person")],
)
def test_a_reference_that_looks_like_a_person_is_warned_of_and_begins_all_the_same(
    qtbot: QtBot, page: NewScreeningPage, typed: str, said: str
) -> None:
    page.choose("dose-day")
    page.focus_first()
    QTest.keyClicks(page.reference, typed)
    assert said in " ".join(texts(page))
    assert begun(qtbot, page).reference == typed


def test_nothing_is_said_of_a_pseudonym_while_it_is_typed(page: NewScreeningPage) -> None:
    for sign in "SYN-0042":
        QTest.keyClicks(page.reference, sign)
        assert not any("looks like" in text for text in texts(page))


@pytest.mark.parametrize(
    ("typed", "day", "echo"),
    [
        ("yesterday", "2026-11-22", "Visit date: 22 Nov 2026"),
        ("3 days ago", "2026-11-20", "Visit date: 20 Nov 2026"),
        ("12 Oct", "2026-10-12", "Visit date: 12 Oct 2026"),
        ("25.11.2026", "2026-11-25", "Visit date: 25 Nov 2026"),
        ("2026-11-22", "2026-11-22", ""),
    ],
)
def test_the_visit_date_is_taken_as_people_say_it_and_says_which_day_was_understood(
    qtbot: QtBot, page: NewScreeningPage, typed: str, day: str, echo: str
) -> None:
    page.choose("dose-day")
    page.visit.setFocus()
    page.visit.selectAll()
    QTest.keyClicks(page.visit, typed)
    assert [text for text in texts(page) if text.startswith("Visit date: ")] == [echo] * bool(echo)
    assert page.visit.accessibleDescription() == echo
    assert begun(qtbot, page).visit_date == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("some day", "The visit date is a day, such as 2026-11-23."),
        ("March 2026", "The visit date is a day, such as 2026-11-23."),
        ("3/4/2026", "“3/4/2026” can be 2026-04-03 or 2026-03-04. Write the one that is meant."),
    ],
)
def test_what_is_no_whole_day_or_one_of_two_is_no_visit_date(page: NewScreeningPage, typed: str, said: str) -> None:
    page.choose("dose-day")
    page.reference.setText("SYN-0042")
    page.visit.setFocus()
    page.visit.selectAll()
    QTest.keyClicks(page.visit, typed)
    page._begin.click()
    assert said in texts(page) and page.visit.hasFocus()


def test_the_ages_of_a_year_of_birth_are_those_at_the_visit_also_where_its_day_is_said_afterwards(
    page: NewScreeningPage,
) -> None:
    QTest.keyClicks(page.age, "1974")
    assert page._which.button_of("0").text() == "51"
    page._which.button_of("0").click()
    page.visit.selectAll()
    QTest.keyClicks(page.visit, "2027-01-10")
    assert [page._which.button_of(option).text() for option in ("0", "1")] == ["52", "53"]
    assert page._which.chosen is None
