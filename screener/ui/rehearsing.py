"""A made-up screening in the window: the same workspace as care has, over a shelf that no vault stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.language import tr
from screener.training.shelf import RehearsalShelf
from screener.ui.jobs import Jobs
from screener.ui.screening.desk import Desk
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController

if TYPE_CHECKING:
    from screener.screening.session import Session

CARD = tr("In care the site's own crisis card stands here. In training it is blank.")


def rehearse(session: Session, jobs: Jobs, *, may_sign: bool = True) -> Workspace:
    """A workspace of a made-up patient. ValueError for any other: nothing of care is opened here.

    What leads out of a rehearsal (records of the reference, the patient's own screen) says that there is none.
    """
    shelf = RehearsalShelf(session.clock)
    screening = shelf.begin(session.opening.to_json())
    workspace = Workspace(SessionController(session), Desk(shelf, jobs, screening, CARD, may_sign=may_sign))
    workspace.controller.setParent(workspace)
    workspace.history_asked.connect(lambda: workspace.say_news(tr("A made-up patient has no earlier records.")))
    workspace.handover_asked.connect(
        lambda: workspace.say_news(tr("In a rehearsal the screen stays here: the patient card answers."))
    )
    return workspace
