"""Colours and text size as chosen, kept between starts."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from screener.language import tr
from screener.ui.style.theme import Choice, Theme

SCHEMES: tuple[tuple[Choice, str], ...] = (
    ("system", tr("As the system")),
    ("light", tr("Light")),
    ("dark", tr("Dark")),
    ("contrast", tr("High contrast")),
)
"""What can be chosen, and what it is called; the key goes from one to the next."""
_ORDER = tuple(choice for choice, _ in SCHEMES)
_STEP = 0.1


class Appearance(QObject):
    """Dresses the application as it was last chosen, and remembers what is chosen next."""

    def __init__(self, app: QApplication, settings: QSettings) -> None:
        super().__init__(app)
        self.theme = Theme.of(app)
        self._settings = settings
        kept = settings.value("appearance/scheme", "system")
        scheme = next((choice for choice in _ORDER if choice == kept), _ORDER[0])
        self.theme.apply(scheme, _number(settings.value("appearance/text_scale", 1.0)))

    def dress(self, scheme: str, scale: float) -> None:
        """Take a scheme and a text scale, and keep them."""
        choice = next(choice for choice in _ORDER if choice == scheme)
        self.theme.apply(choice, scale)
        self._settings.setValue("appearance/scheme", choice)
        self._settings.setValue("appearance/text_scale", self.theme.text_scale)

    def next_scheme(self, window: QWidget) -> None:
        self.dress(_ORDER[(_ORDER.index(self.theme.choice) + 1) % len(_ORDER)], self.theme.text_scale)
        _tell(window, tr("Colours: {choice}").format(choice=dict(SCHEMES)[self.theme.choice]))

    def resize_text(self, window: QWidget, steps: int) -> None:
        """Larger or smaller by so many steps of a tenth."""
        stands = self.theme.text_scale / _STEP
        # A size between two steps goes to the next one, not past it.
        step = math.floor(stands + 1e-6) + steps if steps > 0 else math.ceil(stands - 1e-6) + steps
        self.dress(self.theme.choice, round(step * _STEP, 2))
        _tell(window, tr("Text size {text_scale} %").format(text_scale=round(self.theme.text_scale * 100)))


def _tell(window: QWidget, said: str) -> None:
    # What speech is made of takes a while to load, and the first window says nothing.
    from screener.ui.widgets.speech import announce

    announce(window, said)


def _number(kept: object) -> float:
    """A kept scale; 1 where the file says something else."""
    try:
        return float(str(kept))
    except ValueError:
        return 1.0
