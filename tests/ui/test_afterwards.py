"""A signed record with what was added to it, and the rows of home that can be discarded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from screener.records.amendment import Addition
from screener.records.amendment import build as amendment
from screener.records.browse import SignedRecord
from screener.records.record import build, canonical
from screener.store.vault import Vault
from screener.ui.screening.review.amendments import AmendmentsCard
from screener.ui.screening.review.report import RecordPage
from screener.ui.shell.amend import AmendPage
from screener.ui.shell.discard import DiscardPage, PartIsSigned
from screener.ui.taking_out import TakingOut
from screener.ui.widgets.controls import ActionButton, LinkButton
from tests.ui.desks import CLOCK, on_a4, session_of, show_in_window
from tests.ui.test_pages import LINES, listing, nameless, twice
from tests.ui.walk.at_hand import ByHand

PASSPHRASE = "a lamp, a stair, a river"


@pytest.fixture
def read() -> Iterator[tuple[SignedRecord, list[SignedRecord], TakingOut]]:
    """A signed record with two amendments, and the way out for it."""
    session = session_of("esketamine-clinic")
    with Vault.in_memory(CLOCK, name="Clinician A") as vault:
        shelf = vault.shelf
        record = shelf.seal(shelf.begin(session.opening.to_json()), canonical(build(session)), {}, PASSPHRASE)
        for text in ("Letter read.", "Left arm, not right."):
            content = amendment(
                record.record, Addition("said later", text), at="2026-11-24T09:00", name="Clinician A", role="clinician"
            )
            shelf.amend(record.record, canonical(content), PASSPHRASE)
        jobs = ByHand()
        yield record, shelf.amendments(record.record), TakingOut(shelf, jobs)
        jobs.work_off()


@pytest.fixture
def page(qtbot: QtBot, read: tuple[SignedRecord, list[SignedRecord], TakingOut]) -> Iterator[RecordPage]:
    record, amendments, take_out = read
    shown = RecordPage(record, amendments, on_a4, take_out)
    window = show_in_window(qtbot, shown)
    qtbot.waitUntil(lambda: "Report, page 1" in names(shown), timeout=30_000)
    assert window.page is shown
    yield shown
    shown.close_jobs()


def names(page: RecordPage) -> str:
    return "\n".join(made.accessibleName() or made.text() for made in page.findChildren(QLabel))


def test_a_record_shows_its_amendments_oldest_first_above_its_pages(page: RecordPage) -> None:
    said = names(page)
    assert "2 amendments" in said
    places = [said.index(part) for part in ("Letter read.", "Left arm, not right.")]
    assert places == sorted(places)
    (card,) = page.findChildren(AmendmentsCard)
    first = next(made for made in page.findChildren(QLabel) if made.accessibleName().startswith("Report, page 1"))
    assert card.mapTo(page, card.rect().bottomLeft()).y() < first.mapTo(page, first.rect().topLeft()).y()
    assert (nameless(page), twice(page)) == ([], [])


def test_a_record_is_left_by_escape_and_copied_with_what_was_added(
    qtbot: QtBot, page: RecordPage, read: tuple[SignedRecord, list[SignedRecord], TakingOut]
) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.window(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "AMENDMENTS" not in QGuiApplication.clipboard().text()
    jobs = read[2].jobs
    assert isinstance(jobs, ByHand)
    jobs.work_off()
    assert "Left arm, not right." in QGuiApplication.clipboard().text().partition("AMENDMENTS")[2]
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page.window(), Qt.Key.Key_Escape)


def test_what_was_written_comes_back_and_nothing_is_signed_twice(qtbot: QtBot) -> None:
    page = AmendPage("SYN-0042", "Clinician A, clinician", Addition("why", "what"))
    window = show_in_window(qtbot, page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(page.sign) as signed:
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert signed.args == [Addition("why", "what"), PASSPHRASE]
    with qtbot.assertNotEmitted(page.sign), qtbot.assertNotEmitted(page.back):
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
        QTest.keyClick(page.passphrase, Qt.Key.Key_Escape)
    page.show_problem(PartIsSigned())
    assert page.notice.text.startswith("Not signed.")
    with qtbot.waitSignal(page.back) as left:
        QTest.keyClick(page.passphrase, Qt.Key.Key_Escape)
    assert left.args == [Addition("why", "what")]


def test_only_what_is_unfinished_can_be_discarded_and_each_link_names_its_screening(qtbot: QtBot) -> None:
    page = listing()
    window = show_in_window(qtbot, page)
    assert window.page is page
    links = [link for link in page.findChildren(LinkButton) if link.text() == "Discard…"]
    assert [link.accessibleName() for link in links] == [
        "Discard SYN-0042, Esketamine, clinic, begun 2026-11-23 10:21",
        "Discard SYN-0042, Esketamine, clinic, begun 2026-11-23 10:22",
    ]
    with qtbot.waitSignal(page.discard) as asked:
        links[1].click()
    assert asked.args == [LINES[1]]


def test_home_says_how_often_a_record_was_amended() -> None:
    assert [line.state for line in LINES if line.signed] == [
        "Part 2 signed 2026-11-23 10:32, 2 amendments",
        "Part 1 signed 2026-11-23 10:31, 1 amendment",
    ]
    assert [line.second_mark for line in LINES] == ["K 1974"] * 4


def test_a_screening_with_signed_parts_is_not_discarded(qtbot: QtBot) -> None:
    page = DiscardPage(LINES[0])
    window = show_in_window(qtbot, page)
    assert window.page is page
    said = [made.text() for made in page.findChildren(QLabel)]
    assert any("Parts were signed 2026-11-23 10:31, 2026-11-23 10:32." in text for text in said)
    assert [button.text() for button in page.findChildren(ActionButton)] == ["Back"]
