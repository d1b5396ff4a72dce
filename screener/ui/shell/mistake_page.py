"""What is shown when the program made a mistake."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from screener.language import tr
from screener.ui.shell.form_page import FormPage
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.speech import announce


class MistakePage(FormPage):
    """Calm: what happened to what was typed, where the report is, and both ways on."""

    go_on = Signal()
    leave = Signal()

    def __init__(self, report: Path | None, *, screening: bool) -> None:
        lead = tr("Something in the program did not work as it was written. It is not anything that you did.")
        super().__init__(tr("The program made a mistake"), lead)
        said = (
            tr(
                "What was typed until now is on its way to the disk; the line at the head of "
                "the screening says when it is there. If that line does not say “Saved”, close "
                "the program and open it again: everything that was saved comes back."
            )
            if screening
            else tr("Home shows what is saved.")
        )
        self.body.addWidget(label(said, wrap=True))
        where = (
            tr(
                "A report without anything of a patient lies in {report}. Whoever looks after "
                "this program can read in it where the mistake is."
            ).format(report=report)
            if report is not None
            else tr("No report could be written.")
        )
        self.body.addWidget(label(where, "muted", wrap=True))
        on = ActionButton(tr("Go on"), "Esc", "primary")
        on.setShortcut("Esc")
        on.clicked.connect(self.go_on)
        self._first = on
        close = ActionButton(tr("Close the program"), "Ctrl+Q")
        close.clicked.connect(self.leave)
        self.finish(on, close)
        announce(self, tr("The program made a mistake. {said}").format(said=said))
