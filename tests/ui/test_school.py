"""The training window: beside the clinic's and never with it, with no vault set up or with one open."""

from __future__ import annotations

import gc
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screener.store.vault import Vault
from screener.ui.handover.begin_page import BeginPage
from screener.ui.handover.page import HandoverPage
from screener.ui.school import BANNER, School
from screener.ui.screening.workspace import Workspace
from screener.ui.shell.first_start import FirstStartPage
from screener.ui.shell.keys import KeysPage
from screener.ui.shell.palette import Palette
from screener.ui.style.tokens import TRAINING
from screener.ui.training.gallery import GalleryPage
from screener.ui.widgets.layout import StripedBanner
from tests.store.places import CHEAP
from tests.ui.desks import refuse
from tests.ui.schools import Classroom, classroom, first_words, texts
from tests.ui.test_keeping import PASSPHRASE, Desk


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Classroom]:
    yield from classroom(qtbot, tmp_path / "home")


def training_of(desk: Desk) -> School:
    desk.waits(lambda: desk.program._school is not None)
    found = desk.program._school
    assert found is not None
    desk.waits(lambda: isinstance(found.window.page, GalleryPage) and not found.jobs.busy)
    return found


def opened(qtbot: QtBot, home: Path) -> Desk:
    vault, _ = Vault.create(home, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    vault.close()
    desk = Desk(qtbot, home)
    desk.open()
    return desk


def test_it_opens_from_the_first_door_with_no_records_set_up_and_closing_it_leaves_the_door_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(qtbot, tmp_path / "home")
    door = desk.page(FirstStartPage)
    desk.press("Try it with a made-up patient")
    school = training_of(desk)
    assert school.window is not desk.window and school.window.isVisible() and desk.window.page is door
    banners = [one for one in school.window.findChildren(StripedBanner) if one.isVisible()]
    assert [one.text() for one in banners] == [BANNER]
    school.close()
    desk.waits(lambda: desk.program._school is None)
    assert desk.window.isVisible() and desk.window.page is door
    assert not list((tmp_path / "home").glob("*.db*")), "nothing was set up for it"
    desk.close()


def test_it_opens_with_a_key_from_home_and_stands_on_other_colours_than_care(qtbot: QtBot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path / "home")
    QTest.keyClick(desk.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    school = training_of(desk)
    desk.program.open_training()
    assert desk.program._school is school, "there is one training window"
    corner = school.window.page.grab().toImage().pixelColor(4, 4).name()
    assert corner.upper() == TRAINING["light"].page
    assert desk.window.page.grab().toImage().pixelColor(4, 4).name().upper() != corner.upper()
    desk.press("Training")
    assert desk.program._school is school
    desk.close()
    assert desk.program._school is None


# No vault is in reach


def followed(start: object) -> Iterator[object]:
    """Everything that is held, from one object on: by attributes, containers, closures, and as children of Qt.

    Modules and the globals of functions are no holding: there everything reaches everything.
    """
    seen: dict[int, object] = {}
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, types.ModuleType | types.FrameType):
            continue
        seen[id(one)] = one
        yield one
        waiting += _held_by(one)


def _held_by(one: object) -> list[Any]:
    if isinstance(one, type):
        inside = one.__module__.startswith("screener")
        return [v for v in vars(one).values() if not callable(v)] if inside else []
    if isinstance(one, types.FunctionType):
        return [*(one.__closure__ or ()), *(one.__defaults__ or ()), *(one.__kwdefaults__ or {}).values()]
    held = list(gc.get_referents(one))
    if isinstance(one, QObject):
        held += one.children()
    return held


def vaults_held_by(start: object) -> list[str]:
    return [type(one).__name__ for one in followed(start) if type(one).__module__.startswith("screener.store")]


def test_no_vault_is_held_by_anything_of_training_while_a_clinic_stands_open_beside_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = opened(qtbot, tmp_path / "home")
    assert "Vault" in vaults_held_by(desk.program), "the search finds one where there is one"
    desk.program.open_training()
    school = training_of(desk)
    assert vaults_held_by(school) == []
    school.show_first_look()
    assert vaults_held_by(school) == []
    school.practise(next(iter(school._entries.values())), None)
    assert school.practice is not None
    assert sum(1 for _ in followed(school)) > 10_000, "the rehearsal was gone through"
    assert vaults_held_by(school) == []
    desk.close()


def test_a_rehearsal_takes_nobody_who_is_not_made_up(room: Classroom) -> None:
    from screener.ui.rehearsing import rehearse
    from tests.ui.desks import session_of

    session = session_of("ketamine-home")
    assert not session.opening.made_up
    with pytest.raises(ValueError, match="made-up"):
        rehearse(session, room.school.jobs)


def test_the_clinic_goes_on_while_training_is_open_and_closing_the_program_closes_both(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = opened(qtbot, tmp_path / "home")
    desk.program.open_training()
    school = training_of(desk)
    page = desk.page(type(desk.window.page))
    school.show_first_look()
    assert desk.window.page is page
    desk.window.may_close = lambda: True
    desk.window.close()
    desk.waits(lambda: desk.program._school is None)
    desk.program.shut()


def test_nothing_of_a_play_or_of_a_rehearsal_follows_the_window_once_its_page_has_gone(room: Classroom) -> None:
    room.practises()
    gone: list[str] = []
    practice = room.school.practice
    assert practice is not None
    practice.destroyed.connect(lambda: gone.append("practice"))
    room.school.show_gallery()
    room.gallery()
    room.press(f"Play: {first_words('The vine weekend')}")
    room.waits(lambda: room.school.presenting is not None)
    presenting = room.school.presenting
    assert presenting is not None
    presenting.destroyed.connect(lambda: gone.append("presenting"))
    room.school.show_gallery()
    room.gallery()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == ["practice", "presenting"]
    with room.qtbot.captureExceptions() as wrong:
        room.school.show_gallery()
        room.gallery()
    assert wrong == []


# The first look


def test_the_first_look_is_half_filled_and_nothing_of_it_is_kept(room: Classroom) -> None:
    room.gallery()
    room.press("First look: a half-filled patient")
    workspace = room.page(Workspace)
    assert workspace.controller.session.opening.made_up and len(workspace.controller.session.answers) > 20
    workspace.identity.confirm.click()
    workspace.leave()
    room.gallery()
    assert not list(room.home.glob("rehearsals/*"))


def test_an_unreadable_first_look_is_said_below_the_gallery(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screener.training.rehearsal.read_patient", refuse)
    room.gallery()
    room.press("First look: a half-filled patient")
    assert "The disk is full." in room.window.news.text
    assert isinstance(room.window.page, GalleryPage)


def test_the_command_opens_the_training_window_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    import screener.__main__ as entry

    heard: list[list[str]] = []

    def noted(arguments: Sequence[str]) -> int:
        heard.append(list(arguments))
        return 0

    monkeypatch.setattr(entry, "open_window", noted)
    assert entry.main(["train"]) == entry.main(["--training", "--pack", "x"]) == 0
    assert heard == [["--training"], ["--training", "--pack", "x"]]
    assert QApplication.instance() is not None


# The palette


def test_the_palette_opens_over_the_gallery_the_first_look_a_rehearsal_and_a_play(room: Classroom) -> None:
    def finds(words: str) -> Palette:
        room.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        [palette] = [one for one in room.window.findChildren(Palette) if one.isVisible()]
        QTest.keyClicks(palette.line, words)
        return palette

    def leaves(palette: Palette) -> None:
        QTest.keyClick(palette.line, Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    room.gallery()
    leaves(finds("larger text"))
    room.press("First look: a half-filled patient")
    workspace = room.page(Workspace)
    workspace.identity.confirm.click()
    QTest.keyClick(finds("psichosis risk").line, Qt.Key.Key_Return)
    assert workspace.interview.theme_id == "psychosis-risk"
    workspace.leave()
    practice = room.practises()
    before = practice.workspace.interview.theme_id
    QTest.keyClick(finds("medical history").line, Qt.Key.Key_Return)
    assert practice.workspace.interview.theme_id == "medical-history" != before
    room.school.show_gallery()
    room.gallery()
    room.press(f"Play: {first_words('The vine weekend')}")
    room.waits(lambda: room.school.presenting is not None)
    leaves(finds("larger text"))


def test_in_the_patients_hands_there_is_no_palette(room: Classroom) -> None:
    room.gallery()
    room.press("First look: a half-filled patient")
    workspace = room.page(Workspace)
    workspace.identity.confirm.click()
    workspace.handover_asked.emit()
    workspace.findChildren(BeginPage)[-1].begin.emit("psychosis-risk", "patient_on_screen", False)
    room.waits(lambda: room.school.is_handed_over)
    room.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert [one for one in room.window.findChildren(Palette) if one.isVisible()] == []
    room.page(HandoverPage).came_back.emit(False)


def test_the_list_of_keys_names_those_of_this_window_alone(room: Classroom) -> None:
    room.gallery()
    room.key(Qt.Key.Key_F1)
    said = texts(room.page(KeysPage))
    for there in (
        "Do something, or go somewhere",
        "Larger text",
        "Ask the question that has the keyboard",
        "Not known",
    ):
        assert there in said, there
    for elsewhere in (
        "Lock",
        "Dose day",
        "Add an account",
        "Search settings",
        "Try the rule",
        "Read the content again",
    ):
        assert elsewhere not in said.splitlines(), elsewhere
