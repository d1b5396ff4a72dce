"""The palette and style sheet, made from tokens; follows the system's scheme and the chosen text size."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from screener.ui.style.sheet import style_sheet
from screener.ui.style.tokens import BY_SCHEME, FONT_PX, Scheme, Tokens

Choice = Literal["system", "light", "dark", "contrast"]
# What systems use when nobody asked for larger text: 12 px on Windows, 13 on macOS, up to 16 on desktops of Linux.
_USUAL_PX, _LARGE_FROM_PX = 14, 16
_PREFERRED = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans")


class Theme(QObject):
    """Dresses the application. Painters ask `current()` for tokens; widgets are dressed anew when a choice changes."""

    changed = Signal()
    """The tokens or the text size in force are others now."""
    _one: Theme | None = None

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.choice: Choice = "system"
        self.text_scale = 1.0
        """As chosen, relative to the system's own text size."""
        self.mirrored = False
        """Dressed for a window that is read from the right."""
        self._scale = _within(_system_text_scale())
        app.setStyle("Fusion")
        # Kept: PySide takes what it hands out through the hints for deleted once the hints' own wrapper is gone.
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        # Qt 6.10 and later know whether the system asks for more contrast.
        self._access: Any = getattr(self._hints, "accessibility", lambda: None)()
        if self._access is not None:
            self._access.contrastPreferenceChanged.connect(self._system_changed)
        Theme._one = self

    @classmethod
    def of(cls, app: QApplication) -> Theme:
        """The application's theme, made when first asked for."""
        if cls._one is None or not isValid(cls._one) or cls._one._app is not app:
            Theme(app)
        assert cls._one is not None
        return cls._one

    @property
    def _app(self) -> QApplication:
        """Asked for and not held: whoever has the theme does not have the whole program through it."""
        app = self.parent()
        assert isinstance(app, QApplication)
        return app

    @property
    def scheme(self) -> Scheme:
        """The scheme in force, with the system's choice resolved."""
        if self.choice != "system":
            return self.choice
        if self._access is not None and self._access.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if self._hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    @property
    def tokens(self) -> Tokens:
        return BY_SCHEME[self.scheme]

    @property
    def scale(self) -> float:
        """The text scale in force, 0.8 to 2.0: what was chosen, times what the system asks for."""
        return self._scale

    def apply(self, choice: Choice | None = None, text_scale: float | None = None) -> None:
        """Dress everything anew. `text_scale` from 0.8 to 2.0, relative to the system's text size."""
        before, self.choice = self.choice, choice or self.choice
        self.text_scale = _within(text_scale or self.text_scale)
        # Asked for by every length on the screen, so the system's font is looked at once.
        self._scale = _within(self.text_scale * _system_text_scale())
        self._tell_system(before)
        self._app.setFont(_font(self.scale))
        self._app.setPalette(_palette(self.tokens))
        self.mirrored = self._app.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._app.setStyleSheet(style_sheet(self.tokens, self.scale, mirrored=self.mirrored))
        self.changed.emit()

    def _tell_system(self, before: Choice) -> None:
        # Title bars and the system's own dialogs follow the choice too.
        if self.choice != "system":
            self._hints.setColorScheme(Qt.ColorScheme.Light if self.choice == "light" else Qt.ColorScheme.Dark)
        elif before != "system":
            self._hints.unsetColorScheme()

    def _system_changed(self) -> None:
        if self.choice == "system":
            self.apply()


def current() -> Tokens:
    """The tokens in force."""
    return Theme._one.tokens if Theme._one is not None else BY_SCHEME["light"]


def text_scale() -> float:
    """The text scale in force, 0.8 to 2.0."""
    return Theme._one.scale if Theme._one is not None else 1.0


def scaled(pixels: float) -> int:
    """A length that grows with the text."""
    return round(pixels * text_scale())


def unscaled(pixels: float) -> float:
    """How much room there is, measured in text: 1,440 pixels at 200 % are as narrow as 720."""
    return pixels / text_scale()


def _within(scale: float) -> float:
    return min(2.0, max(0.8, scale))


def _system_text_scale() -> float:
    """How much larger than usual the system's own text is; usual sizes (up to 16 px) count as 1."""
    pixels = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return max(1.0, pixels / _USUAL_PX) if pixels > _LARGE_FROM_PX else 1.0


def _font(scale: float) -> QFont:
    families = set(QFontDatabase.families())
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    for family in _PREFERRED:
        if family in families:
            font.setFamily(family)
            break
    font.setPixelSize(round(FONT_PX["body"] * scale))
    font.setWeight(QFont.Weight.Normal)
    # Figures of one width, so that readings stand below each other; fonts without the feature ignore it.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, tokens.page),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.strip),
        (role.Button, tokens.surface),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.ButtonText, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.off))
    return palette
