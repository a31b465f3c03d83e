"""How the installed toolkit is started: as a command, and by Excel's macro."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from toolkit.install.environment import WINDOWS

START = "skill_master_toolkit.pth"


def write_command(python: Path) -> None:
    """`toolkit` beside the Python, which finds it wherever the folder is moved to. pip's own small starters know one place
    only, and are what antivirus programs complain about: they go."""
    for starter in (*python.parent.glob("*.exe"), *(python.parent / "Scripts").glob("*.exe")):
        if not starter.name.startswith("python") or starter.parent != python.parent:
            with suppress(OSError):  # it may be looked at just now; it is in nobody's way
                starter.unlink()
    if WINDOWS:
        python.with_name("toolkit.cmd").write_text('@"%~dp0python.exe" -I -m toolkit %*\r\n', "ascii", newline="")
        return
    command = python.with_name("toolkit")
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -I -m toolkit "$@"\n', "ascii")
    command.chmod(0o755)


def write_start(packages: Path) -> None:
    """What Excel's macro starts imports xlwings before the toolkit has a say: Python itself is told to load it without pandas.

    packages: the folder of installed packages. Source: docs.python.org, site: lines of a .pth file that begin with `import` are run.
    """
    (packages / START).write_text(
        'import sys; "xlwings.utils" in " ".join(sys.orig_argv) and __import__("toolkit.sheets.lean_xlwings")\n', "ascii")
