"""A made-up table of intake visits, with what real tables hold: codes, refusals, gaps, several readings."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

EXAMPLE = Path(__file__).parent / "example"
HEADER = (
    "id", "visit", "site", "weighting", "age", "sex", "weight_lb", "height", "psychosis", "psychosis_on", "attack",
    "attack_on", "aneurysm", "stroke", "tia", "sys1", "dia1", "sys2", "dia2", "sys3", "dia3", "pulse1",
    *(f"phq{item}" for item in range(1, 10)), "phq_total", "any_medicine", "note",
)  # fmt: skip
MEDICINES_HEADER = ("record", "medicine", "route", "in_use", "last_dose")
MEDICINES = ("sertraline", "lithium", "diazepam", "tranylcypromine", "bupropion", "ibuprofen", "lamotrigine", "zzyx")
SITES = ("north", "south", "harbour", "hill")


def rows(many: int, seed: int = 7) -> tuple[list[list[str]], list[list[str]]]:
    """So many made-up records, and the rows of their medicines. Every cell is as the map of the example says."""
    draw = random.Random(seed)
    found, medicines = [], []
    for number in range(1, many + 1):
        name = f"MADE-UP-{number:04}"
        found.append(_record(draw, name))
        medicines += _medicines(draw, name, found[-1])
    return found, medicines


def _record(draw: random.Random, name: str) -> list[str]:
    def coded(yes: float) -> str:
        return draw.choices(("1", "2", "7", "9", ""), (yes, 0.75, 0.03, 0.05, 0.12))[0]

    visit = f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.2026"
    psychosis, attack = coded(0.1), coded(0.12)
    readings: list[str] = []
    for _ in range(3):
        taken = draw.random() < 0.8
        readings += [str(draw.randint(105, 185)), str(draw.randint(58, 112))] if taken else ["", ""]
    items = [draw.choices(("0", "1", "2", "3", ""), (0.3, 0.25, 0.2, 0.15, 0.1))[0] for _ in range(9)]
    total = str(sum(int(item) for item in items)) if all(items) and draw.random() < 0.7 else ""
    return [
        name, visit, draw.choice(SITES), f"{draw.uniform(0.4, 3):.4f}",
        draw.choice(("", "77", str(draw.randint(18, 75)), str(draw.randint(18, 75)))),
        draw.choice(("1", "2", "3", "")), f"{draw.uniform(100, 300):.1f}", str(draw.randint(150, 200)),
        psychosis, draw.choice(("", "03/2019", "11/2025", "2026")) if psychosis == "1" else "",
        attack, draw.choice(("", "01/2026", "05/2018")) if attack == "1" else "",
        coded(0.04), coded(0.05), coded(0.05), *readings, draw.choice(("", str(draw.randint(48, 120)))),
        *items, total, draw.choice(("1", "2", "")), "",
    ]  # fmt: skip


def _medicines(draw: random.Random, name: str, record: Sequence[str]) -> list[list[str]]:
    if record[HEADER.index("any_medicine")] != "1":
        return []
    return [
        [
            name,
            draw.choice(MEDICINES),
            draw.choice(("PO", "OPH", "TD", "")),
            draw.choice(("1", "2", "")),
            draw.choice(("", "2026-01-03", "2025-12", "2025")),
        ]
        for _ in range(draw.randint(1, 4))
    ]


def write(folder: Path, many: int = 300, seed: int = 7) -> Path:
    """The table, its medicines and the map of the example in a folder; returns the table."""
    records, medicines = rows(many, seed)
    write_csv(folder / "medicines.csv", MEDICINES_HEADER, medicines)
    (folder / "visits.map.yaml").write_text((EXAMPLE / "visits.map.yaml").read_text("utf-8"), "utf-8")
    return write_csv(folder / "visits.csv", HEADER, records)


def write_csv(path: Path, header: Sequence[str], lines: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


if __name__ == "__main__":
    write(EXAMPLE, 120)
