"""Review, own summary, report and signature."""

from screener.ui.screening.review.area import ReviewArea

__all__ = ["ReviewArea"]
