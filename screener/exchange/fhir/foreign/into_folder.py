"""A theme that was taken in goes into a local pack whole, once the pack that holds it was checked; and out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from screener.disk import write_together
from screener.forms.findings import Finding
from screener.forms.folder import Folder, is_pack
from screener.forms.lint import lint
from screener.forms.local import read_gathered
from screener.forms.model import Theme
from screener.forms.own_questions import Edit, begun
from screener.language import tr
from screener.refusals import why
from screener.text import WorldError


def edits(folder: Path, files: Mapping[str, bytes], title: str) -> tuple[Edit, ...]:
    """What is to be written into a folder, and begins a local pack there where there is none.

    WorldError where a file is there already: nothing of anybody's is written over.
    """
    name = tr("taken in {title}").format(title=title)
    first = () if is_pack(folder) else (begun(folder),)
    if first and folder.exists() and any(folder.iterdir()):
        raise WorldError(
            tr("{folder} holds other things, and no pack.yaml.").format(folder=folder),
            tr("Name a local pack, or a folder that is empty or not there yet."),
        )
    for place in files:
        if (folder / place).exists():
            raise WorldError(tr("{file} is there already.").format(file=place), tr("Take it out first."))
    return (*first, *(Edit(folder / place, None, content, name) for place, content in files.items()))


def findings(folder: Path, written: tuple[Edit, ...]) -> list[Finding]:
    """What keeps the folder from being used once these were written; what `screener check` would say."""
    gathered = Folder(folder)
    for edit in written:
        if edit.after is not None:
            gathered.files[edit.file.relative_to(folder).as_posix()] = edit.after
    pack, found, places = read_gathered(gathered)
    if pack is not None:
        found = lint(pack, places)
    return [one for one in found if one.stops]


def out_of_folder(folder: Path, theme: Theme) -> tuple[Edit, ...]:
    """What is to be written so that a theme, and the source that its words were declared by, are gone."""
    name = tr("removed {question}").format(question=theme.title)
    places = (folder / "themes" / theme.id / "questions.yaml", folder / "sources" / f"{theme.id}.yaml")
    return tuple(Edit(place, place.read_bytes(), None, name) for place in places if place.exists())


def put(written: Iterable[Edit]) -> None:
    """Write or take out all of it: no file takes its name before each of them is whole."""
    edits = list(written)
    try:
        for edit in edits:
            if edit.after is not None:
                edit.file.parent.mkdir(parents=True, exist_ok=True)
        write_together([(edit.file, (edit.after,)) for edit in edits if edit.after is not None])
        for edit in edits:
            if edit.after is None:
                edit.file.unlink(missing_ok=True)
    except OSError as wrong:
        place = wrong.filename or edits[0].file
        raise WorldError(
            tr("{file} cannot be written: {why}.").format(file=place, why=why(wrong)), tr("Nothing was taken in.")
        ) from wrong
