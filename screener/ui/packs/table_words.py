"""The words of counts in a table: the same beside a rule, over the whole pack, and for a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from screener.language import tr, tr_n
from screener.ui.content import pack_words
from screener.ui.packs.in_table import LISTED, NOT_ESTABLISHED, NOT_LISTED

if TYPE_CHECKING:
    from screener.records.cohort.asking import Counted
    from screener.records.cohort.shown import Bin, ShownBurden
    from screener.records.cohort.small import Shown

HIDDEN = tr("hidden")
KINDS: Mapping[str, str] = {
    "time-critical": tr("Time-critical"),
    "review": tr("For review"),
    "note": tr("Note"),
    "check": tr("Check"),
    "efficacy note": tr("Efficacy note"),
}
HOWS = (tr("Listed newly"), tr("No longer listed"), tr("Otherwise changed"), tr("The same"))
_ORDER = (LISTED, NOT_ESTABLISHED, NOT_LISTED)


def number(count: int) -> str:
    return f"{count:,}"


def share(part: float) -> str:
    """A share as it is read; never 0.0 % of something."""
    percent = round(part * 100, 1)
    if part > 0 and percent == 0:
        return "< 0.1\u00a0%"
    return "> 99.9\u00a0%" if part < 1 and percent == 100 else f"{percent:.1f}\u00a0%"


def of_all(count: Shown, records: int) -> str:
    """A count with its share; a hidden one says so."""
    if count is None:
        return HIDDEN
    return f"{number(count)} ({share(count / records)})" if count and records else number(count)


def counts_words(counts: Sequence[Shown], records: int) -> str:
    """How often listed, not established and not listed, as one sentence."""
    listed, left_open, not_listed = (of_all(counts[place], records) for place in _ORDER)
    return tr("Listed: {listed}. Not established: {left_open}. Not listed: {not_listed}.").format(
        listed=listed, left_open=left_open, not_listed=not_listed
    )


def shares(counts: Sequence[Shown], records: int) -> tuple[float, float | None] | None:
    """What a bar shows: the shares listed and not established; no bar where it is hidden how often it is listed."""
    listed, left_open = counts[LISTED], counts[NOT_ESTABLISHED]
    if listed is None or not records:
        return None
    return listed / records, None if left_open is None else left_open / records


def records_words(count: int) -> str:
    return tr_n("1 record", "{n} records", count)


def counted_words(counted: Counted) -> str:
    """Of which table the numbers are, and whose content was used."""
    assert counted.shown is not None and counted.rules is not None
    return tr("Table {table}, {records} · {pathway} · content {content}").format(
        table=counted.name,
        records=records_words(counted.shown.of.records),
        pathway=counted.rules.pathway.title,
        content=pack_words(counted.rules.pack),
    )


def few_words(shown: ShownBurden) -> str:
    """Why no number is shown."""
    if not shown.of.records:
        return tr("The table has no record that could be read.")
    return tr("The table has fewer than {limit} records: no number of them is shown.").format(limit=shown.limit)


def small_words(limit: int) -> str:
    return tr(
        "Numbers below {limit} are hidden, with others from which they could be worked out. 0 is shown where nothing "
        "can be worked out from it."
    ).format(limit=limit)


def change_words(counts: Sequence[Shown], records: int) -> str:
    """How many records come to another outcome of one rule."""
    parts = (f"{how}: {of_all(count, records)}" for how, count in zip(HOWS, counts, strict=True))
    return ". ".join(parts) + "."


def bin_words(one: Bin) -> str:
    """How many flags."""
    if one.is_open:
        return tr("{first} or more").format(first=one.first) if one.first else tr("any number")
    if one.first == one.last:
        return tr("none") if not one.first else str(one.first)
    return tr("{first} to {last}").format(first=one.first, last=one.last)


def facts(counted: Counted) -> list[tuple[str, str]]:
    """What the numbers rest on."""
    shown, rules = counted.shown, counted.rules
    assert shown is not None and rules is not None
    burden = shown.of
    chosen = [
        f"{rules.pack.parameters[name].title}: {option.label}"
        for name, chosen in rules.parameters.items()
        if name in rules.pack.parameters and (option := rules.pack.parameters[name].option(chosen)) is not None
    ]
    left = (
        " · " + tr_n("1 row left out, which could not be read", "{n} rows left out, which could not be read", n)
        if (n := burden.left_out)
        else ""
    )
    found = [
        (tr("Table"), counted.name),
        (tr("Records"), number(burden.records) + left),
        (tr("Visits"), _visits(shown)),
        (tr("Pathway"), rules.pathway.title),
        (tr("Profiles"), ", ".join(rules.pack.profile(name).title for name in rules.profiles)),
        (
            tr("Figures of the clinic"),
            "; ".join(chosen) or tr("The map names none: rules that need one are not established."),
        ),
        (tr("Content"), pack_words(rules.pack)),
    ]
    if burden.filled:
        said = ", ".join(burden.filled)
        found.append(
            (tr("Blanks read as an answer"), tr("in {questions}, because the map says so").format(questions=said))
        )
    found.append((tr("Small numbers"), small_words(shown.limit)))
    return found


def _visits(shown: ShownBurden) -> str:
    days = shown.of.days
    if days is None:
        said = tr("no day is known")
    elif days[0] == days[1]:
        said = days[0].isoformat()
    else:
        said = tr("{first} to {last}").format(first=days[0].isoformat(), last=days[1].isoformat())
    if shown.of.undated:
        without = tr_n(
            "1 record without a day: what is measured from it is not established",
            "{n} records without a day: what is measured from it is not established",
            shown.of.undated,
        )
        said = f"{said} · {without}"
    return said
