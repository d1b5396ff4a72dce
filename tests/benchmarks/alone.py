"""A part of the benchmarks in a process that has done nothing else, as a program of its own would run it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import Any


def by_itself(module: str) -> list[tuple[Any, ...]]:
    """The lines of a module, by its full name."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_rows_of, module).result()


def _rows_of(module: str) -> list[tuple[Any, ...]]:
    return list(import_module(module).rows())
