"""One pathway walked in the workspace: every theme in several states, review, signing, report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from screener.forms.model import Question
from screener.rules.values import Kind
from screener.screening.listing import live_list
from screener.screening.opening import Opening
from screener.screening.review import sharing_response
from screener.screening.session import Session
from screener.store.vault import Vault
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.cover import CoverPage
from screener.ui.screening.desk import Desk
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.sign import Mode
from screener.ui.screening.workspace import Workspace
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from tests.languages.pseudo import english
from tests.ui.desks import CLOCK, session_of, shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.made_up import Patients
from tests.ui.walk.reader import Reader

Seen = set[tuple[str, bool, bool]]
"""Rules whose detail was read, whether they were listed then, and whether a level above stood open."""
UNREADABLE = ("neither figure nor day", "3/4/2026")
"""No figure, no time, no name of a medicine; and a day that can be read in two ways."""
MOST_PATIENTS = 12
"""More than any pathway takes to have each of its questions asked of one of them."""


@contextmanager
def sitting(session: Session) -> Iterator[Workspace]:
    """An open workspace that is in no window: nothing of it has to be drawn to be read."""
    with Vault.in_memory(CLOCK, name="Clinician A") as vault:
        desk = Desk(vault.shelf, ByHand(), vault.shelf.begin(session.opening.to_json()), "Night line 555 0100")
        workspace = as_wide_as_a_window(Workspace(SessionController(session), desk))
        yield workspace
        workspace.shut()
        workspace.deleteLater()
        forget()


def as_wide_as_a_window(workspace: Workspace) -> Workspace:
    """The same workspace, with room for everything that gives way on a narrow window."""
    for part in (workspace, workspace.interview):
        before = part.size()
        part.resize(scaled(1440), scaled(900))
        QApplication.sendEvent(part, QResizeEvent(part.size(), before))
    return workspace


def forget() -> None:
    """Delete now what pages left behind: thousands of widgets that nobody sees make every further page slower."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class PathwayWalk:
    """Walks one pathway, patient after patient, until every question of it was shown."""

    def __init__(self, reader: Reader, workspace: Workspace, details: Seen) -> None:
        self._reader, self._workspace, self._details = reader, workspace, details
        self._controller = workspace.controller
        self._session = workspace.controller.session
        self._name = self._session.opening.pathway
        self._patients = Patients(shipped(), self._name)
        self._unseen = set(self._session.questions)
        """The questions that no page has shown yet."""

    def walk(self) -> None:
        """All of it. Afterwards each theme, question and state of this pathway was on the page that was read."""
        self._before_confirming()
        self._around()
        self._read("live list", "nothing asked", self._workspace.interview.live)
        # Somebody else is in the room: items then stand without words, which is quicker to make anew after each page.
        self._controller.set_visit("room", "with partner or family")
        for theme in self._session.form.themes:
            self._theme(theme.id)
        self._read("live list", "not alone")
        self._workspace.side.show_still_open()
        self._read("still open", "not alone")
        self._workspace.interview.show_panel(None)
        self._controller.set_visit("room", "alone")
        self._review("in every state")
        self._sign_pages()
        self._full_patients()
        assert not self._unseen, f"no patient was shown {sorted(self._unseen)}"
        self._patient_who_says_no()

    def walk_items(self) -> None:
        """The items alone: of a patient who says everything, and of one who says no."""
        self._workspace.identity.confirm.click()
        label = ", ".join(self._session.opening.profiles)
        self._patients.fill(self._session, set())
        self._again()
        self._review(f"everything said, {label}")
        self._patient_who_says_no(f"a patient who says no, {label}")

    # Reading

    def _read(self, screen: str, state: str, page: QWidget | None = None) -> None:
        self._reader.read(f"{self._name}: {screen}", state, page or self._workspace)

    def _turn_to(self, theme_id: str) -> None:
        if self._workspace.interview.theme_id != theme_id:
            self._workspace.interview.show_theme(theme_id)
        self._make_whole(theme_id)
        forget()

    def _make_whole(self, theme_id: str) -> None:
        """Have the page make all its cards now, also of questions that come in turn."""
        self._press("All of them: ")
        shown = self._session.shown_in(theme_id)
        if shown:
            self._workspace.interview.go_to(shown[-1].id)
        assert self._workspace.interview.whole

    def _before_confirming(self) -> None:
        self._read("who it is", "to be confirmed")
        self._workspace.identity.confirm.click()

    def _press(self, name: str) -> None:
        """Press the button on the theme's page whose name begins so, where there is one."""
        self._reader.let_work()
        for button in self._workspace.interview.findChildren(QAbstractButton):
            if english(button.accessibleName()).startswith(name) and button.isVisibleTo(self._workspace):
                button.click()
                return

    def _cards(self) -> list[QuestionCard]:
        cards = self._workspace.interview.findChildren(QuestionCard)
        return [card for card in cards if card.isVisibleTo(self._workspace)]

    # On one page

    def _theme(self, theme_id: str) -> None:
        """One theme from its first sight on, through every state that its questions can be in."""
        self._workspace.interview.show_theme(theme_id)
        self._read_theme(theme_id, "at first sight")
        self._turn_to(theme_id)
        self._read_theme(theme_id, "not asked")
        self._open_everything()
        self._read_theme(theme_id, "everything opened")
        for number, text in enumerate(UNREADABLE, start=1):
            self._type(text)
            self._read_theme(theme_id, f"not stored, {number}")
        self._type("")
        self._patients.fill(self._session, self._unseen, theme_id)
        self._again(theme_id)
        self._open_everything()
        self._read_theme(theme_id, "answered")
        self._put_in_other_states(theme_id)
        self._open_everything()
        self._read_theme(theme_id, "in every state")

    def _read_theme(self, theme_id: str, state: str) -> None:
        self._unseen -= {card.question.id for card in self._cards()}
        self._read(theme_id, state)

    def _open_everything(self) -> None:
        """Why each question is asked, and why others are not; more of each reading; for the first, another account."""
        self._press("Which questions are not asked")
        for place, card in enumerate(self._cards()):
            shown = {label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)}
            for button in card.findChildren(QAbstractButton):
                name = english(button.accessibleName())
                why = name.endswith(": why it is asked") and card.question.why not in shown
                more = name.endswith(": cuff, device, taken by") and english(button.text()) == "More"
                if why or more or (place == 0 and name.endswith(": add another account")):
                    button.click()

    def _type(self, text: str) -> None:
        for line in self._workspace.interview.findChildren(QLineEdit):
            if line.isVisibleTo(self._workspace) and not english(line.accessibleName()).endswith(
                (": note", ": who says so")
            ):
                line.setText(text)
                line.textEdited.emit(text)

    def _around(self) -> None:
        """Panels beside the interview, the cover, and the strip with somebody else in the room."""
        workspace, side = self._workspace, self._workspace.side
        for name, state, show in (
            ("still open", "nothing asked", side.show_still_open),
            ("crisis card", "as the site wrote it", side.show_crisis_card),
            ("jot", "none yet", side.show_jot),
            ("jot", "one kept", side.show_jot),
        ):
            show()
            self._read(name, state)
            if name == "jot":
                self._controller.jot("It was the spring of the long strike")
            workspace.interview.show_panel(None)
            forget()
        workspace.cover()
        self._read("cover", "covered")
        workspace.findChildren(CoverPage)[0].try_to_lift()
        self._share_response()

    def _share_response(self) -> None:
        """One response for several items, where several wait for what was not asked."""
        detail = self._workspace.review.findChild(ItemDetail)
        assert isinstance(detail, ItemDetail)
        standing = [outcome.rule.id for group in live_list(self._session, review=True).open for outcome in group.items]
        several = next((rule for rule in standing if len(sharing_response(self._session, rule)) > 1), None)
        if several is not None:
            detail.show_item(several)
            self._read(f"item {several}", "one response for several", detail)

    # Patients

    def _say(self, name: str, raw: Any) -> None:
        if isinstance(raw, dict) and "accounts" in raw:
            for by, said in raw["accounts"].items():
                self._session.answer(name, said, by=by, note="as told")
        else:
            self._session.answer(name, raw)

    def _again(self, theme_id: str = "") -> None:
        """Bring the window up to date with a session that was filled quietly: through one answer given in it."""
        first = next(q for q in self._session.questions.values() if self._session.is_shown(q.id))
        raw = self._session.recorded[first.id].entries[0].raw if first.id in self._session.recorded else None
        self._session.clear(first.id)
        self._controller.answer(first.id, raw if raw is not None else self._patients.answer(first))
        if theme_id:
            self._make_whole(theme_id)
            self._controller.set_informant("patient")  # shows every card anew

    def _clear(self) -> None:
        for name in list(self._session.recorded):
            self._session.clear(name)

    def _full_patients(self) -> None:
        """A patient who says everything; then one more for questions that could not be asked of the one before."""
        for number in range(1, MOST_PATIENTS + 1):
            self._clear()
            shown = self._patients.fill(self._session, self._unseen)
            self._again()
            if number == 1:
                self._review("everything said")
                self._workspace.side.show_still_open()
                self._read("still open", "everything said")
                self._workspace.interview.show_panel(None)
            for theme in self._session.form.themes:
                if shown.intersection(theme.names):
                    self._turn_to(theme.id)
                    self._open_everything()
                    self._read_theme(theme.id, f"answered by patient {number}")
            if not self._unseen:
                return

    def _put_in_other_states(self, theme_id: str) -> None:
        """Not known, declined, to come back to, accounts that differ, figures that look mistyped: in turn."""
        asked = [q for q in self._session.shown_in(theme_id) if q.kind is not Kind.DERIVED]
        for place, question in enumerate(asked):
            gates = len(self._session.form.dependents(question.id)) > 1
            self._say(question.id, {"state": "not_known"} if gates else _other_state(question, place))
        self._again(theme_id)

    def _patient_who_says_no(self, state: str = "a patient who says no") -> None:
        self._clear()
        self._patients.fill_with_no(self._session)
        self._again()
        self._review(state)

    # Review

    def _review(self, state: str) -> None:
        workspace, review = self._workspace, self._workspace.review
        self._read("live list", state, workspace.interview.live)
        review.open()
        self._read("review", state, review)
        self._read_details(state)
        self._reader.note(f"{self._name}: report", state, review.chart_text().splitlines())
        forget()

    def _sign_pages(self) -> None:
        review = self._workspace.review
        review.show_summary()
        self._read("summary", "nothing written", review.summary)
        for mode in get_args(Mode):
            review.signing.open(mode)
            self._read(f"signing, {mode}", "in every state", review.signing)

    def _read_details(self, state: str) -> None:
        """Each item where it is listed and where it is not; and each rule at least once."""
        detail = self._workspace.review.findChild(ItemDetail)
        assert isinstance(detail, ItemDetail)
        items = live_list(self._session, review=True)
        standing = [*items.listed, *(outcome for group in items.open for outcome in group.items)]
        read = {rule for rule, *_ in self._details}
        for outcome in [*standing, *(o for o in self._session.outcomes.values() if o.rule.id not in read)]:
            kind = (outcome.rule.id, outcome.outcome == "listed", outcome.could_be_higher)
            if kind not in self._details:
                self._details.add(kind)
                detail.show_item(outcome.rule.id)
                self._read(f"item {outcome.rule.id}", state, detail)
        detail.show_item(None)
        self._read("item", "none", detail)


def _other_state(question: Question, place: int) -> Any:
    doubtful: dict[Kind, Any] = {
        Kind.NUMBER: str(question.plausible[1] * 3) if question.plausible else "3000",
        Kind.DATE: "2031-02",
        Kind.READINGS: [{"systolic": 60, "diastolic": 94, "pulse": 400, "phase": "leaving"}, {"systolic": 141}],
        Kind.MEDICINES: [{"name": "Unheard-of drops", "started": "2026-05", "last_taken": "2026-03", "use": "stopped"}],
        Kind.YES_NO: {"accounts": {"patient": "no", "partner": "yes"}},
    }
    states: list[Any] = [{"state": name} for name in ("not_known", "declined", "come_back")]
    ways = [*states, doubtful[question.kind]] if question.kind in doubtful else states
    return ways[place % len(ways)]


def walk_pathway(reader: Reader, pathway_id: str, details: Seen) -> None:
    """Read everything of one pathway, under the first label with all that it offers; the items of other labels too."""
    first, *others = openings(pathway_id)
    with sitting(Session(shipped(), first, CLOCK)) as workspace:
        PathwayWalk(reader, workspace, details).walk()
    for opening in others:
        with sitting(Session(shipped(), opening, CLOCK)) as workspace:
            PathwayWalk(reader, workspace, details).walk_items()


def openings(pathway_id: str) -> Iterator[Opening]:
    """A screening of a pathway under each label that can be chosen, with every profile that can be added."""
    pathway, opening = shipped().pathway(pathway_id), session_of(pathway_id).opening
    needs = pathway.needed
    for label in range(max(map(len, needs))):
        chosen = [names[min(label, len(names) - 1)] for names in needs]
        yield replace(opening, profiles=tuple(dict.fromkeys([*chosen, *pathway.offers])))
