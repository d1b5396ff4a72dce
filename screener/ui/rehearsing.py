"""A made-up screening in the window: the same workspace as care has, over a shelf that no vault stands behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screener.language import tr
from screener.training.shelf import RehearsalShelf
from screener.ui.choices import ClinicChoices
from screener.ui.handing_over import HandingOver
from screener.ui.jobs import Jobs
from screener.ui.screening.desk import Desk
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.screening.session import Session

CARD = tr("In care the site's own crisis card stands here. In training it is blank.")


def rehearse(
    session: Session,
    jobs: Jobs,
    *,
    window: MainWindow | None = None,
    keep: Callable[[], None] = lambda: None,
    may_sign: bool = True,
) -> Workspace:
    """A workspace of a made-up patient. ValueError for any other: nothing of care is opened here.

    `window`: in which the screen can be handed over; without one it stays. `keep`: as `RehearsalShelf` has it.
    """
    shelf = RehearsalShelf(session.clock, keep)
    screening = shelf.begin(session.opening.to_json())
    desk = Desk(shelf, jobs, screening, CARD, may_sign=may_sign)
    workspace = Workspace(SessionController(session), desk)
    workspace.controller.setParent(workspace)
    say = workspace.above.say_news
    workspace.history_asked.connect(lambda: say(tr("A made-up patient has no earlier records.")))
    if window is None:
        workspace.handover_asked.connect(lambda: say(tr("In this rehearsal the screen stays here.")))
    else:
        HandingOver(window, workspace, desk, ClinicChoices({}, CARD, ""))
    return workspace
