"""The logic checks of the content that is browsed: some rules at a time beside the window, kept by the pack's hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from screener.language import tr
from screener.text import WorldError
from screener.ui.jobs import Jobs

if TYPE_CHECKING:
    from screener.forms.analysis.checks import Checked, Checks
    from screener.forms.library import Library
    from screener.forms.model import Rule
    from screener.ui.packs.logic_card import Logic

_AT_ONCE = 6
"""So many rules are checked before the window hears of it."""
_BEGIN_MS = 700
"""What is shown first comes first."""
_BREATH_S = 0.002
"""After each rule the window has a turn."""
_MOST_KEPT = 4
STOPPED = tr("The logic checks run once nothing stops the files from being used.")
INSIDE = tr("The logic checks run in Rules and sources, outside a screening.")


@dataclass
class _Run:
    """The checks of one pack."""

    library: Library
    checks: Checks
    left: dict[str, Rule]
    checked: dict[str, Checked] = field(default_factory=dict)
    of: int = 0


class LogicChecks(QObject):
    """Goes on while somebody browses, and rests when nobody does. What was checked once is not checked again."""

    came_on = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs("logic", self)
        self._kept: dict[str, _Run] = {}
        self._run: _Run | None = None
        self._why = ""
        self._resting = True
        self._first = ""
        self._begin = QTimer(self, singleShot=True, interval=_BEGIN_MS)
        self._begin.timeout.connect(self._go_on)

    @property
    def logic(self) -> Logic:
        """How far they have come."""
        from screener.ui.packs.logic_card import ON_THEIR_WAY, Logic

        if self._run is None:
            return Logic(why=self._why or ON_THEIR_WAY)
        return Logic(dict(self._run.checked), self._run.of)

    @property
    def resting(self) -> bool:
        return self._resting or self._run is None or not self._run.left

    def begin(self, library: Library) -> None:
        """Check these files, or go on with them."""
        pack = library.pack
        if pack is None or any(finding.stops for finding in library.findings):
            self._run, self._why = None, STOPPED
            self.came_on.emit()
            return
        self._run = self._run_of(library, pack.hash)
        self._resting = False
        self.came_on.emit()
        self._begin.start()

    def wait(self) -> None:
        """Files are being read: what is known of those before is shown no more."""
        self.rest()
        self._run, self._why = None, ""
        self.came_on.emit()

    def show_kept(self, library: Library | None) -> None:
        """Nothing is begun: what is known of these files is shown."""
        pack = None if library is None else library.pack
        kept = None if pack is None else self._kept.get(pack.hash)
        self._run = kept if kept is not None and not kept.left else None
        self._resting, self._why = True, INSIDE
        self.came_on.emit()

    def rest(self) -> None:
        """Nobody browses: nothing more is begun."""
        self._resting = True
        self._begin.stop()

    def end(self) -> None:
        self.rest()
        self._jobs.abandon()

    def prefer(self, rule: str) -> None:
        """Somebody looks at this rule: its turn comes next."""
        self._first = rule

    def _run_of(self, library: Library, key: str) -> _Run:
        kept = self._kept.pop(key, None)
        if kept is not None and kept.library is library:
            self._kept[key] = kept
            return kept
        checks = library.checks()
        rules = {rule.id: rule for rule in checks.rules}
        run = _Run(library, checks, rules, of=len(rules))
        if kept is not None:
            # The same rules; only the lines on which they stand may be others.
            run.checked = {name: library.placed_anew(one, kept.library) for name, one in kept.checked.items()}
            run.left = {name: rule for name, rule in rules.items() if name not in kept.checked}
        self._kept[key] = run
        for old in list(self._kept)[:-_MOST_KEPT]:
            del self._kept[old]
        return run

    def _go_on(self) -> None:
        run = self._run
        if run is None or self._resting or not run.left or self._jobs.busy:
            return
        names = list(run.left)
        if self._first in run.left:
            names = [self._first, *(name for name in names if name != self._first)]
        some = [run.left[name] for name in names[:_AT_ONCE]]
        self._jobs.submit(partial(_check, run.checks, some), partial(self._checked, run), self._failed)

    def _checked(self, run: _Run, found: Sequence[Checked]) -> None:
        for one in found:
            run.checked[one.rule] = one
            run.left.pop(one.rule, None)
        if run is self._run and not self._resting:
            self.came_on.emit()
        self._go_on()

    def _failed(self, problem: WorldError) -> None:
        raise problem


def _check(checks: Checks, rules: Sequence[Rule]) -> list[Checked]:
    found = []
    for rule in rules:
        found.append(checks.of(rule))
        sleep(_BREATH_S)
    return found
