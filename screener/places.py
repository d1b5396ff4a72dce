"""Where the program's own files lie: content and resources that travel with it, and what it keeps for its user."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# pyproject.toml places both folders here in a wheel; a checkout has them beside the package.
_IN_WHEEL = _PACKAGE / "_data"


def home_folder() -> Path:
    """Where this user's files lie: the folder in SCREENER_HOME, or the system's place for a program's data."""
    chosen = os.environ.get("SCREENER_HOME")
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_data_path("Screener", appauthor=False)


def forms_folder() -> Path:
    """The folder that holds the packs of content that travel with the program; `intake` is one of them."""
    return _folder("forms")


def resources_folder() -> Path:
    """The folder that holds icons, styles, the report template and the JSON Schemas."""
    return _folder("resources")


def _folder(name: str) -> Path:
    root = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent
    return root / name
