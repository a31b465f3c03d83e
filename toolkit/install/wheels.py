"""The wheels a computer needs, fetched by pip for a platform that is not this one, and proved to be complete.

pip judges the conditions of requirements (`pywin32; platform_system == "Windows"`) by the computer it runs on, even when it
downloads for another. So the wheels' own metadata is read here with the target's facts, and pip is asked for what they name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

# pip 一定在：下载就是用它。它自带的 packaging 省去一个只为打包而装的依赖。
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

from toolkit.errors import UserError

SOURCES = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
EPOCH = "315532800"  # 1980-01-01, the oldest date a zip can hold
PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "win_amd64": ("win_amd64",),
    "linux_x86_64": ("linux_x86_64", "manylinux1_x86_64", "manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64")}
_FACTS = {
    "win_amd64": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    "linux_x86_64": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}}


@dataclass(frozen=True)
class Target:
    """A platform (a key of PLATFORMS) and a Python version such as "3.11"."""

    platform: str
    python: str

    @property
    def facts(self) -> dict[str, str]:
        """What the conditions of requirements ask about."""
        return {**_FACTS[self.platform], "python_version": self.python, "python_full_version": f"{self.python}.0",
                "implementation_name": "cpython", "implementation_version": f"{self.python}.0",
                "platform_python_implementation": "CPython", "platform_release": "", "platform_version": ""}

    @property
    def options(self) -> list[str]:
        platforms = [f"--platform={name}" for name in PLATFORMS[self.platform]]
        return ["--only-binary=:all:", *platforms, f"--python-version={self.python}", "--implementation=cp"]


@dataclass(frozen=True)
class Wheel:
    """What a wheel says of itself."""

    path: Path
    name: str
    version: str
    requires: tuple[Requirement, ...]


def read(path: Path) -> Wheel:
    """Read a wheel's METADATA."""
    with zipfile.ZipFile(path) as archive:
        inside = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(archive.read(inside).decode("utf-8"))
    return Wheel(path, canonicalize_name(said["Name"]), said["Version"], tuple(map(Requirement, said.get_all("Requires-Dist", ()))))


def complete(roots: Iterable[Requirement], wheels: Iterable[Wheel], target: Target) -> tuple[set[Path], set[str]]:
    """Follow requirements from `roots`; returns the wheels that are needed and the requirements that none of them meets."""
    by_name = {wheel.name: wheel for wheel in wheels}
    needed, missing, seen = set(), set(), set()
    waiting = list(roots)
    while waiting:
        requirement = waiting.pop()
        extras = requirement.extras or {""}
        wheel = by_name.get(canonicalize_name(requirement.name))
        if wheel is None or not requirement.specifier.contains(wheel.version, prereleases=True):
            missing.add(_plain(requirement))
            continue
        needed.add(wheel.path)
        if (wheel.name, *sorted(extras)) not in seen:
            seen.add((wheel.name, *sorted(extras)))
            waiting += [each for each in wheel.requires if applies(each, target, extras)]
    return needed, missing


def applies(requirement: Requirement, target: Target, extras: Iterable[str] = ("",)) -> bool:
    """Whether a requirement's condition holds on the target."""
    return requirement.marker is None or any(requirement.marker.evaluate({**target.facts, "extra": extra}) for extra in extras)


def _plain(requirement: Requirement) -> str:
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}{requirement.specifier}"


def gather(toolkit: Path, target: Target, out: Path, source: Path | None) -> None:
    """Put every wheel that the wheel `toolkit` needs on the target, and pip, into the folder `out`.

    source: a folder of wheels to take them from instead of the index. UserError names what cannot be had.
    """
    roots = [Requirement("pip"), *(each for each in read(toolkit).requires if applies(each, target))]
    missing, wanted = {_plain(requirement) for requirement in roots}, set[str]()
    with tempfile.TemporaryDirectory() as folder:
        fetched = Path(folder)
        while missing:
            if missing <= wanted:
                raise UserError(f"{target.platform} 的 Python {target.python} 缺少“{'、'.join(sorted(missing))}”。请核对各程序包的版本要求。")
            wanted |= missing
            names = set(map(_name, missing))
            for path in fetched.glob("*.whl"):
                if read(path).name in names:  # of another version than this requirement takes
                    path.unlink()
            download(sorted(each for each in wanted if _name(each) in names), target, fetched, source)
            needed, missing = complete(roots, map(read, fetched.glob("*.whl")), target)
        for path in needed:
            shutil.copyfile(path, out / path.name)


def _name(requirement: str) -> str:
    return canonicalize_name(Requirement(requirement).name)


def download(requirements: Sequence[str], target: Target, out: Path, source: Path | None) -> None:
    """`pip download` for the target, of these alone: what they need in turn pip would judge by the computer it runs on, and on
    Windows it would want pywin32 for Linux. UserError with pip's last line where something cannot be had."""
    done = _pip("download", "--no-deps", *target.options, "--dest", str(out), *origin(source), *requirements)
    if done.returncode:
        place = f"文件夹“{source}”里" if source else "软件源上"
        raise UserError(f"{place}没有备齐 {target.platform} 的 Python {target.python} 要用的程序包（{_last_line(done)}）。"
                        f"请{'补齐这些 wheel 文件' if source else '检查网络和 pip 的设置'}后再试。")


def origin(source: Path | None) -> list[str]:
    """pip's options for taking wheels from a folder alone."""
    return ["--no-index", "--find-links", str(source)] if source else []


def own_wheel(checkout: Path, out: Path, source: Path | None) -> Path:
    """Build the toolkit's own wheel into `out`, from a clean copy of the sources and with fixed dates, so that it is always the same.

    UserError where `checkout` holds no sources, or setuptools cannot be had.
    """
    if not (checkout / SOURCES[0]).is_file():
        raise UserError(f"“{checkout}”里没有工具的源码，做不了安装包。请在源码文件夹里运行。")
    with tempfile.TemporaryDirectory() as clean:
        for name in SOURCES:
            shutil.copyfile(checkout / name, Path(clean, name))
        for folder in ("toolkit", "workbook_templates", "docx_templates", "macros"):
            shutil.copytree(checkout / folder, Path(clean, folder), copy_function=_plain_copy,
                            ignore=shutil.ignore_patterns("__pycache__", "~$*", ".*"))
        done = _pip("wheel", "--no-deps", "--wheel-dir", str(out), *origin(source), clean)
    if done.returncode:
        raise UserError(f"工具自己的 wheel 没有做成（{_last_line(done)}）。请检查网络；离线制作时，请在 wheel 文件夹里放上 setuptools。")
    return next(out.glob("skill_master_toolkit-*.whl"))


def _plain_copy(source: str, target: str) -> None:
    """Content only: dates and permissions of a checkout differ from computer to computer."""
    shutil.copyfile(source, target)
    os.chmod(target, 0o644)


def _pip(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"],
                          env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, capture_output=True, encoding="utf-8", errors="replace", check=False)


def _last_line(done: subprocess.CompletedProcess) -> str:
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines() or [""]
    return lines[-1].removeprefix("ERROR:").strip()
