"""What the commands print: their help, what they say of content and of made-up answers, and of files that are wrong."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pypdf import PdfReader

from screener.cli import check
from screener.cli.main import app, main
from screener.forms import pack as packs
from screener.forms.visibility import Form
from screener.records.browse import Signature, SignedRecord
from screener.records.record import build, canonical
from screener.records.signed_file import SUFFIX, SignedFile, written
from screener.rules.expressions import Ask
from screener.rules.values import State
from screener.screening.session import Session
from screener.store.archive import manifest_of
from screener.store.keys import SigningPair, text_of
from screener.store.vault import Vault
from tests.cli.test_verify import Clinic
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.test_refusals import ADVISING
from tests.exchange.fhir.test_incoming import answers_to, item
from tests.forms.writing import write_pack
from tests.store.places import PASSPHRASE, beside_the_program
from tests.ui.desks import CLOCK, session_of, shipped
from tests.ui.walk.exporting import walk_exports
from tests.ui.walk.made_up import Patients
from tests.ui.walk.reader import Reader

NEVER_WRAPPED = "20000"
PATHWAY = "ketamine-home"


def walk_commands(reader: Reader, folder: Path) -> None:
    """Read what every command prints. The shipped content is read and judged once, and then handed out."""
    said = Commands(reader, folder)
    said.helps()
    said.checks()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packs, "load_pack", lambda _: packs.Loaded(shipped(), ()))
        for command in ("questions", "overview"):
            said.run(command, command)
        said.run("questions --json", "questions", "--json")
        for pathway in shipped().pathways:
            said.evaluates(pathway.id)
        for number, wrong in enumerate([*WRONG_INPUTS, *_inputs_about_hidden_questions()], start=1):
            said.run(f"wrong input {number}", "evaluate", said.file(f"wrong-{number}.json", wrong))
        said.run("nothing asked", "evaluate", said.file("nothing.json", _visit(PATHWAY, {})))
        said.files_that_cannot_be_read()
        said.reports()
        said.forms()
        said.offers()
        said.themes()
        said.verifies()
        said.exports()
        bundles = folder / "bundles"
        bundles.mkdir()
        walk_exports(said.run, reader, bundles)


class Commands:
    """Runs commands, and hands what they print to a reader."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self._reader, self._folder = reader, folder

    def run(self, state: str, *arguments: str) -> None:
        """Run one command. Both streams are read, line by line; of JSON every text."""
        with captured() as (out, err), pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", NEVER_WRAPPED)
            main(arguments)
        printed = out()
        lines = _strings(json.loads(printed)) if "--json" in arguments else printed.splitlines()
        self._reader.note(f"screener {arguments[0]}", state, (line.strip(" │╭╮╰╯─") for line in lines))
        self._reader.note(f"screener {arguments[0]}", f"{state}, errors", err().splitlines())

    def file(self, name: str, content: Any) -> str:
        """A file of the folder; text stands in it as it is, anything else as JSON."""
        path = self._folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return str(path)

    def helps(self) -> None:
        self.run("help", "--help")
        self.run("version", "--version")
        for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
            self.run("help", name, "--help")
            # On a page of help these are wrapped.
            options = [getattr(option, "help", None) for option in command.params]
            self._reader.note(f"screener {name}", "help, in whole sentences", filter(None, [command.help, *options]))
        self._reader.note("screener --help", "help, in whole sentences", [app.info.help or ""])

    def checks(self) -> None:
        """The shipped content, small packs with a finding and an exception, a local pack, and a folder with none."""
        rules = "themes/heart/rules.yaml"
        for name, change in (
            ("finding", (rules, "  title: Fast heart rate", "  titel: Fast heart rate")),
            ("exception", (rules, "statement: The rate is {heart.rate}.", EXCEPTION)),
        ):
            (self._folder / name).mkdir()
            self.run(f"small pack with a {name}", "check", str(write_pack(self._folder / name, change)))
        (self._folder / "local").mkdir()
        self.file("local/pack.yaml", LOCAL.format(rule=next(iter(shipped().rules))))
        with pytest.MonkeyPatch.context() as patch:
            # Whether the content is sound is looked at elsewhere; here only what is printed of it.
            patch.setattr(check, "check_pack", lambda *_: [])
            self.run("shipped", "check")
            self.run("coverage", "check", "--coverage")
            self.run("local pack", "check", str(self._folder / "local"))
        self.run("no pack", "check", str(self._folder / "nowhere"))
        self.run("coverage of no pack", "check", str(self._folder / "nowhere"), "--coverage")
        self.run("no pack", "questions", "--pack", str(self._folder / "nowhere"))

    def evaluates(self, pathway_id: str) -> None:
        """A patient who says everything: what is printed for people, and for programs."""
        file = self.file(f"{pathway_id}.json", _visit(pathway_id, _answers(pathway_id)))
        self.run(pathway_id, "evaluate", file)
        self.run(f"{pathway_id}, JSON", "evaluate", file, "--json")

    def files_that_cannot_be_read(self) -> None:
        """A file that is not there, one that is not text, and a file for tables that has no place for them."""
        self.run("no file", "evaluate", str(self._folder / "nowhere.json"))
        (self._folder / "not-text.json").write_bytes(b"\xff\xfe\xff")
        self.run("not text", "evaluate", str(self._folder / "not-text.json"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
            self.run("not text on standard input", "evaluate", "-")
        self.run("no place for tables", "overview", "--into", self.file("plain.md", "# Nothing between marks"))

    def themes(self) -> None:
        """Forms of another system: one that is taken in, one whose words advise, and what is called wrongly."""
        into = ("--into", str(self._folder / "taken-in"))
        example, advising = self.file("example.json", EXAMPLE), self.file("advising.json", ADVISING)
        self.run("only looked at", "theme", example, *into, "--look")
        self.run("words that advise", "theme", advising, *into)
        self.run("a pathway and an id that are none", "theme", example, *into, "--pathway", "x", "--id", "A B")
        self.run("no file", "theme", str(self._folder / "nowhere.json"), *into)
        self.run("taken in", "theme", example, *into)
        self.run("taken in, JSON", "theme", example, *into, "--id", "twice", "--json")

    def reports(self) -> None:
        """A printed report, a signed one, and files that are no whole record."""
        out = str(self._folder / "report.pdf")
        answers = self.file("answers.json", _visit(PATHWAY, _answers(PATHWAY)))
        record, signature = _signed()
        whole = {"content": record, "signature": signature}
        for state, file in (
            ("answers", answers),
            ("signed record", self.file("record.json", whole)),
            ("changed record", self.file("changed.json", {**whole, "content": record.replace("SYN", "SIN")})),
            ("record of another version", self.file("other.json", {"format": "screener-record/0"})),
            ("half a record", self.file("half.json", {"format": json.loads(record)["format"]})),
            ("wrong answers", self.file("wrong.json", {"pathway": "none"})),
        ):
            self.run(state, "report", file, "-o", out)
        self._reader.note("printed report", "ketamine-home", _lines_of(Path(out)))
        self.run("nowhere to write", "report", answers, "-o", str(self._folder))

    def exports(self) -> None:
        """Tables with what stands beside them, whole and redacted, and files that cannot be told."""
        folder = self._folder / "exported"
        folder.mkdir()
        out, one, two = folder / "all.csv", folder / f"one{SUFFIX}", folder / f"two{SUFFIX}"
        one.write_bytes(_signed_file(strange=1))
        self.run("a table", "export", str(one), "--table", str(out))
        self.run("a redacted table", "export", str(one), "--table", str(out), "--redacted")
        two.write_bytes(_signed_file(strange=2, screening=json.loads(one.read_bytes())["record"]["screening"]))
        (folder / f"three{SUFFIX}").write_bytes(_signed_file(strange=2))
        self.run("tables", "export", str(folder), "--table", str(out))
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                self._reader.note("tables", path.name, (cell for row in csv.reader(stream) for cell in row))
        part = self.file(f"exported/other{SUFFIX}", early_record())
        self.run("not a whole record", "export", part, "--table", str(out))
        self.run("no folder of records", "export", str(self._folder / "finding"), "--table", str(out))
        self.run("no form", "export", str(folder), "--table", "all.xlsx")
        self.run("nothing wanted", "export", str(folder))
        self.run("no report wanted", "report", str(self._folder / "answers.json"))

    def forms(self) -> None:
        """A printed form, and what does not fit the content."""
        out = str(self._folder / "form.pdf")
        for state, arguments in (
            ("printed", ("--pathway", "dose-day", "--theme", "dose-day")),
            ("no such pathway", ("--pathway", "dose-dy")),
            ("no such pathway at all", ("--pathway", "zzzzzz")),
            ("no such profile", ("--pathway", "dose-day", "--profile", "us-labl")),
            ("no such theme", ("--pathway", "dose-day", "--theme", "dose")),
            ("a label is needed", ("--pathway", "esketamine-clinic")),
        ):
            self.run(state, "form", *arguments, "-o", out)
        portal = ("--fhir", str(self._folder / "form.fhir.json"))
        self.run("for a portal", "form", "--pathway", "esketamine-clinic", *portal)
        self.run("for nobody", "form", "--pathway", "dose-day")
        self.run("a part for a portal", "form", "--pathway", "dose-day", "--theme", "dose-day", *portal)
        self.run("nowhere to write", "form", "--pathway", "dose-day", "--theme", "dose-day", "-o", str(self._folder))

    def offers(self) -> None:
        """A patient's file that offers something, one that offers nothing, and files that are not read."""
        yes = {"valueBoolean": True}
        of_other_content = answers_to(PATHWAY, questionnaire="urn:screener:fhir:questionnaire:ours:kap|1")
        modified = answers_to(PATHWAY, item("heart.attack", {**yes, "modifierExtension": []}))
        for state, name, whole in (
            ("offered", "offered", answers_to(PATHWAY, item("heart.attack", yes), item("x", yes), status="stopped")),
            ("nothing offered", "nothing-offered", answers_to(PATHWAY)),
            ("of other content", "of-other-content", of_other_content),
            ("modified", "modified", modified),
            ("broken", "broken-answers", "{"),
        ):
            self.run(state, "offers", self.file(f"{name}.json", whole))
        offered = str(self._folder / "offered.json")
        self.run("offered, JSON", "offers", offered, "--json")
        self.run("no such pathway nor day", "offers", offered, "--pathway", "dose-dy", "--date", "x")

    def verifies(self) -> None:
        """Signed records, backups and vaults: whole, changed, and such as cannot be looked at."""
        clinic = Clinic(self._folder / "verified")
        value = json.loads(clinic.file.read_bytes())
        changed = self.file("changed-record.json", {**value, "record": {**value["record"], "statement": ""}})
        early = self.file("early-record.json", early_record())
        for state, arguments in (
            ("signed record", (str(clinic.file),)),
            ("signed record, key given", (str(clinic.file), "--key", clinic.key)),
            ("signed record, another key", (str(clinic.file), "--key", text_of(SigningPair.make().public))),
            ("signed record, no key", (str(clinic.file), "--key", "none")),
            ("signed record, no key in the file", (str(clinic.file), "--key", str(clinic.backup))),
            ("changed record", (changed,)),
            ("record of the first version", (early,)),
            ("no signed record", (self.file("nothing.json", {}),)),
            ("backup", (str(clinic.backup),)),
            ("backup, key given", (str(clinic.backup), "--key", manifest_of(clinic.backup).fingerprint)),
            ("backup, another key", (str(clinic.backup), "--key", text_of(SigningPair.make().public))),
            ("backup, an account without its passphrase", (str(clinic.backup), "--account", "Clinician A")),
            ("no file", (str(self._folder / "nowhere"),)),
        ):
            self.run(state, "verify", *arguments)
        self.run("signed record, JSON", "verify", str(clinic.file), "--json")
        self.run("changed signed file", "report", changed, "-o", str(self._folder / "changed.pdf"))
        self._verifies_what_is_locked(clinic, early)

    def _verifies_what_is_locked(self, clinic: Clinic, early: str) -> None:
        for state, typed, arguments in (
            ("backup, proved", PASSPHRASE, (str(clinic.backup), "--passphrase")),
            ("no passphrase", "", (str(clinic.backup), "--passphrase")),
            ("vault", PASSPHRASE, (str(clinic.vault), "--record", str(clinic.file), "--record", early)),
            ("no such account", PASSPHRASE, (str(clinic.vault), "--account", "nobody")),
            ("no vault", PASSPHRASE, (str(self._folder),)),
            ("wrong passphrase", "not the right one", (str(clinic.vault),)),
        ):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{typed}\n".encode())))
                self.run(state, "verify", *arguments)
        (clinic.vault / "vault.tries.json").unlink(missing_ok=True)
        with beside_the_program(clinic.vault) as database:
            database.execute("UPDATE audit SET deed = 'nothing' WHERE number = 3")
            database.execute("UPDATE step SET body = '{}' WHERE number = 4")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode())))
            self.run("vault that was altered", "verify", str(clinic.vault))
        (clinic.vault / "vault.head").write_text("{}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode())))
            self.run("vault without its head", "verify", str(clinic.vault))


def early_record() -> Any:
    """A record as the program's first version signed it: without a statement."""
    import base64

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key, content = Ed25519PrivateKey.generate(), b'{"format":"screener-record/1"}'
    public = key.public_key().public_bytes_raw()
    signature = Signature(
        "Clinician A", text_of(public), "", "2026-11-23T09:00:00+00:00", base64.b64encode(key.sign(content)).decode()
    )
    return json.loads(written(SignedFile(SignedRecord("r1", "s1", content, signature))))


def _lines_of(pdf: Path) -> Iterator[str]:
    for page in PdfReader(pdf).pages:
        yield from page.extract_text().splitlines()


def _visit(pathway_id: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    profiles = [options[0] for options in shipped().pathway(pathway_id).needed]
    return {"pathway": pathway_id, "profiles": profiles, "date": "2026-11-23", "answers": dict(answers)}


def _inputs_about_hidden_questions() -> Iterator[dict[str, Any]]:
    """Answers to a question whose gate is closed, or not answered, and to one that another pathway asks."""
    form, patients = Form(shipped(), PATHWAY), Patients(shipped(), PATHWAY)
    for question in form.questions.values():
        gate = question.shown_when
        if isinstance(gate, Ask) and gate.is_ == "yes":
            answer = {question.id: patients.answer(question)}
            yield _visit(PATHWAY, {gate.ask: "no"} | answer)
            yield _visit(PATHWAY, answer)
            break
    other = next(question for question in shipped().questions.values() if question.id not in form.questions)
    yield _visit(PATHWAY, {other.id: patients.answer(other)})


def _answers(pathway_id: str) -> dict[str, Any]:
    session = session_of(pathway_id)
    Patients(shipped(), pathway_id).fill(session, {name for name in session.questions if not session.is_shown(name)})
    entries = {name: recorded.entries[0] for name, recorded in session.recorded.items()}
    return {name: entry.raw for name, entry in entries.items() if entry.state is State.ANSWERED}


def _signed() -> tuple[str, dict[str, Any]]:
    session: Session = session_of(PATHWAY)
    with Vault.in_memory(CLOCK, name="Clinician A") as vault:
        screening = vault.shelf.begin(session.opening.to_json())
        record = vault.shelf.seal(screening, canonical(build(session)), {}, "a lamp, a stair, a river")
    signed = record.signature
    return record.content.decode(), {name: getattr(signed, name) for name in signed.__slots__}


def _signed_file(*, strange: int, screening: str = "") -> bytes:
    """A record as a file, with some answers in a unit that no content knows; another one of a `screening` if named."""
    session: Session = session_of(PATHWAY)
    content = build(session)
    figures = [q for theme in content["themes"] for q in theme["questions"] if q["kind"] == "number"]
    for asked in [q for q in figures if q["hidden_because"] is None][:strange]:
        account = {"by": "patient", "value": {"value": "3", "unit": "stone"}, "at": "", "recorded_by": ""}
        asked |= {"state": "answered", "recorded": {"accounts": [account], "used": None}}
    with Vault.in_memory(CLOCK, name="Clinician A") as vault:
        begun = vault.shelf.begin(session.opening.to_json())
        record = vault.shelf.seal(begun, canonical(content), {}, "a lamp, a stair, a river")
    return written(SignedFile(replace(record, screening=screening or record.screening)))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                # The name of a strength is a source's own word: it is read together with what it is.
                yield from (f'"{key}": {text}' if key == "strength" else text for text in _strings(inner))
        case list():
            for inner in value:
                yield from _strings(inner)


@contextlib.contextmanager
def captured() -> Iterator[tuple[Any, Any]]:
    """Both streams as a terminal would take them; what was written is read with the two functions."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        yield tuple(_reading(stream) for stream in streams)


def _reading(stream: io.TextIOWrapper) -> Any:
    def read() -> str:
        stream.flush()
        stream.seek(0)
        return stream.read()

    return read


EXCEPTION = """statement: Recommended above 100.
  own_words: [{word: recommended, own_word_of: label}]"""
EXCEPTION_OF_SMALL_PACK = "exception “recommended”, own word of label"
LOCAL = """\
id: ours
extends: intake
version: "1"
drafts: true
off:
  - {{rule: {rule}, reason: measured twice here, by: Clinician A, on: "2026-11-23"}}
"""
WRONG_INPUTS: tuple[Any, ...] = (
    [],
    "no: [ yaml",
    "{",
    '{"a": 1, "a": 2}',
    '{"a": NaN}',
    "[" * 70 + "]" * 70,
    {},
    {"pathway": "none", "profiles": "us-label", "parameters": [], "answers": [], "earlier": {}, "extra": 1},
    {"pathway": "esketamine-clinic", "profiles": [], "date": "someday"},
    {"pathway": "esketamine-clinic", "profiles": ["us-labell", "us-label"], "parameters": {"pressure_limit": "none"}},
    {
        "pathway": "esketamine-clinic",
        "profiles": ["us-label"],
        "parameters": {"no_limit": "none"},
        "earlier": [{"date": "2026-10-12"}, {"date": "2026-10-12", "answers": {"person.agee": 1}}],
        "answers": {"person.agee": 17, "person.age": "old", "body.weight": 1},
    },
)
