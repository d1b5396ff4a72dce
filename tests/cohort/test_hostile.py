"""Whatever a table or a map holds: it is read, or said, and nothing else happens."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.records.cohort.cohort import count, open_cohort
from screener.text import WorldError
from tests.cohort.made_up import EXAMPLE
from tests.cohort.reading import HEAD, VISIT
from tests.records.sittings import shipped

MAP = f"""{HEAD}{VISIT}id: id
repeats: latest
answers:
  psychosis.ever: {{column: a, codes: {{1: "yes", 2: "no"}}, not_known: [9]}}
  body.weight: b
  psychosis.ever_on: {{column: c, format: [DD.MM.YYYY, YYYY]}}
  heart.stroke: {{column: d, separator: ";"}}
  bp.readings: {{readings: [{{systolic: b, diastolic: e}}]}}
  mood.phq9: {{items: {{"1": b, "2": e}}, total: a}}
  medicines.list:
    medicines: {{columns: [{{name: d, route: a, last_taken: c}}], routes: {{1: oral}}, none: {{column: e, is: [2]}}}}
"""
CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "9", "0", "120", "80.5", "5.4e-79", "-1", "1e9999", "NaN", "2026", "31.12.9999",
                     "00.00.0000", "sertraline", "sertraline; lithium", "stroke;tia", "=1+1", "\u0000", "\ud83d"]),
    st.text(max_size=6),
)  # fmt: skip


def outcome(table: bytes, mapping: str) -> str:
    """What came of it: counted, or said; anything else is raised."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "t.csv").write_bytes(table)
        (folder / "m.yaml").write_text(mapping, "utf-8", "surrogatepass")
        try:
            found = open_cohort(shipped(), folder / "t.csv", folder / "m.yaml")
            if found.cohort is None:
                assert found.findings
                return "findings"
            return f"{count(found.cohort).burden.records} records"
        except WorldError as wrong:
            assert wrong.said and wrong.next_step
            return "said"


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=6))
def test_any_cells_are_read_or_named(rows: list[list[str]]) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["id", *"abcde"], *rows]]
    table = "\n".join(lines).encode("utf-8", "surrogatepass")
    assert outcome(table, MAP) != "findings"


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_said(content: bytes) -> None:
    outcome(content, MAP)
    outcome(b"id,a,b,c,d,e\n" + content, MAP)


@settings(max_examples=60)
@given(st.data())
def test_any_map_is_one_or_has_findings(data: st.DataObject) -> None:
    text = (EXAMPLE / "visits.map.yaml").read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(begin, min(len(text), begin + 12)))
        text = text[:begin] + data.draw(st.text(max_size=6)) + text[end:]
    outcome(b"id,visit,site\na,2026-01-01,x\n", text)
