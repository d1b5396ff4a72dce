"""A small pack as files on disk, complete and without findings, for tests that change one thing."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "pack.yaml": """\
id: small
version: "1"
title: A small pack
""",
    "sources.yaml": """\
label:
  title: A label
  read: all of it
  product: a spray
trial:
  title: A trial
  read: its criteria
""",
    "instruments/nine.yaml": """\
id: nine
title: Nine
about: Nine items
items:
  - {from: 1, to: 9, range: [0, 3]}
scores:
  - {id: total, title: Total, of: sum, range: [0, 27]}
bands:
  - {text: A line at 10, source: trial}
licence: {position: free, source: label, status: verified}
basis: psy/13a/phq-9
""",
    "medicines/classes.yaml": """\
- id: antidepressant
  title: Antidepressant
- id: ssri
  title: SSRI antidepressant
  parents: [antidepressant]
""",
    "medicines/names.yaml": """\
- name: sertraline
  trade: [Zoloft]
  classes: [ssri]
  half_life: {hours: [26, 26], source: trial, basis: psy/halflife/sertraline}
- name: fluvoxamine
  classes: [ssri]
- name: both
  holds: [sertraline, fluvoxamine]
""",
    "rows.yaml": """\
ket/CV-1:
  rule: [heart.bled, heart.nine_or_ssri, heart.recent]
ket/CV-2:
  left_out: a copy of another row
""",
    "profiles/general.yaml": """\
id: general
title: In general
short: General
summary: What concerns a person whatever the law
basis: sources
version: "1"
date: "2026"
always: true
""",
    "profiles/clinic.yaml": """\
id: clinic
title: This clinic
short: Clinic
summary: The clinic's own figures
basis: the clinic
version: "1"
date: "2026"
parameters:
  - id: pressure
    title: Pressure
    options:
      - {id: low, label: "150", values: {systolic: 150}, source: {ref: trial, strength: trial exclusion}}
      - {id: high, label: 180/100, values: {systolic: 180, diastolic: 100}, source: {ref: label, strength: warning}}
""",
    "pathways/spray.yaml": """\
id: spray
title: A spray
short: Spray
summary: A spray in a clinic
needs: [general, clinic]
themes: [heart]
facts:
  - {label: Session, text: Two hours, source: label}
""",
    "themes/heart/questions.yaml": """\
id: heart
title: Heart
questions:
  - id: heart.bleed
    kind: yes_no
    text: Bleeding in the brain, ever?
  - id: heart.bleed_on
    kind: date
    text: When?
    shown_when: {ask: heart.bleed, is: "yes"}
    when_hidden: not applicable
  - id: heart.kind
    kind: choice
    text: Which kind?
    options:
      - {id: valve, text: A valve}
      - {id: rhythm, text: The rhythm}
  - id: heart.rate
    kind: number
    text: Resting rate
    unit: /min
    step: 1
    plausible: [25, 220]
  - id: heart.pressures
    kind: readings
    text: Readings
    unit: "mm[Hg]"
    parts: [systolic, diastolic, pulse]
    plausible_parts: {systolic: [60, 280], diastolic: [30, 180], pulse: [25, 220]}
  - id: heart.medicines
    kind: medicines
    text: Which medicines?
    complete: heart.medicines_all
  - id: heart.medicines_all
    kind: yes_no
    text: Is that all?
  - id: heart.nine
    kind: instrument
    text: Nine
    instrument: nine
""",
    "themes/heart/rules.yaml": """\
- id: heart.bled
  title: Bleeding in the brain
  class: safety
  tier: review
  profiles: [general]
  pathways: [spray]
  when: {ask: heart.bleed, is: "yes"}
  statement: "Bleeding in the brain: {heart.bleed}."
  source: {ref: label, strength: contraindication}
  basis: [ket/CV-1]
  cases:
    - {name: bled, given: {heart.bleed: "yes"}, is: listed}
    - {name: never, given: {heart.bleed: "no"}, is: not_listed}
    - {name: not asked, given: {}, is: not_established}
- id: heart.recent
  title: Bleeding in the brain within 6 weeks
  class: safety
  tier: review
  profiles: [general]
  pathways: [spray]
  when:
    any:
      - {ask: heart.bleed_on, within: 6 wk}
      - {readings: heart.pressures, mean: systolic, above: {parameter: pressure.systolic}, unit: "mm[Hg]"}
  statement: A date, and {mean_systolic} against {parameter}.
  source: {ref: label, strength: warning}
  basis: [ket/CV-1]
  cases:
    - {name: the last day, given: {heart.bleed: "yes", heart.bleed_on: "2026-10-12"}, is: listed}
    - name: the day before it
      given: {heart.bleed: "yes", heart.bleed_on: "2026-10-11", heart.pressures: [[150, 80]]}
      parameters: {pressure: low}
      is: not_listed
    - name: one above
      given: {heart.bleed: "no", heart.pressures: [[151, 80]]}
      parameters: {pressure: low}
      is: listed
    - {name: nothing asked, given: {}, is: not_established}
- id: heart.fast
  title: Fast heart rate
  class: safety
  tier: note
  profiles: [general]
  pathways: [spray]
  levels:
    - {id: fast, title: Above 100, when: {ask: heart.rate, above: 100, unit: /min}}
    - {id: very_fast, title: Above 130, tier: review, when: {ask: heart.rate, above: 130, unit: /min}}
  statement: The rate is {heart.rate}.
  source: {ref: trial, strength: evidence}
  basis: [ket/CV-2]
  cases:
    - {name: at the line, given: {heart.rate: 100}, is: not_listed}
    - {name: above, given: {heart.rate: 101}, is: listed, level: fast}
    - {name: at the second line, given: {heart.rate: 130}, is: listed, level: fast}
    - {name: far above, given: {heart.rate: 131}, is: listed, level: very_fast}
    - {name: not asked, given: {}, is: not_established}
- id: heart.nine_or_ssri
  title: SSRI, or nine at 10
  class: safety
  tier: review
  profiles: [general]
  pathways: [spray]
  when:
    any:
      - {takes: {class: ssri}, within: 14 d, in: heart.medicines}
      - {score: heart.nine, at_least: 10}
      - {score: heart.nine, item: "9", at_least: 1}
  statement: "Taken: {taken}; nine {score}."
  source: {ref: label, strength: warning}
  basis: [ket/CV-1]
  cases:
    - {name: taken, given: {heart.medicines: [{name: Zoloft, use: current}]}, is: listed}
    - {name: at 10, given: {heart.nine: {total: 10}}, is: listed}
    - name: at 9, and nothing taken
      given:
        heart.medicines: []
        heart.nine: {items: {"1": 3, "2": 3, "3": 3, "4": 0, "5": 0, "6": 0, "7": 0, "8": 0, "9": 0}}
      is: not_listed
    - {name: nothing asked, given: {}, is: not_established}
""",
}


def write_pack(folder: Path, *changes: tuple[str, str, str], files: dict[str, str | None] | None = None) -> Path:
    """Write the pack into `folder`/small, with texts changed: (file, what stands there once, what to write instead)."""
    written: dict[str, str | None] = {**FILES, **(files or {})}
    for name, old, new in changes:
        text = written[name]
        assert text is not None and text.count(old) == 1, f"{old!r} stands {text and text.count(old)} times in {name}"
        written[name] = text.replace(old, new)
    root = folder / "small"
    for name, text in written.items():
        if text is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
    return root


def line_of(text: str, name: str) -> int:
    """The line (from 1) where a text stands in one of the files."""
    before, found, _ = FILES[name].partition(text)
    assert found, f"{text!r} does not stand in {name}"
    return before.count("\n") + 1
