"""Reading a signed record, and amending it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import tr
from screener.records.amendment import Addition, build
from screener.records.record import canonical
from screener.records.signed_file import SUFFIX
from screener.store.roles import Right
from screener.text import WorldError, moment
from screener.ui.jobs import Jobs
from screener.ui.shell.save_page import Writing
from screener.ui.shell.window import MainWindow
from screener.ui.taking_out import TakingOut

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.browse import SignedRecord
    from screener.store.vault import Vault
    from screener.ui.screening.review.report import RecordPage
    from screener.ui.shell.amend import AmendPage
    from screener.ui.shell.save_page import SavePage

Amended = tuple["SignedRecord", "list[SignedRecord]"]


class Reading(QObject):
    """Shows one record at a time, with what was added to it."""

    closed = Signal()
    history = Signal(str, str)
    """The records of a reference are asked for, from this record of it."""

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        jobs: Jobs,
        clock: Clock,
        say: Callable[[WorldError], None],
        pack_of: Callable[[str], Pack],
    ) -> None:
        """`pack_of`: the content of a hash, or the nearest there is; asked on the store's thread."""
        super().__init__(window)
        self._pack_of = pack_of
        self._window, self._vault, self._jobs, self._clock, self._say = window, vault, jobs, clock, say
        self._written: dict[str, Addition] = {}
        self._page: RecordPage | None = None

    def open(self, record: str) -> None:
        """Read a record with its amendments, and show it."""
        shelf = self._vault.shelf
        show = self._window.while_shown(self._window.base, self._show)
        self._jobs.submit(lambda: (shelf.record(record), shelf.amendments(record)), show, self._say)

    def _show(self, read: Amended) -> None:
        from screener.ui.screening.review.report import RecordPage

        may_take_out = Right.EXPORT in self._vault.account.rights
        page = RecordPage(*read, TakingOut(self._vault.shelf, self._jobs) if may_take_out else None)
        page.closed.connect(self.closed)
        page.amend.connect(partial(self._show_amend, read))
        page.history.connect(partial(self._ask_for_history, read[0]))
        page.signed_file.connect(partial(self._ask_where, signed_file_of(read[0]), partial(self._save_signed, read)))
        page.redacted.connect(partial(self._ask_where, REDACTED, partial(self._save_redacted, read[0])))
        page.fhir.connect(partial(self._ask_where, fhir_of(read[0]), partial(self._save_fhir, read)))
        self._page = page
        self._window.show_page(page)

    def end(self) -> None:
        """The records are closed: no page of one is set any more."""
        if self._page is not None and self._window.shows(self._page):
            self._page.close_jobs()

    # Taking a record out

    def _ask_where(self, writing: Writing, save: Callable[[SavePage, Path, bool], None]) -> None:
        from screener.ui.shell.save_page import SavePage

        page = SavePage(writing)
        page.save.connect(partial(save, page))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def _save_signed(self, read: Amended, page: SavePage, path: Path, _: bool) -> None:
        from screener.records.signed_file import SignedFile, written

        record, amendments = read
        self._take_out(page, record, "signed file", path, lambda: written(SignedFile(record, tuple(amendments))))

    def _save_redacted(self, record: SignedRecord, page: SavePage, path: Path, _: bool) -> None:
        from screener.records.redacted import written

        def made() -> bytes:
            content = json.loads(record.content)
            return written(content, self._pack_of(content["pack"]["hash"]))

        self._take_out(page, record, "redacted", path, made)

    def _save_fhir(self, read: Amended, page: SavePage, path: Path, _: bool) -> None:
        def made() -> bytes:
            from screener.exchange.fhir.bundle import written

            record, amendments = read
            return written(record, amendments, self._pack_of(json.loads(record.content)["pack"]["hash"]))

        self._take_out(page, read[0], "fhir", path, made)

    def _take_out(self, page: SavePage, record: SignedRecord, kind: str, path: Path, made: Callable[[], bytes]) -> None:
        from screener.store.files import write_elsewhere

        out, shown = TakingOut(self._vault.shelf, self._jobs), self._window.while_shown
        written = partial(shown(page, page.show_written), path)
        out.take(record, kind, lambda: write_elsewhere(path, [made()]), written, shown(page, page.show_problem))

    def _ask_for_history(self, record: SignedRecord) -> None:
        self.history.emit(json.loads(record.content)["opening"]["reference"], record.record)

    # Amending

    def _show_amend(self, read: Amended) -> None:
        from screener.ui.shell.amend import AmendPage

        record, account = read[0], self._vault.account
        page = AmendPage(
            _about(record), f"{account.name}, {account.role}", self._written.get(record.record, Addition())
        )
        page.back.connect(partial(self._leave_amend, read))
        page.kept.connect(partial(self._keep_written, record.record))
        page.sign.connect(partial(self._amend, page, record))
        self._window.show_page(page)

    def _leave_amend(self, read: Amended, written: Addition) -> None:
        self._keep_written(read[0].record, written)
        self._show(read)

    def _keep_written(self, record: str, written: Addition) -> None:
        self._written[record] = written

    def _amend(self, page: AmendPage, record: SignedRecord, added: Addition, passphrase: str) -> None:
        shelf, account = self._vault.shelf, self._vault.account
        at = self._clock.now().isoformat(timespec="seconds")
        content = canonical(build(record.record, added, at=at, name=account.name, role=account.role))

        def amend() -> Amended:
            shelf.amend(record.record, content, passphrase)
            return record, shelf.amendments(record.record)

        shown = self._window.while_shown
        self._jobs.submit(amend, shown(page, self._amended), shown(page, page.show_problem))

    def _amended(self, read: Amended) -> None:
        self._written.pop(read[0].record, None)
        self._show(read)


REDACTED = Writing(
    title=tr("Save a redacted copy"),
    lead=tr(
        "Left out are the reference, every id and name, who was in the room, notes, "
        "jots, the summary, amendments, and all that was typed as text; of every date "
        "its year stays. The copy is not signed and says so. What is left can still "
        "point to a person who is known otherwise."
    ),
    name=tr("redacted screening.json"),
    suffix=".json",
    kind=tr("Redacted copy"),
)


def fhir_of(record: SignedRecord) -> Writing:
    """What is asked before a record is written as a FHIR Bundle."""
    return Writing(
        title=tr("Save the record as a FHIR bundle"),
        lead=tr(
            "One document Bundle of FHIR R4 for another system: the form as it was asked, every answer or why there is "
            "none, measurements, medicines, listed items with their sources and responses, and the signature with the "
            "bytes that were signed. Its Patient is the reference and nothing else; the signed bytes hold all that the "
            "record says. The file is not encrypted."
        ),
        name=f"{_name_of(record)}.fhir.json",
        suffix=".json",
        kind=tr("FHIR bundle"),
    )


def _name_of(record: SignedRecord) -> str:
    content = json.loads(record.content)
    return f"{content['opening']['reference']} {content['visit']['visit_date']}".replace("/", "-")


def signed_file_of(record: SignedRecord) -> Writing:
    """What is asked before a record is written into a file with its signatures."""
    return Writing(
        title=tr("Save the signed record as a file"),
        lead=tr(
            "The record with its amendments, byte for byte as they were signed. Whoever "
            "has the file and the signer's key can check it anywhere, with “screener "
            "verify”. The file is not encrypted and holds all that the record says."
        ),
        name=f"{_name_of(record)}{SUFFIX}",
        suffix=SUFFIX,
        kind=tr("Signed record"),
    )


def _about(record: SignedRecord) -> str:
    """Which record it is, in one line."""
    content, signed = json.loads(record.content), record.signature
    parts = (
        content["opening"]["reference"],
        content["visit"]["second_mark"],
        tr("visit {visit_date}").format(visit_date=content["visit"]["visit_date"]),
        tr("signed {signed_at} by {signer}").format(signed_at=moment(signed.signed_at), signer=signed.signer),
    )
    return " · ".join(part for part in parts if part)
