"""A Chinese Windows by Wine: what it needs is installed (Debian, apt), and a fresh prefix is made in seconds.

No screen: everything that runs in it is a console program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from threading import Thread

from tests.windows import ucrt

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "windows"
PACKAGES = ("wine64", "locales", "gcc-mingw-w64-x86-64-win32")
USER = "张三"
CODE_PAGE = "gbk"
_LAST_WORDS = 2.0  # seconds in which what was printed last comes through the pipe
_WINE_PLACES = (Path("/usr/lib/wine/wine64"), Path("/usr/bin/wine64"))


class WineError(RuntimeError):
    """Wine, or what it needs, could not be set up."""


@dataclass(frozen=True)
class Done:
    """How a program ended: exit status, all that it printed, seconds."""

    status: int
    text: str
    seconds: float


@dataclass(frozen=True)
class Windows:
    """One prefix. `home`: the user's folder in it, as this system sees it."""

    prefix: Path
    program: Path
    environ: Mapping[str, str] = field(repr=False)

    @property
    def home(self) -> Path:
        return self.prefix / "drive_c" / "users" / USER

    def path(self, here: Path) -> str:
        """A path as Windows spells it: on C: within the prefix, on Z: elsewhere."""
        drive = self.prefix / "drive_c"
        inside = here.is_relative_to(drive)
        return str(PureWindowsPath("C:/" if inside else "Z:/", *here.relative_to(drive if inside else "/").parts))

    def run(self, *command: str, typed: str = "", more: Mapping[str, str] | None = None, folder: Path | None = None,
            timeout: float = 240) -> Done:
        """Run a program with `typed` at its keyboard. Every stream is a pipe: Wine cannot hand a file to Python as its output.

        The program's end counts, not that of the pipe: Wine's server, where this program has begun it, holds that open.
        """
        begun, said = time.monotonic(), bytearray()
        running = subprocess.Popen([self.program, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   env={**self.environ, **(more or {})}, cwd=folder or self.home)
        assert running.stdin is not None and running.stdout is not None
        reader = Thread(target=_read, args=(running.stdout.fileno(), said), daemon=True)
        reader.start()
        with suppress(BrokenPipeError):
            running.stdin.write(f"{typed}\n\n".encode(CODE_PAGE))
            running.stdin.close()
        try:
            status = running.wait(timeout)
        except subprocess.TimeoutExpired:
            running.kill()
            return Done(-1, f"{legible(bytes(said))}\n（{timeout:.0f}秒没有结束）", time.monotonic() - begun)
        reader.join(_LAST_WORDS)
        return Done(status, legible(bytes(said)), time.monotonic() - begun)

    def stop(self) -> None:
        """End what still runs in this prefix, and nothing else."""
        subprocess.run([self.program.with_name("wineserver64"), "-k"], env=dict(self.environ), check=False)


def _read(stream: int, said: bytearray) -> None:
    """Everything that comes, into `said`."""
    while piece := os.read(stream, 1 << 16):
        said += piece


def legible(output: bytes) -> str:
    """Lines of UTF-8 and of GBK: cmd.exe writes one, Python the other."""
    return "\n".join(_decoded(line) for line in output.replace(b"\r\n", b"\n").split(b"\n"))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(CODE_PAGE, "replace")


def ready() -> Path:
    """Install what is lacking; returns wine64. WineError where that cannot be had."""
    wine = next((path for path in _WINE_PLACES if path.exists()), None)
    if wine is None or not shutil.which("x86_64-w64-mingw32-gcc") or not Path("/usr/share/i18n/locales/zh_CN").exists():
        root = [] if os.geteuid() == 0 else ["sudo"]
        waiting = ["-o", "DPkg::Lock::Timeout=300", "-qq"]
        for command in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
            subprocess.run([*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *waiting, *command], check=True, stdout=subprocess.DEVNULL)
        wine = next((path for path in _WINE_PLACES if path.exists()), None)
    if wine is None:
        raise WineError(f"apt-get installed no {_WINE_PLACES[0]}")
    return wine


def fresh(prefix: Path) -> Windows:
    """A new Windows 10 whose user, language and code page are Chinese."""
    wine = ready()
    locales, unix_home = CACHE / "locale", prefix.with_name(f"{prefix.name}-home")
    if not (locales / "zh_CN.UTF-8").exists():
        locales.mkdir(parents=True, exist_ok=True)
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locales / "zh_CN.UTF-8"], check=True)
    shutil.rmtree(prefix, ignore_errors=True)
    unix_home.mkdir(parents=True, exist_ok=True)
    environ = {"PATH": os.environ["PATH"], "HOME": str(unix_home), "USER": USER, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all",
               "LC_ALL": "zh_CN.UTF-8", "LOCPATH": str(locales), "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=;ucrtbase=n,b"}
    made = Windows(prefix, wine, environ)
    for command in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
        if (done := made.run(*command, timeout=120, folder=unix_home)).status:
            raise WineError(f"{command}: {done.text}")
    put_in_libraries(prefix)
    for name in ("Desktop", "Documents"):  # Wine links them to the home folder of this system
        (made.home / name).unlink(missing_ok=True)
        (made.home / name).mkdir()
    return made


def put_in_libraries(prefix: Path) -> None:
    """What Wine 8 lacks: the complex functions that numpy asks for, the random numbers that Rust asks for."""
    (wine,) = Path("/usr/lib").glob("*/wine/x86_64-windows/ucrtbase.dll")
    ucrt.put_in(prefix, wine.parent)
    target = prefix / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-s", "-shared", "-o", target, HERE / "bcryptprimitives.c", "-ladvapi32"], check=True)
