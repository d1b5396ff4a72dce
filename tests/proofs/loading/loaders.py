"""The loaders: each makes an input from a chance and gives it to the program, which may answer or refuse."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from pytestqt.qt_compat import qt_api

from screener.cli.evaluate import evaluation
from screener.cli.evaluate import read as read_given
from screener.cli.report import Heading, Out
from screener.cli.report import run as print_report
from screener.cli.report import session as as_session
from screener.clock import FixedClock
from screener.exchange import pdf
from screener.exchange.fhir import incoming
from screener.exchange.fhir.blank import blank
from screener.exchange.fhir.foreign import into_folder, showing
from screener.exchange.fhir.foreign import reading as foreign
from screener.exchange.fhir.questionnaire import canonical_of
from screener.exchange.fhir.response import held
from screener.exchange.fhir.writing import json_text
from screener.forms.model import Pack, Theme
from screener.forms.pack import last_good, load_pack
from screener.forms.reading import read_file
from screener.places import forms_folder
from screener.records import amendment, signed_file
from screener.records.amendment import Addition
from screener.records.browse import Signature, SignedRecord
from screener.records.record import build, canonical, part_of
from screener.rules.values import Kind
from screener.screening import handover
from screener.screening.answers import ON_SCREEN, Carried, NotAskedToday
from screener.screening.offered import OfferedFile
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.screening.steps import Response
from screener.store import archive, head, keyring, tries
from screener.store.keys import SigningPair
from screener.store.recovery import ALPHABET, RecoveryKey
from screener.store.signing import sign, verify_record
from screener.store.tries import Tries
from screener.store.vault import Vault
from screener.text import WorldError
from screener.training.authoring import make_scenario
from screener.training.checking import check, read_scenario
from screener.training.kept import read_rehearsal, session_of, text_of
from screener.training.rehearsal import fill, opening, read_patient
from screener.training.staging import script_of
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.forms.writing import FILES
from tests.proofs.loading.hostile import Chance, as_json, hostile_bytes, hostile_value
from tests.screening.test_session_machine import opening as started
from tests.small_pack import small_pack
from tests.store.places import MORNING, OPENING, answer, made, opened
from tests.training.guide import example, scenario_of
from tests.training.rehearsed import rehearsed

CLOCK = FixedClock(MORNING)
CARRIED = Carried("r-0", "2026-10-12", "2026-10-12T10:42:07+00:00", "ab" * 32, asked=True)
TABLES = ("instruments/", "medicines/", "sources.yaml", "rows.yaml")
Load = Callable[[Chance, Path], None]


# --- content ----------------------------------------------------------------------------------------------------------


def load_content(chance: Chance, folder: Path) -> None:
    """A pack with one of its files changed: a pack, or findings that stop it; each says where and what."""
    _load_pack(chance, folder, [name for name in FILES if not name.startswith(TABLES)])


def load_tables(chance: Chance, folder: Path) -> None:
    """The same with a table of the pack: instruments, the dictionary of medicines, sources, rows."""
    _load_pack(chance, folder, [name for name in FILES if name.startswith(TABLES)])


def _load_pack(chance: Chance, folder: Path, names: list[str]) -> None:
    changed = chance.choice(names)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_hostile_yaml(text, chance) if name == changed else text.encode())
    loaded = load_pack(folder, cases=chance.random() < 0.2, cache=folder / "cache")
    stops = [finding for finding in loaded.findings if finding.stops]
    assert (loaded.pack is None) == bool(stops), "no pack, and nothing said why"
    assert all(finding.message and finding.place.file for finding in loaded.findings), "a finding says nothing"


def _hostile_yaml(text: str, chance: Chance) -> bytes:
    if chance.random() < 0.5:
        return hostile_bytes(text.encode(), chance)
    try:
        return str(yaml.safe_dump(hostile_value(yaml.safe_load(text), chance), allow_unicode=True)).encode(
            "utf-8", "surrogatepass"
        )
    except RecursionError:
        return b"a: " + b"[" * 5_000


@cache
def shipped() -> Pack:
    """The content that comes with the program, read once in each process."""
    pack = load_pack(forms_folder() / "intake").pack
    assert pack is not None
    return pack


def load_kept_pack(chance: Chance, folder: Path) -> None:
    """The last good pack or a cache, changed: the pack, or none."""
    file = folder / "last-good-pack.json"
    file.write_bytes(_hostile_json(_kept(), chance))
    found = last_good(file)
    assert found is None or isinstance(found, Pack)


@cache
def _kept() -> bytes:
    return small_pack().model_dump_json(by_alias=True, exclude_defaults=True).encode()


def _hostile_json(whole: bytes, chance: Chance) -> bytes:
    return hostile_bytes(whole, chance) if chance.random() < 0.5 else as_json(hostile_value(json.loads(whole), chance))


# --- answers ----------------------------------------------------------------------------------------------------------


def load_patient(chance: Chance, folder: Path) -> None:
    """A made-up patient: a rehearsal with every answer, or what is wrong with the file."""
    file = folder / "patient.yaml"
    file.write_bytes(_hostile_yaml(_first_look(), chance))
    patient = read_patient(file)
    fill(Session(shipped(), opening(patient, shipped(), CLOCK, "Clinician A"), CLOCK), patient.answers, patient.jots)


@cache
def _first_look() -> str:
    return (forms_folder() / "scenarios" / "first-look.yaml").read_text("utf-8")


# --- training ---------------------------------------------------------------------------------------------------------


def load_scenario(chance: Chance, folder: Path) -> None:
    """A scenario, or what is usual beside it: its play, or findings that each say where and what."""
    scenario_file, usual_file = folder / "scenario.yaml", folder / "usual.yaml"
    usual = chance.random() < 0.1
    usual_file.write_bytes(_hostile_yaml(_usual(), chance) if usual else _usual().encode())
    scenario_file.write_bytes(example().encode() if usual else _hostile_yaml(example(), chance))
    scenario, findings, read = read_scenario(scenario_file)
    if scenario is not None:
        findings = check(scenario, read, shipped())
    assert scenario is not None or findings, "no scenario, and nothing said why"
    assert all(finding.message and finding.place.file for finding in findings), "a finding says nothing"
    if scenario is not None and not findings:
        for cut in (None, 10) if chance.random() < 0.2 else ():
            play = script_of(scenario, shipped(), chance.choice((None, 10, 20, 40)) if cut else None)
            play.state(len(play.steps))


@cache
def _usual() -> str:
    return (forms_folder() / "scenarios" / "usual.yaml").read_text("utf-8")


def load_rehearsal(chance: Chance, folder: Path) -> None:
    """A kept rehearsal: its screening and the same file again, or why there is none; a scenario is made of it."""
    file = folder / "rehearsal.json"
    file.write_bytes(_hostile_json(_rehearsal(), chance))
    rehearsal = read_rehearsal(file)
    session = session_of(rehearsal, shipped(), CLOCK)
    file.write_text(text_of(rehearsal), "utf-8")
    assert read_rehearsal(file) == rehearsal, "another rehearsal was written than was read"
    if chance.random() < 0.1:
        make_scenario(rehearsal, session, "made", forms_folder() / "scenarios")


@cache
def _rehearsal() -> bytes:
    return text_of(rehearsed(scenario_of(example()))[0]).encode()


def load_answers(chance: Chance, folder: Path) -> None:
    """A file of answers: evaluated and made a screening of, or findings that stop it."""
    file = folder / chance.choice(("answers.json", "answers.yaml"))
    text = as_json(_answers()) if file.suffix == ".json" else str(yaml.safe_dump(_answers())).encode()
    file.write_bytes(_hostile_json(text, chance) if file.suffix == ".json" else _hostile_yaml(text.decode(), chance))
    source, checked = read_given(shipped(), str(file), CLOCK)
    json.dumps(evaluation(shipped(), checked, source), ensure_ascii=False)
    if checked.visit is not None:
        canonical(build(as_session(shipped(), checked.visit, Heading("K-1", "Clinician A", "", ""), CLOCK)))
    else:
        assert any(finding.stops for finding in checked.findings), "not evaluated, and nothing said why"


@cache
def _answers() -> Mapping[str, Any]:
    patient = yaml.safe_load(_first_look())
    kept = {name: patient[name] for name in ("pathway", "profiles", "parameters", "answers") if name in patient}
    return {**kept, "date": "2026-11-23", "earlier": [{"date": "2026-10-12", "answers": {"heart.mi": "no"}}]}


def load_steps(chance: Chance, folder: Path) -> None:
    """The steps of a draft, or its opening: the screening they lead to, or why there is none; it can be signed."""
    begun, steps = _draft()
    if chance.random() < 0.3:
        begun = hostile_value(begun, chance)
    else:
        steps = [hostile_value(step, chance) if chance.random() < 0.1 else step for step in steps]
    session = Session.replay(shipped(), Opening.from_json(begun), steps, CLOCK)
    if chance.random() < 0.2:
        canonical(build(session))


@cache
def _draft() -> tuple[Any, list[Any]]:
    patient = read_patient(forms_folder() / "scenarios" / "first-look.yaml")
    session = Session(shipped(), opening(patient, shipped(), CLOCK, "Clinician A"), CLOCK)
    steps = [step.to_json() for change in fill(session, patient.answers, patient.jots) for step in change.steps]
    rule = next(iter(session.outcomes))
    unasked = (one for one in session.questions.values() if one.kind is Kind.YES_NO and one.id not in session.recorded)
    more = (
        handover.begin(session, "blood-pressure-and-heart", ON_SCREEN, again=True),
        session.answer("heart.attack", "yes", by=ON_SCREEN),
        session.answer("bp.symptoms_now", ["chest_pain"], by=ON_SCREEN),
        handover.end(session, "finished"),
        session.answer(next(unasked).id, "no", carried=CARRIED),
        session.set_visit("room", "alone"),
        session.respond(
            {rule: Response("more_information", MORNING.isoformat(), "Clinician A", "", {}, "asked again", "the GP")}
        ),
        session.summarise("Seen twice."),
        session.offer_file(_offered()),
    )
    steps += [step.to_json() for change in more for step in change.steps]
    plain = json.loads(json.dumps(steps, default=str))
    return json.loads(json.dumps(session.opening.to_json())), plain


def _offered() -> OfferedFile:
    said = {"heart.bleed": {"state": "declined"}, "body.weight": {"value": "70"}}
    return OfferedFile("f1", "a.json", "ab" * 32, "patient", "2026-11-12", MORNING.isoformat(), "Clinician A", said)


# --- records ----------------------------------------------------------------------------------------------------------


def load_record(chance: Chance, folder: Path) -> None:
    """A record's file, signed or not, its content or its signature changed: its report, or why there is none."""
    content, raw = _record()
    if chance.random() < 0.5:
        # Signed anew after the change: whoever sends a record can do that.
        changed = hostile_value(json.loads(content), chance)
        signed = sign(SigningPair.of(b"k" * 32), as_json(changed), signer="Somebody", signed_at="2026-11-23T09:00:00Z")
        raw = {"content": as_json(changed).decode(), "signature": _fields(signed)}
    file = folder / "record.json"
    file.write_bytes(as_json(raw) if chance.random() < 0.4 else _hostile_json(as_json(raw), chance))
    # Setting a page costs a hundred times as much as everything before it.
    _print(file, whole=chance.random() < 0.01)
    _verified(raw, chance)


def _print(file: Path, *, whole: bool) -> None:
    """`screener report FILE`, with everything but the setting of its pages unless it is to be `whole`."""
    said, heading = io.StringIO(), Heading("K-1", "Clinician A", "", "")
    setting = nullcontext() if whole else patch.object(pdf, "render_pdf", lambda *_, **__: b"")
    with redirect_stdout(said), redirect_stderr(said), setting:
        print_report(shipped, str(file), Out(file.with_suffix(".pdf")), heading, CLOCK)


def _verified(raw: Any, chance: Chance) -> None:
    """A check of a signature is an answer whatever it is given."""
    signature = hostile_value(raw["signature"], chance)
    if isinstance(signature, dict):
        claimed = {
            name: str(signature.get(name)) for name in ("signer", "public_key", "fingerprint", "signed_at", "value")
        }
        shown = verify_record(SignedRecord("", "", str(raw["content"]).encode(), Signature(**claimed)))
        assert shown.sentence


@cache
def _record() -> tuple[bytes, dict[str, Any]]:
    """A record with something of every kind in it, over a small pack: half of these inputs are signed anew."""
    session = Session(small_pack(), started(), CLOCK)
    session.answer("heart.bleed", "yes", note="twice")
    session.answer("heart.bleed", "no", by="spouse")
    session.answer("heart.pressures", [{"systolic": 151, "diastolic": 94, "phase": "before"}])
    session.answer("body.weight", {"state": "declined"})
    handover.begin(session, "heart", ON_SCREEN, again=True)
    session.answer("heart.bleed", "yes", by=ON_SCREEN)
    handover.end(session, "finished")
    session.answer("heart.mi", "no", carried=CARRIED)
    session.earlier = {"body.height": NotAskedToday("169 cm", CARRIED)}
    session.jot("said quietly", "heart.bleed")
    session.set_visit("room", "alone")
    session.respond(
        {next(iter(session.outcomes)): Response("reviewed", MORNING.isoformat(), "Clinician A", "", {}, "seen")}
    )
    session.summarise("Seen twice.")
    content = canonical(build(session, incomplete="no time", part=part_of([], last=False)))
    signed = sign(SigningPair.of(b"k" * 32), content, signer="Clinician A", signed_at="2026-11-23T09:00:00+00:00")
    return content, {"content": content.decode(), "signature": _fields(signed)}


def _fields(signature: Signature) -> dict[str, str]:
    return {name: getattr(signature, name) for name in ("signer", "public_key", "fingerprint", "signed_at", "value")}


def load_signed_file(chance: Chance, folder: Path) -> None:
    """A signed record as a file, its bytes or its parts changed: read and judged, printed, or refused."""
    file = folder / f"record{signed_file.SUFFIX}"
    file.write_bytes(_hostile_json(_signed_file(), chance))
    _print(file, whole=False)
    read = signed_file.of_path(file)
    for signed in (read.record, *read.amendments):
        assert verify_record(signed).sentence


@cache
def _signed_file() -> bytes:
    content, _ = _record()
    with Vault.in_memory(CLOCK) as vault:
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), content, {}, "")
        letter = amendment.build(signed.record, Addition("a letter", "it came"), at="", name="A", role="clinician")
        return signed_file.written(
            signed_file.SignedFile(signed, (vault.shelf.amend(signed.record, canonical(letter), ""),))
        )


def load_response(chance: Chance, folder: Path) -> None:
    """A patient's answers in FHIR: what can be offered is recorded as it is offered; or why none of it is read."""
    file = folder / "answers.json"
    file.write_bytes(_hostile_json(_response(), chance))
    session = Session(shipped(), Opening.from_json(_draft()[0]), CLOCK)
    wanted = incoming.Wanted(shipped(), session.opening.pathway, session.visit_date, UTC)
    found = incoming.of_path(file, wanted)
    assert all(remark.place and remark.what for remark in found.remarks), "a remark says nothing"
    session.offer_file(found.to_offer("patient", MORNING.isoformat(), "Clinician A"))
    steps = [session.offer_file(replace(file, id="again")).steps[0].to_json() for file in list(session.files.values())]
    again = Session.replay(shipped(), session.opening, json.loads(json.dumps(steps)), CLOCK)
    for name in found.answers:
        offer = again.offered(name)
        assert offer is not None, "what is offered is not there after a restart"
        again.answer(name, offer.given, by=offer.file.informant, note=offer.source)


@cache
def _response() -> bytes:
    """The answers of a made-up patient as a portal sends them."""
    patient = read_patient(forms_folder() / "scenarios" / "first-look.yaml")
    session = Session(shipped(), opening(patient, shipped(), CLOCK, "Clinician A"), CLOCK)
    fill(session, patient.answers, patient.jots)
    entries = {name: recorded.entries[0] for name, recorded in session.recorded.items()}
    items = [
        {"linkId": name, **held(session.questions[name], one.raw, "Z")[0]} for name, one in entries.items() if one.raw
    ]
    form = canonical_of(blank(shipped(), session.opening.pathway))
    whole = {"resourceType": "QuestionnaireResponse", "questionnaire": form, "status": "completed", "item": items}
    return json_text(whole | {"authored": "2026-11-12", "source": {"reference": "Patient/1"}}).encode()


def load_backup(chance: Chance, folder: Path) -> None:
    """A backup, its bytes changed or what it says of itself signed by somebody else: read, or refused."""
    file = folder / f"made{archive.SUFFIX}"
    if chance.random() < 0.5:
        file.write_bytes(hostile_bytes(_backup(), chance))
    else:
        _dress(file, chance)
    try:
        archive.check(file)
        archive.told(file)
    finally:
        # Whatever it is, it keeps nobody from seeing the others.
        archive.listed(folder)


def _dress(file: Path, chance: Chance) -> None:
    pair = SigningPair.of(b"k" * 32)
    with zipfile.ZipFile(io.BytesIO(_backup())) as read, zipfile.ZipFile(file, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            if name == "manifest.json":
                said = hostile_value(json.loads(json.loads(content)["said"]) | {"key": pair.public.hex()}, chance)
                text = as_json(said).decode("utf-8", "replace")
                value = sign(pair, text.encode(), signer="", signed_at="").value
                content = as_json({"said": text, "signature": value})
            write.writestr(name, content)


@cache
def _backup() -> bytes:
    with tempfile.TemporaryDirectory() as place, made(Path(place) / "vault")[0] as vault:
        return vault.backups.make(Path(place) / "backups").path.read_bytes()


# --- what lies beside the vault ---------------------------------------------------------------------------------------


def load_keys_file(chance: Chance, folder: Path) -> None:
    """A keys file, with a checksum that fits or does not: the vault opens whole, or the file is refused."""
    _copied(folder)
    path = folder / keyring.FILE
    body = json.loads(path.read_bytes())
    if chance.random() < 0.6:
        body.pop("checksum")
        changed = hostile_value(body, chance)
        if isinstance(changed, dict):
            changed["checksum"] = _checksum(changed)
        path.write_bytes(as_json(changed))
    else:
        path.write_bytes(_hostile_json(path.read_bytes(), chance))
    _opens_whole(folder)


def _checksum(body: dict[str, Any]) -> str:
    try:
        return keyring._checksum(body)
    except (RecursionError, UnicodeError):
        return ""


def load_head(chance: Chance, folder: Path) -> None:
    """A head: the vault opens whole, or the head is refused."""
    _copied(folder)
    path = folder / head.FILE
    path.write_bytes(hostile_bytes(path.read_bytes(), chance))
    _opens_whole(folder)


def load_tries(chance: Chance, folder: Path) -> None:
    """A count of wrong passphrases: whatever it says, the wait ends, and the right passphrase opens then."""
    path = folder / tries.FILE
    path.write_bytes(_hostile_json(b'{"count": 3, "moments": ["2026-11-23T08:59:00+00:00"]}', chance))
    counted = Tries(folder, CLOCK)
    assert counted.moments()[1] >= 0
    assert counted.refused() <= tries.LONGEST_WAIT_S
    counted.forget()
    counted.check()


def load_recovery_key(chance: Chance, folder: Path) -> None:
    """A recovery key as it is typed: read, or the group with the mistake is named."""
    text = RecoveryKey(chance.randbytes(20)).text
    kind = chance.random()
    if kind < 0.3:
        signs = list(text)
        signs[chance.randrange(len(signs))] = chance.choice(ALPHABET + "iloIOL-ſıßK∞é\x00\u202e😀")
        text = "".join(signs)
    elif kind < 0.8:
        text = hostile_bytes(text.encode(), chance).decode("utf-8", chance.choice(("replace", "surrogateescape")))
    else:
        text = chance.choice(("ß" * 20, "ﬃ" * 40, " " * 400, text.lower(), text * 3, "\ud800" * 40, "٣" * 40))
    again = RecoveryKey.read(text)
    assert RecoveryKey.read(again.text) == again


def _opens_whole(folder: Path) -> None:
    try:
        with opened(folder) as vault:
            [line] = vault.shelf.drafts()
            assert vault.shelf.draft(line.screening).steps == tuple(answer(number) for number in range(3))
    finally:
        # Refused or not: the folder is free, and another try is heard.
        _put_back(folder)
        opened(folder).close()


def _copied(folder: Path) -> None:
    for name, content in _vault().items():
        (folder / name).write_bytes(content)


def _put_back(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    _copied(folder)


@cache
def _vault() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        with made(Path(place))[0] as vault:
            vault.shelf.append(vault.shelf.begin(OPENING), [answer(number) for number in range(3)], {})
        return {path.name: path.read_bytes() for path in Path(place).iterdir() if path.suffix != ".lock"}


# --- a form of another system


def load_form(chance: Chance, folder: Path) -> None:
    """A foreign Questionnaire, changed: a theme that is written whole and read again, or refused; nothing half."""
    raw = as_json(hostile_value(EXAMPLE, chance)) if chance.random() < 0.7 else as_json(EXAMPLE)
    raw = hostile_bytes(raw, chance) if chance.random() < 0.4 else raw
    into = folder / "ours"
    try:
        found = foreign.incoming(raw, "form.json", shipped())
        assert len(list(showing.shown(found, shipped()))) == len(found.found), "something is not shown"
        into_folder.put(into_folder.edits(into, foreign.files(found, ["kap"], declared=True), found.title))
    except WorldError:
        assert not into.exists(), "refused, and something is written"
        raise
    held = read_file(into / "themes" / found.theme / "questions.yaml")
    assert held.findings == held.doubtful == [], "what was written is not what an author may write"
    asked = Theme.model_validate(held.data).questions
    assert [question.id for question in asked] == [one.id for one in found.asked], "a question is lost"


# --- the window's own file --------------------------------------------------------------------------------------------


def load_settings(chance: Chance, folder: Path) -> None:
    """The file with the window's place, colours and folder of content: the window stands, whatever is in it."""
    from screener.ui import content as contents
    from screener.ui.appearance import Appearance
    from screener.ui.settings_file import FILE, settings_of
    from screener.ui.shell.window import MainWindow

    (folder / FILE).write_bytes(_hostile_settings(chance))
    app, core = _application(), qt_api.QtCore
    settings = settings_of(folder)
    appearance, window = Appearance(app, settings), MainWindow(settings)
    content = contents.Content(folder, folder / "home", settings, CLOCK, window)
    content.end()
    # As its thread reads it: what goes wrong there is raised here.
    contents._read(content._folder, folder / "home", None, first=True)
    assert 0.8 <= appearance.theme.text_scale <= 2, f"a text scale of {appearance.theme.text_scale}"
    for thing in (appearance, window):
        thing.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


_SETTINGS = {"window/geometry": "@ByteArray(x)", "appearance/scheme": "dark", "appearance/text_scale": "1.2"}
_VALUES = (
    "@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)",
    "@Variant(\\0\\0\\0\\t\\0)",
    "@Point(1 2)",
    "@Invalid()",
    "@Rect(0 0 99999999999 9)",
    "nan",
    "inf",
    "-1e400",
    "a, b, c",
    "\\x0",
    "/no/such/folder",
    "/dev/zero",
    "text",
    "",
)


def _hostile_settings(chance: Chance) -> bytes:
    kept = _SETTINGS | {"content/folder": "/no/such/folder"}
    kept = {name: chance.choice((value, *_VALUES)) for name, value in kept.items()}
    text = "\n".join(f"[{name.split('/')[0]}]\n{name.split('/')[1]}={value}" for name, value in kept.items())
    return text.encode() if chance.random() < 0.6 else hostile_bytes(text.encode(), chance)


@cache
def _application() -> Any:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]
    return qt_api.QtWidgets.QApplication.instance() or qt_api.QtWidgets.QApplication([])


LOADERS: Mapping[str, Load] = {
    "content": load_content,
    "tables": load_tables,
    "kept pack": load_kept_pack,
    "made-up patient": load_patient,
    "scenario": load_scenario,
    "rehearsal": load_rehearsal,
    "answers": load_answers,
    "steps": load_steps,
    "record": load_record,
    "signed file": load_signed_file,
    "backup": load_backup,
    "keys file": load_keys_file,
    "head": load_head,
    "tries": load_tries,
    "recovery key": load_recovery_key,
    "settings": load_settings,
    "FHIR response": load_response,
    "FHIR questionnaire": load_form,
}
