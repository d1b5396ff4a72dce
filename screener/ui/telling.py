"""What is told to a test or a benchmark that watches the program from outside."""

from __future__ import annotations

import os


def tell(variable: str, line: bytes) -> None:
    """Write a line to the descriptor that a test or a benchmark gave; nothing where none is given."""
    descriptor = os.environ.get(variable, "")
    if descriptor.isdigit():
        os.write(int(descriptor), line)
