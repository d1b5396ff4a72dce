"""The clinician's response to one item: what was chosen, from whom, by when, in which words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from screener.forms.evaluation import RuleOutcome
from screener.forms.words import STATE_WORDS
from screener.language import WINDOW, tr, tr_in, tr_n
from screener.screening.review import (
    Standing,
    response,
    shared_reason,
    sharing_response,
    shown_difference,
    standing,
)
from screener.screening.steps import Response, ResponseKind
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import CheckRow, LinkButton, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, Halves, Notice
from screener.ui.widgets.visible import keep_room

KINDS: tuple[tuple[ResponseKind, str], ...] = (
    ("reviewed", tr("Reviewed")),
    ("more_information", tr("More information needed")),
    ("discussed_with_patient", tr("Discussed with the patient")),
    ("discussed_with_colleague", tr("Discussed with, or referred to, a colleague")),
)
UNDER_PX = 31
"""How far in the names stand under the text of their box."""
MOST_NAMED = 5
"""Of the other items that a response covers too."""


class ResponseCard(Card):
    """The clinician's response to one item, kept with the record."""

    drafted = Signal(object)
    """What is filled in, at every key, to be given back as `draft`; None while it stands as it is kept."""

    def __init__(self, controller: SessionController, outcome: RuleOutcome, draft: Any = None) -> None:
        super().__init__()
        self._controller, self._outcome = controller, outcome
        self._session = controller.session
        self.setAccessibleName(tr("Your response"))
        self.body.addWidget(heading(tr("Your response (kept with the record; the program draws nothing from it)")))
        held = standing(self._session, outcome.rule.id)
        self._show_lapse(held)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(tr("Note to the response"))
        self.note.setPlaceholderText(tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(scaled(84))
        self.body.addWidget(Halves(self._kinds(), self.note, from_px=560))
        self._share = self._sharing()
        if held.response is not None:
            self._show(held.response)
        self._kept = self._filled_in()
        self._not_kept = self._offer_way_back()
        if draft is not None:
            self._fill_in(draft)
        self._say_draft()
        self._show_more()
        self.note.textChanged.connect(self._say_draft)
        self._group.idToggled.connect(self._say_draft)
        for line in (self.from_whom, self.until):
            line.textEdited.connect(self._say_draft)

    def _kinds(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[ResponseKind, QRadioButton] = {}
        for place, (kind, text) in enumerate(KINDS):
            button = QRadioButton(text)
            button.setAccessibleName(tr("Your response: {text}").format(text=text))
            self._group.addButton(button, place)
            self.buttons[kind] = button
            column.addWidget(button)
            if kind == "more_information":
                column.addWidget(self._more())
        self._group.idToggled.connect(self._show_more)
        return holder

    def _more(self) -> QWidget:
        self._details = QWidget()
        row = QHBoxLayout(self._details)
        row.setContentsMargins(26, 0, 0, 0)
        self.from_whom, self.until = QLineEdit(), QLineEdit()
        for text, name, line in (
            (tr("from"), tr("More information needed: from whom"), self.from_whom),
            (tr_in("a day", "by"), tr("More information needed: by when"), self.until),
        ):
            row.addWidget(label(text, "muted"))
            line.setMinimumWidth(scaled(72))
            line.setAccessibleName(name)
            row.addWidget(line)
        return self._details

    def _show_more(self) -> None:
        self._details.setVisible(self.buttons["more_information"].isChecked())

    def _sharing(self) -> CheckRow | None:
        """One response for several items open for the same reason, where that may be: each of them is named."""
        others = sharing_response(self._session, self._outcome.rule.id)
        reason = shared_reason(self._session, self._outcome)
        if not others or reason is None:
            return None
        box = CheckRow(
            tr_n(
                "Also for the other item that is open for the same reason ({reason}) and asks for a response",
                "Also for the {n} other items that are open for the same reason ({reason}) and ask for a response",
                len(others),
                reason=WINDOW.word(STATE_WORDS[reason]),
            )
        )
        box.setProperty("rules", [item.rule.id for item in others])
        named = "; ".join(item.title for item in others[:MOST_NAMED])
        if len(others) > MOST_NAMED:
            named = tr("{named}; {count} more").format(named=named, count=len(others) - MOST_NAMED)
        box.setAccessibleDescription(named)
        self.body.addWidget(box)
        row = QHBoxLayout()
        row.addSpacing(scaled(UNDER_PX))
        row.addWidget(label(named, "muted", wrap=True), 1)
        self.body.addLayout(row)
        return box

    def _show_lapse(self, held: Standing) -> None:
        if not held.lapsed:
            return
        found = shown_difference(self._session, self._outcome.rule.id, held)
        changes = "; ".join(f"{name}: {then} → {now}" for name, then, now in found)
        self.body.addWidget(
            Notice(
                tr("The response below was given for an earlier state and asks again. Since then: {changes}").format(
                    changes=changes
                ),
                "doubt",
            )
        )

    def _show(self, given: Response) -> None:
        self.buttons[given.kind].setChecked(True)
        self.note.setPlainText(given.note)
        self.from_whom.setText(given.from_whom)
        self.until.setText(given.until)

    def _offer_way_back(self) -> QWidget:
        """Under what is filled in and not kept yet. Its room is there before it is: what is typed moves nothing."""
        holder = QWidget()
        row = FlowLayout(holder, gap_px=10)
        row.addWidget(label(tr("Not kept yet; Ctrl+Enter keeps it."), "small"))
        back = LinkButton(tr("Back to what is kept"), tr("Your response: back to what is kept"))
        back.clicked.connect(self._go_back)
        row.addWidget(back)
        keep_room(holder)
        self.body.addWidget(holder)
        return holder

    def _go_back(self) -> None:
        self._fill_in(self._kept)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filled_in(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "note": self.note.toPlainText(),
            "from_whom": self.from_whom.text(),
            "until": self.until.text(),
        }

    def _fill_in(self, draft: Any) -> None:
        self._group.setExclusive(False)
        for kind, button in self.buttons.items():
            button.setChecked(kind == draft["kind"])
        self._group.setExclusive(True)
        self.note.setPlainText(draft["note"])
        self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.from_whom.setText(draft["from_whom"])
        self.until.setText(draft["until"])
        self._say_draft()

    def _say_draft(self) -> None:
        filled_in = self._filled_in()
        kept = filled_in == self._kept
        self._not_kept.setVisible(not kept)
        self.drafted.emit(None if kept else filled_in)

    @property
    def kind(self) -> ResponseKind | None:
        return next((kind for kind, button in self.buttons.items() if button.isChecked()), None)

    def save(self) -> bool:
        """Record the response; False while none is chosen. One that stands for another item is never written over."""
        kind = self.kind
        if kind is None:
            return False
        more = kind == "more_information"
        rules: list[str] = self._share.property("rules") if self._share is not None and self._share.isChecked() else []
        others = [rule_id for rule_id in rules if not standing(self._session, rule_id).stands]
        made = {
            rule_id: response(
                self._session,
                rule_id,
                kind,
                note=self.note.toPlainText().strip(),
                from_whom=self.from_whom.text().strip() if more else "",
                until=self.until.text().strip() if more else "",
            )
            for rule_id in (self._outcome.rule.id, *others)
        }
        self._controller.respond(made, origin=self)
        self._kept = self._filled_in()
        self._say_draft()
        return True
