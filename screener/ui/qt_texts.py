"""Qt's own few texts (menus of a line, dialogs of files) in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


class _Translator(QTranslator):
    """Qt's texts but for the names of keys, which stand in our own texts too and are those on the keys."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return None if context == "QShortcut" else super().translate(context, source, disambiguation, n)


def translate_qt(app: QApplication, code: str) -> None:
    """From here on Qt says its texts in a language, where it has them in it."""
    translator = _Translator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(code), "qtbase", "_", folder):
        app.installTranslator(translator)
