"""The audit log's page and its table, taking records out, and erasing: by real clicks and keys, over a real vault."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.exchange.fhir import reading as fhir
from screener.records import signed_file
from screener.records.browse import SignedRecord
from screener.records.record import build, canonical
from screener.store import archive
from screener.store.audit import AuditLine, AuditPage, Wanted
from screener.store.deed_words import sentence
from screener.store.roles import Right
from screener.store.signing import verify_record
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.adjusting import Unfinished
from screener.ui.erasing import Erasing
from screener.ui.jobs import Jobs
from screener.ui.logbook import Logbook
from screener.ui.progress import Progress
from screener.ui.reading import Reading
from screener.ui.screening.review.report import RecordPage
from screener.ui.shell.audit_table import COLUMNS, AuditModel, Role
from screener.ui.shell.erase_page import ErasedPage, ErasePage
from screener.ui.shell.export_page import ExportPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.log_page import ALL_BUT_ANSWERS, LogPage
from screener.ui.shell.save_page import SavePage
from screener.ui.shell.window import MainWindow
from tests.store.places import CHEAP, OPENING, answer
from tests.ui.desks import CLOCK, on_a4, session_of, shipped, show_in_window
from tests.ui.names import name_of
from tests.ui.test_pages import nameless, twice

PASSPHRASE = "three plain words"
SECOND = "a second plain phrase"


class Desk:
    """A vault with two references, one of them signed, and the rooms over it in a window."""

    def __init__(self, qtbot: QtBot, folder: Path, passphrase: str = PASSPHRASE) -> None:
        self._qtbot = qtbot
        self.vault = Vault.open(folder, passphrase, clock=FixedClock(CLOCK.moment + timedelta(hours=1)))
        self.jobs = Jobs("store")
        self.window: MainWindow = show_in_window(qtbot, HomePage("Clinician A"))
        self.logbook = Logbook(self.window, self.vault, self.jobs, CLOCK)
        self.erasing = Erasing(self.window, self.vault, self.jobs, bool)
        self.said: list[WorldError] = []
        self.reading = Reading(
            self.window, self.vault, self.jobs, CLOCK, Unfinished(), self.said.append, lambda _: shipped(), on_a4
        )
        self.logbook.erase.connect(self.erasing.open)
        self.erasing.closed.connect(self.logbook.open)

    def close(self) -> None:
        for page in self.window.findChildren(RecordPage):
            page.close_jobs()
        self.jobs.close()
        self.vault.close()
        self.window.close()

    def settled(self) -> None:
        self._qtbot.waitUntil(lambda: not self.jobs.busy)

    def page(self, kind: type) -> QWidget:
        self._qtbot.waitUntil(lambda: isinstance(self.window.page, kind) and not self.jobs.busy)
        return self.window.page

    def log(self) -> LogPage:
        self.logbook.open()
        page = self.page(LogPage)
        assert isinstance(page, LogPage)
        self._qtbot.waitUntil(lambda: page.model.rowCount() > 0)
        return page

    def record(self) -> tuple[SignedRecord, RecordPage]:
        found = self.vault.shelf.records("SYN-0042")[0].record
        self.reading.open(found)
        page = self.page(RecordPage)
        assert isinstance(page, RecordPage)
        self._qtbot.waitUntil(lambda: says(page, "Report, page 1 of"), timeout=30_000)
        return self.vault.shelf.record(found), page

    def deeds(self) -> list[AuditLine]:
        return list(self.vault.audit_page(Wanted(limit=50)).lines)


def says(page: QWidget, text: str) -> bool:
    shown = [made for made in page.findChildren(QLabel) if made.isVisibleTo(page)]
    return any(text in f"{made.text()} {made.accessibleName()}" for made in shown)


def press(page: QWidget, name: str) -> None:
    found = [
        button
        for button in page.findChildren(QAbstractButton)
        if button.isVisibleTo(page) and (button.accessibleName() or button.text()) == name
    ]
    assert len(found) == 1, f"{len(found)} buttons are called {name}"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def line_of(page: QWidget, name: str) -> QLineEdit:
    return next(line for line in page.findChildren(QLineEdit) if name_of(line) == name)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a vault, made once; every test works on a copy."""
    folder = tmp_path_factory.mktemp("kept") / "vault"
    session = session_of("esketamine-clinic")
    session.jot("It was Sentinelword the whole spring")
    vault, _ = Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, clock=CLOCK, cost=CHEAP)
    with vault:
        shelf = vault.shelf
        shelf.append(shelf.begin(OPENING), [answer(n) for n in range(3)], {})
        screening = shelf.begin(session.opening.to_json())
        shelf.append(screening, [answer(1)], {})
        shelf.seal(screening, canonical(build(session)), {}, PASSPHRASE)
        vault.people.add("Admin B", "administrator", SECOND, administers=True, cost=CHEAP)
        for _ in range(230):
            vault.unlock(PASSPHRASE)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(kept, tmp_path / "vault")
    return tmp_path / "vault"


@pytest.fixture
def desk(qtbot: QtBot, folder: Path) -> Iterator[Desk]:
    made = Desk(qtbot, folder)
    yield made
    made.close()


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_is_a_model_by_the_book(qtmodeltester: ModelTester) -> None:
    model = AuditModel()
    lines = tuple(AuditLine(n, "2026-11-23T09:00:00.000+00:00", "a1", "unlock", "", {}, "A") for n in range(9, 4, -1))
    check: Callable[[AuditModel], None] = qtmodeltester.check
    asked: list[int] = []
    model.wanted.connect(asked.append)
    check(model)
    model.begin(AuditPage(lines, 5))
    check(model)
    model.fetchMore()
    model.fetchMore()
    assert asked == [5]
    model.add(AuditPage(lines[:2], None))
    assert (model.rowCount(), model.columnCount(), model.ends) == (7, 4, True)
    assert not model.canFetchMore()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(4)] == list(COLUMNS)
    names = {bytes(name.data()).decode() for name in model.roleNames().values()}
    assert {"line", "when", "who", "what", "about"} <= names
    first = model.index(0, 0)
    assert model.data(first, Role.WHAT) == "Opened the records."
    assert model.data(first, Role.WHEN) == "2026-11-23 09:00:00"


def test_lines_come_latest_first_and_more_when_the_end_is_reached(qtbot: QtBot, desk: Desk) -> None:
    page = desk.log()
    assert page.model.rowCount() == 200
    assert says(page, "200 lines, latest first, more below")
    first = page.model.line(0)
    assert first is not None and first.number == desk.vault.audit_page(Wanted(limit=1)).lines[0].number
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.ends)
    numbers = [line.number for line in page.model.lines]
    assert numbers == list(range(numbers[0], 0, -1))
    assert (nameless(page), twice(page)) == ([], [])


def test_the_page_opens_at_once_and_nothing_keeps_its_thread_busy(qtbot: QtBot, desk: Desk) -> None:
    page = desk.log()
    begun = time.perf_counter()
    page.model.begin(AuditPage(page.model.lines, None))
    page.table.selectRow(150)
    assert time.perf_counter() - begun < 0.1


def test_the_chosen_line_stands_whole_below_and_leads_to_everything_about_its_screening(
    qtbot: QtBot, desk: Desk
) -> None:
    page = desk.log()
    page.words.setText("SYN-0042 signed")
    page.words.textEdited.emit("SYN-0042 signed")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    qtbot.waitUntil(lambda: says(page, "As it stands in the log: sign {"))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(page, "Everything about SYN-0042"))
    QTest.keyClick(page.words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.words, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert [line.deed for line in page.model.lines] == ["sign", "answer", "begin"]
    press(page, "Every screening again")
    qtbot.waitUntil(lambda: page.model.rowCount() == 200)


def test_lines_are_found_by_person_deed_and_day(qtbot: QtBot, desk: Desk) -> None:
    page = desk.log()

    def choose(box: QComboBox, value: str) -> None:
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())

    choose(page.kind, ALL_BUT_ANSWERS)
    qtbot.waitUntil(lambda: desk.jobs.busy is False)
    choose(page.kind, "account")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    press(page, "Show all lines")
    qtbot.waitUntil(lambda: page.model.rowCount() == 200)
    admin = next(page.person.itemData(n) for n in range(page.person.count()) if page.person.itemText(n) == "Admin B")
    choose(page.person, admin)
    qtbot.waitUntil(lambda: says(page, "Nothing found"))
    assert says(page, "0 lines")
    press(page, "Show all lines")
    qtbot.waitUntil(lambda: page.model.rowCount() == 200)
    page.since.setText("someday")
    QTest.keyClick(page.since, Qt.Key.Key_Return)
    assert says(page, "From day: “someday” is not read as a date.")
    page.since.setText("2026-11-24")
    QTest.keyClick(page.since, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page.since.setText("Nov 2026")
    QTest.keyClick(page.since, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 200)


def test_everything_is_checked_and_said_in_words(qtbot: QtBot, desk: Desk) -> None:
    page = desk.log()
    press(page, "Check everything")
    assert says(page, "Checking every row of both logs")
    qtbot.waitUntil(lambda: says(page, "Both logs are whole: "))
    assert says(page, "4 steps of the journal. 1 record or amendment is as signed.")


def test_the_first_bad_row_is_named_with_what_to_do(qtbot: QtBot, folder: Path) -> None:
    from tests.store.places import beside_the_program

    with beside_the_program(folder) as database:
        database.execute("UPDATE audit SET at = '2026-01-01T00:00:00+00:00' WHERE number = 7")
    desk = Desk(qtbot, folder)
    page = desk.log()
    press(page, "Check everything")
    qtbot.waitUntil(lambda: says(page, "Not as it was written: audit log, row 7: altered."))
    assert says(page, "copy it somewhere safe, and restore the latest backup")
    desk.close()


def test_lines_are_taken_out_with_references_only_when_that_is_ticked(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = desk.log()
    press(page, "Save as a table…")
    saving = desk.page(SavePage)
    assert isinstance(saving, SavePage)
    assert line_of(saving, "Save as").text().endswith("audit log 2026-11-23.csv")
    plain = tmp_path / "plain.csv"
    saving.path.setText(str(plain))
    QTest.keyClick(saving.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(saving, f"Written: {plain}"))
    rows = list(csv.reader(io.StringIO(plain.read_text("utf-8-sig"))))
    assert rows[0] == ["line", "when", "who", "deed", "what"]
    assert len(rows) - 1 == int(rows[1][0]) > 200
    assert rows[1][3:] == ["Audit log taken out", "Took lines of this log out into a file, without references."]
    assert "SYN-0042" not in plain.read_text("utf-8-sig")
    for _ in range(2):  # pressed again where it stands, nothing is written again unless that is asked for twice
        assert len([line for line in desk.deeds() if line.deed == "export log"]) == 1
        saving.path.setFocus()
        before = plain.stat().st_mtime_ns
        QTest.keyClick(saving.path, Qt.Key.Key_Return)
        asked = (
            f"{plain.name} is written, as it is asked for here. Write once more to replace it, or give another name."
        )
        assert says(saving, asked) and plain.stat().st_mtime_ns == before
        saving.path.setText(str(plain.with_suffix("")))
        saving.path.setText(str(plain))
    saving.tick.click()
    QTest.keyClick(saving.path, Qt.Key.Key_Return)
    assert says(saving, f"{plain.name} is there already."), "something else would be written there now"
    named = tmp_path / "named.csv"
    saving.path.setText(str(named))
    press(saving, "Write the file")
    qtbot.waitUntil(lambda: says(saving, f"Written: {named}"))
    assert "SYN-0042" in named.read_text("utf-8-sig")
    assert [line.details["references"] for line in desk.deeds() if line.deed == "export log"] == [True, False]
    press(saving, "Done")
    qtbot.waitUntil(lambda: desk.window.page is page)


def test_records_that_are_locked_while_lines_are_written_leave_no_half_file(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.log()
    press(page, "Save as a table…")
    saving = desk.page(SavePage)
    assert isinstance(saving, SavePage)
    under_way, go_on = threading.Event(), threading.Event()
    read = Vault.audit_page

    def slowly(vault: Vault, wanted: Wanted) -> AuditPage:
        under_way.set()
        assert go_on.wait(10)
        return read(vault, wanted)

    monkeypatch.setattr(Vault, "audit_page", slowly)
    saving.path.setText(str(tmp_path / "log.csv"))
    press(saving, "Write the file")
    assert under_way.wait(10)
    desk.logbook.end()
    desk.vault.close()
    go_on.set()
    desk.settled()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []


def test_an_administrator_sees_no_reference_and_is_offered_none(qtbot: QtBot, folder: Path) -> None:
    desk = Desk(qtbot, folder, SECOND)
    page = desk.log()
    page.kind.setCurrentIndex(page.kind.findData("begin"))
    page.kind.activated.emit(page.kind.currentIndex())
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert all(str(page.model.data(page.model.index(row, 3))).startswith("screening …") for row in range(2))
    press(page, "Save as a table…")
    saving = desk.page(SavePage)
    assert isinstance(saving, SavePage)
    assert not saving.tick.isVisibleTo(saving)
    desk.close()


@pytest.mark.parametrize("offered", [False, True])
def test_home_offers_the_log_to_whoever_may_read_it(qtbot: QtBot, offered: bool) -> None:
    page = HomePage("Trainer T, trainer", {Right.LOG} if offered else ())
    window = show_in_window(qtbot, page)
    assert window.page is page
    shown = [b for b in page.findChildren(QAbstractButton) if b.text() == "Audit log" and b.isVisible()]
    assert bool(shown) is offered
    if offered:
        with qtbot.waitSignal(page.audit_log):
            shown[0].click()


# --- records that are taken out ---------------------------------------------------------------------------------------


def asked_where(desk: Desk, page: RecordPage, way: str) -> SavePage:
    """The page that asks where a file goes, once this way out was chosen."""
    press(page, "Export…")
    choosing = desk.page(ExportPage)
    assert (nameless(choosing), twice(choosing)) == ([], [])
    press(choosing, way)
    saving = desk.page(SavePage)
    assert isinstance(saving, SavePage)
    return saving


@pytest.mark.parametrize(
    ("way", "ending", "kind"),
    [("Text for another system's note", ".txt", "text"), ("HTML for another system's note", ".html", "html")],
)
def test_a_report_is_written_for_another_system_s_note(
    qtbot: QtBot, desk: Desk, tmp_path: Path, way: str, ending: str, kind: str
) -> None:
    _, page = desk.record()
    saving = asked_where(desk, page, way)
    assert saving.path.text().endswith(f"SYN-0042 2026-11-23{ending}")
    saving.path.setText(str(tmp_path / f"note{ending}"))
    press(saving, "Write the file")
    qtbot.waitUntil(lambda: says(saving, "Written: "))
    text = (tmp_path / f"note{ending}").read_text("utf-8")
    assert "Sentinelword" in text and "The list says nothing about whether treatment takes place." in text
    assert text.startswith("<!DOCTYPE html>") is (ending == ".html")
    assert [line.details for line in desk.deeds() if line.deed == "export"] == [{"kind": kind}]


def test_a_signed_file_is_written_after_its_line_in_the_log_and_can_be_checked(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    record, page = desk.record()
    saving = asked_where(desk, page, "Signed file")
    assert saving.path.text().endswith("SYN-0042 2026-11-23.screener-record.json")
    assert (nameless(saving), twice(saving)) == ([], [])
    saving.path.setText(str(tmp_path / "new folder" / "record"))
    press(saving, "Write the file")
    file = tmp_path / "new folder" / "record.screener-record.json"
    qtbot.waitUntil(lambda: says(saving, f"Written: {file}"))
    assert verify_record(signed_file.of_path(file).record, record.signature.public_key).unchanged
    assert file.stat().st_mode & 0o077 == 0
    assert [line.details for line in desk.deeds() if line.deed == "export"] == [{"kind": "signed file"}]
    QTest.keyClick(saving, Qt.Key.Key_Escape)
    QTest.keyClick(desk.page(ExportPage), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.page is page)


def test_a_fhir_bundle_is_written_after_its_line_in_the_log_and_reads_back(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    record, page = desk.record()
    saving = asked_where(desk, page, "FHIR bundle (R4)")
    assert saving.path.text().endswith("SYN-0042 2026-11-23.fhir.json")
    assert (nameless(saving), twice(saving)) == ([], [])
    file = tmp_path / "bundle.json"
    saving.path.setText(str(file))
    QTest.keyClick(saving.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(saving, f"Written: {file}"), timeout=30_000)
    found = fhir.read(file.read_bytes(), shipped(), file.name)
    assert (found.record, found.reference) == (record.record, "SYN-0042")
    assert [line.details for line in desk.deeds() if line.deed == "export"] == [{"kind": "fhir"}]
    assert sentence(desk.deeds()[0]) == "Took a signed record out as a FHIR bundle."
    QTest.keyClick(saving, Qt.Key.Key_Escape)
    choosing = desk.page(ExportPage)
    QTest.keyClick(choosing, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.page is page)


def test_a_redacted_copy_names_nobody_in_its_name_and_none_inside(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    _, page = desk.record()
    saving = asked_where(desk, page, "Redacted copy")
    assert isinstance(saving, SavePage)
    assert Path(saving.path.text()).name == "redacted screening.json"
    file = tmp_path / "copy.json"
    saving.path.setText(str(file))
    QTest.keyClick(saving.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(saving, f"Written: {file}"))
    text = file.read_text("utf-8")
    assert json.loads(text)["format"] == "screener-redacted/1"
    assert not any(word in text for word in ("SYN-0042", "K 1974", "Clinician A", "Sentinelword", "2026-11-23"))
    assert [line.details for line in desk.deeds() if line.deed == "export"] == [{"kind": "redacted"}]


def test_a_pdf_and_chart_text_of_a_signed_record_leave_lines_too(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    _, page = desk.record()
    line_of(page, "Save the document as").setText(str(tmp_path / "report.pdf"))
    press(page, "Save PDF")
    qtbot.waitUntil(lambda: says(page, f"Saved {tmp_path / 'report.pdf'}"))
    QGuiApplication.clipboard().clear()
    QTest.keyClick(page.window(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Sentinelword" in QGuiApplication.clipboard().text())
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<h1>Screening report</h1>" in html and "Sentinelword" in html
    kinds = [line.details["kind"] for line in desk.deeds() if line.deed == "export"]
    assert kinds == ["chart text", "pdf"]
    assert says(page, "Copied as chart text")


def test_printing_a_signed_record_leaves_a_line_before_a_page_is_handed_over(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def into_a_file(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", into_a_file)
    _, page = desk.record()
    qtbot.waitUntil(lambda: says(page, "Report, page 1 of"))
    QTest.keyClick(page.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: says(page, "Handed to the printer"), timeout=90_000)
    assert [line.details["kind"] for line in desk.deeds() if line.deed == "export"] == ["paper"]
    assert (
        sentence(next(line for line in desk.deeds() if line.deed == "export"))
        == "Took a signed record out as paper, printed."
    )
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "nothing can be written there")]
)
def test_what_cannot_be_written_is_said_and_nothing_of_it_is_left(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    put = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target.suffix == ".json":
            raise OSError(number, os.strerror(number))
        return put(path, target)

    _, page = desk.record()
    saving = asked_where(desk, page, "Signed file")
    assert isinstance(saving, SavePage)
    there = tmp_path / "there.screener-record.json"
    there.write_text("another")
    saving.path.setText(str(there))
    press(saving, "Write the file")
    assert says(saving, "is there already")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        press(saving, "Write the file")
        qtbot.waitUntil(lambda: says(saving, f"{there} was not written: {said}."))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir() if file.is_file()] == [(there.name, "another")]
    assert desk.deeds()[0].deed == "export"
    press(saving, "Write the file")
    qtbot.waitUntil(lambda: says(saving, f"Written: {there}"))


def test_an_account_that_may_not_take_records_out_is_not_offered_it(qtbot: QtBot, desk: Desk) -> None:
    record = desk.vault.shelf.record(desk.vault.shelf.records("SYN-0042")[0].record)
    page = RecordPage(record, (), on_a4)
    window = show_in_window(qtbot, page)
    assert window.page is page
    qtbot.waitUntil(lambda: says(page, "Report, page 1 of"), timeout=30_000)
    shown = [b.text() for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page)]
    assert not {"Export…", "Save PDF", "Choose…"} & set(shown)
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(page.window(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "before"
    page.close_jobs()


# --- erasing ----------------------------------------------------------------------------------------------------------


def test_what_is_kept_under_a_reference_is_counted_erased_and_gone_from_older_backups(
    qtbot: QtBot, folder: Path
) -> None:
    desk = Desk(qtbot, folder, SECOND)
    old = desk.vault.backups.make(folder / "backups").path
    replaced = folder / "replaced-2026-11-20-090000"
    replaced.mkdir()
    page = desk.log()
    press(page, "Erase what is kept under a reference…")
    asking = desk.page(ErasePage)
    assert isinstance(asking, ErasePage)
    assert (nameless(asking), twice(asking)) == ([], [])

    def look(reference: str, said: str) -> None:
        asking.reference.setText(reference)
        asking.reference.textEdited.emit(reference)
        QTest.keyClick(asking.reference, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: says(asking, said))

    look("", "Write the reference.")
    look("syn-0042", "Nothing is kept under syn-0042.")
    look("K-17", "Kept under K-17: 1 unfinished screening.")
    look("SYN-0042", "Kept under SYN-0042: 1 signed record.")
    asking.again.setText("K-17")
    QTest.keyClick(asking.again, Qt.Key.Key_Return)
    assert says(asking, "This is not the reference above. Nothing was erased.")
    asking.again.setText("SYN-0042")
    press(asking, "Erase")
    erased = desk.page(ErasedPage)
    assert says(erased, "1 signed record: the words are gone, hashes and signatures stay.")
    assert says(erased, f"were moved and not removed, and may still hold it: {replaced}.")
    assert says(erased, "still holds it until it is removed") and not says(erased, "SYN-0042")
    press(erased, "Make a fresh backup and remove the older ones")
    qtbot.waitUntil(lambda: says(erased, "1 older backup was removed."), timeout=20_000)
    assert not old.exists()
    assert [line.path.suffix for line in desk.vault.backups.kept(old.parent)] == [".screener-backup"]
    assert {line.deed for line in desk.deeds()} >= {"erase", "backup", "backups removed"}
    press(erased, "Done")
    again = desk.page(LogPage)
    assert isinstance(again, LogPage)
    desk.close()


def test_records_that_are_locked_while_a_fresh_backup_is_made_wait_for_none_of_it(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, folder, SECOND)
    old = desk.vault.backups.make(folder / "backups").path
    page = ErasedPage("1 signed record", old.parent, ["2026-11-23T10:00:00+00:00"])
    under_way, go_on, write = threading.Event(), threading.Event(), archive.write

    def slowly(*given: Any) -> Any:
        under_way.set()
        assert go_on.wait(10)
        return write(*given)

    monkeypatch.setattr(archive, "write", slowly)
    page.fresh.connect(lambda: desk.erasing._make_fresh(page))
    desk.window.show_page(page)
    press(page, "Make a fresh backup and remove the older ones")
    assert under_way.wait(10)
    desk.erasing.end()
    go_on.set()
    desk.settled()
    assert [file.name for file in old.parent.iterdir()] == [old.name]
    assert "left undone" in page.notice.text
    desk.close()


def test_how_far_a_fresh_backup_is_is_told_however_large_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    page = ErasedPage("1 signed record", tmp_path, ["2026-11-23T10:00:00+00:00"])
    window = show_in_window(qtbot, page)
    assert window.page is page
    progress = Progress(page)
    progress.moved.connect(page.show_progress)
    progress.hear(3_000_000_000, 6_000_000_000)
    assert says(page, "Making the backup: 50 %.")


def test_another_reference_than_the_one_that_was_looked_at_is_not_erased(qtbot: QtBot) -> None:
    page = ErasePage()
    window = show_in_window(qtbot, page)
    assert window.page is page
    page.reference.setText("K-17")
    page.show_kept("K-17", 1, 0)
    page.again.setText("K-17")
    QTest.keyClicks(page.reference, "8")
    with qtbot.assertNotEmitted(page.erase):
        page._go()
    assert page.again.text() == ""


def test_of_many_backups_the_oldest_and_the_latest_are_named(qtbot: QtBot, tmp_path: Path) -> None:
    page = ErasedPage("1 signed record", tmp_path, ["2026-11-23T10:00:00+00:00", "2026-11-01T09:00:00+00:00"])
    window = show_in_window(qtbot, page)
    assert window.page is page
    assert says(page, "2 backups in")
    assert says(page, "the oldest was made 2026-11-01 09:00, the latest 2026-11-23 10:00.")
    page.show_problem(WorldError("The disk is full.", "Make room."))
    assert page.notice.text == "The disk is full. Make room."
