"""What several commands are told in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PackFolder = Annotated[Path | None, typer.Option("--pack", help="A folder of content. The shipped pack when absent.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Drafts = Annotated[bool, typer.Option("--drafts", help="Evaluate draft rules too: no source was read for them.")]
PROFILES = "Each profile that the pathway needs is named, and none that it does not offer."
"""Holds for a form as for a file of answers."""
AnswersFile = Annotated[
    str, typer.Argument(metavar="FILE", help=f"Answers as JSON or YAML; - for standard input. {PROFILES}")
]
