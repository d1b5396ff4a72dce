"""Where the program's own files lie: content and resources, beside a checkout or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# pyproject.toml places both folders here in a wheel; a checkout has them beside the package.
_IN_WHEEL = _PACKAGE / "_data"


def forms_folder() -> Path:
    """The folder that holds the packs of content that travel with the program; `intake` is one of them."""
    return _folder("forms")


def resources_folder() -> Path:
    """The folder that holds icons, styles, the report template and the JSON Schemas."""
    return _folder("resources")


def _folder(name: str) -> Path:
    root = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent
    return root / name
