"""Pictures of rules and sources: a rule tried out, its cases, a question, a source, what a clinic changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work, settle
from tests.pictures.desk import crisis, write_local_pack


def take_rules(application: QApplication, scheme: str) -> None:
    """Rules and sources: a rule tried out, its worked cases, the lists narrowed, a question, a source, findings."""
    from tests.journeys.ways import set_up

    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        set_up(person)
        person.press("Ctrl+Shift+R")
        person.waits_for("751 rules")
        person.press("Ctrl+F")
        person.type("bp.label_reference")
        person.press("Return")
        person.waits_for("As written · ", "all as written.")
        person.press("Ctrl+F")
        person.press("Ctrl+A")
        person.type("pressure label")
        camera.take("rules")
        person.press("Ctrl+T")
        person.type("152/88")
        person.waits_for("For review", "152.0")
        person.tab_to("Worked cases")
        person.press("Down", "Down")
        camera.take("rules-trying")
        person.activate("Open the question bp.readings")
        person.waits_for("Rules that read it")
        settle(600)
        camera.take("rules-question")
        person.press("Alt+Left")
        person.waits_for("As written · ")
        person.activate("Open the source spravato-us: all that rests on it")
        person.waits_for("Text version read")
        settle(600)
        camera.take("rules-source")


def take_changes(application: QApplication, scheme: str) -> None:
    """A rule that a clinic's own folder replaces, among all that it changes; the rules inside a screening."""
    from tests.journeys.ways import begin, set_up

    with tempfile.TemporaryDirectory() as folder:
        home, pack = Path(folder) / "home", Path(folder) / "northside"
        home.mkdir()
        write_local_pack(pack)
        with at_work(application, scheme, home, pack=pack) as (person, camera):
            set_up(person)
            person.press("Ctrl+Shift+R")
            person.waits_for("751 rules", "As written · ")
            person.activate("Only what is changed here (2)")
            person.waits_for("2 of 751 rules", "Every other part is as shipped.")
            settle(600)
            camera.take("rules-changed")
            person.press("Escape")
            begin(person)
            crisis(person)
            person.press("Ctrl+Shift+R")
            person.waits_for("751 rules", "no response since")
            settle(1500)
            camera.take("rules-inside")
