"""A passphrase for a command: typed where nobody sees it, or the first line of standard input. Never an argument."""

from __future__ import annotations

import getpass
import sys

from screener.text import WorldError


def asked(what: str) -> str:
    """The passphrase of `what`. On a terminal it is asked for and not shown."""
    if sys.stdin.isatty():
        return getpass.getpass(f"Passphrase of {what}: ")
    try:
        line = sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        line = ""
    if not line:
        raise WorldError("No passphrase came on standard input.", "Write it there as one line in UTF-8.")
    return line
