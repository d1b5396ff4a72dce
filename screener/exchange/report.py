"""A record's content as a report: who, under what, answers, items with their because, source and response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from screener.exchange.carried import carried_words, not_asked_words, records_carried_from
from screener.exchange.not_taken import not_taken
from screener.exchange.other_day import other_day, other_day_words
from screener.forms.words import FURTHER_LEVEL, OWN_QUESTION
from screener.records.document import (
    Block,
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    words,
)
from screener.records.sitting import part_name
from screener.text import moment

MARK_NAMES = {
    "time-critical": ("time_critical", "Time-critical"),
    "review": ("review", "For review"),
    "note": ("note", "Note"),
    "check": ("check", "Answers to check"),
    "open": ("open", "Not established"),
}
RESPONSE_WORDS = {
    "reviewed": "Reviewed",
    "more_information": "More information needed",
    "discussed_with_patient": "Discussed with the patient",
    "discussed_with_colleague": "Discussed with, or referred to, a colleague",
}
# Kinds whose positive answer is a choice between said and not said: these stand out; a figure or a text does not.
CHOSEN = ("yes_no", "choice", "choices", "medicines")
STATE_WORDS = {
    "not_known": "not known",
    "declined": "declined",
    "come_back": "to come back to",
    "not_asked": "not asked",
    "differing": "accounts differ, none named as used",
}
Json = Mapping[str, Any]
MADE_UP = "MADE-UP PATIENT"


def report(content: Json, signature: Json | None = None, amendments: Sequence[Json] = ()) -> Document:
    """The report of a record's content, as `build` made it or as its canonical bytes read back: one and the same.

    `signature` (signer, signed_at, fingerprint, and `checked`, what a check of it showed, where there was one) when it
    is signed; without one every page says that it is not. `amendments`: what was added to it since, oldest first, each
    as `screener.records.amendment.printed` gives it.
    """
    opening, visit = content["opening"], content["visit"]
    supplement = content["pathway"]["supplement"]
    banner = f"{MADE_UP}: for practice, not a record of care" if opening["made_up"] else ""
    if signature is None:
        banner = " · ".join(part for part in (banner, "Preview: not signed") if part)
    return Document(
        title="Screening report" if not supplement else "Screening report (supplement)",
        subtitle=f"{opening['reference']} · {content['pathway']['title']} · visit {visit['visit_date']}",
        language="en",
        standing=content["standing_line"],
        banner=banner,
        watermark=MADE_UP if opening["made_up"] else "",
        blocks=(*_blocks(content, signature), *_amended(amendments)),
    )


def _blocks(content: Json, signature: Json | None) -> list[Block]:
    parts: list[Sequence[Block]] = [
        _incomplete(content),
        _about(content),
        _items(content),
        _otherwise_open(content),
        _answers(content),
        _not_listed(content),
        _jots(content),
        _summary(content),
        _signed(content, signature),
    ]
    return [block for part in parts for block in part]


def _incomplete(content: Json) -> list[Block]:
    notes: list[Block] = []
    if content["incomplete"]:
        said = (Run("Signed as incomplete: ", strong=True), Run(content["incomplete"]))
        notes.append(Paragraph(said, tone="note"))
    part = content.get("part")
    if part:
        named = part_name(part)
        said = (Run(f"{named[0].upper()}{named[1:]}: ", strong=True), Run(_part_words(part)))
        notes.append(Paragraph(said, tone="note"))
    return notes


def _part_words(part: Json) -> str:
    goes_on = "the last part of this screening." if part["last"] else "the screening went on after it was signed."
    signed = [moment(earlier["signed_at"]) for earlier in part["earlier"]]
    earlier = ", ".join(f"part {number} on {at}" for number, at in enumerate(signed, start=1))
    return f"{goes_on} Signed before it: {earlier}." if earlier else goes_on


def _rooms(rooms: Sequence[Json]) -> str:
    """Who was in the room, and from when on."""
    return "; ".join(f"{room['who'] or 'not said'} from {room['since'][11:16]}" for room in rooms)


def _on_screen(handover: Json, day: str) -> str:
    """A theme that was answered with the screen in the patient's own hands: by whom, when, how it ended."""
    ended = f" to {_time(handover['ended_at'], day)} ({handover['ended']})" if handover["ended_at"] else ", not ended"
    many = len(handover["answers"])
    answers = "no answer" if not many else "1 answer" if many == 1 else f"{many} answers"
    said = f"{handover['theme']}: {handover['by']}, {_time(handover['begun_at'], day)}{ended}, {answers}"
    critical = "; ".join(handover["time_critical"])
    return f"{said}. Listed as time-critical on an answer given there: {critical}" if critical else said


def _about(content: Json) -> list[Block]:
    opening, visit, pathway, pack = content["opening"], content["visit"], content["pathway"], content["pack"]
    pairs = [
        ("Patient reference", opening["reference"]),
        ("Second mark", visit["second_mark"] or "none"),
        ("Visit date", f"{visit['visit_date']} (intervals are worked out for this day)"),
        ("Pathway", pathway["title"]),
        ("Legal standing", pathway["legal"]),
        ("Product of this visit", visit["product"] or "not recorded"),
        ("Profiles", "; ".join(f"{p['title']} ({p['version']}, {p['date']})" for p in content["profiles"])),
        *(("Clinic's choice", _chosen(parameter)) for parameter in content["parameters"]),
        ("In the room", _rooms(content.get("rooms", ())) or visit["room"] or "not recorded"),
        *(("On screen", _on_screen(one, visit["visit_date"])) for one in content.get("handovers", ())),
        ("Recorded by", f"{opening['clinician']}, {opening['role']}"),
        ("Begun", _moment(opening["begun_at"]) if opening["begun_at"] else ""),
        ("Content", _content_words(pack)),
        *(("Switched off", _off_words(entry)) for entry in pack.get("off", ())),
    ]
    blocks: list[Block] = [Heading("This screening"), Facts(tuple((name, words(text)) for name, text in pairs if text))]
    if pathway["supplement"]:
        dated = [_dated(form) for form in content.get("state_forms", ())]
        said = [f"This report is a supplement to {pathway['supplement']}, and does not take its place.", *dated]
        blocks.append(Paragraph(words(" ".join(said)), tone="note"))
    return blocks


def _dated(form: Json) -> str:
    """The state's own form, as the document that lies beside this one."""
    if not form["dated"]:
        return "No day of that form is recorded."
    return f"That form is a document of its own; day that it bears: {form['dated']}."


def _content_words(pack: Json) -> str:
    """Which content was used, and what a local pack extends."""
    extends = f", extends {pack['extends']}" if pack.get("extends") else ""
    drafts = ", drafts evaluated" if pack.get("drafts") else ""
    return f"pack {pack['id']} {pack['version']}{extends}, {pack['standing']}{drafts}, {pack['hash'][:12]}"


def _off_words(entry: Json) -> str:
    return f"{entry['title']} ({entry['rule']}): {entry['reason']} {entry['by']}, {entry['on']}"


def _chosen(parameter: Json) -> str:
    source = f"; source: {parameter['source']}" if parameter["source"] else ""
    return f"{parameter['title']}: {parameter['option']}{source}"


def _items(content: Json) -> list[Block]:
    blocks: list[Block] = [Heading("For clinician review")]
    listed = [item for item in content["items"] if item["outcome"] == "listed"]
    open_items = [item for item in content["items"] if item["outcome"] != "listed"]
    if not content["items"]:
        blocks.append(Paragraph(words("Nothing listed on these answers. What is not established stands below.")))
    open_first = content["incomplete"] is not None
    groups = [("Listed", listed), ("Not established", open_items)]
    for name, items in reversed(groups) if open_first else groups:
        if items:
            blocks.append(Heading(name, 2))
            blocks += [_entry(item) for item in items]
    return blocks


def _entry(item: Json) -> Entry:
    listed = item["outcome"] == "listed"
    mark, mark_name = MARK_NAMES[item["tier"] if listed else "open"]
    quoted = f" (“{item['own_words']}”)" if item["own_words"] else ""
    draft = ", draft: no source read" if item["draft"] else ""
    lines = [
        *(_because(item) if listed else [("Missing", words("; ".join(item["missing"])))]),
        ("Source", (Run(f"{item['strength']}{quoted}: ", strong=True), Run(item["source"]))),
        ("Text read", words(_sentences(item["read"], item["product"]))),
        ("Other sources", words("\n".join(item["others"]))),
        ("Response", words(_response(item["response"]))),
        ("Item", words(f"{item['theme']}, {item['rule']}{draft}")),
    ]
    return Entry(mark, mark_name, item["title"], tuple(line for line in lines if line[1][0].text))


def _because(item: Json) -> list[tuple[str, Inline]]:
    lines = [("Fact", words(item["statement"])), ("Because", words("; ".join(item["because"])))]
    if item["could_be_higher"]:
        lines.append(("Further level", words(f"{FURTHER_LEVEL}; missing: {'; '.join(item['missing'])}")))
    return lines


def _sentences(*parts: str) -> str:
    """Each part with one full stop at its end; parts without text are left out."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _moment(iso: str) -> str:
    """A moment as a person reads it; its offset stays beside it."""
    return f"{datetime.fromisoformat(iso):%Y-%m-%d %H:%M (%Z)}"


def _response(response: Json | None) -> str:
    if response is None:
        return "none recorded"
    text = RESPONSE_WORDS[response["kind"]]
    if response["from_whom"]:
        text += f", from {response['from_whom']}"
    if response["until"]:
        text += f", by {response['until']}"
    text += f" ({response['by']}, {_moment(response['at'])})"
    lines = [text, response["note"]]
    if response["lapsed"]:
        lines.append("Given for an earlier state. Since then:")
        lines += [f"{label}: {then} → {now}" for label, then, now in response["difference"]]
    return "\n".join(line for line in lines if line)


def _otherwise_open(content: Json) -> list[Block]:
    entries = content["otherwise_open"]
    if not entries:
        return []
    return [Heading("Not established for other items"), Table("Items not established", *_by_missing(entries), (4, 5))]


def _by_missing(entries: Sequence[Json]) -> tuple[tuple[str, ...], tuple[tuple[Inline, ...], ...]]:
    """One row for all items that the same answers hold open, as on screen."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        groups.setdefault("; ".join(entry["missing"]), []).append(f"{entry['title']} ({entry['theme']})")
    return ("Missing", "Items"), tuple((words(missing), words("\n".join(items))) for missing, items in groups.items())


def _answers(content: Json) -> list[Block]:
    order = "In each theme: positives first, then what is not established, then the rest."
    blocks: list[Block] = [Heading("Answers"), Paragraph(words(order), tone="muted")]
    day, lapsed = content["visit"]["visit_date"], other_day_words(content)
    for theme in content["themes"]:
        asked = [q for q in theme["questions"] if q["hidden_because"] is None]
        hidden = [q for q in theme["questions"] if q["hidden_because"] is not None]
        if not theme["questions"]:
            continue
        blocks.append(Heading(theme["title"], 2))
        rows = [_answer_row(q, day, lapsed.get(q["id"], "")) for q in sorted(asked, key=_answer_rank)]
        if rows:
            header = ("Question", "Answer", "Informant, time, note")
            blocks.append(Table(f"Answers: {theme['title']}", header, tuple(rows), (4, 3, 3)))
        if hidden:
            blocks.append(Bullets(tuple((Run(_hidden(q), muted=True),) for q in hidden)))
    kept = _unread(content.get("unread", ()), day)
    return [*blocks, *other_day(content), *records_carried_from(content), *kept, *not_taken(content)]


def _unread(entries: Sequence[Json], day: str) -> list[Block]:
    """Answers from before the content changed, as they were recorded; records of earlier versions have none."""
    if not entries:
        return []
    said = [(e["question"], account) for e in entries for account in e["recorded"]["accounts"]]
    rows = tuple(
        (
            words(question),
            words(str(account.get("value", account.get("state")))),
            words(_account(account, day, alone=True)),
        )
        for question, account in said
    )
    header = ("Question", "Answer, as it was typed", "Informant, time, note")
    intro = Paragraph(
        words("The content no longer asks for these, or not in this way. No rule read them."), tone="muted"
    )
    return [
        Heading("Kept and not evaluated", 2),
        intro,
        Table("Answers kept and not evaluated", header, rows, (4, 3, 3)),
    ]


def _hidden(question: Json) -> str:
    because = "; ".join(question["hidden_because"]) or "of an earlier answer"
    kept = f". An answer given before is kept: {question['words']}" if question["recorded"] else ""
    return f"{question['label']}: not shown, because {because}{kept}."


def _answer_rank(question: Json) -> int:
    """Positives first, then what is not established, then negatives."""
    if question["positive"]:
        return 0
    if question["kind"] == "derived":
        return 0 if question["words"] else 1
    return 2 if question["state"] == "answered" else 1


def _answer_row(question: Json, day: str, lapsed: str) -> tuple[Inline, ...]:
    """`lapsed`: what there is to say of its readings of another day."""
    if question["kind"] == "derived":
        return (words(question["label"]), words(question["words"] or "not worked out"), words("worked out"))
    strong = question["positive"] and question["kind"] in CHOSEN
    accounts = question["recorded"]["accounts"] if question["recorded"] else []
    details = "\n".join(_account(entry, day, alone=len(accounts) == 1) for entry in accounts)
    remarks = tuple(Run(f"\n{remark}") for remark in question.get("remarks", ()))
    earlier = not_asked_words(question, day)
    remarks += tuple(Run(f"\n{said}", muted=True) for said in (earlier, lapsed) if said)
    own = (Run(f"\n{OWN_QUESTION}", muted=True),) if question.get("own") else ()
    return ((*words(question["label"]), *own), (Run(_said(question), strong=strong), *remarks), words(details))


def _said(question: Json) -> str:
    state: str = question["state"]
    in_state = STATE_WORDS.get(state, state)
    if state == "differing":
        return f"{question['words']} ({in_state})"
    said: str = question["words"]
    return said or in_state


def _account(entry: Json, day: str, *, alone: bool) -> str:
    """Who said it and when; a note that several accounts could share is named by its informant."""
    said = ", ".join(part for part in (entry["by"], _time(entry["at"], day)) if part)
    note = "; ".join(part for part in (carried_words(entry), entry.get("note", "")) if part)
    return f"{said}\n{note}" if note and alone else ", ".join(part for part in (said, note) if part)


def _time(iso: str, day: str) -> str:
    """The time of day; with its date where that is not the day of the visit: a screening may be paused overnight."""
    return iso[11:16] if iso[:10] == day else moment(iso)


def _not_listed(content: Json) -> list[Block]:
    entries = content["not_listed"]
    if not entries:
        return []
    intro = Paragraph(words("These ran and listed nothing on these answers."), tone="muted")
    items = Bullets(tuple((Run(e["title"]), Run(f" ({e['theme']}, {e['rule']})", muted=True)) for e in entries))
    return [Heading("Checks that ran and listed nothing"), intro, items]


def _jots(content: Json) -> list[Block]:
    if not content["jots"]:
        return []
    items = Bullets(tuple(_jot(jot, content["visit"]["visit_date"]) for jot in content["jots"]))
    return [Heading("The patient's own words"), items]


def _jot(jot: Json, day: str) -> Inline:
    linked = str(jot["question"] or "not linked to a question")
    return (Run(f"“{jot['text']}”"), Run(f" {_time(jot['at'], day)}, {linked}", muted=True))


def _summary(content: Json) -> list[Block]:
    text = content["summary"].strip()
    if not text:
        return []
    return [
        Heading("Clinician's summary and plan"),
        *(Paragraph(words(part)) for part in text.split("\n") if part.strip()),
    ]


def _signed(content: Json, signature: Json | None) -> list[Block]:
    signed_as = content["signed_as"]
    prepared = f"{signed_as['name']}, {signed_as['role']}"
    if signature is None:
        return [Heading("Signature"), SignatureBlock((("Prepared by", prepared), ("Signature", ""), ("Date", "")))]
    pairs = (
        ("Signed as", prepared),
        ("Signed by", signature["signer"]),
        ("Signed at", _moment(signature["signed_at"])),
        ("Key", signature["fingerprint"]),
        ("Checked", signature.get("checked", "")),
    )
    return [Heading("Signature"), SignatureBlock(tuple(pair for pair in pairs if pair[1]))]


def _amended(amendments: Sequence[Json]) -> list[Block]:
    if not amendments:
        return []
    lead = "Added after signing. What stands above is as it was signed."
    blocks: list[Block] = [Heading("Amendments"), Paragraph(words(lead), tone="muted")]
    for number, amendment in enumerate(amendments, start=1):
        by = amendment["by"]
        pairs = (
            ("Reason", amendment["reason"]),
            ("Added", amendment["text"]),
            ("Signed as", f"{by['name']}, {by['role']}"),
            ("Signed by", amendment["signer"]),
            ("Signed at", _moment(amendment["signed_at"])),
            ("Key", amendment["fingerprint"]),
        )
        facts = Facts(tuple((name, words(said)) for name, said in pairs))
        blocks += [Heading(f"Amendment {number}", 2), facts]
    return blocks
