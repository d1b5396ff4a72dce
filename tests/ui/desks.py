"""A whole screening in a window, over a vault in memory, with the shipped content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.exchange.pdf import Paper
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.app import Program
from screener.ui.content import OpenContent
from screener.ui.jobs import Jobs
from screener.ui.screening.desk import Desk
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme

CLOCK = FixedClock(datetime(2026, 11, 23, 10, 22, tzinfo=UTC))
SCENARIOS: Path = forms_folder() / "scenarios"
DISK_FULL = WorldError("The disk is full.", "Make room, then go on.")


def refuse(*_: Any, **__: Any) -> Any:
    """What the store does on a full disk, whatever it is asked."""
    raise DISK_FULL


def close(program: Program) -> None:
    """End a running program at once, whatever stands on its page."""
    program.window.may_close = lambda: True
    program.window.close()
    program.shut()


def on_a4(_: Mapping[str, Any]) -> Paper:
    """The paper of a report whose paper says nothing."""
    return "a4"


@cache
def shipped() -> Pack:
    """The shipped content, read once."""
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


def opened() -> OpenContent:
    """The shipped content, as it is when the program has opened it."""
    return OpenContent(shipped(), forms_folder() / "intake", "shipped", read_at="10:22")


def session_of(pathway_id: str) -> Session:
    """A screening of a pathway, under the first label where one is to be chosen."""
    pack = shipped()
    pathway = pack.pathway(pathway_id)
    profiles = tuple(options[0] for options in pathway.needed)
    opening = Opening(
        reference="SYN-0042",
        second_mark="K 1974",
        pathway=pathway_id,
        profiles=profiles,
        parameters={},
        product=pathway.products[0] if pathway.products else "",
        visit_date="2026-11-23",
        clinician="Clinician A",
        role="clinician",
        begun_at=CLOCK.now().isoformat(),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
    )
    return Session(pack, opening, CLOCK)


def show_in_window(qtbot: QtBot, page: QWidget) -> MainWindow:
    """The page in a window of the program, dressed as it starts."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme.of(application)
    if not application.styleSheet() or (theme.scheme, theme.text_scale) != ("light", 1.0):
        theme.apply("light", 1.0)
    window = MainWindow(QSettings())
    window.resize(1440, 900)
    qtbot.addWidget(window)
    window.show_page(page)
    window.show()
    qtbot.waitExposed(window)
    return window


class OpenDesk:
    """A workspace on screen. `close` ends its threads."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.session = session
        self._vault = Vault.in_memory(CLOCK, name="Clinician A")
        self._jobs = Jobs("store", None)
        screening = self._vault.shelf.begin(session.opening.to_json())
        self.workspace = Workspace(SessionController(session), Desk(self._vault.shelf, self._jobs, screening))
        self.window = show_in_window(qtbot, self.workspace)

    def confirm(self) -> None:
        """Say that this is the person."""
        self.workspace.identity.confirm.click()

    def close(self) -> None:
        self._jobs.close()
        self.workspace.shut()
        self._vault.close()
        self.window.close()
        self.window.deleteLater()
        # Now, not in some later loop: hundreds of widgets that nobody sees make every further test slower.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
