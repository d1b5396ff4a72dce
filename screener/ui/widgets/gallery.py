"""A page of every base widget, to look at: python -m screener.ui.widgets.gallery --scheme dark --out FILE.png"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import get_args

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from screener.ui.style.theme import Choice, Theme, scaled
from screener.ui.widgets.controls import (
    ActionButton,
    ElidedLabel,
    KeyCap,
    LinkButton,
    MultiChoice,
    Segmented,
    WrapLabel,
    chip,
    heading,
    label,
)
from screener.ui.widgets.layout import (
    Banner,
    Card,
    EmptyState,
    FlowLayout,
    Notice,
    ScrollPage,
    StripedBanner,
    hairline,
    plain,
)
from screener.ui.widgets.marks import MARKS, Mark, MarkCounts, ProgressRing, ThinBar

# A window that has just been shown has no focus yet.
_SETTLED_MS = 150


class Gallery(QWidget):
    """Every base widget in the states it can take."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Screener: base widgets")
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(StripedBanner("TRAINING · made-up patient · nothing here is kept with real records"))
        column.addWidget(_top_bar())
        column.addWidget(_alarm())
        column.addWidget(Banner("The content was read again: two rules differ.", LinkButton("Show them")))
        page = ScrollPage("page", 900)
        for part in (_intro(), self._question(), _many(), _rows(), _items(), _fields(), _messages()):
            page.body.addWidget(part)
        page.body.addStretch(1)
        column.addWidget(page, 1)

    def _question(self) -> QWidget:
        card = Card()
        card.body.addWidget(label("Aneurysm of the aorta, brain or limb arteries", "strong", wrap=True))
        card.body.addWidget(label("Ever diagnosed, treated or under watch.", "muted", wrap=True))
        answer = Segmented("Aneurysm", (("yes", "Yes"), ("no", "No")))
        answer.show_chosen("no")
        self.first = answer
        states = (("not_known", "Not known"), ("declined", "Declined"), ("come_back", "Come back"))
        state = Segmented("Aneurysm", states)
        greyed = Segmented("Greyed", (("yes", "Yes"), ("no", "No")))
        greyed.setEnabled(False)
        card.body.addSpacing(4)
        card.body.addWidget(_row(answer, state, greyed, label("Patient, 10:38", "small"), gap_px=14))
        return card


def _row(*widgets: QWidget, gap_px: int = 8) -> QWidget:
    holder = QWidget()
    _fill(FlowLayout(holder, gap_px=gap_px), widgets)
    return holder


def _fill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    for widget in widgets:
        layout.addWidget(widget)


def _top_bar() -> QWidget:
    bar = plain("bar")
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 8, 16, 8)
    row.setSpacing(12)
    row.addWidget(label("Screener", "strong"))
    row.addWidget(chip((("SYN-0042", True), (" · 52 y", False)), large=True))
    row.addWidget(chip((("Ketamine, at home · ", False), ("off-label", True)), large=True))
    row.addStretch(1)
    row.addWidget(label("Saved 10:42:07", "muted"))
    for text, key, look in (("Cover", "F9", ""), ("Jot", "Ctrl+J", ""), ("Review", "", "primary")):
        row.addWidget(ActionButton(text, key, look))
    return bar


def _alarm() -> QWidget:
    bar = plain("alarm")
    row = QHBoxLayout(bar)
    row.setContentsMargins(16, 6, 16, 6)
    row.setSpacing(12)
    row.addWidget(Mark("time-critical"))
    said = WrapLabel()
    said.show_runs((("1 time-critical item", True), (", no response since 10:36", False)))
    row.addWidget(said, 1)
    for text, key in (("Go to it", "F7"), ("Crisis card", "F8")):
        row.addWidget(label(text))
        row.addWidget(KeyCap(key))
    return bar


def _intro() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label("Blood pressure and heart", "page", wrap=True))
    text = (
        "Ketamine raises blood pressure for a time after each dose. Labels, guidelines and this clinic’s policy refer "
        "to what is asked here."
    )
    column.addWidget(label(text, "muted", wrap=True))
    column.addWidget(_row(LinkButton("4 sources")))
    return holder


def _many() -> QWidget:
    card = Card()
    card.body.addWidget(label("Any of these, ever", "strong"))
    attack = "A passing attack without lasting loss"
    options = (("stroke", "Stroke"), ("bleed", "Bleeding inside the brain"), ("attack", attack))
    for wrap in (False, True):
        choice = MultiChoice("Ever", options, wrap=wrap)
        choice.show_chosen(("bleed",))
        card.body.addWidget(choice)
    often = ("Never", "Once", "Some days", "Most days")
    many = Segmented("How often", [(text, text) for text in often])
    many.show_chosen("Some days")
    card.body.addWidget(many)
    return card


def _rows() -> QWidget:
    card = Card(padding_px=0)
    grid = QGridLayout()
    grid.setContentsMargins(14, 10, 14, 10)
    grid.setHorizontalSpacing(24)
    lines = (
        ("SYN-0042", 0.4, "34/86", {"time-critical": 1, "review": 6, "open": 2}, "In progress"),
        ("SYN-0039", 1.0, "71/71", {"review": 3, "note": 1, "check": 1}, "In review"),
    )
    for at, (reference, share, answered, marks, state) in enumerate(lines):
        counts = MarkCounts()
        counts.show_counts(marks)
        bar = _row(ThinBar(share), label(answered))
        cells = (ProgressRing(share), label(reference, "strong"), bar, counts, chip(state))
        for column, cell in enumerate(cells):
            grid.addWidget(cell, at * 2, column, Qt.AlignmentFlag.AlignVCenter)
        if not at:
            grid.addWidget(hairline(), 1, 0, 1, len(cells))
    grid.setColumnStretch(3, 1)
    card.body.addLayout(grid)
    return card


def _items() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(heading("For clinician review"))
    texts = (
        ("Thoughts of suicide with some intent, past month", "card-critical"),
        ("Mean 147.0/91.7; the esketamine label names above 140/90", "card"),
        ("Benzodiazepine: clonazepam 1 mg, nightly", "card-chosen"),
        ("“No current medicines” and 3 medicines listed", "card"),
        ("Bleeding inside the brain: not established", "card-open"),
    )
    for kind, (text, look) in zip(MARKS, texts, strict=True):
        card = Card(look, padding_px=12)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Mark(kind), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, "strong", wrap=True), 1)
        card.body.addLayout(row)
        source = label("US esketamine, copy read: 2019", "small")
        card.body.addWidget(_row(chip("Label, warning"), source, LinkButton("Why")))
        column.addWidget(card)
    states = (chip("met", kind="soft"), chip("not met"), chip("not answered", kind="dashed"))
    column.addWidget(_row(*states))
    return holder


def _fields() -> QWidget:
    card = Card()
    line, box, combo = QLineEdit("144"), QPlainTextEdit("Home log 2 weeks requested."), QComboBox()
    for control, name in ((line, "Systolic"), (box, "Note"), (combo, "Arm")):
        control.setAccessibleName(name)
    caption = label("Arm", "small")
    caption.setBuddy(combo)
    line.setMaximumWidth(scaled(80))
    combo.addItems(("Left", "Right"))
    box.setMaximumHeight(scaled(72))
    radios = [QRadioButton(text) for text in ("Reviewed", "More information needed")]
    radios[1].setChecked(True)
    check = QCheckBox("Printed")
    check.setChecked(True)
    card.body.addWidget(_row(line, caption, combo, *radios, check))
    card.body.addWidget(box)
    disabled = ActionButton("Sign as Clinician A…")
    disabled.setEnabled(False)
    off = ActionButton("Sign as Clinician A", "Enter", "primary")
    off.setEnabled(False)
    buttons = (ActionButton("Save response, next item", "Ctrl+Return", "primary"), ActionButton("Pause"))
    card.body.addWidget(_row(*buttons, disabled, off, ActionButton("Add reading", "Ctrl+R", "quiet")))
    elided = ElidedLabel("One line that is cut where there is no room for the rest of it", "muted")
    elided.setMaximumWidth(220)
    card.body.addWidget(elided)
    return card


def _messages() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(Notice("Nothing is kept. Close the window to leave.", "info"))
    full = "Not saved since 10:42: the disk is full. Make room, then try again."
    column.addWidget(Notice(full, "warning", action=LinkButton("Try again")))
    column.addWidget(Notice("91/144: the lower figure stands first. Typed the other way round?", "doubt"))
    begin = ActionButton("New screening", "Ctrl+N", "primary")
    column.addWidget(EmptyState("No screenings yet", "The first one begins here.", begin))
    return holder


def main(arguments: Sequence[str]) -> int:
    """Shows the gallery, or writes it as a picture; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheme", choices=get_args(Choice), default="system")
    parser.add_argument("--scale", type=float, default=1.0, help="text scale, 0.8 to 2.0")
    parser.add_argument("--size", default="1000x1560", help="WIDTHxHEIGHT in pixels")
    parser.add_argument("--out", help="write a picture here instead of showing a window")
    given = parser.parse_args(arguments)
    if given.out:
        # A picture needs no screen; fontconfig finds the fonts there as well.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    Theme.of(application).apply(given.scheme, given.scale)
    page = Gallery()
    page.resize(*(int(side) for side in given.size.split("x")))
    page.show()
    page.activateWindow()
    page.first.setFocus(Qt.FocusReason.TabFocusReason)
    if given.out:
        QTimer.singleShot(_SETTLED_MS, partial(_take, page, given.out))
    return application.exec()


def _take(page: Gallery, out: str) -> None:
    if not page.grab().save(out):
        raise OSError(f"no picture could be written to {out}")
    QApplication.quit()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
