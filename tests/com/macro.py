"""What xlwings' macro does on Windows: the command line that ExecuteWindows in xlwings.bas builds, given to CreateProcess.

Python then is another process, and reaches this one's stand-in through COM's own marshalling, as it reaches Excel's process.
"""

from __future__ import annotations

import ctypes
import subprocess
import time
from pathlib import PureWindowsPath
from typing import NamedTuple

import pythoncom
import win32con
import win32event
import win32gui

from toolkit.sheets.live import TITLE

_BOX, _TEXT = "#32770", 0xFFFF
_OK, _YES = 1, 6
_ANSWERS = (_YES, _OK)
_BETWEEN_LOOKS = 0.2  # seconds
_WAIT = 50  # milliseconds


class Ended(NamedTuple):
    """Exit status, what went to the log file of xlwings, what message boxes said."""

    status: int
    log: str
    told: list[str]


def command_line(python: str, book: str, command: str, window: int, log: str, *, beside: bool = False) -> str:
    """The line for cmd.exe, piece by piece as in xlwings.bas; `book` is the workbook's full path. Settings not set are empty.

    beside: the workbook's folder is put before all others; the hidden sheet says no, but it is read in Excel alone.
    """
    folder, name = str(PureWindowsPath(python).parent), PureWindowsPath(book).name
    drive = f'{python[:2]} & cd "{folder}" & ' if python[1] == ":" else f'pushd "{folder}" & '
    paths = f"{beside};{book};{book};;;;".replace("&", "^&").replace("\\", "\\\\")
    run = f'"{python}" -B -c "import xlwings.utils;xlwings.utils.prepare_sys_path(\\"{paths}\\"); {command}" '
    excel = r"C:\Program Files\Microsoft Office\root\Office16\Microsoft Excel"
    return f'cmd.exe /C {drive}{run} --wb="{name}" --from_xl=1 --app="{excel}" --hwnd="{window}" 2> "{log}" '


def run(line: str, log: str, seconds: float = 120) -> Ended:
    """Run the line while this process answers COM, and press the first button of every box. TimeoutError where it does not end."""
    running = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    told, deadline = [], time.monotonic() + seconds
    looked = 0.0
    while running.poll() is None:
        _served()
        if time.monotonic() - looked > _BETWEEN_LOOKS:
            told += _pressed()
            looked = time.monotonic()
        if looked > deadline:
            running.kill()
            raise TimeoutError(f"{seconds:.0f}秒没有办完：{line}")
    with open(log, encoding="utf-8", errors="replace") as written:
        return Ended(running.returncode, written.read(), told)


def _served() -> None:
    """Answer what has come, or wait a moment for it."""
    win32event.MsgWaitForMultipleObjects([], False, _WAIT, win32event.QS_ALLINPUT)
    pythoncom.PumpWaitingMessages()


def _pressed() -> list[str]:
    box = win32gui.FindWindow(_BOX, TITLE)
    if not box:
        return []
    said = _text(win32gui.GetDlgItem(box, _TEXT))
    for answer in _ANSWERS:
        if win32gui.GetDlgItem(box, answer):
            win32gui.PostMessage(box, win32con.WM_COMMAND, answer, 0)
            break
    deadline = time.monotonic() + 10
    while win32gui.IsWindow(box) and time.monotonic() < deadline:
        _served()
    return [said]


def _text(control: int) -> str:
    length = win32gui.SendMessage(control, win32con.WM_GETTEXTLENGTH, 0, 0) + 1
    room = ctypes.create_unicode_buffer(length)
    win32gui.SendMessage(control, win32con.WM_GETTEXT, length, ctypes.addressof(room))
    return room.value
