"""Which spreadsheet program this computer has. xlwings drives Excel only; WPS often registers itself under Excel's name."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.install.environment import WINDOWS

EXCEL, WPS, LIBREOFFICE, NONE = "Excel", "WPS", "LibreOffice", ""
_WPS_PROGRAMS = ("et.exe", "ksolaunch.exe", "wps.exe")


@dataclass(frozen=True)
class Office:
    """kind: EXCEL, WPS, LIBREOFFICE or NONE; program: its path, or what Windows says of it. wps: WPS is there too."""

    kind: str
    program: str
    wps: bool = False


def find(registered: Callable[[str], str] | None = None) -> Office:
    """The program that opens a workbook. registered: a key under HKEY_CLASSES_ROOT → its default value ("" where there is none)."""
    if registered is None and not WINDOWS:
        program = shutil.which("soffice") or shutil.which("libreoffice") or ""
        return Office(LIBREOFFICE if program else NONE, program)
    ask = registered or default_value
    program = served_by(ask("Excel.Application\\CLSID"), ask)
    wps = bool(ask("KET.Application\\CLSID") or ask("ET.Application\\CLSID"))
    if not program:
        return Office(WPS if wps else NONE, "", wps)
    if any(name in program.lower() for name in _WPS_PROGRAMS):
        return Office(WPS, program, True)
    return Office(EXCEL, program, wps)


def served_by(clsid: str, ask: Callable[[str], str]) -> str:
    """The program behind a class id; 32-bit Office on 64-bit Windows is registered apart."""
    if not clsid:
        return ""
    return ask(f"CLSID\\{clsid}\\LocalServer32") or ask(f"WOW6432Node\\CLSID\\{clsid}\\LocalServer32")


def default_value(key: str) -> str:
    """A registry key's default value under HKEY_CLASSES_ROOT; "" where there is none."""
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        return winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, key)
    except OSError:
        return ""


def in_cloud(folder: Path, environ: dict[str, str]) -> bool:
    """Whether a folder lies in OneDrive, where Excel gives an address on the web for the workbook's path."""
    roots = [environ[name] for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer") if environ.get(name)]
    return any(folder.absolute().is_relative_to(root) for root in roots)
