"""The content that is open: read after the window shows, judged, the last good one where the files are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.text import WorldError
from screener.ui.jobs import Jobs

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.forms.pack import Loaded

_LAST_GOOD = "last-good-pack.json"


class Content(QObject):
    """Reads a pack's folder, and keeps under their hashes the packs that screenings were begun with."""

    opened = Signal()
    """There is a pack; from the files, without a finding that stops them."""
    stopped = Signal(object)
    """Findings stop the files. `pack` is the last good one, or None where there never was one."""
    failed = Signal(object)

    def __init__(self, folder: Path, home: Path, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._home, self._jobs = folder, home, jobs
        self.pack: Pack | None = None

    def read(self) -> None:
        """Read the files, beside the window."""
        from screener.forms.pack import load_pack

        cache = self._home / "cache"
        self._jobs.submit(lambda: load_pack(self._folder, cache=cache), self._read, self.failed.emit)

    def _read(self, loaded: Loaded) -> None:
        from screener.forms.pack import keep_last_good, last_good

        if loaded.pack is not None:
            self.pack = loaded.pack
            keep_last_good(loaded.pack, self._home / _LAST_GOOD)
            self.opened.emit()
        else:
            self.pack = last_good(self._home / _LAST_GOOD)
            self.stopped.emit(loaded.findings)

    def keep(self, pack: Pack) -> None:
        """Keep the pack that a screening begins with, so that it can go on under the same rules after an update."""
        from screener.forms.pack import keep_last_good

        file = self._kept(pack.hash)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            keep_last_good(pack, file)

    def begun_with(self, content_hash: str) -> Pack | None:
        """The pack of this hash: the open one, or one that was kept; None where it is gone or altered."""
        from screener.forms.pack import last_good

        if self.pack is not None and self.pack.hash == content_hash:
            return self.pack
        found = last_good(self._kept(content_hash)) if content_hash.isalnum() else None
        return found if found is not None and found.hash == content_hash else None

    def _kept(self, content_hash: str) -> Path:
        return self._home / "packs" / f"{content_hash}.json"


def problem_words(problem: WorldError) -> str:
    """A failure of the world as one line for a page."""
    return f"{problem.said} {problem.next_step}".strip()
