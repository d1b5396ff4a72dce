"""Settings, Content: the clinic's own questions, each as it stands and as it is written; one more, or one less."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from screener.forms.model import Pack, Theme
from screener.forms.own_questions import (
    KINDS,
    OwnQuestion,
    as_written,
    new_id,
    own_questions,
    own_themes,
    problems,
)
from screener.language import tr, tr_in, tr_n
from screener.rules.values import Kind
from screener.ui.packs.code import CodeBox
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.shell.half_written import STANDS_AS_LEFT, Filling
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, Notice, clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab

_LOOK_AFTER_MS = 300
_KIND_WORDS = dict(KINDS)


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as it stands on the form."""

    theme: str
    kind: str
    lines: tuple[str, ...]
    options: str


@dataclass(slots=True)
class Drafts:
    """What is typed of questions and not saved, by the question that is changed; of a new one under no name."""

    changing: str = ""
    """The question that stands on the form."""
    typed: dict[str, Typed] = field(default_factory=dict)

    def saved(self, name: str, typed: Typed) -> None:
        """This was saved; what was typed further since then is not."""
        if self.typed.get(name) == typed:
            del self.typed[name]


class OwnQuestionsPage(FormPage):
    """What is typed is looked at while it is typed; what is saved is written at once, and can be taken back.

    What is half typed waits while another question is changed, and wherever one goes: see `Drafts`.
    """

    save = Signal(object)
    remove = Signal(object)
    remove_theme = Signal(object)
    take_in = Signal()
    undo = Signal()
    back = Signal()

    def __init__(self, pack: Pack, folder: str, *, stands_alone: bool = False) -> None:
        super().__init__(
            tr("This clinic's questions"),
            tr(
                "Each is asked on the page of its theme, marked as this clinic's own, and "
                "stands in record and report. No rule reads it. They are written into "
                "{folder}, as an author would write them."
            ).format(folder=folder),
            width_px=820,
        )
        self._pack, self._reading = pack, False
        self.filling, self.drafts = Filling("own_questions", self.title.text()), Drafts()
        self.saving: tuple[str, Typed] | None = None
        """What is on its way to the folder, with the question that it changes."""
        self.news = Notice("")
        self.body.addWidget(self.news)
        if stands_alone:
            said = tr("The pack that is open stands by itself: write questions into its own files, in an editor.")
            self.body.addWidget(Notice(said, "warning"))
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self.body.addWidget(holder)
        self._listed = holder
        self._undo = ActionButton(tr("Undo"))
        self._undo.clicked.connect(self.undo)
        self._undo.hide()
        self.body.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignLeft)
        take_in = ActionButton(tr("Take in a form of another system…"))
        take_in.clicked.connect(self.take_in)
        take_in.setEnabled(not stands_alone)
        self.body.addWidget(take_in, 0, Qt.AlignmentFlag.AlignLeft)
        self._head = label(tr("Add a question"), "large", wrap=True)
        self.body.addWidget(self._head)
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._looking.timeout.connect(self._look)
        self._build_form()
        self._save = ActionButton(tr("Save"), "", "primary")
        self._save.clicked.connect(self._hear)
        self._save.setEnabled(not stands_alone)
        self._new = ActionButton(tr("Leave it as it was"))
        self._new.clicked.connect(self._leave_as_it_was)
        self._new.hide()
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        self.finish(self._save, self._new, back)
        self._at_first = self._stands
        self._show_list()
        self._look()

    def _build_form(self) -> None:
        self.theme = DropDown(
            tr("Theme"), [(theme.title, theme.id) for theme in self._pack.themes if not theme.pathways]
        )
        self.kind = DropDown(tr_in("kind of a question", "Answer"), [(text, str(kind)) for kind, text in KINDS])
        self.text, self.short, self.help, self.patient = (text_line(560) for _ in range(4))
        self.options = QPlainTextEdit()
        self.options.setTabChangesFocus(True)
        self.options.setFixedHeight(scaled(90))
        self.add(tr("Theme"), self.theme)
        self.add(tr("Question"), self.text, tr("As the clinician asks it."))
        self.add(
            tr_in("kind of a question", "Answer"),
            self.kind,
            tr("Not known, declined and come back are offered for every question."),
        )
        self.add(tr("Options"), self.options, tr("One on each line."))
        self._options_row = self.options.parentWidget()
        self.add(
            tr("Short name"), self.short, tr("For lists and the report; the question itself where it is left blank.")
        )
        self.add(tr("Help"), self.help)
        self.add(tr("Words for the patient"), self.patient, tr("Only with these can it be handed over on the screen."))
        self.body.addWidget(heading(tr("As it will be written")))
        self.as_file = CodeBox(tr("As it will be written"))
        self.body.addWidget(self.as_file)
        for line in (self.text, self.short, self.help, self.patient):
            line.textEdited.connect(self._looking.start)
        self.options.textChanged.connect(self._looking.start)
        for box in (self.theme, self.kind):
            box.activated.connect(self._look)

    # What stands

    def show_pack(self, pack: Pack, stopping: int, *, reading: bool = False) -> None:
        """The content was read again, or is being read. What is being typed stays."""
        self._pack, self._reading = pack, reading
        self._show_list()
        if self._is_gone:
            self._put_by()
            self._let_go_of_removed()
            self._show("")
        if stopping:
            self.say(
                tr("The files have findings now; the last good content stays in use. Undo takes the last change back.")
            )

    def _show_list(self) -> None:
        clear(self._list)
        titles = {theme.id: theme.title for theme in self._pack.themes}
        whole = own_themes(self._pack)
        inside = {theme.id for theme in whole}
        found = [question for question in own_questions(self._pack) if question.theme not in inside]
        for question in found:
            self._list.addWidget(self._row(question, titles.get(question.theme, question.theme)))
        for theme in whole:
            self._list.addWidget(self._theme_row(theme))
        if not found and not whole:
            said = tr("Reading what was written…") if self._reading else tr("There are none yet.")
            self._list.addWidget(label(said, "muted", wrap=True))
        order_tab(self)

    def _row(self, question: OwnQuestion, theme: str) -> QWidget:
        card = Card(padding_px=12)
        card.setAccessibleName(f"{question.text} {theme}")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(label(question.text, "strong", wrap=True), 1)
        for text, name, slot in (
            (tr("Change"), tr("{label}: change"), self._change),
            (tr("Remove"), tr("{label}: remove"), self._take_out),
        ):
            link = LinkButton(text, name.format(label=question.label))
            link.setProperty("question", question.id)
            link.clicked.connect(slot)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        kind = _KIND_WORDS.get(question.kind, str(question.kind))
        options = f": {', '.join(question.options)}" if question.options else ""
        card.body.addWidget(label(f"{theme} · {kind}{options}", "small", wrap=True))
        return card

    def _theme_row(self, theme: Theme) -> QWidget:
        """A theme of the clinic's own: it goes out as a whole, and what is inside is changed in an editor."""
        card = Card(padding_px=12)
        counted = tr_n("1 question", "{n:,} questions", len(theme.questions))
        card.setAccessibleName(f"{theme.title} {counted}")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(label(theme.title, "strong", wrap=True), 1)
        link = LinkButton(tr("Remove"), tr("{label}: remove").format(label=theme.title))
        link.setProperty("theme", theme.id)
        link.clicked.connect(self._take_theme_out)
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        said = tr("A theme of this clinic's own · {counted} · changed in an editor").format(counted=counted)
        card.body.addWidget(label(said, "small", wrap=True))
        return card

    def _take_theme_out(self) -> None:
        name = str(self.sender().property("theme"))
        self.remove_theme.emit(next(theme for theme in own_themes(self._pack) if theme.id == name))

    def _asked_of(self) -> OwnQuestion:
        name = str(self.sender().property("question"))
        return next(one for one in own_questions(self._pack) if one.id == name)

    def _take_out(self) -> None:
        self.remove.emit(self._asked_of())

    def _change(self) -> None:
        self._put_by()
        self._show(self._asked_of().id)

    def _leave_as_it_was(self) -> None:
        """Back to a new question, as far as one was typed."""
        self.drafts.typed.pop(self.drafts.changing, None)
        self._show("")

    def _show(self, name: str) -> None:
        """Show a question to be changed, or a new one, as far as it was typed."""
        question = next((one for one in own_questions(self._pack) if one.id == name), None)
        self.drafts.changing = name
        self._call_it(question)
        if question is None:
            stands = Typed(str(self.theme.currentData()), str(Kind.YES_NO), ("", "", "", ""), "")
        else:
            options = "\n".join(question.options)
            stands = Typed(question.theme, str(question.kind), _texts(question), options)
        self._fill(stands)
        self._at_first = self._stands
        typed = self.drafts.typed.get(name)
        if typed is not None:
            self._fill(typed)
        self.left.show_text(STANDS_AS_LEFT if typed is not None else "")
        self._look()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _call_it(self, question: OwnQuestion | None) -> None:
        changed = question is not None
        self._head.setText(tr("Change: {label}").format(label=question.label) if question else tr("Add a question"))
        # A question keeps its theme and its kind: answers that were given stay answers to it.
        for box in (self.theme, self.kind):
            box.setEnabled(not changed)
        self._new.setVisible(changed)

    # What is half typed

    @property
    def _stands(self) -> Typed:
        lines = tuple(line.text() for line in self._lines())
        theme, kind = str(self.theme.currentData()), str(self.kind.currentData())
        return Typed(theme, kind, lines, self.options.toPlainText())

    def _fill(self, typed: Typed) -> None:
        self.theme.show_value(typed.theme)
        self.kind.show_value(typed.kind)
        for line, text in zip(self._lines(), typed.lines, strict=True):
            line.setText(text)
        self.options.setPlainText(typed.options)

    def _put_by(self) -> None:
        if self._stands == self._at_first:
            self.drafts.typed.pop(self.drafts.changing, None)
        else:
            self.drafts.typed[self.drafts.changing] = self._stands

    @property
    def written(self) -> Drafts | None:
        """All that is typed here and not saved."""
        self._put_by()
        return self.drafts if self.drafts.typed else None

    def take_up(self, written: Drafts) -> None:
        """Have what was left stand here again, and say so."""
        self.drafts = written
        if self._is_gone:
            self._let_go_of_removed()
        self._show(self.drafts.changing)

    @property
    def _is_gone(self) -> bool:
        changing = self.drafts.changing
        return bool(changing) and all(one.id != changing for one in own_questions(self._pack))

    def _let_go_of_removed(self) -> None:
        """What is typed of a question that is there no more is typed of a new one, if that has nothing typed."""
        drafts = self.drafts
        if drafts.changing in drafts.typed and "" not in drafts.typed:
            drafts.typed[""] = drafts.typed.pop(drafts.changing)
        drafts.changing = ""

    # What is typed

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.text, self.short, self.help, self.patient

    @property
    def question(self) -> OwnQuestion:
        """The question as it is typed."""
        text, short, helping, patient = (line.text().strip() for line in self._lines())
        kind = Kind(str(self.kind.currentData()))
        lines = [line.strip() for line in self.options.toPlainText().splitlines() if line.strip()]
        options = tuple(lines) if kind is Kind.CHOICE else ()
        changing = self.drafts.changing
        name = changing or new_id(short or text, self._pack.questions)
        known = self._pack.questions.get(changing)
        anew = known is None or known.asked_anew is not False
        return OwnQuestion(name, str(self.theme.currentData()), kind, text, short, options, helping, patient, anew)

    def _look(self) -> None:
        """Show how it will be written, and what is wrong with it so far."""
        question = self.question
        if self._options_row is not None:
            self._options_row.setVisible(question.kind is Kind.CHOICE)
        self.as_file.show_text(as_written(question) if question.text else "")
        self.say("; ".join(problems(question)) if question.text else "")

    def _hear(self) -> None:
        question = self.question
        wrong = problems(question)
        if wrong:
            self.say("; ".join(wrong))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._put_by()
            self.saving = self.drafts.changing, self._stands
            self.save.emit(question)

    def say_done(self, text: str) -> None:
        """It is written: say so, and be ready for the next one. What is typed and was not saved with it stays."""
        saved, self.saving = self.saving, None
        if saved != (self.drafts.changing, self._stands):
            self._put_by()
        if self.drafts.changing not in self.drafts.typed:
            self._show("")
        self.news.show_text(text)
        announce(self, text)

    def offer_undo(self, name: str) -> None:
        """The last change, by its name; nothing where there is none."""
        self._undo.setText(tr("Undo: {name}").format(name=name))
        self._undo.setHidden(not name)


def _texts(question: OwnQuestion) -> tuple[str, str, str, str]:
    return question.text, question.short, question.help, question.for_patient
