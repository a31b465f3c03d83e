"""A LibreOffice of one's own: private profile, free loopback port, Chinese settings; stopped with all it started."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.office import FONTS

_SETTINGS = (
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("org.openoffice.Setup/Product", "LastTimeDonateShown", "4102444800"),
    ("org.openoffice.Setup/Product", "LastTimeGetInvolvedShown", "4102444800"),
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
)


_LIBC = ctypes.CDLL(None)
_PARENT_DEATH_SIGNAL = 1  # prctl's PR_SET_PDEATHSIG


def write_profile(folder: Path) -> None:
    """A profile that asks nothing, runs macros and reads dates and numbers as Chinese Excel does."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop></item>\n'
        for path, name, value in _SETTINGS)
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n", encoding="utf-8")


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Soffice:
    """One LibreOffice process group that listens on `port`; a context manager.

    `port_variable` names the environment variable that tells the port to what the office itself starts.
    """

    def __init__(self, folder: Path, arguments: tuple[str, ...] = ("--headless",),
                 environment: dict[str, str] | None = None, port_variable: str = "LO_ENGINE_PORT") -> None:
        launcher = shutil.which("soffice")
        assert launcher, "测试需要 LibreOffice：请运行 make office"
        assert FONTS.is_file(), "测试需要公文字体：请运行 make office"
        write_profile(folder / "profile")
        self.port = free_port()
        self._log = (folder / "soffice.log").open("wb")
        command = [str(Path(launcher).resolve().with_name("soffice.bin")), "--norestore", "--nologo", "--nodefault",
                   f"-env:UserInstallation=file://{folder}/profile", *arguments,
                   f"--accept=socket,host=127.0.0.1,port={self.port},tcpNoDelay=1;urp;"]
        options = {"stdin": subprocess.DEVNULL, "stdout": self._log, "stderr": subprocess.STDOUT,
                   "env": {**os.environ, "FONTCONFIG_FILE": str(FONTS), port_variable: str(self.port), **(environment or {})}}
        # The program itself, not its launcher, which would outlive a killed test run; new profiles it only sets up (81).
        subprocess.run([*command, "--terminate_after_init"], timeout=120, **options)
        self._process = subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent, **options)

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """End the process group and wait for it."""
        end_group(self._process)
        self._log.close()

    def __enter__(self) -> Soffice:
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def end_with_parent() -> None:
    """To be called in a started process before it runs: it ends when its parent does, even if that is killed."""
    _LIBC.prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def end_group(process: subprocess.Popen) -> None:
    """End a process that leads its own group, with its children; what does not go in five seconds is killed."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, signal_number)
        except ProcessLookupError:
            break
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
