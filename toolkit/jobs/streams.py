"""How what is printed is encoded: readable where it ends up."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TextIO

UTF8 = "utf-8"
_SAID = ("PYTHONIOENCODING", "PYTHONUTF8")
"""By these a program that reads the output says that it wants Python's own way."""


def speak(for_program: bool = False) -> None:
    """Set up standard output and error. for_program: a program reads them (--json), which is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pythonw has none
            stream.reconfigure(encoding=UTF8 if for_program else encoding_of(stream, os.environ, console_page()), errors="replace")


def encoding_of(stream: TextIO, environ: Mapping[str, str], page: int) -> str:
    """UTF-8; but what is redirected on Windows is read by `type`, `more`, `findstr` in the console's code page.

    page: that code page (936 on a Chinese Windows), 0 where there is no console.
    """
    if not page or stream.isatty() or any(environ.get(name) for name in _SAID):
        return UTF8
    return f"cp{page}"


def console_page() -> int:
    """The code page of the window this runs in; 0 where there is none, and elsewhere than on Windows."""
    if sys.platform != "win32":
        return 0
    import ctypes

    return ctypes.windll.kernel32.GetConsoleOutputCP()
