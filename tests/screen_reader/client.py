"""Carries a screening to its signature, hearing names and roles, pressing what is pressed, typing keys.

Run by the system's own Python (which has the bindings), beside the program: it knows nothing of it but what the
accessibility bus tells. Prints what it did; the last line counts what was announced.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PASSPHRASE = "a lamp, a stair, a river"
THEME = "Psychosis risk"
SAYS_YES = "Psychosis ever"
"""The one question of the theme that is answered with yes: an item appears, and more is asked."""
_PATIENCE_S = 40
_RETURN, _BACKSPACE = 0xFF0D, 0xFF08
_BUTTONS = ("push button", "check box", "radio button", "toggle button", "link", "button")
_ENDS = ("list item", "table cell", "push button", "radio button", "check box", "label")
"""What holds nothing that can be pressed."""


class DeafError(Exception):
    """What was looked for is not said by anything on the screen."""


class Listener:
    """A person who hears the window of one program."""

    def __init__(self, application: str) -> None:
        self.heard: list[str] = []
        self._ears = Atspi.EventListener.new(self._hear)
        self._ears.register("object:announcement")
        self._application: Any = None
        self._application = self._wait(lambda: _application(application), f"the program {application}")
        # Nothing is remembered of what was seen: pages come and go.
        self._application.set_cache_mask(Atspi.Cache.NONE)

    def come_to_the_front(self) -> None:
        """As a window manager does with a window that opens; on the virtual screen there is none."""
        self._wait(lambda: next(_walk(self._application, ("frame",)), None), "the window")
        Atspi.generate_mouse_event(700, 3, "b1c")

    def _hear(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    # Looking

    def find(self, name: str, roles: tuple[str, ...] = (), *, exact: bool = False) -> Any:
        """The first thing shown whose name is this one or begins with it; waits until it is there."""

        def look() -> Any:
            return next((node for node in self.shown(roles) if _is_called(node, name, exact=exact)), None)

        return self._wait(look, f"{' or '.join(roles) or 'anything'} called {name!r}")

    def shown(self, roles: tuple[str, ...] = ()) -> Iterator[Any]:
        """Everything on the screen, of these roles where some are named."""
        if self._application is not None:
            yield from _walk(self._application, roles)

    def reads(self, text: str) -> None:
        """Wait until a text stands somewhere on the screen."""
        self._wait(lambda: any(text in _name(node) for node in self.shown()), f"the words {text!r}")

    def waits_until_whole(self, theme: str) -> None:
        """Wait until the list of themes says of this one that everything shown in it is recorded."""

        def whole() -> bool:
            said = next((_name(node) for node in self.shown(_BUTTONS) if _name(node).startswith(f"{theme}: ")), "")
            first, _, rest = said.removeprefix(f"{theme}: ").partition(" of ")
            return bool(rest) and rest.startswith(f"{first} recorded")

        self._wait(whole, f"{theme}, with everything recorded,")

    def _wait(self, look: Callable[[], Any], said: str) -> Any:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            try:
                found = look()
            except GLib.Error:  # it went while it was looked at
                found = None
            if found:
                return found
            self.pause(0.1)
        names = sorted({_name(node) for node in self.shown()} - {""})
        raise DeafError(f"{said} is not there; what is: {names}")

    @staticmethod
    def pause(seconds: float) -> None:
        """Let announcements come in."""
        until = time.monotonic() + seconds
        context = GLib.MainContext.default()
        while time.monotonic() < until:
            while context.pending():
                context.iteration(False)
            time.sleep(0.01)

    # Doing

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press a button, tick a box, choose an option: by its first action."""
        node = self.find(name, _BUTTONS, exact=exact)
        self._wait(lambda: node.get_state_set().contains(Atspi.StateType.SENSITIVE), f"{name!r}, to be pressed,")
        self.act(node)
        tell(f"pressed {_name(node)!r}")

    @staticmethod
    def act(node: Any) -> None:
        action = node.get_action_iface()
        names = [action.get_action_name(place).lower() for place in range(action.get_n_actions())]
        place = next((names.index(name) for name in ("press", "toggle", "check", "click") if name in names), 0)
        with contextlib.suppress(GLib.Error):  # a page may go with the button that leaves it, before it answers
            action.do_action(place)

    def write(self, name: str, text: str) -> None:
        """Take the keyboard to a line and type, key by key, what the line then holds."""
        line = self.find(name, ("text", "password text", "entry"), exact=True)
        line.get_component_iface().grab_focus()
        self._wait(lambda: line.get_state_set().contains(Atspi.StateType.FOCUSED), f"the keyboard in {name!r}")
        Atspi.generate_keyboard_event(0, text, Atspi.KeySynthType.STRING)
        typed = line.get_text_iface()
        self._wait(lambda: typed.get_character_count() == len(text), f"{text!r} in {name!r}")
        tell(f"typed into {name!r}")

    @staticmethod
    def key(symbol: int) -> None:
        Atspi.generate_keyboard_event(symbol, None, Atspi.KeySynthType.SYM)


def tell(said: object) -> None:
    """What was done, for whoever started this."""
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


def _application(name: str) -> Any:
    desktop = Atspi.get_desktop(0)
    for place in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(place)
        if child is not None and child.get_name() == name:
            return child
    return None


def _walk(node: Any, roles: tuple[str, ...]) -> Iterator[Any]:
    for place in range(node.get_child_count()):
        # What was counted a moment ago may have gone. Qt 6.11 reads past the end of the parts of a scroll area that is
        # asked for a bar hidden by now, and the program ends (QAccessibleAbstractScrollArea::child): counted anew.
        if place >= node.get_child_count():
            return
        child = node.get_child_at_index(place)
        if child is None or not child.get_state_set().contains(Atspi.StateType.VISIBLE):
            continue
        role = child.get_role_name()
        if not roles or role in roles:
            yield child
        if role not in _ENDS:
            yield from _walk(child, roles)


def _name(node: Any) -> str:
    return str(node.get_name() or "")


def _is_called(node: Any, name: str, *, exact: bool) -> bool:
    said = _name(node)
    return said == name if exact else said.startswith(name)


# The screening


def screen(person: Listener, reference: str) -> None:
    """From the first start to a signed record of a made-up reference."""
    set_up(person)
    person.press("New screening")
    person.write("Patient reference", reference)
    person.write("Age, or year of birth", "52")
    person.press("Pathway: Ketamine in a clinic")
    person.press("Begin")
    person.press("This is the person")
    person.press(THEME)
    person.press("All of them: ")
    person.find(SAYS_YES, ("radio button",))
    answer_theme(person)
    person.waits_until_whole(THEME)
    person.press("Review")
    person.press("Your response: Reviewed")
    person.press("Save response")
    person.press("Sign as incomplete")
    person.press("Why it is incomplete: ")
    person.write("Passphrase", PASSPHRASE)
    person.press("Sign as Clinician A", exact=True)
    person.reads("Signed 2")


def set_up(person: Listener) -> None:
    """Records for this clinic, their key written down."""
    person.press("Set up records for this clinic")
    person.write("Your name", "Clinician A")
    person.write("Passphrase", PASSPHRASE)
    person.write("Passphrase again", PASSPHRASE)
    person.key(_RETURN)
    person.press("I have written it down or printed it")
    person.press("Open the records")


def answer_theme(person: Listener) -> None:
    """Every question of the open theme: no where that is an answer, otherwise not known; also those that appear."""
    done: set[str] = set()
    while True:
        options = {_name(node): node for node in person.shown(("radio button",)) if ": " in _name(node)}
        asked = {name.rpartition(": ")[0] for name in options if name.endswith(": Not known")} - done
        if not asked:
            break
        for question in sorted(asked):
            wanted = ("Yes", "No", "Not known") if question == SAYS_YES else ("No", "Not known")
            said = next(name for word in wanted if (name := f"{question}: {word}") in options)
            person.act(options[said])
            tell(f"answered {said!r}")
            person.pause(0.2)
        done |= asked
    assert done, "no question was found"
    tell(f"{len(done)} questions answered")


def main(reference: str) -> int:
    Atspi.set_timeout(10_000, 30_000)
    person = Listener("Screener")
    try:
        person.come_to_the_front()
        screen(person, reference)
    except DeafError as deaf:
        tell(deaf)
        return 1
    person.pause(0.5)
    for said in person.heard:
        tell(f"heard {said!r}")
    tell(f"{len(person.heard)} announcements")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
