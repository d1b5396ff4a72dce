"""A table under the content that is browsed: read and counted beside the window, with a way to stop; kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from screener.language import tr
from screener.places import forms_folder
from screener.text import WorldError, problem_words
from screener.ui.jobs import Ended, Jobs, as_long_as_open
from screener.ui.packs.in_table import INSIDE, LIMIT, NOTHING, PACK, SHIPPED, InTable, limit_of, limits
from screener.ui.progress import LeftUndone

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.cohort.asking import Counted, Tell, Wish
    from screener.records.signed_file import SignedFile

_SHIPPED = "intake"


class Cohorts(QObject):
    """Remembers a table and its map for as long as the records are open, and counts anew when the rules change.

    It holds their places and what was counted. Nothing of the table is written, logged or told outside the page.
    """

    came_on = Signal()
    _so_far = Signal(object, object, object)
    """Comes from the thread: which work it is, how much of it is done, and the whole of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs("cohort", self)
        self._state = InTable()
        self._asked = 0
        self._left = Event()
        """Set once nobody waits for what is being done."""
        self._last: InTable | None = None
        """What was shown before it was asked to be counted otherwise: where that fails, it is shown again."""
        self._shipped: Pack | None = None
        self._inside = False
        self._over = False
        self._so_far.connect(self._moved)

    @property
    def state(self) -> InTable:
        return InTable(why=INSIDE) if self._inside else self._state

    # Which content, which table

    def use(self, pack: Pack, *, own: bool) -> None:
        """This content is browsed; what was counted under another is counted anew."""
        self._inside = False
        before = self._state.pack
        if before is not None and before.hash == pack.hash:
            self.came_on.emit()
            return
        self._state = replace(self._state, pack=pack, own=own, beside=self._still(pack, own=own), said="")
        self._last = None
        if self._state.table is not None and (self._state.counted is not None or self._state.working):
            self.count()
        else:
            self.came_on.emit()

    def stand_aside(self) -> None:
        """A screening is open: no table is looked at beside it."""
        self._inside = True
        self.came_on.emit()

    def _still(self, pack: Pack, *, own: bool) -> str:
        beside = self._state.beside
        if beside == SHIPPED:
            return beside if own else NOTHING
        known = {value for _, value in limits(pack)}
        return beside if beside in (NOTHING, PACK) or beside in known else NOTHING

    def choose(self, table: Path, map_path: Path | None) -> None:
        """Look at this table with this map from now on."""
        by = self._state.by if (table, map_path) == (self._state.table, self._state.map) else None
        self._state = replace(self._state, table=table, map=map_path, by=by)
        self._last = None
        self.count()

    def part_by(self, column: str) -> None:
        """Part the numbers by a column."""
        self._remember()
        self._state = replace(self._state, by=column)
        self.count()

    def compare(self, beside: str, other: Path | None = None) -> None:
        """Count under this as well; `other`: the folder of a pack."""
        self._remember()
        self._state = replace(self._state, beside=beside, other=other or self._state.other)
        self.count()

    def _remember(self) -> None:
        if self._state.counted is not None and not self._state.stopped:
            self._last = self._state

    def forget(self) -> None:
        """No table is looked at any more."""
        self._last = None
        self._leave()
        self._state = InTable(pack=self._state.pack, own=self._state.own)
        self.came_on.emit()

    # Counting

    def count(self) -> None:
        """Count what was chosen, from the beginning."""
        from screener.records.cohort.asking import Wish

        state = self._state
        if state.table is None or state.pack is None:
            return
        wish = Wish(state.table, state.map, state.by)
        self._begin(tr("Reading the records of {table}").format(table=state.table.name))
        tell = partial(self._tell, self._asked, self._left)
        work = partial(self._counted, state.pack, wish, state.beside, state.other, tell)
        self._submit(work, self._show)

    def stop(self) -> None:
        """Leave undone what is being done."""
        self._leave()
        self._go_back_to(said=tr("Stopped. Nothing of it was kept."))

    def write_map(self, table: Path, path: Path, pathway: str) -> None:
        """Write a starting map for a table."""
        from screener.records.cohort.starting import write_starting_map

        state = self._state
        assert state.pack is not None
        self._state, self._last = replace(state, table=table, counted=None), None
        self._begin(tr("Writing a starting map"))
        self._submit(partial(write_starting_map, table, path, state.pack, pathway), partial(self._map_written, path))

    def _map_written(self, path: Path, _: None) -> None:
        said = tr("Written: {path}. Questions were found by names alone: look through it, then count.")
        self._state = replace(self._state, map=path, working="", share=None, said=said.format(path=path))
        self.came_on.emit()

    def _begin(self, working: str) -> None:
        self._leave()
        self._state = replace(self._state, working=working, share=None, problem="", said="", counted=None)
        self.came_on.emit()

    def _submit(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        asked = self._asked
        self._jobs.submit(
            as_long_as_open(self._is_over, work), partial(self._finished, asked, done), partial(self._failed, asked)
        )

    def _finished(self, asked: int, done: Callable[[Any], None], value: Any) -> None:
        if asked == self._asked:
            done(value)

    def _failed(self, asked: int, problem: WorldError) -> None:
        if asked == self._asked and not isinstance(problem, LeftUndone):
            self._go_back_to(problem=problem_words(problem))

    def _show(self, counted: Counted) -> None:
        if counted.shown is None and self._last is not None:
            found = "; ".join(f"{one.place}: {one.message}" for one in counted.findings if one.stops)
            self._go_back_to(problem=found)
            return
        self._state, self._last = replace(self._state, working="", share=None, counted=counted), None
        self.came_on.emit()

    def _go_back_to(self, *, said: str = "", problem: str = "") -> None:
        """What was asked for did not come: what was shown before is shown again, where there was anything."""
        before, self._last = self._last or self._state, None
        self._state = replace(before, working="", share=None, said=said, problem=problem)
        self.came_on.emit()

    def _moved(self, asked: int, done: int, of: int) -> None:
        if asked == self._asked and self._state.working:
            self._state = replace(self._state, share=done / max(of, 1))
            self.came_on.emit()

    def _leave(self) -> None:
        """Whatever is being done ends at its next step, and what comes of it concerns nobody."""
        self._asked += 1
        self._left.set()
        self._left = Event()

    def end(self) -> None:
        """The records are closed: the table is forgotten."""
        self._over = True
        self._leave()
        self._jobs.abandon()
        self._state = InTable()

    def _is_over(self) -> bool:
        return self._over

    # On its thread

    def _tell(self, asked: int, left: Event, done: int, of: int) -> None:
        if self._over:
            raise Ended
        if left.is_set():
            raise LeftUndone
        self._so_far.emit(asked, done, of)

    def _counted(self, pack: Pack, wish: Wish, beside: str, other: Path | None, tell: Tell) -> Counted:
        from screener.records.cohort.asking import Against, Wish, ask

        against = None
        if beside.startswith(LIMIT):
            name, option = limit_of(beside)
            against = Against(None, {name: option})
        elif beside == SHIPPED:
            self._shipped = self._shipped or _pack_in(forms_folder() / _SHIPPED)
            against = Against(self._shipped)
        elif beside == PACK and other is not None:
            against = Against(_pack_in(other))
        tell(0, 1)
        return ask(pack, Wish(wish.table, wish.map, wish.by, against), tell, fits)


def _pack_in(folder: Path) -> Pack:
    from screener.forms.pack import load_pack

    found = load_pack(folder).pack
    if found is None:
        raise WorldError(
            tr("The pack in {folder} cannot be used.").format(folder=folder),
            tr("Choose another folder, or mend what “screener check” names in it."),
        )
    return found


def fits(file: SignedFile) -> bool:
    """Whether every signature of a record fits what it signs."""
    from screener.store.signing import verify_record

    return all(verify_record(signed).unchanged for signed in (file.record, *file.amendments))
