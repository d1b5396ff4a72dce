"""Pictures of what helps to find and to look over: the palette, answers to check, single keys, a form refused."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.pictures.camera import at_work, front
from tests.pictures.desk import interview


def take_finding(application: QApplication, scheme: str) -> None:
    """Over the made-up patient, and where records are set up."""
    with tempfile.TemporaryDirectory() as folder, at_work(application, scheme, Path(folder)) as (person, camera):
        person.waits_for("Try it with a made-up patient")
        person.press("1")
        person.waits_for("Passphrase again")
        person.activate("Set up")
        camera.take("setting-up-refused")
        person.press("Escape")
        person.waits_for("Try it with a made-up patient")
        room = interview(person, scheme)
        window = front()
        room.press("Ctrl+K")
        camera.take("palette", window)
        room.type("presure")
        camera.take("palette-found", window)
        room.press("Escape", "F3")
        camera.take("check-answers", window)
        room.press("Escape", "F6", "F3")
        camera.take("check-answers-whole", window)
        room.press("Escape", "F1")
        room.activate("J and K walk lists")
        camera.take("keys-off", window)
