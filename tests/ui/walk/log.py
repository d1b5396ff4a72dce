"""The audit log with every kind of line, checking, writing into files, and erasing: each state of their pages."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from screener.store.accounts import AccountLine
from screener.store.audit import AuditLine, AuditPage
from screener.store.chain import BadRow
from screener.store.deed_words import KINDS
from screener.store.proofs import Extent
from screener.ui.logbook import bad_words, named, table_of_lines, whole_words
from screener.ui.shell.erase_page import ErasedPage, ErasePage
from screener.ui.shell.log_page import LogPage, May
from screener.ui.shell.save_page import SavePage
from tests.ui.desks import CLOCK, DISK_FULL
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

_ACCOUNT = {"name": "Trainer T", "role": "trainer", "administers": False}
DETAILS: dict[str, list[dict[str, Any]]] = {
    "answer": [{"first": 1, "last": 1}, {"first": 2, "last": 9}],
    "unlock refused": [
        {"count": 1, "moments": ["2026-11-23T09:00:00+00:00"]},
        {"count": 2, "moments": ["2026-11-23T09:00:00+00:00", "2026-11-23T09:01:00+00:00"]},
    ],
    "refused": [{"right": "screen"}],
    "sign": [{"record": "r1", "key": "ab12"}],
    "sign part": [{"record": "r1", "key": "ab12"}],
    "amend": [{"record": "r1", "key": "ab12"}],
    "export": [{"kind": kind} for kind in ("signed file", "fhir", "redacted", "pdf", "chart text", "another")],
    "export log": [{"references": True}, {"references": False}],
    "erase": [{"screenings": ["a"], "records": ["b"]}, {"screenings": ["a", "b"], "records": []}],
    "policy change": [{"before": None, "after": {"country": "us-label"}}, {"before": {}, "after": {}}],
    "account": [_ACCOUNT],
    "account changed": [{"before": _ACCOUNT, "after": {**_ACCOUNT, "administers": True}}, {"after": _ACCOUNT}],
    "account removed": [{"name": "Trainer T"}],
    "encrypted anew": [{"accounts": 2}, {"finished": True}],
    "backup": [{"automatic": True, "file": "screener-1"}, {"automatic": False, "file": "screener-2"}],
    "backups removed": [{"count": 1}, {"count": 4}],
    "restored": [{"made_at": "2026-11-22T18:00:00+00:00"}],
    "opened with loss": [{"what": "MissingRows", "said": "Missing from the end of these records: 1 saved step."}],
    "from a later version": [{"what": 1}],
}


def walk_log(reader: Reader) -> None:
    """Every line that can stand in the log, and what the pages around it answer."""
    _lines(reader)
    _checking(reader)
    _saving(reader)
    _erasing(reader)
    forget()


def every_line() -> tuple[AuditLine, ...]:
    """A line of every kind."""
    found = [(kind, details) for kind in (*KINDS, "from a later version") for details in DETAILS.get(kind, [{}])]
    return tuple(
        AuditLine(99 - n, "2026-11-23T10:22:07.000+00:00", "a1", kind, "s1", details, "Clinician A", "SYN-0042", "s1")
        for n, (kind, details) in enumerate(found)
    )


def _page() -> LogPage:
    people = [AccountLine("a1", "Clinician A", "clinician", True, "2026", None, "ab12")]
    people.append(AccountLine("a2", "Trainer T", "trainer", False, "2026", "2026-11", ""))
    page = LogPage(
        [(named(person), person.id) for person in people], May(references=True, erase=True), CLOCK.now().date()
    )
    page.wanted.connect(lambda wanted: page.show_lines(wanted, AuditPage(every_line(), None)))
    return page


def _lines(reader: Reader) -> None:
    page = _page()
    page.begin()
    for row, line in enumerate(page.model.lines):
        page.table.selectRow(row)
        reader.read("audit log", f"line {row}, {line.deed} {json.dumps(dict(line.details))}", page)
    page.table.opened.emit(page.model.line(0))
    reader.read("audit log", "everything about one screening", page)
    page.words.setText("SYN-0042")
    page.words.returnPressed.emit()
    reader.read("audit log", "words looked for", page)
    page.since.setText("someday")
    page.since.editingFinished.emit()
    reader.read("audit log", "no date", page)
    page.deleteLater()
    one = LogPage([], May(references=False, erase=False), CLOCK.now().date())
    one.wanted.connect(lambda wanted: one.show_lines(wanted, AuditPage(every_line()[:1], 7)))
    one.begin()
    reader.read("audit log", "one line, and more below", one)
    one.deleteLater()
    none = LogPage([], May(references=False, erase=False), CLOCK.now().date())
    none.wanted.connect(lambda wanted: none.show_lines(wanted, AuditPage((), None)))
    none.begin()
    reader.read("audit log", "nothing found", none)
    none.deleteLater()


def _checking(reader: Reader) -> None:
    page = _page()
    page.begin()
    page.check.connect(lambda: reader.read("audit log", "being checked", page))
    page._check.click()
    for state, good, said in (
        ("whole", True, whole_words(Extent(1, 1, 1))),
        ("whole, something erased", True, whole_words(Extent(300, 900, 4, 2))),
        ("not whole", False, bad_words((BadRow("audit log", 7, "altered"), BadRow("journal", 2, "missing")))),
    ):
        page.show_checked(good, said)
        reader.read("audit log", state, page)
    page.show_problem(DISK_FULL)
    reader.read("audit log", "a problem", page)
    page.deleteLater()


def _saving(reader: Reader) -> None:
    page = SavePage(table_of_lines("2026-11-23", references=True))
    with TemporaryDirectory() as folder:
        there = Path(folder, "there.csv")
        there.write_text("another")
        for text in ("", str(there), str(there.with_name("new"))):
            page.path.setText(text)
            page.path.returnPressed.emit()
            reader.read("saving", f"pressed with {Path(text).name!r}", page)
        for done in (1, 2000):
            page.show_so_far(f"Writing… {done} line{'' if done == 1 else 's'} so far.")
            reader.read("saving", f"{done} written", page)
        page.show_written(there)
        reader.read("saving", "written", page)
        page.path.setText(str(there))
        page.path.returnPressed.emit()
        reader.read("saving", "pressed once more", page)
        page.show_problem(DISK_FULL)
        reader.read("saving", "a problem", page)
    page.deleteLater()


def _erasing(reader: Reader) -> None:
    page = ErasePage()
    page.reference.returnPressed.emit()
    reader.read("erasing", "nothing typed", page)
    for reference, unfinished, signed in (("K-17", 0, 0), ("K-17", 1, 0), ("K-17", 3, 1), ("K-17", 0, 2)):
        page.reference.setText(reference)
        page.show_kept(reference, unfinished, signed)
        reader.read("erasing", f"{unfinished} and {signed}", page)
    for again in ("K-18", "K-17"):
        page.again.setText(again)
        page.again.returnPressed.emit()
        reader.read("erasing", f"typed again: {again}", page)
    page.show_problem(DISK_FULL)
    reader.read("erasing", "a problem", page)
    page.deleteLater()
    for count in range(3):
        erased = ErasedPage(
            "1 signed record", Path("backups"), ["2026-11-22T18:00:00+00:00"] * count, [Path("replaced-2026")]
        )
        reader.read("erased", f"{count} backups", erased)
        erased._fresh.click()
        reader.read("erased", f"{count} backups, under way", erased)
        erased.show_progress(40, 100)
        reader.read("erased", f"{count} backups, on its way", erased)
        erased.show_fresh(Path("backups/screener-2026-11-23"), count)
        reader.read("erased", f"{count} backups, removed", erased)
        erased.show_problem(DISK_FULL)
        reader.read("erased", f"{count} backups, a problem", erased)
        erased.deleteLater()
