"""Which fonts of a document this computer lacks, and what they turn into."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from toolkit.documents.docx_parts import FONTS
from toolkit.documents.package_texts import parsed
from toolkit.documents.resolved import w

# 同一种字体的两个名字：Windows 登记的是英文名。
_OTHER_NAMES = {"仿宋": "FangSong", "楷体": "KaiTi", "黑体": "SimHei", "宋体": "SimSun", "微软雅黑": "Microsoft YaHei",
                "仿宋_GB2312": "FangSong_GB2312", "楷体_GB2312": "KaiTi_GB2312", "方正小标宋简体": "FZXiaoBiaoSong-B05S", "华文中宋": "STZhongsong"}
_WAIT = 20  # 秒


class MissingFont(NamedTuple):
    """A font a document names and the computer lacks; `instead` is what will be printed, "" where it cannot be told."""

    name: str
    instead: str


def fonts_of(members: Mapping[str, bytes]) -> list[str]:
    """The fonts that styles and texts of an unpacked .docx name, in order."""
    found: dict[str, None] = {}
    for part in ("word/styles.xml", "word/document.xml"):
        if part in members:
            for node in parsed(members[part]).iter(w("rFonts")):
                found |= dict.fromkeys(name for key in ("eastAsia", "ascii", "hAnsi") if (name := node.get(w(key))))
    return list(found)


def missing(fonts: Iterable[str]) -> list[MissingFont]:
    """Those of `fonts` that are not installed; none where the computer does not tell what is."""
    installed = installed_fonts()
    return [MissingFont(name, _instead(name, installed)) for name in dict.fromkeys(fonts)
            if installed and not {name.lower(), _OTHER_NAMES.get(name, name).lower()} & installed]


def sentence(lacking: Iterable[MissingFont]) -> str:
    """“仿宋_GB2312”会换成“仿宋”、…"""
    return "、".join(f"“{font.name}”" + (f"会换成“{font.instead}”" if font.instead else "会换成别的字体") for font in lacking)


@cache
def installed_fonts() -> frozenset[str]:
    """Names of the installed fonts in lower case; empty where the computer does not tell."""
    return frozenset(name.lower() for name in (_from_registry() if sys.platform == "win32" else _from_fontconfig()))


def _instead(name: str, installed: frozenset[str]) -> str:
    other = FONTS.get(name, ("",))[0]
    if other and {other.lower(), _OTHER_NAMES.get(other, other).lower()} & installed:
        return other
    return "宋体" if sys.platform == "win32" and not name.isascii() else _matched(name)


def _from_fontconfig() -> list[str]:
    return [name.strip() for line in _said("fc-list", ":", "family").splitlines() for name in line.split(",")]


def _matched(name: str) -> str:
    return _said("fc-match", "-f", "%{family[0]}", name if name.isascii() else f"{name}:lang=zh-cn")


def _said(*command: str) -> str:
    """What a program of fontconfig prints; "" where there is none."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=_WAIT, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _from_registry() -> list[str]:
    """Windows registers “仿宋 & 新仿宋 (TrueType)”, for all users and for this one."""
    if sys.platform != "win32":
        return []
    import winreg

    names = []
    for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(hive, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                for place in range(winreg.QueryInfoKey(key)[1]):
                    names += winreg.EnumValue(key, place)[0].partition(" (")[0].split(" & ")
        except OSError:
            continue
    return names
