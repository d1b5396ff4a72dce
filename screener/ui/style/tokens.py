"""One table of tokens for light, dark and high contrast. No green; every pair that meets is checked for contrast."""

from __future__ import annotations

from dataclasses import dataclass
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
    text: str
    muted: str
    line: str
    """Hairlines between things; carries no meaning."""
    border: str
    """The edge of a control: at least 3:1 against what it stands on."""
    accent: str
    on_accent: str
    accent_soft: str
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
    stripe_one: str
    stripe_two: str
    on_stripe: str


LIGHT = Tokens(
    page="#F5F7F9",
    surface="#FFFFFF",
    strip="#EBF0F3",
    raised="#FFFFFF",
    text="#16202A",
    muted="#55636F",
    line="#D9E0E5",
    border="#7F8E99",
    accent="#0F5E73",
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
    stripe_one="#3B3170",
    stripe_two="#4A3F86",
    on_stripe="#FFFFFF",
)
DARK = Tokens(
    page="#11161C",
    surface="#1A222A",
    strip="#0E1217",
    raised="#202A33",
    text="#E8EEF2",
    muted="#A3B1BC",
    line="#2C3841",
    border="#74838F",
    accent="#5FB6CC",
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
    stripe_one="#B9AEF2",
    stripe_two="#A79BE8",
    on_stripe="#15102E",
)
CONTRAST = Tokens(
    page="#000000",
    surface="#000000",
    strip="#000000",
    raised="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    border="#FFFFFF",
    accent="#7FE0FF",
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
    stripe_one="#D8D0FF",
    stripe_two="#FFFFFF",
    on_stripe="#000000",
)
BY_SCHEME: dict[Scheme, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

GRID_PX = 4
RADIUS_PX = 8
CONTROL_RADIUS_PX = 6
TARGET_PX = 32
FONT_PX = {"small": 12, "body": 14, "large": 16, "title": 20, "page": 22}

TEXT_PAIRS = (
    ("text", "page"), ("text", "surface"), ("text", "strip"), ("text", "accent_soft"), ("text", "time_critical_soft"),
    ("text", "review_soft"), ("muted", "page"), ("muted", "surface"), ("muted", "strip"), ("muted", "accent_soft"),
    ("muted", "time_critical_soft"), ("on_accent", "accent"), ("accent", "surface"), ("accent", "page"),
    ("time_critical", "time_critical_soft"), ("review", "review_soft"), ("on_stripe", "stripe_one"), ("on_stripe", "stripe_two"),
    ("review", "surface"), ("time_critical", "surface"), ("note", "surface"),
)  # fmt: skip
"""Text on what it stands on: at least 4.5:1."""
MARK_PAIRS = (
    ("time_critical", "time_critical_soft"), ("time_critical", "surface"), ("time_critical", "page"), ("review", "surface"),
    ("review", "page"), ("review", "accent_soft"), ("note", "surface"), ("check", "surface"), ("open", "surface"), ("open", "page"),
    ("border", "surface"), ("border", "page"), ("focus", "surface"), ("focus", "page"), ("accent", "track"),
)  # fmt: skip
"""Marks, control borders and focus on what they stand on: at least 3:1."""


def contrast(one: str, two: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    first, second = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
