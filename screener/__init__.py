"""Screener: the intake visit before ketamine or psychedelic-assisted therapy. It lists items; people judge."""

__version__ = "0.1.0"
