"""The real program is killed while somebody types into it: what its window said to be saved is there afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qt_compat import qt_api

from screener.forms.model import Pack
from screener.rules.values import Kind
from tests.kills.killing import Killed, Typist, kill_when, kill_without_journal
from tests.kills.lines import SAVED, SENT, TYPED, place_of, said, shown_as_saved
from tests.kills.oracle import check, shipped_pack
from tests.proofs.kills import AIMED, kills, rows
from tests.proofs.table import Asked
from tests.store.places import PASSPHRASE, made

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KILLS = 50
# They sleep now and then: more of them at a time than there are cores.
WORKERS = 3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there"),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack()


def records(folder: Path) -> Path:
    """New records, with an account that the typist can open."""
    made(folder)[0].close()
    return folder


def test_fifty_kills_one_in_four_aimed_inside_a_commit_lose_nothing_that_was_shown_as_saved(pack: Pack) -> None:
    said: list[str] = []
    outcomes = kills(Asked(KILLS, WORKERS, said.append), pack)
    assert len(outcomes) == KILLS
    assert [outcome for outcome in outcomes if outcome.failure] == [], said
    inside, moments = (row.how_many for row in rows(outcomes, [])[1:3])
    assert inside >= KILLS / AIMED / 2, "so few kills came inside a commit that nothing is proved of it"
    assert moments > KILLS / 2, "so little was shown as saved that nothing is proved"


def test_with_the_journal_write_taken_out_the_same_check_reports_a_loss(tmp_path: Path, pack: Pack) -> None:
    folder = records(tmp_path)
    killed = kill_without_journal(folder, 200)
    with pytest.raises(AssertionError, match=r"^lost: .* 0 are there"):
        check(folder, [killed], pack)


# --- and going on -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A program killed with the keyboard in a line that was typed, just after that was shown as saved."""

    folder: Path
    killed: Killed
    label: str
    place: str
    text: str


def in_a_saved_line(pack: Pack) -> Callable[[list[str]], bool]:
    typed = {q.id for theme in pack.themes for q in theme.questions if q.kind in (Kind.TEXT, Kind.NUMBER)}

    def reached(lines: list[str]) -> bool:
        *_, before, last = ["", "", *(line for line in lines if line != SENT)]
        return last.startswith(SAVED) and before.startswith(TYPED) and place_of(before) in typed and "value" in before

    return reached


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Interrupted:
    folder, reached = records(tmp_path_factory.mktemp("interrupted")), in_a_saved_line(pack)

    def when(running: Typist, _: Any) -> None:
        assert running.listen(reached, 40), "no line was left in peace until it was saved"

    killed = kill_when(folder, 304, when)
    place = place_of(next(line for line in reversed(killed.lines[: last_saved(killed)]) if line.startswith(TYPED)))
    label = next(q.label for theme in pack.themes for q in theme.questions if q.id == place)
    *_, shown = shown_as_saved(killed.lines)
    return Interrupted(folder, killed, label, place, shown.stands[place]["value"])


STEPS_BACK = 12
"""From the next question past the links and states of this one."""


def last_saved(killed: Killed) -> int:
    return max(number for number, line in enumerate(killed.lines) if line.startswith(SAVED))


def value_at_the_keyboard() -> str:
    """What a screen reader reads out of the control that has the keyboard."""
    accessible = qt_api.QtGui.QAccessible
    control = accessible.queryAccessibleInterface(qt_api.QtWidgets.QApplication.focusWidget())
    return str(control.text(accessible.Text.Value))


def test_the_check_compares_what_was_typed_and_not_only_how_much(interrupted: Interrupted, pack: Pack) -> None:
    check(interrupted.folder, [interrupted.killed], pack)
    other = said(TYPED, place=interrupted.place, stands={"value": f"{interrupted.text}, and this"})
    at = last_saved(interrupted.killed)
    altered = (*interrupted.killed.lines[:at], other, interrupted.killed.lines[at])
    with pytest.raises(AssertionError, match=f"^lost: .* {interrupted.place} stands as"):
        check(interrupted.folder, [replace(interrupted.killed, lines=altered)], pack)


def test_after_a_kill_the_program_offers_to_go_on_at_the_question_that_was_open(
    interrupted: Interrupted, qapp: Any, qtbot: QtBot
) -> None:
    from screener.ui.app import build
    from tests.journeys.person import Person

    program = build(qapp, home=interrupted.folder)
    try:
        qtbot.addWidget(program.window)
        program.window.show()
        person = Person(qtbot.waitUntil, program.window)
        person.waits_for("Open the records")
        person.write("Passphrase", PASSPHRASE)
        person.press("Return")
        person.waits_for(f"{interrupted.killed.reference} was open when the program last stopped")
        person.waits_until(lambda: person.hears("Search screenings"))
        person.activate(interrupted.killed.reference)
        person.waits_until(lambda: person.hears("This is the person: confirm"))
        person.press("Space")
        person.waits_until(lambda: not person.hears("This is the person: confirm"))
        # Between the save and the kill the hands may have gone on to the next question: this one stands just before it.
        for _ in range(STEPS_BACK):
            if person.focus_name == interrupted.label:
                break
            person.press("Shift+Tab")
        assert person.focus_name == interrupted.label, (
            f"the keyboard is at {person.focus_name!r}, not at {interrupted.place}"
        )
        assert value_at_the_keyboard() == interrupted.text
    finally:
        program.shut()
