"""A screen nobody sees: Xvfb with a window manager, a mouse, and a camera."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import ImageGrab

from tests.lo_engine.soffice import end_group, end_with_parent

_SIZE = "1600x1000x24"


def wait_for(what: Callable[[], Any], seconds: float, name: str) -> Any:
    """The first true answer of `what`; AssertionError names what did not come."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, f"{seconds} 秒内没有等到：{name}"
        time.sleep(0.05)
    return found


class Display:
    """One virtual screen; a context manager that leaves nothing behind."""

    def __init__(self) -> None:
        for program in ("Xvfb", "openbox", "xdotool"):
            assert shutil.which(program), f"点击测试需要 {program}：请运行 make office"
        self._started: list[subprocess.Popen] = []
        reading, writing = os.pipe()
        self._start("Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as number:
            self.name = f":{number.readline().strip()}"
        assert self.name != ":", "Xvfb 没有启动"
        self.environment = {"DISPLAY": self.name}
        self._start("openbox", env={**os.environ, **self.environment})

    def _start(self, *command: str, **options: Any) -> None:
        self._started.append(subprocess.Popen(
            command, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=end_with_parent, **options))

    def xdotool(self, *arguments: Any) -> str:
        """What xdotool prints; nothing where it finds nothing."""
        return subprocess.run(["xdotool", *map(str, arguments)], env={**os.environ, **self.environment},
                              capture_output=True, text=True, timeout=30).stdout

    def click(self, x: int, y: int) -> None:
        self.xdotool("mousemove", x, y, "sleep", "0.1", "click", "1")

    def windows(self, title: str) -> list[str]:
        """Visible windows whose title contains a text."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def press(self, window: str, key: str) -> None:
        self.xdotool("windowfocus", "--sync", window, "key", "--window", window, key)

    def photograph(self, path: Path) -> Path:
        """The whole screen as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=self.name).save(path)
        return path

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_: Any) -> None:
        for process in reversed(self._started):
            end_group(process)
