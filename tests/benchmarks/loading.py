"""What loading the shipped pack costs: from its cache, and from YAML, against PyYAML's C parser over the same files."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from screener.forms.pack import keep_last_good, last_good, read_pack
from screener.places import forms_folder

FOLDER = forms_folder() / "intake"


def rows() -> Iterator[tuple[str, float, float, str, float]]:
    """Two lines of the table."""
    texts = [path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.yaml"))]
    parsed = _least(lambda: [yaml.compose(text, Loader=yaml.CSafeLoader) for text in texts])
    pack, _, _ = read_pack(FOLDER)
    assert pack is not None
    against = f"bare C parse, {len(texts)} files"
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "pack.json"
        keep_last_good(pack, kept)
        yield "loading the pack from the kept copy", _least(lambda: last_good(kept)), parsed, against, 0.1
    yield "loading the pack from YAML", _least(lambda: read_pack(FOLDER)), parsed, against, 1.5


def _least(work: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)
