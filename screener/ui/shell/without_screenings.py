"""Home of an account whose role opens no screenings: says so, and offers what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.widgets.big_choice import BigChoice
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import EmptyState, Halves

_KEEPING: Mapping[str, tuple[str, str]] = {
    "accounts": (tr("Accounts"), tr("Who may open these records, what each may do, and the printed recovery key.")),
    "backups": (tr("Backups"), tr("Where they are made, how many are kept, and when the last one was tried.")),
    "log": (tr("Audit log"), tr("Who did what, and when: every deed in these records has its line.")),
    "settings": (tr("Settings"), tr("Appearance, content, and what this clinic chose.")),
}


class WithoutScreenings(QWidget):
    """`offers`: what may be done here, by name, in the order in which it is offered."""

    def __init__(self, offers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if "accounts" not in offers:
            self.first: QWidget = self._trying(column, offers["training"])
            return
        column.addWidget(label(tr("Home"), "page"))
        lead = tr(
            "This account opens no screening and no record of a patient. It looks after "
            "who opens them and how they are kept."
        )
        column.addWidget(label(lead, "muted", wrap=True))
        column.addSpacing(4)
        choices = [_choice(*_KEEPING[name], deed) for name, deed in offers.items() if name in _KEEPING]
        for place in range(0, len(choices), 2):
            pair = choices[place : place + 2]
            column.addWidget(Halves(pair[0], pair[1] if len(pair) > 1 else QWidget(), from_px=560))
        self.first = choices[0]

    @staticmethod
    def _trying(column: QVBoxLayout, deed: Callable[[], object]) -> QWidget:
        column.addWidget(label(tr("Home"), "page"))
        button = ActionButton(tr("Open the training window"), "", "primary")
        button.clicked.connect(deed)
        text = tr(
            "A trainer's account opens no screening and no record of a patient. Made-up "
            "patients have a window of their own, where nothing is kept with real records."
        )
        column.addWidget(EmptyState(tr("No screenings with this account"), text, button))
        return button


def _choice(title: str, text: str, deed: Callable[[], object]) -> BigChoice:
    made = BigChoice(title, text, level="large")
    made.setAccessibleName(tr("{title}: open").format(title=title))
    made.clicked.connect(deed)
    return made
