"""Taking something of a signed record out of the vault: its line in the audit log first, then the deed itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from screener.records.browse import Shelf, SignedRecord
from screener.text import WorldError
from screener.ui.jobs import Jobs


@dataclass(frozen=True, slots=True)
class TakingOut:
    """Over one shelf and the thread that it is used on."""

    shelf: Shelf
    jobs: Jobs

    def take(
        self,
        record: SignedRecord,
        kind: str,
        write: Callable[[], object],
        done: Callable[[], object],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Have `write` run after the line is in the log, on the store's thread; then `done`, or `failed` with why."""

        def work() -> None:
            self.shelf.note_export(record.record, kind)
            write()

        self.jobs.submit(work, partial(_then, done), failed)


def _then(done: Callable[[], object], _: object) -> None:
    done()


def nothing_to_write() -> None:
    """What is copied is no file."""
