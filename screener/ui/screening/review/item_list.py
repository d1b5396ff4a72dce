"""The items under review, grouped as on screen, each with how its response stands."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from screener.forms.evaluation import RuleOutcome
from screener.language import tr, tr_in, tr_n
from screener.screening.listing import LiveList, live_list
from screener.screening.review import needing_response, standing
from screener.screening.session import Session
from screener.ui.screening.times import time_said
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import KeyButton, label
from screener.ui.widgets.heard import Heard
from screener.ui.widgets.layout import ScrollPage, clear, plain
from screener.ui.widgets.marks import Mark


def groups(items: LiveList) -> Iterator[tuple[str, list[RuleOutcome]]]:
    """Time-critical first, then listed, notes on efficacy apart, answers that do not agree, not established."""
    listed = items.listed
    yield tr("Time-critical"), [o for o in listed if o.tier == "time-critical"]
    yield (
        tr("Listed"),
        [o for o in listed if o.tier in ("review", "note") and o.rule.class_ not in ("efficacy note", "completeness")],
    )
    yield tr("Notes on efficacy, apart from safety"), [o for o in listed if o.rule.class_ == "efficacy note"]
    yield tr("Answers that do not agree or look mistyped"), [o for o in listed if o.tier == "check"]
    yield tr("Not recorded"), [o for o in listed if o.rule.class_ == "completeness" and o.tier != "check"]
    yield tr("Not established"), [o for group in items.open for o in group.items]


class ItemRow(Heard, KeyButton):
    """One item: mark, heading, theme, and whether a response stands. Up and Down go to the one before and after."""

    step = Signal(int)

    def __init__(self, session: Session, outcome: RuleOutcome) -> None:
        super().__init__()
        self.rule_id = outcome.rule.id
        self.setProperty("look", "rail-item")
        self.setCheckable(True)
        self.hear_toggles()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(10)
        listed = outcome.outcome == "listed"
        row.addWidget(Mark(outcome.tier if listed else "open"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        heading = label(
            outcome.title if listed else tr("{title}: not established").format(title=outcome.title), "strong", wrap=True
        )
        column.addWidget(heading)
        held = standing(session, outcome.rule.id)
        by = f" · {held.response.by} {time_said(held.response.at, session.clock)}" if held.response is not None else ""
        theme = label(session.pack.theme_of[outcome.rule.id].title + by, "small", wrap=True)
        column.addWidget(theme)
        row.addLayout(column, 1)
        state = (
            tr("Responded") if held.stands else tr("Asks again") if held.lapsed else tr_in("state of an item", "Open")
        )
        said: QLabel = label(state, "small")
        row.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{heading.text()}: {state}")
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.step.emit(by)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        width = self.width() if self.width() > 60 else scaled(360)
        return QSize(scaled(260), layout.heightForWidth(width))


class ItemList(QWidget):
    """The left side of the review."""

    chosen = Signal(str)
    step = Signal(int)
    """To the item after (1) or before (-1) the chosen one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[ItemRow] = []
        self._below: QWidget | None = None
        """What stands at the end of the page, whichever items there are."""
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = plain("bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 12, 18, 12)
        row.addWidget(label(tr("For clinician review"), "large"))
        row.addStretch(1)
        self._counted = label("", "small")
        row.addWidget(self._counted)
        column.addWidget(head)
        self._page = ScrollPage("surface", 860, 10)
        self._page.body.setSpacing(2)
        column.addWidget(self._page, 1)

    def put_below(self, part: QWidget | None) -> None:
        """Have this at the end of the page, below the items; None: nothing any more."""
        if self._below is not None:
            self._page.body.removeWidget(self._below)
            self._below.hide()
        self._below = part
        self._end()

    def _end(self) -> None:
        """What stands below has its place after the items, for Tab as well."""
        if self._below is not None:
            self._page.body.addWidget(self._below)
            self._below.show()
            self._below.raise_()

    def refresh(self, current: str | None) -> None:
        """Show the items as they stand now, with `current` chosen."""
        if self._below is not None:
            self._page.body.removeWidget(self._below)
        items = live_list(self._session, review=True)
        needing = needing_response(items)
        done = sum(standing(self._session, o.rule.id).stands for o in needing)
        counted = tr("{done} of {count} responded").format(done=done, count=len(needing))
        self._counted.setText(counted if needing else "")
        clear(self._page.body)
        self._rows = []
        for title, outcomes in groups(items):
            if not outcomes:
                continue
            self._page.body.addWidget(label(title, "small-strong"))
            for outcome in outcomes:
                made = ItemRow(self._session, outcome)
                made.setChecked(outcome.rule.id == current)
                made.clicked.connect(self._clicked)
                made.step.connect(self.step)
                self._page.body.addWidget(made)
                self._rows.append(made)
        if not self._rows:
            text = tr(
                "Nothing is listed, and nothing from a contraindication, boxed warning or law "
                "stands open on these answers."
            )
            self._page.body.addWidget(label(text, "muted", wrap=True))
        others = len(items.otherwise_open)
        if others:
            text = tr_n(
                "1 other item is not established; the report names it with what is missing.",
                "{n} other items are not established; the report names them with what is missing.",
                others,
            )
            self._page.body.addWidget(label(text, "small", wrap=True))
        self._page.body.addStretch(1)
        self._end()

    @property
    def ids(self) -> list[str]:
        """The items in the order shown."""
        return [row.rule_id for row in self._rows]

    def focus(self, rule_id: str | None) -> None:
        for row in self._rows:
            if row.rule_id == rule_id:
                row.show()  # at once: until it is, what stands below would keep the keyboard
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, ItemRow)
        row.setChecked(True)
        self.chosen.emit(row.rule_id)
