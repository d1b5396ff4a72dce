"""A reader that also looks how what it reads lies on a page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from screener.forms.visibility import Form
from tests.ui.desks import session_of, shipped
from tests.ui.geometry import Fault, faults, lay_out
from tests.ui.modes import Mode
from tests.ui.walk.reader import Reader, in_sight
from tests.ui.walk.screening import PathwayWalk, sitting

FOOT_PX = 32
"""What the line at the foot takes of a window's height, at the usual text size."""


class Measurer(Reader):
    """Shows each page in a window as large as a mode says, and keeps what is wrong with it.

    A state is looked at when it brings a kind of widget that its screen did not have before; with `thorough` set, also
    when it brings other words.
    """

    def __init__(self, mode: Mode, *, thorough: bool = False) -> None:
        super().__init__()
        self._mode, self._thorough = mode, thorough
        self._kinds: dict[str, set[type]] = {}
        self.faults: dict[Fault, str] = {}
        """What is wrong, and where it was seen first."""
        self.measured = 0

    def read(self, screen: str, state: str, page: QWidget) -> None:
        before = len(self.seen.get(screen, ()))
        super().read(screen, state, page)
        known, kinds = self._kinds.setdefault(screen, set()), {type(widget) for widget in in_sight(page)}
        if kinds - known or (self._thorough and len(self.seen[screen]) > before):
            known |= kinds
            self.measure(f"{screen}, {state}", page.window())

    def let_work(self) -> None:
        QTest.qWait(0)

    def measure(self, said: str, page: QWidget) -> None:
        """Give a page the room of the mode for a moment, and look at it. It stays on the screen: so its parts move."""
        self.measured += 1
        before = page.size()
        room = self._mode.room
        room.setHeight(room.height() - round(FOOT_PX * self._mode.text_scale))
        page.setMinimumSize(1, 1)  # in its window a page is as narrow as the window, whatever it would need
        page.resize(room)
        page.show()
        page.resize(room)
        for fault in faults(page):
            self.faults.setdefault(fault, said)
        # What the walk looks for it looks for on a wide window.
        if room.width() < before.width():
            page.resize(before)
            lay_out(page)


class _Themes(PathwayWalk):
    """Themes with everything opened, and with answers in every state."""

    def look_at(self, themes: Iterable[str]) -> None:
        self._workspace.identity.confirm.click()
        for theme in themes:
            self._turn_to(theme)
            self._open_everything()
            self._read_theme(theme, "everything opened")
            self._patients.fill(self._session, self._unseen, theme)
            self._again(theme)
            self._put_in_other_states(theme)
            self._open_everything()
            self._read_theme(theme, "in every state")


def walk_themes(reader: Reader) -> None:
    """Each theme once, in a pathway that asks most of it."""
    for pathway, themes in themes_to_see().items():
        with sitting(session_of(pathway)) as workspace:
            _Themes(reader, workspace, set()).look_at(themes)


def themes_to_see() -> dict[str, list[str]]:
    """The themes, by the pathway in which each has most questions."""
    forms = {pathway.id: Form(shipped(), pathway.id) for pathway in shipped().pathways}
    found: dict[str, list[str]] = {}
    for theme in shipped().themes:
        asked = {name: len(set(theme.names) & set(form.questions)) for name, form in forms.items()}
        most = max(asked.values())
        # Those that are walked already come first: making a workspace takes longer than turning a page.
        best = next((name for name in found if asked[name] == most), max(asked, key=lambda name: asked[name]))
        found.setdefault(best, []).append(theme.id)
    return found
