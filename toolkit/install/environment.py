"""First half of installing, run by the Python that was found, before anything of the toolkit is there.

The standard library only, and this one file: a bundle carries a copy of it. It makes the toolkit's own Python environment in
the user's folder, fills it from the bundle's wheels without a network, and hands over to `settle` in that environment.
What was installed before keeps its place until the new one is whole, and comes back where that does not pass its check-up.
`--probe` only says whether this Python will do, and why not.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

NAME = "skill-master-toolkit"
ENVIRONMENT, NEW, OLD = "env", "env-new", "env-old"
"""The installation; the next one while it is made; the last one until the new one has passed."""
FACTS = "bundle.json"
WHEELS = "wheels"
LOG = "install.log"
WINDOWS = os.name == "nt"
BROKEN = 3
"""How the second half ends where the installed program itself is not sound."""
LONGEST_PATH = 259
"""Characters of a path that every Windows takes. Source: learn.microsoft.com, Maximum Path Length Limitation."""
_PATIENCE = 20  # half seconds: an antivirus program reads fresh files, and Windows moves no folder meanwhile


class CannotInstall(Exception):
    """One Chinese sentence of what stands in the way and one beginning 请."""


def main(arguments: list[str]) -> int:
    """Exit status 0: installed, or this Python will do; 1: not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pythonw has none
            stream.reconfigure(errors="replace")
    bundle = Path(__file__).resolve().parent.parent
    try:
        facts = json.loads((bundle / "installer" / FACTS).read_text("utf-8"))
        reason = unfit(facts["python"]) or too_deep(bundle)
        if "--probe" in arguments:
            print(reason)
            return 1 if reason else 0
        if reason:
            raise CannotInstall(reason)
        return settled(bundle, base_folder(os.environ))
    except CannotInstall as stop:
        print(f"没有装成。{stop}", file=sys.stderr)
    except OSError as error:
        print(f"没有装成。“{error.filename or bundle}”读不出来或写不进去（{error.strerror}）。请看看磁盘是否已满，重新解压再试。", file=sys.stderr)
    return 1


def unfit(versions: list[str]) -> str:
    """Why this Python cannot be used; "" when it can. versions: those the bundle has wheels for, as ["3.11", "3.12"]."""
    here = "{}.{}".format(*sys.version_info[:2])
    if here not in versions:
        return f"这个 Python 是 {here} 版，安装包带的是 {'、'.join(versions)} 版用的程序。请安装其中一版再试。"
    if sys.maxsize < 2**32:
        return "这个 Python 是32位的。请安装64位的 Python 再试；32位的 Excel 不用换。"
    if "WindowsApps" in Path(sys.base_prefix).parts:
        return "这个 Python 来自微软应用商店，装进去的程序别的软件找不到。请用 python.org 的安装程序另装一个再试。"
    if not embedded() and importlib.util.find_spec("venv") is None:
        return "这个 Python 缺少自带的 venv，建不了运行环境。请把它装完整（Debian 系统装 python3-venv），或另装一个再试。"
    return ""


def too_deep(bundle: Path, windows: bool = WINDOWS) -> str:
    """Why the bundle cannot be read where it was unpacked; "" when it can."""
    longest = max((len(str(path)) for path in bundle.rglob("*")), default=0)
    if windows and longest > LONGEST_PATH:
        return f"解压的位置太深，有的文件路径长{longest}个字，Windows 只认{LONGEST_PATH}个字。请把解压出来的文件夹移到 D 盘这样浅的位置再试。"
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


def settled(bundle: Path, base: Path) -> int:
    """Make the new installation beside the old one, exchange them, let the new one check itself and lay out the desk.

    Returns the second half's exit status. CannotInstall says whether the old one is still there.
    """
    put_back_broken_off(base)
    there = (base / ENVIRONMENT).exists()
    try:
        if there:
            check_unused(base)
        built(bundle, base)
        move(base / NEW, base / ENVIRONMENT, spare=(old := unused(base, OLD)))
    except (CannotInstall, OSError) as stop:
        shutil.rmtree(base / NEW, ignore_errors=True)
        said = str(stop) if isinstance(stop, CannotInstall) else f"“{stop.filename}”写不进去（{stop.strerror}）。请看看磁盘是否已满再试。"
        raise CannotInstall(f"{said}{'原来装的没有动，可以照常使用。' if there else ''}") from None
    status = subprocess.run([python_of(base / ENVIRONMENT), "-I", "-m", "toolkit.install.layout_desk", bundle], check=False).returncode
    if status not in (0, 1) and old.exists():
        move(old, base / ENVIRONMENT, spare=unused(base, NEW))
        shutil.rmtree(base / NEW, ignore_errors=True)
        raise CannotInstall("新版没有通过体检，已经换回原来的版本，可以照常使用。请把上面几行发给维护人员。")
    shutil.rmtree(old, ignore_errors=True)
    return status


def put_back_broken_off(base: Path) -> None:
    """Where the computer went off between the two renames of an exchange, the old installation gets its place again."""
    kept = sorted(base.glob(f"{OLD}*"))
    if kept and not (base / ENVIRONMENT).exists():
        os.rename(kept.pop(), base / ENVIRONMENT)
    for folder in (*kept, *base.glob(f"{NEW}*")):
        shutil.rmtree(folder, ignore_errors=True)


def unused(base: Path, name: str) -> Path:
    """A path that nothing has: what could not be removed last time keeps its own."""
    number, path = 1, base / name
    while path.exists():
        number += 1
        path = base / f"{name}-{number}"
    return path


def check_unused(base: Path) -> None:
    """Whether Windows would let the installation be moved: asked before minutes are spent on the new one."""
    aside = unused(base, OLD)
    renamed(base / ENVIRONMENT, aside)
    renamed(aside, base / ENVIRONMENT)


def move(source: Path, target: Path, spare: Path) -> None:
    """Put `source` in the place of `target`, which goes to `spare`; nothing has changed where that is refused."""
    if target.exists():
        renamed(target, spare)
    try:
        renamed(source, target)
    except CannotInstall:
        if spare.exists():
            renamed(spare, target)
        raise


def renamed(source: Path, target: Path) -> None:
    """Rename a folder, with patience. CannotInstall where a file within stays open."""
    for _ in range(_PATIENCE):
        try:
            return os.rename(source, target)
        except PermissionError:
            time.sleep(0.5)
    raise CannotInstall("上次安装的程序正在使用，换不掉。请关闭 Excel 和工具箱的窗口再试；仍不行，重新启动电脑再试。")


def built(bundle: Path, base: Path) -> Path:
    """Make a fresh environment beside the one in use and install the bundle's wheels; returns its folder."""
    print(f"一、在“{base}”建立运行环境……", flush=True)
    environment = base / NEW
    clear(environment)
    python = unpacked(environment) if embedded() else created(environment)
    print("二、安装程序，请稍候（杀毒软件检查文件时要几分钟）……", flush=True)
    log = base / LOG
    done = subprocess.run(pip_command(python, bundle / WHEELS), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    log.write_bytes(done.stdout)
    if done.returncode:
        raise CannotInstall(f"程序没有装全，多半是安装包没有解压完整，或文件被杀毒软件拦下。请重新解压再试；仍不行，请把“{log}”发给维护人员。")
    return environment


def clear(environment: Path) -> None:
    """What an installation that was broken off left goes, so that nothing old stays between the new files."""
    try:
        if environment.exists():
            shutil.rmtree(environment)
    except OSError:
        raise CannotInstall(f"上次没有装完的“{environment}”删不掉，多半是杀毒软件正在检查。请过几分钟再试；仍不行，重新启动电脑再试。") from None


def embedded() -> bool:
    """Whether this is an embeddable Python, which knows no venv."""
    return any(Path(sys.executable).parent.glob("python3*._pth"))


def unpacked(environment: Path) -> Path:
    """A copy of the embeddable Python this is, told to look for installed packages."""
    shutil.copytree(Path(sys.executable).parent, environment, ignore=shutil.ignore_patterns("python-3*-amd64.*", "__pycache__"))
    for paths in environment.glob("python3*._pth"):
        lines = [line for line in paths.read_text("ascii").splitlines() if line.strip() not in ("#import site", "import site")]
        paths.write_text("\n".join([*lines, "Lib\\site-packages", "import site", ""]), "ascii")
    return environment / Path(sys.executable).name


def created(environment: Path) -> Path:
    """A virtual environment without pip: the bundle brings its own."""
    import venv  # an embeddable Python has none

    try:
        venv.create(environment, symlinks=not WINDOWS)
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotInstall(f"运行环境没有建成（{error}）。请看看磁盘是否已满，把文件夹加入杀毒软件的信任区后再试。") from None
    return python_of(environment)


def python_of(environment: Path) -> Path:
    """The Python of an environment of either kind."""
    places = [environment / "python.exe", environment / "Scripts" / "python.exe", environment / "bin" / "python"]
    return next((path for path in places if path.exists()), places[-1])


def pip_command(python: Path, wheels: Path) -> list[str]:
    """Install from the folder alone: no index, no settings of this computer, nothing that lies in the current folder (-I)."""
    pip = max(wheels.glob("pip-*.whl"), default=None)
    if pip is None:
        raise CannotInstall("安装包里少了文件。请把压缩包重新解压再试。")
    return [str(python), "-I", str(pip / "pip"), "--isolated", "--disable-pip-version-check", "install", "--no-index", "--find-links",
            str(wheels), "--no-warn-script-location", "--no-cache-dir", NAME]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
