from collections.abc import Callable

from pytestqt.qt_compat import qt_api

# Before any of the modules here: a person at the keys asks which Qt it is as soon as they are read.
_set_api: Callable[[str], None] = qt_api.set_qt_api
_set_api("pyside6")
