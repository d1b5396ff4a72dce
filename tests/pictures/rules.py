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
        person.waits_for("752 rules")
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
            person.waits_for("752 rules", "As written · ")
            person.activate("Only what is changed here (2)")
            person.waits_for("2 of 752 rules", "Every other part is as shipped.")
            settle(600)
            camera.take("rules-changed")
            person.press("Escape")
            begin(person)
            crisis(person)
            person.press("Ctrl+Shift+R")
            person.waits_for("752 rules", "no response since")
            settle(1500)
            camera.take("rules-inside")


VALVE = """\
- id: heart.bled_valve
  title: Bleeding in the brain, and a valve
  class: safety
  tier: review
  profiles: [general]
  pathways: [spray]
  when: {all: [{ask: heart.bleed, is: "yes"}, {ask: heart.kind, is: valve}]}
  statement: "Bleeding in the brain: {heart.bleed}; which kind: {heart.kind}."
  source: {ref: label, strength: contraindication}
  basis: [ket/CV-1]
  cases:
    - {name: both, given: {heart.bleed: "yes", heart.kind: valve}, is: listed}
    - {name: never, given: {heart.bleed: "no"}, is: not_listed}
    - {name: not asked, given: {}, is: not_established}
- id: heart.slow
  title: Slow heart rate
  class: safety
  tier: note
  profiles: [general]
  pathways: [spray]
  when: {ask: heart.rate, below: 60, unit: /min}
  justified:
    worse-is-less: A fast rate is listed by another rule, as a note or for review.
  statement: The rate is {heart.rate}.
  source: {ref: trial, strength: evidence}
  basis: [ket/CV-1]
  cases:
    - {name: one below, given: {heart.rate: 59}, is: listed}
    - {name: at the line, given: {heart.rate: 60}, is: not_listed}
    - {name: not asked, given: {}, is: not_established}
- id: heart.bled_once
  title: Bleeding in the brain, by a trial
  class: safety
  tier: review
  profiles: [general]
  pathways: [spray]
  when: {ask: heart.bleed, is: "yes"}
  statement: "Bleeding in the brain: {heart.bleed}."
  source: {ref: trial, strength: trial exclusion}
  basis: [ket/CV-1]
  cases:
    - {name: bled, given: {heart.bleed: "yes"}, is: listed}
    - {name: never, given: {heart.bleed: "no"}, is: not_listed}
    - {name: not asked, given: {}, is: not_established}
"""
"""Rules to be planted in the small pack: one that never stands alone, one that is justified, one of another source."""


def take_logic(application: QApplication, scheme: str) -> None:
    """A pack with planted faults: what the logic checks found at its rule and among the findings; what would change."""
    from tests.forms.writing import write_pack
    from tests.journeys.ways import set_up

    first, rate = "- id: heart.bled\n", "text: Resting rate"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        planted = ("themes/heart/rules.yaml", first, VALVE + first)
        worse = ("themes/heart/questions.yaml", rate, f"{rate}\n    worse: up")
        with at_work(application, scheme, home, pack=write_pack(Path(folder), planted, worse)) as (person, camera):
            set_up(person)
            person.press("Ctrl+Shift+R")
            person.waits_for("7 rules")
            person.press("Ctrl+F")
            person.type("and a valve")
            person.waits_for("1 of 7 rules")
            person.press("Down", "Return")
            person.waits_for("As written · ", "never listed without")
            person.press("Ctrl+T")
            person.press("1")
            person.activate("What would change it")
            person.waits_for("With other answers")
            camera.take("rules-logic")
            person.tab_to("Show: Rules")
            person.arrow_to("Show: Findings")
            person.press("Space")
            person.waits_for("Answers that show it", "Logic checks of 7 rules: 1 finding.")
            camera.take("rules-logic-findings")
            person.tab_to("Show: Findings")
            person.arrow_to("Show: Rules", "Left")
            person.press("Space")
            person.press("Ctrl+F")
            person.press("Ctrl+A")
            person.type("by a trial")
            person.waits_for("1 of 7 rules")
            person.press("Down", "Return")
            person.waits_for("Listed wherever this rule is")
            camera.take("rules-logic-along")
