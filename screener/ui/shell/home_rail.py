"""The rooms beside the list of screenings, and which content is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.content import OpenContent, many_findings
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import ScrollPage

_ROOMS: Mapping[str, str] = {
    "dose_day": tr("Dose day"),
    "training": tr("Training"),
    "accounts": tr("Accounts"),
    "backups": tr("Backups"),
    "log": tr("Audit log"),
    "rules": tr("Rules and sources"),
    "forms": tr("Print…"),
    "settings": tr("Settings"),
}
_USUAL_PX, _NARROW_PX = 200, 184


class HomeRail(QWidget):
    """Offers rooms in one order. `here`: the room that is open; `ways`: the way to each of the others, by its name."""

    def __init__(self, here: str, ways: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        # At large text there are more rooms than a small window is high.
        self._page = ScrollPage("rail", 400, 0)
        around.addWidget(self._page)
        column = self._page.body
        column.setContentsMargins(8, 6, 8, 14)
        column.setSpacing(2)
        open_one = ActionButton(here, "", "rail-item")
        open_one.setCheckable(True)
        open_one.setChecked(True)
        column.addWidget(open_one)
        self._items = {room: ActionButton(text, "", "rail-item") for room, text in _ROOMS.items() if room in ways}
        for room, item in self._items.items():
            item.clicked.connect(ways[room])
            column.addWidget(item)
        if "dose_day" in ways:
            self._items["dose_day"].setAccessibleDescription(tr("Key Ctrl+D"))
            self._items["dose_day"].setToolTip(tr("Dose day (Ctrl+D)"))
        column.addStretch(1)
        self.pack = label("", "small", wrap=True)
        self.pack.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self.pack)

    def show_pack(self, content: OpenContent) -> None:
        """Say which content is open, and how much of it a named clinician has re-read."""
        head, pack = content.pack.head, content.pack
        named = head.version if content.origin == "shipped" else f"{head.id} {head.version}"
        counted = many_findings(content.stopping)
        stands = (
            tr("Pack {named}: the last good one; its folder has {counted}")
            if content.stopping
            else tr("Pack {named}: files load, {counted}")
        ).format(named=named, counted=counted)
        reread = tr("Re-read by a named clinician: {reread_rules} of {active_rules} rules").format(
            reread_rules=pack.reread_rules, active_rules=pack.active_rules
        )
        self.pack.setText(f"{stands}\n{reread}")

    def show_of_today(self, count: int) -> None:
        """Say how many people of today the dose day has; where there is nobody, nothing."""
        if count:
            self._items["dose_day"].setText(tr("Dose day · {count}").format(count=count))
            self._items["dose_day"].setAccessibleName(tr("Dose day, {count} today").format(count=count))

    def show_narrow(self, narrow: bool) -> None:
        """The names of the rooms are longer in some languages: no narrower than they are."""
        self.setFixedWidth(max(scaled(_NARROW_PX if narrow else _USUAL_PX), self._page.least_width))
