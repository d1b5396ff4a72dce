"""Every page that the walk comes to lies as it should: nothing cut off, nothing over another, nothing out of sight."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from screener.language import spoken
from tests.ui.modes import MODES, USUAL
from tests.ui.walk.browsing import walk_browser
from tests.ui.walk.debriefing import walk_debrief
from tests.ui.walk.deeds import walk_deeds
from tests.ui.walk.history import walk_history
from tests.ui.walk.keeping import walk_keeping
from tests.ui.walk.measuring import Measurer, walk_themes
from tests.ui.walk.playing import walk_playing
from tests.ui.walk.sampled import OF_THE_OTHERS, USUAL_WAY, WAYS, measured_here, sample
from tests.ui.walk.shell import walk_shell
from tests.ui.walk.training import walk_training

# Pages stand in windows of their own here, many at a time: what is said of a window too many is meant.
pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")]
WALKS = {
    walk.__name__: walk
    for walk in (
        walk_shell,
        walk_keeping,
        walk_themes,
        walk_deeds,
        walk_history,
        walk_browser,
        walk_debrief,
        walk_playing,
        walk_training,
    )
}


@pytest.fixture
def dressed(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Measurer]:
    mode = MODES[request.param]
    mode.dress(qapp)
    gc.collect()
    gc.freeze()
    yield Measurer(mode, thorough=mode is USUAL)
    USUAL.dress(qapp)
    for window in qapp.topLevelWidgets():
        window.deleteLater()


@pytest.mark.parametrize(("walk", "dressed"), measured_here([*WALKS], spoken()), indirect=["dressed"])
def test_every_page_lies_as_it_should(
    dressed: Measurer, walk: str, record_property: Callable[[str, object], None]
) -> None:
    WALKS[walk](dressed)
    record_property("measured", dressed.measured)
    assert dressed.measured
    assert not dressed.faults, "\n".join(f"{fault} at {place}" for fault, place in dressed.faults.items())


def test_of_every_way_something_is_measured_and_of_every_walk_the_usual_way() -> None:
    chosen = sample([*WALKS])
    assert {way for _, way in chosen} == {*WAYS}
    assert {walk for walk, way in chosen if way == USUAL_WAY} == {*WALKS}
    assert len(chosen) == len(WALKS) * (1 + OF_THE_OTHERS)
