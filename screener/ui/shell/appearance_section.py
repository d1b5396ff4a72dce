"""Settings, Appearance: colours and text size, which hold at once and are followed where keys change them; language."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.appearance import SCHEMES
from screener.ui.shell.language_setting import LanguageSetting
from screener.ui.shell.setting import COMPUTER, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.style.theme import Theme, scaled
from screener.ui.widgets.controls import ActionButton, Segmented
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import FlowLayout

SIZES = tuple(range(80, 201, 10))
"""Of text, in hundredths of the usual one."""
_COLOURS = Described(
    tr("Colours"),
    tr(
        "As the system follows what the desktop is set to, as soon as it changes, and "
        "its request for more contrast. {key_hint} steps through all four, on every "
        "page."
    ).format(key_hint=BY_ID["appearance"].key_hint),
    tuple(text for _, text in SCHEMES),
    (tr("theme, scheme, night, mode, brightness, color"),),
)
_TEXT = Described(
    tr("Text size"),
    tr("From 80 to 200 % of the usual size, on top of what the system asks for; everything else grows with it."),
    tuple(f"{size} %" for size in SIZES),
    (tr("zoom, font, letters, larger, smaller, scale"),),
)


class AppearanceSection(Section):
    """Says what was chosen; whoever hears it dresses the program, and this section then shows what holds."""

    chosen = Signal(str, float)

    def __init__(self, scheme: str, text_scale: float) -> None:
        super().__init__(tr("Appearance"), COMPUTER)
        self.scheme = Segmented(tr("Colours"), SCHEMES, always=True)
        self.scheme.show_chosen(scheme)
        self.scheme.user_chose.connect(self._choose)
        names: dict[str, str] = dict(SCHEMES)
        kept = Kept(lambda: self.scheme.chosen, self._put_scheme, "system", names.__getitem__)
        self.colours = self.add(Setting(_COLOURS, self.scheme, kept))
        self.percent = DropDown(tr("Text size"))
        self.percent.activated.connect(self._choose)
        self._show_size(round(text_scale * 100))
        self.text = self.add(Setting(_TEXT, self._stepper(), Kept(self._percent, self._put_size, 100, "{} %".format)))
        self.add(LanguageSetting())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._theme = Theme.of(application)
            self._theme.changed.connect(self._dressed)

    def _stepper(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        flow.addWidget(self.percent)
        self._smaller = ActionButton(tr("Smaller"), BY_ID["text_smaller"].key_hint)
        self._larger = ActionButton(tr("Larger"), BY_ID["text_larger"].key_hint)
        for button, name, slot in (
            (self._smaller, tr("Smaller text"), self._step_down),
            (self._larger, tr("Larger text"), self._step_up),
        ):
            button.setAccessibleName(name)
            button.clicked.connect(slot)
            flow.addWidget(button)
        holder.setFocusProxy(self.percent)
        return holder

    def _percent(self) -> int:
        return int(self.percent.currentData())

    def _show_size(self, percent: int) -> None:
        """Show a size; one that is no step of ten was chosen with an earlier version, and stands among the others."""
        sizes = sorted({*SIZES, percent})
        if [self.percent.itemData(place) for place in range(self.percent.count())] != sizes:
            self.percent.clear()
            for size in sizes:
                self.percent.addItem(f"{size} %", size)
        self.percent.setMinimumWidth(scaled(110))
        self.percent.show_value(percent)

    def _step_down(self) -> None:
        self._put_size(max((size for size in SIZES if size < self._percent()), default=SIZES[0]))

    def _step_up(self) -> None:
        self._put_size(min((size for size in SIZES if size > self._percent()), default=SIZES[-1]))

    def _put_size(self, percent: int) -> None:
        self._show_size(percent)
        self._choose()

    def _put_scheme(self, scheme: str) -> None:
        self.scheme.show_chosen(scheme)
        self._choose()

    def _choose(self) -> None:
        self.chosen.emit(self.scheme.chosen, self._percent() / 100)
        self._look()

    def _dressed(self) -> None:
        """The program is dressed otherwise, by whatever deed."""
        self.scheme.show_chosen(self._theme.choice)
        self._show_size(round(self._theme.text_scale * 100))
        self._look()

    def _look(self) -> None:
        for setting in (self.colours, self.text):
            setting.look()
