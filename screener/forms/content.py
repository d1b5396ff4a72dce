"""What every content model shares, and the small types that they are built from."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_ID = r"^[a-z][a-z0-9_-]*$"
Id = Annotated[str, Field(pattern=_ID)]
DottedId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z0-9_]+$")]
Text = Annotated[str, Field(min_length=1)]


def is_id(text: str) -> bool:
    """Whether an entry can bear this name."""
    return re.fullmatch(_ID, text) is not None and "\n" not in text


class Content(BaseModel):
    """What every content model shares: frozen, nothing extra."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class OwnWordOf(Content):
    """A declared exception of the neutrality lint: this word stands in this text because a source says it."""

    word: Text
    own_word_of: Text


Strength = Literal[
    "contraindication", "boxed warning", "warning", "caution", "not recommended", "indication", "dosing", "law",
    "required question", "guideline", "trial exclusion", "policy", "evidence", "editorial",
]  # fmt: skip
