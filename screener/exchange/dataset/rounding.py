"""Exact fractions as figures of a table."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PLACES = Decimal("0.0001")


def rounded(value: Fraction) -> Decimal:
    """The figure, exact where four places hold it, else to the nearest of them."""
    found = Decimal(value.numerator) / Decimal(value.denominator)
    return found if Fraction(found) == value else found.quantize(_PLACES, ROUND_HALF_UP)
