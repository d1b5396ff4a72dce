"""The content that is open: read after the window shows, judged, read again when its files change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSettings, Signal

from screener.clock import Clock
from screener.language import tr, tr_n
from screener.text import WorldError
from screener.ui.folder_watch import FolderWatch
from screener.ui.jobs import Jobs

if TYPE_CHECKING:
    from screener.forms.changes import Difference
    from screener.forms.findings import Finding
    from screener.forms.folder import Stamp
    from screener.forms.model import Pack

_LAST_GOOD = "last-good-pack.json"
_FOLDER = "content/folder"
MOST_WATCHED = 2_000
"""Paths. A folder with more in it is no pack, and systems watch only so many."""


Origin = Literal["shipped", "chosen", "given"]
"""Where the open folder comes from: with the program, chosen in Settings, or named for this start only."""


@dataclass(frozen=True, slots=True)
class OpenContent:
    """Which content is open, and how the last reading of its folder ended."""

    pack: Pack
    folder: Path
    origin: Origin
    difference: Difference | None = None
    """What the pack changes in the shipped one; None where it stands by itself."""
    findings: tuple[Finding, ...] = ()
    """Of the last reading: remarks, or what stopped it, so that `pack` is the last one that was good."""
    read_at: str = ""
    """The time of day of the last reading."""

    @property
    def stopping(self) -> int:
        """How many findings keep the files from being used."""
        return sum(finding.stops for finding in self.findings)


@dataclass(frozen=True, slots=True)
class News:
    """What came of a reading while the program was running."""

    folder: Path
    findings: tuple[Finding, ...]
    taken: bool
    chosen: bool
    """Another folder than the one that was open."""
    said: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading brought back from its thread. Nothing but the stamp where the files are those already read."""

    stamp: Stamp
    watched: tuple[str, ...]
    same: bool = False
    pack: Pack | None = None
    findings: tuple[Finding, ...] = ()
    difference: Difference | None = None
    last: tuple[Pack, Difference | None] | None = None
    """The last good pack, where the first reading was stopped."""


class Content(QObject):
    """Reads a pack's folder, and keeps under their hashes the packs that screenings were begun with.

    Reading has a thread of its own: saving never waits for it.
    """

    opened = Signal()
    """There is content to work with, for the first time."""
    stopped = Signal(object)
    """`News`: findings stop the files at the start. `pack` is the last good one, None where there never was one."""
    failed = Signal(object)
    told = Signal(object)
    """`News`: the files were read again, or others were chosen, while the program was running."""
    reading_changed = Signal()
    """A reading began or ended."""

    def __init__(
        self, shipped: Path, home: Path, settings: QSettings, clock: Clock, parent: QObject, given: Path | None = None
    ) -> None:
        """`given`: a folder for this start only, which is not remembered."""
        super().__init__(parent)
        self._shipped, self._home, self._settings, self._clock = shipped, home, settings, clock
        self._given = given.absolute() if given is not None else None
        self._folder = self._given or self._remembered() or shipped
        self._jobs = Jobs("content", self)
        self._watch = FolderWatch(self)
        self._watch.stirred.connect(self._look)
        self._stamp: Stamp | None = None
        self._asked = 0
        self._begun = False
        self._over = False
        self.open: OpenContent | None = None

    @property
    def pack(self) -> Pack | None:
        return self.open.pack if self.open is not None else None

    @property
    def folder(self) -> Path:
        """The folder that is open, whether or not what is in it can be used."""
        return self._folder

    @property
    def origin(self) -> Origin:
        if self._folder == self._shipped:
            return "shipped"
        return "given" if self._folder == self._given else "chosen"

    @property
    def reading(self) -> bool:
        """Files are being read, and somebody waits for it."""
        return self._asked > 0

    # The choice of a folder is kept with the window's own preferences and not among the clinic's choices in the vault:
    # content is read, and its findings are shown, before any vault is opened, and training opens none.

    def _remembered(self) -> Path | None:
        kept = self._settings.value(_FOLDER)
        return Path(kept) if isinstance(kept, str) and kept and "\0" not in kept else None

    def _remember(self, folder: Path) -> None:
        if folder == self._shipped:
            self._settings.remove(_FOLDER)
        else:
            self._settings.setValue(_FOLDER, str(folder))

    # Reading

    def read(self) -> None:
        """Read the files of the open folder, beside the window."""
        self._submit(self._folder)

    def choose(self, folder: Path) -> None:
        """Open another folder, once it has been read without a finding that stops it; remembered for the next start."""
        folder = folder.absolute()
        if folder == self._given == self._folder:
            self._given = None
            self._remember(folder)
        self._submit(self._shipped if folder == self._shipped.absolute() else folder)

    def use_shipped(self) -> None:
        """Go back to the content that comes with the program."""
        self._submit(self._shipped)

    def go_on(self) -> None:
        """Begin with the last good pack, although the files have findings."""
        self._begun = True
        self.opened.emit()

    def end(self) -> None:
        """Finish what is being read; nothing is watched afterwards."""
        self._over = True
        self._watch.end()
        self._jobs.close()

    def _look(self) -> None:
        """Something stirred: read again if the files are others than those that were read."""
        self._submit(self._folder, self._stamp)

    def _submit(self, folder: Path, known: Stamp | None = None) -> None:
        if self._over:
            return
        asked = int(known is None)
        work = partial(_read, folder, self._home, known, first=self.open is None)
        self._jobs.submit(work, partial(self._done, folder, asked), partial(self._failed, asked))
        self._wait_for(asked)

    def _wait_for(self, asked: int) -> None:
        if asked:
            self._asked += asked
            self.reading_changed.emit()

    def _failed(self, asked: int, problem: WorldError) -> None:
        self._wait_for(-asked)
        self.failed.emit(problem)

    def _done(self, folder: Path, asked: int, found: _Read) -> None:
        if not found.same:
            self._take(folder, found)
        self._wait_for(-asked)
        if folder == self._folder:
            self._stamp = found.stamp
            self._watch.watch(folder, found.watched)
            if not found.same:
                # Once more, from outside: what was saved while the files were being read may have stirred nothing.
                self._look()

    def _take(self, folder: Path, found: _Read) -> None:
        chosen = folder != self._folder
        news = News(folder, found.findings, found.pack is not None, chosen, self._words(folder, found, chosen))
        if news.taken and chosen:
            self._folder = folder
            self._remember(folder)
        self._open(folder, found)
        if self._begun:
            self.told.emit(news)
        elif news.taken:
            self.go_on()
        else:
            self.stopped.emit(news)

    def _open(self, folder: Path, found: _Read) -> None:
        at = f"{self._clock.now():%H:%M}"
        if found.pack is not None:
            self.open = OpenContent(found.pack, folder, self.origin, found.difference, found.findings, at)
        elif folder == self._folder and self.open is not None:
            self.open = replace(self.open, findings=found.findings, read_at=at)
        elif found.last is not None and self.open is None:
            pack, difference = found.last
            self.open = OpenContent(pack, folder, self.origin, difference, found.findings, at)

    def _words(self, folder: Path, found: _Read, chosen: bool) -> str:
        at = f"{self._clock.now():%H:%M}"
        stopping = sum(finding.stops for finding in found.findings)
        counted = counted_findings(found.findings)
        if found.pack is None:
            of = (
                tr("{name} was read at {at}").format(name=folder.name, at=at)
                if chosen
                else tr("Content read again at {at}").format(at=at)
            )
            return tr("{of}: {many_findings}; the content that was open stays in use.").format(
                of=of, many_findings=many_findings(stopping)
            )
        if chosen:
            said = tr("Content opened at {at}: {id} {version}, {counted}.").format(
                at=at, id=found.pack.head.id, version=found.pack.head.version, counted=counted
            )
        else:
            said = tr("Content read again at {at}: {counted}.").format(at=at, counted=counted)
        if self.pack is not None and found.pack.hash == self.pack.hash:
            return tr("{said} Nothing in it changed.").format(said=said)
        return tr("{said} Screenings already begun go on under the content that they were begun with.").format(
            said=said
        )

    # Packs of screenings

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


def _read(folder: Path, home: Path, known: Stamp | None, *, first: bool) -> _Read:
    """Read and judge a folder, unless it bears the stamp of what was read before."""
    from screener.forms.folder import walk
    from screener.forms.pack import keep_last_good, last_good, load_pack, shipped_difference

    seen = walk(folder)
    stamp = seen.stamp()
    watched = tuple(str(path) for path in (*seen.folders, *seen.files))[:MOST_WATCHED]
    if stamp == known:
        return _Read(stamp, watched, same=True)
    cache, good = home / "cache", home / _LAST_GOOD
    loaded = load_pack(folder, cache=cache)
    if loaded.pack is not None:
        keep_last_good(loaded.pack, good)
        difference = shipped_difference(loaded.pack, cache=cache)
        return _Read(stamp, watched, pack=loaded.pack, findings=loaded.findings, difference=difference)
    last = last_good(good) if first else None
    return _Read(
        stamp,
        watched,
        findings=loaded.findings,
        last=None if last is None else (last, shipped_difference(last, cache=cache)),
    )


def pack_words(pack: Pack) -> str:
    """Which pack it is, and which it extends."""
    head = pack.head
    said = tr("{id} {version}, extends {extends}") if head.extends else "{id} {version}"
    return said.format(id=head.id, version=head.version, extends=head.extends)


def many_findings(number: int) -> str:
    return tr_n("1 finding", "{n} findings", number)


def counted_findings(findings: tuple[Finding, ...]) -> str:
    """Findings that stop and remarks, each counted by itself; remarks only where there are any."""
    stopping = sum(finding.stops for finding in findings)
    remarks = len(findings) - stopping
    said = many_findings(stopping)
    return said if not remarks else f"{said}, {tr_n('1 remark', '{n} remarks', remarks)}"


def path_typed(text: str) -> Path:
    """Where a text that somebody typed leads; a ~ that names nobody is part of a name like any other sign."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_there(path: Path) -> bool:
    """Whether there is something at a path; where that cannot be told, writing to it says why."""
    try:
        return path.exists()
    except OSError:
        return False


def folder_words(folder: Path) -> str:
    """Where a folder lies, from the person's own on."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
