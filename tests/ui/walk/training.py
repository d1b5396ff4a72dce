"""The training window: who there is, practising with the patient card, and what is said where nothing is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QApplication

from screener.language import tr
from screener.places import forms_folder
from screener.screening.session import Session
from screener.text import WorldError
from screener.training.beginning import begin
from screener.training.files import Kept
from screener.training.library import Entry, entries
from screener.ui import practice, school
from screener.ui.appearance import Appearance
from screener.ui.content import OpenContent
from screener.ui.rehearsing import rehearse
from screener.ui.training.gallery import GalleryPage
from tests.ui.desks import CLOCK, session_of, shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

BROKEN = "id: broken\ntitle: 4\nlabel: real\nlevel: brutal\nopening_line: 3\nstory: 2\naims: 1\nstop_word: []\n"


def walk_training(reader: Reader) -> None:
    """Every page of the training window but the play and the debrief, each in its states."""
    with TemporaryDirectory() as place:
        home = Path(place)
        (home / "scenarios").mkdir()
        (home / "scenarios" / "broken.yaml").write_text(BROKEN, encoding="utf-8")
        found = entries(shipped(), forms_folder() / "scenarios", home / "scenarios")
        vine = next(one for one in found if one.scenario is not None and one.scenario.id == "vine-weekend")
        quiet = next(one for one in found if one.scenario is not None and not one.scenario.in_room)
        _gallery(reader, found, home, vine)
        assert quiet.scenario is not None
        bare = replace(quiet, scenario=quiet.scenario.model_copy(update={"papers": ()}))
        for entry, cut in ((vine, None), (bare, None), (vine, 10)):
            _practising(reader, entry, cut, home)
        _without_a_window(reader, vine)
        _window(reader, home, vine)


def _gallery(reader: Reader, found: list[Entry], home: Path, vine: Entry) -> None:
    titles = {pathway.id: pathway.title for pathway in shipped().pathways}
    page = GalleryPage(titles, home / "scenarios")
    reader.read("gallery", "as it opens", page)
    page.show_entries(found)
    reader.read("gallery", "everybody", page)
    for one in page.findChildren(QAbstractButton):
        if one.text() == tr("Before you begin"):
            one.click()
    reader.read("gallery", "with content warnings", page)
    page.titles.setChecked(True)
    reader.read("gallery", "with titles", page)
    page.titles.setChecked(False)
    rehearsal = begin(vine, shipped(), CLOCK, 10)
    signed = rehearsal.model_copy(update={"signed_at": 60.0, "mode": "play"})
    gone = rehearsal.model_copy(update={"scenario": "gone"})
    wrong = Kept(home / "odd.json", None, WorldError("odd.json holds no rehearsal."))
    page.show_kept([*(Kept(home / "one.json", one) for one in (rehearsal, signed, gone)), wrong])
    reader.read("gallery", "with kept rehearsals", page)
    everything = tr("Show all {count}").format(count=4)
    [more] = [one for one in page.kept.findChildren(QAbstractButton) if one.text() == everything]
    more.click()
    reader.read("gallery", "with all of them", page)
    page.search.setText("nobody says this")
    page._show()
    reader.read("gallery", "nobody found", page)
    page._show_everybody()
    page.show_entries([one for one in found if not one.usable])
    reader.read("gallery", "nobody there", page)
    page.deleteLater()
    again = GalleryPage(titles, home / "scenarios", "Removed from the kept rehearsals.", undo=True)
    reader.read("gallery", "something removed", again)
    again.deleteLater()
    forget()


def _practising(reader: Reader, entry: Entry, cut: int | None, home: Path) -> None:
    assert entry.scenario is not None
    jobs: Any = ByHand()
    window: Any = None
    rehearsal = begin(entry, shipped(), CLOCK, cut)
    made = practice.Practice(entry.scenario, rehearsal, home / "one.json", window, shipped(), jobs, CLOCK)
    made.workspace.identity.confirm.click()
    state = f"{entry.scenario.id}, {cut}"
    reader.read("practising", f"{state}, as it opens", made.page)
    for deed, said in _deeds(made):
        deed()
        reader.read("practising", f"{state}, {said}", made.page)
    made.page.deleteLater()
    forget()


def _deeds(made: practice.Practice) -> list[tuple[Callable[[], object], str]]:
    card, encounter = made.card, made.encounter

    def show(question: str) -> Callable[[], object]:
        return lambda: card.show_question(question, shipped().questions[question].text)

    return [
        (show("neuro.tumour"), "a question"),
        (partial(encounter.ask, "neuro.tumour", "partner or family"), "asked of somebody else"),
        (card._show_said, "nothing said"),
        (show("medicines.list"), "a question"),
        (card.ask_it, "asked"),
        (card.ask_it_openly, "asked openly"),
        (show("trauma.boundary"), "another question"),
        (made._send_out, "alone"),
        (card.ask_it, "asked alone"),
        (show("bp.readings"), "a figure"),
        (card.ask_it, "a figure, asked"),
        (card.measure_it, "a figure, too early"),
        (lambda: encounter.pass_time(20), "later"),
        *((card.measure_it, "a figure, read") for _ in range(5)),
        (card._papers._ask, "papers"),
        *((lambda paper=paper: encounter.show(paper.id), "a paper") for paper in encounter.papers),
        (lambda: encounter.pass_time(240), "interrupted"),
        (card.show_hint, "a hint"),
        *((partial(encounter.ask, next(iter(fact.truth))), "all asked") for fact in encounter.scenario.facts),
        (card.show_hint, "no hint left"),
        (partial(_one_half, made), "one half"),
        (lambda: made._not_kept(WorldError("The disk is full.", "Make room.")), "not kept"),
        (made._sealed, "signed"),
    ]


def _one_half(made: practice.Practice) -> None:
    made.page._beside = False
    made.page._show_halves("patient")


def _without_a_window(reader: Reader, entry: Entry) -> None:
    """A rehearsal that is shown: what leads elsewhere says that it does not."""
    session = session_of("ketamine-home")
    jobs: Any = ByHand()
    workspace = rehearse(Session(shipped(), replace(session.opening, made_up=True), CLOCK), jobs)
    workspace.identity.confirm.click()
    for signal in (workspace.history_asked, workspace.handover_asked):
        signal.emit()
        reader.read("rehearsal", str(signal), workspace)
    workspace.side.show_crisis_card()
    reader.read("rehearsal", "crisis card", workspace)
    workspace.deleteLater()
    forget()


class _Read:
    """Content that was read, and that was begun with."""

    origin = "shipped"

    def __init__(self) -> None:
        self.open = OpenContent(shipped(), forms_folder() / "intake", "shipped")
        self.pack = shipped()
        self.opened = _Silent()


class _Silent:
    def connect(self, _: object) -> None:
        """Nothing more is read."""


def _window(reader: Reader, home: Path, vine: Entry) -> None:
    """The window itself, and what it says at its foot or above a screening."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    content: Any = _Read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(school, "Jobs", ByHand)
        patch.setattr(school.School, "_dress", lambda _: None)
        made = school.School(content, Appearance(application, settings), settings, CLOCK, home)
        jobs: Any = made.jobs
        jobs.work_off()
        reader.read("training window", "as it opens", made.window)
        made.practise(vine, None)
        assert made.practice is not None
        rehearsal = made.practice.diary.rehearsal
        made.practice.workspace.leave()
        jobs.work_off()
        reader.read("training window", "put aside", made.window)
        opening = {**rehearsal.opening, "pack": {**rehearsal.opening["pack"], "hash": "other"}}
        other = rehearsal.model_copy(update={"scenario_hash": "other", "opening": opening})
        made._go_on(Kept(home / "two.json", other))
        reader.read("training window", "gone on with under something else", made.window)
        made._replay(rehearsal)
        reader.read("training window", "replayed", made.window)
        made.show_first_look()
        reader.read("training window", "first look", made.window)
        made.close()
    forget()
