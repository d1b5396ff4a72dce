"""What commands share when they speak: exit codes, JSON on standard output, one plain line for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from screener.forms.model import Pack
from screener.text import WorldError

EVALUATED = 0
FAILED = 1
STOPPED = 2


def pack_stamp(pack: Pack) -> dict[str, str]:
    """Which content was used: id, version and content hash."""
    return {"id": pack.head.id, "version": pack.head.version, "hash": pack.hash}


def print_json(value: Any) -> None:
    """Print one JSON document, in UTF-8 whatever the terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        stream.write(text.encode())
        stream.flush()


def say_error(wrong: WorldError) -> None:
    """One line on standard error: what happened, and what to do next."""
    sys.stderr.write(" ".join(part for part in (wrong.said, wrong.next_step) if part) + "\n")


def print_findings(findings: Iterable[Mapping[str, str]]) -> None:
    """Findings on standard error, one line each."""
    for finding in findings:
        parts = (f"{finding['place']}: {finding['message']}", finding["suggestion"])
        sys.stderr.write("; ".join(part for part in parts if part) + "\n")
