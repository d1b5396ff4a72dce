"""Reading a signed record, and amending it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import tr
from screener.records.amendment import Addition, build
from screener.records.record import canonical
from screener.store.roles import Right
from screener.text import WorldError, moment
from screener.ui.jobs import Jobs
from screener.ui.record_exports import RecordExports
from screener.ui.shell.window import MainWindow
from screener.ui.taking_out import TakingOut

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.browse import SignedRecord
    from screener.store.vault import Vault
    from screener.ui.adjusting import Unfinished
    from screener.ui.screening.review.report import PaperOf, RecordPage
    from screener.ui.shell.amend import AmendPage

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
        unfinished: Unfinished,
        say: Callable[[WorldError], None],
        pack_of: Callable[[str], Pack],
        paper_of: PaperOf,
    ) -> None:
        """`pack_of`: the content of a hash, or the nearest there is; asked on the store's thread.

        `paper_of`: the paper that a record's report is shown on first. `unfinished`: the amendments that this account
        has written and not signed.
        """
        super().__init__(window)
        self._exports = RecordExports(window, vault.shelf, jobs, pack_of)
        self._window, self._vault, self._jobs, self._clock, self._say = window, vault, jobs, clock, say
        self._paper_of = paper_of
        self._unfinished = unfinished
        self._amending: tuple[AmendPage, str] | None = None
        """The page of the latest amendment, and the record that it is to be added to."""
        self._page: RecordPage | None = None

    def open(self, record: str) -> None:
        """Read a record with its amendments, and show it."""
        shelf = self._vault.shelf
        show = self._window.while_shown(self._window.base, self._show)
        self._jobs.submit(lambda: (shelf.record(record), shelf.amendments(record)), show, self._say)

    def _show(self, read: Amended) -> None:
        from screener.ui.screening.review.report import RecordPage

        may_take_out = Right.EXPORT in self._vault.account.rights
        take_out = TakingOut(self._vault.shelf, self._jobs) if may_take_out else None
        page = RecordPage(*read, self._paper_of, take_out)
        page.closed.connect(self.closed)
        page.amend.connect(partial(self._show_amend, read))
        page.history.connect(partial(self._ask_for_history, read[0]))
        page.export.connect(partial(self._exports.open, read))
        self._page = page
        self._window.show_page(page)

    def end(self) -> None:
        """The records are closed: no page of one is set any more."""
        if self._page is not None and self._window.shows(self._page):
            self._page.close_jobs()

    def _ask_for_history(self, record: SignedRecord) -> None:
        self.history.emit(json.loads(record.content)["opening"]["reference"], record.record)

    # Amending

    def _show_amend(self, read: Amended) -> None:
        from screener.ui.shell.amend import AmendPage

        record, account = read[0], self._vault.account
        page = AmendPage(
            _about(record), f"{account.name}, {account.role}", self._unfinished.written.get(record.record, Addition())
        )
        self._amending = page, record.record
        self._unfinished.references[record.record] = json.loads(record.content)["opening"]["reference"]
        if self._unfinished.amending == record.record:
            self._unfinished.amending = ""
        page.back.connect(partial(self._leave_amend, read))
        page.kept.connect(partial(self._keep_written, record.record))
        page.sign.connect(partial(self._amend, page, record))
        self._window.show_page(page)

    def _leave_amend(self, read: Amended, written: Addition) -> None:
        self._keep_written(read[0].record, written)
        self._show(read)

    def _keep_written(self, record: str, written: Addition) -> None:
        self._unfinished.written[record] = written

    def look(self) -> str:
        """Take what stands on the page of an amendment that is open; the record that something is written for."""
        if self._amending is None or self._amending[0] is not self._window.base:
            return ""
        page, record = self._amending
        self._keep_written(record, page.written)
        return record if page.written != Addition() else ""

    def put_aside(self) -> None:
        """The records are locked: what is written waits for the account that wrote it."""
        self._unfinished.amending = self.look() or self._unfinished.amending

    def _amend(self, page: AmendPage, record: SignedRecord, added: Addition, passphrase: str) -> None:
        shelf, account = self._vault.shelf, self._vault.account
        at = self._clock.now().isoformat(timespec="seconds")
        content = canonical(build(record.record, added, at=at, name=account.name, role=account.role))

        def amend() -> Amended:
            shelf.amend(record.record, content, passphrase)
            return record, shelf.amendments(record.record)

        shown = self._window.while_shown
        show = shown(page, self._show)

        def amended(read: Amended) -> None:
            self._unfinished.written.pop(read[0].record, None)  # also where the records were locked meanwhile
            show(read)

        self._jobs.submit(amend, amended, shown(page, page.show_problem))


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
