"""How often it would be listed: a table is chosen once, counted beside the window, and stands at every rule."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.library import read_library
from screener.records.cohort import asking, cohort
from screener.ui.browsing import Browsing
from screener.ui.content import OpenContent
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.burden_table import BurdenTable, Column
from screener.ui.packs.in_table import INSIDE, PACK, SHIPPED, limit
from screener.ui.packs.share_bar import ShareBar
from screener.ui.packs.table_page import TablePage
from screener.ui.packs.table_results import Results
from screener.ui.shell.save_page import SavePage
from screener.ui.shell.window import MainWindow
from tests.cohort.small_table import MAP, write_small
from tests.cohort.test_asking import RULES
from tests.forms.writing import write_pack
from tests.ui.desks import CLOCK
from tests.ui.test_packs import PATIENCE_MS
from tests.ui.test_pages import nameless, twice
from tests.ui.walk.browsing import AtHand

FASTER = (RULES, "above: 100, unit: /min", "above: 90, unit: /min")


class Author:
    """The browser over a small pack on disk, its real threads behind it, and somebody at it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.root = write_pack(folder)
        self.content = AtHand(self._opened(self.root))
        self.window = MainWindow(QSettings())
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.browsing = Browsing(self.window, self.content, CLOCK)  # type: ignore[arg-type]
        self.browsing.open(lambda: None)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        page = self.window.page
        assert isinstance(page, BrowserPage)
        self.page = page
        qtbot.waitUntil(lambda: self.page.library is not None, timeout=PATIENCE_MS)
        self.page.tabs.button_of("table").click()

    @staticmethod
    def _opened(root: Path) -> OpenContent:
        pack = read_library(root).pack
        assert pack is not None
        return OpenContent(pack, root, "chosen", None, (), "10:22")

    @property
    def table(self) -> TablePage:
        return self.page.side.table

    @property
    def results(self) -> Results:
        assert self.table.results is not None
        return self.table.results

    def types(self, name: str, text: str) -> None:
        line = next(one for one in self.table.findChildren(QLineEdit) if one.accessibleName() == name)
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, text)

    def presses(self, name: str, inside: QWidget | None = None) -> None:
        QTest.qWait(0)
        for made in (inside or self.table).findChildren(QAbstractButton):
            if made.isVisibleTo(inside or self.table) and (made.accessibleName() or made.text()).startswith(name):
                self.table.ensureWidgetVisible(made)
                QTest.qWait(0)
                QTest.mouseClick(made, Qt.MouseButton.LeftButton)
                return
        raise AssertionError(f"no button is called {name}")

    def loads(self, table: Path, mapping: Path | None) -> Author:
        self.types("Table", str(table))
        self.types("Map", str(mapping or ""))
        QTest.keyClick(self.table.choice.map, Qt.Key.Key_Return)
        return self.comes_through()

    def comes_through(self) -> Author:
        self.qtbot.waitUntil(lambda: not self.browsing._cohorts.state.working, timeout=PATIENCE_MS)
        QTest.qWait(0)
        return self

    def opens(self, rule: str) -> QWidget:
        self.page.go_to("rule", rule)
        side = self.page.side
        self.qtbot.waitUntil(lambda: side.rule.how_often is not None and side.rule.whole, timeout=PATIENCE_MS)
        card = self.page.side.rule.how_often
        assert card is not None
        return card

    def ends(self) -> None:
        self.browsing._logic._jobs.close()
        self.browsing._cohorts._jobs.close()
        self.browsing.end()


def says(inside: QWidget) -> str:
    said = "\n".join(made.text() for made in inside.findChildren(QLabel) if made.isVisibleTo(inside))
    return said.replace("\u00a0", " ")


@pytest.fixture
def author(qtbot: QtBot, tmp_path: Path) -> Iterator[Author]:
    made = Author(qtbot, tmp_path)
    yield made
    made.ends()


def test_a_table_and_its_map_are_typed_and_every_rule_says_how_often(author: Author, tmp_path: Path) -> None:
    assert "A table has a row for each record" in says(author.table)
    assert "No table is loaded" in says(author.opens("heart.fast"))
    author.presses("How often it would be listed: Choose a table…", author.page.side.rule)
    author.loads(*write_small(tmp_path))
    said = says(author.table)
    for words in ("What was counted", "visits.csv", "240", "4 of 4 rules that were run", "Numbers below 5 are hidden"):
        assert words in said, words
    assert "Row 5, column rate · heart.rate · not asked" in said
    rule = author.browsing._cohorts.state.counted.rule("heart.fast")  # type: ignore[union-attr]
    assert rule is not None
    card = author.opens("heart.fast")
    (bar,) = card.findChildren(ShareBar)
    listed = f"Listed: {rule.counts[2]} ("
    assert listed in says(card) and listed in bar.accessibleName()
    assert "Table visits.csv, 240 records · A spray · content small 1" in says(card)
    assert "By site" in says(card) and "north (80)" in says(card)
    assert "Listed by level, each record at the highest that holds" in says(card)
    low, high = rule.levels
    assert low is not None and high is not None and low + high == rule.counts[2]
    for words in ("Above 100", f"{low} (", "Above 130, for review", f"{high} ("):
        assert words in says(card), says(card)


def test_nothing_of_it_has_no_name_or_one_name_twice(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    author.presses("Compare with…")
    assert nameless(author.page) == []
    assert twice(author.table) == []


def test_rules_are_sorted_narrowed_and_opened_by_keys(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    table = author.results.table
    QAbstractItemModelTester(table._all, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sorting = author.results._sorting
    sorting.setFocus()
    while "Listed" not in sorting.currentText():
        QTest.keyClick(sorting, Qt.Key.Key_Down)
    figures = [table.row_at(place).figures[0] for place in range(table.left)]
    assert figures == sorted(figures, key=lambda one: -0.5 if one is None else -one)
    author.page.lists.focus_filter()
    QTest.keyClicks(author.page.lists.filter, "bleeding six")
    assert table.left == 0
    author.page.lists.filter.clear()
    QTest.keyClicks(author.page.lists.filter, "fast")
    assert table.left == 1
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert author.page.lists.name == "heart.fast" and author.page.side.leads_back
    assert author.page.side.back.text() == "Back to the table"


def test_a_press_on_a_head_sorts_and_the_list_says_so(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    heads = author.results.table.horizontalHeader()
    author.table.ensureWidgetVisible(author.results.table)
    at = heads.sectionViewportPosition(Column.OPEN) + 10
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
    assert author.results._sorting.currentText() == "Sort: Not established"


def test_a_cell_is_heard_with_its_head_and_a_bar_with_its_figures(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    model = author.results.table.model()
    heard = [
        str(model.index(0, column, QModelIndex()).data(Qt.ItemDataRole.AccessibleTextRole))
        for column in range(model.columnCount())
    ]
    assert heard[0].startswith("Rule: ") and heard[Column.LISTED].startswith("Listed: ")
    assert heard[Column.BAR].startswith("Shares: Listed ") and "Not established" in heard[Column.BAR]
    assert QAccessible.queryAccessibleInterface(author.results.table) is not None


def test_a_group_has_its_own_figures_and_another_column_parts_them(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    whole = author.results.table.row_at(0).texts
    author.results._group_chosen(author.results._groups_list, 1)
    assert author.results.table.row_at(0).texts != whole
    author.table.part_by.emit("rate")
    author.comes_through()
    assert "more than 30 different values" in says(author.table)
    assert "What was counted" in says(author.table), "what was shown before stays"
    author.table.part_by.emit("bled")
    author.comes_through()
    assert "By bled" in says(author.opens("heart.fast"))


def test_two_limits_are_compared_from_the_rule_and_from_the_table(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    card = author.opens("heart.recent")
    author.presses("Compare with…", card)
    author.presses("Compare with Pressure: 180/100", card)
    author.comes_through()
    card = author.opens("heart.recent")
    assert "Compared with Pressure: 180/100. Under it: Listed newly: 0. No longer listed: " in says(card)
    assert author.browsing._cohorts.state.beside == limit("pressure", "high")
    author.page.tabs.button_of("table").click()
    assert "1 rule comes to another outcome in some record." in says(author.table)
    author.results._kinds.choose("changed")
    assert author.results.table.left == 1
    author.presses("Compare no more")
    author.comes_through()
    assert "Compared with" not in says(author.table)


def test_another_pack_is_compared_by_its_folder(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_pack(tmp_path / "other", FASTER)
    author.loads(*write_small(tmp_path))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(other)))
    author.presses("Compare with…")
    author.presses("Compare with another pack, by its folder")
    author.comes_through()
    assert "Compared with the pack in small; the changes are those under it." in says(author.table)
    assert "1 rule comes to another outcome in some record." in says(author.table)
    (other / "pack.yaml").write_text("id: [", "utf-8")
    author.presses("Count the records")
    author.comes_through()
    assert "cannot be used. Choose another folder" in says(author.table)


def test_a_table_that_another_pack_cannot_read_stays_as_it_was_counted(author: Author, tmp_path: Path) -> None:
    other = write_pack(tmp_path / "other")
    for file in (other / RULES, other / RULES.replace("rules", "questions")):
        file.write_text(file.read_text("utf-8").replace("heart.rate", "heart.speed"), "utf-8")
    author.loads(*write_small(tmp_path))
    author.table.compare.emit(PACK, other)
    author.comes_through()
    assert "heart.rate" in author.table._problem.text
    assert "What was counted" in says(author.table)


def test_the_keyboard_goes_to_the_way_to_stop_and_back(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    true_count = cohort.count
    monkeypatch.setattr(asking, "count", lambda *args: (gate.wait(20), true_count(*args))[1])
    author.types("Table", str(write_small(tmp_path)[0]))
    author.types("Map", str(tmp_path / "visits.map.yaml"))
    author.table.choice.run.setFocus()
    QTest.keyClick(author.table.choice.run, Qt.Key.Key_Space)
    assert author.table._stop.hasFocus()
    gate.set()
    author.comes_through()
    assert author.table.choice.run.hasFocus()


def test_rules_that_were_read_again_are_counted_anew_and_held_against_those_before(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    author.loads(*write_small(tmp_path))
    shipped = author.content.open.pack
    monkeypatch.setattr("screener.ui.cohorts._pack_in", lambda _: shipped)
    author.table.compare.emit(SHIPPED, None)
    author.comes_through()
    assert "No record comes to another outcome" in says(author.table)
    before = author.browsing._cohorts.state.counted
    write_pack(tmp_path, FASTER)
    author.content.open = replace(author._opened(author.root), read_at="10:23")
    author.browsing.show_content()
    author.qtbot.waitUntil(lambda: author.browsing._cohorts.state.counted not in (None, before), timeout=PATIENCE_MS)
    author.comes_through()
    assert "Compared with the shipped content" in says(author.table)
    assert "1 rule comes to another outcome in some record." in says(author.table)


def test_findings_of_the_map_stand_with_their_line(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path, map_text=MAP.replace("column: rate", "column: pulse")))
    assert author.table.results is None
    assert "visits.map.yaml:9" in says(author.table) and "pulse" in says(author.table)
    assert "could not be counted" in says(author.opens("heart.fast"))


def test_what_cannot_be_read_is_said_with_what_to_do_next(author: Author, tmp_path: Path) -> None:
    table, mapping = write_small(tmp_path)
    author.presses("Count the records")
    assert "Choose the table first" in says(author.table)
    author.types("Table", str(table))
    author.presses("Count the records")
    assert "A table needs its map" in says(author.table)
    author.loads(tmp_path / "nowhere.csv", mapping)
    assert "nowhere.csv" in author.table._problem.text


def test_few_records_show_no_number(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path, many=4))
    assert "fewer than 5 records: no number of them is shown" in says(author.table)
    assert "fewer than 5 records" in says(author.opens("heart.fast"))


def test_it_is_stopped_and_nothing_of_it_stays(author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, begun = threading.Event(), threading.Event()
    true_count = cohort.count

    def slow(*args: object) -> object:
        begun.set()
        gate.wait(20)
        return true_count(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(asking, "count", slow)
    author.types("Table", str(write_small(tmp_path)[0]))
    author.types("Map", str(tmp_path / "visits.map.yaml"))
    author.presses("Count the records")
    author.qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    assert "Reading the records of visits.csv" in says(author.table)
    author.presses("Stop")
    gate.set()
    assert "Stopped. Nothing of it was kept." in says(author.table)
    author.qtbot.waitUntil(lambda: not author.browsing._cohorts._jobs.busy, timeout=PATIENCE_MS)
    assert author.browsing._cohorts.state.counted is None and author.table.results is None


def test_a_starting_map_is_written_and_never_over_another(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, mapping = write_small(tmp_path)
    fresh = tmp_path / "fresh.yaml"
    author.types("Table", str(table))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(fresh)))
    author.presses("Write a starting map…")
    author.comes_through()
    assert fresh.read_text("utf-8").startswith("# A starting map for visits.csv")
    assert author.table.choice.map.text() == str(fresh)
    assert "look through it, then count" in says(author.table)
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(mapping)))
    author.presses("Write a starting map…")
    author.comes_through()
    assert "a map is never written over" in says(author.table)
    assert mapping.read_text("utf-8") == MAP


def test_choosing_a_table_takes_the_map_beside_it(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, mapping = write_small(tmp_path)
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(table)))
    author.presses("Choose a table…")
    assert author.table.choice.map.text() == str(mapping)


@pytest.mark.parametrize(
    ("button", "ending"), [("Report as PDF…", "pdf"), ("Report as HTML…", "html"), ("Outcomes as CSV…", "csv")]
)
def test_counts_are_taken_out(author: Author, tmp_path: Path, button: str, ending: str) -> None:
    author.loads(*write_small(tmp_path))
    author.presses(button)
    page = author.window.page
    assert isinstance(page, SavePage)
    out = tmp_path / "out" / f"counts.{ending}"
    out.parent.mkdir()
    page.path.setText(str(out))
    author.presses("Write the file", page)
    author.qtbot.waitUntil(lambda: "Written" in page.done.text, timeout=PATIENCE_MS)
    assert out.stat().st_size > 500
    assert sorted(path.name for path in out.parent.iterdir()) == (
        ["counts.csv", "counts.findings.csv"] if ending == "csv" else [out.name]
    )


def test_the_table_is_remembered_from_one_opening_to_the_next_and_put_away(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    author.browsing.open(lambda: None)
    page = author.window.page
    assert isinstance(page, BrowserPage)
    author.page = page
    author.qtbot.waitUntil(lambda: author.table.results is not None, timeout=PATIENCE_MS)
    page.tabs.button_of("table").click()
    assert author.table.choice.table.text().endswith("visits.csv")
    author.presses("Put the table away")
    assert author.table.results is None and author.table.choice.table.text() == ""
    assert author.browsing._cohorts.state.table is None


def test_inside_a_screening_no_table_is_looked_at(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    author.browsing.open_inside(author.content.open.pack, author.window.show_page, lambda: None, "heart.fast")
    page = author.window.page
    assert isinstance(page, BrowserPage)
    author.page = page
    card = author.opens("heart.fast")
    assert INSIDE in says(card) and "Listed:" not in says(card)


def test_nothing_of_the_table_stands_in_the_title_of_the_window(author: Author, tmp_path: Path) -> None:
    author.loads(*write_small(tmp_path))
    assert "visits" not in author.window.windowTitle()
    assert "visits" not in author.window.news.text
    assert isinstance(author.results.table, BurdenTable)
