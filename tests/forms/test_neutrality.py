"""No text advises or decides: planted sentences are found, innocent ones are not, exceptions are counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screener.forms.content import OwnWordOf
from screener.forms.findings import Code, Finding, Place
from screener.forms.lexicon import LEXICON, compiled, stems
from screener.forms.neutrality import check_text, exceptions_used, said, scan_python_strings, scan_text
from screener.forms.pack import load_pack, read_pack
from screener.places import forms_folder, resources_folder
from tests.forms.sentences import PASSED, REFUSED
from tests.forms.writing import line_of, write_pack

ROOT = Path(__file__).resolve().parents[2]
HERE = Place("a.yaml", 1)


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_sentence_that_advises_or_decides_is_found(sentence: str) -> None:
    findings = check_text(sentence, HERE)
    assert [finding.code for finding in findings[:1]] == [Code.ADVISING_WORD]
    assert findings[0].place == HERE and findings[0].suggestion


@pytest.mark.parametrize("sentence", PASSED)
def test_a_sentence_about_facts_or_the_program_is_not_found(sentence: str) -> None:
    assert check_text(sentence, HERE) == []


def test_each_word_of_the_lexicon_is_found_by_a_planted_sentence() -> None:
    found = {one.entry.word for sentence in REFUSED for one in said(sentence)}
    assert found == {entry.word for entry in LEXICON}


def test_the_quick_look_spares_no_sentence_that_a_pattern_would_find() -> None:
    passed_over = [
        (entry.word, sentence)
        for sentence in REFUSED
        for entry, beginning, pattern in compiled()
        if pattern.search(sentence) and not (beginning.search(sentence) and stems().search(sentence))
    ]
    assert passed_over == []


def test_stems_are_plain_letters() -> None:
    written = [stem for entry in LEXICON for stem in entry.stems]
    assert [stem for stem in written if not re.fullmatch(r"[a-z']+(?:[ -][a-z]+)*", stem)] == []


def test_there_are_sentences_of_both_kinds_and_none_stands_twice() -> None:
    assert min(len(REFUSED), len(PASSED)) >= 60
    assert len({*REFUSED, *PASSED}) == len(REFUSED) + len(PASSED)


def test_line_breaks_and_capitals_hide_nothing() -> None:
    assert check_text("THE PATIENT\n   SHOULD\nNOT be treated", HERE)
    assert check_text("Nothing to worry\n  about: all\n\tfine", HERE)


def test_a_declared_word_of_a_source_is_allowed_and_another_beside_it_is_not() -> None:
    declared = OwnWordOf(word="approved for", own_word_of="label")
    assert check_text("Approved for depression, says the label.", HERE, [declared]) == []
    (found,) = check_text("Approved for depression; the patient is eligible.", HERE, [declared])
    assert "eligible" in found.message


def test_a_declaration_of_harmless_words_excuses_nothing() -> None:
    declared = [OwnWordOf(word=word, own_word_of="label") for word in ("the", "patient", "be treated")]
    assert check_text("The patient should be treated.", HERE, declared)


def test_a_longer_find_is_one_finding() -> None:
    assert len(check_text("Screening passed.", HERE)) == 1


# Packs

PLACES = [
    ("themes/heart/rules.yaml", "  title: Fast heart rate", "  title: Unsuitable for ketamine"),
    ("themes/heart/rules.yaml", "title: Above 130", "title: The patient should wait"),
    ("themes/heart/rules.yaml", "statement: The rate is {heart.rate}.", "statement: We recommend waiting."),
    ("themes/heart/questions.yaml", "    text: Which kind?", "    text: Which kind? Avoid ketamine."),
    ("themes/heart/questions.yaml", "text: The rhythm", "text: Not eligible"),
    ("themes/heart/questions.yaml", "title: Heart", "title: Good candidates"),
    ("pathways/spray.yaml", "text: Two hours", "text: Safe for this patient"),
    ("pathways/spray.yaml", "summary: A spray in a clinic", "summary: Ok to treat"),
    ("profiles/clinic.yaml", "label: 180/100", "label: cleared for treatment"),
    ("profiles/general.yaml", "title: In general", "title: Treatment can go ahead"),
    ("rows.yaml", "left_out: a copy of another row", "left_out: the patient must not be dosed"),
]


@pytest.mark.parametrize(("file", "old", "new"), PLACES, ids=[new for _, _, new in PLACES])
def test_every_text_of_a_pack_is_read_and_the_finding_names_its_line(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    loaded = load_pack(write_pack(tmp_path, (file, old, new)))
    assert loaded.pack is None
    (finding,) = loaded.findings
    assert (finding.code, str(finding.place)) == (Code.ADVISING_WORD, f"small/{file}:{line_of(old, file)}")


STATEMENT = "statement: The rate is {heart.rate}."


def declaring(text: str, source: str = "label") -> tuple[str, str, str]:
    new = f"statement: {text}\n  own_words: [{{word: recommended, own_word_of: {source}}}]"
    return "themes/heart/rules.yaml", STATEMENT, new


def test_a_declared_exception_is_counted_with_its_place(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, declaring("Recommended above 100."))
    assert load_pack(folder).findings == ()
    pack, _, places = read_pack(folder)
    assert pack is not None
    (found,) = exceptions_used(pack, places)
    assert (found.word, found.own_word_of) == ("recommended", "label")
    assert found.place.file == "small/themes/heart/rules.yaml" and found.place.line > 0


def test_a_source_that_says_an_advising_word_itself_is_counted(tmp_path: Path) -> None:
    old = "source: {ref: trial, strength: evidence}"
    new = "source: {ref: trial, strength: evidence, own_words: not eligible}"
    pack, findings, places = read_pack(write_pack(tmp_path, ("themes/heart/rules.yaml", old, new)))
    assert pack is not None and findings == []
    assert [(found.word, found.own_word_of) for found in exceptions_used(pack, places)] == [("not eligible", "trial")]


def codes(findings: tuple[Finding, ...]) -> list[Code]:
    return [finding.code for finding in findings]


def test_an_exception_that_no_text_needs_is_a_finding(tmp_path: Path) -> None:
    loaded = load_pack(write_pack(tmp_path, declaring("The rate is high.")))
    assert codes(loaded.findings) == [Code.UNUSED_EXCEPTION]


def test_an_exception_of_an_unknown_source_is_a_finding(tmp_path: Path) -> None:
    loaded = load_pack(write_pack(tmp_path, declaring("Recommended above 100.", source="labell")))
    assert codes(loaded.findings) == [Code.UNKNOWN_SOURCE]
    assert loaded.findings[0].suggestion == "did you mean label?"


# The shipped pack and the program's own texts


def test_the_shipped_pack_advises_nowhere() -> None:
    pack, findings, places = read_pack(forms_folder() / "intake")
    assert pack is not None and findings == []
    loaded = load_pack(forms_folder() / "intake")
    assert [f for f in loaded.findings if f.code in (Code.ADVISING_WORD, Code.UNUSED_EXCEPTION)] == []
    assert {found.own_word_of for found in exceptions_used(pack, places)} <= set(pack.sources)


def test_no_text_of_the_program_advises_and_each_exception_names_a_source() -> None:
    files = [file for file in (ROOT / "screener").rglob("*.py") if file.name != "lexicon.py"]
    assert len(files) > 100
    scanned = [scan_python_strings(file) for file in files]
    assert [finding for findings, _ in scanned for finding in findings] == []
    assert [found.word for _, declared in scanned for found in declared] == ["Not recommended (the source's word)"]


def test_the_report_and_the_half_filled_patient_advise_nowhere() -> None:
    """What the authors of scenarios write is read by the lint of scenarios: their people speak as people do."""
    files = [*resources_folder().rglob("*.typ"), forms_folder() / "scenarios" / "first-look.yaml"]
    assert files
    assert [finding for file in files for finding in scan_text(file, "//" if file.suffix == ".typ" else "#")] == []


SOURCE = '''\
"""The patient should not be treated, says a docstring that nobody sees."""


def text(name: str) -> str:
    """Not eligible."""
    first = "Not eligible"
    second = f"The patient {name} is not eligible"
    third = (
        "The patient should "
        "not be treated"
    )
    fourth = "Not recommended"  # own_word_of: the label
    return first + second + third + fourth + "must be a number"
'''


def test_python_texts_are_read_and_docstrings_are_not(tmp_path: Path) -> None:
    (tmp_path / "texts.py").write_text(SOURCE, "utf-8")
    findings, declared = scan_python_strings(tmp_path)
    assert sorted(str(finding.place) for finding in findings) == ["texts.py:6", "texts.py:7", "texts.py:9"]
    assert [(found.word, found.own_word_of) for found in declared] == [("Not recommended", "the label")]
