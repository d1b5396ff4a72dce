"""Answers out of a file in the window: dropped or chosen, looked at, offered, taken one by one; nothing by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from screener.exchange.fhir.writing import json_text
from screener.records import signed_file
from screener.records.record import build
from screener.screening.answers import PATIENT
from screener.screening.session import Session
from screener.store.vault import Vault
from screener.ui.autosave import SaveState
from screener.ui.dropping import Dropping
from screener.ui.recognising import What, recognised
from screener.ui.screening.file_page import FilePage, FoundPage
from tests.exchange.fhir.foreign.forms import form, when
from tests.exchange.fhir.foreign.forms import item as question
from tests.exchange.fhir.test_incoming import answers_to, item
from tests.journeys.person import Person
from tests.ui.desks import OpenDesk, session_of, shipped
from tests.ui.dropped import drop_on

KETAMINE = "ketamine-clinic"
BY_FILE = "patient, by file of 12 Nov 2026"
YES, NO = {"valueBoolean": True}, {"valueBoolean": False}


def file_of(folder: Path, *items: Any, **more: Any) -> Path:
    path = folder / "from the portal.json"
    path.write_text(json_text(answers_to(KETAMINE, *items, **more)), "utf-8")
    return path


class Dropped(OpenDesk):
    """A screening on a window that takes what is dropped, with somebody at the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session, *, confirmed: bool = True) -> None:
        super().__init__(qtbot, session)
        self._dropping = Dropping(self.window, self._jobs, lambda: self.workspace, lambda: False, shipped, self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.person = Person(qtbot.waitUntil, self.window)
        if confirmed:
            self.confirm()

    @property
    def vault(self) -> Vault:
        return self._vault

    def drop(self, *paths: Path) -> bool:
        """Drag them over the window and let go; whether the window took them."""
        return drop_on(self.window, *paths)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Dropped]:
    made = Dropped(qtbot, session_of(KETAMINE))
    yield made
    made.close()


def offer(desk: Dropped, path: Path) -> None:
    """Drop it, say whose answers they are, and have them offered."""
    assert desk.drop(path)
    desk.person.waits_for("Who answered", "Offer ")
    if "SYN-0042" not in path.read_text("utf-8"):
        desk.person.tab_to("These are the answers of SYN-0042")
        desk.person.press("Space")
    desk.person.tab_to(
        next(one.text() for one in desk.workspace.findChildren(QAbstractButton) if "Offer " in one.text())
    )
    desk.person.press("Return")
    desk.person.waits_until(lambda: bool(desk.session.files), lambda: "nothing was offered")


def test_a_file_that_is_dropped_is_shown_first_and_records_nothing(desk: Dropped, tmp_path: Path) -> None:
    wrong = item("nowhere", YES)
    path = file_of(tmp_path, item("heart.attack", YES), wrong)
    assert desk.drop(path)
    desk.person.waits_for(
        "Answers from “from the portal.json”",
        "A-17; this screening is about SYN-0042",
        "12 Nov 2026",
        "1 thing is not used",
        "QuestionnaireResponse.item[1]",
        "1 answer can be offered",
        "is kept in the record as offered and not taken",
    )
    desk.person.tab_to("Offer 1 answer")
    desk.person.press("Return")
    desk.person.waits_for("Say first that these are the answers of SYN-0042.")
    assert (desk.session.files, desk.session.recorded) == ({}, {})
    desk.person.press("Escape")
    assert desk.workspace.pages.room is None
    assert [row.deed for row in desk.vault.audit_log() if row.deed == "file read"] == []


def test_each_answer_is_taken_by_its_key_with_who_gave_it_when_and_undo_takes_it_back(
    desk: Dropped, tmp_path: Path
) -> None:
    offer(desk, file_of(tmp_path, item("heart.attack", YES), item("heart.failure", NO)))
    assert desk.session.recorded == {}
    assert desk.person.sees("Look in: Blood pressure and heart.")
    desk.workspace.pages.go_to_question("heart.attack")
    desk.person.waits_for("Patient, 12 Nov 2026, by file: yes")
    desk.person.press("F")
    (entry,) = desk.session.recorded["heart.attack"].entries
    assert (entry.by, entry.raw) == (BY_FILE, "yes")
    assert "From the file from the portal.json of 12 Nov 2026" in entry.note
    assert "heart.failure" not in desk.session.recorded
    desk.person.press("Ctrl+Z")
    assert desk.session.recorded == {}
    desk.workspace.pages.go_to_question("heart.attack")
    desk.person.press("S")
    (entry,) = desk.session.recorded["heart.attack"].entries
    assert (entry.by, entry.raw) == (PATIENT, "yes")


def test_the_offers_are_there_again_after_a_restart_and_the_log_has_their_line(
    qtbot: QtBot, desk: Dropped, tmp_path: Path
) -> None:
    offer(desk, file_of(tmp_path, item("heart.attack", YES), subject={"identifier": {"value": "SYN-0042"}}))
    desk.workspace.autosave.commit()
    qtbot.waitUntil(lambda: desk.workspace.autosave.status.state is SaveState.SAVED)
    (line,) = desk.vault.shelf.drafts()
    draft = desk.vault.shelf.draft(line.screening)
    again = Session.replay(shipped(), desk.session.opening, draft.steps, desk.session.clock)
    found = again.offered("heart.attack")
    assert found is not None
    assert (found.words(), found.file.authored, again.recorded) == ("yes", "2026-11-12", {})
    (file,) = build(again)["offered_not_taken"]
    assert (file["name"], file["authored"]) == ("from the portal.json", "2026-11-12")
    assert [(one["question"], one["value"]) for one in file["answers"]] == [("heart.attack", "yes")]
    assert "file read" in [row.deed for row in desk.vault.audit_log()]


def test_what_is_asked_anew_is_not_taken_from_a_file_of_another_day(desk: Dropped, tmp_path: Path) -> None:
    pack = desk.session.pack
    name = next(
        q.id
        for q in desk.session.questions.values()
        if pack.asked_anew(q.id) and q.kind == "yes_no" and desk.session.is_shown(q.id)
    )
    offer(desk, file_of(tmp_path, item(name, YES)))
    desk.workspace.pages.go_to_question(name)
    desk.person.press("Alt+F")
    assert name not in desk.session.recorded
    desk.person.press("Alt+S")
    assert desk.session.recorded[name].entries[0].by == PATIENT


def test_a_sensitive_answer_is_kept_back_while_somebody_is_in_the_room(desk: Dropped, tmp_path: Path) -> None:
    name = next(q.id for q in desk.session.questions.values() if q.sensitive and q.kind == "yes_no")
    desk.session.set_visit("room", "with partner or family")
    assert desk.drop(file_of(tmp_path, item(name, YES)))
    desk.person.waits_for("kept back while somebody else is in the room")


def test_by_its_key_the_page_asks_for_a_file_and_broken_json_is_said_with_its_line(
    desk: Dropped, tmp_path: Path
) -> None:
    desk.workspace.pages.go_to_question("heart.attack")
    desk.person.press("Ctrl+Shift+O")
    page = desk.workspace.pages.currentWidget()
    assert isinstance(page, FilePage)
    broken = tmp_path / "broken.json"
    broken.write_text('{"resourceType":\n "QuestionnaireResponse",, }', "utf-8")
    page.chosen.emit(broken)
    desk.person.waits_for("broken.json is not read, line 2, column 26")
    desk.person.press("Escape")
    assert desk.workspace.interview.question_id == "heart.attack"


def test_a_full_disk_offers_nothing(desk: Dropped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.ui.desks import refuse

    assert desk.drop(file_of(tmp_path, item("heart.attack", YES), subject={"identifier": {"value": "SYN-0042"}}))
    desk.person.waits_for("Offer 1 answer")
    monkeypatch.setattr(type(desk.vault.shelf), "note_file", refuse)
    desk.person.tab_to("Offer 1 answer")
    desk.person.press("Return")
    desk.person.waits_for("The disk is full.")
    assert isinstance(desk.workspace.pages.currentWidget(), FoundPage)
    assert desk.session.files == {}


def test_behind_the_cover_nothing_is_taken(desk: Dropped, tmp_path: Path) -> None:
    path = file_of(tmp_path, item("heart.attack", YES))
    desk.workspace.cover()
    assert not desk.drop(path)


def test_before_the_person_is_confirmed_it_is_said_that_it_waits(qtbot: QtBot, tmp_path: Path) -> None:
    made = Dropped(qtbot, session_of(KETAMINE), confirmed=False)
    assert made.drop(file_of(tmp_path, item("heart.attack", YES)))
    made.person.waits_for("once the person is confirmed")
    assert made.workspace.pages.room is None
    made.close()


def things(folder: Path) -> dict[What, Path]:
    """One of each kind."""
    (folder / "pack").mkdir()
    (folder / "pack" / "pack.yaml").write_text("id: x", "utf-8")
    (folder / "empty").mkdir()
    texts = {
        What.FORM: ("form.json", json.dumps(form(question("along", "boolean")))),
        What.RECORD: (f"r{signed_file.SUFFIX}", "{}"),
        What.BACKUP: ("b.screener-backup", ""),
        What.TABLE: ("t.csv", "a,b"),
        What.OTHER: ("letter.pdf", "%PDF"),
        What.ANSWERS: ("a.json", json.dumps(answers_to(KETAMINE))),
    }
    found = {What.CONTENT: folder / "pack", What.FOLDER: folder / "empty"}
    for what, (name, text) in texts.items():
        (folder / name).write_text(text, "utf-8")
        found[what] = folder / name
    return found


def test_of_other_things_it_is_said_what_they_are_and_where_they_go(desk: Dropped, tmp_path: Path) -> None:
    found = things(tmp_path)
    assert set(found) == set(What)
    for what, path in found.items():
        brought = recognised(path, shipped())
        assert (brought.what, brought.problem) == (what, None)
        if what is not What.ANSWERS:
            assert desk.drop(path)
            desk.person.waits_for(what.said(path))
    desk.drop(found[What.FORM], found[What.TABLE])
    desk.person.waits_for("One file at a time: 2 were dropped.")
    assert desk.session.files == {}


BESIDE = question("a", "boolean", enableWhen=[when("b", "=", answerBoolean=True)])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (form(question("a", "boolean")), "It becomes questions of this clinic in Settings"),
        (form(question("g", "group", "", question("a", "smell"))),
         "house.json is not read, Questionnaire.item[0].item[0].type: 'smell' is no type of R4. Mend it there"),
        (form(BESIDE), "Questionnaire.item[0].enableWhen[0].question: it names the linkId 'b', which is not there."),
        (form(question("a", "boolean", modifierExtension=[{"url": "urn:not"}])),
         "Questionnaire.item[0].modifierExtension[0]: this program does not know what it changes in the meaning."),
        (form(), "Questionnaire.item: it asks nothing."),
        ({"resourceType": "Bundle", "entry": [{"resource": form(question("a", "boolean"))}]},
         "it is no Questionnaire (Bundle). Choose the form itself"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_that_is_dropped_is_said_with_its_place(
    desk: Dropped, tmp_path: Path, made: Any, said: str
) -> None:
    path = tmp_path / "house.json"
    path.write_text(json.dumps(made), "utf-8")
    assert desk.drop(path)
    desk.person.waits_for("house.json is a form (FHIR Questionnaire), and holds no answers.", said)
    assert desk.workspace.pages.room is None


def test_a_broken_file_that_no_screening_takes_is_said_with_its_line(qtbot: QtBot, tmp_path: Path) -> None:
    made = Dropped(qtbot, session_of(KETAMINE), confirmed=False)
    broken = tmp_path / "house.json"
    broken.write_text('{"resourceType": "Questionnaire",\n "item": [}', "utf-8")
    assert made.drop(broken)
    made.person.waits_for("house.json is not read, line 2, column 11: it is not JSON there")
    made.close()
