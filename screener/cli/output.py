"""What commands share when they speak: exit codes, JSON on standard output, one plain line for what went wrong."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from screener.forms.model import Pack
from screener.text import WorldError

EVALUATED = 0
FAILED = 1
STOPPED = 2


def never_speechless() -> None:
    """A terminal that cannot show a sign shows its number; no command ends because of it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def pack_stamp(pack: Pack) -> dict[str, str]:
    """Which content was used: id, version and content hash."""
    return {"id": pack.head.id, "version": pack.head.version, "hash": pack.hash}


def print_json(value: Any) -> None:
    """Print one JSON document, in UTF-8 whatever the terminal. Half a character of a pair stands as its escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()


def say_error(wrong: WorldError) -> None:
    """One line on standard error: what happened, and what to do next."""
    sys.stderr.write(" ".join(part for part in (wrong.said, wrong.next_step) if part) + "\n")


def print_findings(findings: Iterable[Mapping[str, str]]) -> None:
    """Findings on standard error, one line each."""
    for finding in findings:
        parts = (f"{finding['place']}: {finding['message']}", finding["suggestion"])
        sys.stderr.write("; ".join(part for part in parts if part) + "\n")
