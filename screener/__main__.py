"""Chooses the head: no arguments open the window, anything else is a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

# Each head is imported only when it is chosen: a command never loads Qt, the window never waits for the commands.


def main(arguments: Sequence[str]) -> int:
    """Runs the head that the arguments ask for; returns the exit code of the process."""
    if not arguments or arguments[0] == "window":
        return open_window(arguments[1:])
    if arguments[0] in ("train", "--training"):
        return open_window(["--training", *arguments[1:]])
    from screener.cli.main import main as run_command

    return run_command(list(arguments))


def open_window(arguments: Sequence[str]) -> int:
    """Opens the window, or says in one line what the machine lacks for it; returns the exit code."""
    from screener.ui.start import main as open_it

    return open_it(list(arguments))


def run() -> NoReturn:
    """The console entry point `screener`, and `python -m screener`."""
    sys.exit(main(sys.argv[1:]))


def run_window() -> NoReturn:
    """The desktop entry point `screener-window`: the window without a terminal."""
    sys.exit(open_window(sys.argv[1:]))


if __name__ == "__main__":
    run()
