"""Instruments as content: their items and scores in numbers, published lines, codes and licence; never item texts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from screener.forms.content import Content, Id, OwnWordOf, Text
from screener.rules.expressions import Exact
from screener.rules.scores import ItemScale, Of, ScoreOf, Scoring

ItemId = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
MOST_ITEMS = 200


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Numbered(Content):
    """Items from one number to another, both inside."""

    from_: int = Field(alias="from", ge=1)
    to: Annotated[int, Field(le=MOST_ITEMS)]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(str(number) for number in range(self.from_, self.to + 1))


class Item(Content):
    """One item, or several numbered ones that are answered alike: with a range in steps, or with listed values."""

    id: Annotated[ItemId, BeforeValidator(_as_text)] | None = None
    from_: int | None = Field(None, alias="from", ge=1)
    to: Annotated[int, Field(le=MOST_ITEMS)] | None = None
    title: str = ""
    range: tuple[Exact, Exact] | None = None
    step: Annotated[Exact, Field(gt=0)] = Decimal(1)
    values: tuple[Exact, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Item:
        if (self.id is None) == (self.from_ is None) or (self.from_ is None) != (self.to is None):
            raise ValueError("an item has an `id`, or `from` and `to`")
        if (self.range is None) == (not self.values):
            raise ValueError("an item has a `range` or `values`")
        if self.range is not None and not 0 < (self.range[1] - self.range[0]) / self.step <= MOST_ITEMS:
            raise ValueError("a `range` names the lower figure first, and has no more than 200 steps")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        if self.id is not None:
            return (self.id,)
        assert self.from_ is not None and self.to is not None
        return tuple(str(number) for number in range(self.from_, self.to + 1))

    @property
    def scale(self) -> ItemScale:
        if self.range is None:
            return ItemScale(tuple(sorted(self.values)))
        low, high = self.range
        return ItemScale(tuple(low + self.step * number for number in range(int((high - low) / self.step) + 1)))


class InstrumentScore(Content):
    """One score: made of items by a sum, a mean, the highest or a count of them, or given as a figure alone."""

    id: ItemId
    title: Text
    of: Of
    items: Numbered | tuple[Annotated[ItemId, BeforeValidator(_as_text)], ...] = ()
    """Empty: all items."""
    range: tuple[Exact, Exact]
    at_least: Exact | None = None

    @property
    def item_ids(self) -> tuple[str, ...]:
        return self.items.ids if isinstance(self.items, Numbered) else self.items


class Band(Content):
    """A published line or band, as a fact of its source."""

    text: Text
    source: Id
    at: str = ""


class Licence(Content):
    """What is known of the right to use an instrument, and which uses the program makes of it."""

    position: Text
    uses: tuple[Literal["record", "present"], ...] = ("record",)
    source: str = ""
    status: Literal["verified", "second hand", "from memory", "not found"]


class Instrument(Content):
    """One instrument: what is recorded of it. The first score is its total."""

    id: Id
    title: Text
    about: Text
    items: tuple[Item, ...] = ()
    scores: tuple[InstrumentScore, ...] = ()
    loinc: Mapping[str, str] = Field(default_factory=dict)
    missing: str = ""
    """What its authors say about missing items."""
    bands: tuple[Band, ...] = ()
    licence: Licence
    basis: Text
    own_words: tuple[OwnWordOf, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Instrument:
        ids = [item for entry in self.items for item in entry.ids]
        twice = next((item for item in ids if ids.count(item) > 1), None)
        if twice is not None:
            raise ValueError(f"the item {twice} stands twice")
        if not ids and not self.scores:
            raise ValueError("an instrument has items, scores or both")
        for score in self.scores:
            strange = next((item for item in score.item_ids if item not in ids), None)
            if strange is not None:
                raise ValueError(f"the score {score.id} names item {strange}, which the instrument does not have")
            if score.of != "given" and not ids:
                raise ValueError(f"the score {score.id} is made of items, and there are none: write of: given")
            if (score.of == "count") != (score.at_least is not None):
                raise ValueError(f"the score {score.id}: `at_least` goes with of: count")
        return self

    @property
    def scoring(self) -> Scoring:
        """Its numbers as rules read them."""
        items = {item: entry.scale for entry in self.items for item in entry.ids}
        scores = {
            score.id: ScoreOf(
                of=score.of,
                items=() if score.of == "given" else score.item_ids or tuple(items),
                low=score.range[0],
                high=score.range[1],
                at_least=score.at_least,
            )
            for score in self.scores
        }
        titles = {score.id: score.title for score in self.scores}
        titles |= {item: entry.title for entry in self.items if entry.title for item in entry.ids}
        return Scoring(items, scores, self.title, titles)
