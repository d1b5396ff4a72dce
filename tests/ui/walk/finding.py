"""What helps to find and to look over: the palette, the answers to check, single keys that are off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from screener.ui.key_switches import SWITCHES, SingleKeys
from screener.ui.screening.check_list import FOLD
from screener.ui.screening.check_page import CheckPage
from screener.ui.screening.offers import questions_to_go_to
from screener.ui.shell.keys import KeysPage
from screener.ui.shell.palette import Entry, Palette
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

if TYPE_CHECKING:
    from tests.ui.walk.deeds import Worked


def check(worked: Worked) -> None:
    """The answers looked over: of the whole, the rest unfolded; of a theme; with somebody in the room."""
    jot, more = "It was the spring of the long strike", "and the summer after it"
    controller, session = worked.controller, worked.session
    controller.answer("psychosis.ever", "yes", note="said twice")
    controller.answer("psychosis.ever", "no", by="spouse")
    for words, question in ((jot, "body.weight"), (jot, "psychosis.ever"), (more, "psychosis.ever")):
        controller.jot(words, question)
    _hide_an_answer(worked)
    controller.answer("body.weight", "140")
    controller.answer("body.height", "170")
    worked.act("check")
    worked.read("answers of a theme to check")
    _page(worked).closed.emit()
    worked.workspace.pages.checking.open_whole()
    page = _page(worked)
    worked.read("answers to check")
    page.list.show_rows(page.list.rows.rows, FOLD)
    for state in ("unfolded", "folded"):
        page.list.entered.emit(FOLD)
        worked.read(f"answers to check, {state}")
    controller.set_visit("room", "by video")
    worked.read("answers to check, not alone")
    controller.set_visit("room", "alone")
    page.list.entered.emit("psychosis.ever")
    worked.read("a question that one came to from the answers to check")
    worked.act("check")
    worked.act("check")
    assert not worked.workspace.pages.checking.under_way
    worked.workspace.interview.show_theme("pregnancy-and-lactation")
    worked.act("check")
    worked.read("a theme of which no question is asked, to check")
    worked.act("check")
    while session.history.undo_name is not None and session.jots:
        controller.undo()


def _hide_an_answer(worked: Worked) -> None:
    """An answer is kept that a later one hides."""
    worked.controller.answer("person.pregnancy_applies", "yes")
    worked.controller.answer("repro.possible", "yes")
    worked.controller.answer("person.pregnancy_applies", "no")
    worked.workspace.interview.show_theme("pregnancy-and-lactation")
    worked.act("check")
    worked.read("an answer that is hidden, to check")
    worked.act("check")
    worked.controller.clear("repro.possible")


def _page(worked: Worked) -> CheckPage:
    return worked.workspace.findChildren(CheckPage)[-1]


def palette(worked: Worked) -> None:
    """Everything there is, what was found, and nothing."""
    entries = [Entry("Cover", "Action", bool, ("F9",)), Entry("Settings", "Room", bool)]
    for question, title in questions_to_go_to(worked.session):
        entries.append(Entry(question.label, title, bool, under=question.text, only_found=True))
    over = QWidget()
    made = Palette(over, entries, None)
    made.show()
    made._say_count()
    worked.reader.read("palette", "opened", over)
    made._move(1)
    for typed in ("weigth", "zzzz"):
        made.line.setText(typed)
        worked.reader.read("palette", f"typed {typed}", over)
    over.deleteLater()
    forget()


def keys(reader: Reader) -> None:
    """The list of keys while some are off; afterwards every one works again."""
    single = SingleKeys.current()
    for switch in SWITCHES:
        single.turn(switch, on=False)
    page = KeysPage()
    reader.read("keys", "all single keys off", page)
    page.deleteLater()
    forget()
    single.release()
