"""A clerk's computer: where things are on it, and what the clerk does to them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.windows.prefix import Done, Windows
from toolkit.install.layout_desk import DESK
from toolkit.sheets.disk import UNFINISHED

DEMO = "演示"
CRASHES = ("程序出了问题", "Traceback")


@dataclass(frozen=True)
class Computer:
    """windows: the prefix; bundle: the zip that was brought along."""

    windows: Windows
    bundle: Path

    @property
    def desktop(self) -> Path:
        return self.windows.home / "Desktop"

    @property
    def desk(self) -> Path:
        """Where the icons and the blank workbooks were laid out."""
        return self.windows.home / "Documents" / DESK

    @property
    def installed(self) -> Path:
        return self.windows.home / "AppData" / "Local" / "skill-master-toolkit"

    @property
    def packages(self) -> Path:
        return self.installed / "env" / "Lib" / "site-packages"

    @property
    def demo(self) -> Path:
        return self.desktop / DEMO

    @property
    def ledger(self) -> Path:
        return self.demo / "工作室管理台账.xlsm"

    def unpack(self, folder: str, bundle: Path | None = None) -> Path:
        """The bundle unpacked into a new folder on the desktop; returns the folder with 安装.cmd."""
        shutil.rmtree(self.desktop / folder, ignore_errors=True)
        with zipfile.ZipFile(bundle or self.bundle) as archive:
            archive.extractall(self.desktop / folder)
        (inside,) = (self.desktop / folder).iterdir()
        return inside

    def double_click(self, script: Path, *dropped: Path, typed: str = "", timeout: float = 240) -> Done:
        """A script by double click, or with files dropped on it."""
        return self.windows.run("cmd", "/c", self.windows.path(script), *map(self.windows.path, dropped), typed=typed, timeout=timeout)

    def icon(self, name: str, *dropped: Path, typed: str = "") -> Done:
        return self.double_click(self.desk / f"{name}.cmd", *dropped, typed=typed)

    def python(self, *arguments: str, timeout: float = 240) -> Done:
        """The toolkit's own Python."""
        return self.windows.run(self.windows.path(self.installed / "env" / "python.exe"), "-I", *arguments, folder=self.desktop, timeout=timeout)

    def toolkit(self, *arguments: str | Path) -> Done:
        return self.python("-m", "toolkit", *self.spelled(arguments))

    def held(self, mode: str, file: Path, *arguments: str | Path) -> Done:
        """A command of the toolkit while another program has `file` open; mode: a key of holding.MODES."""
        holding = self.windows.prefix / "drive_c" / "holding.py"
        shutil.copyfile(Path(__file__).with_name("holding.py"), holding)
        done = self.python("C:\\holding.py", mode, self.windows.path(file), "toolkit", *self.spelled(arguments))
        assert "HELD" in done.text, f"{file} could not be held: {done.text}"
        return done

    def spelled(self, arguments: Sequence[str | Path]) -> list[str]:
        return [self.windows.path(each) if isinstance(each, Path) else each for each in arguments]


def told(done: Done, *sentences: str, status: int | None = None) -> Done:
    """`done`, if all of this was printed, nothing crashed, and it ended as it should."""
    crashed = [word for word in CRASHES if word in done.text]
    lacking = [sentence for sentence in sentences if sentence not in done.text]
    wrong = status is not None and done.status != status
    if crashed or lacking or wrong:
        ended = f"，状态应为{status}" if wrong else ""
        raise AssertionError(f"状态{done.status}{ended}；没有说：{lacking}；出错：{crashed}\n{done.text}")
    return done


def report(done: Done) -> dict:
    """The JSON object that a command printed."""
    start = done.text.find("{")
    assert start >= 0, done.text
    return json.JSONDecoder().raw_decode(done.text[start:])[0]


def leftovers(folder: Path) -> list[Path]:
    """What a run left unfinished."""
    return sorted(folder.rglob(f"*{UNFINISHED}*"))
