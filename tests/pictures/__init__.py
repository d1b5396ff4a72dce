"""Pictures of every screen, taken from the running program. The person at its keys has to know which Qt it is."""

import os
from collections.abc import Callable

from pytestqt.qt_compat import qt_api

from screener import language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", "pyside6")
if not hasattr(qt_api, "QtCore"):
    _set_api: Callable[[str], None] = qt_api.set_qt_api
    _set_api("pyside6")

# Before anything that holds texts is imported.
language.speak(language.wanted(""))
