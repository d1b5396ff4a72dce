"""Records of one reference: in order of visit, two side by side, over time, under today's content."""

from screener.ui.records.area import HistoryArea

__all__ = ["HistoryArea"]
