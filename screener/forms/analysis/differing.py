"""Accounts that do not agree, to be searched with."""

from __future__ import annotations

from collections.abc import Sequence

from screener.forms.answering import Account, Given
from screener.rules.values import State, Value


def differing(values: Sequence[Value]) -> Given:
    """Two accounts that do not say the same: of one who knows, and one who does not, where no two values differ."""
    first = Account("patient", State.ANSWERED, values[0])
    if len(values) == 1:
        return Given((first, Account("partner", State.NOT_KNOWN)))
    return Given((first, Account("partner", State.ANSWERED, values[1])))
