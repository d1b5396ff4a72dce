"""No page, no report and no command advises or decides: all of them are read, and nothing is left out unseen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import chain

import pytest
from PySide6.QtWidgets import QApplication

from screener.forms.findings import Place
from screener.ui.style.theme import Theme
from screener.ui.widgets import speech
from tests.ui.desks import shipped
from tests.ui.test_pages import SHELL_PAGES
from tests.ui.walk import registry
from tests.ui.walk.adjusting import walk_settings
from tests.ui.walk.browsing import walk_browser
from tests.ui.walk.command_line import walk_commands
from tests.ui.walk.debriefing import walk_debrief
from tests.ui.walk.deeds import blank_page, walk_deeds
from tests.ui.walk.dose_day import walk_dose_day
from tests.ui.walk.excused import Excused
from tests.ui.walk.handover import walk_handover
from tests.ui.walk.history import walk_history
from tests.ui.walk.keeping import walk_keeping
from tests.ui.walk.own import walk_own
from tests.ui.walk.papers import walk_papers
from tests.ui.walk.playing import walk_playing
from tests.ui.walk.reader import Ears, Reader
from tests.ui.walk.screening import Seen, walk_pathway
from tests.ui.walk.shell import walk_shell
from tests.ui.walk.taking_in import walk_taking_in
from tests.ui.walk.training import walk_training
from tests.ui.walk.unmet import UNMET

pytestmark = pytest.mark.slow
PATHWAYS = [pathway.id for pathway in shipped().pathways]
STATES = {
    "at first sight",
    "not asked",
    "everything opened",
    "not stored, 1",
    "not stored, 2",
    "answered",
    "in every state",
}
"""In each of these every theme of every pathway is read."""
AROUND = ("live list", "review", "summary", "signing, whole", "signing, part", "signing, incomplete", "report", "cover",
          "still open", "jot", "crisis card", "who it is")  # fmt: skip


@pytest.fixture(scope="module")
def walked(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Everything, read once for all tests of this file."""
    reader, details = Reader(), Seen()
    with undressed(qapp), pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "QAccessible", Ears(reader))
        for pathway in PATHWAYS:
            walk_pathway(reader, pathway, details)
        walk_shell(reader)
        walk_deeds(reader)
        walk_dose_day(reader)
        walk_handover(reader)
        walk_own(reader)
        walk_taking_in(reader)
        walk_keeping(reader)
        walk_settings(reader)
        walk_history(reader)
        walk_browser(reader)
        walk_papers(reader, blank_page())
        walk_debrief(reader)
        walk_training(reader)
        walk_playing(reader)
    walk_commands(reader, tmp_path_factory.mktemp("commands"))
    return reader


@contextmanager
def undressed(application: QApplication) -> Iterator[None]:
    """Without a style sheet, and without looking through the content for garbage: pages are made in half the time."""
    Theme.of(application)
    sheet = application.styleSheet()
    application.setStyleSheet("")
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    application.setStyleSheet(sheet)


def test_nothing_that_was_read_advises_or_decides(
    walked: Reader, record_property: Callable[[str, object], None]
) -> None:
    excused = Excused(shipped())
    refused = {text: words for text in walked.texts if (words := excused.refused(text))}
    record_property("said", "\n".join((summary(walked), *excused.lines())))
    assert [f"{walked.texts[text]}: {words} in {text!r}" for text, words in refused.items()] == []


def summary(walked: Reader) -> str:
    """How much was read."""
    return (
        f"{len(PATHWAYS)} pathways, {len(walked.screens)} pages, {walked.states} states, {len(walked.texts)} texts, "
        f"{len(catalogue()) - len(unmet(walked))} of {len(catalogue())} messages read"
    )


def test_a_text_that_advises_is_found_on_whatever_page_it_stands(walked: Reader) -> None:
    excused = Excused(shipped())
    assert excused.refused("Nothing here stands in the way of treatment.")
    assert excused.refused("Ketamine is not recommended.")
    assert excused.refused("Approval of the patient for treatment")
    assert all(excused.refused(phrase) == [] for phrase in dict(excused.phrases))


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_theme_of_a_pathway_was_read_in_every_state_with_every_text_it_holds(
    walked: Reader, pathway: str
) -> None:
    for theme, texts in registry.texts_of_themes(shipped(), pathway).items():
        screen = f"{pathway}: {theme}"
        assert walked.screens[screen] >= STATES, screen
        assert texts - in_one_line(walked.seen[screen]) == set(), screen


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_what_stands_around_the_themes_of_a_pathway_was_read(walked: Reader, pathway: str) -> None:
    assert [name for name in AROUND if f"{pathway}: {name}" not in walked.screens] == []
    begun = walked.seen[f"new screening: {pathway}"]
    assert registry.texts_of_card(shipped(), pathway) - in_one_line(begun) == set()


def test_every_item_was_read_with_what_its_sources_say(walked: Reader) -> None:
    read = "\n".join(in_one_line(walked.texts))
    missing = {
        pathway: [t for t in registry.texts_of_items(shipped(), pathway) if t not in read] for pathway in PATHWAYS
    }
    assert {pathway: texts for pathway, texts in missing.items() if texts} == {}


def test_every_control_that_was_read_has_a_name_a_role_and_rows_that_say_something(
    walked: Reader,
) -> None:
    assert [f"{place}: {said}" for said, place in walked.unsaid.items()] == []


def test_every_page_around_a_screening_was_read(walked: Reader) -> None:
    assert SHELL_PAGES.keys() - walked.screens.keys() == set()


def test_every_widget_of_the_window_stood_on_a_page_that_was_read(walked: Reader) -> None:
    unread = registry.widget_classes(shipped()) - walked.classes
    assert sorted(f"{made.__module__}.{made.__name__}" for made in unread) == []


def test_every_message_of_window_and_command_line_was_met_but_for_those_named_with_why(walked: Reader) -> None:
    """The lint reads every one of them where it is written; here: that the walk comes to what says them."""
    named = set(chain.from_iterable(UNMET.values()))
    missing = [f"{place}: {text}" for text, place in unmet(walked).items() if text not in named]
    gone = [text for text in named if text not in catalogue()]
    met = [text for text in named if text in catalogue() and text not in unmet(walked)]
    wrong = {"not met": missing, "said no more": gone, "met after all": met}
    told = [f"{what}: {text}" for what, texts in wrong.items() for text in texts]
    assert told == [], "\n".join(told)


def test_no_fewer_pages_and_texts_were_read_than_there_are(walked: Reader) -> None:
    themes = [texts for pathway in PATHWAYS for texts in registry.texts_of_themes(shipped(), pathway).values()]
    pages = len(themes) + len(PATHWAYS) * len(AROUND) + len(SHELL_PAGES)
    assert len(walked.screens) >= pages
    assert walked.states >= len(themes) * len(STATES)
    content = set[str]().union(*themes, *(registry.texts_of_items(shipped(), pathway) for pathway in PATHWAYS))
    assert len(walked.texts) >= len(content) + len(catalogue())


def in_one_line(texts: Iterable[str]) -> set[str]:
    """The texts, without the line ends of the file or the page they stand in."""
    return {" ".join(text.split()) for text in texts}


@cache
def catalogue() -> Mapping[str, Place]:
    """The messages of the window and of the command line, each with its file and line."""
    return registry.messages("ui", "cli")


@cache
def unmet(walked: Reader) -> Mapping[str, Place]:
    """Those that stood in nothing that was read."""
    read = "\n".join(in_one_line(walked.texts))
    return {message: place for message, place in catalogue().items() if not registry.is_met(message, read)}
