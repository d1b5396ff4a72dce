"""In a session with a bus of its own: a virtual screen, the accessibility bus, the program, the client beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLIENT = Path(__file__).with_name("client.py")
SYSTEM_PYTHON, BUS = "/usr/bin/python3", "/usr/libexec/at-spi-bus-launcher"


def main(reference: str) -> int:
    """What the client returns; everything that was started is ended."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        screen, display = start_screen()
        started.append(screen)
        here = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        # The system's Python has its own libraries, and none of this one's.
        plain = {name: value for name, value in here.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        started.append(subprocess.Popen([BUS, "--launch-immediately"], env=plain, stderr=subprocess.DEVNULL))
        started.append(subprocess.Popen([sys.executable, "-m", "screener"], env=here))
        client = [SYSTEM_PYTHON, "-W", "ignore", str(CLIENT), reference]
        return subprocess.run(client, env=plain, check=False).returncode
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def start_screen() -> tuple[subprocess.Popen[bytes], str]:
    """A virtual screen that answers, and how it is called."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-noreset", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        return screen, f":{said.readline().strip()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
