"""A disk so small that it can be filled: a file system in memory, which only root may mount."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = 4096


class NoSmallDisk(Exception):  # noqa: N818 - it says what there is not
    """This user may not mount one."""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes. Raises `NoSmallDisk`."""
    if shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise NoSmallDisk("no right to mount a small disk")
    with tempfile.TemporaryDirectory(prefix="small-disk-") as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            raise NoSmallDisk("a small disk could not be mounted")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)


class Filler:
    """A file that takes all the room there is, but so many pages."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def stands(self) -> bool:
        return self._path.exists()

    def fill(self, pages_left: int) -> None:
        """Take every page, and give so many back."""
        with self._path.open("wb", buffering=0) as file:
            size = 0
            for block in (1 << 20, PAGE):
                size = _until_full(file.fileno(), block, size)
            file.truncate(max(0, size - pages_left * PAGE))

    def free(self) -> None:
        """Give all of it back; a second call does nothing."""
        self._path.unlink(missing_ok=True)


def _until_full(descriptor: int, block: int, size: int) -> int:
    content = bytes(block)
    while True:
        try:
            written = os.pwrite(descriptor, content, size)
        except OSError:
            return size
        size += written
        if written < block:
            return size
