"""A clinic's own questions: written, changed, refused, taken back, and said so each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QObject, QSettings

from screener.forms.own_questions import OwnQuestion, added, own_questions
from screener.rules.values import Kind
from screener.ui.content import OpenContent
from screener.ui.own_questions import OwnQuestions
from screener.ui.shell.own_questions_page import OwnQuestionsPage
from screener.ui.shell.window import MainWindow
from tests.ui.desks import shipped
from tests.ui.test_pages import with_own_questions
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.browsing import AtHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

SCREEN = "a clinic's own questions"
THEME = "support-and-integration"


class Chosen(AtHand):
    """The content of the running program, which opens whatever is chosen."""

    def choose(self, folder: Path) -> None:
        self.reading = True


def walk_own(reader: Reader) -> None:
    """Over the shipped content, over a folder with some, and over a pack that stands by itself."""
    with TemporaryDirectory() as folder:
        content, jobs, window, parent = Chosen(opened(Path(folder))), ByHand(), MainWindow(QSettings()), QObject()
        own: Any = OwnQuestions(window, content, jobs, Path(folder), parent)  # type: ignore[arg-type]
        own.open(lambda: None)
        page = _page(window)
        reader.read(SCREEN, "none yet", page)
        _typed(reader, page)
        own._save(OwnQuestion("clinic.lift", THEME, Kind.YES_NO, "Is there a lift?"))
        jobs.work_off()
        reader.read(SCREEN, "written", page)
        file = Path(folder) / "own-content" / "themes" / THEME / "questions.yaml"
        before = file.read_text("utf-8")
        file.write_text("questions: {a: 1}\n", "utf-8")
        for deed in (own._undo, lambda: own._save(OwnQuestion("clinic.x", THEME, Kind.TEXT, "What?"))):
            deed()
            jobs.work_off()
            reader.read(SCREEN, "changed by somebody else", page)
        file.write_text(before, "utf-8")
        own._undo()
        jobs.work_off()
        reader.read(SCREEN, "taken back", page)
        page.show_pack(shipped(), 0, reading=True)
        reader.read(SCREEN, "being read", page)
        content.open = replace(content.open, pack=with_own_questions())
        own.show_content()
        reader.read(SCREEN, "some", page)
        _changed(reader, page)
        page.show_pack(with_own_questions(), 1)
        reader.read(SCREEN, "with findings", page)
        reader.note(
            SCREEN, "what was done", [_edit(Path(folder), one).name for one in own_questions(with_own_questions())]
        )
        own.end()
        window.deleteLater()
        forget()


def opened(folder: Path) -> OpenContent:
    return OpenContent(shipped(), folder, "shipped", read_at="10:22")


def _page(window: MainWindow) -> OwnQuestionsPage:
    page = window.page
    assert isinstance(page, OwnQuestionsPage)
    return page


def _typed(reader: Reader, page: OwnQuestionsPage) -> None:
    for text, kind, options in (
        ("", "yes_no", ""),
        ("Is there a lift: one?", "number", ""),
        ("How do you get home?", "choice", "By bus"),
        ("How do you get home?", "choice", "By bus\nBy bus\nBy taxi"),
    ):
        page.text.setText(text)
        page.kind.show_value(kind)
        page.options.setPlainText(options)
        page._look()
        page._hear()
        reader.read(SCREEN, f"typed {text} {options!r}", page)


def _changed(reader: Reader, page: OwnQuestionsPage) -> None:
    for link in page._listed.findChildren(QObject):
        if str(link.property("question")) == "clinic.way":
            link.click()  # type: ignore[attr-defined]
            break
    reader.read(SCREEN, "one being changed", page)
    page._leave_as_it_was()


def _edit(folder: Path, question: OwnQuestion) -> Any:
    return added(folder, question, shipped())
