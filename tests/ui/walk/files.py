"""Answers out of files: the pages that ask for one and show what it holds, and what is said of other things."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from screener.exchange.fhir.writing import json_text
from screener.ui.dropping import NOT_NOW, one_at_a_time
from screener.ui.recognising import Brought, What
from tests.exchange.fhir.test_incoming import answers_to, item
from tests.ui.desks import refuse

if TYPE_CHECKING:
    from tests.ui.walk.deeds import Worked

YES = {"valueBoolean": True}
HEAVY = {"valueQuantity": {"value": 900, "code": "kg"}}


def files(worked: Worked) -> None:
    """Asked for, broken, with nothing for this screening, of another person, offered, offered already."""
    with TemporaryDirectory() as folder:
        _looked_at(worked, Path(folder) / "answers.json")
    for what in What:
        worked.reader.note("dropped on the window", what.name, [Brought(Path("thing"), what).said])
    worked.reader.note("dropped on the window", "not now", [NOT_NOW, one_at_a_time(2)])


def _looked_at(worked: Worked, path: Path) -> None:
    session, pathway = worked.session, worked.session.opening.pathway
    private = next(q.id for q in session.questions.values() if q.sensitive and q.kind == "yes_no")
    free = (q.id for q in session.questions.values() if q.kind == "yes_no" and session.is_shown(q.id))
    plain = (name for name in free if not session.questions[name].sensitive and not session.pack.asked_anew(name))
    unasked = next(name for name in plain if name not in session.recorded)
    some = (item(unasked, YES), item(private, YES), item("body.height", HEAVY), item("body.weight", HEAVY))
    worked.act("answers_file")
    worked.read("a file is asked for")
    for state, text in (
        ("a file that is broken", "{"),
        ("a file with nothing to offer", json_text(answers_to(pathway, subject={}, authored=None, source=None))),
    ):
        path.write_text(text, "utf-8")
        worked.workspace.files.take(path)
        worked.read(f"{state}, being read")
        worked.jobs.work_off()
        worked.read(state)
    path.write_text(json_text(answers_to(pathway, *some)), "utf-8")
    worked.controller.set_visit("room", "by video")
    _take(worked, path)
    worked.read("answers of another, with somebody in the room")
    worked.controller.set_visit("room", "alone")
    _take(worked, path)
    worked.press("Offer ")
    worked.read("nobody said whose answers they are")
    worked.press("These are the answers of ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(worked.vault.shelf), "note_file", refuse)
        worked.press("Offer ")
        worked.jobs.work_off()
        worked.read("the log takes no line")
    worked.press("Offer ")
    worked.jobs.work_off()
    worked.read("answers are offered")
    worked.workspace.pages.go_to_question(unasked)
    worked.read("an answer is offered at its question")
    worked.act("answers_file")
    worked.read("answers were offered already")
    strange = (item("nowhere", YES), item("elsewhere", YES))
    path.write_text(json_text(answers_to(pathway, item(unasked, YES), *strange, authored=None)), "utf-8")
    _take(worked, path)
    worked.read("answers without a day")
    worked.press("These are the answers of ")
    worked.press("Offer ")
    worked.jobs.work_off()
    worked.workspace.pages.go_to_question(unasked)
    worked.read("an answer without a day is offered at its question")
    worked.controller.undo()
    worked.controller.undo()


def _take(worked: Worked, path: Path) -> Any:
    worked.workspace.files.take(path)
    worked.jobs.work_off()
