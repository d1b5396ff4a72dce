"""What the palette offers: actions of the page that is open, the screening's themes and questions, the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from screener.language import tr
from screener.ui.actions import ACTIONS, BY_ID, EVERYWHERE, ONLY_SAYS, bind
from screener.ui.shell.leaving import AsksFirst
from screener.ui.shell.window import MainWindow
from screener.ui.widgets.working import Working

if TYPE_CHECKING:
    from screener.ui.screening.workspace import Workspace
    from screener.ui.shell.palette import Entry, Palette

_ORDER = {action.id: (action.where == EVERYWHERE, place) for place, action in enumerate(ACTIONS)}
"""Those that work everywhere come last."""
_WAYS_BACK = ("back", "closed", "left")
"""The signals of pages that somebody can leave as they are. From any other page nothing leads away, and so does no
palette: a key that is shown once, a window that is closing."""


class Room(Protocol):
    """A way that leads from everywhere: its id, which is that of the action that leads there too, if there is one."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def go(self) -> Callable[[], object]: ...


class Open(Protocol):
    """What a window stands over: the records of a clinic, or the school."""

    workspace: Workspace | None
    """The screening that is open."""

    @property
    def is_handed_over(self) -> bool: ...

    def is_home(self, page: QWidget) -> bool:
        """Whether a page is where everything begins."""

    def ways(self) -> Sequence[Room]:
        """The rooms beside the screening."""


class Commands(QObject):
    """Opens the palette over the page that is open; not over the cover, nor in the patient's hands."""

    def __init__(self, window: MainWindow, clinic: Callable[[], Open | None]) -> None:
        """`clinic`: what the window stands over now."""
        super().__init__(window)
        self._window, self._clinic = window, clinic
        self._palette: Palette | None = None
        self._heard: Workspace | None = None
        """The screening whose cover takes the palette away."""
        bind(window, "palette", self.open, inside=False)
        window.turned.connect(self._leave)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def open(self) -> None:
        """Everything that can be done here."""
        from screener.ui.shell.palette import Palette

        clinic = self._clinic()
        if self._palette is not None or clinic is None or clinic.is_handed_over or not self._may_leave(clinic):
            return
        workspace = clinic.workspace
        if workspace is not None:
            if workspace.is_covered:
                return
            if workspace is not self._heard:
                workspace.covered.connect(self._leave)
            self._heard = workspace
        palette = Palette(self._window.holder, list(self._entries(clinic)), self._window.focusWidget())
        palette.ended.connect(self._ended)
        self._palette = palette
        palette.open()

    def _may_leave(self, clinic: Open) -> bool:
        page, workspace = self._window.page, clinic.workspace
        if any(working.text for working in page.findChildren(Working)):
            return False
        beside = workspace is not None and page.isAncestorOf(workspace)
        return beside or clinic.is_home(page) or any(hasattr(page, name) for name in _WAYS_BACK)

    def _ended(self) -> None:
        self._palette = None

    def _leave(self) -> None:
        if self._palette is not None:
            self._palette.close_it(back=False)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Whatever takes the keyboard takes the palette's place."""
        palette = self._palette
        if palette is not None and now is not None and now is not palette and not palette.isAncestorOf(now):
            self._leave()

    # What there is

    def _entries(self, clinic: Open) -> Iterator[Entry]:
        bound = self._bound()
        yield from (_action(action_id, bound[action_id]) for action_id in sorted(bound, key=_ORDER.__getitem__))
        if clinic.workspace is not None and clinic.workspace.may_go:
            yield from self._places(clinic.workspace)
        yield from (self._room(clinic, way) for way in clinic.ways() if way.id not in bound)

    def _bound(self) -> dict[str, QAction]:
        """The actions bound to what is shown, each once."""
        found: dict[str, QAction] = {}
        page = self._window.page
        for action in (*page.findChildren(QAction), *self._window.actions()):
            action_id, owner = action.objectName().removeprefix("action."), action.parent()
            known = action_id in BY_ID and action_id not in found and action_id != "palette"
            shown = isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and action.isEnabled()
            if known and shown and not action.property(ONLY_SAYS):
                found[action_id] = action
        return found

    def _places(self, workspace: Workspace) -> Iterator[Entry]:
        from screener.ui.screening.offers import questions_to_go_to
        from screener.ui.shell.palette import Entry

        session = workspace.controller.session
        for theme in session.form.themes:
            run = partial(self._at_base, partial(workspace.pages.go_to_theme, theme.id))
            yield Entry(theme.title, tr("Theme"), run)
        for question, title in questions_to_go_to(session):
            run = partial(self._at_base, partial(workspace.pages.go_to_question, question.id))
            yield Entry(question.label, title, run, under=question.text, more="question", only_found=True)

    def _room(self, clinic: Open, way: Room) -> Entry:
        from screener.ui.shell.palette import Entry

        return Entry(way.text, tr("Room"), partial(self._enter, clinic, way.go))

    def _at_base(self, run: Callable[[], object]) -> None:
        """On the page that is open, once nothing stands over it."""
        while self._window.page is not self._window.base:
            self._window.close_over()
        run()

    def _enter(self, clinic: Open, go: Callable[[], object]) -> None:
        """To a room; from a screening once all that was typed is on disk, from a page that asks first as it says."""

        def leave() -> None:
            page = self._window.base
            if clinic.workspace is not None:
                clinic.workspace.when_paused(go)
            elif isinstance(page, AsksFirst):
                page.leave_for(go)
            else:
                go()

        self._at_base(leave)


def _action(action_id: str, action: QAction) -> Entry:
    from screener.ui.shell.palette import Entry

    keys = tuple(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
    more = " ".join((BY_ID[action_id].text, BY_ID[action_id].where))
    return Entry(action.text(), tr("Action"), partial(_trigger, action), keys, more=more)


def _trigger(action: QAction) -> None:
    if isValid(action):
        action.trigger()
