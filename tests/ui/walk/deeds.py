"""One screening worked from the confirmation to the signature and beyond, with what the window says on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QPlainTextEdit, QWidget

from screener.exchange import pdf
from screener.records.amendment import Addition
from screener.records.amendment import build as amendment
from screener.records.browse import SignedRecord
from screener.records.record import canonical
from screener.rules.values import Kind
from screener.screening.answers import PATIENT
from screener.screening.listing import live_list
from screener.screening.review import needing_response, response, state_in_words
from screener.screening.session import Session
from screener.store.failures import WrongPassphrase
from screener.store.vault import Vault
from screener.ui.exporting import (
    Which,
    nothing_signed,
    page_of_none,
    page_of_tables,
    said_of,
    so_far,
    table_of_screenings,
)
from screener.ui.logbook import table_of_lines
from screener.ui.paper import preview
from screener.ui.record_exports import REDACTED, fhir_of, note_of, page_of, signed_file_of, ways
from screener.ui.screening.cover import CoverPage
from screener.ui.screening.desk import Desk
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.report import RecordPage, ReportPage
from screener.ui.screening.review.response import KINDS
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.shell.save_page import SavePage, Writing
from screener.ui.style.theme import scaled
from screener.ui.taking_out import TakingOut
from tests.languages.pseudo import english
from tests.ui.desks import CLOCK, on_a4, refuse, session_of, shipped
from tests.ui.walk import finding
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.files import files
from tests.ui.walk.made_up import Patients
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import as_wide_as_a_window, forget

PATHWAY, PASSPHRASE = "ketamine-home", "a lamp, a stair, a river"
SIGN = "Sign as Clinician A"


class Worked:
    """A workspace, the store below it, and a reader before it."""

    def __init__(self, reader: Reader, session: Session, vault: Vault) -> None:
        self.reader, self.session, self.vault, self.jobs = reader, session, vault, ByHand()
        screening = vault.shelf.begin(session.opening.to_json())
        desk = Desk(vault.shelf, self.jobs, screening, check_passphrase=_no_passphrase_is_right)
        self.workspace = as_wide_as_a_window(Workspace(SessionController(session), desk))
        self.controller, self.review = self.workspace.controller, self.workspace.review

    def read(self, state: str) -> None:
        self.reader.read("a screening worked through", state, self.workspace)

    def act(self, action_id: str) -> None:
        """Do what a key of the list of keys does: on the page that is shown, where several pages have it."""
        found = self.workspace.findChildren(QAction, f"action.{action_id}")
        assert found, f"nothing is bound to {action_id}"
        shown = [action for action in found if self._is_shown(action.parent())]
        (shown or found)[0].trigger()

    def _is_shown(self, holder: object) -> bool:
        return isinstance(holder, QWidget) and holder.isVisibleTo(self.workspace)

    def press(self, name: str, page: QWidget | None = None) -> None:
        """Press the button on a page whose name begins so."""
        self.reader.let_work()
        inside = page or self.workspace
        found = [
            button
            for button in inside.findChildren(QAbstractButton)
            if button.isVisibleTo(inside) and english(button.accessibleName() or button.text()).startswith(name)
        ]
        assert found, f"no button is called {name}"
        found[0].click()

    def write(self, name: str, text: str) -> None:
        """Type into the line of this name."""
        found = [line for line in self.workspace.findChildren(QLineEdit) if english(line.accessibleName()) == name]
        assert found, f"no line is called {name}"
        type_into(found[0], text)

    def standing(self) -> list[str]:
        """The items that ask for a response."""
        return [outcome.rule.id for outcome in needing_response(live_list(self.session, review=True))]


def type_into(line: QLineEdit, text: str) -> None:
    """Type a text as a hand does, and leave the line."""
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()


def blank_page() -> bytes:
    page = QImage(2, 2, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    kept = QBuffer()
    page.save(kept, "PNG")  # type: ignore[call-overload]
    return bytes(kept.data().data())


def _no_passphrase_is_right(_: str) -> None:
    raise WrongPassphrase(30)


@contextmanager
def worked_on(reader: Reader, session: Session) -> Iterator[Worked]:
    with Vault.in_memory(CLOCK, name="Clinician A") as vault, pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "Jobs", ByHand)
        # Pictures of pages are not read here: the report's words are read as plain text, and in print once.
        patch.setattr(pdf, "render_pdf", lambda *_, **__: b"%PDF-1.7")
        patch.setattr(pdf, "render_pages", lambda *_, **__: [blank_page()])
        worked = Worked(reader, session, vault)
        worked.workspace.identity.confirm.click()
        yield worked
        worked.workspace.deleteLater()
        forget()


def walk_deeds(reader: Reader) -> None:
    """Everything that a clinician does in one screening, read after each deed."""
    with worked_on(reader, session_of(PATHWAY)) as worked:
        _strip(worked)
        _another_day(worked)
        _answering(worked)
        _medicine(worked)
        _instruments(worked)
        _saving(worked)
        _cover(worked)
        finding.check(worked)
        finding.palette(worked)
        files(worked)
        Patients(shipped(), PATHWAY).fill(worked.session, set())
        worked.controller.answer("person.age", 71)
        _responding(worked)
        _narrow(worked)
        _signing(worked)
    _made_up(reader)
    finding.keys(reader)


def _strip(worked: Worked) -> None:
    """Who speaks, the day, who is in the room; gone on with, so that another day than today is said."""
    worked.workspace.above.go_on("")
    for name, text in (
        ("Visit date", "someday"),
        ("Visit date", "2026-11-24"),
        ("Visit date", "2026-11-23"),
        ("Informant: who says so", "partner or family"),
        ("Informant: who says so", "patient"),
        ("Who is in the room", "by video"),
    ):
        worked.write(name, text)
        worked.read(f"{name}: {text}")
    worked.act("review")
    worked.read("review with somebody else in the room")
    worked.act("back")
    worked.controller.answer("psychosis.ever", "yes")
    worked.write("Who is in the room", "alone")


def _another_day(worked: Worked) -> None:
    """Readings are taken, and then the visit is said to be of the next day; and of theirs again."""
    worked.workspace.interview.go_to("bp.readings")
    worked.controller.answer("bp.readings", [{"systolic": 151, "diastolic": 94}])
    for day in ("2026-11-24", "2026-11-23"):
        worked.write("Visit date", day)
        worked.read(f"visit of {day}, with readings of the 23rd")
    worked.controller.clear("bp.readings", by=PATIENT)


def _answering(worked: Worked) -> None:
    """Questions that appear and go, half a figure over a whole one, readings one by one, undo and redo."""
    interview = worked.workspace.interview
    interview.go_to("psychosis.ever")
    for raw in ("no", "yes", "no"):
        worked.controller.answer("psychosis.ever", raw)
    worked.controller.jot("It was the spring of the long strike", "psychosis.ever_on")
    worked.workspace.side.show_jot()
    worked.read("a jot to a question that is not asked any more")
    interview.show_panel(None)
    worked.controller.remove_jot(*worked.session.jots)
    interview.go_to("body.weight")
    worked.controller.answer("body.weight", "104")
    worked.write("Weight", "1o4")
    worked.read("half a figure")
    worked.write("Weight", "104")
    for deed in ("undo", "redo"):
        worked.act(deed)
        worked.read(deed)
    worked.controller.answer("body.weight", "105")
    worked.read("answered again")
    interview.go_to("psychosis.ever")
    worked.press("Psychosis ever: add another account")
    worked.press("Psychosis ever, other account: Not known")
    worked.read("another account of nobody")
    worked.write("Psychosis ever: who says so", "partner or family")
    worked.read("another account, named afterwards")
    worked.press("Psychosis ever, account of partner or family: use")
    worked.read("another account, used")
    worked.press("Psychosis ever, account of partner or family: leave it open")
    worked.press("Psychosis ever, account of partner or family: remove")
    interview.go_to("bp.readings")
    one, half, later = {"systolic": 151, "diastolic": 94}, {"systolic": 147}, {"systolic": 141, "diastolic": 90}
    taken: list[Any] = [[one], [one, later], [one, half], "none taken", [one, later]]
    for readings in taken:
        worked.controller.answer("bp.readings", readings)
        worked.read(f"readings: {readings}")


def _medicine(worked: Worked) -> None:
    """A name is found while it is typed; a date of a medicine is none, or can be two."""
    worked.workspace.interview.go_to("medicines.list")
    for typed in ("Zoloft 50 mg", "Unheard-of drops"):
        worked.write("Medicines: add a medicine by its name or trade name", typed)
        worked.read(f"typed {typed}")
        offered = next(w for w in worked.workspace.findChildren(QListWidget) if w.isVisibleTo(worked.workspace))
        offered.itemClicked.emit(offered.item(offered.count() - 1))
        worked.read(f"added {typed}")
    for text in ("whenever", "3/4/2026", ""):
        worked.write("Unheard-of drops: last taken", text)
        worked.read(f"last taken {text}")


def _instruments(worked: Worked) -> None:
    """A figure that no item takes, and what the items come to so far."""
    for question in [q for q in worked.session.questions.values() if q.kind is Kind.INSTRUMENT]:
        if question.scoring is not None and question.scoring.items and worked.session.is_shown(question.id):
            worked.workspace.interview.go_to(question.id)
            highest = next(iter(question.scoring.items.values())).high
            for text in ("99", str(highest)):
                begins = f"{question.label}: "
                boxes = [
                    w
                    for w in worked.workspace.findChildren(QLineEdit)
                    if english(w.accessibleName()).startswith(begins)
                ]
                type_into(boxes[0], text)
                worked.read(f"{question.id}: {text}")


def _saving(worked: Worked) -> None:
    """Saving, saved, and not saved because the disk is full."""
    worked.workspace.autosave.commit()
    worked.read("saving")
    worked.jobs.work_off()
    worked.read("saved")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(worked.vault.shelf), "append", refuse)
        worked.controller.answer("body.weight", "106")
        worked.workspace.autosave.commit()
        worked.jobs.work_off()
        worked.read("not saved")
    worked.workspace.autosave.commit()
    worked.jobs.work_off()


def _cover(worked: Worked) -> None:
    """For a minute one key brings the screening back; later the passphrase does."""
    worked.workspace.cover()
    cover, begun = worked.workspace.findChildren(CoverPage)[0], CLOCK.moment
    CLOCK.moment += timedelta(seconds=90)
    for text in ("", "a wrong one"):
        cover.findChildren(QLineEdit)[0].setText(text)
        cover.try_to_lift()
        worked.read(f"covered, tried with {text!r}")
    CLOCK.moment = begun
    cover.try_to_lift()


def _responding(worked: Worked) -> None:
    """Responses that are chosen, saved, and ask again once the answer changed."""
    worked.act("review")
    worked.act("save_response")
    worked.read("no response chosen")
    items = worked.standing()
    of_age = [rule for rule in items if "person.age" in worked.session.rules.rests_on(rule)]
    for place, rule in enumerate([*items[: len(KINDS)], *of_age[: len(KINDS)]]):
        worked.review.show_item(rule)
        worked.press(f"Your response: {english(KINDS[place % len(KINDS)][1])}")
        worked.read(f"response {place} chosen")
        worked.act("save_response")
        worked.read(f"response {place} saved")
    worked.controller.answer("person.age", 72)
    for rule in worked.session.responses:
        worked.review.show_item(rule)
        worked.read(f"response to {rule} after a change")
    _lapsing(worked)
    worked.act("chart_text")
    worked.read("copied")
    worked.act("report")
    worked.read("report, not signed")
    worked.act("back")
    worked.reader.note("chart text", "copied", QGuiApplication.clipboard().text().splitlines())


def _lapsing(worked: Worked) -> None:
    """A response whose rule was written anew, and two of which less is kept than what it was given for."""
    rule, given = next(iter(worked.session.responses.items()))
    now = state_in_words(worked.session, rule)
    for state, kept in (
        ("of a rule that was written anew", {**now, "rule": "another", "outcome": "not listed"}),
        ("with less kept of it", {"outcome": now["outcome"]}),
        ("where nothing that was kept differs", now),
    ):
        worked.controller.respond({rule: replace(given, fingerprint="", state=kept)})
        worked.review.show_item(rule)
        worked.read(f"response {state}")


def _narrow(worked: Worked) -> None:
    """The list and an item one at a time, and the foot at the end of the item."""
    review = worked.review
    for width, height, state in ((600, 300, "alone"), (1440, 900, "beside the other")):
        size, had = QSize(scaled(width), scaled(height)), review.size()
        review.resize(size)
        QApplication.sendEvent(review, QResizeEvent(size, had))
        review.show_item(worked.standing()[0])
        worked.read(f"an item {state}")
        worked.act("back")  # to the list, or with both in sight to the themes
        worked.act("review")
        worked.read(f"the list {state}")


def _signing(worked: Worked) -> None:
    """As a part, then as incomplete; refused first; the record, and an amendment to it."""
    worked.controller.respond({item: response(worked.session, item, "reviewed") for item in worked.standing()})
    worked.controller.jot("It was the spring of the long strike")
    worked.review.open()
    worked.read("every item has a response")
    boxes = worked.review.findChildren(QPlainTextEdit)
    next(one for one in boxes if english(one.accessibleName()) == "Note to the response").setPlainText("Half a")
    worked.act("sign")
    worked.read("a response begun and not kept")
    worked.press("Your response: back to what is kept")
    page = worked.review.signing
    for mode in ("Sign a part…", "Sign as incomplete…"):
        worked.press(mode)
        worked.workspace.identity.confirm.click()
        worked.press(SIGN, page)
        worked.read(f"{mode} nothing typed")
        if "incomplete" in mode:
            worked.press("Why it is incomplete: ", page)
            worked.press(SIGN, page)
            worked.read(f"{mode} no passphrase")
        for text in (PASSPHRASE, PASSPHRASE):
            page.passphrase.setText(text)
            page.show_problem(WrongPassphrase(30))
            worked.read(f"{mode} refused")
        worked.press(SIGN, page)
        worked.read(f"{mode} under way")
        worked.jobs.work_off()
        worked.read(f"{mode} signed")
        _report(worked, worked.review.report, mode)
        worked.act("back")
    _record(worked)


def _report(worked: Worked, page: ReportPage, state: str) -> None:
    """The report while it is set, set, and saved: to a new file, over another one, and where no file can be."""
    worked.reader.read("report page", f"{state} being set", page)
    _work_off(page)
    worked.reader.read("report page", f"{state} set", page)
    line = next(
        line for line in page.findChildren(QLineEdit) if english(line.accessibleName()) == "Save the document as"
    )
    with TemporaryDirectory() as folder:
        for name in ("there.pdf", "taken"):
            (Path(folder) / name).write_bytes(b"another")
        for name in ("report.pdf", "there.pdf", "taken/report.pdf"):
            line.setText(str(Path(folder) / name))
            for time in ("once", "twice"):
                worked.press("Save PDF", page)
                worked.jobs.work_off()
                worked.reader.read("report page", f"{state} {name} saved {time}", page)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(preview, "write_elsewhere", refuse)
            line.setText(str(Path(folder) / "full.pdf"))
            worked.press("Save PDF", page)
            worked.jobs.work_off()
            worked.reader.read("report page", f"{state} disk full", page)


def _work_off(page: ReportPage) -> None:
    jobs = page.findChildren(ByHand)
    assert jobs, "the page keeps its jobs"
    jobs[0].work_off()


def _record(worked: Worked) -> None:
    """A signed record with what was added to it."""
    shelf = worked.vault.shelf
    record = shelf.records()[0].record
    added = Addition("Letter came", "Letter of 20 November read.")
    content = amendment(record, added, at="2026-11-24T09:00", name="Clinician A", role="clinician")
    shelf.amend(record, canonical(content), PASSPHRASE)
    page = RecordPage(shelf.record(record), shelf.amendments(record), on_a4, TakingOut(shelf, worked.jobs))
    worked.reader.read("record", "being set", page)
    _work_off(page)
    worked.reader.read("record", "set", page)
    for state in ("copied", "not copied"):
        page.findChildren(QAction, "action.chart_text")[0].trigger()
        with pytest.MonkeyPatch.context() as patch:
            if state == "not copied":
                patch.setattr(type(shelf), "note_export", refuse)
            worked.jobs.work_off()
        worked.reader.read("record", state, page)
    signed = shelf.record(record)
    notes = (note_of(signed, ".txt"), note_of(signed, ".html"))
    asked = (signed_file_of(signed), fhir_of(signed), REDACTED, *notes)
    for writing in (*asked, table_of_lines("2026-11-23", references=True)):
        worked.reader.note("saving", writing.title, vars_of(writing))
    page.deleteLater()
    _exports(worked, shelf.record(record))


def _exports(worked: Worked, record: SignedRecord) -> None:
    """The ways out of a record and of all of them, and what is said while tables are written."""
    offers = [way.offer for way in ways((record, []), lambda _: shipped())]
    for state, choosing in (
        ("of a record", page_of(offers)),
        ("of none", page_of_none()),
        ("of all", page_of_tables()),
        ("of one found", page_of_tables(FOUND, 1)),
        ("of some found", page_of_tables(FOUND, 3)),
        ("none found", page_of_tables(FOUND)),
        ("of a reference", page_of_tables(OF_ONE)),
    ):
        worked.reader.read("export", state, choosing)
        choosing.deleteLater()
    for which in (FOUND, OF_ONE):
        asked = table_of_screenings("2026-11-23", "csv", which)
        worked.reader.note("export", f"where to, {which}", vars_of(asked))
    saving = SavePage(table_of_screenings("2026-11-23", "csv"))
    worked.reader.read("export", "where to", saving)
    for state, said in (
        ("under way", so_far(3, 9)),
        ("one", said_of(1, 0)),
        ("several", said_of(4, 1) + said_of(2, 3)),
    ):
        saving.show_so_far(said)
        worked.reader.read("export", state, saving)
    for state, problem in (("nothing signed", nothing_signed()), ("nothing found", nothing_signed(FOUND))):
        saving.show_problem(problem)
        worked.reader.read("export", state, saving)
    saving.deleteLater()


FOUND, OF_ONE = Which(words="syn"), Which(reference="SYN-0042")


def vars_of(writing: Writing) -> list[str]:
    """What a page that writes a file is made of."""
    return [getattr(writing, name) for name in writing.__slots__]


def _made_up(reader: Reader) -> None:
    """A made-up patient, the crisis card of a site that wrote none, and drafts among the rules."""
    session = Session(shipped(), replace(session_of(PATHWAY).opening, made_up=True, drafts=True), CLOCK)
    with worked_on(reader, session) as worked:
        Patients(shipped(), PATHWAY).fill(session, set())
        worked.controller.answer("person.age", 71)
        worked.read("a made-up patient, with drafts")
        worked.workspace.side.show_crisis_card()
        worked.read("crisis card, blank")
        worked.review.signing.open("incomplete")
        reader.read("signing", "a made-up patient", worked.review.signing)
        detail = worked.review.findChildren(ItemDetail)[0]
        for rule in [rule for rule in session.outcomes if shipped().rules[rule].status == "draft"]:
            detail.show_item(rule)
            reader.read(f"item {rule}", "draft", detail)
