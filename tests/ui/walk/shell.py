"""The pages around a screening, each as it opens and as it answers to what is pressed and typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)

from screener.forms.changes import Difference
from screener.forms.findings import Code, Finding, Place
from screener.records.browse import DraftLine, Listing
from screener.records.paging import Found, waited_for
from screener.records.record import standing_line
from screener.store.failures import WrongPassphrase
from screener.text import problem_words
from screener.ui.choices import ClinicChoices
from screener.ui.content import OpenContent
from screener.ui.shell import printing
from screener.ui.shell.discard import DISCARDED, DiscardPage, PartIsSigned
from screener.ui.shell.findings import StartFindingsPage
from screener.ui.shell.form_page import FormPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.new_screening import NewScreeningPage
from screener.ui.shell.pathway_choice import PathwayRow
from screener.ui.shell.screening_row import Row
from screener.ui.shell.screening_table import lines_of
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.window import MainWindow
from screener.ui.widgets.gallery import Gallery
from tests.languages.pseudo import english
from tests.ui.desks import CLOCK, DISK_FULL, opened, shipped
from tests.ui.test_pages import DRAFTS, OPENING, RECORDS, SHELL_PAGES
from tests.ui.walk.log import walk_log
from tests.ui.walk.reader import Reader, in_sight
from tests.ui.walk.screening import forget

LEAVES = ("Back", "Choose…", "Choose a folder…", "Choose a file…")
"""Buttons that leave the page or open a dialog of the system."""


def walk_shell(reader: Reader) -> None:
    """Read every page around a screening. What it would print is read, and no printer is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "print_lines", partial(_not_printed, reader))
        _pages(reader)
    _new_screening(reader)
    _home(reader)
    walk_log(reader)
    _window(reader)


def _pages(reader: Reader) -> None:
    for name, make in {**SHELL_PAGES, **MORE_PAGES}.items():
        page = make()
        reader.read(name, "as it opens", page)
        for state in _worked(page):
            reader.read(name, state, page)
        page.deleteLater()
        forget()


def _not_printed(reader: Reader, _: QWidget, title: str, lines: Sequence[str]) -> bool:
    reader.note("printing", title, [title, *printing.set_lines(title, lines).toPlainText().splitlines()])
    return False


def _worked(page: QWidget) -> Iterator[str]:
    """The states of a page: filled line by line, other buttons pressed, filled where that opened more, a problem."""
    yield from _filled(page, "at first", lambda button: button.property("look") == "primary")
    for button in _buttons(page):
        if english(button.text()) not in LEAVES and button.isEnabled() and button.isVisibleTo(page):
            button.click()
            yield f"after {button.text() or button.accessibleName()}"
    yield from _filled(
        page, "further on", lambda button: not button.isCheckable() and english(button.text()) not in LEAVES
    )
    show_problem = getattr(page, "show_problem", None)
    if callable(show_problem) and any(button.property("look") == "primary" for button in _buttons(page)):
        show_problem(DISK_FULL)
        yield "a problem"


def _filled(page: QWidget, when: str, pressed: Callable[[QAbstractButton], bool]) -> Iterator[str]:
    """Buttons pressed, with one empty line more filled each time."""
    lines = _lines(page)
    for filled in range(len(lines) + 1):
        for button in _buttons(page):
            if pressed(button) and button.isEnabled() and button.isVisibleTo(page):
                button.click()
        yield f"{when}, pressed with {filled} lines filled"
        if filled < len(lines):
            _fill(lines[filled], "a lamp, a stair, a river")


def _lines(page: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    return [w for w in in_sight(page) if isinstance(w, QLineEdit | QPlainTextEdit) and w.isEnabled() and not _text(w)]


def _text(line: QLineEdit | QPlainTextEdit) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def _fill(line: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(line, QPlainTextEdit):
        line.setPlainText(text)
    else:
        line.setText(text)
        line.textEdited.emit(text)


def _buttons(page: QWidget) -> list[QAbstractButton]:
    """But for radio buttons, and for arrows inside lines, whose menus are told in the lines' descriptions."""
    return [
        w for w in in_sight(page) if isinstance(w, QAbstractButton) and not isinstance(w, QRadioButton | QToolButton)
    ]


# Pages in states of their own


NOTHING_CHANGED = Difference(extends="intake", drafts=False, added=(), replaced=(), off=())


def _finding() -> Finding:
    return Finding(Code.UNKNOWN_QUESTION, Place("rules.yaml", 12), "there is no question “bp.x”", "did you mean bp.y?")


def _settings_of(content: OpenContent) -> SettingsPage:
    return SettingsPage(content, ClinicChoices({}, "", ""), "system", 1.0)


def _not_read() -> FormPage:
    page = FormPage("The content cannot be read", problem_words(DISK_FULL))
    page.finish()
    return page


def _settings() -> SettingsPage:
    chosen = {name: parameter.options[-1].id for name, parameter in shipped().parameters.items()}
    return SettingsPage(opened(), ClinicChoices(chosen, "Night line 555 0100", "us-label"), "dark", 1.25)


def _unlocking_again() -> QWidget:
    page = SHELL_PAGES["unlocking"]()
    page.show_problem(WrongPassphrase(30))  # type: ignore[attr-defined]
    return page


def _part_was_signed() -> QWidget:
    page = SHELL_PAGES["discarding"]()
    page.show_problem(PartIsSigned())  # type: ignore[attr-defined]
    return page


MORE_PAGES: Mapping[str, Callable[[], QWidget]] = {
    "content not read": _not_read,
    "settings, all chosen": _settings,
    "settings, named for this start": lambda: _settings_of(replace(opened(), origin="given", read_at="10:23")),
    "settings, a pack that changes nothing": lambda: _settings_of(replace(opened(), difference=NOTHING_CHANGED)),
    "findings, more than are shown": lambda: StartFindingsPage(
        Path("northside"), [_finding()] * 60, "", is_shipped=True
    ),
    "unlocking after a wrong passphrase": _unlocking_again,
    "discarding, part signed meanwhile": _part_was_signed,
    "not discarding, one part signed": lambda: DiscardPage(lines_of(DRAFTS, RECORDS[-1:])[0]),
    "gallery": Gallery,
}


def _new_screening(reader: Reader) -> None:
    """Every pathway with all that it offers, and what is said of references and ages."""
    known = {"SYN-0042": "K 1974", "SYN-0043": "B 1988", "AB-17": ""}
    page = NewScreeningPage(shipped(), CLOCK.now().date(), "", "clinician", known)
    for field, typed in _DOUBTFUL:
        _fill(getattr(page, field), typed)
        _press(page, "Begin")
        reader.read("new screening", f"{field}: {typed}", page)
    for row in page.findChildren(PathwayRow):
        row.click()
        name = f"new screening: {row.pathway.id}"
        reader.read(name, "chosen", page)
        _press(page, "Begin")
        reader.read(name, "pressed", page)
        for button in _buttons(page):
            offered = button.isCheckable() and not isinstance(button, PathwayRow)
            if offered or english(button.text()).endswith(" more facts"):
                button.click()
                reader.read(name, f"after {button.text() or button.accessibleName()}", page)
        forget()
    page.deleteLater()
    forget()


_DOUBTFUL = (
    ("reference", ""),
    ("reference", "Anna Example"),
    ("reference", "123-45-6789"),
    ("reference", "SYN-0024"),
    ("reference", "SYN-0041"),
    ("reference", "AB-17"),
    ("visit", "someday"),
    ("visit", "3/4/2026"),
    ("visit", "yesterday"),
    ("visit", "2026-11-23"),
    ("age", "old"),
    ("age", "1974"),
    ("age", "52"),
)


def _press(page: QWidget, text: str) -> None:
    next(button for button in page.findChildren(QAbstractButton) if english(button.text()) == text).click()


def _home(reader: Reader) -> None:
    page = HomePage("Clinician A, clinician")
    page.rail.show_pack(opened())
    page.found.show_text(DISCARDED.format(begun="2026-11-23 10:21"))
    drafts = tuple(_drafts())
    page.show_found(Found("", drafts, tuple(RECORDS), 1, 1, 120, 99_000))
    page.show_waiting(tuple(waited_for(Listing(drafts=drafts))))
    page.rail.show_of_today(3)
    reader.read("home with screenings", "in every state", page)
    row = page.findChildren(Row)[0]
    QApplication.sendEvent(row, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    for menu in row.findChildren(QMenu):
        texts = [menu.accessibleName(), *(action.text() for action in menu.actions())]
        reader.note("home with screenings", "menu of a row", texts)
        menu.close()
    for found in (
        Found("", drafts, (), None, 1, 2, 99_000),
        Found("", drafts, tuple(RECORDS), None, None, 2, 1),
        Found("kap", drafts, tuple(RECORDS), None, 1),
        Found("nobody"),
    ):
        page.show_found(found)
        reader.read("home with screenings", f"found: {found.said or 'nothing'}", page)
    page.ask_for_records()
    reader.read("home with screenings", "records of nobody asked for", page)
    page.remind_of_the_sheet()
    page._say_late()
    reader.read("home with screenings", "looking through the records", page)
    page.deleteLater()
    forget()


def _drafts() -> list[DraftLine]:
    waiting = dict.fromkeys(("time-critical", "review", "note", "check", "open"), 2)
    asked: Mapping[str, Any] = {"what": "ECG", "from": "her cardiologist", "until": "Thu 26 Nov"}
    states = ("in progress", "in review", "paused", "part signed")
    digest = {"pathway": "KAP", "waiting": waiting, "answered": 3, "shown": 90, "waiting_for": [asked]}
    made = [
        DraftLine(f"state-{n}", OPENING | {"begun_at": "2026-11-23T09:00:00+00:00"}, digest | {"state": state}, n, "")
        for n, state in enumerate(states)
    ]
    return [*DRAFTS, *made]


def _window(reader: Reader) -> None:
    window = MainWindow(QSettings())
    reader.read("window", "before the content is read", window)
    window.say_standing(standing_line(shipped()))
    window.news.tell("1 finding in the folder: the last good pack stays in use.", "Show findings", attention=True)
    reader.read("window", "with its standing line and news", window)
    window.deleteLater()
    forget()
