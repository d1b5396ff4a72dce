"""What a screening is begun with: whom and what it is about, under which rules, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from screener.language import tr
from screener.screening.journaled import is_opening
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class PackStamp:
    """The pack a screening was begun with: id, version and content hash."""

    id: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Sealed when a screening begins.

    What may change later (visit date, product, room) starts here and moves by steps.
    """

    reference: str
    """The patient's pseudonym."""
    pathway: str
    profiles: tuple[str, ...]
    visit_date: str
    """ISO day that intervals are worked out for."""
    clinician: str
    role: str
    """clinician or facilitator: wording follows."""
    begun_at: str
    """ISO moment with offset."""
    pack: PackStamp
    second_mark: str = ""
    product: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False
    made_up: bool = False

    def to_json(self) -> dict[str, Any]:
        """As a JSON object, for the journal and the record."""
        return asdict(self) | {"profiles": list(self.profiles), "parameters": dict(self.parameters)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Opening:
        """The opening that `to_json` wrote. WorldError where this is none."""
        if not is_opening(raw):
            raise WorldError(
                tr("The beginning of this screening is not written as this version writes it."),
                tr("Nothing of it was changed. Open it with the version that wrote it, or restore the latest backup."),
            )
        return cls(**{**raw, "profiles": tuple(raw["profiles"]), "pack": PackStamp(**raw["pack"])})
