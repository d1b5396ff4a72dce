"""One question as it will be asked here, out of an item of a foreign form."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.options import Choice
from screener.exchange.fhir.foreign.shapes import Remark
from screener.rules.values import Kind


@dataclass
class Asked:
    """What is written of it: the keys of a question in `more`, remarks beside it as comments."""

    item: Item
    id: str
    kind: Kind
    text: str
    short: str = ""
    helping: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    unit: str = ""
    units: tuple[str, ...] = ()
    step: Decimal | None = None
    plausible: tuple[Decimal, Decimal] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def option_ids(self) -> tuple[str, ...]:
        if self.kind is Kind.YES_NO:
            return ("yes", "no")
        return tuple(choice.id for choice in self.choices)

    @property
    def help(self) -> str:
        return " ".join(self.helping)


@dataclass
class Left:
    """An item that has no form here, and is not asked."""

    item: Item
    remarks: list[Remark]
    comments: list[str]
