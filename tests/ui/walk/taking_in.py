"""A form of another system, taken into a clinic's folder: looked into, looked over, refused, written, out again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, QSettings

from screener.exchange.fhir.foreign import into_folder
from screener.exchange.fhir.foreign.into_folder import out_of_folder
from screener.exchange.fhir.foreign.reading import MOST_BYTES, files, incoming
from screener.forms.findings import Code, Finding, Place
from screener.forms.model import Pack, Theme
from screener.forms.reading import read_file
from screener.text import WorldError, problem_words
from screener.ui.own_questions import OwnQuestions
from screener.ui.shell.own_questions_page import OwnQuestionsPage
from screener.ui.shell.taking_in_page import TakingInPage
from screener.ui.shell.window import MainWindow
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.forms import form, item, read
from tests.exchange.fhir.foreign.test_refusals import ADVISING
from tests.exchange.fhir.foreign.told import REFUSED, TOLD
from tests.ui.desks import shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.own import Chosen, opened
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

SCREEN = "taking in a form"
LITTLE = form(item("a", "string", repeats=True, maxLength=4, definition="urn:made-up"))
"""One thing is not as there, and two are kept."""


def walk_taking_in(reader: Reader) -> None:
    """Every form of the tests, one that is taken in and out again, and what goes wrong on the way."""
    _walk_words(reader)
    with TemporaryDirectory() as place:
        folder = Path(place)
        content, jobs, window, parent = Chosen(opened(folder)), ByHand(), MainWindow(QSettings()), QObject()
        own: Any = OwnQuestions(window, content, jobs, folder, parent)  # type: ignore[arg-type]
        own.open(lambda: None)
        own._take_in(lambda: None)
        page = _page(window)
        reader.read(SCREEN, "no file yet", page)
        page._look()
        reader.read(SCREEN, "no file chosen", page)
        for name, made in (("none", None), ("advising", ADVISING), ("little", LITTLE), ("example", EXAMPLE)):
            file = folder / f"{name}.json"
            if made is not None:
                file.write_text(json.dumps(made), "utf-8")
            page._take_file(file)
            reader.read(SCREEN, f"{name}, being read", page)
            jobs.work_off()
            reader.read(SCREEN, name, page)
            page._go_on() if made is not None else None
            reader.read(SCREEN, f"{name}, no pathway", page)
            for box in page._boxes.values():
                box.setChecked(True)
            if name == "advising":
                page._go_on()
                reader.read(SCREEN, "advising, not declared", page)
        page.show_findings(
            [Finding(Code.DUPLICATE_ID, Place("themes/x/questions.yaml", 3), "the theme x stands twice")]
        )
        reader.read(SCREEN, "with findings", page)
        _taken_in(reader, own, page, jobs, window)
        _taken_out(reader, own, content, jobs, folder, window)
        own.end()
        window.deleteLater()
        forget()


def _taken_in(reader: Reader, own: Any, page: TakingInPage, jobs: ByHand, window: MainWindow) -> None:
    page._go_on()
    reader.read(SCREEN, "being written", page)
    jobs.work_off()
    reader.read(SCREEN, "written", window.page)
    own._undo()
    jobs.work_off()
    reader.read(SCREEN, "taken back", window.page)


def _taken_out(reader: Reader, own: Any, content: Any, jobs: ByHand, folder: Path, window: MainWindow) -> None:
    """A theme that stands there, gone in the meantime, and removed."""
    target = folder / "own-content"
    found = read(EXAMPLE)
    for name, raw in files(found, ["kap"], declared=False).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(raw)
    theme = Theme.model_validate(read_file(target / "themes" / "house-visit" / "questions.yaml").data)
    parts = {name: getattr(shipped(), name) for name in Pack.model_fields}
    content.open = replace(content.open, pack=Pack(**parts | {"themes": (*shipped().themes, theme), "hash": "2"}))
    own.show_content()
    page = window.page
    assert isinstance(page, OwnQuestionsPage)
    reader.read(SCREEN, "a theme that was taken in", page)
    for _ in range(2):
        own._remove_theme(theme)
        jobs.work_off()
        reader.read(SCREEN, "removed", page)
    reader.note(SCREEN, "what was done", [edit.name for edit in out_of_folder(target, theme)])


def _walk_words(reader: Reader) -> None:
    """What is said of forms that are refused, and of everything in those that are not."""
    for number, made in enumerate(TOLD):
        found = read(made)
        reader.note(SCREEN, f"form {number}", [remark.what for remark in found.all_remarks])
    refused = [json.dumps(made).encode("utf-8") for made in REFUSED]
    for number, raw in enumerate([*refused, b" " * (MOST_BYTES + 1), b"[]"]):
        try:
            incoming(raw, "form.json", shipped())
        except WorldError as wrong:
            reader.note(SCREEN, f"refused {number}", [problem_words(wrong), str(wrong)])
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "letter.txt").write_text("mine")
        made = files(read(EXAMPLE), ["kap"], declared=False)
        for edit in (
            lambda: into_folder.edits(folder, made, "x"),
            lambda: into_folder.edits(_with_a_file(folder / "ours", next(iter(made))), made, "x"),
            lambda: into_folder.put(into_folder.edits(_blocked(folder / "blocked"), made, "x")),
            lambda: incoming(json.dumps(EXAMPLE).encode(), "x.json", shipped(), theme=shipped().themes[0].id),
        ):
            try:
                edit()
            except WorldError as wrong:
                reader.note(SCREEN, "not written", [problem_words(wrong)])


def _with_a_file(folder: Path, name: str) -> Path:
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine")
    (folder / "pack.yaml").write_text("id: ours\nextends: intake\nversion: '1'\n")
    return folder


def _blocked(folder: Path) -> Path:
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: ours\nextends: intake\nversion: '1'\n")
    (folder / "themes").write_text("a file where a folder has to be")
    return folder


def _page(window: MainWindow) -> TakingInPage:
    page = window.page
    assert isinstance(page, TakingInPage)
    return page
