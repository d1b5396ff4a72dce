"""Pictures of the running program. What works its keys asks pytest-qt for Qt, and no pytest has chosen one here."""

from collections.abc import Callable

from pytestqt.qt_compat import qt_api

_choose: Callable[[str], None] = qt_api.set_qt_api
_choose("pyside6")
