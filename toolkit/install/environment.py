"""First half of installing, run by the Python that was found, before anything of the toolkit is there.

The standard library only, and this one file: a bundle carries a copy of it. It makes the toolkit's own Python environment in
the user's folder, fills it from the bundle's wheels without a network, and hands over to `settle` in that environment.
`--probe` only says by its exit status whether this Python will do.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

NAME = "skill-master-toolkit"
ENVIRONMENT = "env"
FACTS = "bundle.json"
WHEELS = "wheels"
LOG = "install.log"
WINDOWS = os.name == "nt"


class CannotInstall(Exception):
    """One Chinese sentence of what stands in the way and one beginning 请."""


def main(arguments: list[str]) -> int:
    """Exit status 0: installed, or this Python will do; 1: not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pythonw has none
            stream.reconfigure(errors="replace")
    bundle = Path(__file__).resolve().parent.parent
    facts = json.loads((bundle / "installer" / FACTS).read_text("utf-8"))
    reason = unfit(facts["python"])
    if "--probe" in arguments:
        return 1 if reason else 0
    try:
        if reason:
            raise CannotInstall(reason)
        python = install(bundle, base_folder(os.environ))
    except CannotInstall as stop:
        print(f"没有装成。{stop}", file=sys.stderr)
        return 1
    return subprocess.run([python, "-I", "-m", "toolkit.install.layout_desk", bundle], check=False).returncode


def unfit(versions: list[str]) -> str:
    """Why this Python cannot be used; "" when it can. versions: those the bundle has wheels for, as ["3.11", "3.12"]."""
    here = "{}.{}".format(*sys.version_info[:2])
    if here not in versions:
        return f"这个 Python 是 {here} 版，安装包带的是 {'、'.join(versions)} 版用的程序。请安装其中一版再试。"
    if sys.maxsize < 2**32:
        return "这个 Python 是32位的。请安装64位的 Python 再试；32位的 Excel 不用换。"
    if "WindowsApps" in Path(sys.base_prefix).parts:
        return "这个 Python 来自微软应用商店，装进去的程序别的软件找不到。请用 python.org 的安装程序另装一个再试。"
    return ""


def base_folder(environ: os._Environ | dict[str, str]) -> Path:
    """The folder everything goes into, made if need be: the user's own, or on Windows the public one where the user's
    has no ASCII spelling (Excel's macro reads the path in the computer's old code page, and so must not meet other letters)."""
    if not WINDOWS:
        base = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / NAME
        base.mkdir(parents=True, exist_ok=True)
        return base
    for variable in ("LOCALAPPDATA", "PUBLIC"):
        if not environ.get(variable):
            continue
        base = Path(environ[variable]) / NAME
        base.mkdir(parents=True, exist_ok=True)
        if ascii_spelling(base):
            return base
    raise CannotInstall("当前用户的文件夹和公用文件夹的路径里都有中文。请换一个用户登录再装，或请信息科协助。")


def ascii_spelling(path: Path, short: Callable[[Path], str] | None = None) -> str:
    """The path in ASCII: as it is, or by its 8.3 names; "" where it has no such spelling (8.3 names may be switched off,
    and a short Chinese name is its own 8.3 name). short: path → 8.3 path, Windows' own by default."""
    if (text := str(path)).isascii():
        return text
    text = (short or short_path)(path)
    return text if text.isascii() else ""


def short_path(path: Path) -> str:
    """Windows' 8.3 spelling of an existing path; the path itself elsewhere."""
    if sys.platform != "win32":
        return str(path)
    import ctypes

    room = ctypes.create_unicode_buffer(32768)
    return room.value if ctypes.windll.kernel32.GetShortPathNameW(str(path), room, len(room)) else str(path)


def install(bundle: Path, base: Path) -> Path:
    """Make a fresh environment in `base` and install the bundle's wheels; returns its Python."""
    print(f"一、在“{base}”建立运行环境……", flush=True)
    environment = base / ENVIRONMENT
    clear(environment)
    python = unpacked(environment) if embedded() else created(environment)
    print("二、安装程序，请稍候（杀毒软件检查文件时要几分钟）……", flush=True)
    log = base / LOG
    done = subprocess.run(pip_command(python, bundle / WHEELS), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    log.write_bytes(done.stdout)
    if done.returncode:
        raise CannotInstall(f"程序没有装全，多半是安装包没有解压完整，或文件被杀毒软件拦下。请重新解压再试；仍不行，请把“{log}”发给维护人员。")
    return python


def clear(environment: Path) -> None:
    """Take an earlier installation away, so that nothing old stays between the new files."""
    try:
        if environment.exists():
            shutil.rmtree(environment)
    except OSError:
        raise CannotInstall("上次安装的程序正在使用，换不掉。请关闭 Excel 和工具箱的窗口再试；仍不行，重新启动电脑再试。") from None


def embedded() -> bool:
    """Whether this is an embeddable Python, which knows no venv."""
    return any(Path(sys.executable).parent.glob("python3*._pth"))


def unpacked(environment: Path) -> Path:
    """A copy of the embeddable Python this is, told to look for installed packages."""
    shutil.copytree(Path(sys.executable).parent, environment)
    for paths in environment.glob("python3*._pth"):
        lines = [line for line in paths.read_text("ascii").splitlines() if line.strip() not in ("#import site", "import site")]
        paths.write_text("\n".join([*lines, "Lib\\site-packages", "import site", ""]), "ascii")
    return environment / Path(sys.executable).name


def created(environment: Path) -> Path:
    """A virtual environment without pip: the bundle brings its own."""
    try:
        venv.create(environment, symlinks=not WINDOWS)
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotInstall(f"运行环境没有建成（{error}）。请看看磁盘是否已满，把文件夹加入杀毒软件的信任区后再试。") from None
    return environment / ("Scripts/python.exe" if WINDOWS else "bin/python")


def pip_command(python: Path, wheels: Path) -> list[str]:
    """Install from the folder alone: no index, no settings of this computer, nothing that lies in the current folder (-I)."""
    pip = max(wheels.glob("pip-*.whl"), default=None)
    if pip is None:
        raise CannotInstall("安装包里少了文件。请把压缩包重新解压再试。")
    return [str(python), "-I", str(pip / "pip"), "--isolated", "--disable-pip-version-check", "install", "--no-index", "--find-links",
            str(wheels), "--no-warn-script-location", "--no-cache-dir", NAME]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
