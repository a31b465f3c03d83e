"""Load modules one after another and say of each how it went: a program of its own, as a broken library may end its process.

`python -I module_loading.py SYS_PATH MODULES`, both as JSON; the standard library only. A line before each module: `["lxml.etree"]`,
and one after it: `["lxml.etree", MISSING or REFUSED or "", what is missing or what was said]`.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MISSING, REFUSED, ENDED = "missing", "refused", "ended"
_PATIENCE = 120  # seconds: a first start reads every file through the antivirus program


@dataclass(frozen=True)
class Loaded:
    """How one module took it. how: "" when it loaded, MISSING, REFUSED, or ENDED where the process broke off; said: the module
    that is missing, the message, or the exit status."""

    how: str = ""
    said: str = ""


def load(names: Iterable[str]) -> dict[str, Loaded]:
    """Each module loaded in another process, which begins anew behind a module that ended it."""
    waiting, found = list(dict.fromkeys(names)), {}
    while waiting:
        status, lines = _run(waiting)
        for name, *told in lines:
            if told:
                found[name] = Loaded(*told)
        broken = next((name for name in waiting if name not in found), None)
        if broken is not None:
            found[broken] = Loaded(ENDED, status)
        waiting = [name for name in waiting if name not in found]
    return found


def _run(names: list[str]) -> tuple[str, list[list[str]]]:
    command = [sys.executable, "-I", str(Path(__file__)), json.dumps(sys.path), json.dumps(names)]
    try:
        done = subprocess.run(command, capture_output=True, encoding="ascii", errors="replace", timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        return f"{_PATIENCE}秒没有载入", _lines((late.stdout or b"").decode("ascii", "replace"))
    return f"代码{done.returncode & 0xFFFFFFFF:X}", _lines(done.stdout)


def _lines(text: str) -> list[list[str]]:
    """The whole lines that were written."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("[") and line.endswith("]")]


def main(arguments: list[str]) -> None:
    """Load; what the modules print themselves goes to standard error."""
    out, sys.stdout = sys.stdout, sys.stderr
    sys.path[:] = json.loads(arguments[0])
    for name in json.loads(arguments[1]):
        print(json.dumps([name]), file=out, flush=True)
        print(json.dumps([name, *tried(name)]), file=out, flush=True)


def tried(name: str) -> tuple[str, str]:
    """How one module took it, in this process. Libraries written in Rust raise what is no Exception."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        return MISSING, error.name or name
    except BaseException as error:
        return REFUSED, str(error) or type(error).__name__
    return "", ""


if __name__ == "__main__":
    main(sys.argv[1:])
