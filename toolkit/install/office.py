"""Which spreadsheet program this computer has. xlwings drives Excel only; WPS often registers itself under Excel's name."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from toolkit.install.environment import WINDOWS

EXCEL, WPS, LIBREOFFICE, OTHER, NONE = "Excel", "WPS", "LibreOffice", "其他", ""
MACRO_PAGE = "cp936"
"""What VBA's Environ can spell on a 简体中文 Windows; any other character comes out as “?”."""
_EXCEL_PROGRAM = "excel.exe"
_WPS_PROGRAMS = ("et.exe", "ksolaunch.exe", "wps.exe", "wpsoffice.exe")
_PROGRAM = re.compile(r'"([^"]+)"|(.+?\.exe)(?=\s|$)', re.IGNORECASE)
_READ_BY_MACROS = ("USERPROFILE", "LOCALAPPDATA")  # xlwings' settings; the log, and the copies that macros hand over
_ICONS = "请双击“校验”“合并”等图标，做的事一样"


@dataclass(frozen=True)
class Office:
    """kind: EXCEL, WPS, LIBREOFFICE, OTHER or NONE. program: what answers where a program asks for Excel, its path; "" where
    nothing does. wps: WPS is there too."""

    kind: str
    program: str
    wps: bool = False


def find(registered: Callable[[str], str] | None = None) -> Office:
    """The program that opens a workbook. registered: a key under HKEY_CLASSES_ROOT → its default value ("" where there is none)."""
    if registered is None and not WINDOWS:
        program = shutil.which("soffice") or shutil.which("libreoffice") or ""
        return Office(LIBREOFFICE if program else NONE, program)
    ask = registered or default_value
    program = executable(served_by(ask("Excel.Application\\CLSID"), ask))
    wps = bool(ask("KET.Application\\CLSID") or ask("ET.Application\\CLSID"))
    if not program:
        return Office(WPS if wps else NONE, "", wps)
    name = PureWindowsPath(program).name.lower()
    if name in _WPS_PROGRAMS:
        return Office(WPS, program, True)
    return Office(EXCEL if name == _EXCEL_PROGRAM else OTHER, program, wps)


def executable(command: str) -> str:
    """The program of a registered command line, quoted or not, without what it is given; the text itself where it names none."""
    found = _PROGRAM.match(command.strip())
    return (found[1] or found[2]) if found else command.strip()


def sentence(found: Office) -> str:
    """Who answers where a program asks for Excel, and what to do where that is not Excel."""
    if found.kind == EXCEL:
        return f"Excel（{found.program}）{'；还装有 WPS，工作簿请用 Excel 打开' if found.wps else ''}"
    if found.kind == LIBREOFFICE:
        return f"LibreOffice（{found.program}），表内的按钮不起作用，请用命令"
    if found.kind == WPS and found.program:
        return (f"程序要找 Excel 时，应答的是 WPS（{found.program}），表内的按钮连不上工作簿。{_ICONS}；"
                "也装有 Excel 的，请在 WPS 的“配置工具”里取消“兼容第三方系统和软件”，再修复一次 Office")
    if found.kind == OTHER:
        return f"程序要找 Excel 时，应答的是“{found.program}”，不是 Excel，表内的按钮多半连不上工作簿。{_ICONS}；也装有 Excel 的，请修复一次 Office"
    return f"{'只有 WPS' if found.kind == WPS else '没有找到 Excel'}，表内的按钮不起作用。{_ICONS}"


def unspelled(environ: Mapping[str, str]) -> str:
    """Why macros cannot find the user's folders: characters of their paths outside the code page; "" where they can."""
    paths = [environ.get(name, "") for name in _READ_BY_MACROS]
    strange = dict.fromkeys(character for path in paths for character in path if not _spelled(character))
    if not strange:
        return ""
    path = next(path for path in paths if any(character in strange for character in path))
    return (f"用户文件夹“{path}”里的“{'”“'.join(strange)}”不在 GBK 字库里，Excel 的宏读不出这个路径，表内的按钮会说没有装好。"
            f"{_ICONS}；要用按钮，请信息科建一个英文名的 Windows 用户，登录后再装一次")


def _spelled(character: str) -> bool:
    try:
        character.encode(MACRO_PAGE)
    except UnicodeEncodeError:
        return False
    return True


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
