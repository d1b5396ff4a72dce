"""Every text of the window is said in each language: whole, with what is put into it, and without advising."""

from __future__ import annotations

import gettext
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from screener.forms.lexicon import compiled, stems
from screener.forms.neutrality import said
from screener.language import catalogue
from tests.languages import __main__ as command
from tests.languages import catalogues
from tests.languages.catalogues import (
    TRANSLATED,
    WINDOW,
    Entry,
    entries,
    is_a_piece,
    keep,
    template,
    translated,
    untranslatable,
    update,
)
from tests.languages.excused import NOT_SAID, THE_SAME
from tests.languages.lexicon_es import LEXICON_ES

_PUT_IN = re.compile(r"\{[^{}]*\}")
_EDGES = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
_SENTENCE = re.compile(r"[A-Za-z…][:,.;)”]* [(“]?[A-Za-z…]")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_MARKUP = re.compile(r"^<|\bpx\b|^QWidget|[{}]")
"""What is no text of the window; what is put into one is taken out before."""
_NOT_FOR_PERSONS = frozenset(("style", "gallery.py", "start.py"))
"""Style sheets, the pictures of the controls, and what is said in a terminal before there is a window."""
PIECES = {
    " (used)",
    " A bar: the figure lies somewhere between its ends.",
    " An untouched copy of the end of the file is in {kept}.",
    " and ",
    ", by {signer}",
    ", incomplete",
    ", or ",
    ", {n} name it beside theirs",
    ", {n} names it beside theirs",
    "; kept and not evaluated: {words}",
    "; noted then: {note}",
}
"""What follows a text that is whole without it, and what stands between the members of a series."""
ADVISING = {
    "debe": "El paciente debe esperar.",
    "hay que": "Hay que suspender la sesión.",
    "administrar": "No administrar ketamina.",
    "puede recibir": "El paciente puede recibir la dosis.",
    "recomendar": "Se recomienda una pausa.",
    "aconsejar": "No es aconsejable.",
    "convenir": "Conviene esperar.",
    "sugerir": "Sugerimos que espere.",
    "considerar": "Considere aplazar la dosis.",
    "apto": "La persona no es apta.",
    "idóneo": "Idoneidad de la persona",
    "elegible": "Inelegible",
    "candidato": "No es buen candidato.",
    "cumple los requisitos": "El paciente cumple los criterios.",
    "seguro": "El tratamiento es seguro.",
    "autorizar": "Tiene luz verde.",
    "aprobar": "Rechazado para tratamiento",
    "proceder": "Puede proceder a administrar.",
    "contraindicado": "La ketamina está contraindicada.",
    "riesgo": "Paciente de alto riesgo",
    "no hay motivo": "Nada se opone al tratamiento.",
}


def said_in(code: str) -> list[Entry]:
    return entries(translated(code))


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_untranslated_and_nothing_translated_is_gone(code: str) -> None:
    wanted = {entry.key for entry in entries(template())}
    assert wanted == {entry.key for entry in said_in(code)}, "python -m tests.languages"
    assert [entry.key for entry in said_in(code) if not entry.whole] == []
    assert [entry.key for entry in said_in(code) if entry.fuzzy] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_program_reads_is_what_the_translators_wrote(code: str) -> None:
    assert catalogue(code).read_bytes() == catalogues.compiled(translated(code)), "python -m tests.languages"
    with catalogue(code).open("rb") as file:
        read = gettext.GNUTranslations(file)
    for entry in said_in(code):
        forms = [said for _, said in entry.forms]
        context, *english = entry.key
        if len(english) > 1:
            one, many = english
            assert [read.ngettext(one, many, n) for n in (1, 2)] == [forms[0], forms[-1]], entry
        else:
            found = read.pgettext(context, english[0]) if context else read.gettext(english[0])
            assert [found] == forms, entry


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_is_put_in_and_the_space_around_are_those_of_the_english(code: str) -> None:
    wrong = []
    for english, text in chain.from_iterable(entry.forms for entry in said_in(code)):
        if Counter(_PUT_IN.findall(english)) != Counter(_PUT_IN.findall(text)):
            wrong.append(f"{english!r}: {text!r}")
        if _EDGES.findall(english)[0] != _EDGES.findall(text)[0]:
            wrong.append(f"space around {english!r}: {text!r}")
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_text_is_that_of_the_english_but_for_those_named(code: str) -> None:
    same = {english for entry in said_in(code) for english, text in entry.forms if english == text}
    worded = {english for english in same if _LETTERS.search(_PUT_IN.sub("", english))}
    assert sorted(worded - THE_SAME[code]) == []
    assert sorted(THE_SAME[code] - worded) == [], "named, and not the same any more"


def test_the_spanish_advises_and_decides_nothing() -> None:
    found = {text: said(text, LEXICON_ES) for entry in said_in("es") for _, text in entry.forms}
    assert {text: [one.words for one in words] for text, words in found.items() if words} == {}


def test_an_advising_text_in_spanish_is_found_by_each_entry() -> None:
    assert ADVISING.keys() == {entry.word for entry in LEXICON_ES}
    for entry, beginning, pattern in compiled(LEXICON_ES):
        sentence = ADVISING[entry.word]
        assert pattern.search(sentence), f"{entry.word}: {sentence}"
        assert beginning.search(sentence) and stems(LEXICON_ES).search(sentence), f"{entry.word}: {sentence}"
        assert any(one.entry is entry for one in said(sentence, LEXICON_ES))


@pytest.mark.parametrize(
    "sentence",
    (
        "No iniciar el tratamiento.",
        "Suspender la dosis.",
        "Evitar la ketamina.",
        "Posponer la sesión.",
        "No tratar al paciente.",
        "Derivar a psiquiatría.",
        "La dosis puede administrarse.",
        "Detenga el tratamiento.",
        "No use ketamina.",
        "La persona debería ser excluida.",
        "El paciente no cumple los requisitos.",
        "Tratamiento autorizado para el paciente: autorizado para la persona.",
        "Apto para tratamiento",
        "Es seguro administrar la dosis.",
        "Continúe con el tratamiento.",
        "Riesgo bajo",
    ),
)
def test_an_order_a_permission_or_a_verdict_in_spanish_is_found(sentence: str) -> None:
    assert said(sentence, LEXICON_ES)


@pytest.mark.parametrize(
    "sentence",
    (
        "Evitar una pérdida: se guarda cada respuesta.",
        "Esperar a que se guarde",
        "Cuenta de administrador",
        "Para firmar hace falta una constancia por cada punto de la lista.",
        "Puntos para revisar: 3",
        "La copia de seguridad se hizo y se probó.",
        "Según la ficha técnica, la presión se mide antes de la dosis.",
    ),
)
def test_a_fact_in_spanish_is_left_alone(sentence: str) -> None:
    assert said(sentence, LEXICON_ES) == []


def test_every_sentence_of_the_window_is_handed_to_the_translators() -> None:
    files = [f for f in sorted(WINDOW.rglob("*.py")) if not _NOT_FOR_PERSONS.intersection(f.relative_to(WINDOW).parts)]
    found = {
        f"{file.relative_to(WINDOW)}:{line}: {text!r}"
        for file in files
        for line, text in untranslatable(file)
        if is_sentence(text) and " ".join(text.split()) not in NOT_SAID
    }
    assert sorted(found) == []


def is_sentence(text: str) -> bool:
    said = _PUT_IN.sub("…", text)
    return bool(_SENTENCE.search(said) and _LETTERS.search(said.replace("…", "")) and not _MARKUP.search(said))


def test_a_sentence_that_is_not_handed_over_is_found(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    said = ('tr("Said to all")', 'label("Said in English")', 'label(f"Said {x} too")', 'label("Said {x} as well")')
    file.write_text('"""A page."""\n' + "\n".join((*said, 'assert x, "Said to us"')))
    found = [text for _, text in untranslatable(file) if is_sentence(text)]
    assert sorted(found) == ["Said in English", "Said {x} as well", "Said … too"]


def test_no_text_is_a_piece_of_a_sentence() -> None:
    found = {text for entry in entries(template()) for text, _ in entry.forms if is_a_piece(text)}
    assert sorted(found - PIECES) == []


@pytest.mark.parametrize("text", (", then ", "Down offers: ", "; {count} more", ". Lines: {lines}", " (used)"))
def test_a_piece_of_a_sentence_is_told_from_a_whole_one(text: str) -> None:
    assert is_a_piece(text) and not is_a_piece(f"{{before}}{text}{{after}}")


@pytest.mark.parametrize("counted_before", [False, True])
def test_a_text_that_is_counted_now_or_no_more_stands_empty(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], counted_before: bool
) -> None:
    # Once the command ended there with a mistake of ours, for one form stood where several were wanted.
    counted = ("1 step left", "{n} steps left")
    held, fresh = Catalog(locale="es"), Catalog()
    if counted_before:
        held.add(counted, ("1 paso", "{n} pasos", "{n} pasos"))
    else:
        held.add(counted[0], "1 paso")
    fresh.add(counted[0] if counted_before else counted)
    for one in (held, fresh):
        one.add("Steps", "Pasos" if one is held else None)
    monkeypatch.setattr(catalogues, "source_of", lambda code: tmp_path / f"{code}.po")
    monkeypatch.setattr(catalogues, "catalogue", lambda code: tmp_path / f"{code}.mo")
    monkeypatch.setattr(command, "source_of", lambda code: tmp_path / f"{code}.po")
    keep("es", held)
    monkeypatch.setattr(catalogues, "template", lambda: fresh)
    assert command.main() == 1
    assert "2 texts, 1 without a translation" in capsys.readouterr().out
    made = {entry.key: entry for entry in said_in("es")}
    key: tuple[str, ...] = ("", counted[0]) if counted_before else ("", *counted)
    assert made.keys() == {key, ("", "Steps")}
    assert not made[key].whole and all(not said for _, said in made[key].forms)
    assert made["", "Steps"].forms == (("Steps", "Pasos"),)


def test_a_text_that_is_new_stands_empty_and_one_that_is_gone_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = said_in("es")[0]
    fresh = template()
    fresh.add("A text of tomorrow")
    context, *english = gone.key
    fresh.delete(english[0] if len(english) == 1 else tuple(english), context or None)
    monkeypatch.setattr(catalogues, "template", lambda: fresh)
    made = {entry.key: entry for entry in entries(update("es"))}
    assert made["", "A text of tomorrow"].forms == (("A text of tomorrow", ""),)
    assert gone.key not in made
