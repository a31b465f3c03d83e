"""Some of the product's own tests on Windows, of those that need no LibreOffice, with the toolkit as it was installed."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

from tests.windows.computer import Computer
from tests.windows.prefix import CACHE

CHOSEN = ("tests/regulation", "tests/returns", "tests/ledger", "tests/sheets")
"""The engine and the layers that judge, whole but for `left_out.toml`; what is above them, the steps of the clerk's road go through."""
ROOT = Path(__file__).parents[2]
TOOLS = CACHE / "test-tools"
NOT_FOR_TESTS = ("ruff", "mypy", "types-", "pandas-stubs", "lxml-stubs", "build")
"""What of the extra `test` only developers run."""


def tools() -> Path:
    """pytest and what else the tests import, as Windows needs it; fetched once."""
    if not TOOLS.exists():
        settings = configparser.ConfigParser()
        settings.read(ROOT / "setup.cfg", "utf-8")
        lines = settings["options.extras_require"]["test"].splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", *NOT_FOR_TESTS))]
        unfinished = TOOLS.with_name("test-tools.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", unfinished, "--platform", "win_amd64",
                        "--python-version", "3.11", "--only-binary=:all:", *wanted, "colorama"], check=True)
        unfinished.replace(TOOLS)
    return TOOLS


def own_tests(computer: Computer) -> None:
    """条文、报表、台账、表格引擎的各项测试，用装好的那份程序"""
    paths = computer.packages / "tests.pth"
    paths.write_text("\n".join(computer.windows.path(path) for path in (tools(), ROOT)), "utf-8")
    try:
        done = computer.windows.run(
            computer.windows.path(computer.installed / "env" / "python.exe"), "-u", "-X", "utf8", "-m", "pytest", "-p", "no:cacheprovider",
            "--tb=short", "-p", "tests.windows.selection", *CHOSEN, folder=ROOT, timeout=420, more={"PYTHONUTF8": "1"})
    finally:
        paths.unlink()
    assert done.status == 0, done.text[-20000:]


STEPS = (own_tests,)
