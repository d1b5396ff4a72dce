"""What every content model shares, and the small types that they are built from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
DottedId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z0-9_]+$")]
Text = Annotated[str, Field(min_length=1)]


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
