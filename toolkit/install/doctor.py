"""Is this computer ready: Python, packages, Excel, templates, macros, settings, write access. Says in Chinese what to do."""

from __future__ import annotations

import importlib.metadata
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import LEDGER
from toolkit.install import installed_files, layout_desk, module_loading, office
from toolkit.install.environment import WINDOWS, ascii_spelling
from toolkit.install.health_lines import AGAIN, HealthLine, line_of_text
from toolkit.install.installed_files import distribution_of, required
from toolkit.install.module_loading import Loaded
from toolkit.install.template_health import document_fonts, templates
from toolkit.jobs.crash_log import log_folder
from toolkit.regulation import FILES

OLDEST_PYTHON = (3, 11)
DISTRIBUTION = "skill-master-toolkit"
MODULES = {"XlsxWriter": ("xlsxwriter",), "python-calamine": ("python_calamine",), "msoffcrypto-tool": ("msoffcrypto",),
           "lxml": ("lxml.etree",), "pywin32": ("win32api", "pythoncom", "win32com.client")}
"""Distributions that are loaded by another name than their own, or by their compiled part."""
ON_WINDOWS = ("pywin32",)
def tell(where: Path) -> int:
    """The whole check-up printed; exit status 1 where something is to be dealt with. Needs no package but Python's own."""
    sound = True
    for line in doctor(where):
        sound &= line.sound
        print(line_of_text(line), flush=True)
    return 0 if sound else 1


def doctor(where: Path) -> Iterator[HealthLine]:
    """Look at everything the toolkit needs; `where` is the folder people work in. What cannot even be looked at is told too."""
    yield from program()
    yield from surroundings(where)


def program() -> Iterator[HealthLine]:
    """What was installed: it must be sound on every computer."""
    yield from looked_at("Python", lambda: [python()])
    yield from looked_at("程序包", packages)
    yield from looked_at("程序文件", lambda: [program_files()])
    yield from looked_at("模板", templates)


def surroundings(where: Path) -> Iterator[HealthLine]:
    """The computer and the folder people work in."""
    yield from looked_at("公文字体", lambda: [document_fonts()])
    yield from looked_at("表格软件", _program)
    yield from looked_at("工作文件夹", lambda: [writable("工作文件夹", where)])
    yield from looked_at("日志文件夹", lambda: [writable("日志文件夹", log_folder())])
    yield from looked_at("操作日志", lambda: ledger_logs(where))
    yield from looked_at("工作文件夹里的文件", lambda: _folder(where))


def looked_at(subject: str, look: Callable[[], Iterable[HealthLine]]) -> Iterator[HealthLine]:
    """The lines of one look; where it breaks off, a line says so and the others go on. Some libraries raise what is no Exception."""
    try:
        yield from look()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        why = f"没有查成（{type(error).__name__}：{error}）。{AGAIN}；仍是这样的，请把这一行发给维护人员"
        yield HealthLine(subject, False, str(error) if isinstance(error, UserError) else why)


def _program() -> Iterator[HealthLine]:
    found = office.find()
    yield spreadsheet(found)
    if WINDOWS:
        yield settings(layout_desk.config_file(), Path(sys.executable), needed=found.kind == office.EXCEL)
        yield user_names(os.environ, needed=found.kind == office.EXCEL)


def _folder(where: Path) -> Iterator[HealthLine]:
    if office.in_cloud(where, dict(os.environ)):
        yield HealthLine("OneDrive", False, f"“{where}”在 OneDrive 里，按钮可能找不到文件。请移到本机的其他文件夹，或设为“始终保留在此设备上”")
    if blocked := [path.name for path in sorted(where.glob("*.xls?")) if layout_desk.marked(path)]:
        yield HealthLine("来自网络的文件", False, f"{'、'.join(blocked)}的宏会被阻止。请右键点文件，选“属性”，勾“解除锁定”")


def python(version: tuple[int, ...] = sys.version_info[:3], widest: int = sys.maxsize) -> HealthLine:
    """The Python this runs on. version: its parts; widest: the largest index, which tells 32 from 64 bits."""
    bits, shown = 64 if widest > 2**32 else 32, ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return HealthLine("Python", False, f"{shown}，太旧。请安装 {'.'.join(map(str, OLDEST_PYTHON))} 或更新的版本")
    if bits == 32 and WINDOWS:
        return HealthLine("Python", False, f"{shown}，是32位的。请安装64位的；32位的 Excel 不用换")
    return HealthLine("Python", True, f"{shown}（{bits}位）")


def packages() -> Iterator[HealthLine]:
    """Every package that the installed toolkit says it needs, really loaded."""
    try:
        needed = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        yield HealthLine("程序包", False, f"没有按程序包安装，不知道要用哪些。{AGAIN}，或在程序的文件夹里运行 pip install .")
        return
    names = [*map(distribution_of, required(needed)), *(ON_WINDOWS if WINDOWS else ())]
    loaded = module_loading.load(module for name in names for module in modules(name))
    for name in names:
        yield package(name, loaded)


def modules(distribution: str) -> tuple[str, ...]:
    """What is loaded to know that a package works."""
    return MODULES.get(distribution, (distribution.replace("-", "_"),))


def package(distribution: str, loaded: Mapping[str, Loaded] | None = None) -> HealthLine:
    """One package: whether it is there, and can be loaded. loaded: how its modules took it; None: they are tried now."""
    subject, names = f"程序包 {distribution}", modules(distribution)
    loaded = module_loading.load(names) if loaded is None else loaded
    name, bad = next(((name, loaded[name]) for name in names if loaded[name].how), ("", Loaded()))
    if not bad.how:
        return HealthLine(subject, True, importlib.metadata.version(distribution))
    if bad.how == module_loading.MISSING and bad.said == name.partition(".")[0]:
        return HealthLine(subject, False, f"没有安装。{AGAIN}，或运行 pip install {distribution}")
    if bad.how == module_loading.MISSING and bad.said == name:
        return HealthLine(subject, False, f"装了，但不完整，少了 {bad.said}。{AGAIN}，或运行 pip install --force-reinstall {distribution}")
    if bad.how == module_loading.MISSING:
        return HealthLine(subject, False, f"装了，但缺少它要用的 {bad.said}。{AGAIN}，或运行 pip install {bad.said}")
    why = f"一载入程序就中断（{bad.said}）" if bad.how == module_loading.ENDED else f"载入不了（{bad.said}）"
    return HealthLine(subject, False, f"装了，但{why}。{AGAIN}，或运行 pip install --force-reinstall {distribution}")


def program_files() -> HealthLine:
    """Whether every file that the toolkit and its packages brought along is still there."""
    lacking = installed_files.lacking([DISTRIBUTION, *(ON_WINDOWS if WINDOWS else ())])
    if not lacking:
        return HealthLine("程序文件", True, "齐备")
    shown = f"{'、'.join(lacking[:3])}{f' 等{len(lacking)}个' if len(lacking) > 3 else ''}"
    return HealthLine("程序文件", False, f"少了 {shown}，可能被杀毒软件拿走了。请把程序的文件夹加入信任区，再重新安装本工具")


def spreadsheet(found: office.Office) -> HealthLine:
    """Excel or what stands in for it. Its absence is no fault: every task has its command and its icon."""
    return HealthLine("表格软件", True, office.sentence(found))


def user_names(environ: Mapping[str, str], needed: bool) -> HealthLine:
    """Whether Excel's macros can spell the user's folders. needed: there is an Excel; the icons do without."""
    said = office.unspelled(environ)
    return HealthLine("用户名", not (said and needed), said or "宏读得出用户文件夹的路径")


def settings(config: Path, executable: Path, needed: bool) -> HealthLine:
    """Whether Excel's buttons find this Python. needed: there is an Excel."""
    subject, named = "Excel 按钮的设置", ""
    if config.is_file():
        named = layout_desk.interpreter(config.read_bytes())
    if not named:
        return HealthLine(subject, not needed, f"“{config}”里没有登记 Python。{AGAIN}" if needed else "没有 Excel，不用登记")
    if not Path(named).is_file():
        return HealthLine(subject, False, f"登记的 Python“{named}”不在了。{AGAIN}")
    if not os.path.samefile(named, executable):
        return HealthLine(subject, False, f"登记的是另一个 Python“{named}”，不是现在这个“{executable}”。{AGAIN}")
    if not ascii_spelling(Path(named)):
        return HealthLine(subject, False, f"登记的路径“{named}”里有中文，有的电脑读不了。{AGAIN}")
    return HealthLine(subject, True, named)


def ledger_logs(where: Path) -> Iterator[HealthLine]:
    """Whether the 操作日志 of the ledgers in a folder is whole, by its chain and by the codes that 归档 keeps."""
    from toolkit.jobs.outcome import log_findings
    from toolkit.pages import register
    from toolkit.regulation import load

    for path in sorted(where.glob(f"*{LEDGER.name}*.xls[xm]")):
        if path.name.startswith(("~", ".")):
            continue
        try:
            found = log_findings(path, register.log_rows(register.load(path, load(FILES[-1]))))
        except (UserError, OSError) as error:
            yield HealthLine(path.name, False, str(error))
            continue
        said = "".join(each.message for each in found[:2])
        yield HealthLine(f"{path.name}的操作日志", not found, said or "完整")


def writable(subject: str, where: Path) -> HealthLine:
    """Whether files can be written in a folder, which is made if need be."""
    try:
        where.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=where):
            return HealthLine(subject, True, str(where))
    except OSError:
        return HealthLine(subject, False, f"不能在“{where}”里写文件。请取消只读，或换一个文件夹")
