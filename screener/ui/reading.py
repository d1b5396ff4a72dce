"""Reading a signed record, and amending it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.records.amendment import Addition, build
from screener.records.record import canonical
from screener.text import WorldError
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.records.browse import SignedRecord
    from screener.store.vault import Vault

Amended = tuple["SignedRecord", "list[SignedRecord]"]


class Reading(QObject):
    """Shows one record at a time, with what was added to it."""

    closed = Signal()
    history = Signal(str, str)
    """The records of a reference are asked for, from this record of it."""

    def __init__(
        self, window: MainWindow, vault: Vault, jobs: Jobs, clock: Clock, say: Callable[[WorldError], None]
    ) -> None:
        super().__init__(window)
        self._window, self._vault, self._jobs, self._clock, self._say = window, vault, jobs, clock, say
        self._written: dict[str, Addition] = {}
        self._over = False

    def open(self, record: str) -> None:
        """Read a record with its amendments, and show it."""
        shelf = self._vault.shelf
        self._jobs.submit(lambda: (shelf.record(record), shelf.amendments(record)), self._show, self._say)

    def end(self) -> None:
        """The records are locked: what is still on its way is shown no more."""
        self._over = True

    def _show(self, read: Amended) -> None:
        from screener.ui.screening.review.report import RecordPage

        if self._over:
            return
        page = RecordPage(*read)
        page.closed.connect(self.closed)
        page.amend.connect(partial(self._show_amend, read))
        page.history.connect(partial(self._ask_for_history, read[0]))
        self._window.show_page(page)

    def _ask_for_history(self, record: SignedRecord) -> None:
        self.history.emit(json.loads(record.content)["opening"]["reference"], record.record)

    def _show_amend(self, read: Amended) -> None:
        from screener.ui.shell.amend import AmendPage

        record, account = read[0], self._vault.account
        page = AmendPage(
            _about(record), f"{account.name}, {account.role}", self._written.get(record.record, Addition())
        )
        page.back.connect(partial(self._leave_amend, read))
        page.sign.connect(partial(self._amend, record))
        self._window.show_page(page)

    def _leave_amend(self, read: Amended, written: Addition) -> None:
        self._written[read[0].record] = written
        self._show(read)

    def _amend(self, record: SignedRecord, added: Addition, passphrase: str) -> None:
        shelf, account = self._vault.shelf, self._vault.account
        at = self._clock.now().isoformat(timespec="seconds")
        content = canonical(build(record.record, added, at=at, name=account.name, role=account.role))

        def amend() -> Amended:
            shelf.amend(record.record, content, passphrase)
            return record, shelf.amendments(record.record)

        self._jobs.submit(amend, self._amended, self._not_amended)

    def _amended(self, read: Amended) -> None:
        self._written.pop(read[0].record, None)
        self._show(read)

    def _not_amended(self, problem: WorldError) -> None:
        if not self._over:
            self._say(problem)


def _about(record: SignedRecord) -> str:
    """Which record it is, in one line."""
    content, signed = json.loads(record.content), record.signature
    parts = (
        content["opening"]["reference"],
        content["visit"]["second_mark"],
        f"visit {content['visit']['visit_date']}",
        f"signed {signed.signed_at[:16].replace('T', ' ')} by {signed.signer}",
    )
    return " · ".join(part for part in parts if part)
