"""One table of tokens for light, dark and high contrast. No green; every pair that meets is checked for contrast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

Scheme = Literal["light", "dark", "contrast"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as #RRGGBB."""

    page: str
    surface: str
    strip: str
    raised: str
    hover: str
    """Under the pointer."""
    text: str
    muted: str
    off: str
    """Text of what cannot be used now; under no duty of contrast, and legible all the same."""
    line: str
    """Hairlines between things; carries no meaning."""
    border: str
    """The edge of a control: at least 3:1 against what it stands on."""
    chip: str
    """The outline of a chip, which is no control."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    """Chosen, and stood on by text."""
    focus: str
    time_critical: str
    time_critical_soft: str
    time_critical_line: str
    review: str
    review_soft: str
    note: str
    check: str
    open: str
    track: str
    """The part of a ring or bar that is not filled."""
    stripe_one: str
    stripe_two: str
    on_stripe: str


LIGHT = Tokens(
    page="#F5F7F9",
    surface="#FFFFFF",
    strip="#EBF0F3",
    raised="#FFFFFF",
    hover="#F0F4F6",
    text="#16202A",
    muted="#55636F",
    off="#7C8994",
    line="#D9E0E5",
    border="#70808B",
    chip="#B3BFC8",
    accent="#0F5E73",
    accent_hover="#0B4A5B",
    on_accent="#FFFFFF",
    accent_soft="#E1EFF3",
    focus="#0B62C4",
    time_critical="#8A1650",
    time_critical_soft="#FBEAF1",
    time_critical_line="#C77A9F",
    review="#7A4B00",
    review_soft="#FDF3DF",
    note="#44525F",
    check="#7A4B00",
    open="#44525F",
    track="#DCE3E8",
    stripe_one="#FEF4E1",
    stripe_two="#FBE6BD",
    on_stripe="#5C3A00",
)
DARK = Tokens(
    page="#11161C",
    surface="#1A222A",
    strip="#0E1217",
    raised="#202A33",
    hover="#232E37",
    text="#E8EEF2",
    muted="#A3B1BC",
    off="#788692",
    line="#2C3841",
    border="#7F8E9A",
    chip="#4A5965",
    accent="#5FB6CC",
    accent_hover="#86CADB",
    on_accent="#08222A",
    accent_soft="#173741",
    focus="#6FB4FF",
    time_critical="#F29AC4",
    time_critical_soft="#38162A",
    time_critical_line="#8E4C6E",
    review="#F0BC63",
    review_soft="#352A15",
    note="#B4C1CC",
    check="#F0BC63",
    open="#B4C1CC",
    track="#33404A",
    stripe_one="#33290F",
    stripe_two="#463815",
    on_stripe="#F8DCA6",
)
CONTRAST = Tokens(
    page="#000000",
    surface="#000000",
    strip="#000000",
    raised="#000000",
    hover="#262626",
    text="#FFFFFF",
    muted="#FFFFFF",
    off="#9C9C9C",
    line="#FFFFFF",
    border="#FFFFFF",
    chip="#FFFFFF",
    accent="#7FE0FF",
    accent_hover="#C4F1FF",
    on_accent="#000000",
    accent_soft="#00303C",
    focus="#FFF200",
    time_critical="#FFB3DA",
    time_critical_soft="#3A0022",
    time_critical_line="#FFB3DA",
    review="#FFD37A",
    review_soft="#2E2000",
    note="#FFFFFF",
    check="#FFD37A",
    open="#FFFFFF",
    track="#5A5A5A",
    stripe_one="#000000",
    stripe_two="#3D2B00",
    on_stripe="#FFFFFF",
)
BY_SCHEME: dict[Scheme, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
TRAINING: dict[Scheme, Tokens] = {
    "light": replace(LIGHT, page="#F8EFDC", strip="#F1E4C8", hover="#F5EBD5", line="#DDCBA3", border="#75685A"),
    "dark": replace(DARK, page="#1F1809", strip="#171105", hover="#33290F", line="#55451D", border="#948770"),
    "contrast": replace(CONTRAST, page="#2A1D00", strip="#2A1D00"),
}
"""What the training window stands on: sand, so that nobody takes it for care; marks and text are the same."""

RADIUS_PX = 8
CONTROL_RADIUS_PX = 6
TARGET_PX = 32
FONT_PX = {"small": 12, "body": 14, "large": 16, "title": 20, "page": 22}

GROUNDS = ("page", "surface", "strip", "raised", "hover", "accent_soft", "time_critical_soft", "review_soft")
"""What text, marks and controls stand on."""
TEXT_PAIRS = (
    *product(("text", "muted", "accent", "time_critical", "review", "note", "check", "open"), GROUNDS),
    *product(("on_accent",), ("accent", "accent_hover")),
    *product(("on_stripe",), ("stripe_one", "stripe_two")),
)
"""Text on what it stands on: at least 4.5:1. Marks are written beside their figures, in their own colour."""
MARK_PAIRS = (
    *product(("time_critical", "review", "note", "check", "open", "border", "focus"), GROUNDS),
    ("accent", "track"),
    ("on_accent", "accent"),
)
"""Marks, control borders, focus and filled parts on what they stand on: at least 3:1."""


def contrast(one: str, two: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
