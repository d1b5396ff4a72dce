"""Reads what is kept under a reference: for its pages, and for a screening that is opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from screener.clock import Clock
from screener.language import tr
from screener.text import WorldError, moment
from screener.ui.content import Content
from screener.ui.jobs import Jobs

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.browse import Shelf
    from screener.records.earlier import Earlier
    from screener.records.rerun import Rerun
    from screener.records.sitting import Sitting
    from screener.screening.session import Session
    from screener.ui.records.area import HistoryArea, Kept


class History(QObject):
    """One vault's records by reference. Reading has a thread of its own: saving never waits for it."""

    def __init__(self, shelf: Shelf, content: Content, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf, self._content, self._clock = shelf, content, clock
        self._jobs = Jobs("history", self)
        self._area: HistoryArea | None = None
        self._over = False

    def end(self) -> None:
        """The records are locked: finish what is being read, and show it no more."""
        self._over = True
        self._area = None
        self._jobs.close()

    def read_earlier(self, reference: str, screening: str, then: Callable[[Earlier], object]) -> None:
        """The signed records of a reference before a screening that is opened; told once they are read.

        Where they cannot be read nothing is offered from them: the page that shows them says why.
        """
        from screener.records.earlier import Earlier
        from screener.records.sitting import signed_sittings

        def read() -> Earlier:
            return Earlier(signed_sittings(self._shelf.signed_under(reference)), without=screening)

        self._jobs.submit(read, partial(self._tell, then), lambda _: None)

    def _tell(self, then: Callable[[Any], object], found: Any) -> None:
        if not self._over:
            then(found)

    def area(self, reference: str, session: Session | None = None, screening: str = "") -> HistoryArea:
        """The pages of a reference, which say that they are being read until they are.

        `session`: the screening that is open, as it stands now, with its id.
        """
        from screener.ui.records.area import HistoryArea, Tools

        pack = self._content.pack
        assert pack is not None, "nothing over a vault is shown without content"
        name = f"{pack.head.id} {pack.head.version}"
        area = HistoryArea(reference, Tools(self._jobs, name, partial(self._rerun, pack)), current=screening)
        self._area = area
        live = None if session is None else sitting_of(session, screening)
        self._jobs.submit(
            partial(self._read, reference, pack, live), partial(self._show, area), partial(self._fail, area)
        )
        return area

    def _show(self, area: HistoryArea, kept: Kept) -> None:
        if self._area is area and isValid(area):
            area.show_kept(kept)

    def _fail(self, area: HistoryArea, problem: WorldError) -> None:
        if self._area is area and isValid(area):
            area.show_problem(problem)

    # On its thread

    def _read(self, reference: str, pack: Pack, live: Sitting | None) -> Kept:
        from screener.records.sitting import signed_sittings
        from screener.records.timeline import timeline
        from screener.records.trends import trends
        from screener.ui.records.area import Kept

        sittings = signed_sittings(self._shelf.signed_under(reference))
        if live is not None:
            sittings.append(live)
        unreadable = []
        for line in self._shelf.drafts():
            if line.opening["reference"] == reference and (live is None or line.screening != live.screening):
                try:
                    sittings.append(self._unfinished(line.screening, pack))
                except WorldError as problem:
                    begun = moment(str(line.opening["begun_at"]))
                    unreadable.append(
                        tr("The unfinished screening begun {begun} cannot be shown here. {said}").format(
                            begun=begun, said=problem.said
                        )
                    )
        return Kept(timeline(sittings), trends(sittings, pack), tuple(unreadable))

    def _unfinished(self, screening: str, pack: Pack) -> Sitting:
        """What an unfinished screening would seal, under the content that it was begun with where that is at hand."""
        from screener.screening.opening import Opening
        from screener.screening.session import Session

        draft = self._shelf.draft(screening)
        opening = Opening.from_json(draft.opening)
        begun_with = self._content.begun_with(opening.pack.hash) or pack
        return sitting_of(Session.replay(begun_with, opening, draft.steps, self._clock), screening)

    def _rerun(self, pack: Pack, sitting: Sitting) -> Rerun:
        from screener.records.rerun import rerun

        then = self._content.begun_with(str(sitting.content["pack"]["hash"]))
        return rerun(sitting.content, pack, then)


def sitting_of(session: Session, screening: str) -> Sitting:
    """A screening as it stands, as if it were sealed now."""
    from screener.records.record import build, canonical
    from screener.records.sitting import Sitting

    return Sitting(screening, json.loads(canonical(build(session))))
