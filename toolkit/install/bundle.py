"""`bundle`: one zip for a computer without internet: wheels, workbooks, Word templates, scripts to double-click, instructions.

The same wheels give the same bytes. The network is needed here at most, never on the clerk's computer.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from toolkit import resources
from toolkit.errors import UserError
from toolkit.install import environment
from toolkit.install.environment import FACTS, NAME, WHEELS
from toolkit.install.icon_task import TASKS
from toolkit.install.layout_desk import DOCUMENTS, SCRIPTS, WORKBOOKS

PLATFORMS = ("win_amd64", "linux_x86_64")
PYTHONS = ("3.11", "3.12")
TITLE = "技能大师工作室工具箱"
LIST = "清单.txt"
_OLDEST = (1980, 1, 1, 0, 0, 0)
_TEMPLATES = {WORKBOOKS: ("workbook_templates", ".xls"), DOCUMENTS: ("docx_templates", ".doc")}


@dataclass(frozen=True)
class BundleOrder:
    """What to bundle. pythons: versions such as "3.11"; wheels: a folder to take wheels from instead of the index;
    embed: an embeddable Python for Windows, as it was downloaded."""

    platform: str
    out: Path
    pythons: tuple[str, ...] = PYTHONS
    wheels: Path | None = None
    embed: Path | None = None


def bundle(order: BundleOrder) -> Path:
    """Write the zip into the folder `order.out`; returns its path. UserError where something it needs cannot be had."""
    checked(order)
    name = f"{TITLE}_{version(NAME)}_{order.platform}"
    with tempfile.TemporaryDirectory() as gathered:
        wheels = gather(order, Path(gathered))
        parts = {**fixed_parts(order), **{f"{WHEELS}/{path.name}": path.read_bytes() for path in wheels}}
    parts[LIST] = listed(parts)
    order.out.mkdir(parents=True, exist_ok=True)
    path = order.out / f"{name}.zip"
    pack(path, {f"{name}/{part}": content for part, content in parts.items()})
    return path


def checked(order: BundleOrder) -> None:
    """UserError for a platform, version or file that cannot be."""
    if order.platform not in PLATFORMS:
        raise UserError(f"没有“{order.platform}”这种平台的安装包。请从这些里选：{'、'.join(PLATFORMS)}。")
    for python in order.pythons:
        if not re.fullmatch(r"3\.\d+", python):
            raise UserError(f"“{python}”不是 Python 的版本号。请写成 3.11 这样。")
    if order.wheels is not None and not order.wheels.is_dir():
        raise UserError(f"找不到文件夹“{order.wheels}”。请核对存放 wheel 文件的文件夹。")
    if order.embed is not None and order.platform != "win_amd64":
        raise UserError("离线 Python 只用于 Windows。请去掉 --python-embed。")


def gather(order: BundleOrder, folder: Path) -> list[Path]:
    """Every wheel of the bundle, for all its Python versions."""
    from toolkit.install import wheels

    wheel = wheels.own_wheel(Path(__file__).resolve().parents[2], folder, order.wheels)
    for python in order.pythons:
        wheels.gather(wheel, wheels.Target(order.platform, python), folder, order.wheels)
    return sorted(folder.glob("*.whl"))


def fixed_parts(order: BundleOrder) -> dict[str, bytes]:
    """Everything but the wheels: path in the bundle → content."""
    facts = {"version": version(NAME), "platform": order.platform, "python": order.pythons}
    parts = {f"installer/{FACTS}": json.dumps(facts, ensure_ascii=False, indent=1).encode(),
             "installer/environment.py": Path(environment.__file__).read_bytes()}
    for folder, (source, suffix) in _TEMPLATES.items():
        for path in resources.folder(source).iterdir():
            if path.suffix.startswith(suffix) and not path.name.startswith("~$"):
                parts[f"{folder}/{path.name}"] = path.read_bytes()
    windows = order.platform == "win_amd64"
    parts |= windows_scripts(order.pythons) if windows else {"安装.sh": script("install.sh", order.pythons).encode()}
    if windows:
        parts["使用说明.txt"] = dos(script("guide.txt", order.pythons), "utf-8-sig")
    if order.embed is not None:
        parts |= embedded_python(order.embed, order.pythons)
    return parts


def windows_scripts(pythons: tuple[str, ...]) -> dict[str, bytes]:
    """安装.cmd, a script for each task and one for the manual's commands, in the code page of a Chinese Windows."""
    parts = {"安装.cmd": dos(script("install.cmd", pythons), "gbk"),
             f"{SCRIPTS}/命令行.cmd": dos(script("prompt.cmd", pythons), "gbk")}
    for task, (title, _) in TASKS.items():
        text = script("task.cmd", pythons, {"标题": title, "任务": task})
        parts[f"{SCRIPTS}/{title}.cmd"] = dos(text, "gbk")
    return parts


def script(name: str, pythons: tuple[str, ...], more: Mapping[str, str] | None = None) -> str:
    """One of the shipped texts with its @words@ filled in, the newest Python first."""
    newest = sorted(pythons, key=lambda python: int(python.partition(".")[2]), reverse=True)
    words = {"版本": " 或 ".join(newest), "版本号": " ".join(newest), "短版本号": " ".join(each.replace(".", "") for each in newest),
             "命令": " ".join(f"python{each}" for each in newest), "工具版本": version(NAME), **(more or {})}
    text = files("toolkit.install").joinpath("scripts", name).read_text("utf-8")
    return re.sub(r"@(\w+)@", lambda found: words[found[1]], text)


def dos(text: str, encoding: str) -> bytes:
    """Lines ended as Windows wants them; characters the code page lacks are refused."""
    return text.replace("\n", "\r\n").encode(encoding)


def embedded_python(embed: Path, pythons: tuple[str, ...]) -> dict[str, bytes]:
    """The files of an embeddable Python, unpacked, so that nothing needs unpacking at the clerk's. UserError where it is something else."""
    try:
        with zipfile.ZipFile(embed) as archive:
            parts = {f"python/{name}": archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (OSError, zipfile.BadZipFile):
        raise UserError(f"“{embed}”读不出来，不是完好的压缩包。请重新下载 Windows embeddable package。") from None
    fitting = {f"python/python{python.replace('.', '')}._pth" for python in pythons}
    if "python/python.exe" not in parts or not fitting & parts.keys():
        raise UserError(f"“{embed.name}”不是 {'、'.join(pythons)} 版的 Windows embeddable package。请从 python.org 下载其中一版（64位）。")
    return parts


def listed(parts: Mapping[str, bytes]) -> bytes:
    """SHA-256 of every part, a line each, as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items())).encode("utf-8")


def pack(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a zip that depends on nothing but the parts: sorted, undated, stored (wheels and workbooks are compressed already)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.create_system = 3
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            archive.writestr(entry, content)


def summary(path: Path) -> Iterator[str]:
    """What was written, for the terminal."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    wheels = sum(name.endswith(".whl") for name in names)
    yield f"已生成 {path}（{path.stat().st_size / 1e6:.0f}MB，程序包{wheels}个）"
    yield f"校验码 SHA256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
