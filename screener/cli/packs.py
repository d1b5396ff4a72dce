"""The pack that a command works with: the shipped one, or a folder that was named."""

from __future__ import annotations

from pathlib import Path

from screener.forms.model import Pack
from screener.places import forms_folder
from screener.text import WorldError


def shipped() -> Path:
    """The folder of the pack that travels with the program."""
    return forms_folder() / "intake"


def open_pack(folder: Path | None) -> Pack:
    """Load a pack; WorldError where it has findings that keep it from being used."""
    from screener.forms.pack import load_pack

    wanted = folder or shipped()
    loaded = load_pack(wanted)
    if loaded.pack is None:
        raise WorldError(f"The pack in {wanted} cannot be used.", f"Run: screener check {wanted}")
    return loaded.pack
