"""A pack as the program gets it: read, checked, from the cache where nothing changed, or the last good one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.forms import kept
from screener.forms.changes import Difference, difference
from screener.forms.composition import Places, content_hash, no_pack
from screener.forms.findings import Finding
from screener.forms.folder import Folder, is_pack
from screener.forms.kept import keep_last_good, last_good
from screener.forms.local import base_folder, extends_of, read_gathered, read_pack
from screener.forms.model import Pack

__all__ = ["Loaded", "content_hash", "keep_last_good", "last_good", "load_pack", "read_pack", "shipped_difference"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack, or None when findings stop it; and all findings."""

    pack: Pack | None
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        return self.pack is None


def load_pack(folder: Path, *, cases: bool = False, cache: Path | None = None) -> Loaded:
    """Read a pack and check it; with `cases`, also run every worked case. Findings that stop leave no pack.

    With `cache`, a folder whose files were read before without any finding comes from there, without its cases.
    """
    if not is_pack(folder):
        return Loaded(None, tuple(no_pack(folder)[1]))
    gathered = Folder(folder)
    key = kept.key_of(_all_files(gathered)) if cache is not None and not cases and not gathered.findings else ""
    if cache is not None and key:
        found = kept.cached(cache, key)
        if found is not None:
            return Loaded(found, ())
    pack, findings, places = read_gathered(gathered)
    if pack is not None:
        findings = _judged(pack, places, cases)
    if pack is not None and cache is not None and key and not findings:
        kept.cache(pack, cache, key)
    stopped = any(finding.stops for finding in findings)
    return Loaded(None if stopped else pack, tuple(findings))


def shipped_difference(pack: Pack, *, cache: Path | None = None) -> Difference | None:
    """What a local pack changes in the shipped one; None for a pack that stands by itself.

    With `cache`, where packs are kept without their worked cases, these are not compared.
    """
    if pack.head.extends is None:
        return None
    if cache is None:
        base, _, _ = read_pack(base_folder(pack.head.extends))
        return None if base is None else difference(pack, base)
    base = load_pack(base_folder(pack.head.extends), cache=cache).pack
    return None if base is None else difference(kept.without_cases(pack), kept.without_cases(base))


def _all_files(gathered: Folder) -> Mapping[str, bytes]:
    """The files of a folder, and those of the pack that it extends."""
    extends = extends_of(gathered)
    if extends is None:
        return gathered.files
    below = Folder(base_folder(extends)).files if is_pack(base_folder(extends)) else {}
    return {**gathered.files, **{f"../{extends}/{name}": data for name, data in below.items()}}


def _judged(pack: Pack, places: Places, cases: bool) -> list[Finding]:
    if cases:
        from screener.forms.cases import check_pack

        return check_pack(pack, places)
    from screener.forms.lint import lint

    return lint(pack, places)
