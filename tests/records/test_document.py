"""A document refuses what is no text while it is laid out, wherever in it that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, get_args

import pytest

from screener.records.document import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cards,
    Document,
    Entry,
    Facts,
    Grid,
    Heading,
    NewSheet,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    ToAnswer,
    words,
)

LINE = words("a line")
GRID = Grid("Rows", ("First", "Second"), ("a row",), (1, 2))
WHOLE = (
    Run("a run", strong=True),
    Heading("A heading", 2),
    Paragraph(LINE, "note"),
    Facts((("Term", LINE),)),
    Table("A table", ("One", "Two"), ((LINE, LINE),), (1.5, 2)),
    Entry("review", "For review", "An item", (("Source", LINE),)),
    Bullets((LINE, LINE)),
    SignatureBlock((("Name", ""),)),
    GRID,
    ToAnswer(
        "1.1", "Which?", "If yes", ("a note",), "Tick one.", ("Yes",), (("before", "after"),), 2, GRID, ("Declined",)
    ),
    Cards("A card", "its text", 4),
    NewSheet("for somebody"),
    Bar("One rule", "3 of 4", (0.75, 0.25)),
    Bars("A chart", ("listed", "not listed"), (Bar("One rule", "3 of 4", (0.75, 0.25)),)),
    Document("A title", "en", "A line", "Below", "Above", (Heading("A heading"),), ("Reference",), "stamp", "mark"),
)
HOSTILE = (5, None, ["x"], {"text": "x"}, True)


def with_one_changed(held: Any, to: Any) -> Iterator[Any]:
    """A value of tuples and texts with one text after another in it changed."""
    if isinstance(held, str):
        yield to
    elif isinstance(held, tuple):
        for place, inner in enumerate(held):
            for changed in with_one_changed(inner, to):
                yield (*held[:place], changed, *held[place + 1 :])


@pytest.mark.parametrize("part", WHOLE, ids=lambda part: type(part).__name__)
def test_what_is_no_text_is_refused_in_every_place_of_every_kind_of_block(part: Any) -> None:
    tried = 0
    for one in fields(part):
        for to in HOSTILE:
            for changed in with_one_changed(getattr(part, one.name), to):
                tried += 1
                with pytest.raises(TypeError, match="in place of a text"):
                    replace(part, **{one.name: changed})
    assert tried >= len(HOSTILE) or isinstance(part, Bullets), "a block of runs is made of what refuses by itself"


def test_no_kind_of_block_is_left_out_here() -> None:
    assert {*get_args(Block), Run, Grid, Bar, Document} == {type(part) for part in WHOLE}


@pytest.mark.parametrize("to", HOSTILE)
def test_what_is_no_line_is_refused_too(to: Any) -> None:
    for made in (lambda: Bullets((to,)), lambda: Paragraph(to), lambda: Facts((("Term", to),))):
        with pytest.raises(TypeError, match="in place of a text"):
            made()
