"""Texts that a language says as English does, and texts of the window's code that are no words of the window."""

from __future__ import annotations

from itertools import chain

THE_SAME: dict[str, frozenset[str]] = {
    "es": frozenset(
        (
            "{max} kB",
            "{minutes} min",
            "{n} min",
            "{cut} min",
            "HTML",
            "general",
            "No",
            "No.",
            "no",
        )
    )
}
"""By language: names, units and words that both write alike."""

_BY_REASON: dict[str, tuple[str, ...]] = {
    "kept with a screening, in a record or in the audit log, whose words are those of the pack": (
        "in progress",
        "in review",
        "part signed",
        "signed file",
        "redacted table",
        "chart text",
        "recovery sheet",
        "the bottle or box",
        "a list",
        "a letter",
        "with partner or family",
        "with support person",
        "with interpreter",
        "by video",
        "The patient left",
        "Emergency",
        "Paused by the clinic and closed",
        "Other, see the note below",
    ),
    "a name in the code": (
        "taken back",
        "giving back",
        "gone through to the end",
        "nothing yet",
        "no work begins after the end",
        "saved … …",
        "led to",
        "Python …, Qt …, …",
        "… Screener …, …",
        "…, line …, in …",
        "… ….pdf",
    ),
    "what content, comparisons and conditions name a part, a kind or a standing by": (
        "efficacy note",
        "not established",
        "Clinic’s choices",
        "medicine class",
        "not met",
        "not answered",
    ),
}
NOT_SAID = frozenset(chain.from_iterable(_BY_REASON.values()))
