"""Work off the window's thread: one store thread, results back as values on the thread that asked."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from screener.language import tr
from screener.text import WorldError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


_collecting = threading.Lock()
_at_work = 0


def _uncollected(work: Callable[[], Any]) -> Any:
    """Do a job while nothing is collected: a widget that the collector met on this thread would be destroyed on it."""
    global _at_work
    with _collecting:
        _at_work += 1
        gc.disable()
    try:
        return work()
    finally:
        with _collecting:
            _at_work -= 1
            if not _at_work:
                gc.enable()


@dataclass(frozen=True, slots=True)
class Finished:
    """One job's end: its value, or the failure of the world that ended it."""

    done: Callable[[Any], None]
    failed: Callable[[WorldError], None]
    future: Future[Any]


class Ended(WorldError):  # noqa: N818 - it says what happened
    """The records were closed while something long was under way with them."""

    def __init__(self) -> None:
        super().__init__(tr("The records were closed before this was done."), tr("Open them and do it once more."))


def as_long_as_open(over: Callable[[], bool], work: Callable[[], T]) -> Callable[[], T]:
    """The same work; what goes wrong in it once the records are closed is no mistake of ours."""

    def run() -> T:
        try:
            return work()
        except WorldError:
            raise
        except Exception as error:
            if over():
                raise Ended from error
            raise

    return run


class Jobs(QObject):
    """Runs one job at a time, in order, on a thread of its own. Bugs inside a job are raised in the window's thread."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[WorldError], None]
    ) -> Future[Any]:
        """Queue `work`; `done` or `failed` is called later on the window's thread."""
        self._waiting += 1
        future = self._thread().submit(_uncollected, work)
        future.add_done_callback(lambda finished: self._hand_over(Finished(done, failed, finished)))
        return future

    def _thread(self) -> ThreadPoolExecutor:
        """The thread, made when there is work: a window can stand without one."""
        if self._closed:
            raise RuntimeError("no work begins after the end")
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        return self._pool

    def _hand_over(self, finished: Finished) -> None:
        if not self._closed:
            self._finished.emit(finished)

    def _deliver(self, finished: Finished) -> None:
        self._waiting -= 1
        if self._closed:  # what was already on its way to the window when the end came
            return
        error = finished.future.exception()
        if error is None:
            finished.done(finished.future.result())
        elif isinstance(error, WorldError):
            finished.failed(error)
        else:
            raise error

    @property
    def ended(self) -> bool:
        return self._closed

    @property
    def busy(self) -> bool:
        return self._waiting > 0

    def close(self) -> None:
        """Finish what is queued and end the thread. Results that arrive afterwards are not delivered."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
        self._closed = True

    def abandon(self) -> None:
        """End at once: what is queued is never begun, and nobody waits for what is being done or hears of it.

        For work that only reads: what has begun still runs to its end on its own thread.
        """
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
