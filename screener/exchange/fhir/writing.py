"""JSON with exact figures, written and read: a decimal is written as it stands, never through a float."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def json_text(value: Any) -> str:
    """One line of JSON."""
    match value:
        case Decimal():
            return format(value, "f")
        case Mapping():
            inner = (f"{json.dumps(str(key), ensure_ascii=False)}:{json_text(one)}" for key, one in value.items())
            return "{" + ",".join(inner) + "}"
        case list() | tuple():
            return "[" + ",".join(map(json_text, value)) + "]"
        case str():
            # A lone half of a pair has no UTF-8.
            return json.dumps(value.encode("utf-8", "backslashreplace").decode("utf-8"), ensure_ascii=False)
        case _:
            return json.dumps(value)
