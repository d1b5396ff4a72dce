"""A clinic takes in a form of another system: looked over, written, asked, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import begin, set_up, turn_to

pytestmark = pytest.mark.slow
ALONG = {"linkId": "1.1", "type": "boolean", "text": "Does somebody come along?"}
SHOWN = [{"question": "1.1", "operator": "=", "answerBoolean": True}]
WHO = {"linkId": "1.2", "type": "string", "text": "Who comes along?", "enableWhen": SHOWN}
DRAWING = {"linkId": "1.3", "type": "attachment", "text": "A drawing of the rooms"}
WAY = {"linkId": "1", "type": "group", "text": "The way home", "item": [ALONG, WHO, DRAWING]}
HEAD = {"resourceType": "Questionnaire", "status": "active", "title": "House visit"}
EXAMPLE = HEAD | {"copyright": "© Made Up House. Ask before use.", "item": [WAY]}
ADVISING = HEAD | {"item": [ALONG | {"text": "Is the patient a suitable candidate for treatment?"}]}


def test_a_form_is_looked_over_taken_in_asked_and_taken_back(person: Person, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "house-visit.json"
    file.write_text(json.dumps(EXAMPLE), "utf-8")
    set_up(person)
    person.activate("Settings")
    person.activate("This clinic's questions…")
    person.activate("Take in a form of another system…")
    person.waits_for("Take in a form", "nothing is fetched")
    person.activate("Look into the file")
    person.waits_for("Choose a form, or type where it lies.")
    person.write("Form", str(tmp_path / "none.json"))
    person.press("Return")
    person.waits_for("there is no such file")
    person.write("Form", str(file))
    person.press("Return")
    person.waits_for("House visit", "© Made Up House. Ask before use.", "Take it in")
    assert person.sees("Asked if yes to “Does somebody come along?”")
    assert person.sees("An attachment has no form here; it is not asked (item[0].item[2])")
    assert not (home / "own-content").exists(), "nothing is written before it was looked over"
    person.activate("Take it in")
    person.waits_for("Choose at least one pathway on which it is asked.")
    person.tab_to("Esketamine nasal spray, in a clinic")
    person.press("Space")
    person.activate("Take it in")
    person.waits_for("Written: taken in House visit.")
    assert not person.sees("There are none yet."), "what is written is being read"
    person.waits_for("House visit: remove", "Undo: taken in House visit")
    written = home / "own-content" / "themes" / "house-visit" / "questions.yaml"
    assert "# copyright: © Made Up House" in written.read_text("utf-8")
    person.press("Escape")
    person.waits_for("our-clinic 1, extends intake")
    person.press("Escape")
    person.waits_for("No screenings yet")
    begin(person)
    turn_to(person, "House visit")
    assert person.sees("Does somebody come along?")
    assert not person.sees("Who comes along?")
    person.press("Ctrl+H")
    person.waits_for("SYN-0042")
    person.activate("Settings")
    person.activate("This clinic's questions…")
    person.activate("House visit: remove")
    person.waits_for("Written: removed House visit.", "There are none yet.")
    assert not written.exists()
    person.activate("Undo: removed House visit")
    person.waits_for("Taken back: removed House visit.", "House visit: remove")
    assert written.exists()


def test_words_that_advise_are_declared_by_somebody_or_nothing_is_taken_in(
    person: Person, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "house-visit.json"
    file.write_text(json.dumps(ADVISING), "utf-8")
    set_up(person)
    person.activate("Settings")
    person.activate("This clinic's questions…")
    person.activate("Take in a form of another system…")
    person.write("Form", str(file))
    person.press("Return")
    person.waits_for("Nothing that this program shows advises or decides. In this form:")
    person.tab_to("Ketamine at home")
    person.press("Space")
    person.activate("Take it in")
    person.waits_for("Some of its words advise or decide")
    assert not (home / "own-content").exists()
    person.press("Space")
    person.activate("Take it in")
    person.waits_for("Written: taken in House visit.")
    assert (home / "own-content" / "sources" / "house-visit.yaml").exists()
    person.activate("Undo: taken in House visit")
    person.waits_for("Taken back: taken in House visit.", "There are none yet.")
    assert not (home / "own-content" / "sources" / "house-visit.yaml").exists()
