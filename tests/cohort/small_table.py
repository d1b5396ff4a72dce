"""A made-up table for the small pack: some hundred records, its map, and cells that cannot be read."""

from __future__ import annotations

import random
from pathlib import Path

HEADER = ("who", "site", "bled", "rate", "sys")
MAP = """\
pathway: spray
profiles: [clinic]
parameters: {pressure: low}
id: who
visit: {day: 2026-11-23}
by: site
answers:
  heart.bleed: {column: bled, codes: {1: "yes", 2: "no"}, not_known: [9]}
  heart.rate: {column: rate, unit: /min}
  heart.pressures: {readings: [{systolic: sys}]}
"""


def write_small(folder: Path, many: int = 240, *, map_text: str = MAP) -> tuple[Path, Path]:
    """The table and its map; row 5 holds a rate that is no number, row 9 a code that the map does not know."""
    draw = random.Random(5)
    lines = [",".join(HEADER)]
    for number in range(1, many + 1):
        bled = draw.choices(("1", "2", "9", ""), (0.2, 0.6, 0.1, 0.1))[0]
        rate, systolic = draw.randint(55, 140) if number % 12 else "", draw.randint(110, 200)
        site = ("north", "south", "hill")[number % 3]
        lines.append(f"MADE-UP-{number:03},{site},{bled},{rate},{systolic}")
    for row, column, text in ((4, 3, "fast"), (8, 2, "maybe")):
        if row < len(lines):
            cells = lines[row].split(",")
            cells[column] = text
            lines[row] = ",".join(cells)
    table, mapping = folder / "visits.csv", folder / "visits.map.yaml"
    table.write_text("\n".join(lines) + "\n", "utf-8")
    mapping.write_text(map_text, "utf-8")
    return table, mapping
