"""`python -m tests.com.run [pytest's arguments]`: the tests of this folder on Windows, by Wine, set up from nothing.

Wine and the prefix are `tests.windows`'; Python is the embeddable one beside the wheels that the toolkit needs, and the toolkit is
this checkout. The exit status is pytest's.
"""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.clicks.display import Display
from tests.windows import prefix
from tests.windows.embeddable import embeddable
from toolkit.resources import FOLDERS

ROOT = Path(__file__).parents[2]
PACKAGES = prefix.CACHE / "buttons-packages"
FOR_TESTS = ("pytest", "hypothesis", "colorama", "pywin32")
"""Beside what setup.cfg names; pip asks this computer, not Windows, whether pywin32 is needed."""
_TIMEOUT = 900


def packages() -> Path:
    """The wheels for Windows, unpacked; fetched once for each list of requirements."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    wanted = [line for line in settings["options"]["install_requires"].splitlines() if line and not line.startswith("#")] + list(FOR_TESTS)
    listed = PACKAGES / "requirements.txt"
    if not listed.exists() or listed.read_text("utf-8") != "\n".join(wanted):
        unfinished = PACKAGES.with_name("buttons-packages.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", unfinished, "--platform", "win_amd64",
                        "--python-version", "3.11", "--only-binary=:all:", *wanted], check=True)
        (unfinished / listed.name).write_text("\n".join(wanted), "utf-8")
        shutil.rmtree(PACKAGES, ignore_errors=True)
        unfinished.replace(PACKAGES)
    return PACKAGES


def python_in(windows: prefix.Windows) -> Path:
    """A Python in the prefix that finds the packages and this checkout; its folder has a name that hurts."""
    folder = windows.prefix / "drive_c" / "工具 (新) & 旧" / "python"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(embeddable()) as archive:
        archive.extractall(folder)
    site, own = folder / "site", folder / "own"
    site.symlink_to(packages())
    own.mkdir()
    for name in ("toolkit", *FOLDERS):  # all lies where Python lies, as when it is installed
        (own / name).symlink_to(ROOT / name)
    places = [site, site / "win32", site / "win32" / "lib", site / "pythonwin", own]
    (paths,) = folder.glob("python3*._pth")
    paths.write_text("\n".join([f"{paths.stem}.zip", ".", *map(windows.path, places)]), "utf-8")
    return folder / "python.exe"


def main(arguments: list[str]) -> int:
    """Run pytest on the tests in this folder, or as the arguments say."""
    begun = time.monotonic()
    windows = prefix.fresh(prefix.CACHE / "prefix-buttons")
    python = python_in(windows)
    windows.stop()  # what was begun without a screen shows no windows
    print(f"备好 Wine 和 Python　{time.monotonic() - begun:.0f}秒", flush=True)
    with Display() as display:
        seen = replace(windows, environ={**windows.environ, **display.environment, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"})
        try:
            done = seen.run(windows.path(python), "-m", "pytest", "-p", "no:cacheprovider", "--tb=short", *(arguments or ["tests/com"]),
                            folder=ROOT, timeout=_TIMEOUT)
        finally:
            seen.stop()
    print(done.text)
    print(f"共{time.monotonic() - begun:.0f}秒")
    return 1 if done.status else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
