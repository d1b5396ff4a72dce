"""Which page is in sight and how large: the bar below the head of a preview."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.paper.sheets import PagesView
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.layout import FlowLayout, plain

_AS = (("pages", tr("Pages")), ("text", tr("Text")))


class ViewingBar(QWidget):
    """Buttons for what the keys of a preview do."""

    as_text = Signal(bool)

    def __init__(self, view: PagesView) -> None:
        super().__init__()
        self._view = view
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        bar = plain("bar")
        outer.addWidget(bar)
        row = FlowLayout(bar, gap_px=14, last_at_end=True)
        row.setContentsMargins(16, 4, 16, 6)
        row.addWidget(self._turning())
        row.addWidget(self._zooming())
        self._as = Segmented(tr("Shown as"), _AS, always=True)
        self._as.show_chosen("pages")
        self._as.user_chose.connect(self._chose)
        row.addWidget(self._as)
        view.turned.connect(self.show_page)
        view.zoomed.connect(self._show_zoom)
        self.show_page(0, 0)

    def _turning(self) -> QWidget:
        self._page = QLineEdit()
        self._page.setAccessibleName(tr("Page"))
        self._page.setFixedWidth(scaled(48))
        self._page.setValidator(QIntValidator(1, 9999, self))
        self._page.returnPressed.connect(self._typed)
        self._of = label("", "muted")
        back = _button(tr("Previous"), tr("Previous page"), "page_back")
        back.clicked.connect(lambda: self._view.step(-1))
        on = _button(tr("Next"), tr("Next page"), "page_on")
        on.clicked.connect(lambda: self._view.step(1))
        self._of_pages = (back, on, self._page)
        return _row(back, label(tr("Page"), "muted"), self._page, self._of, on)

    def _zooming(self) -> QWidget:
        out, into = _button("−", tr("Smaller"), "zoom_out"), _button("+", tr("Larger"), "zoom_in")
        out.clicked.connect(lambda: self._view.zoom_by(-1))
        into.clicked.connect(lambda: self._view.zoom_by(1))
        self._zoom = label("", "muted")
        self._zoom.setMinimumWidth(scaled(48))
        width = _button(tr("Whole width"), tr("Whole width"), "whole_width")
        page = _button(tr("Whole page"), tr("Whole page"), "whole_page")
        width.clicked.connect(lambda: self._view.fit("width"))
        page.clicked.connect(lambda: self._view.fit("page"))
        self._of_zoom = (out, into, width, page)
        return _row(out, self._zoom, into, width, page)

    def turn(self) -> None:
        """From pages to text, and back."""
        self._as.choose("pages" if self._as.chosen == "text" else "text")

    def show_page(self, page: int, many: int) -> None:
        """Say which page is in sight."""
        self._page.setText(str(page) if many else "")
        self._of.setText(tr("of {many}").format(many=many) if many else tr("of …"))
        self._let(bool(many) and self._as.chosen == "pages")

    def _show_zoom(self) -> None:
        self._zoom.setText(f"{round(self._view.zoom * 100)} %")
        self._zoom.setAccessibleName(tr("Size: {text}").format(text=self._zoom.text()))

    def _typed(self) -> None:
        self._view.go_to(int(self._page.text() or 1))
        self.show_page(self._view.current, self._view.many)

    def _chose(self, how: str) -> None:
        self._let(how == "pages" and self._view.many > 0)
        self.as_text.emit(how == "text")

    def _let(self, possible: bool) -> None:
        for part in (*self._of_pages, *self._of_zoom):
            part.setEnabled(possible)


def _button(text: str, name: str, action: str) -> ActionButton:
    made = ActionButton(text, BY_ID[action].key_hint, "quiet")
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({BY_ID[action].key_hint})")
    return made


def _row(*parts: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(4))
    for part in parts:
        row.addWidget(part)
    return holder
