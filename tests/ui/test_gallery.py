"""The gallery of made-up patients: who there is, what is said of them, and what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from screener.places import forms_folder
from screener.training.checking import read_scenario
from screener.training.files import FOLDER, kept_in
from screener.training.kept import Wrote
from screener.ui.school import OWN_FOLDER
from screener.ui.training.gallery import GalleryPage
from tests.ui.schools import Classroom, buttons, classroom, first_words, texts

VINE = (forms_folder() / "scenarios" / "vine-weekend.yaml").read_text(encoding="utf-8")


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Classroom]:
    yield from classroom(qtbot, tmp_path / "home")


@pytest.fixture
def with_own(qtbot: QtBot, tmp_path: Path) -> Iterator[Classroom]:
    own = tmp_path / "home" / OWN_FOLDER
    own.mkdir(parents=True)
    mine = VINE.replace("id: vine-weekend", "id: mine").replace("The vine weekend", "A trainer's own weekend")
    mine = mine.replace("We found you in the end", "Here I am")
    (own / "mine.yaml").write_text(mine, encoding="utf-8")
    (own / "broken.yaml").write_text("id: broken\ntitle: Half written\nlevel: brutal\n", encoding="utf-8")
    yield from classroom(qtbot, tmp_path / "home")


def titles(page: GalleryPage) -> set[str]:
    assert page._entries is not None
    found = [one.scenario for one in page._entries if one.scenario is not None]
    return {one.title for one in found if buttons(page, f"Practise: “{one.opening_line}”")}


def test_patients_are_shown_by_their_first_words_and_by_nothing_that_gives_the_key_away(room: Classroom) -> None:
    page = room.gallery()
    entries = page._entries
    assert entries is not None and len(entries) >= 10
    room.waits(lambda: len(titles(page)) == len(entries))
    said = texts(page)
    for entry in entries:
        scenario = entry.scenario
        assert scenario is not None
        assert scenario.opening_line in said and scenario.title not in said
        assert not scenario.content_warning or scenario.content_warning not in said
        key = [scenario.story, *(fact.note for fact in scenario.facts), *(item.note for item in scenario.expected)]
        assert not [text for text in (*key, *scenario.aims) if text and text in said], scenario.id
        for way in ("Practise", "Play", "Print sheets"):
            [button] = buttons(page, f"{way}: “{scenario.opening_line}”")
            assert scenario.title not in button.accessibleDescription()


def test_a_content_warning_is_folded_behind_a_button_that_the_keyboard_reaches_and_that_says_whose_it_is(
    room: Classroom,
) -> None:
    page = room.gallery()
    room.waits(lambda: titles(page))
    entries = page._entries
    assert entries is not None
    warned = [one.scenario for one in entries if one.scenario is not None and one.scenario.content_warning]
    assert len(warned) >= 2
    name = f"Before you begin: “{warned[0].opening_line}”"
    button = room.button(name)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    room.key(Qt.Key.Key_Space)
    room.reads(page, warned[0].content_warning)
    assert warned[1].content_warning not in texts(page)
    room.key(Qt.Key.Key_Space)
    room.waits(lambda: warned[0].content_warning not in texts(page))


def test_titles_are_shown_and_searched_only_once_a_trainer_asks_for_them(room: Classroom) -> None:
    page = room.gallery()
    everybody = titles(page)
    assert not page.titles.isChecked() and "trainer" in page.titles.accessibleDescription()
    QTest.keyClicks(page.search, "vine weekend")
    room.reads(page, "Nobody found")
    page.titles.click()
    room.waits(lambda: titles(page) == {"The vine weekend"})
    room.reads(page, "The vine weekend")
    page.search.clear()
    page._show()
    room.reads(page, *everybody)
    [play] = buttons(page, f"Play: {first_words('The vine weekend')}")
    assert play.accessibleDescription().startswith("The vine weekend. ")
    page.titles.click()
    room.waits(lambda: "The vine weekend" not in texts(page))


def test_a_kept_rehearsal_has_its_title_once_its_key_was_seen(room: Classroom) -> None:
    practice = room.practises()
    practice.workspace.leave()
    page = room.gallery()
    room.waits(page.kept.isVisible)
    room.reads(page.kept, first_words("The vine weekend"))
    assert "The vine weekend" not in texts(page)
    [kept] = kept_in(room.home / FOLDER)
    assert kept.rehearsal is not None and not kept.rehearsal.key_was_seen
    written = kept.rehearsal.model_copy(update={"events": (*kept.rehearsal.events, Wrote(at=60, words="plants"))})
    played = kept.rehearsal.model_copy(update={"mode": "play"})
    for seen in (written, played):
        page.show_kept([replace(kept, rehearsal=seen)])
        room.reads(page.kept, "The vine weekend")


def test_they_are_narrowed_by_words_pathway_and_level_and_nobody_found_leads_back_to_everybody(room: Classroom) -> None:
    page = room.gallery()
    everybody = titles(page)
    QTest.keyClicks(page.search, "TWO DOORS")
    room.waits(lambda: titles(page) == {"The vine weekend"})
    page.search.selectAll()
    QTest.keyClicks(page.search, "nobody says this")
    room.reads(page, "Nobody found")
    assert titles(page) == set()
    room.press("Show everybody")
    room.waits(lambda: titles(page) == everybody)
    assert page.search.hasFocus()
    room.press("Level: Hard")
    room.waits(lambda: set() < titles(page) < everybody)
    page.level.choose("all")
    place = page.pathway.findText("Psilocybin services in Oregon")
    page.pathway.setCurrentIndex(place)
    page.pathway.activated.emit(place)
    room.waits(lambda: titles(page) == {"A word for that week", "Half a calendar"})
    assert page.cut_min is None
    room.press("How long: 10 min")
    assert page.cut_min == 10


def test_a_trainers_own_scenario_stands_beside_the_shipped_ones_and_a_broken_one_says_what_is_wrong(
    with_own: Classroom,
) -> None:
    page = with_own.gallery()
    with_own.waits(lambda: {"A trainer's own weekend", "The vine weekend"} <= titles(page))
    with_own.reads(page, "your own", "broken.yaml", "broken.yaml:3")
    assert not [one for one in page.findChildren(QAbstractButton) if "Half written" in one.accessibleName()]
    (with_own.home / OWN_FOLDER / "broken.yaml").unlink()
    with_own.press("Read again")
    with_own.waits(lambda: with_own.window.page is not page)
    page = with_own.gallery()
    assert "broken.yaml" not in texts(page)


def test_another_folder_is_chosen_and_remembered(room: Classroom, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    mine = VINE.replace("id: vine-weekend", "id: mine").replace("The vine weekend", "From the other folder")
    (other / "mine.yaml").write_text(mine, encoding="utf-8")
    page = room.gallery()
    page.choose_folder.emit(other)
    room.waits(lambda: room.window.page is not page)
    page = room.gallery()
    room.waits(lambda: "From the other folder" in titles(page))
    assert room.school.own_folder == other


def test_a_kept_rehearsal_is_removed_and_brought_back(room: Classroom) -> None:
    practice = room.practises()
    practice.workspace.leave()
    page = room.gallery()
    room.reads(page, "Put aside: it is among the kept rehearsals.")
    room.reads(page, "practised")
    room.reads(page, "not signed")
    [kept] = kept_in(room.home / FOLDER)
    remove = next(one for one in page.kept.findChildren(QAbstractButton) if one.text() == "Remove")
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    room.waits(lambda: room.window.page is not page)
    page = room.gallery()
    assert not page.kept.isVisible() and kept_in(room.home / FOLDER) == []
    room.press("Undo")
    room.waits(lambda: room.window.page is not page)
    assert room.gallery().kept.isVisible()
    assert [one.file for one in kept_in(room.home / FOLDER)] == [kept.file]


def test_a_scenario_is_made_of_a_kept_rehearsal_and_says_in_the_list_what_is_still_to_be_written(
    room: Classroom,
) -> None:
    practice = room.practises()
    practice.workspace.leave()
    page = room.gallery()
    page = _made_one(room, page)
    made = sorted((room.home / OWN_FOLDER).glob("*.yaml"))
    assert len(made) == 1
    room.reads(page, f"{made[0].name} is in your own folder.", "this is still to be written")
    page = _made_one(room, page)
    made = sorted((room.home / OWN_FOLDER).glob("*.yaml"))
    assert len(made) == 2, "nothing is written over"
    room.reads(page, made[0].name, made[1].name)
    scenario, findings, _ = read_scenario(made[0])
    assert scenario is not None and findings == [] and scenario.label == "made-up"


def _made_one(room: Classroom, page: GalleryPage) -> GalleryPage:
    """The gallery after a scenario was made of the kept rehearsal."""
    room.waits(page.kept.isVisible)
    make = next(one for one in page.kept.findChildren(QAbstractButton) if one.text() == "Make a scenario")
    QTest.mouseClick(make, Qt.MouseButton.LeftButton)
    room.waits(lambda: room.window.page is not page)
    return room.gallery()


def test_a_scenario_that_cannot_be_written_is_said_below_the_gallery(room: Classroom) -> None:
    practice = room.practises()
    practice.workspace.leave()
    page = room.gallery()
    room.waits(lambda: page.kept.isVisible())
    (room.home / OWN_FOLDER).write_text("no folder", encoding="utf-8")
    make = next(one for one in page.kept.findChildren(QAbstractButton) if one.text() == "Make a scenario")
    QTest.mouseClick(make, Qt.MouseButton.LeftButton)
    room.waits(lambda: "cannot be written" in room.window.news.text)
    assert room.window.page is page


def test_a_file_that_holds_no_rehearsal_is_listed_with_why(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "home" / FOLDER
    folder.mkdir(parents=True)
    (folder / "odd.json").write_text('{"format": "screener rehearsal 1", "made_up": false}', encoding="utf-8")
    [made] = list(_once(qtbot, tmp_path / "home"))
    assert "odd.json does not say that its patient is made up. It is not opened." in made


def _once(qtbot: QtBot, home: Path) -> Iterator[str]:
    for room in classroom(qtbot, home):
        page = room.gallery()
        room.reads(page, "odd.json")
        yield texts(page)
